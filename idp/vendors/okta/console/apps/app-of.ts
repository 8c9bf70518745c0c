import type { Request } from 'express'
import type { AppProvisioning, OktaApp } from '../../apps/records.ts'
import { notFound } from '../../commands/refusal.ts'
import type { ConsoleDeps } from '../context.ts'

/** Address of the pages of one app, below `/admin`. */
export const APP_PATH = '/app/:appName/instance/:appId'

/** The app a page is about; the name in the address must be its own. @throws {OktaRefusal} E0000007. */
export function appOf({ system }: Pick<ConsoleDeps, 'system'>, req: Request): OktaApp {
  const id = String(req.params['appId'])
  const app = system.store.get('apps', id)
  if (app === undefined || app.name !== req.params['appName']) throw notFound('AppInstance', id)
  return app
}

/** The same, with its provisioning. @throws {OktaRefusal} E0000007 where the app cannot provision. */
export function provisionedAppOf(
  deps: Pick<ConsoleDeps, 'system'>,
  req: Request,
): { readonly app: OktaApp; readonly provisioning: AppProvisioning } {
  const app = appOf(deps, req)
  if (app.provisioning === undefined) throw notFound('Provisioning', app.id)
  return { app, provisioning: app.provisioning }
}

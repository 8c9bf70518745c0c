import type { Request, Response } from 'express'
import { liveServicePrincipal } from '#idp/core/directory/applications.ts'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { mayManageApp } from '../../commands/actor.ts'
import { type AdminContext, type AdminDeps, contextOf } from '../context.ts'

/** What a page about an app needs. */
export interface AppContext {
  readonly context: AdminContext
  readonly app: ServicePrincipal
  /** Why this person cannot change the app; `undefined` when they can. For greyed commands. */
  readonly readOnly: string | undefined
}

/** The context of a page and the app its address names. @throws {DirectoryRefusal} for an app the tenant does not have. */
export function appContextOf(deps: AdminDeps, req: Request, res: Response): AppContext {
  const context = contextOf(deps, req, res)
  const app = liveServicePrincipal(deps.system.store, context.tenant.id, String(req.params['appId']))
  const may = mayManageApp(context.standing, app)
  return {
    context,
    app,
    readOnly: may ? undefined : 'Needs an application administrator role, or being an owner of this app.',
  }
}

import type { Request, Response } from 'express'
import { liveServicePrincipal } from '#idp/core/directory/applications.ts'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { mustManageApp } from '../../commands/actor.ts'
import { mustManageJob } from '../../provisioning/commands/job-of-app.ts'
import type { ProvisioningService } from '../../provisioning/service.ts'
import { type AdminContext, type AdminDeps, contextOf } from '../context.ts'

/** What the pages of provisioning live on. */
export interface ProvisioningPageDeps extends AdminDeps {
  readonly provisioning: ProvisioningService
}

/** What a page about the provisioning of one app needs. */
export interface AppVisit {
  readonly context: AdminContext
  readonly app: ServicePrincipal
}

export interface JobVisit extends AppVisit {
  readonly job: ProvisioningJob
}

/**
 * The app a page is about, for somebody who may manage it: reading takes the same roles as changing.
 * @throws {Refusal} `role_needed` (403). @throws {DirectoryRefusal} for an app the tenant does not have.
 */
export function visitApp(deps: ProvisioningPageDeps, req: Request, res: Response): AppVisit {
  const context = contextOf(deps, req, res)
  const { store } = deps.system
  const app = liveServicePrincipal(store, context.tenant.id, String(req.params['appId']))
  mustManageApp(store, context.actor, app.id)
  return { context, app }
}

/** The same with the app's configuration. @throws {Refusal} `not_configured` (404) too. */
export function visitJob(deps: ProvisioningPageDeps, req: Request, res: Response): JobVisit {
  const { context, app } = visitApp(deps, req, res)
  return { context, app, job: mustManageJob(deps.system.store, context.actor, app.id).job }
}

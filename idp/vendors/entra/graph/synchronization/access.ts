import type { Request, Response } from 'express'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { jobOfApp } from '#idp/engine/jobs.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { mustManageApp } from '../../commands/actor.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { servicePrincipalOf } from '../directory/app-routes.ts'
import { admit, type GraphCall, type GraphDeps } from '../graph-call.ts'
import { missing } from '../graph-error.ts'

/** Permissions of the calls of this folder (reference 11). `OwnedBy` counts for the apps the caller owns. */
export const READ_SYNC: readonly ApplicationPermission[] = [
  'Synchronization.Read.All',
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
]
export const WRITE_SYNC: readonly ApplicationPermission[] = [
  'Synchronization.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
]

export interface SyncApp {
  readonly call: GraphCall
  readonly app: ServicePrincipal
}

export interface SyncJob extends SyncApp {
  readonly job: ProvisioningJob
}

/** The app of the address, for a caller who may do this with it. @throws {GraphError} and {Refusal} 403, 404. */
export function syncApp(
  deps: GraphDeps,
  req: Request,
  res: Response,
  needed: readonly ApplicationPermission[],
): SyncApp {
  const call = admit(res, needed)
  const app = servicePrincipalOf(deps, call, req)
  mustManageApp(deps.system.store, call.actor, app.id)
  return { call, app }
}

/** The same with the job of the address. */
export function syncJob(
  deps: GraphDeps,
  req: Request,
  res: Response,
  needed: readonly ApplicationPermission[],
): SyncJob {
  const found = syncApp(deps, req, res, needed)
  const key = String(req.params['jobId'])
  const job = jobOfApp(deps.system.store, found.app.id)
  if (job === undefined || job.id.toLowerCase() !== key.toLowerCase()) throw missing(key)
  return { ...found, job }
}

/** `servicePrincipals('…')/synchronization` in front of the path of a context. */
export function syncPath({ app }: Pick<SyncApp, 'app'>, rest: string): string {
  return `servicePrincipals('${app.id}')/synchronization/${rest}`
}

import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { jobOfApp } from '#idp/engine/jobs.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { EntraReader } from '../../collections.ts'
import { type Actor, mustManageApp, type Standing } from '../../commands/actor.ts'
import type { ProvisioningService } from '../service.ts'

/** What every command of this folder lives on. */
export type ProvisioningDeps = Pick<ProvisioningService, 'system' | 'engine' | 'source'>

export interface ManagedJob extends Standing {
  readonly app: ServicePrincipal
  readonly job: ProvisioningJob
}

/**
 * A job made through the API has no credentials at first.
 * @throws {Refusal} `no_credentials` (409) for a job that knows no target yet.
 */
export function mustBeConnected({ app, job }: Pick<ManagedJob, 'app' | 'job'>): void {
  if (job.tenantUrl !== '') return
  throw new Refusal('no_credentials', 409, `Provisioning of ${app.displayName} has no credentials yet.`, {
    hint: 'Enter Tenant URL and Secret Token under Connectivity.',
  })
}

/**
 * The configuration of an app the actor may manage. Reading it takes the same roles as changing it: a Global Reader is
 * refused (reference 12.2, #34).
 *
 * @throws {Refusal} `role_needed` (403); `not_configured` (404). @throws {DirectoryRefusal} for an unknown app.
 */
export function mustManageJob(reader: EntraReader, actor: Actor, appId: string): ManagedJob {
  const standing = mustManageApp(reader, actor, appId)
  const job = jobOfApp(reader, appId)
  if (job === undefined) {
    throw new Refusal('not_configured', 404, `Provisioning of ${standing.app.displayName} is not configured.`, {
      hint: 'Open Provisioning of the app and select New configuration.',
    })
  }
  return { ...standing, job }
}

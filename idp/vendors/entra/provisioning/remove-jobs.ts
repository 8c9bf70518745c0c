import { removeJob } from '#idp/engine/jobs.ts'
import type { EntraWriter } from '../collections.ts'

/** An app leaves the tenant: its jobs go with it. Nothing is sent to the target; accounts there stay as they are. */
export function removeJobsOf(tx: EntraWriter, appId: string): void {
  for (const job of tx.find('provisioningJobs', 'servicePrincipal', appId)) removeJob(tx, job.id)
}

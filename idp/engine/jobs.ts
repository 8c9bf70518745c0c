import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import type { Reader, Writer } from '#kit/store/store.ts'
import type { Vault } from '#kit/system/system.ts'
import { objectKey, writtenMemberKey } from './collections.ts'
import { type JobStatusCode, newRun, progressOf, remappedRun, statusCodeOf } from './job-state.ts'
import type { EngineShape, JobRun, JobScope, ProvisioningJob } from './records.ts'

/** What a new job needs. Everything else has the defaults of a fresh configuration. */
export interface NewJob {
  readonly id: string
  readonly tenantId: string
  readonly servicePrincipalId: string
  readonly templateId: string
  readonly tenantUrl: string
  /** As typed; sealed before it is kept. */
  readonly token: string
  readonly schema: ProvisioningSchema
  readonly now: string
}

/** The number the guard starts with (reference sheet 6.3). */
const DEFAULT_DELETION_THRESHOLD = 500

/** Keep a new job: assigned people only, not started. Call it inside the transaction of the vendor's command. */
export function createJob(tx: Writer<EngineShape>, vault: Vault, input: NewJob): ProvisioningJob {
  const { token, now, ...rest } = input
  const job: ProvisioningJob = {
    ...rest,
    sealedSecret: vault.seal(token),
    scope: 'assigned',
    notification: { enabled: false, email: '' },
    deletionGuard: { enabled: false, threshold: DEFAULT_DELETION_THRESHOLD },
    skipOutOfScopeDeletions: false,
    state: 'Paused',
    createdDateTime: now,
  }
  tx.put('provisioningJobs', job.id, job)
  tx.put('provisioningRuns', job.id, newRun(job.id))
  return job
}

export interface JobPatch {
  readonly tenantUrl?: string
  readonly token?: string
  readonly scope?: JobScope
  readonly notification?: ProvisioningJob['notification']
  readonly deletionGuard?: ProvisioningJob['deletionGuard']
  readonly skipOutOfScopeDeletions?: boolean
  readonly schema?: ProvisioningSchema
}

/**
 * Change a job. A changed mapping makes the next cycle an initial one; a changed scope does not, so that it bites only
 * after a restart (reference sheet 1.4). A cycle under way finishes with what it began with.
 *
 * @returns the job as kept; `undefined` when there is none.
 */
export function updateJob(
  tx: Writer<EngineShape>,
  vault: Vault,
  jobId: string,
  patch: JobPatch,
  now: string,
): ProvisioningJob | undefined {
  const job = tx.get('provisioningJobs', jobId)
  if (job === undefined) return undefined
  const { token, ...values } = patch
  const next: ProvisioningJob = {
    ...job,
    ...values,
    ...(token === undefined ? {} : { sealedSecret: vault.seal(token) }),
  }
  tx.put('provisioningJobs', jobId, next)
  if (patch.schema !== undefined) {
    const run = tx.get('provisioningRuns', jobId) ?? newRun(jobId)
    tx.put('provisioningRuns', jobId, remappedRun(run, now, job.state === 'Active'))
    clearEscrows(tx, jobId)
    clearDepartures(tx, jobId)
  }
  return next
}

/** Forget every failure waiting to be tried again. Cost: their number. */
export function clearEscrows(tx: Writer<EngineShape>, jobId: string): void {
  for (const { sourceId } of tx.find('provisioningEscrows', 'job', jobId))
    tx.delete('provisioningEscrows', objectKey(jobId, sourceId))
}

/** Forget who was about to leave; the next cycle that looks at everybody finds them again. Cost: their number. */
export function clearDepartures(tx: Writer<EngineShape>, jobId: string): void {
  for (const { sourceId } of tx.find('provisioningDepartures', 'job', jobId))
    tx.delete('provisioningDepartures', objectKey(jobId, sourceId))
}

/** Forget whom the job has linked and what it has written to groups. Nothing is sent to the target. Cost: what it linked. */
export function clearLinks(tx: Writer<EngineShape>, jobId: string): void {
  for (const kind of ['User', 'Group']) {
    for (const { sourceId } of tx.find('provisioningLinks', 'job', `${jobId}/${kind}`))
      tx.delete('provisioningLinks', objectKey(jobId, sourceId))
  }
  for (const { groupSourceId, targetUserId } of tx.find('provisioningMembers', 'job', jobId)) {
    tx.delete('provisioningMembers', writtenMemberKey(jobId, groupSourceId, targetUserId))
  }
}

/** Remove a job with its links, memberships and escrows. Nothing is sent to the target; the log is kept. Cost: what it linked. */
export function removeJob(tx: Writer<EngineShape>, jobId: string): boolean {
  clearEscrows(tx, jobId)
  clearDepartures(tx, jobId)
  clearLinks(tx, jobId)
  tx.delete('provisioningRuns', jobId)
  return tx.delete('provisioningJobs', jobId)
}

/** A job as its page shows it. */
export interface JobStatus {
  readonly job: ProvisioningJob
  readonly run: JobRun
  readonly code: JobStatusCode
  /** Pages of the cycle under way; `null` between cycles. */
  readonly progress: { readonly completed: number; readonly total: number } | null
  /** Objects waiting to be tried again. */
  readonly escrows: number
  /** Deletions and disablings that wait for an administrator (reference sheet 6.3). */
  readonly staged: number
}

/** The job, its run, how far a cycle is and what waits to be tried again; `undefined` for an unknown job. Cost: look-ups only. */
export function readJobStatus(reader: Reader<EngineShape>, jobId: string): JobStatus | undefined {
  const job = reader.get('provisioningJobs', jobId)
  if (job === undefined) return undefined
  const run = reader.get('provisioningRuns', jobId) ?? newRun(jobId)
  return {
    job,
    run,
    code: statusCodeOf(job, run),
    progress: run.cycle === null ? null : progressOf(run.cycle),
    escrows: reader.count('provisioningEscrows', 'job', jobId),
    staged: reader.count('provisioningDepartures', 'staged', jobId),
  }
}

/** The job of an app, if provisioning was configured for it. */
export function jobOfApp(reader: Reader<EngineShape>, servicePrincipalId: string): ProvisioningJob | undefined {
  return reader.find('provisioningJobs', 'servicePrincipal', servicePrincipalId)[0]
}

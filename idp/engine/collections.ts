import type { CollectionSpecs } from '#kit/store/store.ts'
import type { EngineShape } from './records.ts'

/** How the engine's records are found. */
export const ENGINE_COLLECTIONS: CollectionSpecs<EngineShape> = {
  provisioningJobs: { indexes: { servicePrincipal: (job) => job.servicePrincipalId, tenant: (job) => job.tenantId } },
  provisioningRuns: {},
  provisioningLinks: {
    indexes: {
      /** `job/kind`. */
      job: (link) => `${link.jobId}/${link.kind}`,
      /** `job/kind/target id`: whose counterpart an account is. */
      target: (link) => `${link.jobId}/${link.kind}/${link.targetId}`,
      pending: (link) => (link.referencesPending ? link.jobId : undefined),
    },
  },
  provisioningMembers: {
    indexes: {
      /** `job/group` and `job/target user`. */
      group: (pair) => `${pair.jobId}/${pair.groupSourceId}`,
      member: (pair) => `${pair.jobId}/${pair.targetUserId}`,
      job: (pair) => pair.jobId,
    },
  },
  provisioningEscrows: { indexes: { job: (escrow) => escrow.jobId } },
  provisioningDepartures: {
    indexes: {
      job: (departure) => departure.jobId,
      /** Those nobody has said yes to: what the deletion guard counts. */
      unasked: (departure) => (departure.allowed ? undefined : departure.jobId),
      /** Those the deletion guard holds back. */
      staged: (departure) => (departure.stagedAt !== undefined && !departure.allowed ? departure.jobId : undefined),
    },
  },
  provisioningLogs: {
    indexes: {
      job: (entry) => entry.jobId,
      servicePrincipal: (entry) => entry.servicePrincipalId,
      object: (entry) => `${entry.jobId}/${entry.source.id}`,
      /** `cycle/object`: at most one, which is how an interrupted cycle knows what it has done. */
      cycleObject: (entry) => `${entry.cycleId}/${entry.source.id}`,
    },
  },
  provisioningCounters: {},
}

/** Key of an object's link, of its escrow and of its departure. */
export function objectKey(jobId: string, sourceId: string): string {
  return `${jobId}/${sourceId}`
}

/** Key of a membership written to the target. */
export function writtenMemberKey(jobId: string, groupSourceId: string, targetUserId: string): string {
  return `${jobId}/${groupSourceId}/${targetUserId}`
}

import type { JobEvent } from '#idp/engine/job-event.ts'
import type { CycleCounts, ProvisioningJob } from '#idp/engine/records.ts'
import type { Clock } from '#kit/clock.ts'
import { type EngineEvent, recordEngineEvent } from '../audit/engine-events.ts'
import type { EntraWriter } from '../collections.ts'

/** What a cycle has sent, and what it was refused; a cycle that sent nothing is none of the audit's business. */
function exportOf(counts: CycleCounts): EngineEvent | undefined {
  const { created, updated, disabled, deleted, references, failed, failedReferences } = counts
  const sent = created + updated + disabled + deleted + references
  const refused = failed + failedReferences
  if (sent + refused === 0) return undefined
  return {
    activity: 'Export',
    result: refused === 0 ? 'success' : 'failure',
    reason: `${sent} changes were sent, ${refused} failed.`,
  }
}

function eventsOf(event: JobEvent): readonly EngineEvent[] {
  switch (event.kind) {
    case 'cycle-ended': {
      const sent = exportOf(event.execution.counts)
      return sent === undefined ? [] : [{ ...sent, details: { CycleId: event.execution.id } }]
    }
    case 'quarantined': {
      const { reason, error } = event.quarantine
      return [
        {
          activity: 'Quarantine',
          result: 'failure',
          reason: `${reason}: ${error.message}`,
          details: { ErrorCode: error.code },
        },
      ]
    }
    case 'released':
      return [{ activity: 'Quarantine', result: 'success', reason: 'The job has left quarantine.' }]
    case 'disabled':
      return [
        { activity: 'Quarantine', result: 'failure', reason: 'The job was disabled after four weeks in quarantine.' },
      ]
  }
}

/** Keep what happened to a whole job in the audit log, in the transaction that keeps it (reference 6.1, 8.3). */
export function auditJobEvent(
  tx: EntraWriter,
  clock: Pick<Clock, 'iso'>,
  job: Pick<ProvisioningJob, 'id' | 'tenantId' | 'servicePrincipalId'>,
  event: JobEvent,
): void {
  for (const engineEvent of eventsOf(event)) recordEngineEvent(tx, clock, job, engineEvent)
}

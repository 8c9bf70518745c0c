import type { EngineShape, ProvisioningJob } from '#idp/engine/records.ts'
import type { Clock } from '#kit/clock.ts'
import type { Writer } from '#kit/store/store.ts'
import type { EntraWriter } from '../collections.ts'
import type { AuditActivity } from './activities.ts'
import { PROVISIONING_SERVICE } from './initiators.ts'
import { appTarget, recordAudit } from './record-audit.ts'
import type { AuditEvent, AuditResult } from './records.ts'

/** What the engine did to, or for, a whole job. Single objects are in the provisioning logs, not here. */
export interface EngineEvent {
  readonly activity: Extract<AuditActivity, 'Import' | 'Export' | 'Process escrow' | 'Quarantine' | 'Other'>
  readonly result: AuditResult
  /** `EncounteredQuarantineException: The target system refused the credential.` No secret. */
  readonly reason: string
  readonly details?: Readonly<Record<string, string>>
}

/** The engine writes into the vendor's own store, of which it knows its part only. */
export function wholeWriter(tx: Writer<EngineShape>): EntraWriter {
  return tx as unknown as EntraWriter
}

/** Keep an event of the engine, in the transaction that keeps what happened. A job whose app is gone has none: `undefined`. */
export function recordEngineEvent(
  tx: EntraWriter,
  clock: Pick<Clock, 'iso'>,
  job: Pick<ProvisioningJob, 'id' | 'tenantId' | 'servicePrincipalId'>,
  { activity, result, reason, details }: EngineEvent,
): AuditEvent | undefined {
  const app = tx.get('servicePrincipals', job.servicePrincipalId)
  if (app === undefined) return undefined
  return recordAudit(tx, clock, {
    tenantId: job.tenantId,
    activity,
    initiatedBy: PROVISIONING_SERVICE,
    targets: [appTarget(app)],
    result,
    reason,
    details: { JobId: job.id, ...details },
  })
}

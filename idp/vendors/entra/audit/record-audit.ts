import type { Application, DirectoryGroup, DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { Clock } from '#kit/clock.ts'
import { currentContext } from '#kit/context.ts'
import { guidOf } from '#kit/ids.ts'
import type { EntraReader, EntraWriter } from '../collections.ts'
import { type AuditActivity, filingOf } from './activities.ts'
import type { AuditEvent, AuditedProperty, AuditInitiator, AuditResult, AuditTarget } from './records.ts'

/** How long an event is kept (premium retention), and how many at most; whichever is reached first. */
export const AUDIT_KEPT_MS = 30 * 24 * 60 * 60 * 1000
const AUDIT_KEPT_EVENTS = 20_000

/** Old events removed with each new one at most, so that no single write pays for a long silence. */
const TRIM_AT_ONCE = 20

/** An event as the place that causes it knows it. */
export interface AuditNote {
  readonly tenantId: string
  readonly activity: AuditActivity
  readonly initiatedBy: AuditInitiator
  readonly targets: readonly AuditTarget[]
  /** `success` unless told. */
  readonly result?: AuditResult
  readonly reason?: string
  readonly details?: Readonly<Record<string, string>>
}

/**
 * Keep one event. Call it inside the transaction that makes the change: both are kept, or neither. Ids come from a counter of
 * its own, so that auditing does not change the ids of what is made.
 */
export function recordAudit(tx: EntraWriter, clock: Pick<Clock, 'iso'>, note: AuditNote): AuditEvent {
  const value = (tx.get('auditCounter', 'log')?.value ?? 0) + 1
  const id = guidOf(`${tx.get('kitMeta', 'world')?.world ?? ''}/audit/${value}`)
  const key = String(value).padStart(15, '0')
  const { activity, result = 'success', reason = '', details = {}, ...rest } = note
  const event: AuditEvent = {
    key,
    id,
    at: clock.iso(),
    ...filingOf(activity),
    activity,
    result,
    reason,
    details,
    ...rest,
    correlationId: guidOfTrace(currentContext()?.traceId) ?? id,
  }
  tx.put('auditCounter', 'log', { value })
  tx.put('auditEvents', key, event)
  trim(tx, Date.parse(event.at))
  return event
}

function trim(tx: EntraWriter, nowMs: number): void {
  let surplus = tx.count('auditEvents') - AUDIT_KEPT_EVENTS
  for (const [key, event] of tx.after('auditEvents', null, TRIM_AT_ONCE)) {
    if (surplus <= 0 && nowMs - Date.parse(event.at) <= AUDIT_KEPT_MS) return
    tx.delete('auditEvents', key)
    surplus -= 1
  }
}

/** A trace id in the form of a GUID. */
function guidOfTrace(traceId: string | undefined): string | undefined {
  return traceId?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** A user as a target. */
export function userTarget(user: DirectoryUser, modified: readonly AuditedProperty[] = []): AuditTarget {
  const { id, displayName, userPrincipalName } = user
  return { type: 'User', id, displayName, userPrincipalName, modified }
}

/** A group as a target. */
export function groupTarget(group: DirectoryGroup, modified: readonly AuditedProperty[] = []): AuditTarget {
  return { type: 'Group', id: group.id, displayName: group.displayName, modified }
}

/** An enterprise app as a target. */
export function appTarget(app: ServicePrincipal, modified: readonly AuditedProperty[] = []): AuditTarget {
  return { type: 'ServicePrincipal', id: app.id, displayName: app.displayName, modified }
}

/** An app registration as a target. */
export function registrationTarget(
  { id, displayName }: Application,
  modified: readonly AuditedProperty[] = [],
): AuditTarget {
  return { type: 'Application', id, displayName, modified }
}

/** A user or group by id as a target; none for what is gone. */
export function principalTarget(reader: EntraReader, id: string): readonly AuditTarget[] {
  const user = reader.get('users', id)
  if (user !== undefined) return [userTarget(user)]
  const group = reader.get('groups', id)
  return group === undefined ? [] : [groupTarget(group)]
}

import type { EntraReader } from '../collections.ts'
import { AUDIT_KEPT_MS } from './record-audit.ts'
import type { AuditEvent, AuditResult } from './records.ts'

/** Every condition given must hold; an absent one asks for nothing. Exact ones are found by index. */
export interface AuditFilter {
  readonly service?: string | undefined
  readonly category?: string | undefined
  readonly activity?: string | undefined
  /** Object id of a target, exactly. */
  readonly targetId?: string | undefined
  readonly correlationId?: string | undefined
  readonly id?: string | undefined
  readonly result?: AuditResult | undefined
  /** Part of a target's name, user principal name or id; case does not matter. */
  readonly target?: string | undefined
  /** Part of the initiator's name or user principal name; case does not matter. */
  readonly initiatedBy?: string | undefined
  /** Virtual milliseconds, both included. */
  readonly sinceMs?: number | undefined
  readonly untilMs?: number | undefined
}

export interface AuditSlice {
  readonly events: readonly AuditEvent[]
  readonly hasMore: boolean
}

/** Events read in one go. */
const STEP = 200

/** The index to walk: the filter's exact condition that the fewest events meet. */
function narrowest(reader: EntraReader, tenantId: string, filter: AuditFilter): readonly [string, string] {
  const { id, correlationId, targetId, activity, category, service } = filter
  const named = { id, correlation: correlationId, target: targetId, activity, category, service }
  let best: readonly [string, string] = ['tenant', tenantId]
  let fewest = Number.POSITIVE_INFINITY
  for (const [index, value] of Object.entries(named)) {
    if (value === undefined) continue
    const filed = `${tenantId}/${value}`
    const count = reader.count('auditEvents', index, filed)
    if (count < fewest) [best, fewest] = [[index, filed], count]
  }
  return best
}

const holds = (text: string, ...values: readonly (string | undefined)[]): boolean =>
  values.some((value) => value?.toLowerCase().includes(text.toLowerCase()))

function matches(event: AuditEvent, filter: AuditFilter): boolean {
  const { service, category, activity, targetId, correlationId, id, result, target, initiatedBy } = filter
  if (id !== undefined && event.id !== id) return false
  if (service !== undefined && event.service !== service) return false
  if (category !== undefined && event.category !== category) return false
  if (activity !== undefined && event.activity !== activity) return false
  if (correlationId !== undefined && event.correlationId !== correlationId) return false
  if (result !== undefined && event.result !== result) return false
  if (targetId !== undefined && !event.targets.some((each) => each.id === targetId)) return false
  if (target !== undefined && target !== '') {
    if (!event.targets.some((each) => holds(target, each.displayName, each.userPrincipalName, each.id))) return false
  }
  if (initiatedBy === undefined || initiatedBy === '') return true
  const by = event.initiatedBy
  return by.kind === 'user'
    ? holds(initiatedBy, by.displayName, by.userPrincipalName)
    : holds(initiatedBy, by.displayName)
}

/**
 * Events of a tenant that pass the filter, newest first, none older than 30 virtual days, whether they have been dropped yet
 * or not. Lazy: costs what is looked at, which is at most what the narrowest exact condition finds since `sinceMs`.
 */
export function* auditEvents(
  reader: EntraReader,
  tenantId: string,
  nowMs: number,
  filter: AuditFilter = {},
): Generator<AuditEvent> {
  const [index, value] = narrowest(reader, tenantId, filter)
  const oldest = Math.max(nowMs - AUDIT_KEPT_MS, filter.sinceMs ?? 0)
  for (let end = reader.count('auditEvents', index, value); end > 0; end -= STEP) {
    const start = Math.max(0, end - STEP)
    for (const event of reader.findPage('auditEvents', index, value, start, end - start).toReversed()) {
      const at = Date.parse(event.at)
      if (at < oldest) return
      if (filter.untilMs !== undefined && at > filter.untilMs) continue
      if (matches(event, filter)) yield event
    }
  }
}

/** One page of {@link auditEvents}. */
export function findAuditEvents(
  reader: EntraReader,
  tenantId: string,
  nowMs: number,
  filter: AuditFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): AuditSlice {
  const events: AuditEvent[] = []
  let found = 0
  for (const event of auditEvents(reader, tenantId, nowMs, filter)) {
    found += 1
    if (found <= offset) continue
    if (events.length === limit) return { events, hasMore: true }
    events.push(event)
  }
  return { events, hasMore: false }
}

/** One event by its GUID, of this tenant, not older than 30 virtual days. */
export function auditEventById(
  reader: EntraReader,
  tenantId: string,
  nowMs: number,
  id: string,
): AuditEvent | undefined {
  return findAuditEvents(reader, tenantId, nowMs, { id }, { offset: 0, limit: 1 }).events[0]
}

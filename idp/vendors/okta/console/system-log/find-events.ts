import type { OktaReader } from '../../collections.ts'
import type { SystemLogEvent } from '../../system-log/records.ts'

/** Events read at a time while filtering. */
const CHUNK = 500
/** Days shown unless told. */
const DEFAULT_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1000

export interface LogFilter {
  /** `YYYY-MM-DD`, first and last day, UTC; empty: the last seven days. */
  readonly from: string
  readonly to: string
  readonly eventType: string
  readonly outcome: string
  /** Id of a person, app, account or group. */
  readonly target: string
  /** In the message, the type, the reason, or a name. */
  readonly q: string
}

function dayStart(text: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** Whether an event passes all filters but the dates. Pure. */
export function matchesEvent(event: SystemLogEvent, filter: LogFilter): boolean {
  if (filter.eventType !== '' && event.eventType !== filter.eventType) return false
  if (filter.outcome !== '' && event.outcome.result !== filter.outcome) return false
  if (filter.target !== '' && !event.target.some(({ id }) => id === filter.target)) return false
  if (filter.q === '') return true
  const wanted = filter.q.toLowerCase()
  const names = [event.actor, ...event.target].flatMap(({ displayName, alternateId }) => [displayName, alternateId])
  return [event.displayMessage, event.eventType, event.outcome.reason, ...names].some((text) =>
    text?.toLowerCase().includes(wanted),
  )
}

/** One page of the System Log, newest first. Reading stops at the first day asked for, and when the page is full. */
export function findEvents(
  reader: OktaReader,
  nowMs: number,
  filter: LogFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly events: readonly SystemLogEvent[]; readonly hasMore: boolean } {
  const sinceMs = dayStart(filter.from) ?? nowMs - DEFAULT_DAYS * DAY_MS
  const lastDay = dayStart(filter.to)
  const untilMs = lastDay === undefined ? Number.POSITIVE_INFINITY : lastDay + DAY_MS
  const found: SystemLogEvent[] = []
  for (let at = 0; found.length <= offset + limit; at += CHUNK) {
    const chunk = reader.latest('systemLog', at, CHUNK)
    const recent = chunk.filter(({ published }) => Date.parse(published) >= sinceMs)
    found.push(...recent.filter((event) => Date.parse(event.published) < untilMs && matchesEvent(event, filter)))
    if (chunk.length < CHUNK || recent.length < chunk.length) break
  }
  return { events: found.slice(offset, offset + limit), hasMore: found.length > offset + limit }
}

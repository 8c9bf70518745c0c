import type { Filter } from '#kit/scim/filter.ts'
import { ApiError } from '../../api/api-error.ts'
import { logResource } from '../../api/logs/log-resource.ts'
import { abilitiesOf } from '../../api/logs/routes.ts'
import { parseSearch, satisfies } from '../../api/search-expression.ts'
import type { OktaReader } from '../../collections.ts'
import type { SystemLogEvent } from '../../system-log/records.ts'

/** Events read at a time while filtering. */
const CHUNK = 500
/** Days shown unless told. */
const DEFAULT_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1000
const MINUTE_MS = 60 * 1000

export interface LogFilter {
  /** `YYYY-MM-DD`, or `YYYY-MM-DDTHH:MM`, first and last one shown, UTC; empty: the last seven days. */
  readonly from: string
  readonly to: string
  readonly eventType: string
  readonly outcome: string
  /** Id of a person, app, account or group. */
  readonly target: string
  /** In the message, the type, the reason, or a name; or an expression: `eventType eq "user.session.start"`. */
  readonly q: string
}

/** The beginning of a day or a minute, and how long it lasts. */
function spanOf(text: string): { readonly at: number; readonly ms: number } | undefined {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  if (!isDay && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return undefined
  const at = Date.parse(isDay ? `${text}T00:00:00.000Z` : `${text}:00.000Z`)
  return Number.isNaN(at) ? undefined : { at, ms: isDay ? DAY_MS : MINUTE_MS }
}

const OPERATOR = /\s(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s|\spr\b/i

type LogQuery =
  | { readonly ok: true; readonly matches: (event: SystemLogEvent) => boolean }
  /** An expression that cannot be read: why. */
  | { readonly ok: false; readonly problem: string }

/** Everything a filter asks but the dates. A search with an operator in it is an expression. Pure. */
export function readFilter(filter: LogFilter): LogQuery {
  if (!OPERATOR.test(filter.q)) return { ok: true, matches: (event) => matchesEvent(event, filter) }
  try {
    const expression: Filter = parseSearch(filter.q, abilitiesOf)
    const rest = { ...filter, q: '' }
    return { ok: true, matches: (event) => matchesEvent(event, rest) && satisfies(logResource(event), expression) }
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, problem: error.causes.join(' ') }
    throw error
  }
}

function matchesEvent(event: SystemLogEvent, filter: LogFilter): boolean {
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

/** The events of a time range that match, newest first, read as they are asked for. */
export function* eventsOf(
  reader: OktaReader,
  nowMs: number,
  { from, to }: Pick<LogFilter, 'from' | 'to'>,
  matches: (event: SystemLogEvent) => boolean,
): Generator<SystemLogEvent> {
  const sinceMs = spanOf(from)?.at ?? nowMs - DEFAULT_DAYS * DAY_MS
  const last = spanOf(to)
  const untilMs = last === undefined ? Number.POSITIVE_INFINITY : last.at + last.ms
  for (let at = 0; ; at += CHUNK) {
    const chunk = reader.latest('systemLog', at, CHUNK)
    for (const event of chunk) {
      const published = Date.parse(event.published)
      if (published < sinceMs) return
      if (published < untilMs && matches(event)) yield event
    }
    if (chunk.length < CHUNK) return
  }
}

/** One page of the System Log, newest first. Reading stops at the first instant asked for, and when the page is full. */
export function findEvents(
  reader: OktaReader,
  nowMs: number,
  filter: LogFilter,
  matches: (event: SystemLogEvent) => boolean,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): { readonly events: readonly SystemLogEvent[]; readonly hasMore: boolean } {
  const found: SystemLogEvent[] = []
  for (const event of eventsOf(reader, nowMs, filter, matches)) {
    found.push(event)
    if (found.length > offset + limit) break
  }
  return { events: found.slice(offset, offset + limit), hasMore: found.length > offset + limit }
}

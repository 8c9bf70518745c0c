import { hash } from 'node:crypto'
import { z } from 'zod'
import { equalityOf, type Filter } from '#kit/scim/filter.ts'
import type { OktaReader } from '../../collections.ts'
import type { SystemLogEvent } from '../../system-log/records.ts'
import { invalidValue } from '../api-error.ts'
import { type ApiCall, defineRoute, type OpenCall } from '../define-route.ts'
import { pageQuery } from '../paging.ts'
import { parseSearch, type SearchOperator, satisfies } from '../search-expression.ts'
import type { ApiAnswer } from '../send.ts'
import { LOG_VERSION, logResource } from './log-resource.ts'

/** `GET /logs` (reference sheet 6.3): the last seven days, oldest first, unless told otherwise. */

const DAY_MS = 24 * 60 * 60 * 1000
const DEFAULT_DAYS = 7
/**
 * Events a filter without an index looks at for one page, which is then shorter than it could be and has a next one. Until it has
 * found anything it looks on: clients take an empty page for the last.
 */
const MOST_LOOKED_AT = 10_000
/** Events read at a time. */
const CHUNK = 500

const LogsQuery = z.object({
  ...pageQuery({ usual: 100, most: 1_000 }),
  since: z.string().optional(),
  until: z.string().optional(),
  filter: z.string().optional(),
  q: z.string().max(500).optional(),
  sortOrder: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING'),
})
type LogsQuery = z.output<typeof LogsQuery>

const TEXTS: readonly SearchOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'pr']
const TIMES: readonly SearchOperator[] = ['eq', 'gt', 'ge', 'lt', 'le', 'pr']
const FILTERABLE: ReadonlySet<string> = new Set([
  'uuid',
  'eventType',
  'severity',
  'version',
  'displayMessage',
  'legacyEventType',
  ...['actor', 'target'].flatMap((who) => ['id', 'type', 'alternateId', 'displayName'].map((name) => `${who}.${name}`)),
  'outcome.result',
  'outcome.reason',
  'transaction.id',
  'transaction.type',
  'client.ipAddress',
])

/** What a filter over events may ask of a path. */
export function abilitiesOf(path: string): readonly SearchOperator[] | undefined {
  return path === 'published' ? TIMES : FILTERABLE.has(path) ? TEXTS : undefined
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/

/** @throws {ApiError} E0000001. */
function instantOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  // A plus sign of a zone that was not encoded arrives as a blank.
  const time = INSTANT.test(text.replace(' ', '+')) ? Date.parse(text.replace(' ', '+')) : Number.NaN
  if (Number.isNaN(time)) throw invalidValue(name, 'The time is not in ISO 8601 form')
  return time
}

/** The events in order of time: all, or those an index says may satisfy the filter. Positions do not move: events stay. */
interface Feed {
  count(): number
  page(offset: number, limit: number): readonly SystemLogEvent[]
}

const INDEXED = [
  ['target.id', 'target'],
  ['eventtype', 'eventType'],
  ['actor.id', 'actor'],
] as const

function feedFor(reader: OktaReader, filter: Filter | undefined): Feed {
  const equalities = filter === undefined ? [] : equalityOf(filter)
  for (const [attribute, index] of INDEXED) {
    const value = equalities.find((each) => each.attribute === attribute)?.value
    if (value !== undefined) {
      return {
        count: () => reader.count('systemLog', index, value),
        page: (offset, limit) => reader.findPage('systemLog', index, value, offset, limit),
      }
    }
  }
  return { count: () => reader.count('systemLog'), page: (offset, limit) => reader.page('systemLog', offset, limit) }
}

/** Position of the first event at or after an instant: events are in order of time. */
function positionOf(feed: Feed, timeMs: number): number {
  let [low, high] = [0, feed.count()]
  while (low < high) {
    const middle = (low + high) >> 1
    const [event] = feed.page(middle, 1)
    if (event !== undefined && Date.parse(event.published) < timeMs) low = middle + 1
    else high = middle
  }
  return low
}

/** Every word of `q` in the texts of an event, or the whole id of somebody in it. */
function matchesWords(event: SystemLogEvent, words: readonly string[]): boolean {
  const everybody = [event.actor, ...event.target]
  const names = everybody.flatMap(({ displayName, alternateId }) => [displayName, alternateId])
  const text = [event.displayMessage, event.eventType, event.outcome.result, event.outcome.reason, ...names]
    .join('\n')
    .toLowerCase()
  return words.every((word) => text.includes(word) || everybody.some(({ id }) => id.toLowerCase() === word))
}

const Cursor = z.strictObject({ list: z.string(), position: z.number().int().nonnegative() })

/** Everything that says which events are meant; the cursor of one question is none of another. */
function listName({ filter, q, since, until, sortOrder }: LogsQuery): string {
  return hash('sha256', JSON.stringify([filter, q, since, until, sortOrder]), 'base64url').slice(0, 16)
}

function openCursor({ system }: OpenCall, query: LogsQuery): number | undefined {
  if (query.after === undefined || query.after === '') return undefined
  let read: unknown
  try {
    read = JSON.parse(system.vault.open(query.after))
  } catch {
    // Whatever is wrong with it, it is no cursor of ours.
    read = undefined
  }
  const cursor = Cursor.safeParse(read)
  if (!cursor.success || cursor.data.list !== listName(query)) {
    throw invalidValue('after', 'The cursor is not one of this list')
  }
  return cursor.data.position
}

/** @throws {ApiError} E0000001, E0000031. */
function listEvents(call: ApiCall<LogsQuery>): ApiAnswer {
  const { reader, query, system } = call
  const { filter = '', q = '', limit, sortOrder } = query
  const expression = filter === '' ? undefined : parseSearch(filter, abilitiesOf)
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const until = instantOf('until', query.until)
  const sinceMs = instantOf('since', query.since) ?? (until ?? system.clock.now()) - DEFAULT_DAYS * DAY_MS
  if (until !== undefined && sinceMs > until) throw invalidValue('until', 'The end is before the beginning')
  const feed = feedFor(reader, expression)
  const first = positionOf(feed, sinceMs)
  const end = until === undefined ? feed.count() : positionOf(feed, until)
  const matches = (event: SystemLogEvent): boolean =>
    (words.length === 0 || matchesWords(event, words)) &&
    (expression === undefined || satisfies({ ...event, version: LOG_VERSION }, expression))

  const found: SystemLogEvent[] = []
  const ascends = sortOrder === 'ASCENDING'
  let position = openCursor(call, query) ?? (ascends ? first : end)
  const left = (): number => (ascends ? end - position : position - first)
  for (let lookedAt = 0; found.length < limit && left() > 0 && (lookedAt < MOST_LOOKED_AT || found.length === 0); ) {
    const size = Math.min(CHUNK, left())
    const chunk = ascends ? feed.page(position, size) : feed.page(position - size, size).toReversed()
    for (const event of chunk) {
      if (found.length === limit) break
      position += ascends ? 1 : -1
      lookedAt += 1
      if (matches(event)) found.push(event)
    }
  }
  // Whoever polls is told where to go on even when there is nothing yet.
  const polls = ascends && until === undefined
  const cursor = { list: listName(query), position } satisfies z.output<typeof Cursor>
  return {
    kind: 'page',
    items: found.map(logResource),
    cursor: polls || left() > 0 ? system.vault.seal(JSON.stringify(cursor)) : undefined,
  }
}

export const LOG_ROUTES = [
  defineRoute({
    name: 'okta.api.logs.list',
    method: 'GET',
    path: '/logs',
    query: LogsQuery,
    handle: listEvents,
  }),
]

import { z } from 'zod'
import { RestRefusal } from './answer.ts'
import type { RawCall } from './define-route.ts'

/**
 * Lists by cursor (reference sheet 4.1). A cursor is sealed: it can be neither read nor made up, belongs to one list of one
 * company, and stays good over a restart. Order is that of creation, which no change alters.
 */

export const PAGE_SIZE = 100
/** Records a filter without an index may look at in one call; the page is then shorter than it could be. */
const MOST_LOOKED_AT = 2_000
/** How far from its old place the last record of a page is looked for. */
const REACH = 200
/** How many records before the end of a page a cursor remembers: any but all of them may be gone when the next page is read. */
const REMEMBERED = 5

export const PageQuery = z.object({
  cursor: z.string().optional().describe('From the page before.'),
  limit: z.coerce.number().int().min(1, { error: 'must be at least 1' }).optional().describe('Page size, 100 at most.'),
})

/** One of the lists that are read one after another. */
export interface Part<T> {
  count(): number
  page(offset: number, limit: number): readonly T[]
}

export interface Listing<T> {
  /** Operation and filters: a cursor of another list is refused. */
  readonly name: string
  readonly parts: readonly Part<T>[]
  keyOf(record: T): string
  keep?(record: T): boolean
}

/** Where a page ended: how far into which part, and the records that were last, the very last one first. */
const Place = z.strictObject({
  list: z.string(),
  company: z.string(),
  part: z.number().int().nonnegative(),
  offset: z.number().int().nonnegative(),
  last: z.array(z.string()),
})
type Place = z.output<typeof Place>

export interface Page<T> {
  readonly items: readonly T[]
  /** Absent on the last page. */
  readonly cursor?: string
}

/**
 * The page after `query.cursor`. What is there throughout is visited once, also when records come or go between two pages.
 *
 * @throws {RestRefusal} 400 for a cursor that is none of ours, or of another list.
 */
export function readPage<T>(call: RawCall, query: z.output<typeof PageQuery>, listing: Listing<T>): Page<T> {
  const limit = Math.min(query.limit ?? PAGE_SIZE, PAGE_SIZE)
  const start =
    query.cursor === undefined || query.cursor === '' ? undefined : openCursor(call, query.cursor, listing.name)
  const items: T[] = []
  let part = start?.part ?? 0
  let offset = start === undefined ? 0 : placeAfter(listing, start)
  let lookedAt = 0
  while (part < listing.parts.length && items.length < limit && lookedAt < MOST_LOOKED_AT) {
    const records = listing.parts[part]?.page(offset, limit - items.length) ?? []
    if (records.length === 0) {
      part += 1
      offset = 0
      continue
    }
    for (const record of records) {
      lookedAt += 1
      offset += 1
      if (listing.keep?.(record) !== false) items.push(record)
    }
  }
  if (!hasMore(listing, part, offset)) return { items }
  const place: Place = {
    list: listing.name,
    company: call.company.id,
    part,
    offset,
    last: lastOf(listing, part, offset),
  }
  return { items, cursor: call.system.vault.seal(JSON.stringify(place)) }
}

function hasMore<T>(listing: Listing<T>, part: number, offset: number): boolean {
  return listing.parts.some((each, index) => index >= part && each.count() > (index === part ? offset : 0))
}

/** Who stands before the place at this moment, nearest first. */
function lastOf<T>(listing: Listing<T>, part: number, offset: number): string[] {
  const from = Math.max(0, offset - REMEMBERED)
  const records = listing.parts[part]?.page(from, offset - from) ?? []
  return records.map((record) => listing.keyOf(record)).reverse()
}

function openCursor(call: RawCall, cursor: string, list: string): Place {
  const place = Place.safeParse(readSealed(call, cursor))
  if (!place.success || place.data.list !== list || place.data.company !== call.company.id) {
    throw new RestRefusal(
      400,
      'cursor: not a cursor of this list; pass on the one of the page before, with the same filters',
    )
  }
  return place.data
}

function readSealed(call: RawCall, cursor: string): unknown {
  try {
    return JSON.parse(call.system.vault.open(cursor))
  } catch {
    // Whatever is wrong with it, it is no cursor of ours.
    return undefined
  }
}

/** The offset behind the record that was last, which earlier records coming or going may have moved. */
function placeAfter<T>(listing: Listing<T>, { part, offset, last }: Place): number {
  const records = listing.parts[part]
  if (records === undefined || last.length === 0 || offset === 0) return offset
  const [there] = records.page(offset - 1, 1)
  if (there !== undefined && listing.keyOf(there) === last[0]) return offset
  const from = Math.max(0, offset - REACH)
  const nearby = records.page(from, 2 * REACH).map((record) => listing.keyOf(record))
  const still = last.find((key) => nearby.includes(key))
  return still === undefined ? offset : from + nearby.indexOf(still) + 1
}

import { hash } from 'node:crypto'
import { z } from 'zod'
import { invalidValue } from './api-error.ts'
import type { OpenCall } from './define-route.ts'
import type { Page } from './send.ts'

/**
 * Lists by cursor (reference sheet 6.2). A cursor is sealed: it can be neither read nor made up, and belongs to one list with its
 * filters. Order is that of creation, which no change alters.
 */

/**
 * Records a filter without an index looks at for one page, which is then shorter than it could be and has a next one. Until it has
 * found anything it looks on: clients take an empty page for the last.
 */
const MOST_LOOKED_AT = 2_000
/** Records read at a time. */
const CHUNK = 500
/** How far from its old place the last record of a page is looked for. */
const REACH = 200
/** How many records before the end of a page a cursor remembers: all but one of them may be gone when the next page is read. */
const REMEMBERED = 5

/** Parameters of a list: `limit` is brought down to `most`, and without it there are `usual` records in a page. */
export function pageQuery({ usual, most }: { readonly usual: number; readonly most: number }) {
  return {
    limit: z
      .string()
      .regex(/^\d{1,9}$/, 'must be a whole number')
      .transform(Number)
      .refine((limit) => limit >= 1, 'must be at least 1')
      .optional()
      .transform((limit) => Math.min(limit ?? usual, most)),
    after: z.string().optional(),
  }
}

/** What is listed, in order of creation: a collection, or what an index of it holds. Both calls cost what they return. */
export interface Listing<T> {
  count(): number
  page(offset: number, limit: number): readonly T[]
  keyOf(record: T): string
  /** What the filters let through; absent: everything. */
  keep?(record: T): boolean
}

export interface PageRequest {
  readonly limit: number
  readonly after?: string | undefined
}

const Place = z.strictObject({
  list: z.string(),
  offset: z.number().int().nonnegative(),
  last: z.array(z.string()),
})
type Place = z.output<typeof Place>

/**
 * The page after `request.after`. What is there throughout is visited once, also when records come or go between two pages.
 * @throws {ApiError} E0000001 for a cursor that is none of ours, or of another list.
 */
export function readPage<T>(call: OpenCall, { limit, after }: PageRequest, listing: Listing<T>): Page<T> {
  const list = listName(call)
  const start = after === undefined || after === '' ? undefined : openCursor(call, after, list)
  const items: T[] = []
  let offset = start === undefined ? 0 : placeAfter(listing, start)
  let lookedAt = 0
  while (items.length < limit && (lookedAt < MOST_LOOKED_AT || items.length === 0)) {
    const records = listing.page(offset, listing.keep === undefined ? limit - items.length : CHUNK)
    if (records.length === 0) break
    for (const record of records) {
      if (items.length === limit) break
      lookedAt += 1
      offset += 1
      if (listing.keep?.(record) !== false) items.push(record)
    }
  }
  if (offset >= listing.count()) return { items }
  const place: Place = { list, offset, last: lastOf(listing, offset) }
  return { items, cursor: call.system.vault.seal(JSON.stringify(place)) }
}

/** A list that is short by its nature, as it is read: pages of it are cut by position. */
export function listingOf<T>(records: readonly T[], keyOf: (record: T) => string): Listing<T> {
  return { count: () => records.length, page: (offset, limit) => records.slice(offset, offset + limit), keyOf }
}

/** Address and filters, without what says which page. */
function listName({ req }: OpenCall): string {
  const [path = '', query = ''] = req.originalUrl.split('?')
  const filters = new URLSearchParams(query)
  filters.delete('after')
  filters.delete('limit')
  filters.sort()
  return hash('sha256', `${path}?${filters}`, 'base64url').slice(0, 16)
}

/** Who stands before the place at this moment, nearest first. */
function lastOf<T>(listing: Listing<T>, offset: number): string[] {
  const from = Math.max(0, offset - REMEMBERED)
  return listing
    .page(from, offset - from)
    .map((record) => listing.keyOf(record))
    .reverse()
}

function openCursor(call: OpenCall, cursor: string, list: string): Place {
  const place = Place.safeParse(readSealed(call, cursor))
  if (!place.success || place.data.list !== list) throw invalidValue('after', 'The cursor is not one of this list')
  return place.data
}

function readSealed(call: OpenCall, cursor: string): unknown {
  try {
    return JSON.parse(call.system.vault.open(cursor))
  } catch {
    // Whatever is wrong with it, it is no cursor of ours.
    return undefined
  }
}

/** The offset behind the record that was last, which earlier records coming or going may have moved. */
function placeAfter<T>(listing: Listing<T>, { offset, last }: Place): number {
  if (last.length === 0 || offset === 0) return offset
  const [there] = listing.page(offset - 1, 1)
  if (there !== undefined && listing.keyOf(there) === last[0]) return offset
  const from = Math.max(0, offset - REACH)
  const nearby = listing.page(from, 2 * REACH).map((record) => listing.keyOf(record))
  const still = last.find((key) => nearby.includes(key))
  return still === undefined ? offset : from + nearby.indexOf(still) + 1
}

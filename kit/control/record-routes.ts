import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import type { Reader, Shape } from '#kit/store/store.ts'
import { type ControlRoute, controlRoute } from './control-route.ts'

/** Most keys or values of one call: more would not fit into an address. */
export const MOST_ASKED = 100
const MOST_RECORDS = 1000

const Texts = z
  .union([z.string(), z.array(z.string())])
  .transform((said) => (typeof said === 'string' ? [said] : said))
  .refine((said) => said.length <= MOST_ASKED, { error: `at most ${MOST_ASKED} of them` })

const Query = z
  .strictObject({
    /** Records by key; those that are not there are left out. */
    key: Texts.optional(),
    /** Records filed under any of the values of an index of the collection. */
    index: z.string().optional(),
    value: Texts.optional(),
    offset: z.coerce.number().int().nonnegative().default(0),
    limit: z.coerce.number().int().min(0).max(MOST_RECORDS).default(MOST_RECORDS),
  })
  .refine(({ index, value }) => (index === undefined) === (value === undefined), {
    error: 'an index has at least one value, and a value its index',
  })
  .refine(({ key, index }) => key === undefined || index === undefined, { error: 'key and index exclude each other' })

/** Records of one collection, in the form `GET /_kit/state` has them. */
export interface RecordsPage {
  /** How many there are: in the collection, or filed under those values, or found of those keys. */
  readonly total: number
  readonly records: readonly object[]
}

/**
 * `GET /records/{collection}`: a part of the state for readers that must not read it all. Without `key` and `index` a slice in order
 * of insertion. The cost is that of what is answered, whatever the size of the collection.
 */
export function recordRoutes<S extends Shape>(store: Reader<S>): readonly ControlRoute[] {
  const reader = store as unknown as Reader<Record<string, object>>
  return [
    controlRoute({
      method: 'GET',
      path: '/records/:collection',
      query: Query,
      handle: ({ params, query: { key, index, value, offset, limit } }): RecordsPage => {
        const collection = params['collection'] ?? ''
        expectDeclared(reader, collection, index)
        if (key !== undefined) {
          const found = key.flatMap((each) => reader.get(collection, each) ?? [])
          return { total: found.length, records: found.slice(offset, offset + limit) }
        }
        if (index === undefined || value === undefined)
          return { total: reader.count(collection), records: reader.page(collection, offset, limit) }
        return filedUnder(reader, { collection, index, values: value, offset, limit })
      },
    }),
  ]
}

/** Values are read one after the other: the first that has more than is left to take ends it. */
function filedUnder(
  reader: Reader<Record<string, object>>,
  asked: {
    readonly collection: string
    readonly index: string
    readonly values: readonly string[]
    readonly offset: number
    readonly limit: number
  },
): RecordsPage {
  const { collection, index, values } = asked
  const records: object[] = []
  let [total, skip] = [0, asked.offset]
  for (const value of values) {
    const count = reader.count(collection, index, value)
    const left = asked.limit - records.length
    if (left > 0 && skip < count) records.push(...reader.findPage(collection, index, value, skip, left))
    skip = Math.max(0, skip - count)
    total += count
  }
  return { total, records }
}

/** The store alone knows what it declares, and says so by throwing. @throws Refusal `unknown_collection` (404). */
function expectDeclared(reader: Reader<Record<string, object>>, collection: string, index: string | undefined): void {
  try {
    reader.count(collection, index, index === undefined ? undefined : '')
  } catch (error) {
    throw new Refusal('unknown_collection', 404, error instanceof Error ? error.message : String(error), {
      hint: 'GET /_kit/state has every collection; the records of a system say how they are indexed.',
      cause: error,
    })
  }
}

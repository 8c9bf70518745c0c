import type { z } from 'zod'
import type { JournalEntry, JournalKind } from '#kit/journal.ts'
import type { FaultRecord } from '#kit/system/collections.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'

/** Records looked at of one kind where there is no end of them, unless told otherwise: people, accounts, failures. */
export const MOST_RECORDS = 2000

/** Keys or values in one call. */
const MOST_ASKED = 100
const PAGE = 1000
const MOST_REFUSALS = 20
const MOST_EXCHANGES = 200
/** More than a system ever numbers its entries. */
const AFTER_ALL = Number.MAX_SAFE_INTEGER

/** What there is of one kind, or as much of it as is looked at. */
export interface Part<T> {
  readonly records: readonly T[]
  /** Nothing was left out: what is not here is not there. */
  readonly isWhole: boolean
}

/** Where the records of a part are filed, and what they are for whoever is told that only some were looked at. */
export interface Filed {
  readonly index: string
  readonly values: readonly string[]
  /** `people in scope` */
  readonly what: string
}

/**
 * One system, read narrowly: never more than so many records of a kind, whatever the size of the tenant. Absence is concluded from a
 * look-up by key or from a part that is whole, never from a sample.
 */
export interface SystemReading {
  /** Virtual time, ISO. */
  readonly now: string
  readonly faults: readonly FaultRecord[]
  /** Calls of the system that were refused or not answered, newest first: method, path and status. */
  readonly refused: readonly string[]
  /** The value of a switch in force; `undefined` for one the system does not have. */
  switchValue(id: string): string | undefined
  /** Those of the keys that are there. @throws what the schema throws, when a record is not what the product keeps. */
  byKeys<T>(collection: string, schema: z.ZodType<T>, keys: readonly string[]): Promise<readonly T[]>
  /** The first records filed under the values of an index. */
  filed<T>(collection: string, schema: z.ZodType<T>, filed: Filed): Promise<Part<T>>
  /** The first records of a collection that has no fitting index. */
  first<T>(collection: string, schema: z.ZodType<T>, what: string): Promise<Part<T>>
  /** The newest exchanges of a kind that the system's journal still has, newest first; bounded. */
  exchanges(kind: JournalKind): Promise<readonly JournalEntry[]>
  /** The newest records filed under a value, newest first; bounded. */
  newest<T>(collection: string, schema: z.ZodType<T>, index: string, value: string): Promise<readonly T[]>
  /** How many are filed under a value. */
  count(collection: string, index: string, value: string): Promise<number>
  /** What was looked at in part, so far: `people in scope (2000 of 100000)`. */
  partly(): readonly string[]
}

interface Answer {
  readonly total: number
  readonly records: readonly unknown[]
}

/** Begin to read a system. @throws when it does not answer. */
export async function readSystem(client: ControlClient, most: number): Promise<SystemReading> {
  const [clock, switches, faults, refused] = await Promise.all([
    client.clock(),
    client.switches(),
    client.faults(),
    readRefusals(client),
  ])
  const values = new Map(switches.map(({ id, value }) => [id, value]))
  const partly = new Map<string, string>()

  async function ask(collection: string, query: readonly (readonly [string, string | number])[]): Promise<Answer> {
    const search = new URLSearchParams(query.map(([name, value]) => [name, String(value)]))
    return (await client.call('GET', `/records/${collection}?${search}`)) as Answer
  }

  async function part<T>(
    collection: string,
    schema: z.ZodType<T>,
    { what, values: filedUnder }: { readonly what: string; readonly values: readonly (readonly [string, string])[] },
  ): Promise<Part<T>> {
    const records: unknown[] = []
    for (let total = 1; records.length < Math.min(total, most); ) {
      const limit = Math.min(PAGE, most - records.length)
      const answer = await ask(collection, [...filedUnder, ['offset', records.length], ['limit', limit]])
      records.push(...answer.records)
      total = answer.records.length === 0 ? 0 : answer.total
      if (total > most) partly.set(what, `${what} (${most} of ${total})`)
    }
    return { records: records.map((record) => schema.parse(record)), isWhole: !partly.has(what) }
  }

  async function count(collection: string, index: string, value: string): Promise<number> {
    const { total } = await ask(collection, [
      ['index', index],
      ['value', value],
      ['limit', 0],
    ])
    return total
  }

  return {
    now: clock.now,
    faults,
    refused,
    switchValue: (id) => values.get(id),
    async byKeys(collection, schema, keys) {
      const asked = chunks([...new Set(keys)])
      const answers = await Promise.all(
        asked.map((chunk) =>
          ask(
            collection,
            chunk.map((key) => ['key', key] as const),
          ),
        ),
      )
      return answers.flatMap(({ records }) => records.map((record) => schema.parse(record)))
    },
    async filed(collection, schema, { index, values: asked, what }) {
      const parts = await Promise.all(
        chunks([...new Set(asked)]).map((chunk) =>
          part(collection, schema, {
            what,
            values: [['index', index], ...chunk.map((value) => ['value', value] as const)],
          }),
        ),
      )
      const records = parts.flatMap((each) => each.records)
      if (records.length > most) partly.set(what, `${what} (${most} of ${records.length} and more)`)
      return { records: records.slice(0, most), isWhole: !partly.has(what) }
    },
    exchanges: (kind) => newestOf(client, kind),
    first: (collection, schema, what) => part(collection, schema, { what, values: [] }),
    async newest(collection, schema, index, value) {
      const total = await count(collection, index, value)
      if (total === 0) return []
      const { records } = await ask(collection, [
        ['index', index],
        ['value', value],
        ['offset', Math.max(0, total - MOST_EXCHANGES)],
        ['limit', MOST_EXCHANGES],
      ])
      return records.toReversed().map((record) => schema.parse(record))
    },
    count,
    partly: () => [...partly.values()],
  }
}

function chunks<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / MOST_ASKED) }, (_, at) =>
    all.slice(at * MOST_ASKED, (at + 1) * MOST_ASKED),
  )
}

/** The newest calls of a system to another one that did not succeed. */
async function readRefusals(client: ControlClient): Promise<readonly string[]> {
  return (await newestOf(client, 'http-out'))
    .filter(({ response }) => response?.status === undefined || response.status >= 400)
    .slice(0, MOST_REFUSALS)
    .map(
      ({ request, response }) =>
        `${request?.method} ${request?.url}: ${response?.status ?? response?.error ?? 'no answer'}`,
    )
}

/** Bounded: the newest entries of the journal alone. */
async function newestOf(client: ControlClient, kind: JournalKind): Promise<readonly JournalEntry[]> {
  const query = new URLSearchParams({ kind, before: String(AFTER_ALL), limit: String(MOST_EXCHANGES) })
  const { items } = (await client.call('GET', `/journal?${query}`)) as Awaited<ReturnType<ControlClient['journal']>>
  return items.toReversed()
}

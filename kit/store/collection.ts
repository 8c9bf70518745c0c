import {
  createOrder,
  type Entry,
  insertEntry,
  type Order,
  removeEntry,
  sliceAfterKey,
  sliceOrder,
  walkOrder,
} from './order.ts'
import type { CollectionSpec } from './store.ts'

/** The entries filed under one value of one index: most values have one only, and then need no structure. */
type Bucket<T> = Entry<T> | Order<T>
type IndexFunction<T> = (record: T, key: string) => string | readonly string[] | undefined

interface Index<T> {
  readonly valuesOf: IndexFunction<T>
  readonly buckets: Map<string, Bucket<T>>
}

/** What a write did, enough to take it back. `before` is absent where the record is new. */
export interface Written<T> {
  readonly entry: Entry<T>
  readonly before?: T
}

/** One keyed collection in memory: records, their order of insertion, their indexes. Knows nothing of files. */
export interface Collection<T> {
  readonly size: number
  get(key: string): T | undefined
  has(key: string): boolean
  find(index: string, value: string): readonly T[]
  findPage(index: string, value: string, offset: number, limit: number): readonly T[]
  findKeys(index: string, value: string): Iterable<string>
  count(index: string, value: string): number
  page(offset: number, limit: number): readonly T[]
  after(key: string | null, limit: number): readonly (readonly [string, T])[]
  latest(offset: number, limit: number): readonly T[]
  entries(): IterableIterator<[string, T]>
  /** Everything at this instant: a list of keys and, at the same places, their records. */
  snapshot(): { readonly keys: readonly string[]; readonly records: readonly T[] }
  /** A new record goes to the end, a replaced one keeps its position. Changes nothing when an index function throws. */
  put(key: string, record: T): Written<T>
  delete(key: string): Entry<T> | undefined
  /** Take back what `put` and `delete` reported, newest first. */
  undoPut(written: Written<T>): void
  undoDelete(entry: Entry<T>): void
}

const NONE: readonly string[] = []

function listValues<T>(index: Index<T>, record: T, key: string): readonly string[] {
  const values = index.valuesOf(record, key)
  if (values === undefined) return NONE
  if (typeof values === 'string') return [values]
  return values.length > 1 ? [...new Set(values)] : values
}

function isOrder<T>(bucket: Bucket<T>): bucket is Order<T> {
  return 'chunks' in bucket
}

function fileEntry<T>(index: Index<T>, value: string, entry: Entry<T>): void {
  const bucket = index.buckets.get(value)
  if (bucket === undefined) index.buckets.set(value, entry)
  else if (isOrder(bucket)) insertEntry(bucket, entry)
  else {
    const order = createOrder<T>()
    insertEntry(order, bucket)
    insertEntry(order, entry)
    index.buckets.set(value, order)
  }
}

function unfileEntry<T>(index: Index<T>, value: string, entry: Entry<T>): void {
  const bucket = index.buckets.get(value)
  if (bucket === undefined) return
  if (!isOrder(bucket)) index.buckets.delete(value)
  else {
    removeEntry(bucket, entry)
    if (bucket.size === 0) index.buckets.delete(value)
  }
}

/** An empty collection with the indexes of its spec. */
export function createCollection<T>(name: string, spec: CollectionSpec<T>): Collection<T> {
  const records = new Map<string, Entry<T>>()
  const order = createOrder<T>()
  const indexes = new Map<string, Index<T>>(
    Object.entries(spec.indexes ?? {}).map(([index, valuesOf]) => [index, { valuesOf, buckets: new Map() }]),
  )
  const indexList = [...indexes.values()]
  let nextSeq = 0

  function bucketOf(indexName: string, value: string): Bucket<T> | undefined {
    const index = indexes.get(indexName)
    if (index === undefined) throw new Error(`Collection ${name} declares no index ${indexName}.`)
    return index.buckets.get(value)
  }

  function add(entry: Entry<T>): void {
    const values = indexList.map((index) => listValues(index, entry.record, entry.key))
    records.set(entry.key, entry)
    insertEntry(order, entry)
    indexList.forEach((index, at) => {
      for (const value of values[at] ?? NONE) fileEntry(index, value, entry)
    })
  }

  function remove(entry: Entry<T>): void {
    for (const index of indexList) {
      for (const value of listValues(index, entry.record, entry.key)) unfileEntry(index, value, entry)
    }
    removeEntry(order, entry)
    records.delete(entry.key)
  }

  function change(entry: Entry<T>, record: T): void {
    const moves = indexList.map((index) => ({
      index,
      from: listValues(index, entry.record, entry.key),
      to: listValues(index, record, entry.key),
    }))
    entry.record = record
    for (const { index, from, to } of moves) {
      if (from.length === 1 && to.length === 1 && from[0] === to[0]) continue
      for (const value of from) if (!to.includes(value)) unfileEntry(index, value, entry)
      for (const value of to) if (!from.includes(value)) fileEntry(index, value, entry)
    }
  }

  function* entries(): Generator<[string, T], undefined, undefined> {
    for (const entry of walkOrder(order)) if (records.get(entry.key) === entry) yield [entry.key, entry.record]
  }

  function* findKeys(indexName: string, value: string): Generator<string, void, undefined> {
    const bucket = bucketOf(indexName, value)
    if (bucket === undefined) return
    if (!isOrder(bucket)) yield bucket.key
    else for (const entry of walkOrder(bucket)) if (records.get(entry.key) === entry) yield entry.key
  }

  function findPage(indexName: string, value: string, offset: number, limit: number): readonly T[] {
    const bucket = bucketOf(indexName, value)
    if (bucket === undefined) return []
    if (!isOrder(bucket)) return offset <= 0 && limit > 0 ? [bucket.record] : []
    return sliceOrder(bucket, offset, limit).map((entry) => entry.record)
  }

  return {
    get size() {
      return records.size
    },
    get: (key) => records.get(key)?.record,
    has: (key) => records.has(key),
    find: (indexName, value) => findPage(indexName, value, 0, Number.POSITIVE_INFINITY),
    findPage,
    findKeys,
    count(indexName, value) {
      const bucket = bucketOf(indexName, value)
      if (bucket === undefined) return 0
      return isOrder(bucket) ? bucket.size : 1
    },
    page: (offset, limit) => sliceOrder(order, offset, limit).map((entry) => entry.record),
    after(key, limit) {
      const found = key === null ? sliceOrder(order, 0, limit) : sliceAfterKey(order, key, limit)
      return found.map((entry) => [entry.key, entry.record] as const)
    },
    latest(offset, limit) {
      const end = order.size - Math.max(0, offset)
      const start = Math.max(0, end - Math.max(0, limit))
      return sliceOrder(order, start, end - start)
        .map((entry) => entry.record)
        .reverse()
    },
    entries,
    snapshot() {
      const keys: string[] = []
      const found: T[] = []
      for (const chunk of order.chunks) {
        for (const entry of chunk) {
          keys.push(entry.key)
          found.push(entry.record)
        }
      }
      return { keys, records: found }
    },
    put(key, record) {
      const known = records.get(key)
      if (known !== undefined) {
        const before = known.record
        change(known, record)
        return { entry: known, before }
      }
      const entry = { seq: nextSeq, key, record }
      add(entry)
      nextSeq += 1
      return { entry }
    },
    delete(key) {
      const entry = records.get(key)
      if (entry !== undefined) remove(entry)
      return entry
    },
    undoPut({ entry, before }) {
      if (before === undefined) remove(entry)
      else change(entry, before)
    },
    undoDelete: add,
  }
}

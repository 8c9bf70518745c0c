import { type Collection, createCollection } from './collection.ts'
import { StateRefused } from './errors.ts'
import type { CollectionSpecs, Reader, Shape, StateDocument } from './store.ts'

/** Version of the store's documents and files. A change of their form raises it. */
export const STORE_VERSION = 1

/** One write as the log has it: collection, key, record; without a record the key is deleted. */
export type Write = readonly [collection: string, key: string, record?: object]

/** All collections of a store in memory. Records are untyped here: `createStore` gives them their types back. */
export type State = ReadonlyMap<string, Collection<object>>

export function createState<S extends Shape>(specs: CollectionSpecs<S>): State {
  return new Map(Object.entries(specs).map(([name, spec]) => [name, createCollection(name, spec)]))
}

/** @throws when the store declares no such collection: a bug, not a user's mistake. */
export function collectionOf(state: State, name: string): Collection<object> {
  const collection = state.get(name)
  if (collection === undefined) throw new Error(`The store declares no collection ${name}.`)
  return collection
}

export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The reading half of a store over whatever state `current` answers at the moment of the call. */
export function createReader<S extends Shape>(current: () => State): Reader<S> {
  const of = <C extends keyof S & string>(name: C): Collection<S[C]> =>
    collectionOf(current(), name) as unknown as Collection<S[C]>
  return {
    get: (collection, key) => of(collection).get(key),
    has: (collection, key) => of(collection).has(key),
    find: (collection, index, value) => of(collection).find(index, value),
    findPage: (collection, index, value, offset, limit) => of(collection).findPage(index, value, offset, limit),
    findKeys: (collection, index, value) => of(collection).findKeys(index, value),
    count: (collection, index, value) =>
      index === undefined || value === undefined ? of(collection).size : of(collection).count(index, value),
    page: (collection, offset, limit) => of(collection).page(offset, limit),
    after: (collection, key, limit) => of(collection).after(key, limit),
    latest: (collection, offset, limit) => of(collection).latest(offset, limit),
    entries: (collection) => of(collection).entries(),
  }
}

/** JavaScript objects list keys that look like array indexes first and sorted, whatever the order they came in. */
const ARRAY_INDEX = /^(0|[1-9]\d{0,9})$/

export function describeState(state: State, revision: number): StateDocument {
  const collections: Record<string, Readonly<Record<string, object>>> = {}
  const order: Record<string, readonly string[]> = {}
  for (const [name, collection] of state) {
    const entries = [...collection.entries()]
    collections[name] = Object.fromEntries(entries)
    if (entries.some(([key]) => ARRAY_INDEX.test(key))) order[name] = entries.map(([key]) => key)
  }
  return { version: STORE_VERSION, revision, collections, ...(Object.keys(order).length > 0 ? { order } : {}) }
}

/**
 * The writes that make an empty store hold `document`.
 * @throws {StateRefused} for another version, a collection that is not declared, a record that is no JSON object.
 */
export function listWrites(state: State, document: StateDocument): Write[] {
  if (document.version !== STORE_VERSION) {
    throw new StateRefused(`The state has version ${document.version}; this program knows version ${STORE_VERSION}.`)
  }
  if (!isRecord(document.collections)) throw new StateRefused('The state has no collections.')
  const writes: Write[] = []
  for (const [name, records] of Object.entries(document.collections)) {
    if (!state.has(name)) throw new StateRefused(`The state holds a collection this system does not have: ${name}.`)
    if (!isRecord(records)) throw new StateRefused(`The collection ${name} of the state is not an object of records.`)
    const byKey = new Map(Object.entries(records))
    const listed = document.order?.[name] ?? []
    for (const key of new Set([...listed, ...byKey.keys()])) {
      const record = byKey.get(key)
      if (!isRecord(record))
        throw new StateRefused(`The record ${key} in collection ${name} of the state is not an object.`)
      writes.push([name, key, record])
    }
  }
  return writes
}

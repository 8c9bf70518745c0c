import { StoreUnavailable } from './errors.ts'
import { createReader, createState, describeState, listWrites, type State, type Write } from './state.ts'
import type { CollectionSpecs, Shape, Store } from './store.ts'
import { beginTransaction } from './transaction.ts'

/** Where transactions are kept: files, or nowhere. */
export interface Keeper {
  /** Keep one transaction. `cleared`: everything before it is gone. @throws when it is not kept; then nothing of it is. */
  append(revision: number, writes: readonly Write[], cleared: boolean): void
  /** When what was appended last is as safe as asked; `undefined`: it is already. */
  settled(): Promise<void> | undefined
  compact(): Promise<void>
  close(): Promise<void>
}

/** What a store starts from, and what its keeper reads when it writes the whole state down. */
export interface Contents {
  state: State
  revision: number
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

/** The one implementation of transactions, over whatever keeps them. `contents` changes as the store does. */
export function createStore<S extends Shape>(specs: CollectionSpecs<S>, contents: Contents, keeper: Keeper): Store<S> {
  let inTransaction = false
  let closing: Promise<void> | undefined

  function checkWritable(): void {
    if (closing !== undefined) throw new StoreUnavailable('The store is closed: nothing can be written any more.')
    if (inTransaction) throw new Error('A transaction cannot start inside another: use the writer it was given.')
  }

  return {
    ...createReader<S>(() => contents.state),
    get revision() {
      return contents.revision
    },
    async transact(change) {
      checkWritable()
      const transaction = beginTransaction<S>(contents.state)
      inTransaction = true
      let outcome: ReturnType<typeof change>
      try {
        const result = change(transaction.writer)
        if (isThenable(result)) {
          // It runs on without a transaction; that failure follows from the mistake reported here.
          result.then(undefined, () => undefined)
          throw new TypeError('The function given to transact must be synchronous: await before it or after it.')
        }
        if (transaction.writes.length === 0) return result
        keeper.append(contents.revision + 1, transaction.writes, false)
        contents.revision += 1
        outcome = result
      } catch (error) {
        transaction.undo()
        throw error
      } finally {
        transaction.end()
        inTransaction = false
      }
      const settled = keeper.settled()
      if (settled !== undefined) await settled
      return outcome
    },
    dump: () => describeState(contents.state, contents.revision),
    async replace(document) {
      checkWritable()
      const state = createState(specs)
      const writes = listWrites(state, document)
      for (const [collection, key, record] of writes) if (record !== undefined) state.get(collection)?.put(key, record)
      keeper.append(contents.revision + 1, writes, true)
      contents.state = state
      contents.revision += 1
      await keeper.settled()
    },
    compact: async () => {
      if (closing !== undefined) throw new StoreUnavailable('The store is closed: there is nothing to compact.')
      await keeper.compact()
    },
    close() {
      closing ??= keeper.close()
      return closing
    },
  }
}

const NOWHERE: Keeper = {
  append: () => undefined,
  settled: () => undefined,
  compact: async () => undefined,
  close: async () => undefined,
}

/** A store without files: the same transactions, indexes and positions; gone with the process. For tests. */
export function openMemoryStore<S extends Shape>(collections: CollectionSpecs<S>): Store<S> {
  return createStore<S>(collections, { state: createState(collections), revision: 0 }, NOWHERE)
}

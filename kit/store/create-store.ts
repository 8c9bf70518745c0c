import { StoreUnavailable } from './errors.ts'
import type { LogLine } from './read-log.ts'
import { createReader, createState, describeState, listWrites, type State, type Write } from './state.ts'
import type { CollectionSpecs, Shape, Store } from './store.ts'
import { beginTransaction } from './transaction.ts'

/** Where transactions are kept: files, or nowhere. */
export interface Keeper {
  /**
   * Keep one transaction. Never throws.
   *
   * @param undo Called when it cannot be kept, once those after it were undone.
   * @returns when it is as safe as asked, `undefined`: it is already; rejects when it is not.
   */
  append(line: LogLine, undo: () => void): Promise<void> | undefined
  /** Hand what waits to the kernel now. Never throws: who waits is told. */
  settle(): void
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
  const reader = createReader<S>(() => contents.state)
  let inTransaction = false
  let closing: Promise<void> | undefined

  function checkWritable(): void {
    if (closing !== undefined) throw new StoreUnavailable('The store is closed: nothing can be written any more.')
    if (inTransaction) throw new Error('A transaction cannot start inside another: use the writer it was given.')
  }

  function keep(writes: readonly Write[], cleared: boolean, undo: () => void): Promise<void> | undefined {
    contents.revision += 1
    return keeper.append({ revision: contents.revision, writes, cleared }, () => {
      undo()
      contents.revision -= 1
    })
  }

  return {
    ...reader,
    get revision() {
      return contents.revision
    },
    async transact(change) {
      checkWritable()
      const transaction = beginTransaction<S>(contents.state, reader)
      inTransaction = true
      let outcome: ReturnType<typeof change>
      try {
        outcome = change(transaction.writer)
        if (isThenable(outcome)) {
          // It runs on without a transaction; that failure follows from the mistake reported here.
          outcome.then(undefined, () => undefined)
          throw new TypeError('The function given to transact must be synchronous: await before it or after it.')
        }
      } catch (error) {
        transaction.undo()
        throw error
      } finally {
        transaction.end()
        inTransaction = false
      }
      if (transaction.writes.length === 0) return outcome
      const kept = keep(transaction.writes, false, () => transaction.undo())
      if (kept !== undefined) await kept
      return outcome
    },
    dump: () => describeState(contents.state, contents.revision),
    async replace(document) {
      checkWritable()
      const state = createState(specs)
      const writes = listWrites(state, document)
      for (const [collection, key, record] of writes) if (record !== undefined) state.get(collection)?.put(key, record)
      const before = contents.state
      contents.state = state
      await keep(writes, true, () => {
        contents.state = before
      })
    },
    settle: () => keeper.settle(),
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
  settle: () => undefined,
  compact: async () => undefined,
  close: async () => undefined,
}

/** A store without files: the same transactions, indexes and positions; gone with the process. For tests. */
export function openMemoryStore<S extends Shape>(collections: CollectionSpecs<S>): Store<S> {
  return createStore<S>(collections, { state: createState(collections), revision: 0 }, NOWHERE)
}

/**
 * The contract of a store: keyed collections of immutable JSON records, changed in transactions.
 *
 * Owns: durability, indexes, positions. Hands off: what the records mean (the rooms that declare collections).
 * `store.contract.ts` beside this file is the suite every implementation passes.
 */

/** Collection name to record type. Records are plain JSON values and are never mutated after `put`. */
export type Shape = Record<string, object>

/** How a record is found other than by its key: index name to the value, values or nothing it is filed under. */
export interface CollectionSpec<T> {
  readonly indexes?: Readonly<Record<string, (record: T, key: string) => string | readonly string[] | undefined>>
}

export type CollectionSpecs<S extends Shape> = { readonly [C in keyof S]: CollectionSpec<S[C]> }

/** Reading. Every call costs the same whatever the size of the collection, except where it says otherwise. */
export interface Reader<S extends Shape> {
  get<C extends keyof S & string>(collection: C, key: string): S[C] | undefined
  has<C extends keyof S & string>(collection: C, key: string): boolean
  /** Records filed under `value` in `index`, in order of insertion. Cost: the number found. */
  find<C extends keyof S & string>(collection: C, index: string, value: string): readonly S[C][]
  /** A slice of the same by position, for pages of a long list. Cost: `limit`, not `offset`. */
  findPage<C extends keyof S & string>(
    collection: C,
    index: string,
    value: string,
    offset: number,
    limit: number,
  ): readonly S[C][]
  /** Keys of the same. What is found may be written or deleted while iterating. */
  findKeys<C extends keyof S & string>(collection: C, index: string, value: string): Iterable<string>
  /** How many records there are, or how many are filed under `value` in `index`. */
  count<C extends keyof S & string>(collection: C, index?: string, value?: string): number
  /** A slice by position in order of insertion. Cost: `limit`, not `offset`. */
  page<C extends keyof S & string>(collection: C, offset: number, limit: number): readonly S[C][]
  /**
   * The records whose key is greater than `key` (all when `null`), at most `limit`. Only for collections whose keys are
   * inserted in ascending order (change feeds, logs). Cost: `limit`.
   */
  after<C extends keyof S & string>(
    collection: C,
    key: string | null,
    limit: number,
  ): readonly (readonly [string, S[C]])[]
  /** The newest `limit` records, newest first, skipping `offset`. Cost: `limit`. */
  latest<C extends keyof S & string>(collection: C, offset: number, limit: number): readonly S[C][]
  /**
   * Everything, in order of insertion. For seeds, exports and tests, never on a request path. What is found may be
   * written or deleted while iterating; what is added meanwhile is not visited.
   */
  entries<C extends keyof S & string>(collection: C): IterableIterator<[string, S[C]]>
}

/** Writing, inside a transaction only. Reads see the transaction's own writes. */
export interface Writer<S extends Shape> extends Reader<S> {
  put<C extends keyof S & string>(collection: C, key: string, record: S[C]): void
  /** @returns whether there was such a record. */
  delete<C extends keyof S & string>(collection: C, key: string): boolean
}

/** The whole state as one JSON value: collection to key to record. */
export interface StateDocument {
  readonly version: number
  /** Number of the last transaction contained. */
  readonly revision: number
  readonly collections: Readonly<Record<string, Readonly<Record<string, object>>>>
  /** Keys in order of insertion, for collections with keys such as `42`, which JSON objects cannot keep in order. */
  readonly order?: Readonly<Record<string, readonly string[]>>
}

export interface Store<S extends Shape> extends Reader<S> {
  /**
   * Run `change` to its end, then keep all of its writes, or none when it throws. `change` is synchronous, so no other
   * transaction comes between. The promise resolves when the writes have reached the kernel (`DURABLE=fsync`: the disk).
   * It rejects with what `change` threw, with the failure of the log, or when the store is closed; nothing is written then.
   * Until then others see the writes already, which is why answers call {@link Store.settle} before they leave; should they
   * not reach the kernel, what built on them is undone and rejected too.
   * A failed sync rejects too, but leaves the writes where they are: whether they survive a power cut is not known.
   */
  transact<R>(change: (tx: Writer<S>) => R): Promise<R>
  /**
   * Hand every write that waits to the kernel now. Whoever is about to tell somebody outside what the store holds calls it first,
   * so that nobody learns what a kill could take back. Costs nothing when nothing waits.
   */
  settle(): void
  /** Number of the last transaction kept; grows by one with each that wrote something. */
  readonly revision: number
  dump(): StateDocument
  /**
   * Replace everything by `state` (reset, restore of a snapshot), as one acknowledged write. The revision grows on.
   * Rejects with `StateRefused` when the state has another version, unknown collections or records that are no objects.
   */
  replace(state: StateDocument): Promise<void>
  /** Rewrite the file and start the log anew, off the request path. */
  compact(): Promise<void>
  /** Compact, release the lock. Nothing may be written afterwards. */
  close(): Promise<void>
}

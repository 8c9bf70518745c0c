import type { Written } from './collection.ts'
import type { Entry } from './order.ts'
import { collectionOf, isRecord, type State, type Write } from './state.ts'
import type { Reader, Shape, Writer } from './store.ts'

type Done =
  | { readonly kind: 'put'; readonly collection: string; readonly written: Written<object> }
  | { readonly kind: 'delete'; readonly collection: string; readonly entry: Entry<object> }

export interface Transaction<S extends Shape> {
  readonly writer: Writer<S>
  /** What was written, in order; a record put twice stands once, where it was put first, as it was put last. */
  readonly writes: readonly Write[]
  /** Bring the state back to what it was, positions and indexes included. */
  undo(): void
  /** After this the writer refuses, so that one kept beyond its transaction cannot write past the log. */
  end(): void
}

/** Start writing to `state` directly, remembering how to take it back. @param reader Reads that state. */
export function beginTransaction<S extends Shape>(state: State, reader: Reader<S>): Transaction<S> {
  const done: Done[] = []
  const writes: Write[] = []
  const placeOfPut = new Map<string, number>()
  let open = true

  function checkOpen(): void {
    if (!open)
      throw new Error('This transaction is over: write inside the function given to transact, before it returns.')
  }

  const writer: Writer<S> = {
    ...reader,
    put(collection, key, record) {
      checkOpen()
      if (typeof key !== 'string') throw new TypeError(`A key of collection ${collection} must be a string.`)
      if (!isRecord(record)) throw new TypeError(`The record ${key} of collection ${collection} must be an object.`)
      done.push({ kind: 'put', collection, written: collectionOf(state, collection).put(key, record) })
      const place = `${collection}\0${key}`
      const earlier = placeOfPut.get(place)
      if (earlier === undefined) {
        placeOfPut.set(place, writes.length)
        writes.push([collection, key, record])
      } else writes[earlier] = [collection, key, record]
    },
    delete(collection, key) {
      checkOpen()
      const entry = collectionOf(state, collection).delete(key)
      if (entry === undefined) return false
      done.push({ kind: 'delete', collection, entry })
      placeOfPut.delete(`${collection}\0${key}`)
      writes.push([collection, key])
      return true
    },
  }

  return {
    writer,
    writes,
    undo() {
      for (const step of done.reverse()) {
        const collection = collectionOf(state, step.collection)
        if (step.kind === 'put') collection.undoPut(step.written)
        else collection.undoDelete(step.entry)
      }
    },
    end() {
      open = false
    },
  }
}

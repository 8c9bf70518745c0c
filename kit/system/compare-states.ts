import { isDeepStrictEqual } from 'node:util'
import type { StateDocument } from '#kit/store/store.ts'
import { createNames, wordsOf } from './record-names.ts'
import { isInstant, type ShownValue, showValue } from './shown-value.ts'

/** One field that differs; its value is missing on the side that lacks it. */
export interface ComparedField {
  /** With its path: `profile.title`. */
  readonly field: string
  /** The same in words: `Profile, title`. */
  readonly title: string
  readonly before?: string
  readonly after?: string
  /** It holds a secret, so that nothing but the change is told. */
  readonly hidden?: true
}

export interface ComparedRecord {
  /** As people know it: an address, a name, or the names of what it ties together. */
  readonly name: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Of a changed record. */
  readonly fields: readonly ComparedField[]
  /** How many further fields differ. */
  readonly moreFields: number
}

export interface ComparedCollection {
  readonly collection: string
  /** The same in words: `Group members`. */
  readonly title: string
  readonly added: number
  readonly removed: number
  readonly changed: number
  /** Changed records that differ in points in time alone: two seeds of one world do. Not among `changed`. */
  readonly timesOnly: number
  /** Some of those added, removed and changed, in the order of the later state. */
  readonly records: readonly ComparedRecord[]
  /** How many are not among `records`: beyond the limit, or without a name that could be told. */
  readonly more: number
}

/** Fields told of one record; a record that differs in more says nothing more to a reader. */
const MOST_FIELDS = 12
/** Time and visits, which differ always; the two sides of a comparison tell their time and world themselves. */
const ALWAYS_DIFFERENT = new Set(['kitClock', 'kitMeta', 'kitSessions'])

type Records = Readonly<Record<string, object>>

/**
 * What became different from `before` to `after`: collections that differ, with exact counts and `limit` records each. Pure. Secrets
 * are never part of it; long texts are told by their length. Cost: all records of both, once.
 */
export function compareStates(
  before: StateDocument,
  after: StateDocument,
  { limit }: { readonly limit: number },
): readonly ComparedCollection[] {
  const names = createNames([after, before])
  const collections = new Set([...Object.keys(after.collections), ...Object.keys(before.collections)])
  return [...collections].flatMap((collection) => {
    if (ALWAYS_DIFFERENT.has(collection)) return []
    const compared = compareRecords(before.collections[collection] ?? {}, after.collections[collection] ?? {})
    return compared ?? []

    function compareRecords(old: Records, now: Records): ComparedCollection | undefined {
      const counts = { added: 0, removed: 0, changed: 0, timesOnly: 0 }
      const records: ComparedRecord[] = []
      const tell = (
        key: string,
        record: object,
        change: ComparedRecord['change'],
        fields: readonly ComparedField[],
      ) => {
        counts[change] += 1
        const name = records.length < limit ? names.nameOf(collection, key, record) : undefined
        if (name === undefined) return
        const moreFields = Math.max(0, fields.length - MOST_FIELDS)
        records.push({ name, change, fields: fields.slice(0, MOST_FIELDS), moreFields })
      }
      for (const [key, record] of Object.entries(now)) {
        const was = Object.hasOwn(old, key) ? old[key] : undefined
        if (was === undefined) tell(key, record, 'added', [])
        else if (!isDeepStrictEqual(was, record)) {
          const fields = compareFields(was, record, names.nameOfId)
          if (fields === 'times') counts.timesOnly += 1
          else tell(key, record, 'changed', fields)
        }
      }
      for (const [key, record] of Object.entries(old)) if (!Object.hasOwn(now, key)) tell(key, record, 'removed', [])
      const told = counts.added + counts.removed + counts.changed
      if (told + counts.timesOnly === 0) return undefined
      return { collection, title: wordsOf(collection), ...counts, records, more: told - records.length }
    }
  })
}

/** The fields that differ, or `times` when all of them are points in time. */
function compareFields(
  before: object,
  after: object,
  nameOfId: (id: string) => string | undefined,
): readonly ComparedField[] | 'times' {
  const old = fieldsOf(before)
  const now = fieldsOf(after)
  const differing = [...new Set([...now.keys(), ...old.keys()])].filter(
    (field) => !isDeepStrictEqual(old.get(field), now.get(field)),
  )
  if (
    differing.every((field) => [old.get(field), now.get(field)].every((each) => each === undefined || isInstant(each)))
  ) {
    return 'times'
  }
  return differing.map((field) => {
    const [was, is] = [shown(field, old.get(field)), shown(field, now.get(field))]
    const base = { field, title: wordsOf(field) }
    if (was?.kind === 'hidden' || is?.kind === 'hidden') return { ...base, hidden: true }
    return {
      ...base,
      ...(was === undefined ? {} : { before: was.text }),
      ...(is === undefined ? {} : { after: is.text }),
    }
  })

  function shown(field: string, value: unknown): ShownValue | undefined {
    return value === undefined ? undefined : showValue(field, value, nameOfId)
  }
}

/** Leaves by their path; a list is one value. */
function fieldsOf(record: object, path = '', fields = new Map<string, unknown>()): Map<string, unknown> {
  for (const [name, value] of Object.entries(record)) {
    const at = path === '' ? name : `${path}.${name}`
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) fieldsOf(value, at, fields)
    else fields.set(at, value)
  }
  return fields
}

import type { StateDocument } from '#kit/store/store.ts'

/** How records are called by people, over all collections of some states. */
export interface Names {
  /** `undefined`: it has no name, and its key may be a secret. */
  nameOf(collection: string, key: string, record: object): string | undefined
  /** The name of the record of that id, in whatever collection. */
  nameOfId(id: string): string | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** Members that name a record, the best first: addresses before names, which two people may share. */
const NAME_PATHS: readonly (readonly string[])[] = [
  ['userPrincipalName'],
  ['profile', 'login'],
  ['emails'],
  ['mail'],
  ['email'],
  ['userName'],
  ['displayName'],
  ['name'],
  ['label'],
  ['title'],
  ['subject'],
  ['number'],
  ['companyName'],
]
/** Collections whose records are states of a flow: named by nothing, keyed by secrets. */
const UNNAMED = /(models|tokens|links|sessions|keys|requests|invitations|guards|certificates)$/i
/** Kit records, keyed by the name of what they are about. */
const KEYED_BY_NAME = new Set(['kitSwitches', 'kitFaults', 'kitOutbound'])

function readName(record: object): string | undefined {
  for (const path of NAME_PATHS) {
    let value: unknown = record
    for (const part of path) value = typeof value === 'object' && value !== null ? (value as Fields)[part] : undefined
    const [first] = Array.isArray(value) ? (value as readonly unknown[]) : [value]
    if (typeof first === 'string' && first !== '' && first.length <= 200) return first
  }
  return undefined
}

/** The names of all records of `states`; where two states differ, those of the first count. */
export function createNames(states: readonly StateDocument[]): Names {
  const byId = new Map<string, string>()
  for (const { collections } of states) {
    for (const [collection, records] of Object.entries(collections)) {
      if (UNNAMED.test(collection)) continue
      for (const [key, record] of Object.entries(records)) {
        // A key made of others, or a word, is no id that another record would hold.
        const name = byId.has(key) || key.length < 8 || key.includes('/') ? undefined : readName(record)
        if (name !== undefined) byId.set(key, name)
      }
    }
  }
  const nameOfId = (id: string): string | undefined => byId.get(id)

  return {
    nameOfId,
    nameOf(collection, key, record) {
      if (KEYED_BY_NAME.has(collection)) return key
      const own = readName(record)
      if (own !== undefined && !/[\r\n]/.test(own)) return own
      const tied = Object.entries(record).flatMap(([field, value]) => {
        const name = field !== 'id' && typeof value === 'string' ? byId.get(value) : undefined
        return name === undefined ? [] : [name]
      })
      const distinct = [...new Set(tied)].slice(0, 3)
      return distinct.length === 0 ? undefined : distinct.join(' · ')
    },
  }
}

/** A name of code in words: `groupMembers` is `Group members`, `profile.title` is `Profile, title`. */
export function wordsOf(name: string): string {
  const words = name
    .replace(/^kit(?=[A-Z])/, '')
    .split('.')
    .map((part) => part.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase())
    .join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

import type { CollectionSpecs } from '../store.ts'

/** The collections the conformance suite and the crash tests write to. */

export interface Person {
  readonly team?: string
  readonly tags: readonly string[]
  readonly age: number
}

export interface FeedItem {
  readonly about: string
}

export type ConformanceShape = { people: Person; feed: FeedItem }

export const CONFORMANCE_COLLECTIONS: CollectionSpecs<ConformanceShape> = {
  people: { indexes: { team: (person) => person.team, tag: (person) => person.tags } },
  feed: { indexes: { about: (item) => item.about } },
}

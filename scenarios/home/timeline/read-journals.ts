import { OutboundFailure } from '#kit/http/outbound.ts'
import type { Journal, JournalEntry, JournalKind, JournalPage, JournalQuery } from '#kit/journal.ts'
import { isUnreachable, type Neighbour } from '../neighbours.ts'
import type { JournalCursor } from './cursor.ts'
import { joinEnds, type MergedEntry } from './join-ends.ts'
import { type Direction, mergeJournals, pageLength } from './merge-journals.ts'

export interface MergedPage {
  readonly items: readonly MergedEntry[]
  /** Where to read on, in the same direction. */
  readonly next: JournalCursor
  /** The oldest entry each system still keeps. */
  readonly oldest: JournalCursor
  /** Systems that did not answer; their place in `next` is where it was. */
  readonly unreachable: readonly string[]
  /** Nothing more was there to be read when this page was. */
  readonly isEnd: boolean
}

export interface JournalReader {
  /** Oldest first, after `cursor`. */
  forward(cursor: JournalCursor, limit: number): Promise<MergedPage>
  /** Newest first, before `cursor`; a system that is not in it is read from its newest entry. */
  backward(cursor: JournalCursor, limit: number): Promise<MergedPage>
  /** The newest entry of each system. */
  newest(): Promise<JournalCursor>
  /** The newest entries about any of these, as one story from old to new; `limit` for each system and subject. */
  about(subjects: readonly string[], limit: number): Promise<MergedStory>
  /** The newest entries of a kind, as one story from old to new; `limit` for each system. */
  ofKind(kind: JournalKind, limit: number): Promise<MergedStory>
  /** Everything of one trace, from old to new. */
  trace(correlationId: string): Promise<MergedStory>
  /** What else belongs to the trace of an entry in its own system's journal, near it. */
  beside(entry: JournalEntry): Promise<readonly JournalEntry[]>
  /** One entry of one system; `undefined` when it is no longer kept. @throws Refusal `system_unreachable` (409). */
  entry(system: string, seq: number): Promise<JournalEntry | undefined>
}

/** Entries that were looked for, from old to new. */
export interface MergedStory {
  readonly items: readonly MergedEntry[]
  /** Systems that did not answer. */
  readonly unreachable: readonly string[]
  /** There may be older ones. */
  readonly isCut: boolean
}

/** One system's journal, here or behind its control API. */
interface Source {
  readonly name: string
  read(query: JournalQuery & { readonly limit: number }): Promise<JournalPage>
}

interface Reading {
  readonly name: string
  /** Place before reading; `undefined` when nothing was said of it. */
  readonly from: number | undefined
  /** In the direction of reading; `undefined` when the system did not answer. */
  readonly entries: readonly JournalEntry[] | undefined
  readonly oldest: number
  readonly isFull: boolean
}

/** Entries read beyond a page, so that its last exchange is seen whole. */
const LOOK_AHEAD = 20
const NEWEST = Number.MAX_SAFE_INTEGER
/** Entries of one trace, which are few. */
const MOST_OF_TRACE = 200
/** How far from an entry the rest of its exchange stands: the answer to a request is noted after what it changed. */
const BESIDE = 100

/** The journals of all systems, read as one. */
export function createJournalReader(
  own: { readonly name: string; readonly journal: Journal },
  neighbours: readonly Neighbour[],
): JournalReader {
  const sources: readonly Source[] = [
    ...neighbours.map(sourceOf),
    { name: own.name, read: async (query) => own.journal.read(query) },
  ]

  async function readOne(source: Source, cursor: JournalCursor, limit: number, direction: Direction): Promise<Reading> {
    const from = cursor.get(source.name)
    try {
      const place = direction === 'forward' ? { after: from ?? 0 } : { before: from ?? NEWEST }
      const page = await source.read({ ...place, limit })
      const entries = direction === 'forward' ? page.items : [...page.items].reverse()
      return { name: source.name, from, entries, oldest: page.oldest, isFull: page.items.length >= limit }
    } catch (error) {
      if (!isUnreachable(error)) throw error
      return { name: source.name, from, entries: undefined, oldest: 0, isFull: false }
    }
  }

  async function read(cursor: JournalCursor, limit: number, direction: Direction): Promise<MergedPage> {
    const readings = await Promise.all(sources.map((source) => readOne(source, cursor, limit + LOOK_AHEAD, direction)))
    const merged = mergeJournals(
      readings.map(({ entries }) => entries ?? []),
      direction,
    )
    const page = merged.slice(0, pageLength(merged, limit))
    const lastOf = new Map(page.map((entry) => [entry.system, entry.seq]))
    return {
      items: joinEnds(page),
      next: new Map(
        readings.flatMap(({ name, from }) => {
          const seq = lastOf.get(name) ?? from
          return seq === undefined ? (direction === 'forward' ? [[name, 0]] : []) : [[name, seq]]
        }),
      ),
      oldest: new Map(readings.flatMap(({ name, entries, oldest }) => (entries === undefined ? [] : [[name, oldest]]))),
      unreachable: readings.flatMap(({ name, entries }) => (entries === undefined ? [name] : [])),
      isEnd: page.length === merged.length && !readings.some(({ isFull }) => isFull),
    }
  }

  /** What each system answers to several queries, as one story. */
  async function collect(queries: readonly (JournalQuery & { readonly limit: number })[]): Promise<MergedStory> {
    const unreachable: string[] = []
    let isCut = false
    const journals = await Promise.all(
      sources.map(async (source) => {
        try {
          const pages = await Promise.all(queries.map((query) => source.read(query)))
          isCut ||= pages.some(({ items }, index) => items.length >= (queries[index]?.limit ?? 0))
          const entries = new Map(pages.flatMap(({ items }) => items.map((entry) => [entry.seq, entry] as const)))
          return [...entries.values()].sort((one, other) => one.seq - other.seq)
        } catch (error) {
          if (!isUnreachable(error)) throw error
          unreachable.push(source.name)
          return []
        }
      }),
    )
    return { items: joinEnds(mergeJournals(journals, 'forward')), unreachable, isCut }
  }

  return {
    about: (subjects, limit) => collect(subjects.map((subject) => ({ before: NEWEST, subject, limit }))),
    ofKind: (kind, limit) => collect([{ before: NEWEST, kind, limit }]),
    trace: (correlationId) => collect([{ correlationId, limit: MOST_OF_TRACE }]),
    async beside({ system, seq, correlationId }) {
      const query = { after: Math.max(seq - BESIDE, 0), before: seq + BESIDE, correlationId, limit: BESIDE }
      const page = await sources.find(({ name }) => name === system)?.read(query)
      return page?.items.filter((each) => each.seq !== seq) ?? []
    },
    forward: (cursor, limit) => read(cursor, limit, 'forward'),
    backward: (cursor, limit) => read(cursor, limit, 'backward'),
    async newest() {
      const readings = await Promise.all(sources.map((source) => readOne(source, new Map(), 1, 'backward')))
      return new Map(readings.map(({ name, entries }) => [name, entries?.[0]?.seq ?? 0]))
    },
    async entry(system, seq) {
      const source = sources.find(({ name }) => name === system)
      const page = await source?.read({ after: seq - 1, limit: 1 })
      const [entry] = page?.items ?? []
      return entry?.seq === seq ? entry : undefined
    },
  }
}

function sourceOf({ name, client }: Neighbour): Source {
  return {
    name,
    async read({ limit, correlationId, ...place }) {
      // Bodies can make a page larger than an answer may be: then it is read in smaller pieces.
      for (let size = limit; ; size = Math.ceil(size / 4)) {
        try {
          const query = new URLSearchParams(
            Object.entries({
              ...place,
              ...(correlationId === undefined ? {} : { correlation: correlationId }),
              limit: size,
            }).map(([key, value]) => [key, String(value)]),
          )
          return (await client.call('GET', `/journal?${query}`)) as JournalPage
        } catch (error) {
          if (!(error instanceof OutboundFailure) || error.kind !== 'protocol' || size === 1) throw error
        }
      }
    },
  }
}

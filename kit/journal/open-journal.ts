import { randomBytes } from 'node:crypto'
import type { Clock } from '#kit/clock.ts'
import type { Journal, JournalEntry, JournalNote, JournalPage, JournalQuery } from '#kit/journal.ts'
import { openJournalFiles } from './journal-files.ts'
import { createLineShelf, type KeptEntry, mayBeOfTrace, readEntry } from './line-shelf.ts'
import { redactChange, redactMessage, redactText } from './redact.ts'
import { redactVerdict } from './redact-verdict.ts'

export interface JournalOptions {
  /** Folder of the segments; without it the journal is gone with the process. */
  readonly dir?: string
  readonly system: string
  readonly clock: Clock
  /** Wall time in milliseconds. */
  readonly wall: () => number
  /** Trace id of the exchange under way, 32 hex digits. */
  readonly correlation: () => string | undefined
  /** Bounds; the defaults are those of the contract. */
  readonly maxEntries?: number
  readonly maxBytes?: number
  /** Told once when the files can no longer be written; the journal goes on in memory. Default: a process warning. */
  readonly onProblem?: (error: Error) => void
}

export interface OpenedJournal extends Journal {
  /** Forget every entry (a reset). Numbers go on. */
  clear(): void
  /** Write what is still waiting and close the files. */
  close(): void
}

/** Entries answered when a query names no limit. */
const DEFAULT_LIMIT = 500

/** A list that is read from any place and shortened at the front, without moving the rest each time. */
interface Tail {
  readonly kept: (KeptEntry | undefined)[]
  /** Index of the first entry still there. */
  first: number
}

function dropFirst(tail: Tail): KeptEntry | undefined {
  const dropped = tail.kept[tail.first]
  tail.kept[tail.first] = undefined
  tail.first += 1
  if (tail.first >= 4_096 && tail.first * 2 > tail.kept.length) {
    tail.kept.splice(0, tail.first)
    tail.first = 0
  }
  return dropped
}

/** Index of the first entry with a number greater than `after`. */
function indexAfter({ kept, first }: Tail, after: number): number {
  let low = first
  let high = kept.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((kept[middle]?.seq ?? 0) > after) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * Open the journal of a system. Recording redacts, cuts and numbers at once; lines are written when the requests that came in
 * together are done, in one go. Listeners are called at once, in the order they subscribed.
 *
 * @throws when `dir` cannot be read. A torn tail of a segment is tolerated: the journal is not the state.
 */
export function openJournal(options: JournalOptions): OpenedJournal {
  const { system, clock, wall, correlation, maxEntries = 20_000, maxBytes = 64 << 20 } = options
  const onProblem = options.onProblem ?? ((error: Error) => process.emitWarning(error))
  let files = options.dir === undefined ? undefined : openJournalFiles(options.dir, system)
  const tail: Tail = { kept: [...(files?.found ?? [])], first: 0 }
  let bytes = tail.kept.reduce((sum, each) => sum + (each?.bytes ?? 0), 0)
  const keep = createLineShelf()
  let nextSeq = files?.nextSeq ?? 1
  let waiting: KeptEntry[] = []
  const listeners = new Set<(entry: JournalEntry) => void>()

  const oldest = (): number => tail.kept[tail.first]?.seq ?? nextSeq

  function trim(): void {
    const before = tail.first
    while (tail.kept.length - tail.first > maxEntries || (bytes > maxBytes && tail.kept.length - tail.first > 1)) {
      bytes -= dropFirst(tail)?.bytes ?? 0
    }
    if (tail.first !== before) onDisk((open) => open.drop(oldest()))
  }

  /** The journal must not bring the system down: without disk it goes on in memory, and says so once. */
  function onDisk(act: (open: NonNullable<typeof files>) => void): void {
    if (files === undefined) return
    try {
      act(files)
    } catch (cause) {
      files = undefined
      onProblem(
        new Error(`The journal of ${system} can no longer be written to disk; it goes on in memory.`, { cause }),
      )
    }
  }

  function flush(): void {
    const entries = waiting
    waiting = []
    if (entries.length > 0) onDisk((open) => open.append(entries))
  }

  function complete(note: JournalNote): JournalEntry {
    const { correlationId = correlation() ?? randomBytes(16).toString('hex'), causeSeq, subject } = note
    const entry: { -readonly [Member in keyof JournalEntry]: JournalEntry[Member] } = {
      seq: nextSeq,
      system,
      at: new Date(wall()).toISOString(),
      virtualAt: clock.iso(),
      correlationId,
      kind: note.kind,
      title: redactText(note.title),
    }
    if (causeSeq !== undefined) entry.causeSeq = causeSeq
    if (subject !== undefined) entry.subject = subject
    if (note.request !== undefined) entry.request = redactMessage(note.request)
    if (note.response !== undefined) entry.response = redactMessage(note.response)
    if (note.change !== undefined) entry.change = redactChange(note.change)
    if (note.durationMs !== undefined) entry.durationMs = note.durationMs
    if (note.verdict !== undefined) entry.verdict = redactVerdict(note.verdict)
    return entry
  }

  /** The entry when it is one that was asked for. */
  function matching(kept: KeptEntry, { kind, subject, correlationId }: JournalQuery): JournalEntry | undefined {
    if ((kind !== undefined && kept.kind !== kind) || (subject !== undefined && kept.subject !== subject)) return
    if (correlationId === undefined) return readEntry(kept)
    if (!mayBeOfTrace(kept, correlationId)) return
    const entry = readEntry(kept)
    return entry.correlationId === correlationId ? entry : undefined
  }

  function readBefore(query: JournalQuery, before: number): JournalPage {
    const { after = 0, limit = DEFAULT_LIMIT } = query
    const newestFirst: JournalEntry[] = []
    for (let index = indexAfter(tail, before - 1) - 1; index >= tail.first; index -= 1) {
      const entry = tail.kept[index]
      if (entry === undefined || entry.seq <= after || newestFirst.length >= limit) break
      const found = matching(entry, query)
      if (found !== undefined) newestFirst.push(found)
    }
    const items = newestFirst.reverse()
    return { items, next: items.at(-1)?.seq ?? after, oldest: oldest() }
  }

  function read(query: JournalQuery): JournalPage {
    const { after = 0, before, limit = DEFAULT_LIMIT } = query
    if (before !== undefined) return readBefore(query, before)
    const items: JournalEntry[] = []
    let next = Math.max(after, nextSeq - 1)
    for (let index = indexAfter(tail, after); index < tail.kept.length; index += 1) {
      const entry = tail.kept[index]
      if (entry === undefined) break
      if (items.length >= limit) {
        next = items.at(-1)?.seq ?? after
        break
      }
      const found = matching(entry, query)
      if (found !== undefined) items.push(found)
    }
    return { items, next, oldest: oldest() }
  }

  trim()

  return {
    record(note) {
      const entry = complete(note)
      const kept = keep(entry)
      nextSeq += 1
      tail.kept.push(kept)
      bytes += kept.bytes
      if (files !== undefined) {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push(kept)
      }
      trim()
      for (const listener of [...listeners]) listener(entry)
      return entry
    },
    read,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    clear() {
      waiting = []
      tail.kept.length = 0
      tail.first = 0
      bytes = 0
      onDisk((open) => open.clear(nextSeq))
    },
    close() {
      flush()
      onDisk((open) => open.close())
      files = undefined
    },
  }
}

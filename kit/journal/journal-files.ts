import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalEntry } from '#kit/journal.ts'
import { type KeptEntry, keepEntry } from './line-shelf.ts'

/** The journal on disk: segments named by their first number, oldest removed whole. */
export interface JournalFiles {
  /** What an earlier run left, oldest first, and the number to go on with. */
  readonly found: readonly KeptEntry[]
  readonly nextSeq: number
  append(entries: readonly KeptEntry[]): void
  /** Forget segments that hold only numbers below `oldest`. */
  drop(oldest: number): void
  /** Forget everything; numbers go on at `nextSeq`. */
  clear(nextSeq: number): void
  close(): void
}

const SEGMENT_ENTRIES = 5_000
const SEGMENT_BYTES = 16 << 20
const LINE_BREAK = 0x0a

function isEntry(value: unknown): value is JournalEntry {
  return typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number'
}

/** Whole lines only: a torn tail, or a line spoilt by a crash of the machine, is a lost entry and nothing more. */
function readSegment(path: string): KeptEntry[] {
  const kept: KeptEntry[] = []
  const block = readFileSync(path)
  let start = 0
  for (let end = block.indexOf(LINE_BREAK); end !== -1; end = block.indexOf(LINE_BREAK, start)) {
    try {
      const entry: unknown = JSON.parse(block.toString('utf8', start, end))
      if (isEntry(entry)) kept.push(keepEntry(entry, block, start, end + 1 - start))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
    start = end + 1
  }
  return kept
}

/** Neighbours in memory go out in one call, which is most of a write's cost. */
function writeLines(fd: number, entries: readonly KeptEntry[]): void {
  for (let next = 0; next < entries.length; ) {
    const first = entries[next]
    if (first === undefined) return
    let end = first.start
    for (; entries[next]?.block === first.block && entries[next]?.start === end; next += 1)
      end += entries[next]?.bytes ?? 0
    for (let at = first.start; at < end; ) at += writeSync(fd, first.block, at, end - at)
  }
}

/** Open `{system}.journal.{first number}.ndjson` in `dir`. Numbers of an earlier run are never given again. */
export function openJournalFiles(dir: string, system: string): JournalFiles {
  mkdirSync(dir, { recursive: true })
  const prefix = `${system}.journal.`
  const pathOf = (first: number): string => join(dir, `${prefix}${first}.ndjson`)
  const segments = readdirSync(dir)
    .filter((name) => name.startsWith(prefix) && /^\d+\.ndjson$/.test(name.slice(prefix.length)))
    .map((name) => Number.parseInt(name.slice(prefix.length), 10))
    .sort((left, right) => left - right)

  const found: KeptEntry[] = []
  for (const first of segments) {
    for (const kept of readSegment(pathOf(first))) {
      if (kept.seq > (found.at(-1)?.seq ?? 0)) found.push(kept)
    }
  }
  const nextSeq = Math.max((found.at(-1)?.seq ?? 0) + 1, segments.at(-1) ?? 1)

  let fd: number | undefined
  let entries = 0
  let bytes = 0

  function startSegment(first: number): number {
    if (fd !== undefined) closeSync(fd)
    fd = openSync(pathOf(first), 'a', 0o600)
    if (segments.at(-1) !== first) segments.push(first)
    entries = 0
    bytes = fstatSync(fd).size
    return fd
  }

  return {
    found,
    nextSeq,
    append(added) {
      for (let next = 0; next < added.length; ) {
        // A new run starts a new segment, so it never writes behind a torn tail.
        const isFull = entries >= SEGMENT_ENTRIES || bytes >= SEGMENT_BYTES
        const target = fd === undefined || isFull ? startSegment(added[next]?.seq ?? 0) : fd
        const part = added.slice(next, next + SEGMENT_ENTRIES - entries)
        writeLines(target, part)
        entries += part.length
        bytes += part.reduce((sum, each) => sum + each.bytes, 0)
        next += part.length
      }
    },
    drop(oldest) {
      while ((segments[1] ?? Number.POSITIVE_INFINITY) <= oldest) rmSync(pathOf(segments.shift() ?? 0), { force: true })
    },
    clear(next) {
      for (const first of segments.splice(0)) if (first !== next) rmSync(pathOf(first), { force: true })
      startSegment(next)
    },
    close() {
      if (fd !== undefined) closeSync(fd)
      fd = undefined
    },
  }
}

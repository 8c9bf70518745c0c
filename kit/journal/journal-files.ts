import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalEntry } from '#kit/journal.ts'

/**
 * An entry as it is kept: its line, and what it is looked up by. Twenty thousand lines of text are a tenth of the objects they
 * describe, and nothing for the garbage collector to walk through.
 */
export interface KeptEntry {
  readonly seq: number
  readonly kind: JournalEntry['kind']
  readonly subject: string | undefined
  /** JSON, without the line break. */
  readonly line: string
  /** Of the line with its break: what the bound counts. */
  readonly bytes: number
}

export function keepEntry(entry: JournalEntry, line: string): KeptEntry {
  return { seq: entry.seq, kind: entry.kind, subject: entry.subject, line, bytes: Buffer.byteLength(line) + 1 }
}

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

function isEntry(value: unknown): value is JournalEntry {
  return typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number'
}

/** Whole lines only: a torn tail, or a line spoilt by a crash of the machine, is a lost entry and nothing more. */
function readSegment(path: string): KeptEntry[] {
  const kept: KeptEntry[] = []
  const lines = readFileSync(path, 'utf8').split('\n')
  for (const line of lines.slice(0, -1)) {
    try {
      const entry: unknown = JSON.parse(line)
      if (isEntry(entry)) kept.push(keepEntry(entry, line))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  return kept
}

/** In one go: most of a write's cost is the call. */
function writeWhole(fd: number, entries: readonly KeptEntry[]): void {
  const text = entries.length === 1 ? `${entries[0]?.line}\n` : entries.map(({ line }) => `${line}\n`).join('')
  const length = entries.reduce((sum, each) => sum + each.bytes, 0)
  let written = writeSync(fd, text)
  if (written === length) return
  const bytes = Buffer.from(text)
  while (written < bytes.length) written += writeSync(fd, bytes, written)
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
        writeWhole(target, part)
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

import { closeSync, fstatSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalEntry } from '#kit/journal.ts'

/** An entry and the length of its line, which is what the bound in bytes counts. */
export interface KeptEntry {
  readonly entry: JournalEntry
  readonly bytes: number
}

/** The journal on disk: segments named by their first number, oldest removed whole. */
export interface JournalFiles {
  /** What an earlier run left, oldest first, and the number to go on with. */
  readonly found: readonly KeptEntry[]
  readonly nextSeq: number
  append(seq: number, line: string): void
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
      if (isEntry(entry)) kept.push({ entry, bytes: Buffer.byteLength(line) + 1 })
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  return kept
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
      if (kept.entry.seq > (found.at(-1)?.entry.seq ?? 0)) found.push(kept)
    }
  }
  const nextSeq = Math.max((found.at(-1)?.entry.seq ?? 0) + 1, segments.at(-1) ?? 1)

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
    append(seq, line) {
      // A new run starts a new segment, so it never writes behind a torn tail.
      const target = fd === undefined || entries >= SEGMENT_ENTRIES || bytes >= SEGMENT_BYTES ? startSegment(seq) : fd
      const buffer = Buffer.from(line)
      let written = 0
      while (written < buffer.length) written += writeSync(target, buffer, written)
      entries += 1
      bytes += buffer.length
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

import type { JournalEntry } from '#kit/journal.ts'

/**
 * Where the lines of the journal are held in memory: as bytes in large blocks, and not as strings. The garbage collector moves a
 * string about several times before it settles; it never looks into a block. A block is gone with the last of its lines.
 */

const BLOCK_BYTES = 1 << 20

/** An entry as it is kept: where its line is, and what it is looked up by. */
export interface KeptEntry {
  readonly seq: number
  readonly kind: JournalEntry['kind']
  readonly subject: string | undefined
  readonly block: Buffer
  readonly start: number
  /** Of the line with its break: what the bound of the journal counts. */
  readonly bytes: number
}

/** An entry whose line lies in `block` already. */
export function keepEntry(entry: JournalEntry, block: Buffer, start: number, bytes: number): KeptEntry {
  return { seq: entry.seq, kind: entry.kind, subject: entry.subject, block, start, bytes }
}

export function readEntry({ block, start, bytes }: KeptEntry): JournalEntry {
  return JSON.parse(block.toString('utf8', start, start + bytes - 1)) as JournalEntry
}

/** @returns a function that writes an entry down and says where. */
export function createLineShelf(): (entry: JournalEntry) => KeptEntry {
  let block = Buffer.alloc(0)
  let used = 0
  return (entry) => {
    const line = lineOf(entry)
    // No text is longer in UTF-8 than three bytes for each of its units.
    if (used + 3 * line.length > block.length) {
      block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, Buffer.byteLength(line)))
      used = 0
    }
    const start = used
    used += block.write(line, start)
    return keepEntry(entry, block, start, used - start)
  }
}

const BEYOND_LATIN_1 = /[\u0100-\uffff]/g

/** JSON and a line break. Titles have an arrow, which is escaped: one such letter makes the whole line twice as long to handle. */
function lineOf(entry: JournalEntry): string {
  const title = JSON.stringify(entry.title).replace(
    BEYOND_LATIN_1,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `{"title":${title},${JSON.stringify({ ...entry, title: undefined }).slice(1)}\n`
}

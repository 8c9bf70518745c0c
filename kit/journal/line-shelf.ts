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

/** Whether a line may be of that trace: told from its bytes, so that most are never parsed. */
export function mayBeOfTrace({ block, start, bytes }: KeptEntry, correlationId: string): boolean {
  return block.subarray(start, start + bytes).includes(`"correlationId":${JSON.stringify(correlationId)}`)
}

/** @returns a function that writes an entry down and says where. */
export function createLineShelf(): (entry: JournalEntry) => KeptEntry {
  let block = Buffer.alloc(0)
  let used = 0
  return (entry) => {
    // Titles have an arrow, and one such letter makes a whole string twice as long to handle: so they are written apart.
    const most = JSON.stringify({ ...entry, title: undefined })
    const title = `,"title":${JSON.stringify(entry.title)}}\n`
    // No text is longer in UTF-8 than three bytes for each of its units.
    if (used + 3 * (most.length + title.length) > block.length) {
      block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, Buffer.byteLength(most) + Buffer.byteLength(title)))
      used = 0
    }
    const start = used
    // The title goes over the closing brace.
    used += block.write(most, used) - 1
    used += block.write(title, used)
    return keepEntry(entry, block, start, used - start)
  }
}

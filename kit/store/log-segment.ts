import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { StoreUnavailable } from './errors.ts'
import type { LogLine } from './read-log.ts'

/** One file of the log, open for appending: one line per transaction, `{"r":revision,"w":[[collection,key,record?],…]}`. */
export interface LogSegment {
  readonly bytes: number
  /** Hand lines, in pieces of any size, to the kernel. @throws when that fails; the file is then as long as before. */
  append(pieces: Iterable<string>): void
  /** Resolves when everything appended so far has reached the disk; callers at the same time share one sync. */
  sync(): Promise<void>
  /** Waits for syncs under way. */
  close(): Promise<void>
}

/** Handed over at a time. */
const CHUNK = 1 << 20
const syncData = promisify(fdatasync)

/** A transaction as the log has it. @throws when a record is no JSON. */
export function lineOf(line: LogLine): string {
  return `${headOf(line)}${line.writes.map((write) => JSON.stringify(write)).join(',')}]}\n`
}

/** The same without ever being one string: the seed of a hundred thousand people is one line. */
export function* lineInPieces(line: LogLine): Generator<string> {
  let separator = headOf(line)
  for (const write of line.writes) {
    yield separator + JSON.stringify(write)
    separator = ','
  }
  yield line.writes.length === 0 ? `${separator}]}\n` : ']}\n'
}

function headOf({ revision, cleared }: LogLine): string {
  return `{"r":${revision},${cleared ? '"clear":true,' : ''}"w":[`
}

function* inChunks(pieces: Iterable<string>): Generator<string> {
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (text.length >= CHUNK) {
      yield text
      text = ''
    }
  }
  yield text
}

function writeWhole(fd: number, text: string): number {
  const bytes = Buffer.from(text)
  let written = 0
  while (written < bytes.length) written += writeSync(fd, bytes, written)
  return written
}

export function openLogSegment(path: string): LogSegment {
  const fd = openSync(path, 'a', 0o600)
  let bytes = fstatSync(fd).size
  let broken: Error | undefined
  let running: Promise<void> | undefined
  let waiting: Promise<void> | undefined

  function sync(): Promise<void> {
    if (running === undefined) {
      running = syncData(fd).finally(() => {
        running = undefined
      })
      return running
    }
    // A sync under way may have started before the caller's line was written: it needs the next one.
    const again = (): Promise<void> => {
      waiting = undefined
      return sync()
    }
    waiting ??= running.then(again, again)
    return waiting
  }

  return {
    get bytes() {
      return bytes
    },
    append(pieces) {
      if (broken !== undefined) {
        throw new StoreUnavailable(`The log ${path} can no longer be written: ${broken.message}. Restart to go on.`, {
          cause: broken,
        })
      }
      let added = 0
      try {
        for (const chunk of inChunks(pieces)) added += writeWhole(fd, chunk)
        bytes += added
      } catch (error) {
        try {
          ftruncateSync(fd, bytes)
        } catch (cause) {
          // Half a line is left at the end: whatever came behind it could not be read again.
          broken = cause instanceof Error ? cause : new Error(String(cause))
        }
        throw error
      }
    },
    sync,
    async close() {
      while (running !== undefined || waiting !== undefined) await (waiting ?? running)
      closeSync(fd)
    },
  }
}

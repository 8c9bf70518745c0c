import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { StoreUnavailable } from './errors.ts'
import type { Write } from './state.ts'

/** One file of the log, open for appending: one line per transaction, `{"r":revision,"w":[[collection,key,record?],…]}`. */
export interface LogSegment {
  readonly bytes: number
  /** Hand the line to the kernel. @throws when that fails; the file is then as long as before. */
  append(revision: number, writes: readonly Write[], cleared: boolean): void
  /** Resolves when everything appended so far has reached the disk; callers at the same time share one sync. */
  sync(): Promise<void>
  /** Waits for syncs under way. */
  close(): Promise<void>
}

/** A seed of a hundred thousand people is one line: it is written in pieces, so that it never is one string. */
const PIECE = 1 << 20
const syncData = promisify(fdatasync)

function* lineInPieces(revision: number, writes: readonly Write[], cleared: boolean): Generator<string> {
  let text = `{"r":${revision},${cleared ? '"clear":true,' : ''}"w":[`
  let separator = ''
  for (const write of writes) {
    text += separator + JSON.stringify(write)
    separator = ','
    if (text.length >= PIECE) {
      yield text
      text = ''
    }
  }
  yield `${text}]}\n`
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
    append(revision, writes, cleared) {
      if (broken !== undefined) {
        throw new StoreUnavailable(`The log ${path} can no longer be written: ${broken.message}. Restart to go on.`, {
          cause: broken,
        })
      }
      let added = 0
      try {
        for (const piece of lineInPieces(revision, writes, cleared)) added += writeWhole(fd, piece)
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

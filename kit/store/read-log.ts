import { UnreadableAt } from './errors.ts'
import { isRecord, type Write } from './state.ts'

export interface LogLine {
  readonly revision: number
  readonly cleared: boolean
  readonly writes: readonly Write[]
}

export interface Replayed {
  /** Number of the last transaction known after reading. */
  readonly revision: number
  /** Length of the part that holds whole lines. What follows is a torn line, never acknowledged. */
  readonly wholeBytes: number
}

const LINE_FEED = 10

function isWrite(value: unknown): value is Write {
  if (!Array.isArray(value) || typeof value[0] !== 'string' || typeof value[1] !== 'string') return false
  return value.length === 2 || (value.length === 3 && isRecord(value[2]))
}

function parseLine(text: string): LogLine {
  const line: unknown = JSON.parse(text)
  if (!isRecord(line) || !('r' in line) || !('w' in line)) throw new Error('this is no transaction')
  const { r: revision, w: writes } = line
  if (typeof revision !== 'number' || !Number.isSafeInteger(revision)) throw new Error('the transaction has no number')
  if (!Array.isArray(writes) || !writes.every(isWrite))
    throw new Error('the transaction holds something that is no write')
  return { revision, cleared: 'clear' in line && line.clear === true, writes }
}

/**
 * Hand on the transactions of a log that come after number `known`. Those up to `known` are in the file already.
 * @throws {UnreadableAt} at a whole line that is no transaction, or where a number is missing.
 */
export function replayLog(bytes: Buffer, known: number, apply: (line: LogLine) => void): Replayed {
  let revision = known
  let start = 0
  for (let number = 1; start < bytes.length; number += 1) {
    const end = bytes.indexOf(LINE_FEED, start)
    if (end === -1) break
    const place = { line: number, byte: start }
    let line: LogLine
    try {
      line = parseLine(bytes.toString('utf8', start, end))
    } catch (error) {
      throw new UnreadableAt(place, error instanceof Error ? error.message : String(error), { cause: error })
    }
    if (line.revision > revision + 1) {
      throw new UnreadableAt(place, `transaction ${revision + 1} is missing before ${line.revision}`)
    }
    if (line.revision === revision + 1) {
      apply(line)
      revision = line.revision
    }
    start = end + 1
  }
  return { revision, wholeBytes: start }
}

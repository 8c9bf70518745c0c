import { closeSync, openSync, readSync } from 'node:fs'

/** Lines of a file through a window, so that reading a file of any size leaves nothing of its size behind. */
export interface LineReader {
  /** The next line without its break; `undefined` behind the last. */
  next(): string | undefined
  /** Where the line read last begins, bytes from the start of the file. */
  readonly start: number
  close(): void
}

/** Longer lines make the window grow. */
const WINDOW_BYTES = 1 << 20
const LINE_FEED = 10

export function openLines(file: string): LineReader {
  const fd = openSync(file, 'r')
  let window = Buffer.allocUnsafeSlow(WINDOW_BYTES)
  let filled = 0
  /** Where the window begins in the file, and where the next line begins in the window. */
  let base = 0
  let at = 0
  let start = 0
  let ended = false

  function fill(): void {
    const rest = window.subarray(at, filled)
    const into = rest.length * 2 > window.length ? Buffer.allocUnsafeSlow(window.length * 2) : window
    rest.copy(into)
    base += at
    filled = rest.length
    at = 0
    window = into
    const read = readSync(fd, window, filled, window.length - filled, null)
    filled += read
    ended = read === 0
  }

  return {
    get start() {
      return start
    },
    next() {
      start = base + at
      for (;;) {
        const found = window.subarray(at, filled).indexOf(LINE_FEED)
        if (found !== -1) {
          const line = window.toString('utf8', at, at + found)
          at += found + 1
          return line
        }
        if (ended) break
        fill()
      }
      if (at >= filled) return undefined
      const line = window.toString('utf8', at, filled)
      at = filled
      return line
    },
    close: () => closeSync(fd),
  }
}

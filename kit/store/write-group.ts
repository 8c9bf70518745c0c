/**
 * Transactions on their way to the log. Those of requests that came in together go out in one write: handing bytes to the kernel
 * is a good part of what a small transaction costs, and whoever does the same thing several times in a row does it faster.
 */
export interface WriteGroup {
  /**
   * Write the line of a transaction together with what else is waiting.
   *
   * @param undo Called when it could not be written, after those of younger transactions, which may have built on this one.
   * @returns when it is as safe as asked; rejects when it is not.
   */
  add(pieces: Iterable<string>, undo: () => void): Promise<void>
  /** Write what waits now. Never throws: who waits is told. */
  flush(): void
}

interface Waiting {
  readonly lines: Iterable<string>[]
  readonly undos: (() => void)[]
  readonly kept: Promise<void>
  readonly settle: (safe: Promise<void> | undefined) => void
  readonly fail: (error: unknown) => void
}

function openWaiting(): Waiting {
  let settle: Waiting['settle'] = () => undefined
  let fail: Waiting['fail'] = () => undefined
  const kept = new Promise<void>((resolve, reject) => {
    settle = resolve
    fail = reject
  })
  return { lines: [], undos: [], kept, settle, fail }
}

function* piecesOf(lines: readonly Iterable<string>[]): Generator<string> {
  for (const pieces of lines) yield* pieces
}

/** @param write Hands everything to the kernel, or throws and has written nothing. @returns what to wait for besides, if anything. */
export function createWriteGroup(write: (pieces: Iterable<string>) => Promise<void> | undefined): WriteGroup {
  let waiting: Waiting | undefined

  function flush(): void {
    if (waiting === undefined) return
    const { lines, undos, settle, fail } = waiting
    waiting = undefined
    try {
      settle(write(piecesOf(lines)))
    } catch (error) {
      for (const undo of undos.reverse()) undo()
      fail(error)
    }
  }

  return {
    add(pieces, undo) {
      if (waiting === undefined) {
        waiting = openWaiting()
        setImmediate(flush)
      }
      waiting.lines.push(pieces)
      waiting.undos.push(undo)
      return waiting.kept
    },
    flush,
  }
}

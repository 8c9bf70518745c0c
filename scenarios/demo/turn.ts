/** Somebody who waits until something has changed, and looks again. */
export interface Turn {
  /** Tell everybody who waits. */
  tell(): void
  /** Resolves with the next `tell`. */
  next(): Promise<void>
}

export function createTurn(): Turn {
  let waiting: (() => void)[] = []
  return {
    tell() {
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
    next: () => new Promise((resolve) => waiting.push(resolve)),
  }
}

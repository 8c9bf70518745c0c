/** Longest time the engine keeps the event loop to itself, in milliseconds. */
const SLICE_MS = 10

/** Lets others have their turn when the current one has lasted long enough. */
export type Breather = () => Promise<void>

/** A breather measures with the monotonic clock: it is about the machine, not about virtual time. */
export function createBreather(): Breather {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < SLICE_MS) return
    await new Promise<void>((resolve) => setImmediate(resolve))
    since = performance.now()
  }
}

/**
 * Work through `items` with at most `limit` at a time. When one of them returns something, no further one is begun; those
 * under way are awaited.
 *
 * @returns everything returned, in the order it came; empty when all went through.
 * @throws the first error, once nothing is under way any more.
 */
export async function inParallel<T, H>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<H | undefined>,
): Promise<readonly H[]> {
  const halts: H[] = []
  const errors: unknown[] = []
  let next = 0
  async function worker(): Promise<void> {
    while (next < items.length && halts.length === 0 && errors.length === 0) {
      const item = items[next] as T
      next += 1
      try {
        const halt = await work(item)
        if (halt !== undefined) halts.push(halt)
      } catch (error) {
        errors.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, worker))
  if (errors.length > 0) throw errors[0]
  return halts
}

/** One at a time per key: the second waits for the first. */
export interface KeyedLock {
  hold<R>(key: string, work: () => Promise<R>): Promise<R>
}

/** Work with the same key runs one after the other, in the order it came; other keys do not wait. */
export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<unknown>>()
  return {
    hold(key, work) {
      const before = tails.get(key) ?? Promise.resolve()
      const run = before.then(work)
      const tail = run.catch(() => undefined)
      tails.set(key, tail)
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key)
      })
      return run
    },
  }
}

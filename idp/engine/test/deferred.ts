/** A promise and the way to settle it: a point in time that a test waits for. */
export interface Deferred {
  readonly reached: Promise<void>
  reach(): void
}

export function createDeferred(): Deferred {
  let reach: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  return { reached, reach: () => reach() }
}

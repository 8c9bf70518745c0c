import { setTimeout as pause } from 'node:timers/promises'

export type PaceName = 'slow' | 'normal' | 'fast'

/** How fast a demonstration goes. Wall milliseconds. */
export interface Pace {
  readonly label: string
  readonly hint: string
  /** Before everything that is done on a page. */
  readonly actionMs: number
  /** After a step, to read and to speak. */
  readonly stepMs: number
}

export const PACES: Readonly<Record<PaceName, Pace>> = {
  slow: { label: 'Slow', hint: 'Six seconds after each step: to speak along.', actionMs: 900, stepMs: 6_000 },
  normal: { label: 'Normal', hint: 'Two seconds after each step: to follow by eye.', actionMs: 350, stepMs: 2_000 },
  fast: { label: 'Fast', hint: 'Without waiting: to see it once.', actionMs: 0, stepMs: 0 },
}

export const PACE_NAMES = Object.keys(PACES) as readonly PaceName[]

/** Wait so long in wall time, or until `signal` says that the wait is over. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>

/** The wait of a real demonstration: people read in wall time. */
export const waitInWallTime: Wait = async (ms, signal) => {
  if (signal.aborted || ms === 0) return
  await pause(ms, undefined, { signal, ref: false }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

import type { Response } from 'express'
import type { OktaSystem } from '../collections.ts'
import { ApiError } from './api-error.ts'

/**
 * How often a token may call (reference sheet 6.2). Counted in memory and by virtual time: a restart or a reset begins anew. The
 * `Date` of an answer is virtual too, since clients wait from it until the reset.
 */

const WINDOW_MS = 60_000

/** Calls a minute where the switch is off: shown, never refused. */
const SHOWN_LIMIT = 600

interface Window {
  readonly endMs: number
  used: number
}

export interface RateLimit {
  /** Note the headers of a call, and count it. @throws {ApiError} E0000047 when the minute's calls are used up. */
  take(res: Response, bucket: string): void
  /** The headers of a call nobody has counted yet. */
  show(res: Response): void
  /** Say that no call is left, for a fault rule that answers 429. @param waitSeconds Until the reset. */
  exhaust(res: Response, waitSeconds: number): void
}

/** By the switch `api-rate-limit`: calls a minute for each token and family of addresses, or `off`. */
export function createRateLimit(system: OktaSystem): RateLimit {
  const windows = new Map<string, Window>()
  system.onReplaced(() => windows.clear())

  function tell(res: Response, limit: number, remaining: number, resetMs: number): void {
    res.setHeader('Date', new Date(system.clock.now()).toUTCString())
    res.setHeader('X-Rate-Limit-Limit', String(limit))
    res.setHeader('X-Rate-Limit-Remaining', String(remaining))
    res.setHeader('X-Rate-Limit-Reset', String(Math.ceil(resetMs / 1000)))
  }

  return {
    take(res, bucket) {
      const nowMs = system.clock.now()
      const chosen = system.switches.value('api-rate-limit')
      const limit = chosen === 'off' ? SHOWN_LIMIT : Number(chosen)
      const running = windows.get(bucket)
      const window =
        running === undefined || nowMs >= running.endMs || nowMs < running.endMs - WINDOW_MS
          ? { endMs: nowMs + WINDOW_MS, used: 0 }
          : running
      windows.set(bucket, window)
      const isSpent = window.used >= limit
      if (!isSpent) window.used += 1
      tell(res, limit, limit - window.used, window.endMs)
      if (isSpent && chosen !== 'off') throw new ApiError('E0000047')
    },
    show(res) {
      const chosen = system.switches.value('api-rate-limit')
      const limit = chosen === 'off' ? SHOWN_LIMIT : Number(chosen)
      tell(res, limit, limit, system.clock.now() + WINDOW_MS)
    },
    exhaust(res, waitSeconds) {
      tell(res, SHOWN_LIMIT, 0, system.clock.now() + waitSeconds * 1000)
    },
  }
}

import type { DialpadSystem } from '../commands/work.ts'
import { ScimRefusal } from './answer.ts'

/** How often a key may call (FID-DIALPAD-SCIM-09). Counted in memory, by virtual time: a reset begins anew. */

const MINUTE_MS = 60_000

export interface RateLimit {
  /** Counts one call. @throws {ScimRefusal} 429 with `Retry-After`, in seconds, when the minute's calls are used up. */
  take(keyId: string): void
}

interface Minute {
  readonly startMs: number
  used: number
}

/** By the switch `scim-rate-limit`: calls per minute and key, or `off`. A minute begins with the first call after the last one. */
export function createRateLimit(system: DialpadSystem): RateLimit {
  const minutes = new Map<string, Minute>()
  system.onReplaced(() => minutes.clear())
  return {
    take(keyId) {
      const limit = system.switches.value('scim-rate-limit')
      if (limit === 'off') return
      const nowMs = system.clock.now()
      const running = minutes.get(keyId)
      const minute =
        running === undefined || nowMs >= running.startMs + MINUTE_MS ? { startMs: nowMs, used: 0 } : running
      minutes.set(keyId, minute)
      if (minute.used >= Number(limit)) {
        const waitSeconds = Math.max(1, Math.ceil((minute.startMs + MINUTE_MS - nowMs) / 1_000))
        throw new ScimRefusal(429, 'Too many requests', { 'Retry-After': String(waitSeconds) })
      }
      minute.used += 1
    },
  }
}

import type { DialpadSystem } from '../commands/work.ts'
import { RestRefusal } from './answer.ts'

/** How often a key may call (reference sheet 4.1). Counted in memory and by virtual time: a restart or a reset begins anew. */

/** Most operations allow this many calls a minute. */
export const PER_MINUTE = 1_200
const MINUTE_MS = 60_000

/** What is counted: an operation, by its name. */
interface CountedRoute {
  readonly name: string
  readonly perMinute?: number
}

export interface Allowance {
  /** @throws {RestRefusal} 429 with `Retry-After`, where the switch `rest-rate-limit` is on and the minute's calls are used up. */
  take(keyId: string, route: CountedRoute): void
  /**
   * Called for a page size above 100, which Dialpad answers with a deliberate 400 one time in five: here it is every fifth such
   * call of a key, so that the same calls fail again.
   *
   * @throws {RestRefusal} 400.
   */
  takeLargePage(keyId: string): void
}

interface Window {
  readonly startMs: number
  used: number
}

export function createAllowance(system: DialpadSystem): Allowance {
  const windows = new Map<string, Window>()
  const largePages = new Map<string, number>()
  system.onReplaced(() => {
    windows.clear()
    largePages.clear()
  })
  return {
    take(keyId, route) {
      if (system.switches.value('rest-rate-limit') === 'off') return
      const nowMs = system.clock.now()
      const name = `${keyId}/${route.name}`
      const current = windows.get(name)
      const window =
        current === undefined || nowMs >= current.startMs + MINUTE_MS ? { startMs: nowMs, used: 0 } : current
      windows.set(name, window)
      if (window.used >= (route.perMinute ?? PER_MINUTE)) {
        const seconds = Math.ceil((window.startMs + MINUTE_MS - nowMs) / 1000)
        throw new RestRefusal(429, 'Too many requests', { 'Retry-After': String(Math.max(1, seconds)) })
      }
      window.used += 1
    },
    takeLargePage(keyId) {
      if (system.switches.value('rest-large-pages') === 'off') return
      const calls = (largePages.get(keyId) ?? 0) + 1
      largePages.set(keyId, calls)
      if (calls % 5 === 0) {
        throw new RestRefusal(
          400,
          'limit: values above 100 are deprecated and give pages of 100; one such call in five is refused. Leave limit out.',
        )
      }
    },
  }
}

import type { Clock } from '#kit/clock.ts'

/** Wrong passwords in a row after which an address has to wait. */
export const ATTEMPTS_ALLOWED = 5
/** How long, in virtual minutes; wrong passwords older than this are forgotten too. */
export const WAIT_MINUTES = 15

const WAIT_MS = WAIT_MINUTES * 60_000
/** Addresses remembered at most; beyond, the one that failed longest ago is forgotten. */
const REMEMBERED = 10_000

export interface LoginAttempts {
  /** Virtual milliseconds until this address may try again; 0: at once. */
  waitMs(email: string): number
  /** One more try. Counted before the password is looked at, so that many at once are no more than many in a row. */
  tried(email: string): void
  /** The password was right: the count starts anew. */
  succeeded(email: string): void
  forgetAll(): void
}

interface Failures {
  readonly count: number
  readonly lastMs: number
}

/**
 * Counts wrong passwords by address, existing or not, so that the answer tells nobody which addresses exist. Kept in memory: a restart
 * forgets it, as a reset does. Virtual time.
 */
export function createLoginAttempts(clock: Clock): LoginAttempts {
  const byEmail = new Map<string, Failures>()
  const keyOf = (email: string): string => email.trim().toLowerCase()

  function recent(email: string): Failures | undefined {
    const found = byEmail.get(keyOf(email))
    return found === undefined || clock.now() - found.lastMs >= WAIT_MS ? undefined : found
  }

  return {
    waitMs(email) {
      const found = recent(email)
      return found === undefined || found.count < ATTEMPTS_ALLOWED ? 0 : found.lastMs + WAIT_MS - clock.now()
    },
    tried(email) {
      const count = (recent(email)?.count ?? 0) + 1
      byEmail.delete(keyOf(email))
      byEmail.set(keyOf(email), { count, lastMs: clock.now() })
      const [oldest] = byEmail.keys()
      if (byEmail.size > REMEMBERED && oldest !== undefined) byEmail.delete(oldest)
    },
    succeeded(email) {
      byEmail.delete(keyOf(email))
    },
    forgetAll: () => byEmail.clear(),
  }
}

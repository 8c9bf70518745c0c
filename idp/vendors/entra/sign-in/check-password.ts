import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { verifyPassword } from '#kit/secrets.ts'
import type { EntraSystem, SignInGuard } from '../collections.ts'
import type { AadstsCode } from './aadsts.ts'
import { accountByName } from './accounts.ts'

/** Wrong passwords in a row after which an account is locked (smart lockout's default threshold). */
export const LOCKOUT_THRESHOLD = 10
/** Virtual milliseconds of the first lock; each further wrong password doubles it. */
const FIRST_LOCK_MS = 60_000
const LONGEST_LOCK_MS = 3_600_000

export type PasswordOutcome =
  | { readonly kind: 'signed-in'; readonly user: DirectoryUser }
  | { readonly kind: 'refused'; readonly code: Extract<AadstsCode, 50034 | 50053 | 50057 | 50126> }

/**
 * Check a password. Failures are counted; ten in a row lock the account for a virtual minute, every further one for twice as
 * long, up to an hour. That the account is blocked is told only to somebody who knows the password.
 */
export async function checkPassword(
  system: Pick<EntraSystem, 'store' | 'clock'>,
  name: string,
  password: string,
): Promise<PasswordOutcome> {
  const user = accountByName(system.store, name)
  if (user === undefined) return { kind: 'refused', code: 50034 }
  // Counted as wrong before it is looked at: passwords tried at the same time are no more than those tried in a row.
  const isLocked = await system.store.transact((tx) => {
    const guard = tx.get('signInGuards', user.id)
    if ((guard?.lockedUntilMs ?? 0) > system.clock.now()) return true
    tx.put('signInGuards', user.id, afterFailure(guard, system.clock.now()))
    return false
  })
  if (isLocked) return { kind: 'refused', code: 50053 }
  if (!(await verifyPassword(password, user.passwordHash ?? ''))) return { kind: 'refused', code: 50126 }
  await system.store.transact((tx) => tx.delete('signInGuards', user.id))
  return user.accountEnabled ? { kind: 'signed-in', user } : { kind: 'refused', code: 50057 }
}

/** The guard after one more wrong password at `nowMs`. Pure. */
export function afterFailure(before: SignInGuard | undefined, nowMs: number): SignInGuard {
  const failures = (before?.failures ?? 0) + 1
  const beyond = failures - LOCKOUT_THRESHOLD
  if (beyond < 0) return { failures, lastFailureMs: nowMs }
  const lockMs = Math.min(FIRST_LOCK_MS * 2 ** beyond, LONGEST_LOCK_MS)
  return { failures, lastFailureMs: nowMs, lockedUntilMs: nowMs + lockMs }
}

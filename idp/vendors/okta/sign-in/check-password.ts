import { verifyPassword } from '#kit/secrets.ts'
import type { OktaSystem, OktaUser, OktaUserStatus } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import { recordEvent, userTarget } from '../system-log/record-event.ts'

/** Wrong passwords in a row after which an account is locked: the default password policy's. */
export const LOCKOUT_THRESHOLD = 10

/** States in which the right password lets somebody in, if only to choose a new one. */
const MAY_SIGN_IN: readonly OktaUserStatus[] = ['ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY']

export type PasswordOutcome =
  | { readonly kind: 'signed-in'; readonly user: OktaUser }
  /** Right, but a new one has to be chosen first. */
  | { readonly kind: 'change-password'; readonly user: OktaUser }
  /** Unknown, wrong, locked, staged, suspended or deactivated: the page says the same for all. `reason` is for the System Log. */
  | { readonly kind: 'refused'; readonly reason: string; readonly user?: OktaUser }

type Deps = Pick<OktaSystem, 'store' | 'clock'>

/** The person of this login; without a domain, of this login in the org's domain. */
export function userByLogin(store: OktaSystem['store'], login: string): OktaUser | undefined {
  const name = login.trim().toLowerCase()
  const full = name.includes('@') ? name : `${name}@${store.get('org', 'org')?.domain ?? ''}`
  return store.find('users', 'login', full)[0]
}

/**
 * Check a password. Failures are counted; the tenth in a row locks the account until an administrator unlocks it (reference sheet
 * 4.1, LOCKED_OUT). Attempts on an account that cannot sign in are refused without looking at the password.
 */
export async function checkPassword({ store, clock }: Deps, login: string, password: string): Promise<PasswordOutcome> {
  const found = userByLogin(store, login)
  if (found === undefined) return { kind: 'refused', reason: 'UNKNOWN_USER' }
  // Counted as wrong before it is looked at: passwords tried at the same time are no more than those tried in a row.
  const failures = await store.transact((tx) => {
    if (!MAY_SIGN_IN.includes(tx.get('users', found.id)?.status ?? 'DEPROVISIONED')) return undefined
    const counted = (tx.get('signInGuards', found.id)?.failures ?? 0) + 1
    tx.put('signInGuards', found.id, { failures: counted })
    return counted
  })
  if (failures === undefined || failures > LOCKOUT_THRESHOLD) {
    return { kind: 'refused', reason: failures === undefined ? found.status : 'LOCKED_OUT', user: found }
  }
  if (!(await verifyPassword(password, found.passwordHash ?? ''))) {
    if (failures < LOCKOUT_THRESHOLD) return { kind: 'refused', reason: 'INVALID_CREDENTIALS', user: found }
    const now = clock.iso()
    await store.transact((tx) => {
      const user = tx.get('users', found.id)
      if (user === undefined) return
      // The lock itself keeps others out; whoever is unlocked begins at nought.
      tx.delete('signInGuards', user.id)
      tx.put('users', user.id, { ...user, status: 'LOCKED_OUT', statusChanged: now, lastUpdated: now })
      const actor = logActorOf(tx, user.id)
      recordEvent(tx, clock, { eventType: 'user.account.lock', actor, target: [userTarget(user)], warns: true })
    })
    return { kind: 'refused', reason: 'LOCKED_OUT', user: found }
  }
  return store.transact((tx): PasswordOutcome => {
    tx.delete('signInGuards', found.id)
    const user = tx.get('users', found.id)
    if (user === undefined || !MAY_SIGN_IN.includes(user.status)) return { kind: 'refused', reason: 'INACTIVE' }
    return user.status === 'ACTIVE' ? { kind: 'signed-in', user } : { kind: 'change-password', user }
  })
}

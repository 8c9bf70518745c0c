import type { DialpadUser, UserState } from '../records.ts'
import { HOLD_MS } from './numbers.ts'

/** What becomes of a person's account (reference sheet 1.9). */

/** A licence is held while active or pending; suspending or deleting frees it. */
export function holdsSeat(state: UserState): boolean {
  return state === 'active' || state === 'pending'
}

/**
 * Whether this person may be signed in, asked on every request: once suspended or deleted, by whomever, the session is of no
 * more use (sheet 1.11).
 */
export function isSignInAllowed(user: DialpadUser | undefined): user is DialpadUser {
  return user !== undefined && holdsSeat(user.state)
}

/** Listed under Deleted Users, and still restorable: 72 hours, computed when read. */
export function isRestorable(user: DialpadUser, nowMs: number): boolean {
  return user.state === 'deleted' && user.deletedAt !== undefined && nowMs < Date.parse(user.deletedAt) + HOLD_MS
}

/** The name as Dialpad shows it; the address when there is none. */
export function displayName(user: Pick<DialpadUser, 'givenName' | 'familyName' | 'emails'>): string {
  return `${user.givenName} ${user.familyName}`.trim() || (user.emails[0] ?? '')
}

/** The login address and SCIM's `userName`. */
export function primaryEmail(user: Pick<DialpadUser, 'emails'>): string {
  return user.emails[0] ?? ''
}

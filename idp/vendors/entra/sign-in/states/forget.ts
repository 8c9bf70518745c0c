import type { EntraWriter } from '../../collections.ts'

/**
 * Forget how somebody signs in, with the account itself: the authenticator app, per-user multifactor authentication, and when they signed
 * in. Browsers offer accounts that exist only; the logs stay.
 */
export function forgetSignInStates(tx: EntraWriter, userId: string): void {
  tx.delete('authenticators', userId)
  tx.delete('perUserMfa', userId)
  for (const key of [...tx.findKeys('signInTimes', 'account', userId)]) tx.delete('signInTimes', key)
}

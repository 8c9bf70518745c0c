import type { OidcAuthentication, OidcSignInCheck } from '#idp/protocols/oidc/policy.ts'
import type { Clock } from '#kit/clock.ts'
import type { EntraReader, EntraWriter } from '../../collections.ts'

/** Numbers for a sign-in that does not do (any more). */
export type SignInLack = 50076 | 50079 | 70044

/** What multifactor authentication asks of somebody now. */
export type MfaDemand = 'none' | 'register' | 'verify'

const HOUR_MS = 3_600_000

/** Old instants looked at whenever one is noted, and how long they are kept: longer than any session or refresh token in use. */
const SWEPT_AT_ONCE = 2
const KEPT_MS = 180 * 24 * HOUR_MS

/** Whether the person has to show a second factor, or to register one first. */
export function mfaDemandOf(reader: EntraReader, userId: string): MfaDemand {
  if (!reader.has('perUserMfa', userId)) return 'none'
  return reader.get('authenticators', userId)?.state === 'registered' ? 'verify' : 'register'
}

function timeKey({ sessionId, authTime }: OidcAuthentication): string | undefined {
  return sessionId === undefined || authTime === undefined ? undefined : `${sessionId}/${authTime}`
}

/** Remember the virtual instant of a sign-in. */
export function noteSignIn(
  tx: EntraWriter,
  clock: Pick<Clock, 'now'>,
  accountId: string,
  authentication: OidcAuthentication,
): void {
  const key = timeKey(authentication)
  if (key === undefined) return
  for (const old of tx.page('signInTimes', 0, SWEPT_AT_ONCE)) {
    if (old.atMs + KEPT_MS < clock.now()) tx.delete('signInTimes', old.key)
  }
  tx.put('signInTimes', key, { key, accountId, atMs: clock.now() })
}

/** Whether the sign-in is older than the tenant's sign-in frequency allows (virtual time). One of unknown age is. */
export function isTooOld(
  reader: EntraReader,
  clock: Pick<Clock, 'now'>,
  accountId: string,
  authentication: OidcAuthentication,
): boolean {
  const user = reader.get('users', accountId)
  const setting = user === undefined ? undefined : reader.get('signInFrequency', user.tenantId)
  if (setting === undefined) return false
  const key = timeKey(authentication)
  const time = key === undefined ? undefined : reader.get('signInTimes', key)
  return time?.accountId !== accountId || clock.now() - time.atMs >= setting.hours * HOUR_MS
}

/** What the sign-in a session or a refresh token goes back to lacks today; `undefined` when it will do. */
export function lackOf(
  reader: EntraReader,
  clock: Pick<Clock, 'now'>,
  accountId: string,
  authentication: OidcAuthentication,
): SignInLack | undefined {
  if (isTooOld(reader, clock, accountId, authentication)) return 70044
  if (authentication.methods.includes('mfa')) return undefined
  const demand = mfaDemandOf(reader, accountId)
  return demand === 'none' ? undefined : demand === 'verify' ? 50076 : 50079
}

/** Words by which a lack is recognised again where the provider reports it. */
export const LACK_WORDS: Readonly<Record<SignInLack, string>> = {
  50076: 'a second factor is needed',
  50079: 'a second factor has to be registered',
  70044: 'the sign-in is too old',
}

/** When a session has to sign in again, or more thoroughly. */
export function signInChecks(reader: EntraReader, clock: Pick<Clock, 'now'>): readonly OidcSignInCheck[] {
  const check = (lack: SignInLack, error: string): OidcSignInCheck => ({
    reason: `lack_${lack}`,
    error,
    description: LACK_WORDS[lack],
    fails: (accountId, authentication) => lackOf(reader, clock, accountId, authentication) === lack,
  })
  return [check(70044, 'login_required'), check(50076, 'interaction_required'), check(50079, 'interaction_required')]
}

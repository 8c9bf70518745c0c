import { hashSecret, randomToken } from '#kit/secrets.ts'
import type { OktaSystem, OktaUser, OktaUserStatus, OktaWriter } from '../collections.ts'
import type { LinkPurpose, SignInLink } from './records.ts'

/** Links sent by mail (reference sheet 4.1): good once, for a while of virtual time, and only the newest of each kind. */

const TOKEN_BYTES = 32

/** Virtual hours a link is good for. */
export const LINK_HOURS: Readonly<Record<LinkPurpose, number>> = { activation: 7 * 24, recovery: 1 }

const PATHS: Readonly<Record<LinkPurpose, string>> = { activation: '/welcome', recovery: '/signin/reset-password' }

/** States in which a link still leads somewhere. */
const STATES: Readonly<Record<LinkPurpose, readonly OktaUserStatus[]>> = {
  activation: ['PROVISIONED'],
  recovery: ['ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED'],
}

/** Address of the page a link leads to, below the org's origin. */
export function linkPath(purpose: LinkPurpose): string {
  return PATHS[purpose]
}

/** The whole link. It is a secret: whoever has it chooses the password. */
export function linkUrl({ origin }: Pick<OktaSystem, 'origin'>, purpose: LinkPurpose, token: string): string {
  return `${origin}${PATHS[purpose]}/${token}`
}

/** Make a link; the one before is of no more use. @returns its token, which is kept nowhere. */
export function makeLink(tx: OktaWriter, clock: OktaSystem['clock'], purpose: LinkPurpose, userId: string): string {
  const token = randomToken(TOKEN_BYTES)
  const link: SignInLink = {
    purpose,
    userId,
    hash: hashSecret(token),
    createdAt: clock.iso(),
    expiresAt: new Date(clock.now() + LINK_HOURS[purpose] * 3_600_000).toISOString(),
  }
  tx.put('signInLinks', `${purpose}/${userId}`, link)
  return token
}

/**
 * Whose link this is. @returns `undefined` for one that is unknown, used, replaced or too old, and for somebody whose state or
 * password has changed since.
 */
export function personOfLink(
  { store, clock }: { readonly store: Pick<OktaSystem['store'], 'find' | 'get'>; readonly clock: OktaSystem['clock'] },
  purpose: LinkPurpose,
  token: string,
): OktaUser | undefined {
  const link = store.find('signInLinks', 'hash', hashSecret(token))[0]
  if (link?.purpose !== purpose || Date.parse(link.expiresAt) <= clock.now()) return undefined
  const user = store.get('users', link.userId)
  if (user === undefined || !STATES[purpose].includes(user.status)) return undefined
  const hasNewPassword = user.passwordChanged !== undefined && user.passwordChanged > link.createdAt
  return hasNewPassword ? undefined : user
}

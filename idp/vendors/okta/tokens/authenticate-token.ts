import { hashSecret } from '#kit/secrets.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { isExpired } from './expiry.ts'
import type { ApiToken } from './records.ts'

/** How stale "last used" may be, virtual milliseconds: not every call is worth a write. */
const USED_STEP_MS = 60_000

/** Who calls: the token, and the person whose rights it has. */
export interface TokenHolder {
  readonly token: ApiToken
  readonly owner: OktaUser
}

/**
 * The holder of a token, whose use is noted; `undefined` for one that is unknown, revoked or expired, or whose owner is not active.
 */
export async function authenticateToken(system: OktaSystem, value: string): Promise<TokenHolder | undefined> {
  const { store, clock } = system
  const nowMs = clock.now()
  const [token] = store.find('apiTokens', 'hash', hashSecret(value))
  if (token === undefined || isExpired(token, nowMs)) return undefined
  const owner = store.get('users', token.ownerId)
  if (owner === undefined || (owner.status !== 'ACTIVE' && owner.status !== 'PASSWORD_EXPIRED')) return undefined
  if (token.lastUsed === undefined || nowMs - Date.parse(token.lastUsed) >= USED_STEP_MS) {
    await store.transact((tx) => {
      const current = tx.get('apiTokens', token.id)
      if (current !== undefined) tx.put('apiTokens', token.id, { ...current, lastUsed: clock.iso() })
    })
  }
  return { token, owner }
}

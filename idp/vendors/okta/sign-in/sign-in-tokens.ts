import { hashSecret, randomToken } from '#kit/secrets.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import type { SignInTokenPurpose } from './records.ts'

/** What a script gets on its way through a sign-in (Authentication API): good for five virtual minutes, and once. */

const LIFE_MS = 5 * 60_000
const TOKEN_BYTES = 24

/** Old records looked at whenever a token is made, so that nothing piles up. */
const SWEEP_STEP = 16

export interface IssuedSignInToken {
  /** Told here and nowhere else. */
  readonly token: string
  /** Virtual, ISO. */
  readonly expiresAt: string
}

/** Make a token for somebody whose password was right. */
export async function issueSignInToken(
  { store, clock }: OktaSystem,
  purpose: SignInTokenPurpose,
  user: OktaUser,
): Promise<IssuedSignInToken> {
  const token = `20111${randomToken(TOKEN_BYTES)}`
  const expiresAt = new Date(clock.now() + LIFE_MS).toISOString()
  await store.transact((tx) => {
    for (const old of tx.page('signInTokens', 0, SWEEP_STEP)) {
      if (Date.parse(old.expiresAt) <= clock.now()) tx.delete('signInTokens', old.hash)
    }
    const hash = hashSecret(token)
    tx.put('signInTokens', hash, { purpose, hash, userId: user.id, stamp: user.statusChanged, expiresAt })
  })
  return { token, expiresAt }
}

/** Whose token this is; `undefined` for one that is unknown, used, too old, or of somebody whose state has changed since. */
export function personOfSignInToken(
  { store, clock }: Pick<OktaSystem, 'store' | 'clock'>,
  purpose: SignInTokenPurpose,
  token: string,
): OktaUser | undefined {
  const kept = store.get('signInTokens', hashSecret(token))
  if (kept?.purpose !== purpose || Date.parse(kept.expiresAt) <= clock.now()) return undefined
  const user = store.get('users', kept.userId)
  return user?.statusChanged === kept.stamp ? user : undefined
}

/** Use a token up. @returns whose it was; the second of two calls at the same time gets nobody. */
export async function takeSignInToken(
  system: OktaSystem,
  purpose: SignInTokenPurpose,
  token: string,
): Promise<OktaUser | undefined> {
  return system.store.transact((tx) => {
    const user = personOfSignInToken(system, purpose, token)
    return tx.delete('signInTokens', hashSecret(token)) ? user : undefined
  })
}

import type { DirectoryUser } from '#idp/core/directory/records.ts'
import type { EntraSystem } from '../../collections.ts'
import type { Authenticator } from './records.ts'
import { createTotpKey, stepOfCode } from './totp.ts'

/** Wrong codes in a row after which further ones are refused unseen, and for how many virtual milliseconds. */
export const MFA_LOCKOUT_THRESHOLD = 10
const LOCK_MS = 15 * 60_000

export type CodeOutcome =
  | { readonly kind: 'right' }
  /** 500121; 50053 while it is locked. */
  | { readonly kind: 'refused'; readonly code: 500121 | 50053 }

/** Begin a registration, or go on with the one that was begun. @returns the key to type into an authenticator app. */
export async function beginRegistration(
  { store, vault, clock }: EntraSystem,
  user: Pick<DirectoryUser, 'id' | 'tenantId'>,
): Promise<string> {
  return store.transact((tx) => {
    const before = tx.get('authenticators', user.id)
    if (before?.state === 'pending') return vault.open(before.sealedKey)
    if (before !== undefined) throw new Error('The person has an authenticator already.')
    const key = createTotpKey()
    tx.put('authenticators', user.id, {
      userId: user.id,
      tenantId: user.tenantId,
      sealedKey: vault.seal(key),
      state: 'pending',
      addedAt: clock.iso(),
      failures: 0,
    })
    return key
  })
}

/**
 * Judge a code of somebody's authenticator app. Each is good once; ten wrong ones in a row lock it. The first right one completes a
 * registration, and with it what was enabled is enforced.
 */
export async function checkCode(
  { store, vault, clock }: EntraSystem,
  userId: string,
  code: string,
  wallMs: number,
): Promise<CodeOutcome> {
  return store.transact((tx): CodeOutcome => {
    const known = tx.get('authenticators', userId)
    if (known === undefined) return { kind: 'refused', code: 500121 }
    if ((known.lockedUntilMs ?? 0) > clock.now()) return { kind: 'refused', code: 50053 }
    const step = stepOfCode(vault.open(known.sealedKey), code, wallMs, known.lastStep)
    const { lockedUntilMs: _over, ...rest } = known
    if (step === undefined) {
      tx.put('authenticators', userId, afterWrongCode(rest, clock.now()))
      return { kind: 'refused', code: 500121 }
    }
    tx.put('authenticators', userId, { ...rest, state: 'registered', lastStep: step, failures: 0 })
    const demand = tx.get('perUserMfa', userId)
    if (demand?.state === 'enabled') tx.put('perUserMfa', userId, { ...demand, state: 'enforced' })
    return { kind: 'right' }
  })
}

function afterWrongCode(known: Authenticator, nowMs: number): Authenticator {
  const failures = known.failures + 1
  if (failures < MFA_LOCKOUT_THRESHOLD) return { ...known, failures }
  return { ...known, failures: 0, lockedUntilMs: nowMs + LOCK_MS }
}

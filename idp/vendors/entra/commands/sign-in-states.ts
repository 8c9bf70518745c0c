import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import { liveUser, updateUser } from '#idp/core/directory/users.ts'
import { auditUser } from '../audit/audit-directory.ts'
import type { EntraReader } from '../collections.ts'
import type { Authenticator, PerUserMfa } from '../sign-in/states/records.ts'
import { createTotpKey } from '../sign-in/states/totp.ts'
import { type Actor, type CommandDeps, holdsOneOf, mustManageUsers, roleNeeded, standingOf } from './actor.ts'
import { mustBeAbove, tenantFacts } from './users.ts'

/** States of per-user multifactor authentication, as its page lists them. */
export const MFA_STATES = ['disabled', 'enabled', 'enforced'] as const
export type MfaState = (typeof MFA_STATES)[number]

/** Hours a sign-in may be old at least and at most. */
export const FREQUENCY_HOURS = { least: 1, most: 24 * 365 } as const

/** Per-user multifactor authentication of somebody. */
export function mfaStateOf(reader: EntraReader, userId: string): MfaState {
  return reader.get('perUserMfa', userId)?.state ?? 'disabled'
}

/**
 * Switch per-user multifactor authentication of somebody. What they have registered stays.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound`.
 */
export async function setPerUserMfa(
  { system }: CommandDeps,
  actor: Actor,
  { userId, state }: { readonly userId: string; readonly state: MfaState },
): Promise<DirectoryUser> {
  const user = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const known = liveUser(tx, standing.tenant.id, userId)
    mustBeAbove(tx, standing, known, 'Per-user MFA')
    if (mfaStateOf(tx, userId) === state) return known
    if (state === 'disabled') tx.delete('perUserMfa', userId)
    else tx.put('perUserMfa', userId, { tenantId: known.tenantId, state } satisfies PerUserMfa)
    auditUser(
      tx,
      system.clock,
      standing,
      state === 'disabled' ? 'Disable Strong Authentication' : 'Enable Strong Authentication',
      known,
    )
    return known
  })
  system.journal.record({
    kind: 'state',
    title: `Per-user MFA of ${user.displayName} is ${state}`,
    subject: user.userPrincipalName,
  })
  return user
}

/**
 * Take the authenticator app of somebody away: they register again when a second factor is asked for next.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` where there is none.
 */
export async function removeAuthenticator(
  { system }: CommandDeps,
  actor: Actor,
  { userId }: { readonly userId: string },
): Promise<DirectoryUser> {
  const user = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const known = liveUser(tx, standing.tenant.id, userId)
    mustBeAbove(tx, standing, known, 'Removing the authenticator app')
    if (!tx.delete('authenticators', userId)) {
      throw badValue('userId', `${known.displayName} has no authenticator app registered.`)
    }
    auditUser(tx, system.clock, standing, 'Update user', known)
    return known
  })
  system.journal.record({
    kind: 'state',
    title: `The authenticator app of ${user.displayName} was removed`,
    subject: user.userPrincipalName,
  })
  return user
}

/** Register an authenticator app for somebody, as if they had walked through it. For scenes. */
export async function registerAuthenticator(
  { system }: CommandDeps,
  actor: Actor,
  { userId }: { readonly userId: string },
): Promise<DirectoryUser> {
  return system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const known = liveUser(tx, standing.tenant.id, userId)
    tx.put('authenticators', userId, {
      userId,
      tenantId: known.tenantId,
      sealedKey: system.vault.seal(createTotpKey()),
      state: 'registered',
      addedAt: system.clock.iso(),
      failures: 0,
    } satisfies Authenticator)
    const demand = tx.get('perUserMfa', userId)
    if (demand !== undefined) tx.put('perUserMfa', userId, { ...demand, state: 'enforced' })
    return known
  })
}

/**
 * Have somebody change their password at the next sign-in. What they are signed in to goes on (refresh tokens: a password that expires
 * revokes nothing).
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound`.
 */
export async function expirePassword(
  { system }: CommandDeps,
  actor: Actor,
  { userId }: { readonly userId: string },
): Promise<DirectoryUser> {
  const user = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    mustBeAbove(tx, standing, liveUser(tx, standing.tenant.id, userId), 'Changing the password')
    return updateUser(tx, tenantFacts(standing.tenant), userId, { forceChangePasswordNextSignIn: true })
  })
  system.journal.record({
    kind: 'state',
    title: `The password of ${user.displayName} has to be changed`,
    subject: user.userPrincipalName,
  })
  return user
}

/**
 * How old a sign-in may be in the tenant before it has to be done again; `null`: as old as the session.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_BadRequest` on `hours`.
 */
export async function setSignInFrequency(
  { system }: CommandDeps,
  actor: Actor,
  { hours }: { readonly hours: number | null },
): Promise<void> {
  const { least, most } = FREQUENCY_HOURS
  if (hours !== null && !(Number.isInteger(hours) && hours >= least && hours <= most)) {
    throw badValue('hours', `Sign-in frequency is ${least} to ${most} hours, without fractions.`)
  }
  await system.store.transact((tx) => {
    const standing = standingOf(tx, actor)
    if (!holdsOneOf(standing, ['Global Administrator'])) {
      throw roleNeeded('Changing Conditional Access', ['Global Administrator'])
    }
    if (hours === null) tx.delete('signInFrequency', standing.tenant.id)
    else tx.put('signInFrequency', standing.tenant.id, { hours })
  })
  system.journal.record({
    kind: 'state',
    title: hours === null ? 'Sign-in frequency was switched off' : `Sign-in frequency is ${hours} hours`,
  })
}

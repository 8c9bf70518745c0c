import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import type { TenantFacts } from '#idp/core/directory/user-rules.ts'
import { createUser, liveUser, setAccountEnabled, type UserPatch, updateUser } from '#idp/core/directory/users.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { hashPassword } from '#kit/secrets.ts'
import { auditUser } from '../audit/audit-directory.ts'
import { modifiedProperties } from '../audit/modified-properties.ts'
import type { EntraReader, Tenant } from '../collections.ts'
import { rolesOf } from '../sign-in/accounts.ts'
import { type Actor, type CommandDeps, mustManageUsers, roleNeeded, type Standing } from './actor.ts'
import { journalChange } from './journal-change.ts'
import { checkNewPassword, generatePassword } from './passwords.ts'

/** What an administrator sets on a user; the password has commands of its own. */
export type UserProperties = Omit<UserPatch, 'passwordHash' | 'accountEnabled'>

export interface NewUserInput {
  readonly userPrincipalName: string
  readonly displayName: string
  /** Absent: one is made and given back, once. */
  readonly password?: string
  /** Whether it has to be changed at the first sign-in. */
  readonly mustChange?: boolean
  readonly accountEnabled?: boolean
  readonly properties?: UserProperties
}

/** What the directory's rules need of a tenant. */
export function tenantFacts({ id, domains }: Tenant): TenantFacts {
  return { id, verifiedDomains: domains }
}

/**
 * Create a member.
 *
 * @returns the user, and the password where it was made here.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `createUser` and `checkNewPassword`.
 */
export async function addUser(
  { system }: CommandDeps,
  actor: Actor,
  input: NewUserInput,
): Promise<{ readonly user: DirectoryUser; readonly madePassword?: string }> {
  mustManageUsers(system.store, actor)
  const password = input.password ?? generatePassword()
  checkNewPassword(password)
  const passwordHash = await hashPassword(password)
  const now = system.clock.iso()
  const user = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const { tenant } = standing
    const { userPrincipalName, displayName } = input
    const set = Object.entries(input.properties ?? {}).filter(([, value]) => value !== null && value !== '')
    const made = createUser(
      tx,
      tenantFacts(tenant),
      { id: guidOf(nextIdSeed(tx)), now },
      {
        ...Object.fromEntries(set),
        userPrincipalName,
        displayName,
        passwordHash,
        ...(input.mustChange ? { forceChangePasswordNextSignIn: true } : {}),
        accountEnabled: input.accountEnabled ?? true,
      },
    )
    auditUser(tx, system.clock, standing, 'Add user', made, modifiedProperties(undefined, made))
    return made
  })
  journalChange(system, {
    title: `${user.displayName} was created`,
    subject: user.userPrincipalName,
    change: { type: 'user', id: user.id, after: user },
  })
  return input.password === undefined ? { user, madePassword: password } : { user }
}

/**
 * Change a user's properties. A patch that changes nothing is not journalled.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `updateUser`.
 */
export async function editUser(
  { system }: CommandDeps,
  actor: Actor,
  { userId, patch }: { readonly userId: string; readonly patch: UserProperties },
): Promise<DirectoryUser> {
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const { tenant } = standing
    const known = liveUser(tx, tenant.id, userId)
    const changed = updateUser(tx, tenantFacts(tenant), userId, patch)
    if (known.changeSeq !== changed.changeSeq) {
      auditUser(tx, system.clock, standing, 'Update user', changed, modifiedProperties(known, changed))
    }
    return { before: known, after: changed }
  })
  if (before.changeSeq !== after.changeSeq) {
    journalChange(system, {
      title: `${after.displayName} was changed`,
      subject: after.userPrincipalName,
      change: { type: 'user', id: userId, before, after },
    })
  }
  return after
}

/**
 * Allow or block sign-in. Blocking ends what the person was signed in to: sessions and tokens are bound to the account's state.
 * @throws {Refusal} `role_needed`, also for one who may not touch people with roles. @throws {DirectoryRefusal} for blocking oneself.
 */
export async function setSignIn(
  { system }: CommandDeps,
  actor: Actor,
  { userId, allowed }: { readonly userId: string; readonly allowed: boolean },
): Promise<DirectoryUser> {
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const user = liveUser(tx, standing.tenant.id, userId)
    mustBeAbove(tx, standing, user, allowed ? 'Allowing sign-in' : 'Blocking sign-in')
    if (!allowed && standing.userId === userId) throw badValue('accountEnabled', 'You cannot block your own sign-in.')
    if (allowed) tx.delete('signInGuards', userId)
    const changed = setAccountEnabled(tx, standing.tenant.id, userId, allowed)
    if (user.accountEnabled !== changed.accountEnabled) {
      auditUser(
        tx,
        system.clock,
        standing,
        allowed ? 'Enable account' : 'Disable account',
        changed,
        modifiedProperties(user, changed),
      )
    }
    return { before: user, after: changed }
  })
  if (before.accountEnabled !== after.accountEnabled) {
    journalChange(system, {
      title: `Sign-in of ${after.displayName} was ${allowed ? 'allowed' : 'blocked'}`,
      subject: after.userPrincipalName,
      change: { type: 'user', id: userId, before, after },
    })
  }
  return after
}

/**
 * Give a user a new password, which they may have to change at the next sign-in. Whatever they were signed in to ends, since sessions are
 * bound to the password.
 *
 * @returns the password where it was made here.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `checkNewPassword`.
 */
export async function resetPassword(
  { system }: CommandDeps,
  actor: Actor,
  input: { readonly userId: string; readonly password?: string; readonly mustChange?: boolean },
): Promise<{ readonly user: DirectoryUser; readonly madePassword?: string }> {
  mustManageUsers(system.store, actor)
  const password = input.password ?? generatePassword()
  checkNewPassword(password)
  const passwordHash = await hashPassword(password)
  const user = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    mustBeAbove(tx, standing, liveUser(tx, standing.tenant.id, input.userId), 'Resetting the password')
    tx.delete('signInGuards', input.userId)
    const changed = updateUser(tx, tenantFacts(standing.tenant), input.userId, {
      passwordHash,
      forceChangePasswordNextSignIn: input.mustChange ? true : null,
    })
    auditUser(tx, system.clock, standing, 'Reset user password', changed)
    return changed
  })
  journalChange(system, {
    title: `The password of ${user.displayName} was reset`,
    subject: user.userPrincipalName,
    change: { type: 'user', id: user.id },
  })
  return input.password === undefined ? { user, madePassword: password } : { user }
}

/**
 * People who hold a directory role are handled by Global Administrators only (FID-ENTRA-ADMIN-9).
 * @throws {Refusal} `role_needed` (403), naming what was tried.
 */
export function mustBeAbove(reader: EntraReader, standing: Standing, user: DirectoryUser, what: string): void {
  if (standing.roles.includes('Global Administrator') || rolesOf(reader, user.id).length === 0) return
  throw roleNeeded(`${what} of ${user.displayName}, who holds a directory role,`, ['Global Administrator'])
}

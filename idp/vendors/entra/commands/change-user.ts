import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { liveUser, setAccountEnabled, updateUser } from '#idp/core/directory/users.ts'
import { hashPassword } from '#kit/secrets.ts'
import { auditUser } from '../audit/audit-directory.ts'
import { modifiedProperties } from '../audit/modified-properties.ts'
import { type Actor, type CommandDeps, mustManageUsers } from './actor.ts'
import { journalChange } from './journal-change.ts'
import { checkNewPassword } from './passwords.ts'
import { mustBeAbove, tenantFacts, type UserProperties } from './users.ts'

export interface ChangeUserInput {
  readonly userId: string
  readonly patch: UserProperties
  readonly accountEnabled?: boolean
  readonly password?: string
  /** With a password: whether it has to be changed at the next sign-in. */
  readonly mustChange?: boolean
}

/**
 * Change properties, sign-in and password of a user in one go, as the API may ask for: all of it, or nothing. What each of
 * the pages' own commands asks for holds here too.
 *
 * @throws {Refusal} `role_needed`, for sign-in and password also of one who may not touch people with roles.
 * @throws {DirectoryRefusal} see `updateUser`, `checkNewPassword`.
 */
export async function changeUser(
  { system }: CommandDeps,
  actor: Actor,
  { userId, patch, accountEnabled, password, mustChange }: ChangeUserInput,
): Promise<DirectoryUser> {
  mustManageUsers(system.store, actor)
  if (password !== undefined) checkNewPassword(password)
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  const { before, after } = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const known = liveUser(tx, standing.tenant.id, userId)
    if (passwordHash !== undefined) mustBeAbove(tx, standing, known, 'Resetting the password')
    if (accountEnabled !== undefined) {
      mustBeAbove(tx, standing, known, accountEnabled ? 'Allowing sign-in' : 'Blocking sign-in')
    }
    const properties =
      passwordHash === undefined
        ? patch
        : { ...patch, passwordHash, forceChangePasswordNextSignIn: mustChange ? true : null }
    const edited = updateUser(tx, tenantFacts(standing.tenant), userId, properties)
    if (edited.changeSeq !== known.changeSeq) {
      const modified = modifiedProperties(known, edited)
      if (modified.length > 0) auditUser(tx, system.clock, standing, 'Update user', edited, modified)
      if (passwordHash !== undefined) auditUser(tx, system.clock, standing, 'Reset user password', edited)
    }
    if (accountEnabled === true || passwordHash !== undefined) tx.delete('signInGuards', userId)
    if (accountEnabled === undefined || accountEnabled === edited.accountEnabled)
      return { before: known, after: edited }
    const changed = setAccountEnabled(tx, standing.tenant.id, userId, accountEnabled)
    const activity = accountEnabled ? 'Enable account' : 'Disable account'
    auditUser(tx, system.clock, standing, activity, changed, modifiedProperties(edited, changed))
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

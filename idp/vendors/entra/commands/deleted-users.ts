import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import { liveUser, restoreUser, softDeleteUser } from '#idp/core/directory/users.ts'
import { auditUser } from '../audit/audit-directory.ts'
import { type Actor, type CommandDeps, mustManageUsers } from './actor.ts'
import { journalChange } from './journal-change.ts'
import { eraseUser } from './recycle-bin.ts'
import { mustBeAbove, tenantFacts } from './users.ts'

/** Users an action is about; at least one. */
export interface UsersInput {
  readonly userIds: readonly string[]
}

/**
 * Move users to the recycle bin: all of them, or none when one is refused.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} for deleting oneself; `Request_ResourceNotFound`.
 */
export async function deleteUsers(
  { system }: CommandDeps,
  actor: Actor,
  { userIds }: UsersInput,
): Promise<readonly DirectoryUser[]> {
  const now = system.clock.iso()
  const deleted = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    mustNameSome(userIds)
    return userIds.map((userId) => {
      const user = liveUser(tx, standing.tenant.id, userId)
      mustBeAbove(tx, standing, user, 'Deleting the user')
      if (standing.userId === userId) throw badValue('userIds', 'You cannot delete your own account.')
      const gone = softDeleteUser(tx, standing.tenant.id, userId, now)
      auditUser(tx, system.clock, standing, 'Delete user', gone)
      return gone
    })
  })
  system.schedule.touch()
  for (const user of deleted) {
    journalChange(system, {
      title: `${user.displayName} was deleted and can be restored for 30 days`,
      subject: user.userPrincipalName,
      change: { type: 'user', id: user.id, after: user },
    })
  }
  return deleted
}

/**
 * Take users out of the recycle bin, with the memberships and assignments they had.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `ObjectConflict` when a name was given to somebody else meanwhile.
 */
export async function restoreUsers(
  { system }: CommandDeps,
  actor: Actor,
  { userIds }: UsersInput,
): Promise<readonly DirectoryUser[]> {
  const restored = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    mustNameSome(userIds)
    return userIds.map((userId) => {
      const back = restoreUser(tx, tenantFacts(standing.tenant), userId)
      auditUser(tx, system.clock, standing, 'Restore user', back)
      return back
    })
  })
  system.schedule.touch()
  for (const user of restored) {
    journalChange(system, {
      title: `${user.displayName} was restored`,
      subject: user.userPrincipalName,
      change: { type: 'user', id: user.id, after: user },
    })
  }
  return restored
}

/**
 * Remove users from the recycle bin for good.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound` unless every one is in the bin.
 */
export async function deleteUsersPermanently(
  { system }: CommandDeps,
  actor: Actor,
  { userIds }: UsersInput,
): Promise<readonly DirectoryUser[]> {
  const gone = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    mustNameSome(userIds)
    return userIds.map((userId) => {
      const user = tx.get('users', userId)
      if (user !== undefined) mustBeAbove(tx, standing, user, 'Deleting the user permanently')
      const erased = eraseUser(tx, standing.tenant.id, userId)
      auditUser(tx, system.clock, standing, 'Hard Delete user', erased)
      return erased
    })
  })
  system.schedule.touch()
  for (const user of gone) {
    journalChange(system, {
      title: `${user.displayName} was deleted permanently`,
      subject: user.userPrincipalName,
      change: { type: 'user', id: user.id, before: user },
    })
  }
  return gone
}

function mustNameSome(userIds: readonly string[]): void {
  if (userIds.length === 0) throw badValue('userIds', 'Select at least one user.')
}

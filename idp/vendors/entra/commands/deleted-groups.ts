import { hardDeleteGroup, restoreGroup } from '#idp/core/directory/groups.ts'
import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { auditGroup } from '../audit/audit-directory.ts'
import { type Actor, type CommandDeps, mustManageUsers } from './actor.ts'
import { journalChange } from './journal-change.ts'

/** The group an action is about. */
export interface DeletedGroupInput {
  readonly groupId: string
}

/**
 * Take a group out of the recycle bin, with the members and assignments it had.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound` unless it is in the bin.
 */
export async function restoreDeletedGroup(
  { system }: CommandDeps,
  actor: Actor,
  { groupId }: DeletedGroupInput,
): Promise<DirectoryGroup> {
  const group = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const back = restoreGroup(tx, standing.tenant.id, groupId)
    auditGroup(tx, system.clock, standing, 'Restore Group', back)
    return back
  })
  system.schedule.touch()
  journalChange(system, {
    title: `The group ${group.displayName} was restored`,
    subject: group.displayName,
    change: { type: 'group', id: groupId, after: group },
  })
  return group
}

/** Remove a group from the recycle bin for good. @throws as {@link restoreDeletedGroup} does. */
export async function deleteGroupPermanently(
  { system }: CommandDeps,
  actor: Actor,
  { groupId }: DeletedGroupInput,
): Promise<DirectoryGroup> {
  const gone = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const { tenant } = standing
    const group = tx.get('groups', groupId)
    if (group === undefined) throw notFound('deleted group', groupId)
    hardDeleteGroup(tx, tenant.id, groupId)
    auditGroup(tx, system.clock, standing, 'Hard Delete group', group)
    return group
  })
  system.schedule.touch()
  journalChange(system, {
    title: `The group ${gone.displayName} was deleted permanently`,
    subject: gone.displayName,
    change: { type: 'group', id: groupId, before: gone },
  })
  return gone
}

import { createGroup, deleteGroup, type GroupPatch, liveGroup, updateGroup } from '#idp/core/directory/groups.ts'
import { addMember, removeMember } from '#idp/core/directory/members.ts'
import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { type Actor, type CommandDeps, mustManageUsers } from './actor.ts'
import { principalNames } from './assignments.ts'
import { journalChange } from './journal-change.ts'

export interface NewGroupInput {
  readonly displayName: string
  readonly description?: string
  /** Users and groups to begin with. */
  readonly memberIds?: readonly string[]
}

/** Create a security group. @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `createGroup` and `addMember`. */
export async function addGroup({ system }: CommandDeps, actor: Actor, input: NewGroupInput): Promise<DirectoryGroup> {
  const now = system.clock.iso()
  const group = await system.store.transact((tx) => {
    const { tenant } = mustManageUsers(tx, actor)
    const { displayName, description } = input
    const made = createGroup(
      tx,
      tenant.id,
      { id: guidOf(nextIdSeed(tx)), now },
      { displayName, ...(description === undefined ? {} : { description }) },
    )
    for (const memberId of input.memberIds ?? []) addMember(tx, tenant.id, made.id, memberId)
    return liveGroup(tx, tenant.id, made.id)
  })
  journalChange(system, {
    title: `The group ${group.displayName} was created`,
    subject: group.displayName,
    change: { type: 'group', id: group.id, after: { ...group, memberIds: input.memberIds ?? [] } },
  })
  return group
}

/** Rename or describe a group. @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `updateGroup`. */
export async function editGroup(
  { system }: CommandDeps,
  actor: Actor,
  { groupId, patch }: { readonly groupId: string; readonly patch: GroupPatch },
): Promise<DirectoryGroup> {
  const { before, after } = await system.store.transact((tx) => {
    const { tenant } = mustManageUsers(tx, actor)
    return { before: liveGroup(tx, tenant.id, groupId), after: updateGroup(tx, tenant.id, groupId, patch) }
  })
  if (before.changeSeq !== after.changeSeq) {
    journalChange(system, {
      title:
        before.displayName === after.displayName
          ? `The group ${after.displayName} was changed`
          : `The group ${before.displayName} was renamed to ${after.displayName}`,
      subject: after.displayName,
      change: { type: 'group', id: groupId, before, after },
    })
  }
  return after
}

/** Move a group to the recycle bin. @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} `Request_ResourceNotFound`. */
export async function removeGroup(
  { system }: CommandDeps,
  actor: Actor,
  { groupId }: { readonly groupId: string },
): Promise<DirectoryGroup> {
  const now = system.clock.iso()
  const group = await system.store.transact((tx) => deleteGroup(tx, mustManageUsers(tx, actor).tenant.id, groupId, now))
  system.schedule.touch()
  journalChange(system, {
    title: `The group ${group.displayName} was deleted`,
    subject: group.displayName,
    change: { type: 'group', id: groupId, after: group },
  })
  return group
}

export interface MembersInput {
  readonly groupId: string
  /** Users and groups, at least one. */
  readonly memberIds: readonly string[]
}

/**
 * Add members: all of them, or none when one is refused.
 * @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `addMember`: a group in itself, a circle, a member already there.
 */
export function addGroupMembers(deps: CommandDeps, actor: Actor, input: MembersInput): Promise<DirectoryGroup> {
  return changeMembers(deps, actor, input, 'added')
}

/** Remove members: all of them, or none. @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `removeMember`. */
export function removeGroupMembers(deps: CommandDeps, actor: Actor, input: MembersInput): Promise<DirectoryGroup> {
  return changeMembers(deps, actor, input, 'removed')
}

async function changeMembers(
  { system }: CommandDeps,
  actor: Actor,
  { groupId, memberIds }: MembersInput,
  what: 'added' | 'removed',
): Promise<DirectoryGroup> {
  const { group, names } = await system.store.transact((tx) => {
    const { tenant } = mustManageUsers(tx, actor)
    if (memberIds.length === 0) throw badValue('members', 'Select at least one user or group.')
    for (const memberId of memberIds) {
      if (what === 'added') addMember(tx, tenant.id, groupId, memberId)
      else removeMember(tx, tenant.id, groupId, memberId)
    }
    return { group: liveGroup(tx, tenant.id, groupId), names: memberIds.map((id) => principalNames(tx, id)) }
  })
  for (const [index, { displayName, subject }] of names.entries()) {
    const memberId = memberIds[index]
    journalChange(system, {
      title:
        what === 'added'
          ? `${displayName} was added to the group ${group.displayName}`
          : `${displayName} was removed from the group ${group.displayName}`,
      subject,
      change: {
        type: 'membership',
        id: `${groupId}/${memberId}`,
        ...(what === 'added' ? { after: { groupId, memberId } } : { before: { groupId, memberId } }),
      },
    })
  }
  return group
}

import { createGroup, deleteGroup, type GroupPatch, liveGroup, updateGroup } from '#idp/core/directory/groups.ts'
import { addMember, removeMember } from '#idp/core/directory/members.ts'
import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { badValue } from '#idp/core/directory/refusal.ts'
import type { Clock } from '#kit/clock.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { auditGroup } from '../audit/audit-directory.ts'
import { initiatorOf } from '../audit/initiators.ts'
import { modifiedProperties } from '../audit/modified-properties.ts'
import { groupTarget, principalTarget, recordAudit } from '../audit/record-audit.ts'
import type { EntraWriter } from '../collections.ts'
import { type Actor, type CommandDeps, mustManageUsers, type Standing } from './actor.ts'
import { principalNames } from './assignments.ts'
import { journalChange } from './journal-change.ts'

export interface NewGroupInput {
  readonly displayName: string
  readonly description?: string
  /** Absent: made from the display name. */
  readonly mailNickname?: string
  /** Users and groups to begin with. */
  readonly memberIds?: readonly string[]
}

/** Create a security group. @throws {Refusal} `role_needed`. @throws {DirectoryRefusal} see `createGroup` and `addMember`. */
export async function addGroup({ system }: CommandDeps, actor: Actor, input: NewGroupInput): Promise<DirectoryGroup> {
  const now = system.clock.iso()
  const group = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const { tenant } = standing
    const { displayName, description, mailNickname } = input
    const made = createGroup(
      tx,
      tenant.id,
      { id: guidOf(nextIdSeed(tx)), now },
      {
        displayName,
        ...(description === undefined ? {} : { description }),
        ...(mailNickname === undefined ? {} : { mailNickname }),
      },
    )
    auditGroup(tx, system.clock, standing, 'Add group', made, modifiedProperties(undefined, made))
    for (const memberId of input.memberIds ?? []) {
      addMember(tx, tenant.id, made.id, memberId)
      auditMember(tx, system.clock, standing, 'added', made, memberId)
    }
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
    const standing = mustManageUsers(tx, actor)
    const known = liveGroup(tx, standing.tenant.id, groupId)
    const changed = updateGroup(tx, standing.tenant.id, groupId, patch)
    if (known.changeSeq !== changed.changeSeq) {
      auditGroup(tx, system.clock, standing, 'Update group', changed, modifiedProperties(known, changed))
    }
    return { before: known, after: changed }
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
  const group = await system.store.transact((tx) => {
    const standing = mustManageUsers(tx, actor)
    const gone = deleteGroup(tx, standing.tenant.id, groupId, now)
    auditGroup(tx, system.clock, standing, 'Delete group', gone)
    return gone
  })
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
    const standing = mustManageUsers(tx, actor)
    const { tenant } = standing
    if (memberIds.length === 0) throw badValue('members', 'Select at least one user or group.')
    for (const memberId of memberIds) {
      if (what === 'added') addMember(tx, tenant.id, groupId, memberId)
      else removeMember(tx, tenant.id, groupId, memberId)
      auditMember(tx, system.clock, standing, what, liveGroup(tx, tenant.id, groupId), memberId)
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

/** Membership is audited with the member first, then the group, as the product lists its targets. */
function auditMember(
  tx: EntraWriter,
  clock: Pick<Clock, 'iso'>,
  standing: Standing,
  what: 'added' | 'removed',
  group: DirectoryGroup,
  memberId: string,
): void {
  recordAudit(tx, clock, {
    tenantId: standing.tenant.id,
    activity: what === 'added' ? 'Add member to group' : 'Remove member from group',
    initiatedBy: initiatorOf(tx, standing),
    targets: [...principalTarget(tx, memberId), groupTarget(group)],
  })
}

import type { Reader, Writer } from '#kit/store/store.ts'
import { touchObject } from './change-feed.ts'
import type { DirectoryGroup, DirectoryShape, GroupMember } from './records.ts'
import { DirectoryRefusal, notFound } from './refusal.ts'

/** Key of a membership in `groupMembers`. */
export function memberKey(groupId: string, memberId: string): string {
  return `${groupId}/${memberId}`
}

/** Whether the user or group is a direct member; nesting does not count (reference 3.2). */
export function isDirectMember(reader: Reader<DirectoryShape>, groupId: string, memberId: string): boolean {
  return reader.has('groupMembers', memberKey(groupId, memberId))
}

/**
 * The groups a user or group is a member of, nearest first; those in the recycle bin are left out.
 *
 * @param nested Also those it is a member of through other groups. @param most Where counting may stop: at least one more is found
 *   where there are more.
 */
export function groupsHolding(
  reader: Reader<DirectoryShape>,
  memberId: string,
  { nested, most = Number.POSITIVE_INFINITY }: { readonly nested: boolean; readonly most?: number },
): readonly DirectoryGroup[] {
  const found = new Map<string, DirectoryGroup>()
  const waiting = [memberId]
  for (const id of waiting) {
    if (found.size > most) break
    for (const { groupId } of reader.find('groupMembers', 'member', id)) {
      const group = found.has(groupId) ? undefined : reader.get('groups', groupId)
      if (group === undefined || group.deletedDateTime !== undefined) continue
      found.set(groupId, group)
      if (nested) waiting.push(groupId)
    }
  }
  return [...found.values()]
}

/**
 * Add a user or group to a group. Both are noted as changed: the group has another member, and the member may have gained
 * what the group is assigned to.
 *
 * @throws {DirectoryRefusal} `Request_ResourceNotFound` for an unknown group or member, of another tenant included;
 *   `Request_BadRequest` for a member already there, for a group in itself, and for a circle of groups.
 */
export function addMember(
  tx: Writer<DirectoryShape>,
  tenantId: string,
  groupId: string,
  memberId: string,
): GroupMember {
  const group = tx.get('groups', groupId)
  if (group === undefined || group.tenantId !== tenantId || group.deletedDateTime !== undefined) {
    throw notFound('group', groupId)
  }
  const memberType = memberTypeOf(tx, tenantId, memberId)
  if (isDirectMember(tx, groupId, memberId)) {
    throw new DirectoryRefusal(
      'Request_BadRequest',
      `The object is already a member of the group '${group.displayName}'.`,
      'members',
    )
  }
  if (memberType === 'group' && (memberId === groupId || isInside(tx, groupId, memberId))) {
    throw new DirectoryRefusal(
      'Request_BadRequest',
      `The group cannot be added to '${group.displayName}': a group would contain itself.`,
      'members',
    )
  }
  const pair: GroupMember = { groupId, memberId, memberType }
  tx.put('groupMembers', memberKey(groupId, memberId), pair)
  touchObject(tx, 'group', groupId)
  touchObject(tx, memberType, memberId)
  return pair
}

/** @throws {DirectoryRefusal} `Request_ResourceNotFound` when the group is not there or has no such member. */
export function removeMember(tx: Writer<DirectoryShape>, tenantId: string, groupId: string, memberId: string): void {
  const group = tx.get('groups', groupId)
  if (group === undefined || group.tenantId !== tenantId || group.deletedDateTime !== undefined) {
    throw notFound('group', groupId)
  }
  const pair = tx.get('groupMembers', memberKey(groupId, memberId))
  if (pair === undefined) throw notFound(`member of '${group.displayName}'`, memberId)
  tx.delete('groupMembers', memberKey(groupId, memberId))
  touchObject(tx, 'group', groupId)
  touchObject(tx, pair.memberType, memberId)
}

function memberTypeOf(reader: Reader<DirectoryShape>, tenantId: string, memberId: string): 'user' | 'group' {
  const user = reader.get('users', memberId)
  if (user !== undefined && user.tenantId === tenantId && user.deletedDateTime === undefined) return 'user'
  const group = reader.get('groups', memberId)
  if (group !== undefined && group.tenantId === tenantId && group.deletedDateTime === undefined) return 'group'
  throw notFound('user or group', memberId)
}

/** Whether `groupId` is somewhere inside `outerId`. Walks upwards, so the number of user members does not matter. */
function isInside(reader: Reader<DirectoryShape>, groupId: string, outerId: string): boolean {
  const seen = new Set<string>([groupId])
  const waiting = [groupId]
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    for (const { groupId: parent } of reader.find('groupMembers', 'member', current)) {
      if (parent === outerId) return true
      if (seen.has(parent)) continue
      seen.add(parent)
      waiting.push(parent)
    }
  }
  return false
}

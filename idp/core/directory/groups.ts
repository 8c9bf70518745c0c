import type { Reader, Writer } from '#kit/store/store.ts'
import { removeAssignmentsOf } from './assignments.ts'
import { recordChange, touchObject } from './change-feed.ts'
import { memberKey } from './members.ts'
import type { DirectoryGroup, DirectoryShape } from './records.ts'
import { badValue, notFound } from './refusal.ts'
import { checkText } from './user-rules.ts'

export interface NewGroup {
  readonly displayName: string
  readonly description?: string
  /** Defaults to the display name without the characters a nickname may not have. */
  readonly mailNickname?: string
  readonly securityEnabled?: boolean
  readonly mailEnabled?: boolean
}

/** `description: null` clears it. Absent properties stay. */
export interface GroupPatch {
  readonly displayName?: string
  readonly description?: string | null
  readonly mailNickname?: string
}

const NICKNAME_FORBIDDEN = /[^\x21\x23-\x27\x2a\x2b\x2d-\x39\x3d\x3f\x41-\x5a\x5e-\x7e]/g

/** @throws {DirectoryRefusal} `Request_ResourceNotFound` unless the group is live and in this tenant. */
export function liveGroup(reader: Reader<DirectoryShape>, tenantId: string, groupId: string): DirectoryGroup {
  const group = reader.get('groups', groupId)
  if (group === undefined || group.tenantId !== tenantId || group.deletedDateTime !== undefined) {
    throw notFound('group', groupId)
  }
  return group
}

function deletedGroup(reader: Reader<DirectoryShape>, tenantId: string, groupId: string): DirectoryGroup {
  const group = reader.get('groups', groupId)
  if (group === undefined || group.tenantId !== tenantId || group.deletedDateTime === undefined) {
    throw notFound('deleted group', groupId)
  }
  return group
}

function save(tx: Writer<DirectoryShape>, group: DirectoryGroup): DirectoryGroup {
  const { tenantId, id: objectId } = group
  const changeSeq = recordChange(tx, { tenantId, objectType: 'group', objectId, change: 'changed' })
  const saved = { ...group, changeSeq }
  tx.put('groups', group.id, saved)
  return saved
}

function checkGroup(group: DirectoryGroup): void {
  checkText('displayName', 'Group name', group.displayName, 256)
  if (group.description !== undefined && group.description.length > 1024) {
    throw badValue('description', 'The group description has at most 1024 characters.')
  }
  if (
    group.mailNickname === '' ||
    group.mailNickname.length > 64 ||
    group.mailNickname.search(NICKNAME_FORBIDDEN) >= 0
  ) {
    throw badValue('mailNickname', 'The mail nickname needs 1 to 64 ASCII characters without spaces and brackets.')
  }
  if (!group.securityEnabled && !group.mailEnabled) {
    throw badValue('securityEnabled', 'A group is a security group, mail-enabled, or both.')
  }
}

/**
 * Add a group. Two groups may have the same display name, as in the directory modelled; targets that need unique names
 * refuse the second one.
 */
export function createGroup(
  tx: Writer<DirectoryShape>,
  tenantId: string,
  made: { readonly id: string; readonly now: string },
  fields: NewGroup,
): DirectoryGroup {
  const displayName = fields.displayName.trim()
  const nickname = fields.mailNickname ?? displayName.replace(NICKNAME_FORBIDDEN, '').slice(0, 64)
  const group: DirectoryGroup = {
    id: made.id,
    tenantId,
    displayName,
    ...(fields.description ? { description: fields.description } : {}),
    mailNickname: nickname === '' ? made.id.slice(0, 8) : nickname,
    securityEnabled: fields.securityEnabled ?? true,
    mailEnabled: fields.mailEnabled ?? false,
    createdDateTime: made.now,
    changeSeq: 0,
  }
  checkGroup(group)
  return save(tx, group)
}

/** Change properties of a live group. A patch that changes nothing writes nothing. */
export function updateGroup(
  tx: Writer<DirectoryShape>,
  tenantId: string,
  groupId: string,
  patch: GroupPatch,
): DirectoryGroup {
  const group = liveGroup(tx, tenantId, groupId)
  const { description: before, ...rest } = group
  const description = patch.description === undefined ? before : (patch.description ?? '')
  const next: DirectoryGroup = {
    ...rest,
    ...(description ? { description } : {}),
    displayName: patch.displayName?.trim() ?? group.displayName,
    mailNickname: patch.mailNickname ?? group.mailNickname,
  }
  const isSame =
    next.displayName === group.displayName &&
    next.description === group.description &&
    next.mailNickname === group.mailNickname
  if (isSame) return group
  checkGroup(next)
  return save(tx, next)
}

/**
 * Move a group to the recycle bin; members and assignments are kept for a restore. Only the group is put in the change
 * feed: who reads it looks at the members too, since they lose what the group gave them.
 */
export function deleteGroup(
  tx: Writer<DirectoryShape>,
  tenantId: string,
  groupId: string,
  now: string,
): DirectoryGroup {
  return save(tx, { ...liveGroup(tx, tenantId, groupId), deletedDateTime: now })
}

/** Take a group out of the recycle bin, with the members it had. @throws {DirectoryRefusal} when it is not in it. */
export function restoreGroup(tx: Writer<DirectoryShape>, tenantId: string, groupId: string): DirectoryGroup {
  const { deletedDateTime: _, ...group } = deletedGroup(tx, tenantId, groupId)
  return save(tx, group)
}

/**
 * Remove a group from the recycle bin for good, with its memberships (both directions) and assignments. Its members are
 * noted as changed, because nothing tells afterwards who they were. Cost: the number of members.
 */
export function hardDeleteGroup(tx: Writer<DirectoryShape>, tenantId: string, groupId: string): void {
  const group = deletedGroup(tx, tenantId, groupId)
  for (const pair of tx.find('groupMembers', 'group', groupId)) {
    tx.delete('groupMembers', memberKey(groupId, pair.memberId))
    touchObject(tx, pair.memberType, pair.memberId)
  }
  for (const pair of tx.find('groupMembers', 'member', groupId)) {
    tx.delete('groupMembers', memberKey(pair.groupId, groupId))
    touchObject(tx, 'group', pair.groupId)
  }
  removeAssignmentsOf(tx, 'principal', groupId)
  tx.delete('groups', groupId)
  recordChange(tx, {
    tenantId,
    objectType: 'group',
    objectId: groupId,
    change: 'hard-deleted',
    last: { displayName: group.displayName },
  })
}

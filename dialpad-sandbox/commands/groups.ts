import { digitsOf, nextIdSeed } from '#kit/ids.ts'
import type { Actor } from '../domain/change-log.ts'
import { present } from '../domain/present.ts'
import { DialpadRefusal, notFound } from '../domain/refusal.ts'
import type { DirectoryGroup } from '../records.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

/** Directory groups (reference sheet 1.10): the name is frozen at creation, members are people of the company. */

export interface NewGroup {
  readonly companyId: string
  readonly displayName: string
  readonly externalId?: string | undefined
  /** User ids; one named twice counts once. */
  readonly memberIds: readonly string[]
  /** Seeds only. */
  readonly id?: string
}

export interface GroupChange {
  /** Answered with success and not done: the old name stays, and the change log says so. */
  readonly displayName?: string
  /** `null` removes it. */
  readonly externalId?: string | null
  readonly members?: readonly MemberChange[]
}

/** Carried out in order. Adding somebody twice, and removing somebody who is not there, changes nothing. */
export type MemberChange =
  | { readonly kind: 'add'; readonly userIds: readonly string[] }
  | { readonly kind: 'remove'; readonly userIds: readonly string[] }
  | { readonly kind: 'replace'; readonly userIds: readonly string[] }

/** @throws {DialpadRefusal} `duplicate-name` (compared without case), `unknown-member`, `invalid-value`. */
export function createGroup(system: DialpadSystem, actor: Actor, input: NewGroup): Promise<DirectoryGroup> {
  return act(system, actor, (work) => addGroup(work, input))
}

/** {@link createGroup} inside a transaction that is open already. */
export function addGroup(work: Work, input: NewGroup): DirectoryGroup {
  const { tx } = work
  if (input.displayName.trim() === '') {
    throw new DialpadRefusal({
      code: 'invalid-value',
      status: 400,
      scimType: 'invalidValue',
      field: 'displayName',
      message: 'displayName is required',
    })
  }
  if (tx.count('groups', 'name', `${input.companyId}/${input.displayName.toLowerCase()}`) > 0) {
    throw new DialpadRefusal({
      code: 'duplicate-name',
      status: 409,
      scimType: 'uniqueness',
      field: 'displayName',
      message: `A group named ${input.displayName} already exists`,
    })
  }
  const group: DirectoryGroup = {
    id: input.id ?? digitsOf(nextIdSeed(tx)),
    companyId: input.companyId,
    displayName: input.displayName,
    ...present({ externalId: input.externalId }),
    version: 1,
    createdAt: work.now,
    modifiedAt: work.now,
  }
  tx.put('groups', group.id, group)
  const added = addMembers(work, group, input.memberIds)
  const target = groupTarget(group)
  work.log(group.companyId, { action: 'group_created', note: `Group ${group.displayName} created`, target })
  work.note(group.displayName, `Group ${group.displayName} created with ${added} members`, {
    type: 'group',
    id: group.id,
    after: { displayName: group.displayName, members: added },
  })
  return group
}

/**
 * Change a group; its cost is that of the change, not of the group. A rename alone changes nothing but the change log.
 *
 * @throws {DialpadRefusal} `not-found`, `unknown-member`.
 */
export function updateGroup(
  system: DialpadSystem,
  actor: Actor,
  groupId: string,
  change: GroupChange,
): Promise<DirectoryGroup> {
  return act(system, actor, (work) => {
    const { tx } = work
    const before = tx.get('groups', groupId)
    if (before === undefined) throw notFound('Group', groupId)
    const target = groupTarget(before)
    if (change.displayName !== undefined && change.displayName !== before.displayName) {
      work.log(before.companyId, {
        action: 'group_rename_ignored',
        note: `Rename ignored: the group stays "${before.displayName}"`,
        target,
        additionalData: { requested: change.displayName },
      })
    }
    let added = 0
    let removed = 0
    for (const each of change.members ?? []) {
      const counts = changeMembers(work, before, each)
      added += counts.added
      removed += counts.removed
    }
    const { externalId: old, ...rest } = before
    const externalId = change.externalId === undefined ? old : (change.externalId ?? undefined)
    if (added === 0 && removed === 0 && externalId === old) return before

    const after: DirectoryGroup = {
      ...rest,
      ...present({ externalId }),
      version: before.version + 1,
      modifiedAt: work.now,
    }
    tx.put('groups', groupId, after)
    if (added > 0 || removed > 0) {
      const note = `${added} members added, ${removed} removed`
      work.log(after.companyId, { action: 'group_members_changed', note, target })
    }
    if (externalId !== old) {
      work.log(after.companyId, { action: 'group_updated', note: 'Changed: externalId', target })
    }
    work.note(after.displayName, `Group ${after.displayName}: ${added} members added, ${removed} removed`, {
      type: 'group',
      id: groupId,
      after: { displayName: after.displayName, members: tx.count('groupMembers', 'group', groupId) },
    })
    return after
  })
}

/** @throws {DialpadRefusal} `not-found`. Its members stay what they are. */
export function deleteGroup(system: DialpadSystem, actor: Actor, groupId: string): Promise<void> {
  return act(system, actor, (work) => {
    const group = work.tx.get('groups', groupId)
    if (group === undefined) throw notFound('Group', groupId)
    for (const key of [...work.tx.findKeys('groupMembers', 'group', groupId)]) work.tx.delete('groupMembers', key)
    work.tx.delete('groups', groupId)
    const target = groupTarget(group)
    work.log(group.companyId, { action: 'group_deleted', note: `Group ${group.displayName} deleted`, target })
    work.note(group.displayName, `Group ${group.displayName} deleted`, {
      type: 'group',
      id: groupId,
      before: { displayName: group.displayName },
    })
  })
}

function changeMembers(work: Work, group: DirectoryGroup, change: MemberChange): { added: number; removed: number } {
  switch (change.kind) {
    case 'add':
      return { added: addMembers(work, group, change.userIds), removed: 0 }
    case 'remove':
      return { added: 0, removed: removeMembers(work, group, change.userIds) }
    case 'replace': {
      const wanted = new Set(change.userIds)
      const present = work.tx.find('groupMembers', 'group', group.id).map((pair) => pair.userId)
      const leaving = present.filter((userId) => !wanted.has(userId))
      return { added: addMembers(work, group, change.userIds), removed: removeMembers(work, group, leaving) }
    }
  }
}

function addMembers(work: Work, group: DirectoryGroup, userIds: readonly string[]): number {
  let added = 0
  for (const userId of userIds) {
    const user = work.tx.get('users', userId)
    if (user === undefined || user.state === 'deleted' || user.companyId !== group.companyId) {
      throw new DialpadRefusal({
        code: 'unknown-member',
        status: 400,
        scimType: 'invalidValue',
        field: 'members',
        message: `Member ${userId} is not a user of this company`,
      })
    }
    const key = `${group.id}/${userId}`
    if (work.tx.has('groupMembers', key)) continue
    work.tx.put('groupMembers', key, { groupId: group.id, userId })
    added += 1
  }
  return added
}

function removeMembers(work: Work, group: DirectoryGroup, userIds: readonly string[]): number {
  return userIds.filter((userId) => work.tx.delete('groupMembers', `${group.id}/${userId}`)).length
}

function groupTarget(group: DirectoryGroup): { type: string; id: string; name: string } {
  return { type: 'group', id: group.id, name: group.displayName }
}

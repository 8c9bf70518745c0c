import type { Reader, Writer } from '#kit/store/store.ts'
import { removeAssignmentsOf } from './assignments.ts'
import { recordChange, touchObject } from './change-feed.ts'
import { removeGrantsOfPrincipal } from './grants.ts'
import { memberKey } from './members.ts'
import type { DirectoryShape, DirectoryUser } from './records.ts'
import { badValue, notFound } from './refusal.ts'
import { checkUser, type TenantFacts } from './user-rules.ts'

/** What an administrator may set on a user. */
export type UserFields = Omit<DirectoryUser, 'id' | 'tenantId' | 'createdDateTime' | 'deletedDateTime' | 'changeSeq'>

export type NewUser = Pick<UserFields, 'userPrincipalName' | 'displayName'> & Partial<UserFields>

/** Values to set; `null` (and, for texts, `''`) clears an optional property. Absent properties stay as they are. */
export type UserPatch = { readonly [Field in keyof UserFields]?: UserFields[Field] | null }

const REQUIRED: readonly (keyof UserFields)[] = [
  'userPrincipalName',
  'displayName',
  'mailNickname',
  'userType',
  'accountEnabled',
]

/** @throws {DirectoryRefusal} `Request_ResourceNotFound` unless the user is live and in this tenant. */
export function liveUser(reader: Reader<DirectoryShape>, tenantId: string, userId: string): DirectoryUser {
  const user = reader.get('users', userId)
  if (user === undefined || user.tenantId !== tenantId || user.deletedDateTime !== undefined) {
    throw notFound('user', userId)
  }
  return user
}

function deletedUser(reader: Reader<DirectoryShape>, tenantId: string, userId: string): DirectoryUser {
  const user = reader.get('users', userId)
  if (user === undefined || user.tenantId !== tenantId || user.deletedDateTime === undefined) {
    throw notFound('deleted user', userId)
  }
  return user
}

function save(tx: Writer<DirectoryShape>, user: DirectoryUser): DirectoryUser {
  const changeSeq = recordChange(tx, {
    tenantId: user.tenantId,
    objectType: 'user',
    objectId: user.id,
    change: 'changed',
  })
  const saved = { ...user, changeSeq }
  tx.put('users', user.id, saved)
  return saved
}

/**
 * Add a user. `mailNickname` defaults to the local part of the user principal name, `userType` to `Member`,
 * `accountEnabled` to true.
 *
 * @param made  The new id and the virtual instant, ISO.
 * @throws {DirectoryRefusal} see {@link checkUser}; `ObjectConflict` when the id is taken.
 */
export function createUser(
  tx: Writer<DirectoryShape>,
  tenant: TenantFacts,
  made: { readonly id: string; readonly now: string },
  fields: NewUser,
): DirectoryUser {
  const blank: DirectoryUser = {
    id: made.id,
    tenantId: tenant.id,
    userPrincipalName: fields.userPrincipalName.trim(),
    displayName: fields.displayName,
    mailNickname: fields.userPrincipalName.split('@')[0] ?? '',
    userType: 'Member',
    accountEnabled: true,
    createdDateTime: made.now,
    changeSeq: 0,
  }
  const user = withPatch(blank, { ...fields, userPrincipalName: fields.userPrincipalName.trim() })
  checkUser(tx, tenant, user)
  return save(tx, user)
}

/**
 * Change properties of a live user. A patch that changes nothing writes nothing and leaves the change feed alone.
 *
 * @throws {DirectoryRefusal} see {@link checkUser}; `Request_ResourceNotFound`; `Request_BadRequest` for clearing a
 *   required property.
 */
export function updateUser(
  tx: Writer<DirectoryShape>,
  tenant: TenantFacts,
  userId: string,
  patch: UserPatch,
): DirectoryUser {
  const user = liveUser(tx, tenant.id, userId)
  const next = withPatch(user, patch)
  if (isSame(user, next)) return user
  checkUser(tx, tenant, next)
  return save(tx, next)
}

/** Allow or block sign-in. Blocking also ends provisioning of the user (reference 1.7: `accountEnabled = false`). */
export function setAccountEnabled(
  tx: Writer<DirectoryShape>,
  tenantId: string,
  userId: string,
  enabled: boolean,
): DirectoryUser {
  const user = liveUser(tx, tenantId, userId)
  return user.accountEnabled === enabled ? user : save(tx, { ...user, accountEnabled: enabled })
}

/** Move a user to the recycle bin. Memberships, assignments and grants are kept for a restore. */
export function softDeleteUser(
  tx: Writer<DirectoryShape>,
  tenantId: string,
  userId: string,
  now: string,
): DirectoryUser {
  return save(tx, { ...liveUser(tx, tenantId, userId), deletedDateTime: now })
}

/** @throws {DirectoryRefusal} `ObjectConflict` when the user principal name was given to somebody else meanwhile. */
export function restoreUser(tx: Writer<DirectoryShape>, tenant: TenantFacts, userId: string): DirectoryUser {
  const { deletedDateTime: _, ...user } = deletedUser(tx, tenant.id, userId)
  checkUser(tx, tenant, user)
  return save(tx, user)
}

/**
 * Remove a user from the recycle bin for good: memberships, assignments, consents, ownerships and the manager lines that
 * point to them go too. The change feed keeps the last names, so that logs can still name the user.
 * Cost: the memberships, assignments and direct reports of this user.
 */
export function hardDeleteUser(tx: Writer<DirectoryShape>, tenantId: string, userId: string): void {
  const user = deletedUser(tx, tenantId, userId)
  for (const pair of tx.find('groupMembers', 'member', userId)) {
    tx.delete('groupMembers', memberKey(pair.groupId, userId))
    touchObject(tx, 'group', pair.groupId)
  }
  removeAssignmentsOf(tx, 'principal', userId)
  removeGrantsOfPrincipal(tx, userId)
  for (const report of tx.find('users', 'manager', userId)) {
    const { managerId: _, ...rest } = report
    save(tx, rest)
  }
  for (const principal of tx.find('servicePrincipals', 'tenant', tenantId)) {
    if (!principal.ownerIds.includes(userId)) continue
    tx.put('servicePrincipals', principal.id, {
      ...principal,
      ownerIds: principal.ownerIds.filter((id) => id !== userId),
    })
  }
  tx.delete('users', userId)
  recordChange(tx, {
    tenantId,
    objectType: 'user',
    objectId: userId,
    change: 'hard-deleted',
    last: { displayName: user.displayName, userPrincipalName: user.userPrincipalName },
  })
}

function withPatch(user: DirectoryUser, patch: UserPatch): DirectoryUser {
  const next: Record<string, unknown> = { ...user }
  for (const [field, value] of Object.entries(patch)) {
    if (value === undefined) continue
    const isCleared = value === null || value === ''
    if (isCleared && REQUIRED.some((name) => name === field)) throw badValue(field, `${field} is required.`)
    if (isCleared) delete next[field]
    else next[field] = value
  }
  // The keys come from UserPatch, whose values have the types of the same properties.
  return next as unknown as DirectoryUser
}

function isSame(one: DirectoryUser, other: DirectoryUser): boolean {
  const before: Readonly<Record<string, unknown>> = { ...one }
  const after: Readonly<Record<string, unknown>> = { ...other }
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].every((name) => before[name] === after[name])
}

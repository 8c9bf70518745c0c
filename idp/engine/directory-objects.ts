import type { DirectoryGroup, DirectoryShape, DirectoryUser } from '#idp/core/directory/records.ts'
import { heldRoleText } from '#idp/core/provisioning/expression/role-functions.ts'
import { withSoftDeleted } from '#idp/core/provisioning/plan-user.ts'
import type { Presence } from '#idp/core/provisioning/policy.ts'
import { scopeFactsOf } from '#idp/core/provisioning/scope.ts'
import type { SourceAttributes, SourceValue } from '#idp/core/provisioning/types.ts'
import type { Reader } from '#kit/store/store.ts'
import type { ObjectKind } from './records.ts'
import type { SourceObject, SourceScope } from './source.ts'

type Directory = Reader<DirectoryShape>

function presenceOf(object: { readonly deletedDateTime?: string }): Presence {
  return object.deletedDateTime === undefined ? 'live' : 'soft-deleted'
}

/** Role ids of the direct assignments and of those to live groups the user is an immediate member of, each once. */
function userRoleIds(directory: Directory, resourceId: string, userId: string): readonly string[] {
  const roles = new Set<string>()
  for (const held of directory.find('appRoleAssignments', 'pair', `${resourceId}/${userId}`)) roles.add(held.appRoleId)
  for (const { groupId } of directory.find('groupMembers', 'member', userId)) {
    const group = directory.get('groups', groupId)
    if (group === undefined || group.deletedDateTime !== undefined) continue
    for (const held of directory.find('appRoleAssignments', 'pair', `${resourceId}/${groupId}`))
      roles.add(held.appRoleId)
  }
  return [...roles]
}

function compact(values: Readonly<Record<string, SourceValue | undefined>>): SourceAttributes {
  const present = Object.entries(values).filter(
    (pair): pair is [string, SourceValue] => pair[1] !== undefined && pair[1] !== '',
  )
  return Object.fromEntries(present)
}

/**
 * The address a guest was invited with: `ana_partner.example#EXT#@home.example` is `ana@partner.example` again
 * (reference sheet 3.2). Others keep their name.
 */
function originalAddress(user: DirectoryUser): string {
  const marker = user.userPrincipalName.indexOf('#EXT#')
  if (user.userType !== 'Guest' || marker < 0) return user.userPrincipalName
  const local = user.userPrincipalName.slice(0, marker)
  const at = local.lastIndexOf('_')
  return at < 0 ? local : `${local.slice(0, at)}@${local.slice(at + 1)}`
}

function userAttributes(user: DirectoryUser, heldRoles: readonly string[]): SourceAttributes {
  return compact({
    objectId: user.id,
    userPrincipalName: originalAddress(user),
    originalUserPrincipalName: user.userPrincipalName,
    displayName: user.displayName,
    givenName: user.givenName,
    surname: user.surname,
    mail: user.mail,
    mailNickname: user.mailNickname,
    jobTitle: user.jobTitle,
    department: user.department,
    physicalDeliveryOfficeName: user.physicalDeliveryOfficeName,
    streetAddress: user.streetAddress,
    city: user.city,
    state: user.state,
    postalCode: user.postalCode,
    country: user.country,
    usageLocation: user.usageLocation,
    preferredLanguage: user.preferredLanguage,
    telephoneNumber: user.telephoneNumber,
    mobile: user.mobile,
    employeeId: user.employeeId,
    manager: user.managerId,
    accountEnabled: user.accountEnabled,
    appRoleAssignments: heldRoles,
  })
}

function groupAttributes(group: DirectoryGroup): SourceAttributes {
  return compact({
    objectId: group.id,
    displayName: group.displayName,
    description: group.description,
    mailNickname: group.mailNickname,
    securityEnabled: group.securityEnabled,
    mailEnabled: group.mailEnabled,
  })
}

/** What is left of an object that is gone: the names its last entry in the change feed kept. */
function remains(directory: Directory, scope: SourceScope, kind: ObjectKind, id: string): SourceObject | undefined {
  const [entry] = directory.find('directoryChanges', 'object', `${kind === 'User' ? 'user' : 'group'}/${id}`)
  if (entry === undefined || entry.change !== 'hard-deleted' || entry.tenantId !== scope.tenantId) return undefined
  const name = entry.last?.userPrincipalName
  return {
    kind,
    id,
    displayName: entry.last?.displayName ?? id,
    ...(name === undefined ? {} : { userPrincipalName: name }),
    presence: 'hard-deleted',
    facts: scopeFactsOf({ presence: 'hard-deleted', accountEnabled: false, roleIds: [], scope: scope.scope }, scope),
    attributes: {},
  }
}

/** A user as the source side shows it; what is left of one who is gone. */
export function readUser(directory: Directory, scope: SourceScope, id: string): SourceObject | undefined {
  const user = directory.get('users', id)
  if (user === undefined || user.tenantId !== scope.tenantId) return remains(directory, scope, 'User', id)
  const presence = presenceOf(user)
  const roleIds = userRoleIds(directory, scope.servicePrincipalId, id)
  const declared = directory.get('servicePrincipals', scope.servicePrincipalId)?.appRoles ?? []
  // Roles cannot be mapped while everybody is provisioned (reference sheet 2.8).
  const held = scope.scope === 'all' ? [] : declared.filter((role) => roleIds.includes(role.id))
  const attributes = userAttributes(user, held.map(heldRoleText))
  const entitlement = { presence, accountEnabled: user.accountEnabled, roleIds, scope: scope.scope }
  const facts = scopeFactsOf(entitlement, scope, scope.judge?.('User', attributes))
  return {
    kind: 'User',
    id,
    displayName: user.displayName,
    userPrincipalName: user.userPrincipalName,
    presence,
    facts,
    attributes: withSoftDeleted(attributes, facts),
  }
}

/** A group as the source side shows it; what is left of one that is gone. */
export function readGroup(directory: Directory, scope: SourceScope, id: string): SourceObject | undefined {
  const group = directory.get('groups', id)
  if (group === undefined || group.tenantId !== scope.tenantId) return remains(directory, scope, 'Group', id)
  const presence = presenceOf(group)
  const held = directory.find('appRoleAssignments', 'pair', `${scope.servicePrincipalId}/${id}`)
  const roleIds = held.map((assignment) => assignment.appRoleId)
  const attributes = groupAttributes(group)
  const entitlement = { presence, accountEnabled: true, roleIds, scope: scope.scope }
  const facts = scopeFactsOf(entitlement, scope, scope.judge?.('Group', attributes))
  return {
    kind: 'Group',
    id,
    displayName: group.displayName,
    presence,
    facts,
    attributes: withSoftDeleted(attributes, facts),
  }
}

import { hash } from 'node:crypto'
import { applicationByAppId, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application, DirectoryUser, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../collections.ts'
import { CONSENT_ROLES, type DirectoryRoleName, roleName } from '../roles.ts'

/** The account a sign-in name belongs to: user principal names are unique across tenants. Deleted people have none. */
export function accountByName(reader: EntraReader, name: string): DirectoryUser | undefined {
  return reader.find('users', 'userPrincipalName', name.trim().toLowerCase())[0]
}

/** A person who is not in the recycle bin, whether or not sign-in is blocked. */
export function liveAccount(reader: EntraReader, accountId: string): DirectoryUser | undefined {
  const user = reader.get('users', accountId)
  return user === undefined || user.deletedDateTime !== undefined ? undefined : user
}

/**
 * Changes whenever everything issued to the account must end. `undefined` when nothing may be issued: the person is gone or
 * sign-in is blocked.
 */
export function accountStampOf(reader: EntraReader, accountId: string): string | undefined {
  const user = liveAccount(reader, accountId)
  if (user === undefined || !user.accountEnabled) return undefined
  return hash('sha256', user.passwordHash ?? '', 'base64url').slice(0, 16)
}

/** Names of the directory roles a person holds. */
export function rolesOf(reader: EntraReader, userId: string): readonly DirectoryRoleName[] {
  return reader.find('directoryRoles', 'user', userId).flatMap(({ roleTemplateId }) => roleName(roleTemplateId) ?? [])
}

/** Whether the person may consent on behalf of the organization. */
export function mayConsentForAll(reader: EntraReader, userId: string): boolean {
  return rolesOf(reader, userId).some((role) => CONSENT_ROLES.includes(role))
}

/** Subject of a person for one app: pairwise, stable for ever (OpenID Connect Core §8.1). */
export function subjectOf(accountId: string, clientId: string): string {
  return hash('sha256', `${clientId}/${accountId}`, 'base64url')
}

/** An application and, where the tenant has it, its service principal. */
export interface KnownApp {
  readonly application: Application
  readonly principal: ServicePrincipal | undefined
}

/** The application a client id names, and what stands for it in the tenant; `undefined` when nobody registered it. */
export function appInTenant(reader: EntraReader, clientId: string, tenantId: string): KnownApp | undefined {
  const application = applicationByAppId(reader, clientId)
  if (application === undefined) return undefined
  return { application, principal: servicePrincipalByAppId(reader, tenantId, clientId) }
}

/**
 * Who assigns apps to a person: the person, and the groups the person is a direct member of. Nested groups do not count, nor do groups in the
 * recycle bin.
 */
export function assigneesOf(reader: EntraReader, userId: string): readonly string[] {
  const groupIds = reader.find('groupMembers', 'member', userId).map(({ groupId }) => groupId)
  return [userId, ...groupIds.filter((id) => reader.get('groups', id)?.deletedDateTime === undefined)]
}

/** Assigned to the app, as {@link assigneesOf} says. */
export function isAssigned(reader: EntraReader, userId: string, principal: ServicePrincipal): boolean {
  return assigneesOf(reader, userId).some(
    (id) => reader.count('appRoleAssignments', 'pair', `${principal.id}/${id}`) > 0,
  )
}

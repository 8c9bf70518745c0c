import type { DirectoryUser, OAuth2PermissionGrant, ServicePrincipal } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../collections.ts'
import { permissionName } from '../commands/registrations/permission-names.ts'
import { assigneesOf } from '../sign-in/accounts.ts'
import { type AskedPermission, describePermission } from '../sign-in/consent/describe-permission.ts'

/**
 * The apps a person has to do with: assigned to them or to a group they are a direct member of, or consented to by them. Apps of the
 * platform itself are left out. Cost: the person's groups, assignments and consents, whatever the tenant's size.
 */
export function appsOfPerson(reader: EntraReader, user: DirectoryUser): readonly ServicePrincipal[] {
  const assigned = assigneesOf(reader, user.id).flatMap((id) =>
    reader.find('appRoleAssignments', 'principal', id).map(({ resourceId }) => resourceId),
  )
  const consented = reader.find('permissionGrants', 'principal', user.id).map(({ clientId }) => clientId)
  return [...new Set([...assigned, ...consented])]
    .flatMap((id) => reader.get('servicePrincipals', id) ?? [])
    .filter(({ firstParty, tenantId }) => !firstParty && tenantId === user.tenantId)
    .toSorted((one, other) => one.displayName.localeCompare(other.displayName, 'en'))
}

/**
 * What the dashboard shows: those of {@link appsOfPerson} with "Visible to users?" set to Yes. An app that is disabled for sign-in stays; it
 * says so when it is opened.
 */
export function shownApps(reader: EntraReader, user: DirectoryUser): readonly ServicePrincipal[] {
  return appsOfPerson(reader, user).filter(({ visibleToUsers }) => visibleToUsers)
}

/** The permissions of consents in the words people read. One whose API is gone is told by its value. */
export function permissionsIn(
  reader: EntraReader,
  grants: readonly OAuth2PermissionGrant[],
): readonly AskedPermission[] {
  return grants.flatMap(({ resourceId, scope }) => {
    const api = reader.get('applications', reader.get('servicePrincipals', resourceId ?? '')?.applicationId ?? '')
    return scope
      .split(' ')
      .filter(Boolean)
      .map((value): AskedPermission => {
        const name = resourceId === undefined ? value : api && permissionName(api, value)
        const known = name === undefined ? undefined : describePermission(reader, name)
        const detail = 'What offered this permission does not offer it any more.'
        return known ?? { value, title: value, detail, adminOnly: false }
      })
  })
}

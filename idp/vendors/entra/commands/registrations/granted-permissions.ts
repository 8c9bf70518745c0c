import { servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application, OAuth2PermissionGrant } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../../collections.ts'
import { knownPermission, type PermissionType, permissionName } from './permission-names.ts'

/** What an administrator has granted an application in a tenant, as names of permissions. */
export type GrantedPermissions = Readonly<Record<PermissionType, readonly string[]>>

/** The scopes of a grant under the names registrations ask for them by. */
export function namesOfGrant(reader: EntraReader, { resourceId, scope }: OAuth2PermissionGrant): readonly string[] {
  const values = scope.split(' ').filter(Boolean)
  if (resourceId === undefined) return values
  const resource = reader.get('servicePrincipals', resourceId)
  const application = resource === undefined ? undefined : reader.get('applications', resource.applicationId)
  return application === undefined ? [] : values.map((value) => permissionName(application, value))
}

/** Permissions granted for the whole tenant; none while the application is not among its enterprise apps. */
export function grantedPermissions(
  reader: EntraReader,
  tenantId: string,
  { appId }: Pick<Application, 'appId'>,
): GrantedPermissions {
  const client = servicePrincipalByAppId(reader, tenantId, appId)
  if (client === undefined) return { delegated: [], application: [] }
  const grants = reader.find('permissionGrants', 'client', client.id)
  return {
    delegated: grants
      .filter((grant) => grant.principalId === undefined)
      .flatMap((grant) => namesOfGrant(reader, grant)),
    application: client.applicationPermissions ?? [],
  }
}

/** One line of the page API permissions. */
export interface PermissionLine {
  readonly type: PermissionType
  readonly name: string
  readonly title: string
  readonly value: string
  readonly apiName: string
  readonly adminOnly: boolean
  readonly isGranted: boolean
  /** The API offers it no longer. */
  readonly isGone: boolean
}

/** What a registration asks for, and what it was granted beyond that: each with its state in the tenant. */
export function permissionLines(
  reader: EntraReader,
  tenantId: string,
  application: Application,
): { readonly configured: readonly PermissionLine[]; readonly other: readonly PermissionLine[] } {
  const granted = grantedPermissions(reader, tenantId, application)
  const asked: GrantedPermissions = {
    delegated: application.requiredScopes,
    application: application.requiredRoles ?? [],
  }
  const line = (type: PermissionType, name: string): PermissionLine => {
    const known = knownPermission(reader, tenantId, type, name)
    return {
      type,
      name,
      title: known?.title ?? name,
      value: known?.value ?? name,
      apiName: known?.api.displayName ?? 'API no longer known',
      adminOnly: known?.adminOnly ?? true,
      isGranted: granted[type].includes(name),
      isGone: known === undefined,
    }
  }
  const lines = (type: PermissionType, names: readonly string[]) => names.map((name) => line(type, name))
  const beyond = (type: PermissionType) =>
    lines(
      type,
      granted[type].filter((name) => !asked[type].includes(name)),
    )
  return {
    configured: [...lines('delegated', asked.delegated), ...lines('application', asked.application)],
    other: [...beyond('delegated'), ...beyond('application')],
  }
}

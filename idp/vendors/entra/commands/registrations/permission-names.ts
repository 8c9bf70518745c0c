import { apiNameOf, applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application, AppRole, PermissionScope } from '#idp/core/directory/records.ts'
import type { EntraReader, EntraWriter } from '../../collections.ts'
import { GRAPH_API, GRAPH_ROLES, GRAPH_SCOPES } from './graph-permissions.ts'

/**
 * How permissions are written in `requiredScopes`, `requiredRoles` and `applicationPermissions`: those of Graph by their value
 * (`User.Read`), those of another application's API with its name in front (`api://…/access_as_user`).
 */
export type PermissionReading =
  | { readonly kind: 'graph'; readonly value: string }
  | { readonly kind: 'api'; readonly application: Application; readonly value: string }
  | { readonly kind: 'unknown'; readonly name: string }

/** A permission an application can ask for: delegated, to act for a person; or an application permission, to act by itself. */
export type PermissionType = 'delegated' | 'application'

/** A permission of an application's own API, as others ask for it. */
export function permissionName(application: Pick<Application, 'appId' | 'identifierUris'>, value: string): string {
  return `${apiNameOf(application)}/${value}`
}

/** Enabled and disabled scopes of an application's own API. */
export function scopesOf(application: Application): readonly PermissionScope[] {
  return application.api?.oauth2PermissionScopes ?? []
}

/** Roles that can be given to applications, disabled ones included. */
export function applicationRolesOf(application: Application): readonly AppRole[] {
  return application.appRoles.filter((role) => role.allowedMemberTypes.includes('Application'))
}

/**
 * What a permission's name stands for. An API is found by any of its Application ID URIs, or its client id after `api://`.
 * Whether the API offers the value is not judged here. Cost: the number of registrations of the tenant.
 */
export function readPermissionName(reader: EntraReader, tenantId: string, name: string): PermissionReading {
  if (!name.includes('/')) return { kind: 'graph', value: name }
  const cut = name.lastIndexOf('/')
  const [api, value] = [name.slice(0, cut), name.slice(cut + 1)]
  const application =
    applicationByAppId(reader, api.replace(/^api:\/\//, '')) ??
    reader.find('applications', 'tenant', tenantId).find((each) => each.identifierUris?.includes(api))
  return application === undefined ? { kind: 'unknown', name } : { kind: 'api', application, value }
}

/** A permission, with what pages and Graph show of it. */
export interface KnownPermission {
  /** As it is written in the lists. */
  readonly name: string
  readonly type: PermissionType
  readonly id: string
  readonly value: string
  readonly title: string
  readonly adminOnly: boolean
  readonly api: { readonly appId: string; readonly displayName: string }
  /** `undefined`: of Graph. */
  readonly application: Application | undefined
}

/** The permission of that name, as its API offers it now; `undefined` when it does not, or not any more. */
export function knownPermission(
  reader: EntraReader,
  tenantId: string,
  type: PermissionType,
  name: string,
): KnownPermission | undefined {
  const reading = readPermissionName(reader, tenantId, name)
  if (reading.kind === 'unknown') return undefined
  const offered =
    reading.kind === 'graph' ? permissionsOfGraph(type) : permissionsOfApplication(reading.application, type)
  return offered.find(({ value }) => value.toLowerCase() === reading.value.toLowerCase())
}

/** Everything Graph offers, of one type. */
export function permissionsOfGraph(type: PermissionType): readonly KnownPermission[] {
  const known = type === 'delegated' ? GRAPH_SCOPES : GRAPH_ROLES
  return known.map((each) => ({ ...each, name: each.value, type, api: GRAPH_API, application: undefined }))
}

/** What an application's own API offers, of one type: what is enabled. */
export function permissionsOfApplication(application: Application, type: PermissionType): readonly KnownPermission[] {
  const { appId, displayName } = application
  const shared = { type, api: { appId, displayName }, application }
  if (type === 'delegated') {
    return scopesOf(application)
      .filter((scope) => scope.isEnabled)
      .map((scope) => ({
        ...shared,
        name: permissionName(application, scope.value),
        id: scope.id,
        value: scope.value,
        title: scope.adminConsentDisplayName,
        adminOnly: scope.type === 'Admin',
      }))
  }
  return applicationRolesOf(application)
    .filter((role) => role.isEnabled)
    .map((role) => ({
      ...shared,
      name: permissionName(application, role.value),
      id: role.id,
      value: role.value,
      title: role.displayName,
      adminOnly: true,
    }))
}

/**
 * Carry a new name of an API, or of one of its permissions, into every list that names it, so that what was asked for and granted
 * stays asked for and granted. Call it in the transaction that renames. Cost: the registrations and enterprise apps.
 */
export function renamePermissions(tx: EntraWriter, before: Application, after: Application): void {
  const renamed = new Map<string, string>()
  const note = (old: readonly { id: string; value: string }[], now: readonly { id: string; value: string }[]): void => {
    for (const { id, value } of old) {
      const next = now.find((each) => each.id === id)
      const [from, to] = [permissionName(before, value), permissionName(after, next?.value ?? value)]
      if (from !== to) renamed.set(from, to)
    }
  }
  note(scopesOf(before), scopesOf(after))
  note(before.appRoles, after.appRoles)
  if (renamed.size === 0) return
  const carried = (names: readonly string[]): readonly string[] => names.map((name) => renamed.get(name) ?? name)
  const isNamed = (names: readonly string[] = []): boolean => names.some((name) => renamed.has(name))
  for (const [id, application] of [...tx.entries('applications')]) {
    const { requiredScopes, requiredRoles = [] } = application
    if (!isNamed(requiredScopes) && !isNamed(requiredRoles)) continue
    tx.put('applications', id, {
      ...application,
      requiredScopes: carried(requiredScopes),
      requiredRoles: carried(requiredRoles),
    })
  }
  for (const [id, principal] of [...tx.entries('servicePrincipals')]) {
    const { applicationPermissions } = principal
    if (applicationPermissions === undefined || !isNamed(applicationPermissions)) continue
    tx.put('servicePrincipals', id, { ...principal, applicationPermissions: carried(applicationPermissions) })
  }
}

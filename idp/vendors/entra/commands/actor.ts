import { liveServicePrincipal } from '#idp/core/directory/applications.ts'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { EntraReader, EntraSystem, Tenant } from '../collections.ts'
import type { DirectoryRoleName } from '../roles.ts'
import { liveAccount, rolesOf } from '../sign-in/accounts.ts'
import { type ApplicationPermission, holdsPermission } from './application-permissions.ts'

/** What every command of this folder lives on. */
export interface CommandDeps {
  readonly system: EntraSystem
}

/**
 * Who acts: a person, with whatever roles they hold at that moment; an application by itself, with the permissions its token
 * carries; or the kit itself, which may do everything in one tenant (its control API, its schedule).
 */
export type Actor =
  | { readonly kind: 'person'; readonly userId: string }
  | {
      readonly kind: 'application'
      readonly servicePrincipalId: string
      readonly permissions: readonly ApplicationPermission[]
    }
  | { readonly kind: 'kit'; readonly tenantId: string }

/** Roles that may manage every enterprise app (reference 10.3, "Roles to configure"). */
export const APP_ADMIN_ROLES: readonly DirectoryRoleName[] = [
  'Global Administrator',
  'Application Administrator',
  'Cloud Application Administrator',
]

/** Roles that may write users and groups. */
export const USER_ADMIN_ROLES: readonly DirectoryRoleName[] = ['Global Administrator', 'User Administrator']

/** An actor looked up: where they act, as whom, with which roles. */
export interface Standing {
  readonly tenant: Tenant
  /** Absent for the kit and for applications. */
  readonly userId?: string
  /** An application that acts by itself: it holds permissions, no roles. */
  readonly application?: { readonly id: string; readonly permissions: readonly ApplicationPermission[] }
  readonly roles: readonly DirectoryRoleName[]
}

/**
 * @throws {Refusal} `signed_out` (401) for a person or application that is gone or blocked, `not_found` (404) for an unknown
 *   tenant.
 */
export function standingOf(reader: EntraReader, actor: Actor): Standing {
  if (actor.kind === 'kit') {
    const tenant = reader.get('tenants', actor.tenantId)
    if (tenant === undefined) throw new Refusal('not_found', 404, `There is no tenant ${actor.tenantId}.`)
    return { tenant, roles: ['Global Administrator'] }
  }
  if (actor.kind === 'application') {
    const { servicePrincipalId: id, permissions } = actor
    const principal = reader.get('servicePrincipals', id)
    const tenant = principal === undefined ? undefined : reader.get('tenants', principal.tenantId)
    if (principal === undefined || tenant === undefined || !principal.accountEnabled) {
      throw new Refusal('signed_out', 401, 'The application cannot be used any more.')
    }
    return { tenant, roles: [], application: { id, permissions } }
  }
  const user = liveAccount(reader, actor.userId)
  const tenant = user === undefined ? undefined : reader.get('tenants', user.tenantId)
  if (user === undefined || tenant === undefined || !user.accountEnabled) {
    throw new Refusal('signed_out', 401, 'The account cannot be used any more.', { hint: 'Sign in at /admin.' })
  }
  return { tenant, userId: user.id, roles: rolesOf(reader, user.id) }
}

/** Whether somebody with this standing holds one of the roles. */
export function holdsOneOf(standing: Standing, needed: readonly DirectoryRoleName[]): boolean {
  return standing.roles.some((role) => needed.includes(role))
}

/** The refusal that names the roles which would do. */
export function roleNeeded(what: string, needed: readonly string[]): Refusal {
  const list = needed.length === 1 ? needed[0] : `${needed.slice(0, -1).join(', ')} or ${needed.at(-1)}`
  return new Refusal('role_needed', 403, `${what} needs the role ${list}.`, {
    hint: 'Ask a Global Administrator for the role, or switch to an account that has it.',
  })
}

/** Permissions by which an application may write users or groups; which of them a call needs is the surface's to ask. */
const DIRECTORY_WRITERS: readonly ApplicationPermission[] = [
  'Directory.ReadWrite.All',
  'User.ReadWrite.All',
  'User.EnableDisableAccount.All',
  'Group.ReadWrite.All',
  'GroupMember.ReadWrite.All',
]

/** Permissions by which an application may manage every enterprise app, each its own part of it. */
const APP_WRITERS: readonly ApplicationPermission[] = [
  'Directory.ReadWrite.All',
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Synchronization.ReadWrite.All',
  'Synchronization.Read.All',
]

/** The refusal for an application, naming the permissions that would do. */
export function permissionNeeded(needed: readonly ApplicationPermission[]): Refusal {
  return new Refusal('permission_needed', 403, `The application needs the permission ${needed.join(' or ')}.`)
}

/** @throws {Refusal} `role_needed` (403), of an application `permission_needed`, unless the actor may write users and groups. */
export function mustManageUsers(reader: EntraReader, actor: Actor): Standing {
  const standing = standingOf(reader, actor)
  if (standing.application !== undefined) {
    if (!holdsPermission(standing.application.permissions, DIRECTORY_WRITERS)) throw permissionNeeded(DIRECTORY_WRITERS)
    return standing
  }
  if (!holdsOneOf(standing, USER_ADMIN_ROLES)) throw roleNeeded('Changing users and groups', USER_ADMIN_ROLES)
  return standing
}

/** Whether somebody may manage this app: by role or permission, or as one of its owners. */
export function mayManageApp(standing: Standing, app: ServicePrincipal): boolean {
  if (standing.application !== undefined) {
    const { id, permissions } = standing.application
    if (holdsPermission(permissions, APP_WRITERS)) return true
    return app.ownerIds.includes(id) && permissions.includes('Application.ReadWrite.OwnedBy')
  }
  if (holdsOneOf(standing, APP_ADMIN_ROLES)) return true
  return standing.userId !== undefined && app.ownerIds.includes(standing.userId)
}

/**
 * Who may bring apps into the tenant.
 * @throws {Refusal} `role_needed` (403), of an application `permission_needed`.
 */
export function mustAddApps(reader: EntraReader, actor: Actor): Standing {
  const standing = standingOf(reader, actor)
  if (standing.application === undefined) {
    if (!holdsOneOf(standing, APP_ADMIN_ROLES)) throw roleNeeded('Adding an app', APP_ADMIN_ROLES)
    return standing
  }
  const needed: readonly ApplicationPermission[] = [
    'Application.ReadWrite.OwnedBy',
    'Application.ReadWrite.All',
    'Directory.ReadWrite.All',
  ]
  if (!holdsPermission(standing.application.permissions, needed)) throw permissionNeeded(needed)
  return standing
}

/**
 * The app of the actor's tenant, if the actor may manage it.
 * @throws {Refusal} `role_needed` (403). @throws {DirectoryRefusal} `Request_ResourceNotFound` for an unknown app.
 */
export function mustManageApp(
  reader: EntraReader,
  actor: Actor,
  appId: string,
): Standing & { readonly app: ServicePrincipal } {
  const standing = standingOf(reader, actor)
  const app = liveServicePrincipal(reader, standing.tenant.id, appId)
  if (!mayManageApp(standing, app)) {
    throw roleNeeded(`Managing ${app.displayName}`, [...APP_ADMIN_ROLES, `Owner of ${app.displayName}`])
  }
  return { ...standing, app }
}

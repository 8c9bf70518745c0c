import { liveServicePrincipal } from '#idp/core/directory/applications.ts'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { EntraReader, EntraSystem, Tenant } from '../collections.ts'
import type { DirectoryRoleName } from '../roles.ts'
import { liveAccount, rolesOf } from '../sign-in/accounts.ts'

/** What every command of this folder lives on. */
export interface CommandDeps {
  readonly system: EntraSystem
}

/**
 * Who acts: a person, with whatever roles they hold at that moment; or the kit itself, which may do everything in one tenant
 * (its control API, its schedule).
 */
export type Actor =
  | { readonly kind: 'person'; readonly userId: string }
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
  /** Absent for the kit. */
  readonly userId?: string
  readonly roles: readonly DirectoryRoleName[]
}

/** @throws {Refusal} `signed_out` (401) for a person who is gone or blocked, `not_found` (404) for an unknown tenant. */
function standingOf(reader: EntraReader, actor: Actor): Standing {
  if (actor.kind === 'kit') {
    const tenant = reader.get('tenants', actor.tenantId)
    if (tenant === undefined) throw new Refusal('not_found', 404, `There is no tenant ${actor.tenantId}.`)
    return { tenant, roles: ['Global Administrator'] }
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

/** @throws {Refusal} `role_needed` (403) unless the actor may write users and groups. */
export function mustManageUsers(reader: EntraReader, actor: Actor): Standing {
  const standing = standingOf(reader, actor)
  if (!holdsOneOf(standing, USER_ADMIN_ROLES)) throw roleNeeded('Changing users and groups', USER_ADMIN_ROLES)
  return standing
}

/** Whether somebody may manage this app: by role, or as one of its owners. */
export function mayManageApp(standing: Standing, app: ServicePrincipal): boolean {
  if (holdsOneOf(standing, APP_ADMIN_ROLES)) return true
  return standing.userId !== undefined && app.ownerIds.includes(standing.userId)
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

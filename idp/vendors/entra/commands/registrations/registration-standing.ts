import type { Application } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { EntraReader } from '../../collections.ts'
import type { DirectoryRoleName } from '../../roles.ts'
import {
  type Actor,
  APP_ADMIN_ROLES,
  holdsOneOf,
  permissionNeeded,
  roleNeeded,
  type Standing,
  standingOf,
} from '../actor.ts'
import { type ApplicationPermission, holdsPermission } from '../application-permissions.ts'

/** Permissions by which an application may manage every registration. */
const WRITERS: readonly ApplicationPermission[] = ['Application.ReadWrite.All', 'Directory.ReadWrite.All']

/** That by which it may register, and manage what it owns. */
const OWN: ApplicationPermission = 'Application.ReadWrite.OwnedBy'

/** Whether somebody may change this registration: by role or permission, or as one of its owners. */
export function mayManageRegistration(standing: Standing, application: Application): boolean {
  const isOwner = (id: string): boolean => application.ownerIds?.includes(id) ?? false
  if (standing.application !== undefined) {
    const { id, permissions } = standing.application
    return holdsPermission(permissions, WRITERS) || (permissions.includes(OWN) && isOwner(id))
  }
  return holdsOneOf(standing, APP_ADMIN_ROLES) || (standing.userId !== undefined && isOwner(standing.userId))
}

/**
 * A registration of the tenant, in the recycle bin or not as asked. The service's own clients are nobody's registrations.
 * @throws {DirectoryRefusal} `Request_ResourceNotFound`.
 */
export function registrationOf(
  reader: EntraReader,
  tenantId: string,
  applicationId: string,
  where: 'live' | 'deleted' = 'live',
): Application {
  const application = reader.get('applications', applicationId)
  const isThere =
    application?.tenantId === tenantId &&
    !application.firstParty &&
    (application.deletedDateTime !== undefined) === (where === 'deleted')
  if (application === undefined || !isThere) {
    throw notFound(where === 'deleted' ? 'deleted application' : 'application', applicationId)
  }
  return application
}

/**
 * The registration of the actor's tenant, if the actor may manage it.
 * @throws {Refusal} `role_needed` or `permission_needed` (403). @throws {DirectoryRefusal} `Request_ResourceNotFound`.
 */
export function mustManageRegistration(
  reader: EntraReader,
  actor: Actor,
  applicationId: string,
  where: 'live' | 'deleted' = 'live',
): Standing & { readonly registration: Application } {
  const standing = standingOf(reader, actor)
  const registration = registrationOf(reader, standing.tenant.id, applicationId, where)
  if (mayManageRegistration(standing, registration)) return { ...standing, registration }
  if (standing.application !== undefined) throw permissionNeeded([...WRITERS, OWN])
  const { displayName } = registration
  throw roleNeeded(`Managing ${displayName}`, [...APP_ADMIN_ROLES, `Owner of ${displayName}`])
}

/** Roles that register applications whatever the tenant lets its members do. */
const REGISTERING_ROLES: readonly DirectoryRoleName[] = APP_ADMIN_ROLES

/** Whether somebody may register applications: members may, guests need a role (default user permissions). */
export function mayRegister(reader: EntraReader, standing: Standing): boolean {
  if (standing.application !== undefined) return holdsPermission(standing.application.permissions, [...WRITERS, OWN])
  if (holdsOneOf(standing, REGISTERING_ROLES)) return true
  const person = standing.userId === undefined ? undefined : reader.get('users', standing.userId)
  return person?.userType === 'Member'
}

/** @throws {Refusal} `role_needed`, of an application `permission_needed`, unless the actor may register applications. */
export function mustRegister(reader: EntraReader, actor: Actor): Standing {
  const standing = standingOf(reader, actor)
  if (mayRegister(reader, standing)) return standing
  if (standing.application !== undefined) throw permissionNeeded([...WRITERS, OWN])
  const { code, status, hint } = roleNeeded('', REGISTERING_ROLES)
  throw new Refusal(code, status, 'Guests cannot register applications in this tenant without an administrator role.', {
    ...(hint === undefined ? {} : { hint }),
  })
}

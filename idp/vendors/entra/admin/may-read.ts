import type { RequestHandler } from 'express'
import type { EntraReader } from '../collections.ts'
import { roleNeeded, type Standing } from '../commands/actor.ts'
import { DIRECTORY_ROLES } from '../roles.ts'
import type { AdminDeps } from './context.ts'

/** Whether somebody may read the directory in the admin center: with any directory role, or as an owner of an app or a registration. */
export function mayRead(reader: EntraReader, { roles, tenant, userId }: Standing): boolean {
  if (roles.length > 0) return true
  if (userId === undefined) return false
  return (
    reader.find('servicePrincipals', 'tenant', tenant.id).some((app) => app.ownerIds.includes(userId)) ||
    reader.find('applications', 'tenant', tenant.id).some(({ ownerIds }) => ownerIds?.includes(userId))
  )
}

/** Lets readers on; tells everybody else which roles would do. @throws {Refusal} `role_needed` (403). */
export function readersOnly(deps: AdminDeps): RequestHandler {
  const needed = DIRECTORY_ROLES.map((role) => role.displayName)
  return (req, _res, next) => {
    const { user, tenant, roles } = deps.admin.currentUser(req)
    if (!mayRead(deps.system.store, { tenant, userId: user.id, roles })) throw roleNeeded('This page', needed)
    next()
  }
}

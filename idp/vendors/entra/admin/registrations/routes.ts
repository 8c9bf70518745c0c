import { type RequestHandler, Router } from 'express'
import { Refusal } from '#kit/http/errors.ts'
import type { AdminDeps } from '../context.ts'
import { mayRead } from '../may-read.ts'
import { apiPermissionRoutes } from './api-permissions-routes.tsx'
import { authenticationRoutes } from './authentication-routes.tsx'
import { brandingRoutes } from './branding-routes.tsx'
import { credentialRoutes } from './credential-routes.tsx'
import { exposeRoutes } from './expose-routes.tsx'
import { registrationListRoutes } from './list-routes.tsx'
import { manifestRoutes } from './manifest-routes.tsx'
import { overviewRoutes } from './overview-routes.tsx'
import { registrationOwnerRoutes } from './owners-routes.tsx'
import { roleRoutes } from './role-routes.tsx'
import { tokenRoutes } from './token-routes.tsx'

/**
 * Members read app registrations and register their own without any role; guests need one (default user permissions).
 * @throws {Refusal} `role_needed` (403).
 */
function membersOnly(deps: AdminDeps): RequestHandler {
  return (req, _res, next) => {
    const { user, tenant, roles } = deps.admin.currentUser(req)
    const isMember = user.userType === 'Member'
    if (!isMember && !mayRead(deps.system.store, { tenant, userId: user.id, roles })) {
      throw new Refusal('role_needed', 403, 'Guests open app registrations with an administrator role alone.', {
        hint: 'Ask a Global Administrator for the role, or switch to an account that has it.',
      })
    }
    next()
  }
}

/**
 * App registrations: the list, its recycle bin, and the pages of each. Mount at `/registrations`, before the check that lets holders of
 * roles alone on, and after the CSRF check; uploads have to be parsed before that.
 */
export function registrationRoutes(deps: AdminDeps): Router {
  const router = Router()
  router.use(membersOnly(deps))
  router.use(
    registrationListRoutes(deps),
    brandingRoutes(deps),
    authenticationRoutes(deps),
    credentialRoutes(deps),
    tokenRoutes(deps),
    apiPermissionRoutes(deps),
    exposeRoutes(deps),
    roleRoutes(deps),
    registrationOwnerRoutes(deps),
    manifestRoutes(deps),
    overviewRoutes(deps),
  )
  return router
}

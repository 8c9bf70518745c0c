import type { RequestHandler, Router } from 'express'
import type { Sessions } from '#kit/http/sessions.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { EntraSystem } from '../collections.ts'
import type { DirectoryRoleName } from '../roles.ts'
import { ADMIN_CENTER_APP_ID } from '../world.ts'
import { frameOf } from './frame.ts'
import { RoleNeededPage } from './pages/role-needed-page.tsx'
import { type PortalSession, portalSession, portalSignInRoutes } from './portal-session.ts'

export interface AdminSession extends PortalSession {
  /**
   * Lets on who holds one of the roles; others see which roles are needed and may switch the account. Mount after
   * {@link PortalSession.middleware}.
   */
  requireRole(roles: readonly DirectoryRoleName[]): RequestHandler
}

/** The sign-in of the admin center, at `/admin`. */
export function adminSession(system: EntraSystem): AdminSession {
  const session = portalSession(system, { clientId: ADMIN_CENTER_APP_ID, home: '/admin', cookie: 'admin' })
  return {
    ...session,
    requireRole: (needed) => (req, res, next) => {
      const current = session.currentUser(req)
      if (current.roles.some((role) => needed.includes(role))) {
        next()
        return
      }
      const frame = frameOf(system, req.originalUrl, current.csrfToken)
      const view = { email: current.user.userPrincipalName, needed, held: current.roles }
      res.status(403).send(renderPage(<RoleNeededPage frame={frame} {...view} />))
    },
  }
}

/** Addresses of the admin center's sign-in; see {@link portalSignInRoutes}. */
export function adminSignInRoutes(admin: AdminSession, others: readonly Sessions[] = []): Router {
  return portalSignInRoutes(admin, others)
}

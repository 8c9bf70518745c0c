import { Router } from 'express'
import { csrf } from '#kit/http/csrf.ts'
import { Refusal } from '#kit/http/errors.ts'
import { isAdmin } from '../commands/actor.ts'
import { reportRoutes } from './apps/app-reports/routes.tsx'
import { assignmentRoutes } from './apps/assignments/routes.tsx'
import { importRoutes } from './apps/import/routes.tsx'
import { mappingRoutes } from './apps/mappings/routes.tsx'
import { oidcAppRoutes } from './apps/oidc/routes.tsx'
import { provisioningRoutes } from './apps/provisioning/routes.tsx'
import { pushRoutes } from './apps/push/routes.tsx'
import { appRoutes } from './apps/routes.tsx'
import { signOnRoutes } from './apps/sign-on/routes.tsx'
import { signOnSamlRoutes } from './apps/sign-on/saml-routes.tsx'
import { singleLogoutRoutes } from './apps/sign-on/single-logout-routes.tsx'
import { type ConsoleDeps, noticeReader } from './context.ts'
import { groupRoutes } from './groups/routes.tsx'
import { homeRoutes } from './home/routes.tsx'
import { tasksRoutes } from './home/tasks-routes.tsx'
import { peopleRoutes } from './people/routes.tsx'
import { NO_ADMIN, problemPages } from './problem-page.tsx'
import { profileEditorRoutes } from './profile-editor/routes.tsx'
import { authorizationServerRoutes } from './security/api/server-routes.tsx'
import { trustedOriginRoutes } from './security/api/trusted-origins.tsx'
import { securityRoutes } from './security/routes.tsx'
import { systemLogRoutes } from './system-log/routes.tsx'

/**
 * The admin console. Mount at `/admin`, after the session's middleware: `app.use('/admin', session.middleware, consoleRoutes(deps))`.
 * Opened by holders of an administrator role only; what each of them may change is the commands' to decide.
 */
export function consoleRoutes(deps: ConsoleDeps, ...more: readonly Router[]): Router {
  const router = Router()
  router.use(csrf(deps.session.sessions), noticeReader(deps))
  router.use((req, _res, next) => {
    const user = deps.session.currentUser(req)?.user
    if (user === undefined || !isAdmin(deps.system.store, user.id)) {
      throw new Refusal(NO_ADMIN, 403, 'You do not have permission to access the Admin Console.', {
        hint: 'Sign in as somebody with an administrator role, or ask a Super Administrator for one.',
      })
    }
    next()
  })
  for (const each of more) router.use(each)
  router.use(
    homeRoutes(deps),
    tasksRoutes(deps),
    peopleRoutes(deps),
    groupRoutes(deps),
    profileEditorRoutes(deps),
    systemLogRoutes(deps),
    securityRoutes(deps),
    authorizationServerRoutes(deps),
    trustedOriginRoutes(deps),
  )
  router.use(
    oidcAppRoutes(deps),
    signOnSamlRoutes(deps),
    singleLogoutRoutes(deps),
    signOnRoutes(deps),
    provisioningRoutes(deps),
    mappingRoutes(deps),
    assignmentRoutes(deps),
  )
  router.use(importRoutes(deps), reportRoutes(deps), pushRoutes(deps), appRoutes(deps))
  router.use((req) => {
    throw new Refusal('not_found', 404, `There is no page at ${req.originalUrl.split('?')[0]}.`, {
      hint: 'Choose one in the navigation.',
    })
  })
  router.use(problemPages(deps))
  return router
}

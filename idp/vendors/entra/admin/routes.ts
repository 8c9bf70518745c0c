import { Router } from 'express'
import { csrf } from '#kit/http/csrf.ts'
import { Refusal } from '#kit/http/errors.ts'
import { fileForms } from '#kit/http/file-forms.ts'
import { appRoutes } from './apps/routes.tsx'
import { consentRoutes } from './consent/routes.tsx'
import { type AdminDeps, noticeReader } from './context.ts'
import { groupRoutes } from './groups/routes.tsx'
import { directoryRoutes, homeRoute } from './home/routes.tsx'
import { readersOnly } from './may-read.ts'
import { problemPages } from './problem-page.tsx'
import { registrationRoutes } from './registrations/routes.ts'
import { userRoutes } from './users/routes.tsx'

/**
 * The admin center. Mount at `/admin`, after the session's middleware:
 * `app.use('/admin', admin.middleware, adminCenterRoutes({ system, admin }, provisioningRoutes(…)))`.
 *
 * @param more Further pages with addresses relative to `/admin`. They run behind the same session, CSRF check, roles for reading
 *   and error pages, and before the pages here, so that they may take an address below an app.
 */
export function adminCenterRoutes(deps: AdminDeps, ...more: readonly Router[]): Router {
  const router = Router()
  router.use('/registrations', fileForms())
  router.use(csrf(deps.admin.sessions), noticeReader(deps), homeRoute(deps))
  router.use('/registrations', registrationRoutes(deps))
  router.use('/consent', consentRoutes(deps))
  router.use(readersOnly(deps))
  for (const each of more) router.use(each)
  router.use(directoryRoutes(deps))
  router.use('/users', userRoutes(deps))
  router.use('/groups', groupRoutes(deps))
  router.use('/apps', appRoutes(deps))
  router.use((req) => {
    throw new Refusal('not_found', 404, `There is no page at ${req.originalUrl.split('?')[0]}.`, {
      hint: 'Choose one in the navigation.',
    })
  })
  router.use(problemPages(deps))
  return router
}

import { Router } from 'express'
import type { AdminDeps } from '../context.ts'
import { userDetailRoutes } from './user-detail-routes.tsx'
import { userFormRoutes } from './user-form-routes.tsx'
import { userListRoutes } from './user-list-routes.tsx'

/** Users: the list, the recycle bin, the pages of each user. Mount at `/users`. */
export function userRoutes(deps: AdminDeps): Router {
  const router = Router()
  router.use(userListRoutes(deps), userFormRoutes(deps), userDetailRoutes(deps))
  return router
}

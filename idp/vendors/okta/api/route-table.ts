import type { ApiRoute } from './define-route.ts'
import { ORG_ROUTES } from './org/routes.ts'

/** Everything the Management API offers. Where two paths match one address, the one listed first is taken. */
export const API_ROUTES: readonly ApiRoute[] = [...ORG_ROUTES]

/** Names a fault rule may use. */
export const API_OPERATIONS: readonly string[] = API_ROUTES.map(({ name }) => name)

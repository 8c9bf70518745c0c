import { OIDC_APP_ROUTES } from './apps/oidc-routes.ts'
import { APP_ROUTES } from './apps/routes.ts'
import { AUTHN_ROUTES } from './authn/routes.ts'
import { SESSION_ROUTES } from './authn/session-routes.ts'
import { ACCESS_POLICY_ROUTES } from './authorization-servers/policy-routes.ts'
import { AUTHORIZATION_SERVER_ROUTES } from './authorization-servers/routes.ts'
import type { ApiRoute } from './define-route.ts'
import { GROUP_ROUTES } from './groups/routes.ts'
import { GROUP_RULE_ROUTES } from './groups/rule-routes.ts'
import { LOG_ROUTES } from './logs/routes.ts'
import { MAPPING_ROUTES } from './mappings/routes.ts'
import { ORG_ROUTES } from './org/routes.ts'
import { SCHEMA_ROUTES } from './schemas/routes.ts'
import { TRUSTED_ORIGIN_ROUTES } from './trusted-origins/routes.ts'
import { LIFECYCLE_ROUTES } from './users/lifecycle-routes.ts'
import { USER_ROUTES } from './users/routes.ts'

/** Everything the Management API offers. Where two paths match one address, the one listed first is taken. */
export const API_ROUTES: readonly ApiRoute[] = [
  ...ORG_ROUTES,
  ...AUTHN_ROUTES,
  ...SESSION_ROUTES,
  ...USER_ROUTES,
  ...LIFECYCLE_ROUTES,
  ...GROUP_RULE_ROUTES,
  ...GROUP_ROUTES,
  ...LOG_ROUTES,
  ...APP_ROUTES,
  ...OIDC_APP_ROUTES,
  ...MAPPING_ROUTES,
  ...SCHEMA_ROUTES,
  ...AUTHORIZATION_SERVER_ROUTES,
  ...ACCESS_POLICY_ROUTES,
  ...TRUSTED_ORIGIN_ROUTES,
]

/** Names a fault rule may use. */
export const API_OPERATIONS: readonly string[] = API_ROUTES.map(({ name }) => name)

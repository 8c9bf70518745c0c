import type { ApiRoute } from '../define-route.ts'
import { APP_GROUP_ROUTES } from './app-group-routes.ts'
import { APP_ROUTES as OF_APPS } from './app-routes.ts'
import { APP_USER_ROUTES } from './app-user-routes.ts'
import { CONNECTION_ROUTES } from './connection-routes.ts'
import { FEATURE_ROUTES } from './feature-routes.ts'
import { GROUP_PUSH_ROUTES } from './group-push-routes.ts'
import { APP_SAML_ROUTES } from './saml-routes.ts'

/** Everything below `/apps`. */
export const APP_ROUTES: readonly ApiRoute[] = [
  ...OF_APPS,
  ...APP_USER_ROUTES,
  ...APP_GROUP_ROUTES,
  ...CONNECTION_ROUTES,
  ...FEATURE_ROUTES,
  ...GROUP_PUSH_ROUTES,
  ...APP_SAML_ROUTES,
]

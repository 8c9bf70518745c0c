import { Router } from 'express'
import { createOidcService } from '#idp/protocols/oidc/service.ts'
import { serveAssets } from '#kit/http/assets.ts'
import { recordAs } from '#kit/http/record.ts'
import { createSessions } from '#kit/http/sessions.ts'
import type { EntraSystem } from '../collections.ts'
import { authorizeRoutes } from './authorize-routes.ts'
import { correlateRequests } from './correlate-requests.ts'
import type { SignInDeps } from './deps.ts'
import { deviceRoutes } from './device/routes.ts'
import { discoveryRoutes } from './discovery-routes.ts'
import { explainError } from './explain-error.tsx'
import { interactionRoutes } from './interaction.ts'
import { signInAssets } from './pages/sign-in-card.tsx'
import { createProviderPolicy } from './provider-policy.tsx'
import { createKnownBrowsers } from './states/known-browsers.ts'
import { tokenRoutes } from './token-routes.ts'

/** Virtual minutes an unfinished sign-in keeps its forms valid. */
const FORM_MINUTES = 60

/**
 * The sign-in service of one system. Starts the provider, whose key is made at the first start.
 * @param wallNowMs Wall clock of codes and tokens; only tests pass one.
 */
export function createSignIn(system: EntraSystem, wallNowMs: () => number = Date.now): SignInDeps {
  const policy = createProviderPolicy(system)
  const oidc = createOidcService({ system, policy, wallNowMs })
  const sessions = createSessions(system, { cookie: 'signin', idleMinutes: FORM_MINUTES })
  return { system, oidc, wallNowMs, sessions, browsers: createKnownBrowsers(system) }
}

/** Sign-in, consent and the OpenID endpoints, at the addresses the real service has. */
export function signInRoutes(deps: SignInDeps): Router {
  const router = Router()
  router.use(serveAssets(signInAssets))
  router.get('/error', explainError(deps.system))
  for (const part of ['oauth2', 'v2.0', 'login']) router.use(`/:realm/${part}`, recordAs('oidc'))
  router.use('/:realm/oauth2', correlateRequests(deps))
  // Asked most often: a request passes by everything that stands before its route.
  router.use(tokenRoutes(deps))
  router.use(discoveryRoutes(deps), deviceRoutes(deps))
  router.use(authorizeRoutes(deps), interactionRoutes(deps))
  return router
}

import { type NextFunction, type Request, type Response, Router } from 'express'
import { createOidcService } from '#idp/protocols/oidc/service.ts'
import { serveAssets } from '#kit/http/assets.ts'
import { recordAs } from '#kit/http/record.ts'
import { createSessions } from '#kit/http/sessions.ts'
import type { EntraSystem } from '../collections.ts'
import { type AadstsError, jsonOf } from './aadsts.ts'
import { paramsOf, readAuthorizeRequest, refuseRealm, sendErrorAnswer, sendErrorPage } from './authorize.tsx'
import { grantToApplication } from './client-credentials.ts'
import { correlateRequests } from './correlate-requests.ts'
import type { SignInDeps } from './deps.ts'
import { deviceRoutes } from './device/routes.ts'
import { discoveryRoutes, openToScripts } from './discovery-routes.ts'
import { explainError } from './explain-error.tsx'
import { interactionRoutes } from './interaction.ts'
import { signInAssets } from './pages/sign-in-card.tsx'
import { createProviderPolicy, ROUTES } from './provider-policy.tsx'
import { signOut } from './sign-out.tsx'
import { createKnownBrowsers } from './states/known-browsers.ts'
import { logApplicationGrant, logTokenRefusal, witnessAuthorization, witnessToken } from './states/witness.ts'
import { placeOf, readRealm } from './tenancy.ts'
import { readTokenRequest, type TokenRequest } from './token-request.ts'

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
  const { system, oidc } = deps
  const { store, origin } = system
  const router = Router()

  const sendJson = (res: Response, error: AadstsError): void => {
    res.status(error.status).setHeader('cache-control', 'no-store').json(jsonOf(error, origin))
  }

  router.use(serveAssets(signInAssets))
  router.get('/error', explainError(system))
  router.use('/:realm/oauth2/v2.0', recordAs('oidc'))
  router.use('/:realm/v2.0', recordAs('oidc'))
  router.use('/:realm/login', recordAs('oidc'))

  router.use('/:realm/oauth2', correlateRequests(deps))
  router.use(discoveryRoutes(deps))
  router.use(deviceRoutes(deps))

  router.all('/:realm/oauth2/v2.0/authorize', async (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'POST') {
      next()
      return
    }
    const realm = readRealm(store, req.params.realm)
    const reading = readAuthorizeRequest(system, realm, paramsOf(req))
    switch (reading.kind) {
      case 'page':
        return sendErrorPage(system, req, res, reading.error)
      case 'answer':
        return sendErrorAnswer(system, req, res, reading)
      case 'proceed':
        // A posted request is the same request: the provider gets both as a query.
        req.method = 'GET'
        await oidc.handle(
          req,
          res,
          {
            ...placeOf(origin, realm.segment, realm.kind === 'tenant' ? realm.tenant.id : undefined),
            told: witnessAuthorization(deps, req),
          },
          `${ROUTES.authorization}?${reading.params.toString()}`,
        )
    }
  })

  /** Where the browser comes back to after a page of ours. */
  router.get('/:realm/oauth2/v2.0/authorize/:uid', async (req, res) => {
    const realm = readRealm(store, req.params.realm)
    const tenantId = realm.kind === 'tenant' ? realm.tenant.id : undefined
    await oidc.handle(
      req,
      res,
      { ...placeOf(origin, req.params.realm, tenantId), told: witnessAuthorization(deps, req) },
      `${ROUTES.authorization}/${req.params.uid}`,
    )
  })

  router.options('/:realm/oauth2/v2.0/token', (req, res) => {
    openToScripts(res)
    res.setHeader('access-control-allow-methods', 'POST, OPTIONS')
    res.setHeader('access-control-allow-headers', req.headers['access-control-request-headers'] ?? 'content-type')
    res.setHeader('access-control-max-age', '3600')
    res.status(204).end()
  })

  router.post('/:realm/oauth2/v2.0/token', async (req, res) => {
    openToScripts(res)
    const realm = readRealm(store, req.params.realm)
    const refused = refuseRealm(system, realm)
    if (refused !== undefined) {
      sendJson(res, refused)
      return
    }
    const { authorization, origin: asking } = req.headers
    const request: TokenRequest = { realm, given: paramsOf(req), authorization, origin: asking }
    if (request.given.get('grant_type') === 'client_credentials') {
      const grant = await grantToApplication(deps, request)
      await logApplicationGrant(deps, req, request, grant)
      if (grant.kind === 'refused') sendJson(res, grant.error)
      else res.setHeader('cache-control', 'no-store').json(grant.answer)
      return
    }
    const reading = await readTokenRequest(deps, request)
    if (reading.kind === 'refused') {
      await logTokenRefusal(deps, req, request, reading.error)
      sendJson(res, reading.error)
      return
    }
    req.body = Object.fromEntries(reading.params)
    // Judged above; the provider would judge them by rules of its own.
    delete req.headers.authorization
    delete req.headers.origin
    const place = placeOf(origin, realm.segment, reading.tenantId)
    const told = witnessToken(deps, req, request)
    await oidc.handle(req, res, { ...place, exchange: reading.exchange, told }, ROUTES.token)
  })

  for (const method of ['get', 'post', 'options'] as const) {
    router[method](ROUTES.userinfo, recordAs('oidc'), async (req, res) => {
      await oidc.handle(req, res, { realm: 'common', mount: '', issuer: origin }, ROUTES.userinfo)
    })
  }

  const onSignOut = async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const refused = refuseRealm(system, readRealm(store, String(req.params['realm'])))
    if (refused !== undefined) sendErrorPage(system, req, res, refused)
    else if (req.method === 'GET' || req.method === 'POST') await signOut(deps, req, res)
    else next()
  }
  router.all(['/:realm/oauth2/v2.0/logout', '/:realm/oauth2/logout'], onSignOut)

  router.use(interactionRoutes(deps))
  return router
}

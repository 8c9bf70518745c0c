import { type Response, Router } from 'express'
import { recordAs } from '#kit/http/record.ts'
import { type AadstsError, aadsts, jsonOf } from './aadsts.ts'
import { paramsOf, refuseRealm } from './authorize.tsx'
import { grantToApplication } from './client-credentials.ts'
import type { SignInDeps } from './deps.ts'
import { openToScripts } from './discovery-routes.ts'
import { ROUTES } from './provider-policy.tsx'
import { logApplicationGrant, logTokenRefusal, witnessToken } from './states/witness.ts'
import { placeOf, readRealm } from './tenancy.ts'
import { readTokenRequest, type TokenRequest } from './token-request.ts'
import { resourceIssuerOf } from './tokens/resources.ts'
import { exchangedByResource, versionOf } from './version-one/resource-request.ts'

const TOKEN_PATHS = ['/:realm/oauth2/v2.0/token', '/:realm/oauth2/token']

/** Where programs get tokens, at the addresses of both versions, and what tokens tell about their person. */
export function tokenRoutes(deps: SignInDeps): Router {
  const { system, oidc } = deps
  const { store, origin } = system
  const router = Router()

  const sendJson = (res: Response, error: AadstsError): void => {
    res.status(error.status).setHeader('cache-control', 'no-store').json(jsonOf(error, origin))
  }

  router.options(TOKEN_PATHS, (req, res) => {
    openToScripts(res)
    res.setHeader('access-control-allow-methods', 'POST, OPTIONS')
    res.setHeader('access-control-allow-headers', req.headers['access-control-request-headers'] ?? 'content-type')
    res.setHeader('access-control-max-age', '3600')
    res.status(204).end()
  })

  router.post(TOKEN_PATHS, async (req, res) => {
    openToScripts(res)
    const realm = readRealm(store, String(req.params['realm']))
    const refused = refuseRealm(system, realm)
    if (refused !== undefined) {
      sendJson(res, refused)
      return
    }
    const version = versionOf(req.path)
    const asked = paramsOf(req)
    const given = version === 1 ? exchangedByResource(asked) : asked
    const { authorization, origin: asking } = req.headers
    const request: TokenRequest = { realm, version, given, authorization, origin: asking }
    const twice = duplicatedIn(asked)
    if (twice !== undefined) {
      const error = aadsts(system.clock, 9000411, { name: twice })
      await logTokenRefusal(deps, req, request, error)
      sendJson(res, error)
      return
    }
    if (given.get('grant_type') === 'client_credentials') {
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
    const { tenantId } = reading
    const issuer = version === 1 && tenantId !== undefined ? resourceIssuerOf(tenantId) : place.issuer
    const told = witnessToken(deps, req, request)
    await oidc.handle(req, res, { ...place, issuer, exchange: reading.exchange, told }, ROUTES.token)
  })

  for (const method of ['get', 'post', 'options'] as const) {
    router[method](ROUTES.userinfo, recordAs('oidc'), async (req, res) => {
      await oidc.handle(req, res, { realm: 'common', mount: '', issuer: origin }, ROUTES.userinfo)
    })
  }
  return router
}

/** A parameter that is there more than once (RFC 6749 §3.2): of two codes, one could be judged here and the other redeemed by the provider. */
function duplicatedIn(params: URLSearchParams): string | undefined {
  const names = [...params.keys()]
  return names.find((name, index) => names.indexOf(name) < index)
}

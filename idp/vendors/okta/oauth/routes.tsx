import { type Request, type Response, Router } from 'express'
import type { OidcSignedIn } from '#idp/protocols/oidc/policy.ts'
import { nameSubject, recordAs } from '#kit/http/record.ts'
import { renderPage } from '#kit/ui/render.ts'
import { ApiError, resourceNotFound, sendError } from '../api/api-error.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { frameOf } from '../frame.ts'
import type { OktaSession } from '../sign-in/session.ts'
import { takeSignInToken } from '../sign-in/sign-in-tokens.ts'
import {
  allowAnswerPage,
  answerOf,
  asksAgain,
  placeOf,
  readAuthorizeRequest,
  refusalFor,
  scopesAsked,
  sendAnswer,
  sendProblemPage,
} from './authorize.tsx'
import { type ClientReading, readClient } from './client-auth.ts'
import { trustedOriginsOnly } from './cors.ts'
import { discoveryDocument } from './discovery.ts'
import { interactionRoutes } from './interaction-routes.tsx'
import { introspect, liveAccessToken, revoke } from './issued-tokens.ts'
import { logRefusedAuthorization } from './log.ts'
import { readLogout } from './logout.ts'
import { jsonOf, oauthError } from './oauth-error.ts'
import { SignedOutPage } from './pages.tsx'
import { ROUTES } from './provider-policy.tsx'
import { type Issuer, issuerOf, ORG_SERVER } from './servers.ts'
import type { OAuthServices } from './services.ts'
import { startRoutes } from './start-routes.ts'
import { answerTokenRequest } from './token-endpoint.ts'

export interface OAuthDeps {
  readonly system: OktaSystem
  readonly session: OktaSession
  readonly services: OAuthServices
}

const METADATA = ['openid-configuration', 'oauth-authorization-server'] as const

/** Parameters of a GET or a POST, as one value; of several by one name the first. */
function paramsOf(req: Request): URLSearchParams {
  const params = new URLSearchParams()
  const sources = req.method === 'POST' ? [req.query, req.body as unknown] : [req.query]
  for (const source of sources) {
    for (const [name, value] of Object.entries((source ?? {}) as Record<string, unknown>)) {
      const first = Array.isArray(value) ? value[0] : value
      if (typeof first === 'string') params.set(name, first)
    }
  }
  return params
}

const INVALID_TOKEN = oauthError('invalid_token', 'The access token is invalid.', 401)

/** The access token of a request, in its header or its form (RFC 6750 §2). */
function tokenOf(req: Request): string | undefined {
  const [, inHeader] = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '') ?? []
  return inHeader ?? (req.method === 'POST' ? (paramsOf(req).get('access_token') ?? undefined) : undefined)
}

/**
 * The authorization servers of the org at the addresses Okta's libraries put together (reference sheet 6.1): the org's own at
 * `/oauth2/v1/…`, custom ones at `/oauth2/{id}/v1/…`, with both discovery documents of each. Applications and their scripts call these, so
 * none asks for a token of a form of ours.
 */
export function oauthRoutes(deps: OAuthDeps): Router {
  const { system, session, services } = deps
  const { store, clock, origin } = system
  const router = Router()
  const cors = trustedOriginsOnly(system)
  router.use(['/oauth2', '/.well-known'], recordAs('oidc'), cors)
  router.use('/api/v1', cors)

  /** The server an address names; one that is unknown or inactive is not there. */
  function serverOf(req: Request, res: Response): Issuer | undefined {
    const { serverId = ORG_SERVER } = req.params as Readonly<Record<string, string | undefined>>
    const issuer = req.params['serverId'] === ORG_SERVER ? undefined : issuerOf(store, origin, serverId)
    if (issuer === undefined) {
      sendError(res, resourceNotFound('AuthorizationServer', serverId))
    }
    return issuer
  }

  const documents = METADATA.flatMap((name) => [
    `/.well-known/${name}`,
    `/oauth2/:serverId/.well-known/${name}`,
    `/.well-known/${name}/oauth2/:serverId`,
  ])
  router.get(documents, (req, res) => {
    const issuer = serverOf(req, res)
    if (issuer !== undefined) res.json(discoveryDocument(store, origin, issuer))
  })

  const at = (path: string): string[] => [`/oauth2${path}`, `/oauth2/:serverId${path}`]

  router.get(at(ROUTES.jwks), async (req, res) => {
    const issuer = serverOf(req, res)
    if (issuer === undefined) return
    const service = services.of(issuer.id)
    await service.ready()
    const keys = service.publishedKeys().map(({ kid, n, e }) => ({ kty: 'RSA', alg: 'RS256', kid, use: 'sig', e, n }))
    res.json({ keys })
  })

  /** Who is signed in to the org, as the provider takes it: when, by the wall, from the age of the session. */
  function signedIn(user: OktaUser, signedInAt: string): OidcSignedIn {
    const ageMs = clock.now() - Date.parse(signedInAt)
    return { accountId: user.id, atSeconds: Math.floor((Date.now() - ageMs) / 1000), methods: ['pwd'] }
  }

  /** The person of a session token opens their session with it (Authentication API); otherwise the session there is. */
  async function currentOf(req: Request, res: Response, token: string | null) {
    const person = token === null ? undefined : await takeSignInToken(system, 'session', token)
    if (person?.status === 'ACTIVE') await session.open(res, person)
    return session.currentUser(req)
  }

  async function authorize(req: Request, res: Response): Promise<void> {
    const issuer = serverOf(req, res)
    if (issuer === undefined) return
    const given = paramsOf(req)
    const reading = readAuthorizeRequest(system, issuer, given)
    const redirectUri = given.get('redirect_uri') ?? ''
    const asked = { redirectUri, scopes: scopesAsked(system, issuer, given) }
    if (reading.kind !== 'proceed') {
      const { app, error } = reading
      if (app !== undefined) await logRefusedAuthorization(system, { issuer, app }, error, asked)
      return reading.kind === 'page' ? sendProblemPage(system, req, res, error) : sendAnswer(system, req, res, reading)
    }
    const { params, app } = reading
    const current = await currentOf(req, res, given.get('sessionToken'))
    const user = current?.user
    if (user !== undefined && !asksAgain(params)) {
      nameSubject(user.profile.login)
      const refused = refusalFor(system, issuer, reading, user)
      if (refused !== undefined) {
        await logRefusedAuthorization(system, { issuer, app, user }, refused, asked)
        return sendAnswer(system, req, res, answerOf(params, redirectUri, refused))
      }
    }
    allowAnswerPage(res, params.get('response_mode'), redirectUri)
    // A posted request is the same request: the provider gets both as a query.
    req.method = 'GET'
    const place = placeOf(issuer, current === undefined ? null : signedIn(current.user, current.signedInAt))
    await services.of(issuer.id).handle(req, res, place, `${ROUTES.authorization}?${params}`)
  }
  router.get(at(ROUTES.authorization), authorize)
  router.post(at(ROUTES.authorization), authorize)

  /** Where the browser comes back to after a page of ours. */
  router.get(at(`${ROUTES.authorization}/:uid`), async (req, res) => {
    const issuer = serverOf(req, res)
    if (issuer === undefined) return
    const current = session.currentUser(req)
    const place = placeOf(issuer, current === undefined ? null : signedIn(current.user, current.signedInAt))
    await services.of(issuer.id).handle(req, res, place, `${ROUTES.authorization}/${String(req.params['uid'])}`)
  })

  router.post(at(ROUTES.token), async (req, res) => {
    const issuer = serverOf(req, res)
    if (issuer !== undefined) await answerTokenRequest(deps, issuer, paramsOf(req), req, res)
  })

  for (const method of ['get', 'post'] as const) {
    router[method](at(ROUTES.userinfo), async (req, res) => {
      const issuer = serverOf(req, res)
      if (issuer === undefined) return
      const service = services.of(issuer.id)
      const token = tokenOf(req)
      const claims = token === undefined ? undefined : await liveAccessToken({ system, service, issuer }, token)
      if (claims?.['uid'] === undefined) {
        const { error, description } = INVALID_TOKEN
        res.setHeader('WWW-Authenticate', `Bearer error="${error}", error_description="${description}"`)
        res.status(INVALID_TOKEN.status).json(jsonOf(INVALID_TOKEN))
        return
      }
      await service.handle(req, res, placeOf(issuer, null), ROUTES.userinfo)
    })
  }

  /** What a client asks about one of its tokens. */
  const ofToken = (
    endpoint: string,
    answer: (
      facts: Parameters<typeof introspect>[0],
      client: Extract<ClientReading, { kind: 'known' }>,
      token: string,
      res: Response,
    ) => Promise<void>,
  ): void => {
    router.post(at(endpoint), async (req, res) => {
      const issuer = serverOf(req, res)
      if (issuer === undefined) return
      res.setHeader('cache-control', 'no-store')
      const params = paramsOf(req)
      const client = await readClient(system, issuer, endpoint, params, req.headers.authorization)
      if (client.kind === 'refused') {
        res.status(client.error.status).json(jsonOf(client.error))
        return
      }
      const token = params.get('token') ?? ''
      if (token === '') {
        res.status(400).json(jsonOf(oauthError('invalid_request', "The request must specify a 'token'.")))
        return
      }
      await answer({ system, service: services.of(issuer.id), issuer }, client, token, res)
    })
  }
  ofToken('/v1/introspect', async (facts, { app }, token, res) => void res.json(await introspect(facts, app, token)))
  ofToken('/v1/revoke', async (facts, { app }, token, res) => {
    await revoke(facts, app, token)
    res.status(200).end()
  })

  async function logout(req: Request, res: Response): Promise<void> {
    const issuer = serverOf(req, res)
    if (issuer === undefined) return
    res.setHeader('cache-control', 'no-store')
    const reading = await readLogout(system, services.of(issuer.id), issuer, paramsOf(req))
    if (reading.kind === 'refused') return sendProblemPage(system, req, res, reading.error)
    // Another person's session, or none, is left alone.
    if (session.currentUser(req)?.user.id === reading.userId) await session.close(req, res)
    if (reading.leaveTo !== undefined) return res.redirect(302, reading.leaveTo)
    res.type('html').send(renderPage(<SignedOutPage frame={frameOf(system, req.path)} />))
  }
  router.get(at('/v1/logout'), logout)
  router.post(at('/v1/logout'), logout)

  // Applications read what they are told: nothing below answers them with a page.
  const endpoints = [
    '/v1/authorize',
    '/v1/token',
    '/v1/keys',
    '/v1/userinfo',
    '/v1/introspect',
    '/v1/revoke',
    '/v1/logout',
  ]
  router.all(endpoints.flatMap(at), (_req, res) => sendError(res, new ApiError('E0000022')))
  router.use('/oauth2', (_req, res) => sendError(res, new ApiError('E0000008')))

  router.use(interactionRoutes(deps), startRoutes(deps))
  return router
}

import { type Request, type RequestHandler, type Response, Router } from 'express'
import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { csrf } from '#kit/http/csrf.ts'
import { Refusal } from '#kit/http/errors.ts'
import { createSessions, type Session, type Sessions } from '#kit/http/sessions.ts'
import type { EntraSystem, Tenant } from '../collections.ts'
import type { DirectoryRoleName } from '../roles.ts'
import { accountStampOf, liveAccount, rolesOf } from './accounts.ts'
import { discoveryDocument } from './discovery.ts'
import { issuerOf } from './tenancy.ts'

/** Virtual minutes of idleness a portal's session survives. */
const IDLE_MINUTES = 8 * 60

/** Sign-ins one browser may have under way at once (several tabs). */
const MAX_FLOWS = 5

/** Longest address somebody comes back to, in characters: it is kept for whoever asks. Beyond, they come to the first page. */
const LONGEST_RETURN = 2048

/** Wall milliseconds the token call may take. */
const TOKEN_TIMEOUT_MS = 10_000

/** The realm portals sign people in by: any tenant, the account decides. */
const REALM = { kind: 'any', segment: 'organizations' } as const

/** A portal of the platform itself, which is a client of the sign-in service. */
export interface Portal {
  /** Client id of its first-party application. */
  readonly clientId: string
  /** Path of its first page. Its sign-in comes back to `{home}/signin-oidc`. */
  readonly home: string
  /** Short name of its own cookie. */
  readonly cookie: string
}

/** Who is working in a portal. */
export interface CurrentUser {
  readonly user: DirectoryUser
  readonly tenant: Tenant
  readonly roles: readonly DirectoryRoleName[]
  readonly csrfToken: string
}

export interface PortalSession {
  readonly portal: Portal
  /** Kit sessions of the portal: for its forms' CSRF token. */
  readonly sessions: Sessions
  /** Lets signed-in people on and sends everybody else to sign in. Mount it after {@link portalSignInRoutes}. */
  readonly middleware: RequestHandler
  /** Who is signed in. @throws {Refusal} `signed_out` (401) where the middleware did not run: a bug of the composition. */
  currentUser(req: Request): CurrentUser
  /** Start a sign-in. @param returnTo Path to come back to. */
  begin(
    req: Request,
    res: Response,
    options?: { readonly returnTo?: string; readonly selectAccount?: boolean },
  ): Promise<void>
  /** The authorization response: exchange the code, open the session. */
  complete(req: Request, res: Response): Promise<void>
  /** End the portal's session, then the browser's at the sign-in service. */
  end(req: Request, res: Response): Promise<void>
}

/** What is kept between the request and its response. */
const Flow = z.strictObject({ nonce: z.string(), verifier: z.string(), returnTo: z.string() })

/** A portal's own sign-in: a client of the sign-in service like any other, over HTTP, with code, PKCE, state and nonce. */
export function portalSession(system: EntraSystem, portal: Portal): PortalSession {
  const { store, origin, outbound } = system
  const { clientId, home } = portal
  const signInFailed = (message: string, cause?: unknown): Refusal =>
    new Refusal('sign_in_failed', 401, message, { hint: `Sign in again at ${home}.`, cause })
  const sessions = createSessions(system, { cookie: portal.cookie, idleMinutes: IDLE_MINUTES })
  const redirectUri = `${origin}${home}/signin-oidc`
  const server = discoveryDocument(origin, REALM) as unknown as oauth.AuthorizationServer
  const client: oauth.Client = { client_id: clientId }

  /** The library's calls go the same way as all of ours. */
  const send = async (
    url: string,
    options: oauth.CustomFetchOptions<string, unknown>,
  ): Promise<globalThis.Response> => {
    const body = options.body === undefined || options.body === null ? undefined : String(options.body)
    const answer = await outbound.send({
      method: options.method === 'POST' ? 'POST' : 'GET',
      url,
      headers: options.headers,
      ...(body === undefined ? {} : { body }),
      timeoutMs: TOKEN_TIMEOUT_MS,
    })
    return new globalThis.Response(answer.body, { status: answer.status, headers: answer.headers })
  }
  const options = { [oauth.customFetch]: send, [oauth.allowInsecureRequests]: true }

  const lookUp = (session: Session | undefined): CurrentUser | undefined => {
    if (session === undefined || session.subjectId === '') return undefined
    const user = liveAccount(store, session.subjectId)
    const tenant = user === undefined ? undefined : store.get('tenants', user.tenantId)
    if (user === undefined || tenant === undefined) return undefined
    if (accountStampOf(store, user.id) !== session.data['stamp']) return undefined
    return { user, tenant, roles: rolesOf(store, user.id), csrfToken: session.csrfToken }
  }

  const currentUser = (req: Request): CurrentUser => {
    const current = lookUp(sessions.of(req))
    if (current === undefined)
      throw new Refusal('signed_out', 401, 'You are signed out.', { hint: `Sign in at ${home}.` })
    return current
  }

  const begin: PortalSession['begin'] = async (req, res, { returnTo = home, selectAccount = false } = {}) => {
    const before = await sessions.anonymous(req, res)
    const state = oauth.generateRandomState()
    const nonce = oauth.generateRandomNonce()
    const verifier = oauth.generateRandomCodeVerifier()
    const flow = { nonce, verifier, returnTo: returnTo.length > LONGEST_RETURN ? home : returnTo }
    const stale = Object.keys(before.data)
      .filter((name) => name.startsWith('flow.'))
      .slice(0, -(MAX_FLOWS - 1))
    await sessions.set(req, {
      ...Object.fromEntries(stale.map((name) => [name, undefined])),
      [`flow.${state}`]: JSON.stringify(flow),
    })
    const url = new URL(String(server.authorization_endpoint))
    url.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid profile',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(selectAccount ? { prompt: 'select_account' } : {}),
    }).toString()
    res.redirect(303, url.href)
  }

  const complete: PortalSession['complete'] = async (req, res) => {
    const url = new URL(req.originalUrl, origin)
    const state = url.searchParams.get('state') ?? ''
    const kept = sessions.of(req)?.data[`flow.${state}`]
    if (kept === undefined) {
      // Reloaded, or opened in another browser: nothing is known of this sign-in, so it starts again.
      await begin(req, res)
      return
    }
    await sessions.set(req, { [`flow.${state}`]: undefined })
    const flow = Flow.parse(JSON.parse(kept))
    const claims = await redeem(url, state, flow)
    const user = liveAccount(store, String(claims['oid'] ?? ''))
    const stamp = user === undefined ? undefined : accountStampOf(store, user.id)
    if (user === undefined || stamp === undefined) throw signInFailed('The account cannot be used any more.')
    await sessions.open(res, user.id, { stamp })
    res.redirect(303, flow.returnTo)
  }

  const redeem = async (url: URL, state: string, flow: z.infer<typeof Flow>): Promise<oauth.IDToken> => {
    try {
      const params = oauth.validateAuthResponse(server, client, url, state)
      const answer = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        params,
        redirectUri,
        flow.verifier,
        options,
      )
      const tid = await tenantOf(answer)
      const issuer = issuerOf(origin, tid)
      const processed = await oauth.processAuthorizationCodeResponse({ ...server, issuer }, client, answer, {
        expectedNonce: flow.nonce,
        requireIdToken: true,
      })
      // A value of its own each time: the library remembers keys by it for minutes, and a reset makes new ones.
      await oauth.validateApplicationLevelSignature({ ...server }, answer, options)
      const claims = oauth.getValidatedIdTokenClaims(processed)
      if (claims === undefined || store.get('tenants', tid) === undefined)
        throw signInFailed('The token names no tenant of ours.')
      return claims
    } catch (error) {
      if (error instanceof oauth.AuthorizationResponseError)
        throw signInFailed(error.error_description ?? error.error, error)
      if (error instanceof Refusal) throw error
      throw signInFailed('The answer of the sign-in service could not be used.', error)
    }
  }

  return {
    portal,
    sessions,
    currentUser,
    begin,
    complete,

    middleware: async (req, res, next) => {
      const session = sessions.of(req)
      if (lookUp(session) !== undefined) {
        next()
        return
      }
      if (session !== undefined && session.subjectId !== '') await sessions.close(req, res)
      const returnTo = req.method === 'GET' ? req.originalUrl : home
      await begin(req, res, { returnTo })
    },

    async end(req, res) {
      await sessions.close(req, res)
      const url = new URL(String(server.end_session_endpoint))
      url.searchParams.set('client_id', clientId)
      res.redirect(303, url.href)
    },
  }
}

/**
 * Addresses of a portal's sign-in. Mount before the middleware: the callback comes without a session.
 * @param others Sessions of this browser that end with a sign-out here: those of the other portals.
 */
export function portalSignInRoutes(session: PortalSession, others: readonly Sessions[] = []): Router {
  const { home } = session.portal
  const router = Router()
  const guard = csrf(session.sessions)
  router.get(`${home}/signin-oidc`, (req, res) => session.complete(req, res))
  router.post(`${home}/sign-out`, guard, async (req, res) => {
    for (const each of others) await each.close(req, res)
    await session.end(req, res)
  })
  router.post(`${home}/switch-account`, guard, async (req, res) => {
    await session.sessions.close(req, res)
    await session.begin(req, res, { selectAccount: true })
  })
  return router
}

/** The tenant the ID token names, read before it is verified: it decides which issuer to expect. */
async function tenantOf(answer: globalThis.Response): Promise<string> {
  const body: unknown = await answer.clone().json()
  const idToken = typeof body === 'object' && body !== null && 'id_token' in body ? body.id_token : undefined
  const payload = typeof idToken === 'string' ? idToken.split('.')[1] : undefined
  if (payload === undefined) return 'unknown'
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return typeof claims === 'object' && claims !== null && 'tid' in claims ? String(claims.tid) : 'unknown'
}

import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import { type Outbound, OutboundFailure } from '#kit/http/outbound.ts'
import { noteVerdict } from '#kit/http/record.ts'
import { PARTNER_APP } from '#kit/world/constants.ts'
import type { MicrosoftTokens } from './kept-tokens.ts'
import { outboundFetch } from './outbound-fetch.ts'
import { type TokenExpectations, verdictOfToken } from './token-verdict.ts'

/** Where Microsoft sends people back to. */
export const CALLBACK_PATH = '/login/microsoft/callback'

/** Leads on to where the browser's session at Microsoft is ended. */
export const MICROSOFT_SIGN_OUT_PATH = '/logout/microsoft'

/** What Dialpad asks for: sign-in, contacts, calendars, and the directory it invites people from. */
export const MICROSOFT_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'User.Read',
  'Contacts.Read',
  'Calendars.Read',
  'User.ReadBasic.All',
]

/** Template id of Global Administrator, the same in every tenant (Microsoft Entra built-in roles). */
const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'

const TENANT_PLACEHOLDER = '{tenantid}'

/** What one sign-in must remember until the browser is back. */
export interface PendingLogin {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** Who signed in, as the verified ID token says. The ids never change; the addresses may. */
export interface MicrosoftIdentity {
  readonly tenantId: string
  readonly objectId: string
  /** `preferred_username`: of a domain the tenant has proved to own. */
  readonly userName: string
  /** `email`: as the directory holds it, unproven outside of the tenant. */
  readonly email?: string | undefined
  readonly givenName: string
  readonly familyName: string
  /** `wids` names the role that may do everything in the tenant. */
  readonly isTenantAdmin: boolean
}

/** A sign-in that came to its end: who it is, and what calls in their name are made with. */
export interface MicrosoftSignIn {
  readonly identity: MicrosoftIdentity
  readonly tokens: MicrosoftTokens
}

/** Why a sign-in did not come to its end. `words` are the provider's own, where there are any. */
export type LoginFailure =
  | { readonly kind: 'declined'; readonly words: string | undefined }
  | { readonly kind: 'provider-error'; readonly error: string; readonly words: string | undefined }
  /** The answer belongs to no sign-in that this browser began. */
  | { readonly kind: 'forged' }
  /** An answer or a token that must not be trusted; `reason` for people who test integrations. */
  | { readonly kind: 'untrusted'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }

export class MicrosoftLoginFailed extends Error {
  override readonly name = 'MicrosoftLoginFailed'
  readonly failure: LoginFailure
  constructor(failure: LoginFailure, options?: ErrorOptions) {
    super(`Microsoft login failed: ${failure.kind}`, options)
    this.failure = failure
  }
}

export interface MicrosoftLogin {
  /** @throws {MicrosoftLoginFailed} `unreachable`, `untrusted`. */
  begin(options: { readonly chooseAccount: boolean }): Promise<{ readonly url: string; readonly pending: PendingLogin }>
  /**
   * @param callback The address Microsoft sent the browser to.
   * @throws {MicrosoftLoginFailed}
   */
  finish(callback: URL, pending: PendingLogin): Promise<MicrosoftSignIn>
  /**
   * Where a browser ends its session at Microsoft, and comes back from; `undefined` where the provider has no such address.
   * @throws {MicrosoftLoginFailed} `unreachable`, `untrusted`.
   */
  signOutUrl(): Promise<string | undefined>
  /**
   * New tokens of the same person for a refresh token, which is used up by it (RFC 6749 §6).
   * @throws {MicrosoftLoginFailed} `provider-error` when it is not taken any more: consent, account or time have ended it.
   */
  renew(whose: Pick<MicrosoftIdentity, 'tenantId' | 'objectId'>, refreshToken: string): Promise<MicrosoftTokens>
}

const Claims = z.looseObject({
  tid: z.guid(),
  oid: z.guid(),
  azp: z.string().optional(),
  preferred_username: z.string().min(1),
  email: z.string().min(1).optional(),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  wids: z.array(z.string()).optional(),
})

/**
 * Dialpad as relying party of the Microsoft identity platform: authorization code flow with PKCE (RFC 7636), state and nonce, the client
 * authenticating with its secret (OpenID Connect Core 3.1).
 *
 * The authority stands for many tenants, so its issuer has a placeholder. The tenant of the token is put there, and the whole issuer is
 * compared; that the tenant is the right one is decided afterwards (`choose-account.ts`). Tokens are judged by wall time.
 *
 * @param authority `{ENTRA_URL}/organizations/v2.0`, or that of one tenant.
 */
export function createMicrosoftLogin(options: {
  readonly authority: string
  readonly origin: string
  readonly outbound: Outbound
  /** Wall clock: what the journal is told about a token names the moment it was judged. */
  readonly wallNowMs: () => number
}): MicrosoftLogin {
  const authority = new URL(options.authority)
  const redirectUri = `${options.origin}${CALLBACK_PATH}`
  const client: oauth.Client = { client_id: PARTNER_APP.appId, id_token_signed_response_alg: 'RS256' }
  const clientAuth = oauth.ClientSecretPost(PARTNER_APP.secret)
  const http = {
    [oauth.customFetch]: outboundFetch(options.outbound),
    [oauth.allowInsecureRequests]: authority.protocol === 'http:',
  }

  /** Read each time: a reset of the provider changes keys and addresses, and the journal shows the whole exchange. */
  async function discover(): Promise<oauth.AuthorizationServer> {
    const address = new URL(`${authority.href.replace(/\/$/, '')}/.well-known/openid-configuration`)
    const answer = await outboundFetch(options.outbound)(address.href, {
      method: 'GET',
      headers: { accept: 'application/json' },
      body: undefined,
      redirect: 'manual',
    })
    const issuer = await issuerIn(answer.clone())
    if (!isIssuerOf(issuer, authority)) {
      throw untrusted(`The discovery document of ${authority.href} names another issuer: ${issuer}`)
    }
    return oauth.processDiscoveryResponse(new URL(issuer), answer)
  }

  return {
    begin: ({ chooseAccount }) =>
      translated(async () => {
        const server = await discover()
        if (server.authorization_endpoint === undefined) throw untrusted('There is no authorization endpoint')
        const pending: PendingLogin = {
          state: oauth.generateRandomState(),
          nonce: oauth.generateRandomNonce(),
          codeVerifier: oauth.generateRandomCodeVerifier(),
        }
        const url = new URL(server.authorization_endpoint)
        const parameters = {
          client_id: client.client_id,
          response_type: 'code',
          response_mode: 'query',
          redirect_uri: redirectUri,
          scope: MICROSOFT_SCOPES.join(' '),
          state: pending.state,
          nonce: pending.nonce,
          code_challenge: await oauth.calculatePKCECodeChallenge(pending.codeVerifier),
          code_challenge_method: 'S256',
          ...(chooseAccount ? { prompt: 'select_account' } : {}),
        }
        for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
        return { url: url.href, pending }
      }),

    signOutUrl: () =>
      translated(async () => {
        const { end_session_endpoint: endpoint } = await discover()
        if (endpoint === undefined) return undefined
        const url = new URL(endpoint)
        url.searchParams.set('client_id', client.client_id)
        url.searchParams.set('post_logout_redirect_uri', `${options.origin}/`)
        return url.href
      }),

    finish: (callback, pending) =>
      translated(async () => {
        // Before anything is sent: an answer that is not ours gets no call made.
        if (callback.searchParams.get('state') !== pending.state) throw new MicrosoftLoginFailed({ kind: 'forged' })
        const server = await discover()
        const asked = ofAnsweringTenant(server, callback.searchParams.get('iss'))
        const parameters = oauth.validateAuthResponse(asked, client, callback, pending.state)
        const answer = await oauth.authorizationCodeGrantRequest(
          asked,
          client,
          clientAuth,
          parameters,
          redirectUri,
          pending.codeVerifier,
          http,
        )
        const tenant = { ...asked, issuer: asked.issuer.replace(TENANT_PLACEHOLDER, await tenantIn(answer.clone())) }
        const idToken = await idTokenOf(answer.clone())
        const expected = {
          issuer: tenant.issuer,
          clientId: client.client_id,
          nonce: pending.nonce,
          jwksUri: tenant.jwks_uri ?? '',
          nowMs: options.wallNowMs(),
        }
        return noted(idToken, expected, async () => {
          const processed = await oauth.processAuthorizationCodeResponse(tenant, client, answer, {
            expectedNonce: pending.nonce,
            requireIdToken: true,
          })
          await oauth.validateApplicationLevelSignature(tenant, answer, http)
          const claims = ourClaims(oauth.getValidatedIdTokenClaims(processed), tenant.issuer, client.client_id)
          return { identity: identityOf(claims), tokens: tokensOf(processed) }
        })
      }),

    renew: (whose, refreshToken) =>
      translated(async () => {
        const server = await discover()
        const tenant = { ...server, issuer: server.issuer.replace(TENANT_PLACEHOLDER, whose.tenantId) }
        const answer = await oauth.refreshTokenGrantRequest(tenant, client, clientAuth, refreshToken, http)
        const tokens = await oauth.processRefreshTokenResponse(tenant, client, answer)
        const claims = oauth.getValidatedIdTokenClaims(tokens)
        // OpenID Connect Core 1.0 §12.2: a renewal is about the same person.
        const who = [claims?.['tid'], claims?.['oid']].map((id) => String(id).toLowerCase())
        if (claims !== undefined && (who[0] !== whose.tenantId || who[1] !== whose.objectId)) {
          throw untrusted('The renewed tokens are those of somebody else')
        }
        return tokensOf(tokens)
      }),
  }
}

/** What Dialpad needs of a token that the library has verified. @throws {MicrosoftLoginFailed} `untrusted`. */
function ourClaims(verified: unknown, issuer: string, clientId: string): z.infer<typeof Claims> {
  const claims = Claims.safeParse(verified)
  if (!claims.success) {
    const missing = claims.error.issues.map((issue) => issue.path.join('.')).join(', ')
    throw untrusted(`The ID token lacks a usable ${missing}`)
  }
  if (new URL(issuer).pathname.split('/')[1] !== claims.data.tid) {
    throw untrusted('The tenant of the ID token is not the one that issued it')
  }
  // OpenID Connect Core 1.0 §3.1.3.7, 5: whom a token was issued to is said by `azp`, where it says so.
  if (claims.data.azp !== undefined && claims.data.azp !== clientId) {
    throw untrusted('The ID token was issued to another application (azp)')
  }
  return claims.data
}

/** RFC 9207: an answer may name its issuer, which is then that of one tenant. */
function ofAnsweringTenant(server: oauth.AuthorizationServer, iss: string | null): oauth.AuthorizationServer {
  if (iss === null || !server.issuer.includes(TENANT_PLACEHOLDER)) return server
  const [before = '', after = ''] = server.issuer.split(TENANT_PLACEHOLDER)
  const tenantId = iss.startsWith(before) && iss.endsWith(after) ? iss.slice(before.length, -after.length) : ''
  return z.guid().safeParse(tenantId).success ? { ...server, issuer: iss } : server
}

/** The authority itself, or the same address with another first segment: a tenant's id, or the placeholder. */
function isIssuerOf(issuer: string, authority: URL): boolean {
  if (!URL.canParse(issuer)) return false
  const url = new URL(issuer)
  const rest = (path: string): string => path.replace(/\/$/, '').split('/').slice(2).join('/')
  return url.origin === authority.origin && rest(url.pathname) === rest(authority.pathname)
}

async function issuerIn(answer: Response): Promise<string> {
  const parsed = z.looseObject({ issuer: z.string() }).safeParse(await jsonOf(answer))
  if (!parsed.success) throw untrusted(`The discovery document could not be read (status ${answer.status})`)
  return parsed.data.issuer
}

/** The tenant an unverified token claims to be of. It is put into the issuer, which is then compared as a whole. */
async function tenantIn(answer: Response): Promise<string> {
  const tokens = z.looseObject({ id_token: z.string() }).safeParse(await jsonOf(answer))
  const [, payload = ''] = tokens.success ? tokens.data.id_token.split('.') : []
  const claims = z.looseObject({ tid: z.guid() }).safeParse(parseJson(Buffer.from(payload, 'base64url').toString()))
  // Without a tenant the placeholder stays: an error answer and a token without `tid` are told by the checks that follow.
  return claims.success ? claims.data.tid : TENANT_PLACEHOLDER
}

async function idTokenOf(answer: Response): Promise<string | undefined> {
  const tokens = z.looseObject({ id_token: z.string() }).safeParse(await jsonOf(answer))
  return tokens.success ? tokens.data.id_token : undefined
}

/** Judge a token, and let the journal tell how it was judged: the token itself is not kept. */
async function noted<T>(idToken: string | undefined, expected: TokenExpectations, judge: () => Promise<T>): Promise<T> {
  const note = (refusal: string | undefined): void => {
    const verdict = verdictOfToken(idToken, expected, refusal)
    if (verdict !== undefined) noteVerdict(verdict)
  }
  try {
    const accepted = await judge()
    note(undefined)
    return accepted
  } catch (error) {
    note(error instanceof Error ? reasonOf(error) : 'It could not be judged')
    throw error
  }
}

async function jsonOf(answer: Response): Promise<unknown> {
  return parseJson(await answer.text())
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No JSON: whoever asked sees that what they need is missing.
    return undefined
  }
}

function tokensOf({
  access_token: accessToken,
  refresh_token: refreshToken,
}: oauth.TokenEndpointResponse): MicrosoftTokens {
  return { accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) }
}

function identityOf(claims: z.infer<typeof Claims>): MicrosoftIdentity {
  const [first = '', ...others] = (claims.name ?? '').trim().split(/\s+/)
  return {
    tenantId: claims.tid.toLowerCase(),
    objectId: claims.oid.toLowerCase(),
    userName: claims.preferred_username,
    ...(claims.email === undefined ? {} : { email: claims.email }),
    givenName: claims.given_name ?? first,
    familyName: claims.family_name ?? others.join(' '),
    isTenantAdmin: (claims.wids ?? []).includes(GLOBAL_ADMINISTRATOR),
  }
}

function untrusted(reason: string, options?: ErrorOptions): MicrosoftLoginFailed {
  return new MicrosoftLoginFailed({ kind: 'untrusted', reason }, options)
}

/** Whatever goes wrong on the way becomes a failure that a page can tell. */
async function translated<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw failureOf(error)
  }
}

function failureOf(error: unknown): unknown {
  const options = { cause: error }
  if (error instanceof OutboundFailure) {
    return new MicrosoftLoginFailed({ kind: 'unreachable', reason: error.message }, options)
  }
  if (error instanceof oauth.AuthorizationResponseError) {
    const words = error.error_description
    return error.error === 'access_denied'
      ? new MicrosoftLoginFailed({ kind: 'declined', words }, options)
      : new MicrosoftLoginFailed({ kind: 'provider-error', error: error.error, words }, options)
  }
  if (error instanceof oauth.ResponseBodyError) {
    const { error: code, error_description: words } = error
    return new MicrosoftLoginFailed({ kind: 'provider-error', error: code, words }, options)
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return untrusted(`The provider answered with status ${error.status}`, options)
  }
  if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError) {
    return untrusted(reasonOf(error), options)
  }
  return error
}

/** The library's words or ours, which name a claim and no value. */
function reasonOf(error: Error): string {
  if (error instanceof MicrosoftLoginFailed && 'reason' in error.failure) return error.failure.reason
  return error.message.charAt(0).toUpperCase() + error.message.slice(1)
}

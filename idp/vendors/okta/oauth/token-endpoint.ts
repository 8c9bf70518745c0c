import type { Request, Response } from 'express'
import type { OidcExchange } from '#idp/protocols/oidc/policy.ts'
import { randomToken } from '#kit/secrets.ts'
import type { OktaSystem } from '../collections.ts'
import { placeOf, scopeProblem, scopesAsked } from './authorize.tsx'
import { accessClaims } from './claims.ts'
import { readClient } from './client-auth.ts'
import { isPublic, type OidcApp } from './clients.ts'
import { judge, lifetimesOf, REFUSALS } from './judge.ts'
import { logTokens } from './log.ts'
import { jsonOf, type OAuthError, oauthError } from './oauth-error.ts'
import { livingUser, provenClient, ROUTES } from './provider-policy.tsx'
import { GRANT_TYPES, type GrantType } from './records.ts'
import type { Issuer } from './servers.ts'
import type { OAuthServices } from './services.ts'

export interface TokenDeps {
  readonly system: OktaSystem
  readonly services: OAuthServices
}

const isGrantType = (text: string): text is GrantType => (GRANT_TYPES as readonly string[]).includes(text)

const DEAD: Readonly<Record<'code' | 'refresh_token', OAuthError>> = {
  code: oauthError('invalid_grant', 'The authorization code is invalid or has expired.'),
  refresh_token: oauthError('invalid_grant', 'The refresh token is invalid or expired.'),
}

/**
 * The token endpoint of a server. Who calls and whether they may is found out here, by the rules of the org; what the code or refresh
 * token itself says (PKCE, address, once only) is the provider's.
 */
export async function answerTokenRequest(
  { system, services }: TokenDeps,
  issuer: Issuer,
  params: URLSearchParams,
  req: Request,
  res: Response,
): Promise<void> {
  const { store, clock } = system
  const refuse = (error: OAuthError): void => {
    res.setHeader('cache-control', 'no-store')
    if (error.status === 401 && req.headers.authorization !== undefined) {
      res.setHeader('WWW-Authenticate', `Basic realm="${issuer.issuer}"`)
    }
    res.status(error.status).json(jsonOf(error))
  }
  const grantType = params.get('grant_type')
  if (grantType === null) return refuse(oauthError('invalid_request', "The token request must specify a 'grant_type'."))
  if (!isGrantType(grantType)) {
    return refuse(
      oauthError(
        'unsupported_grant_type',
        `The authorization grant type is not supported by the authorization server. Configured grant types: [${GRANT_TYPES.join(', ')}].`,
      ),
    )
  }
  const reading = await readClient(system, issuer, ROUTES.token, params, req.headers.authorization)
  if (reading.kind === 'refused') {
    const { error, app: said } = reading
    if (said !== undefined) await logRefused(system, { issuer, app: said }, grantType, error, params)
    return refuse(error)
  }
  const { app } = reading
  if (!app.oidc.grantTypes.includes(grantType)) {
    return refuse(
      oauthError(
        'unauthorized_client',
        `The client is not authorized to use the provided grant type. Configured grant types: [${app.oidc.grantTypes.join(', ')}].`,
      ),
    )
  }
  if (grantType === 'client_credentials') {
    const grant = await grantToClient({ system, services }, issuer, app, params)
    if (grant.kind === 'refused') {
      await logRefused(system, { issuer, app }, grantType, grant.error, params)
      return refuse(grant.error)
    }
    res.setHeader('cache-control', 'no-store').json(grant.answer)
    return
  }

  const field = grantType === 'refresh_token' ? 'refresh_token' : 'code'
  const value = params.get(field)
  if (value === null || value === '') {
    return refuse(oauthError('invalid_request', `The token request must specify '${field}'.`))
  }
  if (field === 'code' && req.headers.origin !== undefined && !params.has('code_verifier')) {
    return refuse(
      oauthError('invalid_request', 'Browser requests to the token endpoint must use Proof Key for Code Exchange.'),
    )
  }
  const service = services.of(issuer.id)
  const trace = await service.trace(field === 'code' ? 'AuthorizationCode' : 'RefreshToken', value)
  if (trace?.accountId === undefined || trace.clientId !== app.id) return refuse(DEAD[field])
  if (trace.state === 'expired' || trace.state === 'revoked') return refuse(DEAD[field])
  const user = livingUser(system, trace.accountId)
  if (user === undefined) return refuse(DEAD[field])
  const asked = params.get('scope')?.split(/\s+/).filter(Boolean)
  const scopes = field === 'refresh_token' && asked !== undefined && asked.length > 0 ? asked : trace.scopes
  const judgement = judge(store, issuer, { app, user, grantType, scopes })
  if (judgement.kind !== 'allowed') {
    const refused = REFUSALS[judgement.kind]
    await logTokens(system, { issuer, app, user }, grantType, { refused: { reason: refused.reason, scopes } })
    return refuse(refused)
  }
  const { accessSeconds, refreshSeconds } = lifetimesOf(judgement)
  const exchange: OidcExchange = {
    clientProof: isPublic(app) ? 'none' : 'secret',
    accessTokenSeconds: accessSeconds,
    refreshEndsMs: clock.now() + refreshSeconds * 1000,
    rotates: app.oidc.refreshRotation === 'ROTATE',
  }
  const body = new URLSearchParams(params)
  for (const name of ['client_assertion', 'client_assertion_type', 'client_secret', 'client_id']) body.delete(name)
  req.body = { ...Object.fromEntries(body), ...provenClient(app) }
  delete req.headers.authorization
  await service.handle(req, res, { ...placeOf(issuer, null), exchange }, ROUTES.token)
  if (res.statusCode !== 200) {
    await logTokens(system, { issuer, app, user }, grantType, { refused: { reason: 'invalid_grant' } })
    return
  }
  const renews = app.oidc.grantTypes.includes('refresh_token') && scopes.includes('offline_access')
  await logTokens(system, { issuer, app, user }, grantType, {
    given: [
      'access_token',
      ...(scopes.includes('openid') ? (['id_token'] as const) : []),
      ...(renews ? (['refresh_token'] as const) : []),
    ],
  })
}

/** The System Log hears of a refusal it has a reason for. */
async function logRefused(
  system: OktaSystem,
  exchange: { readonly issuer: Issuer; readonly app: OidcApp },
  grantType: GrantType,
  { reason }: OAuthError,
  params: URLSearchParams,
): Promise<void> {
  if (reason === undefined) return
  const scopes = scopesAsked(system, exchange.issuer, params)
  await logTokens(system, exchange, grantType, { refused: { reason, scopes } })
}

type ClientGrant =
  | { readonly kind: 'granted'; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly error: OAuthError }

/** Scopes that speak of a person: nothing for a client by itself. */
const OF_PEOPLE: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
  'groups',
])

/** A token for the client itself (RFC 6749 §4.4); on custom servers only. */
async function grantToClient(
  { system, services }: TokenDeps,
  issuer: Issuer,
  app: OidcApp,
  params: URLSearchParams,
): Promise<ClientGrant> {
  const { store, clock } = system
  if (issuer.server === undefined) {
    // FID-OKTA-OAUTH-08: with a key it would be given tokens for the org's own API, which takes API tokens here.
    const description =
      app.oidc.authMethod === 'private_key_jwt'
        ? 'One or more scopes are not configured for the authorization server resource.'
        : 'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.'
    const [error, reason] =
      app.oidc.authMethod === 'private_key_jwt'
        ? (['invalid_scope', 'no_matching_scope'] as const)
        : (['invalid_client', 'invalid_client'] as const)
    return { kind: 'refused', error: { ...oauthError(error, description), reason } }
  }
  const scopes = scopesAsked(system, issuer, params).filter((scope) => params.has('scope') || !OF_PEOPLE.has(scope))
  const problem =
    scopeProblem(system, issuer, scopes) ??
    (scopes.some((scope) => OF_PEOPLE.has(scope))
      ? oauthError('invalid_scope', 'The client credentials grant does not give out scopes that speak of a user.')
      : undefined)
  if (problem !== undefined) return { kind: 'refused', error: problem }
  const judgement = judge(store, issuer, { app, grantType: 'client_credentials', scopes })
  if (judgement.kind !== 'allowed') return { kind: 'refused', error: REFUSALS[judgement.kind] }
  const { accessSeconds } = lifetimesOf(judgement)
  const claims = accessClaims({ reader: store, clock, issuer, app }, scopes)
  const token = await services.of(issuer.id).signToken({ ...claims, jti: `AT.${randomToken(24)}` }, accessSeconds)
  await logTokens(system, { issuer, app }, 'client_credentials', { given: ['access_token'] })
  return {
    kind: 'granted',
    answer: { token_type: 'Bearer', expires_in: accessSeconds, access_token: token, scope: scopes.join(' ') },
  }
}

import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import { ASSERTION_GRANT } from '#idp/protocols/oidc/assertion-grant.ts'
import type { OidcTrace, TracedModel } from '#idp/protocols/oidc/models.ts'
import type { OidcExchange } from '#idp/protocols/oidc/policy.ts'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import type { EntraSystem } from '../collections.ts'
import { type AadstsCode, type AadstsError, aadsts } from './aadsts.ts'
import { judgeAccess, judgeAudience } from './access.ts'
import { liveAccount } from './accounts.ts'
import { judgeOnBehalfOf } from './on-behalf-of.ts'
import { lackOf } from './states/judge-sign-in.ts'
import type { Realm } from './tenancy.ts'
import { type ClientCredentials, clientOf, proveClient } from './tokens/client-proof.ts'
import { needsProof, type Platform, platformMarked, platformOf } from './tokens/platforms.ts'
import { refused, type TokenRefusal } from './tokens/token-refusal.ts'
import { notesOf, readTokenResource } from './tokens/token-resource.ts'
import type { EndpointVersion } from './version-one/resource-request.ts'

/** What becomes of a token request before the provider sees it. */
export type TokenReading = TokenExchange | { readonly kind: 'refused'; readonly error: AadstsError }

/** A request the provider is to answer. */
export interface TokenExchange {
  readonly kind: 'proceed'
  /** Tenant of the account: its issuer goes into the ID token. `undefined` where the provider is to refuse by itself. */
  readonly tenantId: string | undefined
  readonly params: URLSearchParams
  readonly exchange: OidcExchange
}

/** A token request as it came in. */
export interface TokenRequest {
  readonly realm: Realm
  /** Of the endpoint; what it was asked is in the words of version 2. */
  readonly version: EndpointVersion
  readonly given: URLSearchParams
  readonly authorization: string | undefined
  /** Of the page whose script asks; absent when a program does. */
  readonly origin: string | undefined
}

/** Who asks, not proven yet. */
export interface TokenClient {
  readonly kind: 'client'
  readonly application: Application
  readonly credentials: ClientCredentials
}

/** What the request needs to judge. */
export interface TokenDeps {
  readonly system: EntraSystem
  readonly oidc: OidcService
  readonly wallNowMs: () => number
}

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** Virtual milliseconds a single-page app can renew its tokens for, however often it does (refresh tokens, lifetime). */
const SPA_REFRESH_MS = 24 * 60 * 60 * 1000

/** The field each grant brings its credential in, and what that credential is. */
const GRANTS: Readonly<Record<string, { readonly field: string; readonly model: TracedModel }>> = {
  authorization_code: { field: 'code', model: 'AuthorizationCode' },
  refresh_token: { field: 'refresh_token', model: 'RefreshToken' },
  [DEVICE_GRANT]: { field: 'device_code', model: 'DeviceCode' },
  // The name the platform's own libraries still use.
  device_code: { field: 'device_code', model: 'DeviceCode' },
}

/**
 * Check what the provider cannot know: the tenant of the address against that of the account, whether the client is who it says and may ask
 * from where it asks, whether the account and the app may still be used, what resource the token is for and whether that was consented to,
 * why a code or refresh token is no good any more. What remains (the code itself, PKCE) is the provider's.
 */
export async function readTokenRequest(deps: TokenDeps, request: TokenRequest): Promise<TokenReading> {
  const reading = await judgeTokenRequest(deps, request)
  if (reading.kind === 'proceed') return reading
  const values = { tenant: request.realm.segment, ...reading.values }
  return { kind: 'refused', error: aadsts(deps.system.clock, reading.code, values, reading.as) }
}

async function judgeTokenRequest(deps: TokenDeps, request: TokenRequest): Promise<TokenExchange | TokenRefusal> {
  const { system, oidc } = deps
  const { given } = request
  const grantType = given.get('grant_type')
  if (grantType === null) return refused(900144, { name: 'grant_type' })
  const grant = GRANTS[grantType]
  if (grant === undefined && grantType !== ASSERTION_GRANT) return refused(70003, { grantType })
  const client = findClient(system, request)
  if (client.kind === 'refused') return client
  if (request.version === 2 && given.has('resource')) return refused(901002)
  if (grant === undefined) return judgeOnBehalfOf(deps, request, client)
  const { application, credentials } = client
  const { clientId } = credentials
  const value = given.get(grant.field)
  const trace = value === null ? undefined : await oidc.trace(grant.model, value)
  const known = trace?.clientId === clientId ? trace : undefined
  const platform = platformAsked(application, grant.model, known, given)
  const origin = judgeOrigin(platform, request.origin)
  if (origin !== undefined) return origin
  const need = needsProof(application, platform) ? 'confidential' : 'public'
  const proof = await proveClient(system, application, credentials, need, deps.wallNowMs())
  if (proof.kind === 'refused') return proof

  if (value === null) return refused(900144, { name: grant.field })
  const params = new URLSearchParams(given)
  // The provider finds the client proven; what it was proven by is none of its business.
  for (const name of ['client_assertion', 'client_assertion_type', 'scope']) params.delete(name)
  if (grant.model === 'DeviceCode') params.set('grant_type', DEVICE_GRANT)
  params.set('client_id', clientId)
  params.set('client_secret', 'judged')
  const exchange: OidcExchange = { clientProof: proof.by, mark: platform }
  if (grant.model === 'DeviceCode' && known?.state === 'live' && known.accountId === undefined) {
    return { kind: 'proceed', tenantId: undefined, params, exchange }
  }
  if (known?.accountId === undefined) return unknownCredential(grant.model, known)

  const user = liveAccount(system.store, known.accountId)
  const account = judgeAccount(system, user, known, grant.model, request, application)
  if (account !== undefined || user === undefined) return account ?? refused(50034, { user: 'of this grant' })
  const held = { scopes: known.scopes, isFirst: grant.model === 'AuthorizationCode' }
  const asked = readTokenResource(system, user, application, request, held)
  if (asked.kind === 'refused') return asked

  const end = refreshEndOf(system, grant.model, platform, known)
  return {
    kind: 'proceed',
    tenantId: user.tenantId,
    params,
    exchange: {
      ...exchange,
      scopes: asked.scopes,
      ...(end === undefined ? {} : { refreshEndsMs: end }),
      notes: notesOf(asked, request),
    },
  }
}

/** The application a request is of, as far as its credentials are not judged. */
function findClient({ store }: EntraSystem, { realm, given, authorization }: TokenRequest): TokenClient | TokenRefusal {
  const credentials = clientOf(given, authorization)
  const { clientId } = credentials
  if (clientId === '') return refused(900144, { name: 'client_id' })
  const application = applicationByAppId(store, clientId)
  const audience = judgeAudience(application, realm)
  if (application !== undefined && audience.kind === 'allowed') return { kind: 'client', application, credentials }
  const code = audience.kind === 'refused' ? audience.code : 700016
  return refused(code, { clientId, app: application?.displayName ?? '' })
}

/** The kind of client the credential was given to; where that is unknown, what the request looks like. */
function platformAsked(
  application: Application,
  model: TracedModel,
  trace: OidcTrace | undefined,
  given: URLSearchParams,
): Platform {
  if (model === 'DeviceCode') return 'device'
  const address = trace?.redirectUri ?? given.get('redirect_uri')
  if (model === 'AuthorizationCode' && address !== null) return platformOf(application, address)
  const keepsSecrets = application.secrets.length > 0 || (application.keyCredentials ?? []).length > 0
  return platformMarked(trace?.mark) ?? (keepsSecrets ? 'web' : 'public')
}

/** Scripts of other origins redeem what was given to single-page apps, and nothing else (cross-origin token redemption). */
function judgeOrigin(platform: Platform, origin: string | undefined): TokenRefusal | undefined {
  if (platform === 'spa') return origin === undefined ? refused(9002327) : undefined
  return origin === undefined ? undefined : refused(9002326, { origin })
}

function unknownCredential(model: TracedModel, trace: OidcTrace | undefined): TokenRefusal {
  if (model !== 'DeviceCode') return refused(70000)
  return trace?.state === 'expired' ? refused(70020) : refused(70018)
}

/** Whether the account may still be given tokens, at this address, for this application, with this credential. */
function judgeAccount(
  { store, clock }: EntraSystem,
  user: DirectoryUser | undefined,
  trace: OidcTrace,
  model: TracedModel,
  { realm }: TokenRequest,
  application: Application,
): TokenRefusal | undefined {
  if (user === undefined) return refused(50034, { user: 'of this grant' })
  if (!user.accountEnabled) return refused(50057)
  if (realm.kind === 'tenant' && realm.tenant.id !== user.tenantId) return refused(700005)
  if (trace.state === 'expired') return refused(expiryOf(model, trace))
  if (trace.state === 'revoked') return refused(50173)
  const lack = model === 'RefreshToken' ? lackOf(store, clock, user.id, trace.authentication) : undefined
  if (lack !== undefined) return refused(lack, { clientId: application.appId }, 'invalid_grant')
  const access = judgeAccess(store, user, application.appId, realm)
  if (access.kind === 'allowed') return undefined
  const values = { clientId: application.appId, app: application.displayName, user: user.userPrincipalName }
  return refused(access.code, values, 'invalid_grant')
}

function expiryOf(model: TracedModel, trace: OidcTrace): AadstsCode {
  if (model === 'DeviceCode') return 70020
  if (model === 'AuthorizationCode') return 70008
  return trace.endsVirtualMs === undefined ? 700082 : 700084
}

function refreshEndOf(
  { clock }: EntraSystem,
  model: TracedModel,
  platform: Platform,
  trace: OidcTrace,
): number | undefined {
  if (model === 'RefreshToken') return trace.endsVirtualMs
  return platform === 'spa' ? clock.now() + SPA_REFRESH_MS : undefined
}

import { applicationByAppId } from '#idp/core/directory/applications.ts'
import type { Application, DirectoryUser } from '#idp/core/directory/records.ts'
import type { OidcTrace, TracedModel } from '#idp/protocols/oidc/models.ts'
import type { OidcExchange } from '#idp/protocols/oidc/policy.ts'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import type { EntraSystem } from '../collections.ts'
import { type AadstsCode, type AadstsError, aadsts } from './aadsts.ts'
import { judgeAccess, judgeAudience } from './access.ts'
import { liveAccount } from './accounts.ts'
import { grantedScopes } from './consent-rules.ts'
import { lackOf } from './states/judge-sign-in.ts'
import type { Realm } from './tenancy.ts'
import { NAMED_NOTE, RESOURCE_NOTE } from './tokens/access-token-claims.ts'
import { clientOf, proveClient } from './tokens/client-proof.ts'
import { needsProof, type Platform, platformMarked, platformOf } from './tokens/platforms.ts'
import {
  type AskedResource,
  readScopes,
  type ScopeReading,
  scopesFor,
  unlistedResource,
} from './tokens/resource-scopes.ts'
import { addressOf, apiInTenant, GRAPH, GRAPH_APP_ID, isSameResource, type Resource } from './tokens/resources.ts'
import type { EndpointVersion } from './version-one/resource-request.ts'

/** What becomes of a token request before the provider sees it. */
export type TokenReading =
  | {
      readonly kind: 'proceed'
      /** Tenant of the account: its issuer goes into the ID token. `undefined` where the provider is to refuse by itself. */
      readonly tenantId: string | undefined
      readonly params: URLSearchParams
      readonly exchange: OidcExchange
    }
  | { readonly kind: 'refused'; readonly error: AadstsError }

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

/** Why a request is refused, before it is worded. */
interface Refused {
  readonly kind: 'refused'
  readonly code: AadstsCode
  readonly values: Readonly<Record<string, string>>
  /** Another OAuth error than the number's own. */
  readonly as?: string
}

const refused = (code: AadstsCode, values: Readonly<Record<string, string>> = {}, as?: string): Refused => ({
  kind: 'refused',
  code,
  values,
  ...(as === undefined ? {} : { as }),
})

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

async function judgeTokenRequest(
  deps: TokenDeps,
  request: TokenRequest,
): Promise<Extract<TokenReading, { kind: 'proceed' }> | Refused> {
  const { system, oidc } = deps
  const { realm, given } = request
  const grantType = given.get('grant_type')
  if (grantType === null) return refused(900144, { name: 'grant_type' })
  const grant = GRANTS[grantType]
  if (grant === undefined) return refused(70003, { grantType })

  const credentials = clientOf(given, request.authorization)
  const { clientId } = credentials
  if (clientId === '') return refused(900144, { name: 'client_id' })
  const application = applicationByAppId(system.store, clientId)
  const audience = judgeAudience(application, realm)
  if (application === undefined || audience.kind === 'refused') {
    return refused(audience.kind === 'refused' ? audience.code : 700016, {
      clientId,
      app: application?.displayName ?? '',
    })
  }

  if (request.version === 2 && given.has('resource')) return refused(901002)
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
  const asked = readAsked(system, user, application, request, { scopes: known.scopes, model: grant.model })
  if (asked.kind === 'refused') return asked

  const clientInfo = given.get('client_info') === '1' ? { client_info: '1' } : {}
  const end = refreshEndOf(system, grant.model, platform, known)
  return {
    kind: 'proceed',
    tenantId: user.tenantId,
    params,
    exchange: {
      ...exchange,
      scopes: asked.scopes,
      ...(end === undefined ? {} : { refreshEndsMs: end }),
      notes: {
        [RESOURCE_NOTE]: nameOf(asked.resource),
        scope: asked.answered.join(' '),
        ...clientInfo,
        ...(request.version === 1 ? { [NAMED_NOTE]: given.get('resource') ?? addressOf(asked.resource) } : {}),
      },
    },
  }
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
function judgeOrigin(platform: Platform, origin: string | undefined): Refused | undefined {
  if (platform === 'spa') return origin === undefined ? refused(9002327) : undefined
  return origin === undefined ? undefined : refused(9002326, { origin })
}

function unknownCredential(model: TracedModel, trace: OidcTrace | undefined): Refused {
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
): Refused | undefined {
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

interface Asked {
  readonly kind: 'asked'
  readonly resource: Resource
  /** What the token is to hold, of those consented to. */
  readonly scopes: readonly string[]
  /** What the answer says was granted. */
  readonly answered: readonly string[]
}

/**
 * The one resource the token is for: the one the request names, else the first one the sign-in named, else Graph. A sign-in may consent to
 * several, a token is for one.
 */
function readAsked(
  system: EntraSystem,
  user: DirectoryUser,
  application: Application,
  { given, version }: Pick<TokenRequest, 'given' | 'version'>,
  held: { readonly scopes: readonly string[]; readonly model: TracedModel },
): Asked | Refused {
  const parameter = given.get('scope')
  const text = parameter?.trim() ? parameter : held.scopes.join(' ')
  const reading = readScopes(system, text, application)
  if (reading.kind === 'refused') return refused(reading.code, reading.values)
  const [first, ...others] = reading.resources
  if (parameter?.trim() && others.length > 0) return refused(28000, { scope: parameter })
  const signedInFor = readScopes(system, held.model === 'AuthorizationCode' ? held.scopes.join(' ') : '', application)
  const unfit = version === 1 ? judgeNamed(application, first, signedInFor) : undefined
  if (unfit !== undefined) return unfit
  const resource = first?.resource ?? GRAPH
  const absent = judgeResource(system, resource, user)
  if (absent !== undefined) return absent

  const basic = reading.scopes.filter((scope) => !reading.resources.some((each) => each.scopes.includes(scope)))
  const granted = grantedScopes(system.store, user, application.appId, [...basic, ...(first?.scopes ?? [])])
  const wanted = first?.isDefault ? scopesFor(resource, granted ?? []) : (first?.scopes ?? [])
  const isNamed = parameter !== null && parameter.trim() !== ''
  const isMissing =
    granted === undefined || (isNamed && [...basic, ...wanted].some((scope) => !granted.includes(scope)))
  if (isMissing || (first?.isDefault && wanted.length === 0)) {
    return refused(65001, { clientId: application.appId }, 'invalid_grant')
  }
  // What the sign-in was for and somebody has taken back since is left out.
  const scopes = [...basic, ...wanted].filter((scope) => granted.includes(scope))
  return { kind: 'asked', resource, scopes, answered: answeredScopes(resource, scopes) }
}

/**
 * In version 1 every token is for a resource that is named and listed in the registration; a code for the one the sign-in named, where it
 * named one.
 */
function judgeNamed(
  application: Application,
  named: AskedResource | undefined,
  signedInFor: ScopeReading,
): Refused | undefined {
  if (named === undefined) return refused(900144, { name: 'resource' })
  const [before] = signedInFor.kind === 'scopes' ? signedInFor.resources : []
  if (before !== undefined && !isSameResource(before.resource, named.resource)) return refused(70000)
  const unlisted = unlistedResource(application, [named])
  return unlisted === undefined ? undefined : refused(650057, unlisted)
}

/** An API has to be in the tenant, and not switched off there. */
function judgeResource({ store }: EntraSystem, resource: Resource, user: DirectoryUser): Refused | undefined {
  if (resource.kind === 'graph') return undefined
  const values = { resource: resource.named, tenant: user.tenantId }
  const principal = apiInTenant(store, resource.application, user.tenantId)
  if (principal === undefined) return refused(500011, values)
  return principal.accountEnabled ? undefined : refused(500014, values)
}

/** What the answer lists: scopes of the resource; those of OpenID Connect belong to Graph. */
function answeredScopes(resource: Resource, scopes: readonly string[]): readonly string[] {
  return resource.kind === 'graph'
    ? scopes.filter((scope) => scope !== 'offline_access')
    : scopes.filter((scope) => scope.includes('/'))
}

function nameOf(resource: Resource): string {
  return resource.kind === 'graph' ? GRAPH_APP_ID : addressOf(resource)
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

import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { cookiePrefix, sameSiteFor } from '#kit/http/cookies.ts'
import type { System } from '#kit/system/system.ts'
import { signAccessTokens } from './access-tokens.ts'
import { accountFinder } from './account-finder.ts'
import { reviseAnswer } from './answers.ts'
import { knowScopes } from './asked-scopes.ts'
import { answerAssertions } from './assertion-grant.ts'
import { clientMetadata, clientRules } from './clients.ts'
import type { OidcShape } from './collections.ts'
import { grantFromConsent } from './consent-grant.ts'
import { deviceFlow } from './device-flow.ts'
import type { OidcFlaws } from './flaws.ts'
import { createInteractionPolicy } from './interaction-policy.ts'
import { BEYOND_SECONDS, createModels, type OidcModels } from './models.ts'
import { reviseOutgoing } from './outgoing.ts'
import type { OidcPlace, OidcPolicy } from './policy.ts'
import { withBody } from './request-body.ts'
import { shadowSession } from './shadow-session.ts'
import type { SignedTokens } from './signed-tokens.ts'
import type { SigningKeys } from './signing-keys.ts'
import { withholdClaims } from './withheld-claims.ts'

/** What the mount takes from its system. */
export type OidcSystem = Pick<System<OidcShape>, 'name' | 'origin' | 'store' | 'clock' | 'vault'>

export interface OidcProviderDeps {
  readonly system: OidcSystem
  readonly policy: OidcPolicy
  readonly signingKeys: SigningKeys
  readonly tokens: SignedTokens
  readonly flaws: OidcFlaws
  readonly wallNowMs: () => number
}

/** One provider for all realms: the issuer comes from the place of the request. */
export interface OidcProvider {
  readonly provider: Provider
  readonly models: OidcModels
  /** Let the provider answer `route` (a path behind the mount, query included) as if it had been asked at `place`. */
  handle(req: IncomingMessage, res: ServerResponse, place: OidcPlace, route: string): Promise<void>
  /** Run `action` as part of a request at `place`. */
  at<R>(place: OidcPlace, action: () => R): R
}

/** The name of a cookie of the library's. Some have a path of their own, so they cannot promise more than to be `Secure`. */
export function oidcCookieName(
  { origin }: Pick<OidcSystem, 'origin'>,
  policy: OidcPolicy,
  name: 'sso' | 'interaction' | 'resume',
): string {
  return `${cookiePrefix(origin, '__Secure-')}${policy.cookiePrefix}_${name}`
}

/** One for all providers, since whatever waits pays for each of them, and a provider that was replaced would keep its own. */
const places = new AsyncLocalStorage<OidcPlace>()

/** Build the provider. Cheap (a few milliseconds), so it is built anew when the key changes. */
export function createOidcProvider(deps: OidcProviderDeps): OidcProvider {
  const { system, policy } = deps
  const here = (): OidcPlace => {
    const place = places.getStore()
    if (place === undefined) throw new Error('The provider was asked outside of a place.')
    return place
  }

  const models = createModels({
    store: system.store,
    clock: system.clock,
    vault: system.vault,
    wallNowMs: deps.wallNowMs,
    lifetimes: policy.lifetimes,
    namespace: policy.namespace,
    accountStamp: (accountId) => policy.accountStamp(accountId),
    findClient: (clientId) => policy.findClient(clientId),
    clientMetadata: (client) => clientMetadata(client, policy.subjects ?? 'pairwise'),
    exchange: () => places.getStore()?.exchange,
  })

  const { lifetimes, routes } = policy
  const findAccount = accountFinder(policy, here)
  const provider: Provider = new Provider(system.origin, {
    adapter: (model) => models.adapter(model),
    // The first of them signs.
    jwks: { keys: [...deps.signingKeys] },
    routes: {
      authorization: routes.authorization,
      token: routes.token,
      jwks: routes.jwks,
      userinfo: routes.userinfo,
      ...(policy.device === undefined
        ? {}
        : {
            device_authorization: policy.device.routes.deviceAuthorization,
            code_verification: policy.device.routes.codeVerification,
          }),
    },
    cookies: {
      names: {
        session: oidcCookieName(system, policy, 'sso'),
        interaction: oidcCookieName(system, policy, 'interaction'),
        resume: oidcCookieName(system, policy, 'resume'),
      },
      long: { httpOnly: true, sameSite: sameSiteFor(system.origin, true), path: '/' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    features: {
      devInteractions: { enabled: false },
      // Tokens bound to a key of the client: neither product gives them out by this proof.
      dPoP: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      // Resources are the vendor's: it knows them by scopes, or by a parameter of its own of that name.
      resourceIndicators: { enabled: false },
      userinfo: { enabled: true },
      ...(policy.device === undefined ? {} : { deviceFlow: deviceFlow(policy.device) }),
    },
    ...(policy.isProofKeyRequired === undefined
      ? {}
      : {
          pkce: {
            required: (ctx: KoaContextWithOIDC, client: { readonly clientId: string }) =>
              policy.isProofKeyRequired?.(client.clientId, String(ctx.oidc.params?.['redirect_uri'])) ?? true,
          },
        }),
    scopes: [...policy.scopes],
    claims: Object.fromEntries(Object.entries(policy.claims).map(([scope, claims]) => [scope, [...claims]])),
    // The ID token carries the claims itself, whether or not userinfo could be asked for them.
    conformIdTokenClaims: false,
    allowOmittingSingleRegisteredRedirectUri: false,
    subjectTypes: [policy.subjects ?? 'pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) => policy.subjectOf(accountId, client.clientId),
    clientBasedCORS: (ctx, origin, client) =>
      policy.isOriginAllowed(client.clientId, origin, ctx.oidc.route === 'token' ? 'token' : 'other'),
    rotateRefreshToken: () => here().exchange?.rotates ?? true,
    ...(policy.outliveSession === true ? { expiresWithSession: () => false } : {}),
    issueRefreshToken: (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    ttl: {
      AccessToken: () => here().exchange?.accessTokenSeconds ?? lifetimes.accessToken,
      AuthorizationCode: lifetimes.code,
      IdToken: lifetimes.idToken,
      Interaction: lifetimes.interaction,
      ...(policy.device === undefined ? {} : { DeviceCode: policy.device.codeSeconds }),
      Session: BEYOND_SECONDS,
      RefreshToken: BEYOND_SECONDS,
      Grant: BEYOND_SECONDS,
    },
    extraParams: {
      // Asked for every request, after the library has dropped the scope for want of `prompt=consent`.
      domain_hint: (ctx) => restoreOfflineAccess(ctx),
      ...Object.fromEntries((policy.extraParams ?? []).map((name) => [name, null])),
    },
    interactions: {
      policy: createInteractionPolicy(policy, here),
      url: (_ctx, interaction) => policy.interactionPath(interaction.uid, here()),
    },
    findAccount,
    loadExistingGrant: (ctx) => grantFromConsent(ctx, policy),
    renderError: (ctx, out, error) => {
      ctx.type = 'html'
      ctx.body = policy.renderProblem({
        error: out.error,
        description: out.error_description ?? '',
        route: ctx.oidc?.route ?? '',
        ...detailOf(error),
      })
    },
  })

  provider.proxy = true
  Object.defineProperty(provider, 'issuer', { get: () => places.getStore()?.issuer ?? system.origin })
  Object.assign(
    provider.Client.prototype,
    clientRules(policy, () => places.getStore()?.exchange?.clientProof !== undefined),
  )
  knowScopes(provider, policy)
  withholdClaims(provider, policy.withheldClaims ?? [])
  if (policy.exchangesAssertions) answerAssertions(provider, { place: here, findAccount })
  signAccessTokens(provider, { policy, tokens: deps.tokens, place: here })
  shadowSession(provider, () => places.getStore()?.signedIn)
  for (const [mode, render] of Object.entries(policy.responseModes ?? {})) {
    provider.registerResponseMode(mode, (ctx: KoaContextWithOIDC, redirectUri: string, out: object) => {
      const fields = new URLSearchParams(Object.entries(out).map(([name, value]) => [name, String(value)]))
      ctx.type = 'html'
      ctx.status = 200
      ctx.body = render(redirectUri, reviseAnswer(policy, fields, ctx.oidc.route))
    })
  }

  reviseOutgoing(provider, {
    policy,
    place: here,
    origin: system.origin,
    flaws: deps.flaws,
    signingKeys: deps.signingKeys,
  })
  const answer = provider.callback()
  const { host, protocol } = new URL(system.origin)
  const scheme = protocol.slice(0, -1)

  return {
    provider,
    models,
    at: (place, action) => places.run(place, action),
    async handle(req, res, place, route) {
      const inner = withBody(req)
      inner.url = route
      Object.assign(inner, { originalUrl: `${place.mount}${route}` })
      inner.headers['host'] = host
      inner.headers['x-forwarded-host'] = host
      inner.headers['x-forwarded-proto'] = scheme
      await places.run(place, () => answer(inner, res))
    },
  }
}

function restoreOfflineAccess(ctx: KoaContextWithOIDC): void {
  const { params } = ctx.oidc
  if (params === undefined) return
  const asked = ctx.method === 'POST' ? ctx.oidc.body?.['scope'] : ctx.query['scope']
  if (typeof asked !== 'string' || !asked.split(' ').includes('offline_access')) return
  const scopes = new Set(
    String(params['scope'] ?? '')
      .split(' ')
      .filter(Boolean),
  )
  params['scope'] = [...scopes.add('offline_access')].join(' ')
}

function detailOf(error: Error): { readonly detail?: string } {
  return error instanceof errors.OIDCProviderError && error.error_detail !== undefined
    ? { detail: error.error_detail }
    : {}
}

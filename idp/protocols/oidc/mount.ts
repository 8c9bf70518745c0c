import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { cookiePrefix, sameSiteFor } from '#kit/http/cookies.ts'
import { problemOf, reportToStderr } from '#kit/http/errors.ts'
import { noteVerdict } from '#kit/http/record.ts'
import type { System } from '#kit/system/system.ts'
import { signAccessTokens } from './access-tokens.ts'
import { accountFinder } from './account-finder.ts'
import { reviseAnswer, reviseFormPost, reviseJson, reviseRedirect } from './answers.ts'
import { knowScopes } from './asked-scopes.ts'
import { ASSERTION_GRANT, answerAssertions } from './assertion-grant.ts'
import { authenticationIn, sessionAuthentication } from './authentication.ts'
import type { OidcShape } from './collections.ts'
import { deviceFlow } from './device-flow.ts'
import type { OidcFlaws } from './flaws.ts'
import { createInteractionPolicy, requestOf } from './interaction-policy.ts'
import { createTokenReader, idTokenIn } from './issued-token.ts'
import { BEYOND_SECONDS, createModels, type OidcModels } from './models.ts'
import type { OidcClient, OidcEvent, OidcPlace, OidcPolicy } from './policy.ts'
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

/** The library wants a secret in the metadata; ours are hashed, and compared by the policy. */
const UNUSED_SECRET = 'compared-by-the-policy'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

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
    loadExistingGrant: (ctx) => grantFromConsent(ctx),
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

  const readToken = createTokenReader(deps.signingKeys[0])
  const details = new WeakMap<object, string>()
  const keepDetail = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void => {
    if (error.error_detail !== undefined) details.set(ctx, error.error_detail)
  }
  provider.on('grant.error', keepDetail)
  provider.on('authorization.error', keepDetail)
  provider.on('userinfo.error', keepDetail)
  const answered = new WeakSet<object>()
  provider.on('authorization.success', (ctx, out) => {
    answered.add(ctx)
    const accountId = ctx.oidc.session?.accountId
    // A device is not answered here, it asks for itself.
    if (out === undefined || accountId === undefined) return
    const request = requestOf(ctx)
    const code = deps.flaws.replayedCode(request.clientId, request.redirectUri)
    Object.assign(out, policy.authorizationExtras?.(accountId, request), code === undefined ? {} : { code })
  })
  // The library answers with a bare error and keeps the cause to itself: bugs belong in the log.
  provider.on('server_error', (_ctx, error) => reportToStderr(error, problemOf(error)))

  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    await next()
    const route = ctx.oidc?.route ?? ''
    const detail = details.get(ctx)
    const location = ctx.response.get('location')
    if (route === 'token') await applyFlaws(ctx)
    // The journal keeps no token: what it said, and that its signature holds, is noted while it is here.
    const idToken = idTokenIn(ctx.body, location)
    const verdict =
      idToken === undefined ? undefined : readToken(idToken, `${system.origin}${here().mount}${routes.jwks}`)
    if (verdict !== undefined) noteVerdict(verdict)
    if (location) {
      // Anew, because the body repeats the address.
      ctx.redirect(reviseRedirect(policy, location, route, detail))
    } else if (isErrorBody(ctx.body)) {
      ctx.body = reviseJson(policy, ctx.body, route, detail)
    } else if (route === 'token' && isTokenAnswer(ctx.body)) {
      ctx.body = reviseTokenAnswer(ctx, ctx.body)
    } else if (route === 'device_authorization' && isTokenAnswer(ctx.body)) {
      ctx.body = policy.device?.reviseAnswer(ctx.body, here()) ?? ctx.body
    } else if (typeof ctx.body === 'string' && ctx.oidc?.params?.['response_mode'] === 'form_post') {
      ctx.body = reviseFormPost(policy, ctx.body, route, detail)
    }
    const { told } = here()
    if (told !== undefined && ctx.oidc !== undefined) await told(eventOf(ctx))
  })

  /** After the answer is made, in the vendor's words. */
  function eventOf(ctx: KoaContextWithOIDC): OidcEvent {
    const { account, client, session, result, route } = ctx.oidc
    const isExchange = route === 'token'
    const accountId = isExchange ? account?.accountId : session?.accountId
    const authentication = isExchange || session === undefined ? authenticationIn(ctx) : sessionAuthentication(session)
    return {
      route,
      outcome: outcomeOf(ctx, answered.has(ctx)),
      ...(accountId === undefined ? {} : { accountId }),
      ...(client === undefined ? {} : { clientId: client.clientId }),
      request: requestOf(ctx),
      authentication,
      isFresh: result?.login !== undefined,
    }
  }

  /** Wrong on purpose, where that is armed. A renewal nobody looks at must not use it up. */
  async function applyFlaws(ctx: KoaContextWithOIDC): Promise<void> {
    const { client, params } = ctx.oidc
    if (params?.['grant_type'] !== 'authorization_code' || !isTokenAnswer(ctx.body)) return
    deps.flaws.noteRedeemed(client?.clientId ?? '', String(params['redirect_uri']), String(params['code']))
    const { id_token: idToken } = ctx.body
    if (typeof idToken !== 'string') return
    ctx.body = { ...ctx.body, id_token: await deps.flaws.idToken(idToken, deps.signingKeys) }
  }

  function reviseTokenAnswer(ctx: KoaContextWithOIDC, answer: Readonly<Record<string, unknown>>) {
    const { account, client } = ctx.oidc
    if (policy.reviseTokenAnswer === undefined || account === undefined || client === undefined) return answer
    const request = { accountId: account.accountId, clientId: client.clientId, place: here() }
    return policy.reviseTokenAnswer(answer, request)
  }

  /** Consent is the directory's: a grant of the library is its copy for one session. */
  async function grantFromConsent(ctx: KoaContextWithOIDC): Promise<InstanceType<Provider['Grant']> | undefined> {
    const { session, client } = ctx.oidc
    if (session?.accountId === undefined || client === undefined) return undefined
    const granted = policy.grantedScopes(session.accountId, requestOf(ctx))
    if (granted === undefined) return undefined
    const heldId = session.grantIdFor(client.clientId)
    const held = heldId === undefined ? undefined : await provider.Grant.find(heldId)
    const grant = held ?? new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
    if (grant.accountId !== session.accountId) return undefined
    const before = held?.getOIDCScope().split(' ').toSorted().join(' ')
    // In the order of the request: what a code stands for is told in that order.
    const asked = requestOf(ctx).scopes.filter((scope) => granted.includes(scope))
    grant.openid = { scope: [...new Set([...asked, ...granted])].join(' ') }
    if (before !== granted.toSorted().join(' ')) await grant.save()
    return grant
  }

  const answer = provider.callback()

  return {
    provider,
    models,
    at: (place, action) => places.run(place, action),
    async handle(req, res, place, route) {
      const inner = withBody(req)
      const origin = new URL(system.origin)
      inner.url = route
      Object.assign(inner, { originalUrl: `${place.mount}${route}` })
      inner.headers['host'] = origin.host
      inner.headers['x-forwarded-host'] = origin.host
      inner.headers['x-forwarded-proto'] = origin.protocol.slice(0, -1)
      await places.run(place, () => answer(inner, res))
    },
  }
}

function clientMetadata(client: OidcClient, subjects: 'public' | 'pairwise') {
  return {
    client_id: client.clientId,
    client_name: client.name,
    // One is enough: which addresses match is asked of the policy, and several hosts would need a sector document.
    redirect_uris: client.redirectUris.slice(0, 1),
    response_types: ['code' as const],
    grant_types: client.mayRefresh === false ? ['authorization_code'] : ['authorization_code', 'refresh_token'],
    subject_type: subjects,
    ...(client.kind === 'public'
      ? { token_endpoint_auth_method: 'none' as const }
      : { token_endpoint_auth_method: 'client_secret_post' as const, client_secret: UNUSED_SECRET }),
  }
}

/** The questions the library asks of a client, answered by the policy. */
function clientRules(policy: OidcPolicy, isProven: () => boolean) {
  return {
    grantTypeAllowed(this: { readonly grantTypes: readonly string[] }, type: string): boolean {
      // Not in the metadata: there it asks for an address of the client's keys, to tell pairwise subjects apart.
      if (type === ASSERTION_GRANT) return policy.exchangesAssertions === true
      return type === DEVICE_GRANT ? policy.device !== undefined : this.grantTypes.includes(type)
    },
    redirectUriAllowed(this: { readonly clientId: string }, redirectUri: string): boolean {
      return policy.isRedirectAllowed(this.clientId, redirectUri)
    },
    compareClientSecret(this: { readonly clientId: string }, secret: string): Promise<boolean> {
      return isProven() ? Promise.resolve(true) : policy.verifySecret(this.clientId, secret)
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

/** Errors travel in the query, in the fragment, in JSON, or on a page. */
function outcomeOf(ctx: KoaContextWithOIDC, isAnswered: boolean): OidcEvent['outcome'] {
  if (isAnswered) return { kind: 'answered' }
  const location = ctx.response.get('location')
  if (URL.canParse(location)) {
    const { searchParams, hash } = new URL(location)
    const fields = searchParams.has('error') ? searchParams : new URLSearchParams(hash.slice(1))
    const error = fields.get('error')
    if (error === null) return { kind: 'unfinished' }
    return { kind: 'refused', error, description: fields.get('error_description') ?? '' }
  }
  if (isErrorBody(ctx.body)) {
    const { error, error_description: description } = ctx.body
    return { kind: 'refused', error, description: typeof description === 'string' ? description : '' }
  }
  return ctx.oidc.route === 'token' && isTokenAnswer(ctx.body) ? { kind: 'answered' } : { kind: 'unfinished' }
}

function isErrorBody(body: unknown): body is { readonly error: string; readonly error_description?: unknown } {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string'
}

function isTokenAnswer(body: unknown): body is Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null && ('access_token' in body || 'device_code' in body)
}

function detailOf(error: Error): { readonly detail?: string } {
  return error instanceof errors.OIDCProviderError && error.error_detail !== undefined
    ? { detail: error.error_detail }
    : {}
}

import type { errors, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { problemOf, reportToStderr } from '#kit/http/errors.ts'
import { noteVerdict } from '#kit/http/record.ts'
import { reviseFormPost, reviseJson, reviseRedirect } from './answers.ts'
import { authenticationIn, sessionAuthentication } from './authentication.ts'
import type { OidcFlaws } from './flaws.ts'
import { requestOf } from './interaction-policy.ts'
import { createTokenReader, idTokenIn } from './issued-token.ts'
import type { OidcEvent, OidcPlace, OidcPolicy } from './policy.ts'
import type { SigningKeys } from './signing-keys.ts'

export interface OutgoingDeps {
  readonly policy: OidcPolicy
  readonly place: () => OidcPlace
  readonly origin: string
  readonly flaws: OidcFlaws
  readonly signingKeys: SigningKeys
}

/**
 * Whatever the library answers passes here on its way out: it is made into the vendor's words, goes wrong where that is armed, is noted for
 * the journal, and the vendor is told what became of the request.
 */
export function reviseOutgoing(provider: Provider, { policy, place, origin, flaws, signingKeys }: OutgoingDeps): void {
  const readToken = createTokenReader(signingKeys[0])
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
    const code = flaws.replayedCode(request.clientId, request.redirectUri)
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
      idToken === undefined ? undefined : readToken(idToken, `${origin}${place().mount}${policy.routes.jwks}`)
    if (verdict !== undefined) noteVerdict(verdict)
    if (location) {
      // Anew, because the body repeats the address.
      ctx.redirect(reviseRedirect(policy, location, route, detail))
    } else if (isErrorBody(ctx.body)) {
      ctx.body = reviseJson(policy, ctx.body, route, detail)
    } else if (route === 'token' && isTokenAnswer(ctx.body)) {
      ctx.body = reviseTokenAnswer(ctx, ctx.body)
    } else if (route === 'device_authorization' && isTokenAnswer(ctx.body)) {
      ctx.body = policy.device?.reviseAnswer(ctx.body, place()) ?? ctx.body
    } else if (typeof ctx.body === 'string' && ctx.oidc?.params?.['response_mode'] === 'form_post') {
      ctx.body = reviseFormPost(policy, ctx.body, route, detail)
    }
    const { told } = place()
    if (told !== undefined && ctx.oidc !== undefined) await told(eventOf(ctx, answered.has(ctx)))
  })

  /** Wrong on purpose, where that is armed. A renewal nobody looks at must not use it up. */
  async function applyFlaws(ctx: KoaContextWithOIDC): Promise<void> {
    const { client, params } = ctx.oidc
    if (params?.['grant_type'] !== 'authorization_code' || !isTokenAnswer(ctx.body)) return
    flaws.noteRedeemed(client?.clientId ?? '', String(params['redirect_uri']), String(params['code']))
    const { id_token: idToken } = ctx.body
    if (typeof idToken !== 'string') return
    ctx.body = { ...ctx.body, id_token: await flaws.idToken(idToken, signingKeys) }
  }

  function reviseTokenAnswer(ctx: KoaContextWithOIDC, answer: Readonly<Record<string, unknown>>) {
    const { account, client } = ctx.oidc
    if (policy.reviseTokenAnswer === undefined || account === undefined || client === undefined) return answer
    const request = { accountId: account.accountId, clientId: client.clientId, place: place() }
    return policy.reviseTokenAnswer(answer, request)
  }
}

/** After the answer is made, in the vendor's words. */
function eventOf(ctx: KoaContextWithOIDC, isAnswered: boolean): OidcEvent {
  const { account, client, session, result, route } = ctx.oidc
  const isExchange = route === 'token'
  const accountId = isExchange ? account?.accountId : session?.accountId
  const authentication = isExchange || session === undefined ? authenticationIn(ctx) : sessionAuthentication(session)
  return {
    route,
    outcome: outcomeOf(ctx, isAnswered),
    ...(accountId === undefined ? {} : { accountId }),
    ...(client === undefined ? {} : { clientId: client.clientId }),
    request: requestOf(ctx),
    authentication,
    isFresh: result?.login !== undefined,
  }
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

import type { Request, Response } from 'express'
import type { OidcPlace, OidcSignedIn } from '#idp/protocols/oidc/policy.ts'
import { policyAllowing } from '#idp/protocols/saml/acs-address.ts'
import { withholdAnswer } from '#kit/http/record.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaSystem, OktaUser } from '../collections.ts'
import { frameOf } from '../frame.ts'
import { clientOf, isPublic, isRegistered, type OidcApp } from './clients.ts'
import { judge, REFUSALS } from './judge.ts'
import { type OAuthError, oauthError } from './oauth-error.ts'
import { FormPostPage, OAuthProblemPage, PostMessagePage } from './pages.tsx'
import { type Issuer, scopeNamesOf, scopesOf } from './servers.ts'

/** What becomes of an authorization request before the provider sees it. */
export type AuthorizeReading =
  /** Sound as far as can be told without the person: parameters for the provider. */
  | {
      readonly kind: 'proceed'
      readonly app: OidcApp
      readonly scopes: readonly string[]
      readonly params: URLSearchParams
    }
  /** Shown to the person: the address to answer at is not to be trusted (reference sheet 6.1). */
  | { readonly kind: 'page'; readonly error: OAuthError; readonly app?: OidcApp }
  | (Answer & { readonly app: OidcApp })

/** Told to the application, at its address. */
export interface Answer {
  readonly kind: 'answer'
  readonly redirectUri: string
  readonly mode: string
  readonly state?: string
  readonly error: OAuthError
}

/** Longest request, in characters as an address spells it: one that is posted waits for its person as any other does. */
const LONGEST_REQUEST = 32 * 1024

const OF_ID_TOKEN = ['nonce', 'claims', 'acr_values', 'id_token_hint']
const MODES = ['query', 'fragment', 'form_post', 'okta_post_message']

/** Check a request in this order: client, address (these show a page), then what the application is told. */
export function readAuthorizeRequest(system: OktaSystem, issuer: Issuer, given: URLSearchParams): AuthorizeReading {
  const { store } = system
  if (given.toString().length > LONGEST_REQUEST) return page('invalid_request', 'The request is too long.')
  const app = clientOf(store, given.get('client_id') ?? '')
  if (app === undefined) return page('invalid_client', "Invalid value for 'client_id' parameter.")
  const { oidc } = app
  if (!oidc.grantTypes.includes('authorization_code')) {
    return page(
      'unauthorized_client',
      `The client is not authorized to use the provided grant type. Configured grant types: [${oidc.grantTypes.join(', ')}].`,
    )
  }
  const redirectUri = given.get('redirect_uri') ?? ''
  if (!isRegistered(oidc, oidc.redirectUris, redirectUri)) {
    const general = `${system.origin}/admin/app/${app.name}/instance/${app.id}/general`
    const words = `The 'redirect_uri' parameter must be a Login redirect URI in the client app settings: ${general}`
    const error = { ...oauthError('invalid_request', words, 400), reason: 'illegal_redirect_uri' } as const
    return { kind: 'page', error, app }
  }
  const problem = problemOf(system, issuer, app, given)
  if (problem !== undefined) return { ...answerOf(given, redirectUri, problem), app }

  const params = new URLSearchParams(given)
  const scopes = scopesAsked(system, issuer, given)
  params.set('scope', scopes.join(' '))
  // Ours, taken care of here.
  params.delete('sessionToken')
  // They speak of an ID token: where none is asked for they are of no consequence.
  if (!scopes.includes('openid')) for (const name of OF_ID_TOKEN) params.delete(name)
  return { kind: 'proceed', app, scopes, params }
}

function page(error: string, description: string): AuthorizeReading {
  return { kind: 'page', error: oauthError(error, description, 400) }
}

/** An error for the application of a request. */
export function answerOf(params: URLSearchParams, redirectUri: string, error: OAuthError): Answer {
  const state = params.get('state')
  const mode = params.get('response_mode') ?? 'query'
  return { kind: 'answer', redirectUri, mode, error, ...(state === null ? {} : { state }) }
}

/** Scopes of a request: what it names, else the server's default ones. */
export function scopesAsked(
  { store }: Pick<OktaSystem, 'store'>,
  { id }: Issuer,
  given: URLSearchParams,
): readonly string[] {
  const named = (given.get('scope') ?? '').split(/\s+/).filter(Boolean)
  if (named.length > 0) return [...new Set(named)]
  return scopesOf(store, id)
    .filter(({ isDefault }) => isDefault)
    .map(({ name }) => name)
}

/** What is wrong with a list of scopes at a server; `undefined`: nothing. */
export function scopeProblem(
  system: Pick<OktaSystem, 'store'>,
  issuer: Issuer,
  scopes: readonly string[],
): OAuthError | undefined {
  if (scopes.length === 0) {
    return oauthError(
      'invalid_scope',
      "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    )
  }
  const known = scopeNamesOf(system.store, issuer.id)
  return scopes.every((scope) => known.includes(scope))
    ? undefined
    : {
        ...oauthError('invalid_scope', 'One or more scopes are not configured for the authorization server resource.'),
        reason: 'no_matching_scope',
      }
}

function problemOf(system: OktaSystem, issuer: Issuer, app: OidcApp, given: URLSearchParams): OAuthError | undefined {
  const invalid = (description: string): OAuthError => oauthError('invalid_request', description)
  const responseType = given.get('response_type')
  if (responseType === null) return invalid("The authentication request is missing the 'response_type' parameter.")
  if (responseType !== 'code') {
    return oauthError(
      'unsupported_response_type',
      'The response type is not supported by the authorization server. Configured response types: [code].',
    )
  }
  const mode = given.get('response_mode')
  if (mode !== null && !MODES.includes(mode)) {
    return invalid(
      "The 'response_mode' parameter is invalid. Allowed values: [query, fragment, form_post, okta_post_message].",
    )
  }
  if ((given.get('state') ?? '') === '') return invalid("The authentication request has an invalid 'state' parameter.")
  const challenge = given.get('code_challenge')
  if (challenge === null && (isPublic(app) || app.oidc.pkceRequired)) {
    return invalid("PKCE code challenge is required when the token endpoint authentication method is 'NONE'.")
  }
  if (challenge !== null && given.get('code_challenge_method') !== 'S256') {
    return invalid("The 'code_challenge_method' parameter must be 'S256'.")
  }
  for (const name of ['request', 'request_uri', 'registration']) {
    if (given.has(name)) return invalid(`The '${name}' parameter is not supported.`)
  }
  const prompts = (given.get('prompt') ?? '').split(' ').filter(Boolean)
  if (prompts.includes('none') && prompts.length > 1)
    return invalid("The 'prompt' parameter value 'none' cannot be combined with others.")
  if (prompts.some((each) => !['none', 'login', 'consent'].includes(each)))
    return invalid("The 'prompt' parameter is invalid.")
  return scopeProblem(system, issuer, scopesAsked(system, issuer, given))
}

/** Why somebody who is signed in gets no code for this request; `undefined` when they may. */
export function refusalFor(
  { store }: Pick<OktaSystem, 'store'>,
  issuer: Issuer,
  { app, scopes }: Pick<Extract<AuthorizeReading, { kind: 'proceed' }>, 'app' | 'scopes'>,
  user: OktaUser,
): OAuthError | undefined {
  const { kind } = judge(store, issuer, { app, user, scopes, grantType: 'authorization_code' })
  return kind === 'allowed' ? undefined : REFUSALS[kind]
}

/** Whether the person is asked for their password again whatever session there is; the provider sees to it. */
export function asksAgain(params: URLSearchParams): boolean {
  return params.has('max_age') || (params.get('prompt') ?? '').split(' ').includes('login')
}

/** The place of a request at a server, and who is signed in to the org. */
export function placeOf(issuer: Issuer, signedIn: OidcSignedIn | null): OidcPlace {
  return { realm: issuer.id, mount: issuer.mount, issuer: issuer.issuer, signedIn }
}

/** Show an error to the person alone. */
export function sendProblemPage(system: OktaSystem, req: Request, res: Response, error: OAuthError): void {
  res.setHeader('cache-control', 'no-store')
  res
    .status(error.status)
    .type('html')
    .send(renderPage(<OAuthProblemPage frame={frameOf(system, req.path)} error={error} />))
}

/** Answer the application with an error, the way it asked to be answered. */
export function sendAnswer(system: OktaSystem, req: Request, res: Response, answer: Answer): void {
  const { redirectUri, mode, state, error } = answer
  const fields = {
    ...(state === undefined ? {} : { state }),
    error: error.error,
    error_description: error.description,
  }
  res.setHeader('cache-control', 'no-store')
  const frame = frameOf(system, req.path)
  if (mode === 'form_post') {
    allowAnswerPage(res, mode, redirectUri)
    res.type('html').send(renderPage(<FormPostPage frame={frame} action={redirectUri} fields={fields} />))
    return
  }
  if (mode === 'okta_post_message') {
    allowAnswerPage(res, mode, redirectUri)
    const { origin } = new URL(redirectUri)
    res.type('html').send(renderPage(<PostMessagePage frame={frame} origin={origin} fields={fields} />))
    return
  }
  const url = new URL(redirectUri)
  if (mode === 'fragment') url.hash = new URLSearchParams(fields).toString()
  else for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value)
  res.redirect(302, url.href)
}

/**
 * Let a page that carries an answer do so: a form may go to the application, and the application may have the page in a frame. What
 * it carries is no matter of the journal.
 */
export function allowAnswerPage(res: Response, mode: string | null, redirectUri: string): void {
  if (mode !== 'form_post' && mode !== 'okta_post_message') return
  withholdAnswer()
  const policy = res.getHeader('content-security-policy')
  if (typeof policy !== 'string') return
  const { origin } = new URL(redirectUri)
  res.setHeader(
    'content-security-policy',
    mode === 'form_post'
      ? policyAllowing(policy, redirectUri)
      : policy.replace(/frame-ancestors [^;]*/, `frame-ancestors 'self' ${origin}`),
  )
}

import type { OidcProblem } from '#idp/protocols/oidc/policy.ts'
import { envelopeOf } from '../api/api-error.ts'

/** An error of the protocol in Okta's words (reference sheet 6.1). */
export interface OAuthError {
  readonly error: string
  readonly description: string
  readonly status: number
  /** What the System Log calls it, where it tells of it. */
  readonly reason?: RefusalReason
  /** Told in the envelope of the Management API, as a client nobody knows is where tokens are asked for. */
  readonly inEnvelope?: true
}

/** `outcome.reason` of an event of the System Log. */
export type RefusalReason =
  | 'illegal_redirect_uri'
  | 'no_matching_scope'
  | 'no_matching_policy'
  | 'user_not_assigned'
  | 'invalid_client'
  | 'invalid_grant'

export function oauthError(
  error: string,
  description: string,
  status = error === 'invalid_client' ? 401 : 400,
): OAuthError {
  return { error, description, status }
}

/** Members of a JSON answer. */
export function jsonOf({ error, description, inEnvelope }: OAuthError) {
  return inEnvelope === true ? envelopeOf(error, description) : { error, error_description: description }
}

/** Reasons of the library at the token endpoint that are told apart. */
const TOKEN_REASONS: readonly (readonly [RegExp, string])[] = [
  [/redirect_uri mismatch/, "The 'redirect_uri' does not match the redirection URI used in the authorization request."],
  [/PKCE|code_verifier/, 'PKCE verification failed.'],
  [/refresh token|RefreshToken/, 'The refresh token is invalid or expired.'],
  [/scope/, 'The requested scope is invalid, unknown, or malformed.'],
]

const AUTHORIZE_WORDS: Readonly<Record<string, string>> = {
  login_required: 'The client specified not to prompt, but the user is not logged in.',
  consent_required: 'The client specified not to prompt, but the client app requires consent from the user.',
  interaction_required: 'The client specified not to prompt, but the client app requires re-authentication or MFA.',
  access_denied: 'The resource owner or authorization server denied the request.',
  invalid_scope: 'One or more scopes are not configured for the authorization server resource.',
}

/** The library's problem in Okta's words; its own reason stays inside. */
export function worded({ error, description, detail, route }: OidcProblem): OAuthError {
  const reason = `${detail ?? ''} ${description}`
  if (route === 'token') {
    if (error === 'invalid_client')
      return oauthError(error, 'The client secret supplied for a confidential client is invalid.')
    const found = TOKEN_REASONS.find(([pattern]) => pattern.test(reason))
    if (found !== undefined) return oauthError(error, found[1])
    if (error === 'invalid_grant') return oauthError(error, 'The authorization code is invalid or has expired.')
  }
  if (route === 'userinfo') {
    return /scope/.test(error)
      ? oauthError(
          'insufficient_scope',
          'The access token must provide access to at least one of these scopes - openid, profile, email, address or phone',
          403,
        )
      : oauthError('invalid_token', 'The access token is invalid.', 401)
  }
  // Words of our own pass: a refusal, a decision on the consent page.
  if (error === 'access_denied' && /^(User|Policy|The resource)/.test(description))
    return oauthError(error, description)
  return oauthError(error, AUTHORIZE_WORDS[error] ?? sentence(description))
}

function sentence(text: string): string {
  if (text === '') return 'The request is not valid.'
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
}

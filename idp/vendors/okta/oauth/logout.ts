import { createLocalJWKSet, errors, jwtVerify } from 'jose'
import type { OidcService } from '#idp/protocols/oidc/service.ts'
import type { OktaSystem } from '../collections.ts'
import { isRegistered, oidcAppOf } from './clients.ts'
import { type OAuthError, oauthError } from './oauth-error.ts'
import type { Issuer } from './servers.ts'

export type LogoutReading =
  | { readonly kind: 'refused'; readonly error: OAuthError }
  /** `userId`: whose session ends. `leaveTo`: where the browser goes then; absent: our own page. */
  | { readonly kind: 'leave'; readonly userId: string; readonly clientId: string; readonly leaveTo?: string }

/**
 * Read a sign-out request (OpenID Connect RP-Initiated Logout §2): an ID token of this server tells whose session and which client, even
 * when it has expired; the address to go on to is one the client has registered.
 */
export async function readLogout(
  { store }: Pick<OktaSystem, 'store'>,
  service: OidcService,
  { issuer }: Issuer,
  params: URLSearchParams,
): Promise<LogoutReading> {
  const refuse = (error: string, description: string): LogoutReading => ({
    kind: 'refused',
    error: oauthError(error, description, 400),
  })
  const hint = params.get('id_token_hint')
  if (hint === null || hint === '') return refuse('invalid_request', "The 'id_token_hint' parameter is required.")
  const claims = await claimsOfHint(service, issuer, hint)
  const clientId = typeof claims?.aud === 'string' ? claims.aud : ''
  const app = oidcAppOf(store, clientId)
  if (claims?.sub === undefined || app === undefined)
    return refuse('invalid_token', "The 'id_token_hint' parameter is invalid.")
  const leaveTo = params.get('post_logout_redirect_uri')
  if (leaveTo === null) return { kind: 'leave', userId: claims.sub, clientId }
  if (!isRegistered(app.oidc, app.oidc.postLogoutRedirectUris, leaveTo)) {
    return refuse(
      'invalid_request',
      "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings.",
    )
  }
  const address = new URL(leaveTo)
  const state = params.get('state')
  if (state !== null) address.searchParams.set('state', state)
  return { kind: 'leave', userId: claims.sub, clientId, leaveTo: address.href }
}

/** Claims of an ID token that carries a signature of this server, however old. */
async function claimsOfHint(service: OidcService, issuer: string, hint: string) {
  await service.ready()
  const keys = service.publishedKeys().map(({ kid, n, e }) => ({ kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e }))
  try {
    const { payload } = await jwtVerify(hint, createLocalJWKSet({ keys }), {
      issuer,
      algorithms: ['RS256'],
      // It may have ended long ago: whose it was is all that counts.
      currentDate: new Date(0),
    })
    return payload
  } catch (problem) {
    if (problem instanceof errors.JOSEError || problem instanceof TypeError) return undefined
    throw problem
  }
}

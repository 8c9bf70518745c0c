import { timingSafeEqual } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, importJWK, jwtVerify } from 'jose'
import { hashSecret } from '#kit/secrets.ts'
import type { OktaSystem } from '../collections.ts'
import { clientOf, isPublic, type OidcApp } from './clients.ts'
import { type OAuthError, oauthError } from './oauth-error.ts'
import type { Issuer } from './servers.ts'

/** Who calls, or why they are not believed. */
export type ClientReading =
  | { readonly kind: 'known'; readonly app: OidcApp }
  /** `app`: the client it says it is, where there is one. */
  | { readonly kind: 'refused'; readonly error: OAuthError; readonly app?: OidcApp }

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** An assertion of a client lives no longer (wall seconds). */
const LONGEST_ASSERTION = 3600

const unbelieved = (description: string): OAuthError => ({
  ...oauthError('invalid_client', description),
  reason: 'invalid_client',
})
const BAD_CLIENT_ID: OAuthError = {
  ...oauthError('invalid_client', "Invalid value for 'client_id' parameter."),
  inEnvelope: true,
}
const NO_CREDENTIALS = unbelieved(
  'Client authentication failed. Either the client or the client credentials are invalid.',
)
const WRONG_SECRET = unbelieved('The client secret supplied for a confidential client is invalid.')

interface Credentials {
  readonly clientId: string
  readonly secret?: string
  readonly assertion?: string
}

/** Credentials of a client from the header or the form (RFC 6749 §2.3.1, RFC 7523 §2.2); `undefined`: none, or several at once. */
function credentialsOf(params: URLSearchParams, authorization: string | undefined): Credentials | undefined {
  const clientId = params.get('client_id') ?? ''
  const assertion = params.get('client_assertion')
  const basic = /^basic (.+)$/i.exec(authorization ?? '')?.[1]
  const secret = params.get('client_secret')
  if ([assertion, basic, secret].filter((each) => each !== null && each !== undefined).length > 1) return undefined
  if (assertion !== null) {
    if (params.get('client_assertion_type') !== ASSERTION_TYPE) return undefined
    const subject = subjectOf(assertion)
    return subject === undefined || (clientId !== '' && clientId !== subject)
      ? undefined
      : { clientId: subject, assertion }
  }
  if (basic !== undefined) {
    const [name = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
    // Okta's own script names a client without a secret in the header as well.
    const password = decoded(rest.join(':'))
    return password === '' ? { clientId: decoded(name) } : { clientId: decoded(name), secret: password }
  }
  if (clientId === '') return undefined
  return secret === null ? { clientId } : { clientId, secret }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', '%20'))
  } catch {
    return name
  }
}

function subjectOf(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub
  } catch {
    return undefined
  }
}

/** Compare with every active secret, each in constant time. */
function isSecretOf({ oidc }: OidcApp, secret: string): boolean {
  const given = Buffer.from(hashSecret(secret))
  return oidc.secrets.some(({ status, secretHash }) => {
    const kept = Buffer.from(secretHash)
    return status === 'ACTIVE' && kept.length === given.length && timingSafeEqual(kept, given)
  })
}

/** Why an assertion of the client is no good (RFC 7523 §3); `undefined` when it is. */
async function assertionProblem(
  app: OidcApp,
  assertion: string,
  audiences: readonly string[],
): Promise<string | undefined> {
  const { kid, alg = '' } = headerOf(assertion)
  const jwk = app.oidc.jwks.find((each) => (kid === undefined ? true : each['kid'] === kid))
  if (jwk === undefined) return 'The client_assertion signature is invalid: no key of the client fits.'
  try {
    const key = await importJWK(jwk as Parameters<typeof importJWK>[0], alg)
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'],
      audience: [...audiences],
      issuer: app.id,
      subject: app.id,
      requiredClaims: ['exp'],
    })
    const now = Math.floor(Date.now() / 1000)
    return (payload.exp ?? 0) > now + LONGEST_ASSERTION
      ? 'The client_assertion token has an expiration too far into the future.'
      : undefined
  } catch (problem) {
    if (problem instanceof errors.JWTExpired) return 'The client_assertion token is expired.'
    if (problem instanceof errors.JWTClaimValidationFailed) {
      return problem.claim === 'aud'
        ? 'The audience claim for client_assertion must be the endpoint invoked for the request.'
        : `The '${problem.claim}' claim of the client_assertion is invalid.`
    }
    if (problem instanceof errors.JOSEError || problem instanceof TypeError)
      return 'The client_assertion signature is invalid.'
    throw problem
  }
}

function headerOf(assertion: string): { readonly kid?: string; readonly alg?: string } {
  try {
    const { kid, alg } = decodeProtectedHeader(assertion)
    return { ...(kid === undefined ? {} : { kid }), ...(alg === undefined ? {} : { alg }) }
  } catch {
    return {}
  }
}

/**
 * Who calls an endpoint of an authorization server: a client whose secret is right, whose assertion its own key has signed, or that has
 * no credentials because it needs none. The way a secret travels is not looked at.
 *
 * @param endpoint Path behind the server's mount: `/v1/token`.
 */
export async function readClient(
  { store, origin }: Pick<OktaSystem, 'store' | 'origin'>,
  { mount, issuer }: Issuer,
  endpoint: string,
  params: URLSearchParams,
  authorization: string | undefined,
): Promise<ClientReading> {
  const credentials = credentialsOf(params, authorization)
  if (credentials === undefined) return { kind: 'refused', error: NO_CREDENTIALS }
  const { clientId, secret, assertion } = credentials
  const app = clientOf(store, clientId)
  if (app === undefined) return { kind: 'refused', error: BAD_CLIENT_ID }
  const refuse = (error: OAuthError): ClientReading => ({ kind: 'refused', error, app })
  if (isPublic(app))
    return secret === undefined && assertion === undefined ? { kind: 'known', app } : refuse(NO_CREDENTIALS)
  if (app.oidc.authMethod === 'private_key_jwt') {
    if (assertion === undefined) return refuse(NO_CREDENTIALS)
    const problem = await assertionProblem(app, assertion, [`${origin}${mount}${endpoint}`, issuer])
    return problem === undefined ? { kind: 'known', app } : refuse(unbelieved(problem))
  }
  if (secret === undefined) return refuse(NO_CREDENTIALS)
  return isSecretOf(app, secret) ? { kind: 'known', app } : refuse(WRONG_SECRET)
}

import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { leftFor, type Visit } from '#kit/test/browser.ts'
import { type RunningEntra, TENANT } from './start-entra.ts'

/** Applications of their own, by openid-client and oauth4webapi: nothing here is the sign-in service's code. */

export interface AppUnderTest {
  readonly appId: string
  readonly secret?: string
  readonly redirectUri: string
  /** Not a page: an installed app, which keeps no secret either. */
  readonly isInstalled?: boolean
}

/**
 * @param realm Tenant segment of the authority. `common` and `organizations` are read without the comparison of issuers, which
 *   their placeholder cannot pass.
 */
export async function discover(
  entra: Pick<RunningEntra, 'origin'>,
  app: AppUnderTest,
  realm: string = TENANT,
): Promise<client.Configuration> {
  const auth = app.secret === undefined ? client.None() : client.ClientSecretPost(app.secret)
  if (realm === 'common' || realm === 'organizations') {
    const document = await fetch(`${entra.origin}/${realm}/v2.0/.well-known/openid-configuration`)
    const config = new client.Configuration(
      (await document.json()) as client.ServerMetadata,
      app.appId,
      undefined,
      auth,
    )
    client.allowInsecureRequests(config)
    return asPage(config, app)
  }
  const config = await client.discovery(new URL(`${entra.origin}/${realm}/v2.0`), app.appId, undefined, auth, {
    execute: [client.allowInsecureRequests],
  })
  return asPage(config, app)
}

/** A single-page app asks from a page: what a browser adds to its scripts' requests is added here. */
function asPage(config: client.Configuration, app: AppUnderTest): client.Configuration {
  if (app.secret !== undefined || app.isInstalled) return config
  const { origin } = new URL(app.redirectUri)
  config[client.customFetch] = (url, options) =>
    fetch(url, { ...options, headers: { ...options.headers, origin } } as RequestInit)
  return config
}

export interface Started {
  readonly url: string
  readonly checks: client.AuthorizationCodeGrantChecks & {
    readonly pkceCodeVerifier: string
    readonly expectedNonce: string
  }
}

/** An authorization request with PKCE, state and nonce. */
export async function startFlow(
  config: client.Configuration,
  app: AppUnderTest,
  more: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: app.redirectUri,
    scope: 'openid profile email offline_access User.Read',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  })
  return { url: url.href, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } }
}

/** The code grant at an authority without a tenant: the issuer is filled in from the token, as such a client must. */
export async function redeemAtAnyTenant(
  config: client.Configuration,
  app: AppUnderTest,
  callback: URL,
  checks: Started['checks'],
): Promise<oauth.IDToken> {
  const server = config.serverMetadata() as oauth.AuthorizationServer
  const rp: oauth.Client = { client_id: app.appId }
  const auth = app.secret === undefined ? oauth.None() : oauth.ClientSecretPost(app.secret)
  const options = { [oauth.allowInsecureRequests]: true }
  const params = oauth.validateAuthResponse(server, rp, callback, String(checks.expectedState))
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    rp,
    auth,
    params,
    app.redirectUri,
    checks.pkceCodeVerifier,
    options,
  )
  const body = (await answer.clone().json()) as { readonly id_token: string }
  const payload = JSON.parse(Buffer.from(body.id_token.split('.')[1] ?? '', 'base64url').toString()) as {
    readonly tid: string
  }
  const issuer = server.issuer.replace('{tenantid}', payload.tid)
  const processed = await oauth.processAuthorizationCodeResponse({ ...server, issuer }, rp, answer, {
    expectedNonce: checks.expectedNonce,
    requireIdToken: true,
  })
  await oauth.validateApplicationLevelSignature(server, answer, options)
  const claims = oauth.getValidatedIdTokenClaims(processed)
  if (claims === undefined) throw new Error('There is no ID token.')
  return claims
}

/** The error an application was answered with. */
export function errorOf(visit: Visit): {
  readonly error: string | null
  readonly description: string
  readonly state: string | null
} {
  const { searchParams, hash } = leftFor(visit)
  const answer = searchParams.has('error') ? searchParams : new URLSearchParams(hash.slice(1))
  return {
    error: answer.get('error'),
    description: answer.get('error_description') ?? '',
    state: answer.get('state'),
  }
}

/** A token request by hand, for those a library would not send. */
export async function postToken(
  entra: Pick<RunningEntra, 'origin'>,
  realm: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(`${entra.origin}/${realm}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

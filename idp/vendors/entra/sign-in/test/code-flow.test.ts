import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leftFor, pageOf } from './browser.ts'
import {
  ADA,
  MARTA,
  OUTSIDER,
  PARTNER,
  type RunningEntra,
  SAMPLE,
  SPA,
  signInAs,
  startEntra,
  TENANT,
} from './start-entra.ts'

let entra: RunningEntra

beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

/** An application of its own, by openid-client: nothing here is our code. */
async function discoverSample(id: string, secret: string | undefined, tenant = TENANT): Promise<client.Configuration> {
  return client.discovery(
    new URL(`${entra.origin}/${tenant}/v2.0`),
    id,
    undefined,
    secret === undefined ? client.None() : client.ClientSecretPost(secret),
    { execute: [client.allowInsecureRequests] },
  )
}

async function authorizeUrl(config: client.Configuration, redirectUri: string, more: Record<string, string> = {}) {
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email offline_access User.Read',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...more,
  })
  return { url: url.href, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce } }
}

describe('an application registered in the tenant', () => {
  test('signs a person in, with consent the first time, and renews its tokens with rotation', async () => {
    const config = await discoverSample(SAMPLE.appId, SAMPLE.secret)
    const browser = entra.browser()
    const { url, checks } = await authorizeUrl(config, SAMPLE.redirectUri)

    const consent = await signInAs(browser, await browser.go(url), ADA)
    expect(pageOf(consent).title).toBe('Permissions requested')
    expect(pageOf(consent).text).toContain('Sign you in and read your profile')
    expect(pageOf(consent).text).not.toContain('Consent on behalf of your organization')
    const callback = leftFor(await browser.send(consent, '/consent', { decision: 'accept' }))
    expect(callback.searchParams.has('iss')).toBe(false)

    const tokens = await client.authorizationCodeGrant(config, callback, checks)
    const claims = tokens.claims()
    expect(claims).toMatchObject({
      iss: `${entra.origin}/${TENANT}/v2.0`,
      aud: SAMPLE.appId,
      tid: TENANT,
      ver: '2.0',
      name: 'Ada Okafor',
      preferred_username: ADA,
      email: ADA,
    })
    expect(claims?.sub).not.toBe(claims?.['oid'])

    const keys = createRemoteJWKSet(new URL(String(config.serverMetadata().jwks_uri)))
    const verified = await jwtVerify(String(tokens.id_token), keys, { audience: SAMPLE.appId })
    expect(verified.protectedHeader.alg).toBe('RS256')

    const renewed = await client.refreshTokenGrant(config, String(tokens.refresh_token))
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token)
    expect(renewed.claims()?.sub).toBe(claims?.sub)
    await expect(client.refreshTokenGrant(config, String(tokens.refresh_token))).rejects.toThrow()

    const info = await client.fetchUserInfo(config, tokens.access_token, String(claims?.sub))
    expect(info).toMatchObject({ sub: claims?.sub, name: 'Ada Okafor', email: ADA })
  })
})
void [oauth, MARTA, OUTSIDER, PARTNER, SPA]

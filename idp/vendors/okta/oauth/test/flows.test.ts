import { decodeJwt, decodeProtectedHeader } from 'jose'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  discovery,
  fetchUserInfo,
  randomPKCECodeVerifier,
  refreshTokenGrant,
  tokenIntrospection,
  tokenRevocation,
} from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leftFor } from '#kit/test/browser.ts'
import { oktaUserIdOf } from '../../world.ts'
import { OKTA_SAMPLE_WEB_APP } from '../samples.ts'
import { CALLBACK, type OAuthStage, PERSON, startOAuth, WEB_APP } from './oauth-stage.ts'

/** openid-client, unmodified, as a web application uses it. */

let stage: OAuthStage
beforeAll(async () => {
  stage = await startOAuth()
})
afterAll(() => stage.close())

const clientAt = (server: string) =>
  discovery(
    new URL(server === 'org' ? stage.origin : `${stage.origin}/oauth2/${server}`),
    WEB_APP,
    OKTA_SAMPLE_WEB_APP.secret,
    undefined,
    { execute: [allowInsecureRequests] },
  )

async function signIn(server: string, scope: string, browser = stage.browser()) {
  const config = await clientAt(server)
  const verifier = randomPKCECodeVerifier()
  const state = 'a-state'
  const nonce = 'a-nonce'
  const url = buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  const visit = await browser.visit(url)
  const answer = leftFor(visit.kind === 'left' ? visit : await stage.typePassword(browser, visit))
  const tokens = await authorizationCodeGrant(config, answer, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
  })
  return { config, tokens, browser }
}

describe.each(['org', 'default'])('the authorization server %s', (server) => {
  const issuer = () => (server === 'org' ? stage.origin : `${stage.origin}/oauth2/${server}`)

  test('signs somebody in with code and PKCE; the ID token has Okta’s claims', async () => {
    const { tokens } = await signIn(server, 'openid profile email')
    const userId = oktaUserIdOf(PERSON)
    expect(decodeProtectedHeader(tokens.id_token ?? '').alg).toBe('RS256')
    expect(tokens.claims()).toEqual({
      iss: issuer(),
      aud: WEB_APP,
      sub: userId,
      ver: 1,
      jti: expect.stringMatching(/^ID\./),
      amr: ['pwd'],
      idp: expect.stringMatching(/^00o/),
      nonce: 'a-nonce',
      name: expect.any(String),
      preferred_username: `${PERSON}@brightwave.example`,
      email: `${PERSON}@brightwave.example`,
      auth_time: expect.any(Number),
      at_hash: expect.any(String),
      iat: expect.any(Number),
      exp: expect.any(Number),
    })
    expect(decodeJwt(tokens.access_token)).toEqual({
      ver: 1,
      jti: expect.stringMatching(/^AT\./),
      iss: issuer(),
      aud: server === 'org' ? stage.origin : 'api://default',
      cid: WEB_APP,
      uid: userId,
      scp: ['openid', 'profile', 'email'],
      sub: `${PERSON}@brightwave.example`,
      auth_time: expect.any(Number),
      iat: expect.any(Number),
      nbf: expect.any(Number),
      exp: expect.any(Number),
    })
  })

  test('userinfo takes the access token, whose audience may be an API, and tells the rest', async () => {
    const { config, tokens } = await signIn(server, 'openid profile email')
    const info = await fetchUserInfo(config, tokens.access_token, oktaUserIdOf(PERSON))
    expect(info).toMatchObject({
      given_name: 'Farah',
      family_name: 'Haddad',
      zoneinfo: 'America/Los_Angeles',
      email_verified: true,
    })
    expect(info).not.toHaveProperty('ver')
  })

  test('gives a refresh token with offline_access, and replaces it at each use', async () => {
    const { config, tokens } = await signIn(server, 'openid offline_access')
    const renewed = await refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token)
    expect(decodeJwt(renewed.access_token)['uid']).toBe(oktaUserIdOf(PERSON))
    await expect(refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
      error_description: 'The refresh token is invalid or expired.',
    })
  })

  test('tells what a token is worth, and ends it', async () => {
    const { config, tokens } = await signIn(server, 'openid email offline_access')
    const refresh = tokens.refresh_token ?? ''
    expect(await tokenIntrospection(config, tokens.access_token)).toMatchObject({
      active: true,
      token_type: 'Bearer',
      client_id: WEB_APP,
      scope: 'openid email offline_access',
      username: `${PERSON}@brightwave.example`,
      uid: oktaUserIdOf(PERSON),
    })
    expect(await tokenIntrospection(config, refresh)).toMatchObject({ active: true, uid: oktaUserIdOf(PERSON) })
    await tokenRevocation(config, refresh)
    expect(await tokenIntrospection(config, refresh)).toEqual({ active: false })
    expect(await tokenIntrospection(config, tokens.access_token)).toEqual({ active: false })
  })

  test('signs out: the session of the org ends, and the browser goes on to a registered address', async () => {
    const { config, tokens, browser } = await signIn(server, 'openid')
    const url = buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: 'http://localhost:8080/',
      state: 'bye',
    })
    expect((await browser.leave(url)).href).toBe('http://localhost:8080/?state=bye')
    expect(await browser.go('/')).toMatchObject({ title: 'Sign In' })
  })
})

test('one sign-in is for the dashboard and every server: nobody is asked twice', async () => {
  const browser = stage.browser()
  await stage.typePassword(browser, await browser.visit('/'))
  const first = await signIn('default', 'openid', browser)
  const second = await signIn('org', 'openid', browser)
  expect(first.tokens.claims()?.['auth_time']).toBe(second.tokens.claims()?.['auth_time'])
})

test('a client gets tokens for itself from a custom server', async () => {
  const config = await clientAt('default')
  await stage.system.store.transact((tx) => {
    tx.put('oauthScopes', 'scp1', {
      id: 'scp1',
      serverId: 'default',
      name: 'orders:read',
      displayName: '',
      description: '',
      consent: 'IMPLICIT',
      isPublished: true,
      isDefault: false,
      system: false,
    })
  })
  const tokens = await clientCredentialsGrant(config, { scope: 'orders:read' })
  expect(decodeJwt(tokens.access_token)).toMatchObject({
    sub: WEB_APP,
    cid: WEB_APP,
    scp: ['orders:read'],
    aud: 'api://default',
  })
  expect(decodeJwt(tokens.access_token)).not.toHaveProperty('uid')
  expect(await tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true })
  await tokenRevocation(config, tokens.access_token)
  expect(await tokenIntrospection(config, tokens.access_token)).toEqual({ active: false })
})

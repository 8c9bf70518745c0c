import OktaJwtVerifier from '@okta/jwt-verifier'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishedKeys } from '#idp/protocols/oidc/signing-keys.ts'
import { call } from '#kit/test/call.ts'
import { oktaUserIdOf } from '../../world.ts'
import { retireServerKey, rollServerKey } from '../commands/server-keys.ts'
import { createOAuthServices } from '../services.ts'
import { type OAuthStage, PERSON, startOAuth, WEB_APP } from './oauth-stage.ts'

/** Okta's own verifier of tokens, unmodified: an API that is called with what the twin has given out. */

let stage: OAuthStage
let issuer: string
beforeAll(async () => {
  stage = await startOAuth()
  issuer = `${stage.origin}/oauth2/default`
})
afterAll(() => stage.close())

const verifier = (options: Partial<ConstructorParameters<typeof OktaJwtVerifier>[0]> = {}) =>
  new OktaJwtVerifier({ issuer, clientId: WEB_APP, testing: { disableHttpsCheck: true }, ...options })

/** A token as the server signs them, with claims of the test's own. */
const signed = (claims: Readonly<Record<string, unknown>>, seconds: number) =>
  createOAuthServices(stage.system)
    .of('default')
    .signToken({ iss: issuer, aud: 'api://default', cid: WEB_APP, scp: ['openid'], sub: 'x', ...claims }, seconds)

describe('accepts', () => {
  test('an access token for the API it names, with the claims that are asserted', async () => {
    const { access_token: token = '' } = await stage.tokens()
    const jwt = await verifier({ assertClaims: { cid: WEB_APP, 'scp.includes': ['email'] } }).verifyAccessToken(
      token,
      'api://default',
    )
    expect(jwt.claims).toMatchObject({ uid: oktaUserIdOf(PERSON), sub: `${PERSON}@brightwave.example`, cid: WEB_APP })
  })

  test('an ID token for the client, with its nonce', async () => {
    const { id_token: token = '' } = await stage.tokens({ changes: { nonce: 'n-1' } })
    const jwt = await verifier().verifyIdToken(token, WEB_APP, 'n-1')
    expect(jwt.claims.sub).toBe(oktaUserIdOf(PERSON))
  })
})

describe('refuses', () => {
  test('another audience, another issuer, another nonce', async () => {
    const { access_token: access = '', id_token: id = '' } = await stage.tokens({ changes: { nonce: 'n-1' } })
    await expect(verifier().verifyAccessToken(access, 'api://orders')).rejects.toThrow(
      /audience claim api:\/\/default does not match/,
    )
    await expect(verifier().verifyIdToken(id, WEB_APP, 'n-2')).rejects.toThrow(/nonce/)
    await expect(verifier().verifyIdToken(id, '0oaother', 'n-1')).rejects.toThrow(/audience claim/)
    const { access_token: ofOrg = '' } = await stage.tokens({ server: 'org' })
    await expect(verifier().verifyAccessToken(ofOrg, stage.origin)).rejects.toThrow(/signing key|issuer/i)
  })

  test('one that has expired, one that was altered', async () => {
    await expect(verifier().verifyAccessToken(await signed({}, -60), 'api://default')).rejects.toThrow(/expired/)
    const [head, , signature] = (await signed({}, 60)).split('.')
    const body = Buffer.from(JSON.stringify({ ...decodeJwt(await signed({}, 60)), sub: 'somebody.else' })).toString(
      'base64url',
    )
    await expect(verifier().verifyAccessToken(`${head}.${body}.${signature}`, 'api://default')).rejects.toThrow(
      /Signature/,
    )
  })

  test('a scope that is missing', async () => {
    const { access_token: token = '' } = await stage.tokens()
    await expect(
      verifier({ assertClaims: { 'scp.includes': ['orders:read'] } }).verifyAccessToken(token, 'api://default'),
    ).rejects.toThrow(/scp/)
  })
})

test('keys roll over on command: what the old one signed is accepted until it is retired', async () => {
  const deps = { system: stage.system }
  const kit = { kind: 'kit' } as const
  const { access_token: before = '' } = await stage.tokens()
  const kid = await rollServerKey(deps, kit, { serverId: 'default' })
  const { access_token: after = '' } = await stage.tokens()
  const keys = JSON.parse((await call(`${issuer}/v1/keys`)).text) as { keys: { kid: string }[] }
  expect(keys.keys).toHaveLength(2)
  expect(keys.keys[0]?.kid).toBe(kid)
  const jwt = await verifier().verifyAccessToken(after, 'api://default')
  expect(jwt.header.kid).toBe(kid)
  await verifier().verifyAccessToken(before, 'api://default')
  const old = publishedKeys(stage.system.store, 'default')[1]?.kid ?? ''
  await retireServerKey(deps, kit, { serverId: 'default', kid: old })
  await expect(verifier().verifyAccessToken(before, 'api://default')).rejects.toThrow(/signing key/)
  await verifier().verifyAccessToken(after, 'api://default')
})

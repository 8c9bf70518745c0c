import { createHash, X509Certificate } from 'node:crypto'
import { createRemoteJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leftFor, pageOf } from '#kit/test/browser.ts'
import { discover, postToken, startFlow } from './relying-party.ts'
import { ADA, enter, type RunningEntra, SAMPLE, startEntra, TENANT } from './start-entra.ts'

let entra: RunningEntra
beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

async function get(path: string) {
  const response = await fetch(`${entra.origin}${path}`, { headers: { origin: 'https://app.example' } })
  const body = (await response.json()) as Record<string, unknown>
  return { status: response.status, open: response.headers.get('access-control-allow-origin'), body }
}

describe('discovery', () => {
  test('of version 2 names the endpoints, and scripts of any page may read it', async () => {
    const { status, open, body } = await get(`/${TENANT}/v2.0/.well-known/openid-configuration`)
    const base = `${entra.origin}/${TENANT}`
    expect([status, open]).toEqual([200, '*'])
    expect(body).toMatchObject({
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      userinfo_endpoint: `${entra.origin}/oidc/userinfo`,
      frontchannel_logout_supported: true,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    })
  })

  test('of version 1 names the issuer of version 1.0 tokens, whose keys verify them', async () => {
    const { open, body } = await get(`/${TENANT}/.well-known/openid-configuration`)
    expect(open).toBe('*')
    expect(body['issuer']).toBe(`https://sts.windows.net/${TENANT}/`)
    const { body: tokens } = await postToken(entra, TENANT, {
      grant_type: 'client_credentials',
      client_id: SAMPLE.appId,
      client_secret: SAMPLE.secret,
      scope: 'https://graph.microsoft.com/.default',
    })
    const keys = createRemoteJWKSet(new URL(String(body['jwks_uri'])))
    const verified = await jwtVerify(String(tokens['access_token']), keys, { issuer: String(body['issuer']) })
    expect(verified.payload['ver']).toBe('1.0')
    const endpoints = ['token', 'authorization', 'end_session', 'device_authorization'].map(
      (name) => `${name}_endpoint`,
    )
    for (const member of endpoints) {
      expect(body[member]).toMatch(/\/oauth2\/[a-z]+$/)
      expect((await fetch(String(body[member]), { method: 'POST' })).status).not.toBe(404)
    }
  })

  test.each(['common', 'organizations'])('at %s has the placeholder in both versions', async (realm) => {
    const second = await get(`/${realm}/v2.0/.well-known/openid-configuration`)
    expect(second.body['issuer']).toBe(`${entra.origin}/{tenantid}/v2.0`)
    const first = await get(`/${realm}/.well-known/openid-configuration`)
    expect(first.body['issuer']).toBe('https://sts.windows.net/{tenantid}/')
  })

  test.each([
    ['an unknown tenant', 'nowhere.example', 90002],
    ['personal accounts', 'consumers', 9002346],
  ])('is refused for %s', async (_what, realm, code) => {
    for (const path of [
      'v2.0/.well-known/openid-configuration',
      '.well-known/openid-configuration',
      'discovery/v2.0/keys',
    ]) {
      const { status, body } = await get(`/${realm}/${path}`)
      expect([status, body['error_codes']]).toEqual([400, [code]])
    }
  })

  test('of the instance says where the tenant’s document is and which names are this service', async () => {
    const { host } = new URL(entra.origin)
    const ask = (version: string, authority = `${entra.origin}/${TENANT}/oauth2/v2.0/authorize`) =>
      get(
        `/common/discovery/instance?${new URLSearchParams({ 'api-version': version, authorization_endpoint: authority })}`,
      )
    expect(await ask('1.1')).toMatchObject({
      status: 200,
      open: '*',
      body: {
        tenant_discovery_endpoint: `${entra.origin}/${TENANT}/v2.0/.well-known/openid-configuration`,
        'api-version': '1.1',
        metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
      },
    })
    expect((await ask('1.0')).body).not.toHaveProperty('metadata')
    expect((await ask('1.1', 'https://login.example/common/oauth2/v2.0/authorize')).body).toMatchObject({
      error: 'invalid_instance',
      error_codes: [50049],
    })
    expect((await get('/common/discovery/instance?api-version=1.1')).body['error_codes']).toEqual([900144])
  })

  test('every number an error names is explained where it says', async () => {
    const { body } = await get('/nowhere.example/v2.0/.well-known/openid-configuration')
    const page = pageOf(await entra.browser().visit(String(body['error_uri'])))
    expect([page.status, page.title]).toEqual([200, 'Error lookup'])
    expect(page.text).toContain("Tenant '{tenant}' not found")
    expect(pageOf(await entra.browser().visit('/error?code=1')).status).toBe(404)
  })
})

describe('the signing keys', () => {
  const keysNow = async () =>
    ((await get('/common/discovery/v2.0/keys')).body as { keys: readonly (JWK & Record<string, string>)[] }).keys

  async function idToken(): Promise<string> {
    const config = await discover(entra, SAMPLE)
    const { url, checks } = await startFlow(config, SAMPLE)
    const callback = leftFor(await enter(entra.browser(), url, ADA))
    return String((await client.authorizationCodeGrant(config, callback, checks)).id_token)
  }
  const verify = (token: string) =>
    jwtVerify(token, createRemoteJWKSet(new URL(`${entra.origin}/common/discovery/v2.0/keys`)))

  test('are published with a certificate, by whose thumbprint they are called', async () => {
    const [key] = await keysNow()
    const raw = Buffer.from(String(key?.x5c?.[0]), 'base64')
    expect(key?.kid).toBe(createHash('sha1').update(raw).digest('base64url'))
    expect(key?.x5t).toBe(key?.kid)
    const certificate = new X509Certificate(raw)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.publicKey.export({ format: 'jwk' })).toMatchObject({ n: key?.n, e: key?.e })
    expect(key?.['issuer']).toBe(`${entra.origin}/{tenantid}/v2.0`)
    expect(JSON.stringify(key)).not.toContain('"d":')
  })

  test('roll over: the new one signs, the old ones verify until they are retired', async () => {
    const { oidc } = entra
    const before = await idToken()
    const [old] = await keysNow()
    const kid = await oidc.rollSigningKey()
    expect((await keysNow()).map((key) => key.kid)).toEqual([kid, old?.kid])

    const after = await idToken()
    expect(decodeProtectedHeader(after).kid).toBe(kid)
    expect(decodeProtectedHeader(before).kid).toBe(old?.kid)
    for (const token of [before, after]) expect((await verify(token)).protectedHeader.alg).toBe('RS256')

    expect(await oidc.retireSigningKey(kid)).toBe(false)
    expect(await oidc.retireSigningKey(String(old?.kid))).toBe(true)
    expect((await keysNow()).map((key) => key.kid)).toEqual([kid])
    await expect(verify(before)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' })
    expect((await verify(after)).protectedHeader.kid).toBe(kid)
  })

  test('an access token of an old key is good for Graph and userinfo while the key is published', async () => {
    const { oidc } = entra
    const token = await oidc.signToken({ hello: 'there' }, 60)
    const [old] = await keysNow()
    await oidc.rollSigningKey()
    expect((await oidc.readToken(token)).kind).toBe('valid')
    await oidc.retireSigningKey(String(old?.kid))
    expect((await oidc.readToken(token)).kind).toBe('forged')
  })
})

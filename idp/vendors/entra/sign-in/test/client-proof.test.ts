import { createHash, generateKeyPairSync, type KeyObject, randomUUID, X509Certificate } from 'node:crypto'
import { decodeJwt, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { KeyCredential } from '#idp/core/directory/records.ts'
import { certifyKey } from '#idp/protocols/oidc/key-certificate.ts'
import { hashSecret } from '#kit/secrets.ts'
import { leftFor } from '#kit/test/browser.ts'
import { errorOf, postToken } from './relying-party.ts'
import { changeApplication } from './sample-api.ts'
import { ADA, enter, PLAIN, type RunningEntra, SAMPLE, SPA, startEntra, TENANT } from './start-entra.ts'

let entra: RunningEntra
beforeAll(async () => {
  entra = await startEntra()
})
afterAll(() => entra.close())

/** A key pair with its certificate, as an administrator uploads it. */
function makeCredential(endDateTime = '2999-01-01T00:00:00Z') {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const der = certifyKey(
    {
      privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
    'sample',
    Date.now(),
  )
  const certificate = new X509Certificate(Buffer.from(der, 'base64')).toString()
  const raw = Buffer.from(der, 'base64')
  const sha1 = createHash('sha1').update(raw).digest()
  const credential: KeyCredential = {
    keyId: randomUUID(),
    displayName: 'CN=sample',
    thumbprint: sha1.toString('hex').toUpperCase(),
    certificate,
    startDateTime: '2020-01-01T00:00:00Z',
    endDateTime,
  }
  const x5t = sha1.toString('base64url')
  const x5tS256 = createHash('sha256').update(raw).digest('base64url')
  return { privateKey, credential, x5t, x5tS256 }
}

interface AssertionValues {
  readonly header?: Readonly<Record<string, string>>
  readonly claims?: Readonly<Record<string, unknown>>
  readonly key?: KeyObject
  readonly alg?: string
}

const KEY = makeCredential()
const OTHER = makeCredential()

function assertion({ header = { x5t: KEY.x5t }, claims = {}, key = KEY.privateKey, alg = 'RS256' }: AssertionValues) {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: SAMPLE.appId,
    sub: SAMPLE.appId,
    aud: `${entra.origin}/${TENANT}/oauth2/v2.0/token`,
    nbf: now,
    exp: now + 600,
    jti: randomUUID(),
    ...claims,
  })
    .setProtectedHeader({ alg, typ: 'JWT', ...header })
    .sign(key)
}

const GRANT = {
  grant_type: 'client_credentials',
  client_id: SAMPLE.appId,
  scope: 'https://graph.microsoft.com/.default',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
}
const askWith = async (values: AssertionValues = {}) =>
  postToken(entra, TENANT, { ...GRANT, client_assertion: await assertion(values) })

describe('a secret', () => {
  test('does not count before its start, nor after its end', async () => {
    const { clock } = entra.system
    const inSeconds = (seconds: number) => new Date(Date.parse(clock.iso()) + seconds * 1000).toISOString()
    const secret = 'good-for-an-hour-from-a-minute-on'
    const back = await changeApplication(entra, SAMPLE.appId, {
      secrets: [
        {
          keyId: randomUUID(),
          hash: hashSecret(secret),
          hint: secret.slice(0, 3),
          startDateTime: inSeconds(60),
          endDateTime: inSeconds(3660),
        },
      ],
    })
    const ask = async () =>
      postToken(entra, TENANT, {
        grant_type: 'client_credentials',
        client_id: SAMPLE.appId,
        client_secret: secret,
        scope: 'https://graph.microsoft.com/.default',
      })
    expect(await ask()).toMatchObject({ status: 401, body: { error: 'invalid_client', error_codes: [7000215] } })
    await entra.advance(60)
    expect((await ask()).status).toBe(200)
    await entra.advance(3600)
    expect((await ask()).body).toMatchObject({ error: 'invalid_client', error_codes: [7000222] })
    await back()
  })
})

describe('a certificate in place of a secret', () => {
  let back: () => Promise<void>
  beforeAll(async () => {
    back = await changeApplication(entra, SAMPLE.appId, { keyCredentials: [KEY.credential] })
  })
  afterAll(() => back())

  test.each([
    ['x5t and RS256', () => ({})],
    ['x5t#S256 and PS256', () => ({ header: { 'x5t#S256': KEY.x5tS256 }, alg: 'PS256' })],
    ['the issuer as audience', () => ({ claims: { aud: `${entra.origin}/${TENANT}/v2.0` } })],
    ['the tenant by its domain', () => ({ claims: { aud: `${entra.origin}/brightwave.example/oauth2/v2.0/token` } })],
  ])('is accepted with %s, and the token tells', async (_what, values) => {
    const { status, body } = await askWith(values())
    expect(status, JSON.stringify(body)).toBe(200)
    expect(decodeJwt(String(body['access_token']))['appidacr']).toBe('2')
  })

  const past = Math.floor(Date.now() / 1000) - 3600
  test.each([
    [
      'a key of somebody else',
      () => ({ key: OTHER.privateKey }),
      700027,
      'use of the key to verify the signature failed',
    ],
    [
      'a certificate nobody uploaded',
      () => ({ header: { x5t: OTHER.x5t }, key: OTHER.privateKey }),
      700027,
      'not found',
    ],
    ['no thumbprint', () => ({ header: {} }), 700027, 'not found'],
    ['another audience', () => ({ claims: { aud: 'https://login.example/token' } }), 700023, 'login.example'],
    [
      'an unknown tenant in the audience',
      () => ({ claims: { aud: `${entra.origin}/nowhere.example/oauth2/v2.0/token` } }),
      700023,
      '',
    ],
    ['another application', () => ({ claims: { iss: SPA.appId, sub: SPA.appId } }), 700021, ''],
    ['an end that has passed', () => ({ claims: { nbf: past - 600, exp: past } }), 700024, ''],
    ['a beginning that has not come', () => ({ claims: { nbf: past + 7200, exp: past + 9000 } }), 700024, ''],
  ])('is refused with %s', async (_what, values, code, words) => {
    const { status, body } = await askWith(values())
    expect([status, body['error'], body['error_codes']]).toEqual([401, 'invalid_client', [code]])
    expect(body['error_description']).toContain(words)
  })

  test('is refused when it is no assertion, or of no type', async () => {
    const bad = await postToken(entra, TENANT, { ...GRANT, client_assertion: 'no.jwt' })
    expect(bad.body['error_codes']).toEqual([50027])
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`
    expect((await postToken(entra, TENANT, { ...GRANT, client_assertion: unsigned })).body['error_codes']).toEqual([
      50027,
    ])
    const { client_assertion_type: _type, ...untyped } = GRANT
    const untypedAnswer = await postToken(entra, TENANT, { ...untyped, client_assertion: await assertion({}) })
    expect(untypedAnswer.body['error_codes']).toEqual([900144])
  })

  test('ends with the certificate, in virtual time', async () => {
    const ended = { ...KEY.credential, endDateTime: entra.system.clock.iso() }
    const undo = await changeApplication(entra, SAMPLE.appId, { keyCredentials: [ended] })
    const { body } = await askWith()
    expect(body['error_codes']).toEqual([700027])
    expect(body['error_description']).toContain('The key used is expired')
    expect(body['error_description']).toContain(KEY.credential.thumbprint)
    await undo()
  })
})

describe('who asks, and from where', () => {
  const origin = 'http://127.0.0.1:39212'
  async function codeOf(app: { readonly appId: string; readonly redirectUri: string }, email = PLAIN) {
    const verifier = 'v'.repeat(43)
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const params = new URLSearchParams({
      client_id: app.appId,
      response_type: 'code',
      redirect_uri: app.redirectUri,
      scope: 'openid offline_access User.Read',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    const visit = await enter(entra.browser(), `${entra.origin}/${TENANT}/oauth2/v2.0/authorize?${params}`, email)
    const answer = errorOf(visit)
    if (answer.error !== null) throw new Error(answer.description)
    return {
      grant_type: 'authorization_code',
      client_id: app.appId,
      redirect_uri: app.redirectUri,
      code_verifier: verifier,
      code: leftFor(visit).searchParams.get('code') ?? '',
    }
  }
  async function send(fields: Readonly<Record<string, string>>, from?: string) {
    const response = await fetch(`${entra.origin}/${TENANT}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: from === undefined ? {} : { origin: from },
      body: new URLSearchParams(fields),
    })
    const body = (await response.json()) as Record<string, unknown>
    return { body, codes: body['error_codes'], open: response.headers.get('access-control-allow-origin') }
  }

  test('a single-page app’s code and refresh token are good across origins only, and without a secret', async () => {
    const fields = await codeOf(SPA)
    expect(await send(fields)).toMatchObject({ codes: [9002327], open: '*' })
    expect((await send({ ...fields, client_secret: 'x' }, origin)).codes).toEqual([700025])
    const { body, open } = await send(fields, origin)
    expect([open, body['token_type']]).toEqual(['*', 'Bearer'])
    const renewal = { grant_type: 'refresh_token', client_id: SPA.appId, refresh_token: String(body['refresh_token']) }
    expect((await send(renewal)).codes).toEqual([9002327])
    expect((await send(renewal, origin)).body).toHaveProperty('refresh_token')
  })

  test('a web application’s code is not given to a script, and its secret does not help', async () => {
    const fields = { ...(await codeOf(SAMPLE, ADA)), client_secret: SAMPLE.secret }
    const refused = await send(fields, 'https://evil.example')
    expect(refused).toMatchObject({ codes: [9002326], open: '*' })
    expect(refused.body['error_description']).toContain("Request origin: 'https://evil.example'")
    expect((await send(fields)).body['token_type']).toBe('Bearer')
  })

  test('a single-page app renews for a day and no longer, however often it does', async () => {
    const { body } = await send(await codeOf(SPA), origin)
    const renew = (token: unknown) =>
      send({ grant_type: 'refresh_token', client_id: SPA.appId, refresh_token: String(token) }, origin)
    await entra.advance(20 * 3600)
    const renewed = await renew(body['refresh_token'])
    expect(renewed.body).toHaveProperty('access_token')
    await entra.advance(5 * 3600)
    expect((await renew(renewed.body['refresh_token'])).codes).toEqual([700084])
  })

  test('an installed app at a loopback address needs no secret and shows none', async () => {
    const back = await changeApplication(entra, SAMPLE.appId, {
      publicClient: { redirectUris: ['http://localhost/desktop'] },
    })
    const app = { appId: SAMPLE.appId, redirectUri: 'http://localhost:40111/desktop' }
    const fields = await codeOf(app, ADA)
    expect((await send({ ...fields, client_secret: SAMPLE.secret })).codes).toEqual([700025])
    const { body } = await send(fields)
    const renewal = { grant_type: 'refresh_token', client_id: app.appId, refresh_token: String(body['refresh_token']) }
    expect((await send(renewal)).body).toHaveProperty('access_token')
    await back()
  })
})

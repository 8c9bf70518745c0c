import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { leftFor, pageOf, type Visit } from '#kit/test/browser.ts'
import { errorOf, startFlow } from './relying-party.ts'
import { API, applicationOf, changeApplication, consentToApi, exposeApi, idOf, READ } from './sample-api.ts'
import { ADA, enter, type RunningEntra, SAMPLE, SPA, signInAs, startEntra, TENANT } from './start-entra.ts'

const GRAPH = 'https://graph.microsoft.com'
const ISSUER = `https://sts.windows.net/${TENANT}/`

let entra: RunningEntra
beforeAll(async () => {
  entra = await startEntra()
  await exposeApi(entra)
  const { requiredScopes } = applicationOf(entra, SAMPLE.appId)
  await changeApplication(entra, SAMPLE.appId, {
    requiredScopes: [...requiredScopes, READ],
    isFallbackPublicClient: true,
  })
  await consentToApi(entra, SAMPLE.appId, ['orders.read'])
  await signIn({ resource: GRAPH })
})
afterAll(() => entra.close())

/** A client of openid-client that knows nothing but the document of version 1, and checks signatures by its keys. */
async function firstClient(): Promise<client.Configuration> {
  const document = await fetch(`${entra.origin}/${TENANT}/.well-known/openid-configuration`)
  const config = new client.Configuration(
    (await document.json()) as client.ServerMetadata,
    SAMPLE.appId,
    undefined,
    client.ClientSecretPost(SAMPLE.secret),
  )
  client.allowInsecureRequests(config)
  client.enableNonRepudiationChecks(config)
  return config
}

async function signIn(more: Readonly<Record<string, string>>) {
  const config = await firstClient()
  const { url, checks } = await startFlow(config, SAMPLE, { scope: 'openid', ...more })
  return { config, checks, callback: leftFor(await enter(entra.browser(), url, ADA)) }
}

async function post(path: string, fields: Readonly<Record<string, string>>) {
  const response = await fetch(`${entra.origin}/${TENANT}/oauth2/${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> }
}

const SHARED = { client_id: SAMPLE.appId, client_secret: SAMPLE.secret }

describe('signing in by version 1', () => {
  test('gives tokens of version 1.0 for the resource that is named, with the members of version 1', async () => {
    const { config, checks, callback } = await signIn({ resource: API.uri })
    const tokens = await client.authorizationCodeGrant(config, callback, checks, { resource: API.uri })
    const { access_token: token, refresh_token: refreshToken, id_token: idToken, ...answer } = tokens
    const { exp, nbf } = decodeJwt(token)
    expect({ ...answer }).toEqual({
      token_type: 'bearer',
      scope: 'orders.read',
      expires_in: 3600,
      ext_expires_in: '3600',
      expires_on: String(exp),
      not_before: String(nbf),
      resource: API.uri,
    })
    expect(decodeJwt(String(idToken))).toEqual({
      aud: SAMPLE.appId,
      iss: ISSUER,
      iat: expect.any(Number),
      exp: expect.any(Number),
      nonce: checks.expectedNonce,
      amr: ['pwd'],
      family_name: 'Okafor',
      given_name: 'Ada',
      ipaddr: '127.0.0.1',
      name: 'Ada Okafor',
      oid: idOf(entra, ADA),
      sub: expect.any(String),
      tid: TENANT,
      unique_name: ADA,
      upn: ADA,
      ver: '1.0',
    })
    expect(decodeJwt(token)).toMatchObject({ aud: API.appId, scp: 'orders.read', ver: '2.0' })

    const renewed = await client.refreshTokenGrant(config, String(refreshToken))
    expect(renewed).toMatchObject({ resource: API.uri, scope: 'orders.read' })
    const other = await client.refreshTokenGrant(config, String(renewed.refresh_token), { resource: GRAPH })
    expect(other).toMatchObject({ resource: GRAPH, ext_expires_in: '3600' })
    expect(decodeJwt(other.access_token)).toMatchObject({ aud: GRAPH, iss: ISSUER, ver: '1.0', upn: ADA })
    expect(decodeJwt(other.access_token)['scp']).toContain('User.Read')
    const info = await client.fetchUserInfo(config, other.access_token, client.skipSubjectCheck)
    expect(info.name).toBe('Ada Okafor')
  })

  test('needs a resource at the sign-in or with the code, and the same one with both', async () => {
    const none = await signIn({})
    await expect(client.authorizationCodeGrant(none.config, none.callback, none.checks)).rejects.toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(/^AADSTS900144: .*'resource'/),
    })
    const late = await signIn({})
    const tokens = await client.authorizationCodeGrant(late.config, late.callback, late.checks, { resource: GRAPH })
    expect(tokens).toMatchObject({ resource: GRAPH })
    const two = await signIn({ resource: API.uri })
    await expect(
      client.authorizationCodeGrant(two.config, two.callback, two.checks, { resource: GRAPH }),
    ).rejects.toMatchObject({ error: 'invalid_grant', error_description: expect.stringContaining('AADSTS70000') })
  })

  test('is refused a resource nobody has registered, or the client has not listed', async () => {
    const { config } = await signIn({})
    const asked = async (resource: string) => {
      const { url } = await startFlow(config, SAMPLE, { scope: 'ignored', resource })
      return errorOf(await entra.browser().visit(url))
    }
    // The second: scopes behind a resource, which is one name.
    for (const resource of ['https://nowhere.example', `${GRAPH}/Mail.Read ${API.uri}`]) {
      expect(await asked(resource)).toMatchObject({
        error: 'invalid_resource',
        description: expect.stringContaining('AADSTS500011'),
      })
    }
    const { requiredScopes } = applicationOf(entra, SAMPLE.appId)
    const back = await changeApplication(entra, SAMPLE.appId, {
      requiredScopes: requiredScopes.filter((scope) => scope !== READ),
    })
    expect(await asked(API.uri)).toMatchObject({
      error: 'invalid_resource',
      description: expect.stringContaining('AADSTS650057'),
    })
    const { callback, checks } = await signIn({})
    await expect(client.authorizationCodeGrant(config, callback, checks, { resource: API.uri })).rejects.toMatchObject({
      error_description: expect.stringContaining('AADSTS650057'),
    })
    await back()
  })

  test('shows the page of consent again where an administrator is to consent', async () => {
    const config = await firstClient()
    const { url } = await startFlow(config, SAMPLE, { resource: GRAPH, prompt: 'admin_consent' })
    const browser = entra.browser()
    const visit: Visit = await signInAs(browser, await browser.visit(url), ADA)
    expect(pageOf(visit).title).toBe('Permissions requested')
  })

  test('of an unknown application shows the same page as version 2', async () => {
    const visit = await entra
      .browser()
      .visit(`/${TENANT}/oauth2/authorize?client_id=${TENANT}&response_type=code&resource=${GRAPH}`)
    expect(pageOf(visit).text).toContain('AADSTS700016')
  })
})

describe('a token of an application by version 1', () => {
  const ask = (more: Readonly<Record<string, string>>) =>
    post('token', { ...SHARED, grant_type: 'client_credentials', ...more })

  test('is for the resource that is named', async () => {
    const { body } = await ask({ resource: `${GRAPH}/` })
    const { exp, nbf, aud } = decodeJwt(String(body['access_token']))
    expect(aud).toBe(GRAPH)
    expect({ ...body, access_token: '' }).toEqual({
      token_type: 'Bearer',
      expires_in: '3599',
      ext_expires_in: '3599',
      expires_on: String(exp),
      not_before: String(nbf),
      resource: `${GRAPH}/`,
      access_token: '',
    })
  })

  test.each([
    ['without a resource', {}, 400, 'invalid_request', 900144],
    ['with a scope in its place', { scope: `${GRAPH}/.default` }, 400, 'invalid_request', 900144],
    ['for an unknown resource', { resource: 'https://nowhere.example' }, 400, 'invalid_resource', 500011],
    ['with a wrong secret', { resource: GRAPH, client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
  ])('is refused %s', async (_what, more, status, error, code) => {
    expect(await ask(more)).toMatchObject({ status, body: { error, error_codes: [code] } })
  })
})

describe('a device by version 1', () => {
  test('is given texts for numbers, and comes back with its code', async () => {
    const { body } = await post('devicecode', { client_id: SAMPLE.appId, resource: GRAPH })
    expect(body).toEqual({
      device_code: expect.any(String),
      user_code: expect.any(String),
      verification_url: `${entra.origin}/devicelogin`,
      expires_in: '900',
      interval: '5',
      message: expect.stringContaining(String(body['user_code'])),
    })
    const poll = () =>
      post('token', {
        grant_type: 'device_code',
        client_id: SAMPLE.appId,
        resource: GRAPH,
        code: String(body['device_code']),
      })
    expect((await poll()).body).toMatchObject({ error: 'authorization_pending', error_codes: [70016] })
    const browser = entra.browser()
    const typed = await browser.send(await browser.visit('/devicelogin'), '/oauth2/deviceauth', {
      user_code: String(body['user_code']),
    })
    const start = await browser.send(typed, '/oauth2/deviceauth', { confirm: 'yes' })
    const visit = await signInAs(browser, start, ADA)
    if (pageOf(visit).title === 'Permissions requested') await browser.send(visit, '/consent', { decision: 'accept' })
    const { body: tokens } = await poll()
    expect(tokens).toMatchObject({ resource: GRAPH, expires_in: '3600', refresh_token: expect.any(String) })
    expect(decodeJwt(String(tokens['id_token']))).toMatchObject({ iss: ISSUER, ver: '1.0', upn: ADA })
  })

  test('is refused a resource the client has not listed', async () => {
    const answer = await post('devicecode', { client_id: SPA.appId, resource: API.uri })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_resource', error_codes: [650057] } })
  })
})

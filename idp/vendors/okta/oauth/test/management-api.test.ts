import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBrowser, leftFor } from '#kit/test/browser.ts'
import { call } from '#kit/test/call.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { type RunningApi, startApi } from '../../api/test/start-api.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'

/** Apps and authorization servers by the Management API, and what they give out afterwards. */

type Json = Readonly<Record<string, unknown>>

let api: RunningApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const done = async (method: string, path: string, body?: object): Promise<Json> => {
  const answer = await api.ask(method, `/api/v1${path}`, body === undefined ? {} : { body })
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.text === '' ? {} : (JSON.parse(answer.text) as Json)
}
const refused = async (method: string, path: string, body?: object) => {
  const answer = await api.ask(method, `/api/v1${path}`, body === undefined ? {} : { body })
  const { errorCode, errorCauses } = answer.json() as { errorCode: string; errorCauses: { errorSummary: string }[] }
  return [answer.status, errorCode, ...errorCauses.map(({ errorSummary }) => errorSummary)]
}

const REDIRECT = 'https://orders.example/callback'
const webApp = (label: string, more: object = {}) => ({
  name: 'oidc_client',
  label,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_post' } },
  settings: {
    oauthClient: {
      application_type: 'web',
      redirect_uris: [REDIRECT],
      response_types: ['code'],
      grant_types: ['authorization_code', 'client_credentials'],
      consent_method: 'TRUSTED',
      ...more,
    },
  },
})

const clientOf = (app: Json) => {
  const { oauthClient } = app['credentials'] as { oauthClient: { client_id: string; client_secret?: string } }
  return oauthClient
}

const token = async (path: string, fields: Readonly<Record<string, string>>) => {
  const answer = await call(`${api.origin}${path}/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  })
  return { status: answer.status, body: JSON.parse(answer.text) as Json }
}

/** Tokens of somebody of the cast, by a code. */
const signIn = async (
  client: { client_id: string; client_secret?: string },
  handle: string,
  server: string,
  scope: string,
) => {
  const browser = createBrowser(api.origin)
  const query = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: REDIRECT,
    state: 's',
    scope,
  })
  const first = await browser.visit(`/oauth2/${server}/v1/authorize?${query}`)
  const typed = async () => {
    const name = await browser.send(first, '/login/identify', { username: `${handle}@brightwave.example` })
    return browser.send(name, '/login/verify', { password: TRAINING_PASSWORD })
  }
  const url = leftFor(first.kind === 'left' ? first : await typed())
  const code = url.searchParams.get('code')
  if (code === null) return { error: url.searchParams.get('error_description') }
  const { body } = await token(`/oauth2/${server}`, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    client_id: client.client_id,
    client_secret: client.client_secret ?? '',
  })
  return body
}

describe('OpenID Connect apps', () => {
  test('are made with a client id that is the app’s, and a secret', async () => {
    const app = await done('POST', '/apps', webApp('Orders'))
    expect(app).toMatchObject({
      name: 'oidc_client',
      signOnMode: 'OPENID_CONNECT',
      features: [],
      settings: { oauthClient: { application_type: 'web', redirect_uris: [REDIRECT], consent_method: 'TRUSTED' } },
    })
    expect(clientOf(app).client_id).toBe(app['id'])
    expect(clientOf(app).client_secret).toMatch(/^[\w-]{40,}$/)
    expect(await done('GET', `/apps/${app['id']}`)).toEqual(app)
    expect(await done('PUT', `/apps/${app['id']}`, app)).toEqual(app)
  })

  test('whose token may only read does not get to see the secret', async () => {
    const app = await done('POST', '/apps', webApp('Hidden'))
    const reader = await api.token('oskar.lindqvist')
    const answer = await api.ask('GET', `/api/v1/apps/${app['id']}`, { token: reader })
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain(clientOf(app).client_secret)
  })

  test.each([
    ['no redirect', { redirect_uris: [] }, /redirect_uris: At least one/],
    ['a fragment', { redirect_uris: [`${REDIRECT}#x`] }, /must not contain a fragment/],
    ['a script', { redirect_uris: ['javascript:alert(1)'] }, /scheme that is not allowed/],
    [
      'a public web app',
      { grant_types: ['authorization_code', 'refresh_token', 'client_credentials'], application_type: 'browser' },
      /can keep no secret/,
    ],
  ])('are refused with %s', async (_what, more, words) => {
    const [status, code, ...causes] = await refused('POST', '/apps', webApp(`Refused ${_what}`, more))
    expect([status, code]).toEqual([400, 'E0000001'])
    expect(causes.join(' ')).toMatch(words)
  })

  test('exchange one secret for another without a gap', async () => {
    const app = await done('POST', '/apps', webApp('Rotating'))
    const id = String(app['id'])
    const ask = (client_secret: string) =>
      token('/oauth2/default', { grant_type: 'client_credentials', scope: 'orders', client_id: id, client_secret })
    const old = clientOf(app).client_secret ?? ''
    const made = await done('POST', `/apps/${id}/credentials/secrets`, {})
    const fresh = String(made['client_secret'])
    // The scope is not there: the client was believed.
    expect((await ask(old)).body['error']).toBe('invalid_scope')
    expect((await ask(fresh)).body['error']).toBe('invalid_scope')
    const list = JSON.parse((await api.ask('GET', `/api/v1/apps/${id}/credentials/secrets`)).text) as Json[]
    const first = String(list[0]?.['id'])
    expect(await refused('DELETE', `/apps/${id}/credentials/secrets/${first}`)).toContain('E0000001')
    await done('POST', `/apps/${id}/credentials/secrets/${first}/lifecycle/deactivate`)
    expect((await ask(old)).body).toEqual({
      error: 'invalid_client',
      error_description: 'The client secret supplied for a confidential client is invalid.',
    })
    await done('DELETE', `/apps/${id}/credentials/secrets/${first}`)
    expect((await ask(fresh)).body['error']).toBe('invalid_scope')
  })

  test('let in who is assigned, and nobody else', async () => {
    const app = await done('POST', '/apps', webApp('Assigned'))
    expect(await signIn(clientOf(app), 'ada.okafor', 'default', 'openid')).toEqual({
      error: 'User is not assigned to the client application.',
    })
    await done('POST', `/apps/${app['id']}/users`, {
      id: oktaUserIdOf('ada.okafor'),
      scope: 'USER',
      credentials: { userName: 'ada@orders' },
    })
    const tokens = await signIn(clientOf(app), 'ada.okafor', 'default', 'openid')
    expect(decodeJwt(String(tokens['access_token'])).sub).toBe('ada@orders')
    expect(decodeJwt(String(tokens['id_token'])).sub).toBe(oktaUserIdOf('ada.okafor'))
  })
})

describe('a custom authorization server', () => {
  test('gives what its scopes, claims and policies say', async () => {
    const server = await done('POST', '/authorizationServers', {
      name: 'Orders API',
      description: '',
      audiences: ['api://orders'],
    })
    const id = String(server['id'])
    const path = `/authorizationServers/${id}`
    expect(server).toMatchObject({
      issuer: `${api.origin}/oauth2/${id}`,
      audiences: ['api://orders'],
      status: 'ACTIVE',
    })
    const app = await done('POST', '/apps', {
      ...webApp('Buyer'),
      settings: { ...webApp('').settings, implicitAssignment: true },
    })
    const client = clientOf(app)
    const asked = 'openid orders:read'

    expect(await signIn(client, 'ada.okafor', id, asked)).toMatchObject({
      error: expect.stringContaining('scopes are not configured'),
    })
    await done('POST', `${path}/scopes`, { name: 'orders:read', consent: 'IMPLICIT', metadataPublish: 'ALL_CLIENTS' })
    expect(await signIn(client, 'ada.okafor', id, asked)).toMatchObject({
      error: expect.stringContaining('Policy evaluation failed'),
    })

    const policy = await done('POST', `${path}/policies`, {
      type: 'OAUTH_AUTHORIZATION_POLICY',
      name: 'Buyers',
      description: 'For the buyer',
      conditions: { clients: { include: [app['id']] } },
    })
    const rules = `${path}/policies/${policy['id']}/rules`
    await done('POST', rules, {
      type: 'RESOURCE_ACCESS',
      name: 'Support only',
      conditions: {
        people: { groups: { include: [oktaGroupIdOf('Support')] } },
        grantTypes: { include: ['authorization_code'] },
        scopes: { include: ['openid', 'orders:read'] },
      },
      actions: { token: { accessTokenLifetimeMinutes: 10 } },
    })
    await done('POST', `${path}/claims`, {
      name: 'department',
      claimType: 'RESOURCE',
      valueType: 'EXPRESSION',
      value: 'user.department',
    })
    await done('POST', `${path}/claims`, {
      name: 'groups',
      claimType: 'IDENTITY',
      valueType: 'GROUPS',
      group_filter_type: 'STARTS_WITH',
      value: 'Sup',
    })

    const tokens = await signIn(client, 'ada.okafor', id, asked)
    expect(tokens['expires_in']).toBe(600)
    const access = decodeJwt(String(tokens['access_token']))
    expect(access).toMatchObject({
      iss: `${api.origin}/oauth2/${id}`,
      aud: 'api://orders',
      scp: ['openid', 'orders:read'],
      department: 'Support',
    })
    expect((access.exp ?? 0) - (access.iat ?? 0)).toBe(600)
    expect(decodeJwt(String(tokens['id_token']))['groups']).toEqual(['Support'])
    expect(await signIn(client, 'farah.haddad', id, asked)).toMatchObject({
      error: expect.stringContaining('Policy evaluation failed'),
    })
    // The rule is for people: the client by itself gets nothing.
    const own = await token(`/oauth2/${id}`, {
      grant_type: 'client_credentials',
      scope: 'orders:read',
      client_id: client.client_id,
      client_secret: client.client_secret ?? '',
    })
    expect(own).toMatchObject({ status: 400, body: { error: 'access_denied' } })

    const metadata = JSON.parse(
      (await call(`${api.origin}/.well-known/oauth-authorization-server/oauth2/${id}`)).text,
    ) as Json
    expect(metadata).toMatchObject({
      issuer: server['issuer'],
      scopes_supported: expect.arrayContaining(['orders:read']),
    })
    await done('POST', `${path}/lifecycle/deactivate`)
    expect((await call(`${api.origin}/oauth2/${id}/v1/keys`)).status).toBe(404)
    await done('DELETE', path)
    expect(await refused('GET', path)).toEqual([404, 'E0000007'])
  })

  test('keyRotate signs with a new key, the old one is listed as expired', async () => {
    const path = '/authorizationServers/default/credentials'
    await call(`${api.origin}/oauth2/default/v1/keys`)
    const rotated = (await done('POST', `${path}/lifecycle/keyRotate`, { use: 'sig' })) as unknown as Json[]
    expect(rotated.map(({ status }) => status)).toEqual(['ACTIVE', 'EXPIRED'])
    const published = JSON.parse((await call(`${api.origin}/oauth2/default/v1/keys`)).text) as { keys: Json[] }
    expect(published.keys.map(({ kid }) => kid)).toEqual(rotated.map(({ kid }) => kid))
  })

  test.each([
    [
      'POST',
      '/authorizationServers',
      { name: 'default', audiences: ['x'] },
      'name: An authorization server with this name already exists',
    ],
    ['POST', '/authorizationServers/default/scopes', { name: 'openid' }, 'name: A scope with this name already exists'],
    [
      'POST',
      '/authorizationServers/default/claims',
      { name: 'iss', claimType: 'RESOURCE', value: 'user.email' },
      "name: 'iss' is reserved",
    ],
    [
      'POST',
      '/authorizationServers/default/policies',
      { name: 'x', conditions: { clients: { include: ['0oanone'] } } },
      "clients: There is no client '0oanone'",
    ],
  ])('refuses %s %s %o', async (method, path, body, cause) => {
    expect(await refused(method, path, body)).toEqual([400, 'E0000001', cause])
  })

  test('is not for people whose role does not change apps', async () => {
    const reader = await api.token('oskar.lindqvist')
    const answer = await api.ask('POST', '/api/v1/authorizationServers', {
      token: reader,
      body: { name: 'No', audiences: ['x'] },
    })
    expect([answer.status, answer.json()['errorCode']]).toEqual([403, 'E0000006'])
  })
})

test('a trusted origin lets scripts read answers, until it is deactivated', async () => {
  const origin = 'https://shop.example'
  const allowed = async () =>
    (await call(`${api.origin}/oauth2/default/.well-known/openid-configuration`, { headers: { origin } })).headers[
      'access-control-allow-origin'
    ]
  expect(await allowed()).toBeUndefined()
  const made = await done('POST', '/trustedOrigins', { name: 'Shop', origin, scopes: [{ type: 'CORS' }] })
  expect(await allowed()).toBe(origin)
  await done('POST', `/trustedOrigins/${made['id']}/lifecycle/deactivate`)
  expect(await allowed()).toBeUndefined()
  expect(
    await refused('POST', '/trustedOrigins', { name: 'Shop', origin: `${origin}/path`, scopes: [{ type: 'CORS' }] }),
  ).toEqual([400, 'E0000001', 'origin: Type scheme, host and port alone'])
})

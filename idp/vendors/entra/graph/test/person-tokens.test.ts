import { createRemoteJWKSet, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { revokePermissions } from '#idp/core/directory/grants.ts'
import { setAccountEnabled, updateUser } from '#idp/core/directory/users.ts'
import { type Browser, createBrowser, leftFor } from '#kit/test/browser.ts'
import type { Answer } from '#kit/test/call.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import { createSignIn } from '../../sign-in/routes.ts'
import { type AppUnderTest, discover, startFlow } from '../../sign-in/test/relying-party.ts'
import { ADA, enter, MARTA, OUTSIDER, PARTNER, PLAIN, SAMPLE, TENANT } from '../../sign-in/test/start-entra.ts'
import { type RunningGraph, startGraph } from './start-graph.ts'

const BASIC_SCOPE = 'openid profile email offline_access User.Read User.ReadBasic.All'

let graph: RunningGraph
beforeAll(async () => {
  graph = await startGraph()
})
afterAll(() => graph.close())
afterEach(() => graph.reset())

interface SignedIn {
  readonly token: string
  readonly refreshToken: string
  readonly config: client.Configuration
  readonly browser: Browser
}

/** What an application of its own gets for a person that signs in and consents. */
async function signIn(
  email: string,
  scope = BASIC_SCOPE,
  app: AppUnderTest = SAMPLE,
  realm: string = TENANT,
): Promise<SignedIn> {
  const entra = { ...graph, browser: () => createBrowser(graph.origin), advance: () => Promise.resolve() }
  const config = await discover(entra, app, realm)
  const browser = createBrowser(graph.origin)
  const { url, checks } = await startFlow(config, app, { scope })
  const tokens = await client.authorizationCodeGrant(config, leftFor(await enter(browser, url, email)), checks)
  return { token: tokens.access_token, refreshToken: String(tokens.refresh_token), config, browser }
}

const ask = (token: string, path: string, method = 'GET'): Promise<Answer> => graph.ask(method, path, { token })

async function refusal(token: string, path: string, method = 'GET') {
  const answer = await ask(token, path, method)
  const { error } = answer.json() as { error: { code: string; message: string } }
  return [answer.status, error.code, error.message] as const
}

function idOf(email: string): string {
  return graph.system.store.find('users', 'userPrincipalName', email)[0]?.id ?? ''
}

describe('the access token of a person', () => {
  test('is used by a script of another origin: a preflight needs no token, and answers may be read', async () => {
    const origin = 'http://localhost:3000'
    const preflight = await graph.ask('OPTIONS', '/v1.0/me', {
      token: null,
      headers: { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization' },
    })
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, '*'])
    expect(preflight.headers['access-control-allow-headers']).toBe('authorization')
    expect(preflight.headers['access-control-allow-methods']).toContain('PATCH')
    const { token } = await signIn(MARTA)
    const me = await graph.ask('GET', '/v1.0/me', { token, headers: { origin } })
    const refused = await graph.ask('GET', '/v1.0/me', { token: 'made-up', headers: { origin } })
    expect([me, refused].map(({ status, headers }) => [status, headers['access-control-allow-origin']])).toEqual([
      [200, '*'],
      [401, '*'],
    ])
    // Whose session the browser has is nothing to Graph: no script is let use it.
    expect(me.headers['access-control-allow-credentials']).toBeUndefined()
  })

  test('is signed for Graph, names person, application and permissions, and is good for userinfo too', async () => {
    const { token, refreshToken, config } = await signIn(MARTA)
    const keys = createRemoteJWKSet(new URL(`${graph.origin}/${TENANT}/discovery/v2.0/keys`))
    const { payload } = await jwtVerify(token, keys, {
      audience: '00000003-0000-0000-c000-000000000000',
      issuer: `https://sts.windows.net/${TENANT}/`,
    })
    expect(payload).toMatchObject({
      appid: SAMPLE.appId,
      app_displayname: 'Sample web app',
      appidacr: '1',
      idtyp: 'user',
      oid: idOf(MARTA),
      tid: TENANT,
      upn: MARTA,
      scp: 'openid profile email User.Read User.ReadBasic.All',
      wids: ['62e90394-69f5-4237-9190-012177145e10'],
      ver: '1.0',
    })
    expect(Number(payload.exp) - Number(payload.iat)).toBe(3600)
    const info = await client.fetchUserInfo(config, token, client.skipSubjectCheck)
    expect(info).toMatchObject({ email: MARTA })

    const renewed = await client.refreshTokenGrant(config, refreshToken)
    expect((await ask(renewed.access_token, '/v1.0/me')).status).toBe(200)
    expect(await client.fetchUserInfo(config, renewed.access_token, client.skipSubjectCheck)).toEqual(info)
  })

  test('that was altered, or replaced by its identifier, is good for nothing', async () => {
    const { token, config } = await signIn(ADA)
    const [head = '', body = '', sign = ''] = token.split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
    const altered = { ...claims, oid: idOf(MARTA), scp: 'Directory.Read.All' }
    const forged = `${head}.${Buffer.from(JSON.stringify(altered)).toString('base64url')}.${sign}`
    expect(await refusal(forged, '/v1.0/me')).toMatchObject([401, 'InvalidAuthenticationToken', /signature/])
    for (const bad of [forged, String(claims['uti'])]) {
      await expect(client.fetchUserInfo(config, bad, client.skipSubjectCheck)).rejects.toMatchObject({ status: 401 })
    }
  })

  test('stands in no journal', async () => {
    const { token } = await signIn(ADA)
    await ask(token, '/v1.0/me')
    const journal = JSON.stringify(graph.system.journal.read({ limit: 1000 }).items)
    expect(journal).toContain('/v1.0/me')
    expect(journal).not.toContain(token.slice(-40))
    expect(JSON.stringify(graph.system.store.dump())).not.toContain(token.slice(-40))
  })
})

describe('Graph in the name of a person', () => {
  test('with User.Read shows oneself, and nobody else', async () => {
    const { token } = await signIn(ADA, 'openid offline_access User.Read')
    const me = await ask(token, '/v1.0/me')
    expect(me.json()).toMatchObject({
      '@odata.context': `${graph.origin}/v1.0/$metadata#users/$entity`,
      id: idOf(ADA),
      userPrincipalName: ADA,
      jobTitle: expect.any(String),
    })
    const some = await ask(token, '/v1.0/me?$select=displayName,department')
    expect(some.json()).toEqual({
      '@odata.context': `${graph.origin}/v1.0/$metadata#users(displayName,department)/$entity`,
      displayName: 'Ada Okafor',
      department: expect.any(String),
    })
    for (const path of ['/v1.0/users', `/v1.0/users/${idOf(MARTA)}`]) {
      expect(await refusal(token, path)).toMatchObject([403, 'Authorization_RequestDenied', /User\.ReadBasic\.All/])
    }
  })

  test('with User.ReadBasic.All lists everybody of the tenant with basic properties only', async () => {
    const { token } = await signIn(ADA)
    const answer = await ask(token, "/v1.0/users?$filter=startswith(displayName,'mar')&$top=5")
    const { value } = answer.json() as { value: readonly Record<string, unknown>[] }
    expect(value.length).toBeGreaterThan(0)
    expect(value).toContainEqual({
      id: idOf(MARTA),
      displayName: 'Marta Silva',
      givenName: 'Marta',
      surname: 'Silva',
      mail: MARTA,
      userPrincipalName: MARTA,
    })
    const one = await ask(token, `/beta/users/${MARTA}`)
    expect(Object.keys(one.json())).toHaveLength(7)
    expect(await refusal(token, `/v1.0/users/${idOf(OUTSIDER)}`)).toMatchObject([404, 'Request_ResourceNotFound', /./])
  })

  test.each([
    ['selecting what is closed', '/v1.0/users?$select=displayName,department'],
    ['selecting it of one', `/v1.0/users/${MARTA}?$select=jobTitle`],
    ['filtering by it', "/v1.0/users?$filter=department eq 'Sales'"],
    ['counting', '/v1.0/users/$count'],
    ['groups', '/v1.0/groups'],
    ['apps', '/v1.0/servicePrincipals'],
    ['the gallery', '/v1.0/applicationTemplates'],
    ['logs', '/v1.0/auditLogs/provisioning'],
    ['the manager', `/v1.0/users/${MARTA}/manager`],
  ])('denies %s, even to a Global Administrator', async (_what, path) => {
    const { token } = await signIn(MARTA)
    expect((await refusal(token, path)).slice(0, 2)).toEqual([403, 'Authorization_RequestDenied'])
  })

  test('denies changes', async () => {
    const { token } = await signIn(MARTA)
    expect((await refusal(token, `/v1.0/users/${idOf(ADA)}`, 'DELETE')).slice(0, 2)).toEqual([
      403,
      'Authorization_RequestDenied',
    ])
    expect(graph.system.store.get('users', idOf(ADA))?.deletedDateTime).toBeUndefined()
  })

  test('does not let a guest list everybody', async () => {
    await graph.system.store.transact((tx) => {
      const user = tx.get('users', idOf(PLAIN))
      if (user !== undefined) tx.put('users', user.id, { ...user, userType: 'Guest' })
    })
    const { token } = await signIn(PLAIN, BASIC_SCOPE)
    expect((await refusal(token, '/v1.0/users')).slice(0, 2)).toEqual([403, 'Authorization_RequestDenied'])
    expect((await ask(token, `/v1.0/users/${MARTA}`)).status).toBe(200)
  })

  test('knows no /me of an application by itself', async () => {
    const answer = await graph.ask('GET', '/v1.0/me')
    expect([answer.status, answer.json()['error']]).toMatchObject([400, { code: 'BadRequest' }])
  })

  test('of another tenant shows that tenant', async () => {
    const partner = { ...PARTNER, redirectUri: 'http://localhost:9/login/microsoft/callback' }
    const { token } = await signIn(OUTSIDER, BASIC_SCOPE, partner, OTHER_TENANT.id)
    expect((await ask(token, '/v1.0/me')).json()).toMatchObject({ userPrincipalName: OUTSIDER })
    expect((await ask(token, `/v1.0/users/${MARTA}`)).status).toBe(404)
  })
})

describe('a token of a person ends', () => {
  const gone = [401, 'InvalidAuthenticationToken', expect.any(String)]

  test('when the person is blocked, deleted, or has another password', async () => {
    const { store } = graph.system
    const { token } = await signIn(ADA)
    await store.transact((tx) => setAccountEnabled(tx, TENANT, idOf(ADA), false))
    expect(await refusal(token, '/v1.0/me')).toEqual(gone)
    await store.transact((tx) => setAccountEnabled(tx, TENANT, idOf(ADA), true))
    expect((await ask(token, '/v1.0/me')).status).toBe(200)
    const domains = { id: TENANT, verifiedDomains: ['brightwave.example'] }
    await store.transact((tx) => updateUser(tx, domains, idOf(ADA), { passwordHash: 'other' }))
    expect(await refusal(token, '/v1.0/me')).toEqual(gone)
  })

  test('when the application is disabled in the tenant', async () => {
    const { token } = await signIn(ADA)
    await graph.system.store.transact((tx) => {
      const [app] = tx.find('servicePrincipals', 'appId', `${TENANT}/${SAMPLE.appId}`)
      if (app !== undefined) tx.put('servicePrincipals', app.id, { ...app, accountEnabled: false })
    })
    expect(await refusal(token, '/v1.0/me')).toEqual(gone)
  })

  test('with its grant, when a refresh token is used twice', async () => {
    const { config, token, refreshToken } = await signIn(ADA)
    await client.refreshTokenGrant(config, refreshToken)
    await expect(client.refreshTokenGrant(config, refreshToken)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect(await refusal(token, '/v1.0/me')).toEqual(gone)
  })

  test('with the sign-out, where no refresh token came with it', async () => {
    const { token, browser } = await signIn(ADA, 'openid User.Read')
    expect((await ask(token, '/v1.0/me')).status).toBe(200)
    await browser.visit(`/${TENANT}/oauth2/v2.0/logout`)
    expect(await refusal(token, '/v1.0/me')).toEqual(gone)
  })

  test('with its hour of wall time, and not before because a consent was taken back', async () => {
    const { config, token, refreshToken } = await signIn(ADA)
    await graph.system.store.transact((tx) => {
      for (const { id } of tx.find('permissionGrants', 'principal', idOf(ADA))) revokePermissions(tx, TENANT, id)
    })
    expect((await ask(token, '/v1.0/me')).status).toBe(200)
    await expect(client.refreshTokenGrant(config, refreshToken)).rejects.toMatchObject({
      error_description: expect.stringContaining('AADSTS65001'),
    })
    const past = createSignIn(graph.system, () => Date.now() - 2 * 3_600_000)
    const old = await past.oidc.signToken({ idtyp: 'user', oid: idOf(ADA), tid: TENANT }, 3600)
    expect(await refusal(old, '/v1.0/me')).toMatchObject([401, 'InvalidAuthenticationToken', /expired/])
  })

  test('partly: a permission that was taken back is not in the next one', async () => {
    const { config, refreshToken } = await signIn(ADA)
    await graph.system.store.transact((tx) => {
      for (const grant of tx.find('permissionGrants', 'principal', idOf(ADA))) {
        tx.put('permissionGrants', grant.id, { ...grant, scope: 'User.Read' })
      }
    })
    const { access_token: token } = await client.refreshTokenGrant(config, refreshToken)
    expect((await ask(token, '/v1.0/me')).status).toBe(200)
    expect((await refusal(token, '/v1.0/users'))[0]).toBe(403)
  })
})

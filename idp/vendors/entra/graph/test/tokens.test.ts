import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { call } from '#kit/test/call.ts'
import { OTHER_TENANT, PARTNER_APP, SAMPLE_SPA, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { APPLICATION_PERMISSIONS } from '../../commands/application-permissions.ts'
import { type RunningGraph, startGraph } from './start-graph.ts'

let graph: RunningGraph
beforeAll(async () => {
  graph = await startGraph()
})
afterAll(() => graph.close())
afterEach(() => graph.reset())

describe('a token of an application', () => {
  test('is a signed token whose roles are what an administrator has consented to', async () => {
    const answer = await graph.askToken()
    expect(answer.status).toBe(200)
    expect(answer.headers['cache-control']).toBe('no-store')
    const { access_token: token, ...rest } = answer.json()
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 })
    const keys = createRemoteJWKSet(new URL(`${graph.origin}/${TENANT_ID}/discovery/v2.0/keys`))
    const { payload } = await jwtVerify(String(token), keys, {
      audience: 'https://graph.microsoft.com',
      issuer: `https://sts.windows.net/${TENANT_ID}/`,
    })
    expect(payload).toMatchObject({
      appid: SAMPLE_WEB_APP.appId,
      app_displayname: 'Sample web app',
      idtyp: 'app',
      tid: TENANT_ID,
      roles: APPLICATION_PERMISSIONS,
      ver: '1.0',
    })
    expect(payload.sub).toBe(payload['oid'])
    expect(decodeProtectedHeader(String(token))).toMatchObject({ alg: 'RS256', typ: 'JWT' })
  })

  test.each([
    ['its address here', () => `${graph.origin}/.default`],
    ['its id', () => '00000003-0000-0000-c000-000000000000/.default'],
    ['its name with two slashes', () => 'https://graph.microsoft.com//.default'],
  ])('may name Graph by %s', async (_name, scope) => {
    const answer = await graph.askToken({ scope: scope() })
    expect(answer.status, answer.text).toBe(200)
    const token = String(answer.json()['access_token'])
    expect((await graph.ask('GET', '/v1.0/users?$top=1', { token })).status).toBe(200)
  })

  test('is given for the tenant by its domain, and to a client that authenticates with a header', async () => {
    expect((await graph.askToken({}, 'brightwave.example')).status).toBe(200)
    const basic = Buffer.from(`${SAMPLE_WEB_APP.appId}:${SAMPLE_WEB_APP.secret}`).toString('base64')
    const answer = await call(`${graph.origin}/${TENANT_ID}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${basic}` },
      body: 'grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default',
    })
    expect(answer.status, answer.text).toBe(200)
  })

  test.each([
    ['a wrong secret', { client_secret: 'wrong' }, TENANT_ID, 401, 'invalid_client', 7000215],
    ['no secret', { client_secret: undefined }, TENANT_ID, 401, 'invalid_client', 7000218],
    ['a public client', { client_id: SAMPLE_SPA.appId }, TENANT_ID, 401, 'invalid_client', 7000218],
    ['no client', { client_id: undefined }, TENANT_ID, 400, 'invalid_request', 900144],
    [
      'an unknown app',
      { client_id: '11111111-2222-3333-4444-555555555555' },
      TENANT_ID,
      400,
      'unauthorized_client',
      700016,
    ],
    ['another tenant', {}, OTHER_TENANT.id, 400, 'unauthorized_client', 700016],
    [
      'an app nobody has consented to',
      { client_id: PARTNER_APP.appId, client_secret: PARTNER_APP.secret },
      TENANT_ID,
      400,
      'unauthorized_client',
      7000229,
    ],
    ['no tenant', {}, 'common', 400, 'invalid_request', 50059],
    ['no scope', { scope: undefined }, TENANT_ID, 400, 'invalid_request', 900144],
    [
      'a scope without .default',
      { scope: 'https://graph.microsoft.com/User.Read.All' },
      TENANT_ID,
      400,
      'invalid_scope',
      1002012,
    ],
    ['two scopes', { scope: 'a/.default b/.default' }, TENANT_ID, 400, 'invalid_scope', 70011],
    ['another resource', { scope: 'https://vault.example/.default' }, TENANT_ID, 400, 'invalid_resource', 500011],
  ])('is refused for %s', async (_what, fields, tenant, status, error, code) => {
    const answer = await graph.askToken(fields, tenant)
    expect(answer.status).toBe(status)
    expect(answer.json()).toMatchObject({ error, error_codes: [code] })
    expect(answer.json()['error_description']).toContain(`AADSTS${code}: `)
  })

  test('is refused when the app is disabled in the tenant, and so is one given before', async () => {
    const token = await graph.token()
    await graph.system.store.transact((tx) => {
      const [app] = tx.find('servicePrincipals', 'appId', `${TENANT_ID}/${SAMPLE_WEB_APP.appId}`)
      if (app !== undefined) tx.put('servicePrincipals', app.id, { ...app, accountEnabled: false })
    })
    expect((await graph.askToken()).json()).toMatchObject({ error_codes: [7000112] })
    expect((await graph.ask('GET', '/v1.0/users', { token })).status).toBe(401)
  })

  test('stands in no journal', async () => {
    const token = await graph.token()
    await graph.ask('GET', '/v1.0/users?$top=1', { token })
    const journal = JSON.stringify(graph.system.journal.read({ limit: 1000 }).items)
    expect(journal).toContain('/v1.0/users')
    expect(journal).not.toContain(token.slice(-40))
    expect(journal).not.toContain(SAMPLE_WEB_APP.secret)
  })
})

describe('a call without a token Graph accepts', () => {
  const refused = async (token: string | null): Promise<string> => {
    const answer = await graph.ask('GET', '/v1.0/users', { token })
    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toContain('Bearer')
    const { error } = answer.json() as { error: { code: string; message: string } }
    expect(error.code).toBe('InvalidAuthenticationToken')
    return error.message
  }

  test('is told that there is none, that it cannot be read, that it is forged, or for somebody else', async () => {
    expect(await refused(null)).toContain('Access token is empty')
    expect(await refused('opaque-token')).toContain('malformed')
    const token = await graph.token()
    const [head = '', , sign = ''] = token.split('.')
    const claims = Buffer.from(JSON.stringify({ aud: 'https://graph.microsoft.com', roles: [] })).toString('base64url')
    expect(await refused(`${head}.${claims}.${sign}`)).toContain('signature')
    const hmac = await new SignJWT({ aud: 'https://graph.microsoft.com', tid: TENANT_ID })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('a-key-that-is-long-enough-for-hmac'))
    await refused(hmac)
    await graph.reset()
    expect(await refused(token)).toContain('signature')
  })
})

describe('permissions', () => {
  test.each([
    ['GET', '/v1.0/users', 'Group.ReadWrite.All', 'User.Read.All'],
    ['GET', '/v1.0/groups', 'User.ReadWrite.All', 'Group.Read.All'],
    ['POST', '/v1.0/users', 'User.Read.All', 'User.ReadWrite.All'],
    ['GET', '/v1.0/servicePrincipals', 'User.Read.All', 'Application.Read.All'],
    ['GET', '/v1.0/auditLogs/provisioning', 'User.Read.All', 'AuditLog.Read.All'],
    ['GET', '/v1.0/auditLogs/directoryAudits', 'User.Read.All', 'AuditLog.Read.All'],
  ])('%s %s with %s alone is denied, and told that %s would do', async (method, path, held, needed) => {
    await graph.permit([held])
    const answer = await graph.ask(method, path)
    expect(answer.status).toBe(403)
    const { error } = answer.json() as { error: { code: string; message: string } }
    expect(error.code).toBe('Authorization_RequestDenied')
    expect(error.message).toContain(needed)
  })

  test('one that may manage only what it owns reaches its own app and no other', async () => {
    await graph.permit(['Application.ReadWrite.OwnedBy'])
    const own = await graph.ask('POST', '/v1.0/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate', {
      body: { displayName: 'Mine' },
    })
    expect(own.status, own.text).toBe(201)
    const { servicePrincipal } = own.json() as { servicePrincipal: { id: string } }
    expect((await graph.ask('GET', `/v1.0/servicePrincipals/${servicePrincipal.id}/synchronization/jobs`)).status).toBe(
      200,
    )
    const list = (await graph.ask('GET', '/v1.0/servicePrincipals')).json()['value'] as {
      id: string
      displayName: string
    }[]
    const other = list.find(({ displayName }) => displayName === 'Sample single-page app')
    const denied = await graph.ask('GET', `/v1.0/servicePrincipals/${other?.id}/synchronization/jobs`)
    expect(denied.json()).toMatchObject({ error: { code: 'Authorization_RequestDenied' } })

    // Held together, each still opens its own door only.
    await graph.permit(['Application.ReadWrite.OwnedBy', 'Synchronization.Read.All', 'AppRoleAssignment.ReadWrite.All'])
    const at = `/v1.0/servicePrincipals/${other?.id}`
    expect((await graph.ask('GET', `${at}/synchronization/jobs`)).status).toBe(200)
    const body = { templateId: 'scim' }
    expect((await graph.ask('POST', `${at}/synchronization/jobs`, { body })).status).toBe(403)
    expect((await graph.ask('DELETE', at)).status).toBe(403)
  })
})

import { randomUUID } from 'node:crypto'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_ACCESS_ROLE_ID } from '#idp/core/directory/records.ts'
import { createSignedTokens } from '#idp/protocols/oidc/signed-tokens.ts'
import { type KeySystem, loadSigningKeys } from '#idp/protocols/oidc/signing-keys.ts'
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
    ['a secret of an app that has none', { client_id: SAMPLE_SPA.appId }, TENANT_ID, 401, 'invalid_client', 7000215],
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

describe('a token signed here', () => {
  /** Signed with the key of this service, as its own would be. */
  async function signed(changes: Readonly<Record<string, unknown>>, lifeSeconds = 3600): Promise<string> {
    const own = decodeJwt(await graph.token())
    const tokens = await createSignedTokens(
      await loadSigningKeys(graph.system as unknown as KeySystem, Date.now, undefined),
      Date.now,
    )
    const { exp: _, nbf: __, iat: ___, ...claims } = own
    return tokens.sign({ ...claims, ...changes }, lifeSeconds)
  }
  const statusWith = async (token: string) => (await graph.ask('GET', '/v1.0/users?$top=1', { token })).status

  test('is accepted as it is', async () => {
    expect(await statusWith(await signed({}))).toBe(200)
  })

  const other = OTHER_TENANT.id
  test.each([
    ['for another resource', { aud: 'https://vault.example' }],
    ['for a client, as an ID token is', { aud: SAMPLE_WEB_APP.appId }],
    ['for several', { aud: ['https://graph.microsoft.com', 'https://vault.example'] }],
    ['of another issuer', { iss: `https://sts.windows.net/${other}/` }],
    ['of another tenant', { tid: other, iss: `https://sts.windows.net/${other}/` }],
    [
      'of a tenant nobody knows',
      { tid: SAMPLE_WEB_APP.appId, iss: `https://sts.windows.net/${SAMPLE_WEB_APP.appId}/` },
    ],
    ['of an application that is gone', { oid: SAMPLE_WEB_APP.appId }],
    ['without an application', { oid: undefined }],
    ['of a person, by its word alone', { idtyp: 'user' }],
  ])('and %s is not', async (_what, changes) => {
    expect(await statusWith(await signed(changes))).toBe(401)
  })

  test('holds no permission but those there are, and none that is no list', async () => {
    const asked = async (roles: unknown) =>
      (await graph.ask('GET', '/v1.0/users?$top=1', { token: await signed({ roles }) })).status
    expect(await asked(['User.Read.All'])).toBe(200)
    expect(await asked(['__proto__', 'constructor', 'Everything.ReadWrite.All'])).toBe(403)
    expect(await asked('User.Read.All')).toBe(403)
    expect(await asked({ 0: 'User.Read.All', length: 1 })).toBe(403)
  })

  test('past its hour is not accepted', async () => {
    expect(await statusWith(await signed({}, -1))).toBe(401)
  })

  test('opens nothing of another tenant, whatever its id is asked for', async () => {
    const { store } = graph.system
    const [user] = store.find('users', 'live', other)
    expect(user).toBeDefined()
    const [ownGroup] = store.find('groups', 'live', TENANT_ID)
    const own = store.find('servicePrincipals', 'appId', `${TENANT_ID}/${SAMPLE_WEB_APP.appId}`)[0]
    const registration = own === undefined ? undefined : store.get('applications', own.applicationId)
    if (ownGroup === undefined || own === undefined || registration === undefined) throw new Error('The world is bare.')
    const [groupId, appId, applicationId] = [randomUUID(), randomUUID(), randomUUID()]
    await store.transact((tx) => {
      tx.put('groups', groupId, { ...ownGroup, id: groupId, tenantId: other, displayName: 'Theirs' })
      tx.put('servicePrincipals', appId, { ...own, id: appId, tenantId: other })
      tx.put('applications', applicationId, { ...registration, id: applicationId, tenantId: other })
    })
    const token = await graph.token()
    const statusOf = async (method: string, path: string, body?: object) =>
      (await graph.ask(method, path, body === undefined ? { token } : { token, body })).status

    for (const at of [`/v1.0/users/${user?.id}`, `/v1.0/groups/${groupId}`]) {
      expect(await statusOf('GET', at)).toBe(404)
      expect(await statusOf('PATCH', at, { displayName: 'Mine' })).toBe(404)
      expect(await statusOf('DELETE', at)).toBe(404)
    }
    expect(await statusOf('GET', `/v1.0/users/${user?.userPrincipalName}`)).toBe(404)
    const filtered = await graph.ask('GET', `/v1.0/users?$filter=id eq '${user?.id}'`, { token })
    expect(filtered.json()['value']).toEqual([])
    expect(await statusOf('GET', `/v1.0/groups/${groupId}/members`)).toBe(404)
    expect(await statusOf('GET', `/v1.0/applications/${applicationId}`)).toBe(404)
    for (const rest of ['', '/appRoleAssignedTo', '/synchronization/jobs', '/synchronization/templates']) {
      expect(await statusOf('GET', `/v1.0/servicePrincipals/${appId}${rest}`)).toBe(404)
    }
    expect(await statusOf('DELETE', `/v1.0/servicePrincipals/${appId}`)).toBe(404)

    const reference = { '@odata.id': `${graph.origin}/v1.0/directoryObjects/${user?.id}` }
    expect(await statusOf('POST', `/v1.0/groups/${ownGroup.id}/members/$ref`, reference)).toBe(404)
    const body = { principalId: user?.id, resourceId: own.id, appRoleId: own.appRoles[0]?.id ?? DEFAULT_ACCESS_ROLE_ID }
    expect(await statusOf('POST', `/v1.0/servicePrincipals/${own.id}/appRoleAssignedTo`, body)).toBe(404)
  })

  test('shows an assignment at its own app only', async () => {
    const { store } = graph.system
    const apps = store.find('servicePrincipals', 'tenant', TENANT_ID)
    const [assigned] = apps
    const [user] = store.find('users', 'live', TENANT_ID)
    const appRoleId = assigned?.appRoles[0]?.id ?? DEFAULT_ACCESS_ROLE_ID
    const body = { principalId: user?.id, resourceId: assigned?.id, appRoleId }
    const made = await graph.ask('POST', `/v1.0/servicePrincipals/${assigned?.id}/appRoleAssignedTo`, { body })
    const { id: assignmentId } = made.json()
    const another = apps.find(({ id }) => id !== assigned?.id)
    const statusAt = async (app: string | undefined) =>
      (await graph.ask('GET', `/v1.0/servicePrincipals/${app}/appRoleAssignedTo/${assignmentId}`)).status
    expect(await statusAt(assigned?.id)).toBe(200)
    expect(await statusAt(another?.id)).toBe(404)
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

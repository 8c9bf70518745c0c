import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../commands/registrations/test/open-directory.ts'
import { type RunningGraph, startGraph } from './start-graph.ts'

let graph: RunningGraph
beforeAll(async () => {
  graph = await startGraph()
})
afterAll(() => graph.close())
beforeEach(() => graph.reset())

type Json = Record<string, unknown>
const GRAPH_APP = '00000003-0000-0000-c000-000000000000'
const USER_READ_ALL = 'df021288-bdef-4463-88db-98f22de89214'

const ask = async (method: string, path: string, status: number, body?: object): Promise<Json> => {
  const answer = await graph.ask(method, `/v1.0${path}`, body === undefined ? {} : { body })
  expect(answer.status, answer.text).toBe(status)
  return answer.text === '' ? {} : answer.json()
}
const refused = async (method: string, path: string, status: number, body?: object) =>
  (await ask(method, path, status, body))['error'] as { code: string; message: string }
const register = (more: object = {}): Promise<Json> =>
  ask('POST', '/applications', 201, { displayName: 'Scripted', ...more })
const listed = async (path: string): Promise<Json[]> => (await ask('GET', path, 200))['value'] as Json[]

describe('applications', () => {
  test('are registered with what the body says, found, changed and deleted; the recycle bin has them', async () => {
    const made = await register({
      signInAudience: 'AzureADMultipleOrgs',
      web: { redirectUris: ['https://a.example/cb'] },
      requiredResourceAccess: [{ resourceAppId: GRAPH_APP, resourceAccess: [{ id: USER_READ_ALL, type: 'Role' }] }],
    })
    expect(made).toMatchObject({
      '@odata.context': `${graph.origin}/v1.0/$metadata#applications/$entity`,
      displayName: 'Scripted',
      passwordCredentials: [],
      requiredResourceAccess: [{ resourceAppId: GRAPH_APP, resourceAccess: [{ id: USER_READ_ALL, type: 'Role' }] }],
    })
    const [id, appId] = [String(made['id']), String(made['appId'])]
    expect(await listed(`/applications?$filter=appId eq '${appId}'`)).toHaveLength(1)
    expect((await ask('GET', `/applications(appId='${appId}')`, 200))['id']).toBe(id)
    // Graph makes the registration alone: the enterprise app is a call of its own.
    expect(await listed(`/servicePrincipals?$filter=appId eq '${appId}'`)).toEqual([])
    const app = await ask('POST', '/servicePrincipals', 201, { appId })
    expect((await refused('POST', '/servicePrincipals', 400, { appId })).message).toContain('already in use')
    await ask('PATCH', `/servicePrincipals/${app['id']}`, 204, { appRoleAssignmentRequired: true })
    expect(await ask('GET', `/servicePrincipals/${app['id']}`, 200)).toMatchObject({ appRoleAssignmentRequired: true })

    await ask('PATCH', `/applications/${id}`, 204, {
      displayName: 'Renamed',
      web: { logoutUrl: 'https://a.example/out' },
    })
    expect(await ask('GET', `/applications/${id}`, 200)).toMatchObject({
      displayName: 'Renamed',
      web: { redirectUris: ['https://a.example/cb'], logoutUrl: 'https://a.example/out' },
    })
    await ask('DELETE', `/applications/${id}`, 204)
    await ask('GET', `/applications/${id}`, 404)
    expect((await listed('/directory/deletedItems/microsoft.graph.application')).map((each) => each['id'])).toEqual([
      id,
    ])
    await ask('POST', `/directory/deletedItems/${id}/restore`, 200)
    await ask('GET', `/applications/${id}`, 200)
    await ask('DELETE', `/applications/${id}`, 204)
    await ask('DELETE', `/directory/deletedItems/${id}`, 204)
    expect(graph.system.store.has('applications', id)).toBe(false)
  })

  test.each([
    ['no name', {}, 'A value is required'],
    ['an unknown property', { displayName: 'X', shoeSize: 1 }, "Invalid property 'shoeSize'"],
    ['a wildcard', { displayName: 'X', spa: { redirectUris: ['https://*.example'] } }, 'wildcard'],
    ['a strange audience', { displayName: 'X', signInAudience: 'Everybody' }, "property 'signInAudience'"],
    ['an identifier of nobody', { displayName: 'X', identifierUris: ['api://reports'] }, 'verified domain'],
  ])('are refused with %s, and nothing is made', async (_, body, words) => {
    const before = graph.system.store.count('applications')
    const error = await refused('POST', '/applications', 400, body)
    expect(error).toMatchObject({ code: 'Request_BadRequest' })
    expect(error.message).toContain(words)
    expect(graph.system.store.count('applications')).toBe(before)
  })

  test('a role or scope that is enabled cannot be taken away', async () => {
    const role = {
      id: '11111111-2222-4333-8444-555555555555',
      allowedMemberTypes: ['User'],
      description: 'Reads',
      displayName: 'Reader',
      isEnabled: true,
      value: 'Report.Read',
    }
    const { id } = await register({ appRoles: [role] })
    expect((await refused('PATCH', `/applications/${id}`, 400, { appRoles: [] })).message).toContain(
      'Disable it before',
    )
    await ask('PATCH', `/applications/${id}`, 204, { appRoles: [{ ...role, isEnabled: false }] })
    await ask('PATCH', `/applications/${id}`, 204, { appRoles: [] })
  })

  test('read-only properties cannot be set', async () => {
    const { id } = await register()
    const error = await refused('PATCH', `/applications/${id}`, 400, { appId: GRAPH_APP })
    expect(error.message).toContain("Property 'appId' is read-only")
  })
})

describe('credentials', () => {
  test('addPassword answers the secret once, for two years; tokens are given for it; removePassword ends that', async () => {
    const { id, appId } = await register()
    await ask('POST', '/servicePrincipals', 201, { appId: String(appId) })
    const made = await ask('POST', `/applications/${id}/addPassword`, 200, {
      passwordCredential: { displayName: 'Nightly' },
    })
    const secret = String(made['secretText'])
    expect(made).toMatchObject({ displayName: 'Nightly', hint: secret.slice(0, 3) })
    expect(Date.parse(String(made['endDateTime'])) - Date.parse(String(made['startDateTime']))).toBe(730 * 86_400_000)
    const shown = await ask('GET', `/applications/${id}`, 200)
    expect(shown['passwordCredentials']).toMatchObject([{ keyId: made['keyId'], secretText: null }])
    expect(JSON.stringify(graph.system.journal.read({ limit: 5000 }))).not.toContain(secret)
    const fields = { client_id: String(appId), client_secret: secret }
    expect((await graph.askToken(fields)).json()).toMatchObject({ token_type: 'Bearer' })
    await ask('POST', `/applications/${id}/removePassword`, 204, { keyId: made['keyId'] })
    expect((await graph.askToken(fields)).status).toBe(401)
    await ask('POST', `/applications/${id}/removePassword`, 404, { keyId: made['keyId'] })
  })

  test('certificates come with keyCredentials; passwords do not come with passwordCredentials', async () => {
    const { id } = await register()
    const { certificate, privateKeyPem } = makeCertificate(new Date('2026-01-01'), new Date('2090-01-01'))
    const key = certificate.replace(/-----[^-]+-----|\s/g, '')
    const credential = { type: 'AsymmetricX509Cert', usage: 'Verify', key }
    await ask('PATCH', `/applications/${id}`, 204, { keyCredentials: [credential] })
    const [kept] = (await ask('GET', `/applications/${id}`, 200))['keyCredentials'] as Json[]
    expect(kept).toMatchObject({ displayName: 'CN=reports.brightwave.example', key: null, usage: 'Verify' })
    const wrong = await refused('PATCH', `/applications/${id}`, 400, {
      keyCredentials: [{ ...credential, key: privateKeyPem }],
    })
    expect(wrong.message).toContain('private key')
    const password = [{ keyId: '11111111-2222-4333-8444-555555555555', secretText: 'mine' }]
    expect((await refused('PATCH', `/applications/${id}`, 400, { passwordCredentials: password })).message).toContain(
      'addPassword',
    )
    await ask('PATCH', `/applications/${id}`, 204, { keyCredentials: [] })
  })
})

describe('owners', () => {
  test('are people and applications; who owns may manage with Application.ReadWrite.OwnedBy, and nothing else', async () => {
    const { id } = await register()
    const george = await ask('GET', '/users/george.mensah@brightwave.example', 200)
    await ask('POST', `/applications/${id}/owners/$ref`, 204, {
      '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${george['id']}`,
    })
    const types = (await listed(`/applications/${id}/owners`)).map((each) => each['@odata.type'])
    expect(types).toEqual(['#microsoft.graph.servicePrincipal', '#microsoft.graph.user'])
    await ask('DELETE', `/applications/${id}/owners/${george['id']}/$ref`, 204)
    await ask('DELETE', `/applications/${id}/owners/${george['id']}/$ref`, 404)

    await graph.permit(['Application.ReadWrite.OwnedBy'])
    const own = await register()
    await ask('PATCH', `/applications/${own['id']}`, 204, { displayName: 'Mine' })
    const [other] = (await listed('/applications')).filter((each) => each['displayName'] === 'Sample single-page app')
    expect((await refused('PATCH', `/applications/${other?.['id']}`, 403, { displayName: 'Mine' })).code).toBe(
      'Authorization_RequestDenied',
    )
    await graph.permit(['Application.Read.All'])
    await ask('GET', `/applications/${id}`, 200)
    await ask('POST', '/applications', 403, { displayName: 'X' })
    await ask('POST', `/applications/${id}/addPassword`, 403, {})
    await graph.permit(['User.Read.All'])
    await ask('GET', '/applications', 403)
  })
})

describe('permissions granted by code', () => {
  test('application permissions of Graph: found by the id of Graph, given, in the next token, taken away', async () => {
    const { appId } = await register()
    const app = await ask('POST', '/servicePrincipals', 201, { appId: String(appId) })
    const [found] = await listed(`/servicePrincipals?$filter=appId eq '${GRAPH_APP}'`)
    const resource = await ask('GET', `/servicePrincipals(appId='${GRAPH_APP}')`, 200)
    expect(found?.['id']).toBe(resource['id'])
    const roles = resource['appRoles'] as { id: string; value: string }[]
    expect(roles.find(({ value }) => value === 'User.Read.All')?.id).toBe(USER_READ_ALL)
    const body = { principalId: app['id'], resourceId: resource['id'], appRoleId: USER_READ_ALL }
    const at = `/servicePrincipals/${app['id']}/appRoleAssignments`
    const given = await ask('POST', at, 201, body)
    expect(given).toMatchObject({ principalType: 'ServicePrincipal', resourceDisplayName: 'Microsoft Graph' })
    expect((await refused('POST', at, 400, body)).message).toContain('already exists on the object')
    await refused('POST', at, 400, { ...body, appRoleId: GRAPH_APP })
    await refused('POST', at, 400, { ...body, resourceId: GRAPH_APP })
    expect(await listed(`/servicePrincipals/${resource['id']}/appRoleAssignedTo`)).toContainEqual(
      expect.objectContaining({ id: given['id'], principalId: app['id'] }),
    )
    const stored = graph.system.store.get('servicePrincipals', String(app['id']))
    expect(stored?.applicationPermissions).toEqual(['User.Read.All'])
    await ask('DELETE', `${at}/${given['id']}`, 204)
    expect(await listed(at)).toEqual([])
  })

  test('a role of an own API, given on the side of the API', async () => {
    const role = {
      id: '22222222-2222-4333-8444-555555555555',
      allowedMemberTypes: ['Application'],
      description: 'Runs',
      displayName: 'Runner',
      isEnabled: true,
      value: 'Jobs.Run',
    }
    const api = await register({ appRoles: [role] })
    const client = await register({ displayName: 'Client' })
    const [resource, app] = [
      await ask('POST', '/servicePrincipals', 201, { appId: String(api['appId']) }),
      await ask('POST', '/servicePrincipals', 201, { appId: String(client['appId']) }),
    ]
    const at = `/servicePrincipals/${resource['id']}/appRoleAssignedTo`
    const body = { principalId: app['id'], resourceId: resource['id'], appRoleId: role.id }
    const given = await ask('POST', at, 201, body)
    expect(await listed(at)).toMatchObject([{ principalType: 'ServicePrincipal', principalDisplayName: 'Client' }])
    await ask('GET', `${at}/${given['id']}`, 200)
    const stored = graph.system.store.get('servicePrincipals', String(app['id']))
    expect(stored?.applicationPermissions).toEqual([`api://${api['appId']}/Jobs.Run`])
    await ask('DELETE', `${at}/${given['id']}`, 204)
    expect(await listed(at)).toEqual([])
  })

  test('delegated permission grants are made, read, changed and deleted', async () => {
    const { appId } = await register()
    const app = await ask('POST', '/servicePrincipals', 201, { appId: String(appId) })
    const resource = await ask('GET', `/servicePrincipals(appId='${GRAPH_APP}')`, 200)
    const body = {
      clientId: app['id'],
      consentType: 'AllPrincipals',
      resourceId: resource['id'],
      scope: 'User.Read  Mail.Read',
    }
    const grant = await ask('POST', '/oauth2PermissionGrants', 201, body)
    expect(grant).toMatchObject({ scope: 'User.Read Mail.Read', principalId: null, resourceId: resource['id'] })
    expect((await refused('POST', '/oauth2PermissionGrants', 400, body)).message).toContain('already exists')
    await refused('POST', '/oauth2PermissionGrants', 400, { ...body, consentType: 'Principal' })
    await ask('PATCH', `/oauth2PermissionGrants/${grant['id']}`, 204, { scope: 'User.Read' })
    expect(await listed(`/oauth2PermissionGrants?$filter=clientId eq '${app['id']}'`)).toMatchObject([
      { scope: 'User.Read' },
    ])
    expect(await listed(`/servicePrincipals/${app['id']}/oauth2PermissionGrants`)).toHaveLength(1)
    await ask('DELETE', `/oauth2PermissionGrants/${grant['id']}`, 204)
    await ask('GET', `/oauth2PermissionGrants/${grant['id']}`, 404)
    await graph.permit(['Application.ReadWrite.All'])
    await ask('POST', '/oauth2PermissionGrants', 403, body)
    await ask('GET', '/oauth2PermissionGrants', 403)
  })
})

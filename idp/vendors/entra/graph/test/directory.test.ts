import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type RunningGraph, startGraph } from './start-graph.ts'

let graph: RunningGraph
beforeAll(async () => {
  graph = await startGraph()
})
afterAll(() => graph.close())
afterEach(() => graph.reset())

type Json = Record<string, unknown>

const get = async (path: string): Promise<Json> => {
  const answer = await graph.ask('GET', path)
  expect(answer.status, answer.text).toBe(200)
  return answer.json()
}
const listed = async (path: string): Promise<Json[]> => (await get(path))['value'] as Json[]
const errorOf = (answer: { json(): Json }) =>
  (answer.json() as { error: { code: string; message: string; details?: Json[]; innerError: Json } }).error

const PEDRO = {
  accountEnabled: true,
  displayName: 'Pedro Ruiz',
  mailNickname: 'pedro.ruiz',
  userPrincipalName: 'pedro.ruiz@brightwave.example',
  passwordProfile: { password: 'Quiet-Harbour-7', forceChangePasswordNextSignIn: false },
  businessPhones: ['+1 720 555 0100'],
  officeLocation: 'Denver',
}

async function idOfUser(handle: string): Promise<string> {
  return String((await get(`/v1.0/users/${handle}@brightwave.example`))['id'])
}

async function idOfGroup(name: string): Promise<string> {
  return String((await listed(`/v1.0/groups?$filter=${encodeURIComponent(`displayName eq '${name}'`)}`))[0]?.['id'])
}

describe('users', () => {
  test('a page of them, with the properties v1.0 shows, and the address of the next', async () => {
    const seen: string[] = []
    let path: string | undefined = '/v1.0/users?$top=7'
    const contexts = new Set<unknown>()
    while (path !== undefined) {
      const page = await get(path)
      contexts.add(page['@odata.context'])
      seen.push(...(page['value'] as Json[]).map(({ id }) => String(id)))
      const next = page['@odata.nextLink']
      path = typeof next === 'string' ? next.slice(graph.origin.length) : undefined
      if (path !== undefined) expect(path).toContain('$top=7&$skiptoken=')
    }
    expect([...contexts]).toEqual([`${graph.origin}/v1.0/$metadata#users`])
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(Number((await graph.ask('GET', '/v1.0/users/$count')).text))
    const [first] = await listed('/v1.0/users?$top=1')
    expect(Object.keys(first ?? {}).sort()).toEqual(
      'businessPhones displayName givenName id jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName'.split(
        ' ',
      ),
    )
    expect(Object.keys((await listed('/beta/users?$top=1'))[0] ?? {})).toContain('accountEnabled')
  })

  test('$count comes with the page, $select picks, an unknown property is refused', async () => {
    const page = await get('/v1.0/users?$count=true&$select=displayName,accountEnabled&$top=2')
    expect(page['@odata.count']).toBeGreaterThan(20)
    expect(page['@odata.context']).toBe(`${graph.origin}/v1.0/$metadata#users(displayName,accountEnabled)`)
    expect(Object.keys((page['value'] as Json[])[0] ?? {})).toEqual(['displayName', 'accountEnabled'])
    const refused = await graph.ask('GET', '/v1.0/users?$select=shoeSize')
    expect(refused.status).toBe(400)
    expect(errorOf(refused)).toMatchObject({ code: 'BadRequest' })
  })

  test.each([
    ["userPrincipalName eq 'ADA.OKAFOR@brightwave.example'", ['Ada Okafor']],
    ["startswith(displayName,'Ada')", ['Ada Okafor']],
    ["displayName eq 'Ada Okafor' and accountEnabled eq true", ['Ada Okafor']],
    ["(startswith(displayName,'Ada')) and (accountEnabled eq false)", []],
    ["mail eq 'nobody@brightwave.example'", []],
    ['accountEnabled eq false', ['Victor Hale']],
  ])('filtered by %s', async (filter, names) => {
    const found = await listed(`/v1.0/users?$filter=${encodeURIComponent(filter)}`)
    expect(found.map(({ displayName }) => displayName)).toEqual(names)
  })

  test.each([
    ["displayName eq 'a' or displayName eq 'b'", 'Request_UnsupportedQuery'],
    ["passwordPolicies eq 'x'", 'Request_UnsupportedQuery'],
    ["endswith(mail,'x')", 'Request_UnsupportedQuery'],
    ["not startswith(displayName,'A')", 'Request_UnsupportedQuery'],
    ["displayName eq 'unfinished", 'BadRequest'],
    ['displayName eq', 'BadRequest'],
    ["displayName like 'A'", 'BadRequest'],
  ])('the filter %s is refused with %s', async (filter, code) => {
    const answer = await graph.ask('GET', `/v1.0/users?$filter=${encodeURIComponent(filter)}`)
    expect(answer.status).toBe(400)
    expect(errorOf(answer).code).toBe(code)
  })

  test.each([
    '$top=0',
    '$top=1000',
    '$top=many',
    '$skiptoken=forged',
    '$search="displayName:a"',
    '$expand=manager',
    '$orderby=displayName',
    '$top=1&$top=2',
  ])('the option %s is refused', async (query) => {
    const answer = await graph.ask('GET', `/v1.0/users?${query}`)
    expect(answer.status).toBe(400)
  })

  test('a user is created, changed, blocked, deleted, restored, deleted again and purged', async () => {
    const made = await graph.ask('POST', '/v1.0/users', { body: PEDRO })
    expect(made.status, made.text).toBe(201)
    const { id } = made.json()
    expect(made.headers['location']).toBe(`${graph.origin}/v1.0/users/${id}`)
    expect(made.json()).toMatchObject({
      '@odata.context': `${graph.origin}/v1.0/$metadata#users/$entity`,
      displayName: 'Pedro Ruiz',
      businessPhones: ['+1 720 555 0100'],
      officeLocation: 'Denver',
    })
    expect(made.text).not.toContain('Quiet-Harbour-7')

    const changed = await graph.ask('PATCH', `/v1.0/users/${id}`, {
      body: { jobTitle: 'Pilot', officeLocation: null, accountEnabled: false },
    })
    expect([changed.status, changed.text]).toEqual([204, ''])
    expect(await get(`/v1.0/users/${id}?$select=jobTitle,officeLocation,accountEnabled`)).toMatchObject({
      jobTitle: 'Pilot',
      officeLocation: null,
      accountEnabled: false,
    })

    expect((await graph.ask('DELETE', `/v1.0/users/${id}`)).status).toBe(204)
    expect((await graph.ask('GET', `/v1.0/users/${id}`)).status).toBe(404)
    expect(await listed('/v1.0/directory/deletedItems/microsoft.graph.user')).toMatchObject([{ id }])
    expect(await get(`/v1.0/directory/deletedItems/${id}`)).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      id,
    })

    const restored = await graph.ask('POST', `/v1.0/directory/deletedItems/${id}/restore`)
    expect([restored.status, restored.json()['id']]).toEqual([200, id])
    await graph.ask('DELETE', `/v1.0/users/${id}`)
    expect((await graph.ask('DELETE', `/v1.0/directory/deletedItems/${id}`)).status).toBe(204)
    expect((await graph.ask('GET', `/v1.0/directory/deletedItems/${id}`)).status).toBe(404)

    const journal = JSON.stringify(graph.system.journal.read({ limit: 1000 }).items)
    expect(journal).toContain('Pedro Ruiz was created')
    expect(journal).not.toContain('Quiet-Harbour-7')
  })

  test('a taken name is a bad request that says which property, and nothing is made', async () => {
    const before = (await graph.ask('GET', '/v1.0/users/$count')).text
    const taken = await graph.ask('POST', '/v1.0/users', {
      body: { ...PEDRO, userPrincipalName: 'ada.okafor@brightwave.example' },
    })
    expect(taken.status).toBe(400)
    expect(errorOf(taken)).toMatchObject({
      code: 'Request_BadRequest',
      details: [{ code: 'ObjectConflict', target: 'userPrincipalName' }],
    })
    expect((await graph.ask('GET', '/v1.0/users/$count')).text).toBe(before)
  })

  test('a change is made whole or not at all', async () => {
    const id = await idOfUser('ada.okafor')
    const refused = await graph.ask('PATCH', `/v1.0/users/${id}`, {
      body: { jobTitle: 'Diver', accountEnabled: false, usageLocation: 'nowhere' },
    })
    expect(refused.status).toBe(400)
    expect(await get(`/v1.0/users/${id}?$select=jobTitle,accountEnabled`)).not.toMatchObject({ jobTitle: 'Diver' })
    expect(await get(`/v1.0/users/${id}?$select=accountEnabled`)).toMatchObject({ accountEnabled: true })
  })

  test('people who hold a directory role are not blocked or deleted by an application', async () => {
    const id = await idOfUser('marta.silva')
    for (const answer of [
      await graph.ask('PATCH', `/v1.0/users/${id}`, { body: { accountEnabled: false } }),
      await graph.ask('DELETE', `/v1.0/users/${id}`),
    ]) {
      expect(answer.status).toBe(403)
      expect(errorOf(answer).code).toBe('Authorization_RequestDenied')
    }
  })

  test('sign-in alone may be switched by a permission of its own', async () => {
    await graph.permit(['User.EnableDisableAccount.All', 'User.Read.All'])
    const id = await idOfUser('ada.okafor')
    expect((await graph.ask('PATCH', `/v1.0/users/${id}`, { body: { accountEnabled: false } })).status).toBe(204)
    expect((await graph.ask('PATCH', `/v1.0/users/${id}`, { body: { jobTitle: 'Diver' } })).status).toBe(403)
  })

  test('a manager is set by reference, shown and removed', async () => {
    const [id, manager] = [await idOfUser('ada.okafor'), await idOfUser('george.mensah')]
    const path = `/v1.0/users/${id}/manager`
    const set = await graph.ask('PUT', `${path}/$ref`, {
      body: { '@odata.id': `${graph.origin}/v1.0/users/${manager}` },
    })
    expect(set.status, set.text).toBe(204)
    expect(await get(path)).toMatchObject({ '@odata.type': '#microsoft.graph.user', id: manager })
    expect((await graph.ask('DELETE', `${path}/$ref`)).status).toBe(204)
    expect((await graph.ask('GET', path)).status).toBe(404)
  })
})

describe('groups', () => {
  const PILOTS = { displayName: 'Pilots', mailEnabled: false, mailNickname: 'pilots', securityEnabled: true }

  test('a group is created with members, changed, emptied, deleted, restored and purged', async () => {
    const [ada, george] = [await idOfUser('ada.okafor'), await idOfUser('george.mensah')]
    const reference = (id: string) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`
    const made = await graph.ask('POST', '/v1.0/groups', {
      body: { ...PILOTS, 'members@odata.bind': [reference(ada)] },
    })
    expect(made.status, made.text).toBe(201)
    const id = String(made.json()['id'])
    expect(made.json()).toMatchObject({ displayName: 'Pilots', mailNickname: 'pilots', groupTypes: [] })

    const add = () => graph.ask('POST', `/v1.0/groups/${id}/members/$ref`, { body: { '@odata.id': reference(george) } })
    expect((await add()).status).toBe(204)
    expect((await add()).status).toBe(400)
    expect((await listed(`/v1.0/groups/${id}/members?$select=id`)).map((each) => each['id'])).toEqual([ada, george])
    expect(await listed(`/v1.0/users/${ada}/memberOf`)).toContainEqual(
      expect.objectContaining({ '@odata.type': '#microsoft.graph.group', id }),
    )
    expect((await graph.ask('DELETE', `/v1.0/groups/${id}/members/${ada}/$ref`)).status).toBe(204)
    expect((await graph.ask('DELETE', `/v1.0/groups/${id}/members/${ada}/$ref`)).status).toBe(404)
    const bound = { 'members@odata.bind': [reference(ada)] }
    expect((await graph.ask('PATCH', `/v1.0/groups/${id}`, { body: bound })).status).toBe(204)

    expect((await graph.ask('PATCH', `/v1.0/groups/${id}`, { body: { displayName: 'Aviators' } })).status).toBe(204)
    expect(await idOfGroup('Aviators')).toBe(id)
    expect((await graph.ask('DELETE', `/v1.0/groups/${id}`)).status).toBe(204)
    expect(await listed('/v1.0/directory/deletedItems/microsoft.graph.group')).toMatchObject([{ id }])
    expect((await graph.ask('POST', `/v1.0/directory/deletedItems/${id}/restore`)).status).toBe(200)
    expect(await listed(`/v1.0/groups/${id}/members`)).toHaveLength(2)
    await graph.ask('DELETE', `/v1.0/groups/${id}`)
    expect((await graph.ask('DELETE', `/v1.0/directory/deletedItems/${id}`)).status).toBe(204)
  })

  test('only security groups are made', async () => {
    for (const change of [{ mailEnabled: true }, { securityEnabled: false }, { groupTypes: ['Unified'] }]) {
      const answer = await graph.ask('POST', '/v1.0/groups', { body: { ...PILOTS, ...change } })
      expect([answer.status, errorOf(answer).code]).toEqual([400, 'Request_BadRequest'])
    }
  })

  test('members need no more than their own permission', async () => {
    const group = await idOfGroup('Sales')
    const ada = await idOfUser('george.mensah')
    await graph.permit(['GroupMember.ReadWrite.All'])
    expect((await graph.ask('GET', `/v1.0/groups/${group}/members`)).status).toBe(200)
    expect((await graph.ask('PATCH', `/v1.0/groups/${group}`, { body: { displayName: 'Sellers' } })).status).toBe(403)
    const body = { '@odata.id': `${graph.origin}/v1.0/directoryObjects/${ada}` }
    expect([204, 400]).toContain((await graph.ask('POST', `/v1.0/groups/${group}/members/$ref`, { body })).status)
  })
})

describe('the gallery, enterprise apps and assignments', () => {
  const template = async (name: string): Promise<Json> => {
    const [found] = await listed(`/v1.0/applicationTemplates?$filter=${encodeURIComponent(`displayName eq '${name}'`)}`)
    if (found === undefined) throw new Error(`There is no template ${name}.`)
    return found
  }

  test('Dialpad is found by its name and comes into the tenant as its publisher’s app', async () => {
    const dialpad = await template('Dialpad')
    expect(Object.keys(dialpad)).toEqual([
      'id',
      'displayName',
      'homePageUrl',
      'supportedSingleSignOnModes',
      'supportedProvisioningTypes',
      'logoUrl',
      'categories',
      'publisher',
      'description',
    ])
    expect(dialpad).toMatchObject({ supportedSingleSignOnModes: ['oidc'], supportedProvisioningTypes: ['sync'] })
    const path = `/v1.0/applicationTemplates/${dialpad['id']}/instantiate`
    const made = await graph.ask('POST', path, { body: { displayName: 'Dialpad' } })
    expect(made.status, made.text).toBe(201)
    const { application, servicePrincipal } = made.json() as { application: Json; servicePrincipal: Json }
    expect(application['appId']).toBe(servicePrincipal['appId'])
    expect(servicePrincipal).toMatchObject({ displayName: 'Dialpad', applicationTemplateId: dialpad['id'] })
    const again = await graph.ask('POST', path, { body: { displayName: 'Dialpad' } })
    expect([again.status, errorOf(again).code]).toEqual([400, 'Request_BadRequest'])

    const byAppId = await get(`/v1.0/servicePrincipals(appId='${servicePrincipal['appId']}')`)
    expect(byAppId['id']).toBe(servicePrincipal['id'])
    const filter = encodeURIComponent("displayName eq 'dialpad'")
    expect(await listed(`/v1.0/servicePrincipals?$filter=${filter}&$select=id`)).toEqual([
      { id: servicePrincipal['id'] },
    ])
    expect((await graph.ask('DELETE', `/v1.0/servicePrincipals/${servicePrincipal['id']}`)).status).toBe(204)
  })

  test('the custom template makes an app of its own each time; people and groups are assigned to it and taken off', async () => {
    const path = '/v1.0/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate'
    const made = await graph.ask('POST', path, { body: { displayName: 'Parking' } })
    expect(made.status, made.text).toBe(201)
    expect((await graph.ask('POST', path, { body: { displayName: 'Parking' } })).status).toBe(201)
    const { application, servicePrincipal } = made.json() as { application: Json; servicePrincipal: Json }
    expect(await get(`/v1.0/applications/${application['id']}`)).toMatchObject(application)
    const registered = `/v1.0/applications?$filter=${encodeURIComponent(`appId eq '${application['appId']}'`)}`
    expect(await listed(`${registered}&$select=displayName`)).toEqual([{ displayName: 'Parking' }])
    const sp = String(servicePrincipal['id'])
    const at = `/v1.0/servicePrincipals/${sp}/appRoleAssignedTo`
    const ada = await idOfUser('ada.okafor')
    const appRoleId = '00000000-0000-0000-0000-000000000000'
    const body = { principalId: ada, resourceId: sp, appRoleId }
    const assigned = await graph.ask('POST', at, { body })
    expect(assigned.status, assigned.text).toBe(201)
    expect(assigned.json()).toMatchObject({
      appRoleId,
      principalDisplayName: 'Ada Okafor',
      principalId: ada,
      principalType: 'User',
      resourceDisplayName: 'Parking',
      resourceId: sp,
    })
    const id = String(assigned.json()['id'])
    expect((await graph.ask('POST', at, { body })).status).toBe(400)
    expect((await graph.ask('POST', at, { body: { ...body, resourceId: ada } })).status).toBe(400)
    expect((await graph.ask('POST', at, { body: { ...body, appRoleId: ada } })).status).toBe(400)
    await graph.ask('POST', at, { body: { ...body, principalId: await idOfGroup('Sales') } })
    expect((await listed(at)).map(({ principalType }) => principalType)).toEqual(['User', 'Group'])
    expect(await listed(`${at}?$filter=principalId eq ${ada}`.replaceAll(' ', '%20'))).toHaveLength(1)
    expect(await get(`${at}/${id}`)).toMatchObject({ id })
    expect((await graph.ask('DELETE', `${at}/${id}`)).status).toBe(204)
    expect((await graph.ask('GET', `${at}/${id}`)).status).toBe(404)
  })
})

describe('manners', () => {
  test('every answer names its request, and an error repeats the names', async () => {
    const mine = 'c0ffee00-0000-4000-8000-000000000001'
    const answer = await graph.ask('GET', '/v1.0/users/nobody', { headers: { 'client-request-id': mine } })
    expect(answer.status).toBe(404)
    expect(answer.headers['content-type']).toContain('application/json')
    expect(answer.headers['client-request-id']).toBe(mine)
    expect(answer.headers['request-id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(answer.json()).toEqual({
      error: {
        code: 'Request_ResourceNotFound',
        message: expect.stringContaining("Resource 'nobody' does not exist"),
        innerError: {
          date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
          'request-id': answer.headers['request-id'],
          'client-request-id': mine,
        },
      },
    })
  })

  test('bodies that are no JSON, say so not, or hold what nobody knows', async () => {
    const post = async (body: string | object, type?: string) => {
      const headers = type === undefined ? {} : { 'content-type': type }
      const answer = await graph.ask('POST', '/v1.0/users', { body, headers })
      return [answer.status, errorOf(answer).code, errorOf(answer).message]
    }
    expect((await post('{"displayName":', 'application/json')).slice(0, 2)).toEqual([400, 'BadRequest'])
    expect((await post('{}')).slice(0, 2)).toEqual([400, 'BadRequest'])
    expect((await post('<user/>', 'application/xml')).slice(0, 2)).toEqual([415, 'UnsupportedMediaType'])
    expect((await post('a=b', 'application/x-www-form-urlencoded')).slice(0, 2)).toEqual([415, 'UnsupportedMediaType'])
    expect((await post('[]', 'application/json')).slice(0, 2)).toEqual([400, 'Request_BadRequest'])
    expect(await post({ ...PEDRO, shoeSize: 44 })).toEqual([400, 'Request_BadRequest', "Invalid property 'shoeSize'."])
    expect(await post({ ...PEDRO, accountEnabled: undefined })).toEqual([
      400,
      'Request_BadRequest',
      "A value is required for property 'accountEnabled' of resource 'User'.",
    ])
    expect(await post({ ...PEDRO, displayName: 7 })).toEqual([
      400,
      'Request_BadRequest',
      "Invalid value specified for property 'displayName' of resource 'User'.",
    ])
  })

  test('addresses nobody serves are a bad request, with a token and without', async () => {
    const unknown = await graph.ask('GET', '/v1.0/fridges')
    expect([unknown.status, errorOf(unknown).code]).toEqual([400, 'BadRequest'])
    expect((await graph.ask('GET', '/v1.0/fridges', { token: null })).status).toBe(401)
    expect((await graph.ask('GET', '/v1.0/users/%E0%A4%A')).status).toBe(400)
  })
})

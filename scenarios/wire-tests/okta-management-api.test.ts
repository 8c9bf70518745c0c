import okta from '@okta/okta-sdk-nodejs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { DOMAIN, ENTERPRISE, type Fields, type OktaStage, openOktaStage } from './okta-stage.ts'

/** The Okta twin and the Dialpad twin, over HTTP alone: an administrator's script, which has a token and no browser. */

let stage: OktaStage
let token: string
beforeAll(async () => {
  stage = await openOktaStage()
})
afterAll(() => stage.close())

beforeEach(async () => {
  await stage.resetTo('brightwave', 'connected-okta')
  // Dialpad has seats of every licence.
  const seats = { talk: 20, lite_support_agents: 20, agents: 20, lite_lines: 20 }
  await stage.edit('dialpad', 'offices', (office) => ({ ...office, seats }))
  await stage.marta.open('/admin/access/api/tokens/new')
  await stage.marta.submit('/tokens/new', { name: 'script' })
  token = /(?<![\w-])00[\w-]{40}(?![\w-])/.exec(stage.marta.html)?.[0] ?? ''
})

const ADA = `ada.okafor@${DOMAIN}`
/** Labels of the apps every org has from the beginning. */
const SAMPLES = ['Sample web app', 'Sample single-page app']
const EMAIL_TEMPLATE = { template: `\${${'source.email'}}`, type: 'BUILT_IN' }
const ON = { status: 'ENABLED' }
const ALL_ON = {
  create: { lifecycleCreate: ON },
  update: { lifecycleDeactivate: ON, profile: ON, password: { ...ON, seed: 'OKTA', change: 'CHANGE' } },
}

async function api(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${stage.okta.origin}/api/v1${path}`, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `SSWS ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
}

/** A call that succeeds. */
async function done(method: string, path: string, body?: object): Promise<Fields> {
  const answer = await api(method, path, body)
  expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300)
  return answer.body as Fields
}
const list = async (path: string): Promise<readonly Fields[]> => (await done('GET', path)) as unknown as Fields[]

/** The two attributes of the help article, with the namespace without which they would not be sent. */
const custom = (...names: readonly string[]): object => ({
  definitions: {
    custom: {
      id: '#custom',
      type: 'object',
      properties: Object.fromEntries(
        names.map((name) => [
          name,
          { title: name, type: 'string', scope: 'NONE', externalName: name, externalNamespace: ENTERPRISE },
        ]),
      ),
    },
  },
})

/** Add Dialpad, connect it with its API key, switch every feature on. */
async function connect(): Promise<string> {
  const app = await done('POST', '/apps', {
    name: 'dialpad',
    label: 'Dialpad',
    signOnMode: 'SAML_2_0',
    credentials: { userNameTemplate: EMAIL_TEMPLATE },
  })
  const id = String(app['id'])
  await done('POST', `/apps/${id}/connections/default?activate=true`, {
    profile: { authScheme: 'TOKEN', token: CONNECTED_API_KEY },
  })
  await done('PUT', `/apps/${id}/features/USER_PROVISIONING`, ALL_ON)
  return id
}

const groupInDialpad = async (name: string): Promise<Fields | undefined> =>
  (await stage.records('dialpad', 'groups')).find(({ displayName }) => displayName === name)

async function membersInDialpad(name: string): Promise<readonly unknown[]> {
  const id = (await groupInDialpad(name))?.['id']
  return (await stage.records('dialpad', 'groupMembers')).filter(({ groupId }) => groupId === id)
}

test('effects travel: added, connected, mapped, assigned, pushed, changed and unassigned by script, seen in Dialpad', async () => {
  const appId = await connect()
  expect((await done('GET', `/apps/${appId}`))['features']).toContain('PUSH_NEW_USERS')

  // Two attributes on both sides, mapped.
  await done('POST', `/meta/schemas/apps/${appId}/default`, custom('officeName', 'licenseType'))
  const ofPeople = {
    officeName: { title: 'Office', type: 'string' },
    licenseType: { title: 'Licence', type: 'string' },
  }
  await done('POST', '/meta/schemas/user/default', { definitions: { custom: { properties: ofPeople } } })
  const [mapping] = await list(`/mappings?targetId=${appId}`)
  await done('POST', `/mappings/${mapping?.['id']}`, {
    properties: {
      officeName: { expression: 'user.officeName', pushStatus: 'PUSH' },
      licenseType: { expression: 'user.licenseType', pushStatus: 'PUSH' },
    },
  })

  // A person.
  const farah = `farah.haddad@${DOMAIN}`
  await done('POST', `/users/${farah}`, { profile: { officeName: 'Toronto', licenseType: 'dialpad_sell' } })
  expect(await stage.account('farah.haddad')).toBeUndefined()
  const farahId = await stage.userId('farah.haddad')
  await done('POST', `/apps/${appId}/users`, { id: farahId, scope: 'USER' })
  await stage.run()
  expect(await stage.account('farah.haddad')).toMatchObject({
    state: 'active',
    title: 'Sales Director',
    licence: 'agents',
  })
  expect(await stage.officeOf('farah.haddad')).toBe('Toronto')
  expect(await done('GET', `/apps/${appId}/users/${farahId}`)).toMatchObject({
    status: 'PROVISIONED',
    syncState: 'SYNCHRONIZED',
    externalId: (await stage.account('farah.haddad'))?.['id'],
  })

  // A group: its people follow, with its licence.
  const group = await done('POST', '/groups', { profile: { name: 'Night Desk', description: 'After hours' } })
  for (const handle of ['ada.okafor', 'rosa.jimenez']) {
    await done('PUT', `/groups/${group['id']}/users/${await stage.userId(handle)}`)
  }
  await done('PUT', `/apps/${appId}/groups/${group['id']}`, { profile: { licenseType: 'dialpad_support' } })
  await stage.run()
  expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'active', licence: 'lite_support_agents' })

  // The group itself.
  const push = await done('POST', `/apps/${appId}/group-push/mappings`, {
    sourceGroupId: group['id'],
    targetGroupName: 'Night Desk',
    status: 'ACTIVE',
  })
  await stage.run()
  expect(await membersInDialpad('Night Desk')).toHaveLength(2)
  expect(await done('GET', `/apps/${appId}/group-push/mappings/${push['id']}`)).toMatchObject({
    status: 'ACTIVE',
    targetGroupId: (await groupInDialpad('Night Desk'))?.['id'],
  })

  // Changes: a profile, a membership, a value of the group.
  await done('POST', `/users/${farah}`, { profile: { title: 'Chief of Sales', officeName: 'London' } })
  await done('DELETE', `/groups/${group['id']}/users/${await stage.userId('rosa.jimenez')}`)
  await stage.run()
  expect(await stage.account('farah.haddad')).toMatchObject({ title: 'Chief of Sales' })
  expect(await stage.officeOf('farah.haddad')).toBe('London')
  expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'suspended' })
  expect(await membersInDialpad('Night Desk')).toHaveLength(1)

  // The way out.
  await done('DELETE', `/apps/${appId}/users/${farahId}`)
  await done('PATCH', `/apps/${appId}/group-push/mappings/${push['id']}`, { status: 'INACTIVE' })
  await done('DELETE', `/apps/${appId}/group-push/mappings/${push['id']}?deleteTargetGroup=true`)
  await done('DELETE', `/apps/${appId}/groups/${group['id']}`)
  await stage.run()
  expect(await stage.account('farah.haddad')).toMatchObject({ state: 'suspended' })
  expect(await stage.account('ada.okafor')).toMatchObject({ state: 'suspended' })
  expect(await groupInDialpad('Night Desk')).toBeUndefined()
  await done('POST', `/apps/${appId}/lifecycle/deactivate`)
  await done('DELETE', `/apps/${appId}`)
  expect(
    (await list('/apps')).map(({ label }) => label),
    'the samples alone are left',
  ).toEqual(SAMPLES)
  expect(await stage.tasks()).toEqual([])
})

test('the token of a wrong key is refused by Dialpad, and nothing is kept', async () => {
  const { id } = await done('POST', '/apps', { name: 'dialpad', label: 'Dialpad' })
  const refused = await api('POST', `/apps/${id}/connections/default?activate=true`, {
    profile: { authScheme: 'TOKEN', token: `Bearer ${CONNECTED_API_KEY}` },
  })
  expect([refused.status, refused.body]).toEqual([
    400,
    expect.objectContaining({
      errorCode: 'E0000059',
      errorCauses: [{ errorSummary: expect.stringContaining('Error authenticating') }],
    }),
  ])
  expect(await done('GET', `/apps/${id}/connections/default`)).toMatchObject({ status: 'DISABLED' })
})

test('neither the token of the script nor that of Dialpad stands in the journal', async () => {
  await connect()
  const { items } = await stage.okta.journal({})
  const told = JSON.stringify(items)
  expect(told).toContain('/connections/default')
  expect(told).not.toContain(CONNECTED_API_KEY)
  expect(told).not.toContain(token)
})

/** What each resource of the Terraform provider reads first, and writes where it does not find what it wants (sheet 6.3, client tooling). */
describe('the calls of an infrastructure tool', () => {
  /** `okta_app_saml` with `preconfigured_app`. */
  async function appSaml(): Promise<string> {
    const wanted = {
      name: 'dialpad',
      label: 'Dialpad',
      signOnMode: 'SAML_2_0',
      accessibility: { selfService: false, errorRedirectUrl: '', loginRedirectUrl: '' },
      visibility: { autoSubmitToolbar: true, hide: { iOS: false, web: false } },
      credentials: { userNameTemplate: EMAIL_TEMPLATE },
      settings: { app: {}, implicitAssignment: false, notes: { admin: 'Managed by code', enduser: '' } },
    }
    const [known] = await list('/apps?q=Dialpad&limit=200')
    const app = known === undefined ? await done('POST', '/apps?activate=true', wanted) : known
    await done('PUT', `/apps/${app['id']}`, wanted)
    const keys = await list(`/apps/${app['id']}/credentials/keys`)
    expect(keys[0]?.['kid']).toEqual((app['credentials'] as { signing: Fields }).signing['kid'])
    const metadata = await fetch(
      `${stage.okta.origin}/api/v1/apps/${app['id']}/sso/saml/metadata?kid=${keys[0]?.['kid']}`,
      {
        headers: { authorization: `SSWS ${token}`, accept: 'application/xml' },
      },
    )
    expect(metadata.headers.get('content-type')).toBe('application/xml')
    return String(app['id'])
  }

  /** `okta_app_connection`. */
  async function appConnection(appId: string): Promise<void> {
    const path = `/apps/${appId}/connections/default`
    await done('POST', path, { profile: { authScheme: 'TOKEN', token: CONNECTED_API_KEY } })
    if ((await done('GET', path))['status'] !== 'ENABLED') await done('POST', `${path}/lifecycle/activate`)
    expect(await done('GET', path)).toMatchObject({ authScheme: 'TOKEN', status: 'ENABLED' })
  }

  /** `okta_app_features`. */
  async function appFeatures(appId: string): Promise<void> {
    const path = `/apps/${appId}/features/USER_PROVISIONING`
    await done('PUT', path, ALL_ON)
    expect(await done('GET', path)).toMatchObject({ status: 'ENABLED', capabilities: ALL_ON })
  }

  /** `okta_app_user_schema_property`. */
  async function appUserSchemaProperty(appId: string, name: string): Promise<void> {
    const path = `/meta/schemas/apps/${appId}/default`
    await done('GET', path)
    await done('POST', path, custom(name))
  }

  /** `okta_profile_mapping`. */
  async function profileMapping(appId: string): Promise<void> {
    const type = await done('GET', '/meta/types/user/default')
    const [found] = await list(`/mappings?sourceId=${type['id']}&targetId=${appId}`)
    const properties = { licenseType: { expression: '"dialpad_lite"', pushStatus: 'PUSH' } }
    await done('POST', `/mappings/${found?.['id']}`, { properties })
    expect((await done('GET', `/mappings/${found?.['id']}`))['properties']).toMatchObject(properties)
  }

  /** `okta_group` with `okta_group_memberships`. */
  async function groupWith(name: string, ...logins: readonly string[]): Promise<string> {
    const known = (await list(`/groups?q=${encodeURIComponent(name)}`)).find(
      ({ profile }) => (profile as Fields)['name'] === name,
    )
    const group = known ?? (await done('POST', '/groups', { profile: { name, description: '' } }))
    for (const login of logins) {
      const user = await done('GET', `/users/${login}`)
      await done('PUT', `/groups/${group['id']}/users/${user['id']}`)
    }
    expect(await list(`/groups/${group['id']}/users`)).toHaveLength(logins.length)
    return String(group['id'])
  }

  /** `okta_app_group_assignment`. */
  async function appGroupAssignment(appId: string, groupId: string): Promise<void> {
    await done('PUT', `/apps/${appId}/groups/${groupId}`, { priority: 0, profile: {} })
    expect(await done('GET', `/apps/${appId}/groups/${groupId}`)).toMatchObject({ id: groupId, priority: 0 })
  }

  /** `okta_app_user`. */
  async function appUser(appId: string, login: string): Promise<void> {
    const { id } = await done('GET', `/users/${login}`)
    const { status } = await api('GET', `/apps/${appId}/users/${id}`)
    const body = { id, scope: 'USER', credentials: { userName: login } }
    await done('POST', status === 404 ? `/apps/${appId}/users` : `/apps/${appId}/users/${id}`, body)
  }

  /** `okta_push_group`. */
  async function pushGroup(appId: string, groupId: string): Promise<void> {
    const [known] = await list(`/apps/${appId}/group-push/mappings?sourceGroupId=${groupId}`)
    if (known === undefined) {
      const body = { sourceGroupId: groupId, targetGroupName: 'By Code', status: 'ACTIVE' }
      await done('POST', `/apps/${appId}/group-push/mappings`, body)
    } else await done('PATCH', `/apps/${appId}/group-push/mappings/${known['id']}`, { status: 'ACTIVE' })
  }

  async function apply(): Promise<void> {
    const appId = await appSaml()
    await appConnection(appId)
    await appFeatures(appId)
    await appUserSchemaProperty(appId, 'officeName')
    await appUserSchemaProperty(appId, 'licenseType')
    await profileMapping(appId)
    const groupId = await groupWith('By Code', ADA, `rosa.jimenez@${DOMAIN}`)
    await appGroupAssignment(appId, groupId)
    await appUser(appId, `farah.haddad@${DOMAIN}`)
    await pushGroup(appId, groupId)
    await stage.run()
  }

  /** Everything a second run must not touch. */
  async function seen(): Promise<object> {
    const collections = [
      'apps',
      'appUsers',
      'appGroups',
      'profileSchemas',
      'profileMappings',
      'groupPushMappings',
      'groups',
    ]
    const org = await Promise.all(collections.map((name) => stage.records('okta', name)))
    const target = await Promise.all(['users', 'groups', 'groupMembers'].map((name) => stage.records('dialpad', name)))
    return { org: org.map((records) => records.map(plain)), target }
  }
  /** Sealed anew each time, and dated. */
  const plain = ({ lastUpdated: _, ...record }: Fields): Fields => {
    const provisioning = record['provisioning'] as Fields | undefined
    return provisioning === undefined ? record : { ...record, provisioning: { ...provisioning, sealedToken: '' } }
  }

  test('in the order of its resources, twice: the second run changes nothing and pushes nobody', async () => {
    await apply()
    expect(await stage.tasks()).toEqual([])
    expect(await stage.account('farah.haddad')).toMatchObject({ state: 'active', licence: 'lite_lines' })
    expect(await stage.account('rosa.jimenez')).toMatchObject({ state: 'active', licence: 'lite_lines' })
    expect(await membersInDialpad('By Code')).toHaveLength(2)
    const before = await seen()
    await stage.sent()
    await apply()
    expect(await seen()).toEqual(before)
    // Only the two reads with which saved credentials are tested.
    expect((await stage.sent()).map(({ call }) => call)).toEqual(['GET /Users', 'GET /Groups'])
  })
})

test('the published client library does the same, its models and its paging included', async () => {
  const client = new okta.Client({ orgUrl: stage.okta.origin, token, testing: { disableHttpsCheck: true } } as never)
  const application = { name: 'dialpad', label: 'Dialpad', signOnMode: 'SAML_2_0' }
  const app = await client.applicationApi.createApplication({ application: application as never })
  const appId = app.id ?? ''
  expect([app.label, app.status, app.created]).toEqual(['Dialpad', 'ACTIVE', expect.any(Date)])
  const changed = await client.applicationApi.replaceApplication({
    appId,
    application: { ...application, credentials: { userNameTemplate: EMAIL_TEMPLATE } } as never,
  })
  expect(changed.id).toBe(appId)

  const connection = await client.applicationApi.updateDefaultProvisioningConnectionForApplication({
    appId,
    activate: true,
    ProvisioningConnectionRequest: {
      profile: { authScheme: 'TOKEN', token: CONNECTED_API_KEY },
    } as never,
  })
  expect(connection.status).toBe('ENABLED')
  const feature = await client.applicationApi.updateFeatureForApplication({
    appId,
    name: 'USER_PROVISIONING',
    CapabilitiesObject: ALL_ON as never,
  })
  expect(feature.status).toBe('ENABLED')

  const userId = await stage.userId('farah.haddad')
  const assigned = await client.applicationApi.assignUserToApplication({ appId, appUser: { id: userId } as never })
  expect(assigned.credentials?.userName).toBe(`farah.haddad@${DOMAIN}`)
  await stage.run()
  expect(await stage.account('farah.haddad')).toMatchObject({ state: 'active' })

  for (const handle of ['rosa.jimenez', 'priya.raman']) {
    await client.applicationApi.assignUserToApplication({
      appId,
      appUser: { id: await stage.userId(handle) } as never,
    })
  }
  const people: (string | undefined)[] = []
  for await (const each of await client.applicationApi.listApplicationUsers({ appId, limit: 1 })) people.push(each?.id)
  expect(people).toHaveLength(3)

  await expect(client.applicationApi.deleteApplication({ appId })).rejects.toMatchObject({
    errorCode: 'E0000056',
    status: 403,
  })
  await client.applicationApi.unassignUserFromApplication({ appId, userId })
  await stage.run()
  expect(await stage.account('farah.haddad')).toMatchObject({ state: 'suspended' })
  await client.applicationApi.deactivateApplication({ appId })
  await client.applicationApi.deleteApplication({ appId })
  const left: unknown[] = []
  for await (const each of await client.applicationApi.listApplications()) left.push(each?.label)
  expect(left).toEqual(SAMPLES)
})

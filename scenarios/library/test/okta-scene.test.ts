import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createScene, type Scene } from '../scene/scene.ts'
import { OKTA_COMMANDS } from '../scene/tables.ts'
import { type Kit, startKit } from '../start-kit.ts'
import { countingRuns, type Fields, recordsOf, refusalOf, writtenBy } from './stage.ts'

const DOMAIN = 'brightwave.example'
const MARTA = `marta.silva@${DOMAIN}`
const BEN = `ben.castillo@${DOMAIN}`
const NEW = `ada.byron@${DOMAIN}`
const GROUP = 'Dialpad Users'
const PERSON = { firstName: 'Ada', lastName: 'Byron' }

let kit: Kit
let okta: Scene['okta']
const ran = new Set<string>()
beforeAll(async () => {
  kit = await startKit({ world: 'connected-okta' })
  okta = createScene({ ...kit.control, okta: countingRuns(kit.control.okta, ran) }).okta
})
afterAll(() => kit.close())
beforeEach(async () => {
  await kit.control.kit.reset({ world: 'connected-okta' })
})

const records = (collection: string) => recordsOf(kit.control.okta, collection)
const person = async (login: string): Promise<Fields | undefined> =>
  (await records('users')).find(({ profile }) => (profile as Fields)['login'] === login)
const app = async (label = 'Dialpad'): Promise<Fields | undefined> =>
  (await records('apps')).find((each) => each['label'] === label)
const rowOf = async (login: string): Promise<Fields | undefined> => {
  const id = (await person(login))?.['id']
  return (await records('appUsers')).find(({ userId }) => userId === id)
}
const account = async (email: string): Promise<Fields | undefined> =>
  (await recordsOf(kit.control.dialpad, 'users')).find(({ emails }) => (emails as string[])[0] === email)

test('people: added, changed, and through their lifecycle', async () => {
  const { id, status } = await okta.addPerson(NEW, { ...PERSON, profile: { title: 'Analyst' }, groups: [GROUP] })
  expect(status).toBe('PROVISIONED')
  expect((await okta.setPassword(NEW, { password: 'Correct-Horse-9' })).status).toBe('ACTIVE')
  await okta.runJobs()
  expect(await account(NEW)).toMatchObject({ state: 'active', title: 'Analyst' })
  await okta.editPerson(NEW, { profile: { title: 'Lead', department: 'Support' } })
  await okta.runJobs()
  expect(await account(NEW)).toMatchObject({ title: 'Lead' })
  await okta.editPerson(NEW, { profile: { department: null } })
  expect((await person(NEW))?.['profile']).not.toHaveProperty('department')
  expect((await okta.suspendPerson(NEW)).status).toBe('SUSPENDED')
  expect((await okta.unsuspendPerson(NEW)).status).toBe('ACTIVE')
  for (let failure = 0; failure < 12; failure += 1) {
    await fetch(`${kit.urls.okta}/api/v1/authn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: NEW, password: 'wrong' }),
    })
  }
  expect((await person(NEW))?.['status']).toBe('LOCKED_OUT')
  expect((await okta.unlockPerson(NEW)).status).toBe('ACTIVE')
  expect((await okta.deactivatePerson(NEW)).status).toBe('DEPROVISIONED')
  await okta.runJobs()
  expect(await account(NEW)).toMatchObject({ state: 'suspended' })
  expect((await okta.activatePerson(NEW)).status).toBe('PROVISIONED')
  await okta.deactivatePerson(id)
  await okta.deletePerson(NEW)
  expect(await person(NEW)).toBeUndefined()
})

test('groups and rules', async () => {
  const { id } = await okta.addGroup('Pilots', { members: [BEN] })
  await okta.editGroup('pilots', { name: 'Crew', description: 'All' })
  await okta.addMember('Crew', { person: MARTA })
  await okta.removeMember('Crew', { person: BEN })
  const members = async () => (await records('groupMembers')).filter(({ groupId }) => groupId === id)
  expect(await members()).toMatchObject([{ userId: (await person(MARTA))?.['id'] }])
  const expression = 'user.firstName == "Ben"'
  expect(await okta.addGroupRule('Bens', { expression, groups: ['Crew'] })).toMatchObject({ status: 'ACTIVE' })
  await okta.runJobs()
  expect(await members()).toHaveLength(2)
  await okta.setGroupRule('Bens', { active: false })
  await okta.removeGroupRule('Bens', { removeMembers: true })
  await okta.runJobs()
  expect(await members()).toHaveLength(1)
  await okta.deleteGroup('Crew')
  expect(await members()).toEqual([])
})

test('apps: added, described, signed on to, deactivated, removed', async () => {
  const { appId } = await okta.addApp('Wiki', { catalog: 'custom', baseUrl: 'http://wiki.example/scim' })
  const of = { app: 'Wiki' }
  await okta.editApp({ ...of, notesForUsers: 'Read me', hideWeb: true, selfService: true })
  expect(await app('Wiki')).toMatchObject({
    notesForUsers: 'Read me',
    visibility: { hideWeb: true, autoSubmit: true },
    general: { selfService: true },
    provisioning: { baseUrl: 'http://wiki.example/scim' },
  })
  const told = await okta.editSignOn({
    ...of,
    userNameFormat: 'custom',
    customUserName: 'user.email',
    updateUserNameOn: 'create',
    acsUrl: 'https://wiki.example/acs',
    spEntityId: 'wiki',
    attributeStatements: [{ name: 'Mail', expression: 'user.email' }],
  })
  expect(told.certificate).toContain('BEGIN CERTIFICATE')
  expect((await app('Wiki'))?.['signOn']).toMatchObject({
    usernameTemplate: { format: 'custom', custom: 'user.email', pushStatus: 'DONT_PUSH' },
    acsUrl: 'https://wiki.example/acs',
  })
  const { kid } = await okta.generateCertificate('Wiki')
  expect(await okta.activateCertificate(of)).toEqual({ kid, isActive: true })
  const [former] = (await records('samlCertificates')).filter(({ owner, isActive }) => owner === appId && !isActive)
  await okta.deleteCertificate(String(former?.['id']), of)
  expect((await records('samlCertificates')).filter(({ owner }) => owner === appId)).toHaveLength(1)
  expect(await refusalOf(okta.removeApp('Wiki'))).toEqual([403, 'E0000056'])
  await okta.setAppStatus({ ...of, status: 'INACTIVE' })
  await okta.removeApp('Wiki')
  expect(await app('Wiki')).toBeUndefined()
})

test('assignments of people and groups, with values and priority', async () => {
  await okta.unassignGroup(GROUP)
  await okta.runJobs()
  expect(await rowOf(BEN)).toBeUndefined()
  await okta.assignPerson(BEN, { values: { title: 'Guest' } })
  expect(await rowOf(BEN)).toMatchObject({ scope: 'USER', profile: { title: 'Guest' } })
  await okta.assignGroup(GROUP, { values: { department: 'Phones' } })
  await okta.addGroup('Pilots', { members: [MARTA] })
  await okta.assignGroup('Pilots', { priority: 0 })
  const first = (await records('appGroups')).find(({ priority }) => priority === 0)
  expect(first?.['groupId']).toBe((await records('groups')).find(({ name }) => name === 'Pilots')?.['id'])
  await okta.editGroupAssignment('Pilots', { values: { department: 'Air' }, priority: 1 })
  expect((await records('appGroups')).map(({ priority }) => priority).toSorted()).toEqual([0, 1])
  await okta.editAssignment(BEN, { scope: 'GROUP' })
  expect(await rowOf(BEN)).toMatchObject({ scope: 'GROUP', profile: { department: 'Phones' } })
  await okta.editAssignment(BEN, { values: { title: 'Boss' } })
  expect(await rowOf(BEN)).toMatchObject({ scope: 'USER', profile: { title: 'Boss' } })
  await okta.unassignPerson(BEN)
  expect(await rowOf(BEN)).toMatchObject({ scope: 'GROUP' })
})

test('the integration off and on, its features, and who was assigned meanwhile', async () => {
  await okta.disconnect()
  expect((await app())?.['provisioning']).toMatchObject({ enabled: false })
  await okta.addPerson(NEW, { ...PERSON, password: 'Correct-Horse-9' })
  await okta.assignPerson(NEW)
  expect(await rowOf(NEW)).toMatchObject({ beforeProvisioning: true })
  const { secret } = await kit.scene.issueKey('Okta again')
  expect(await refusalOf(okta.connect('wrong'))).toEqual([422, 'connection_failed'])
  await okta.connect(secret)
  const { toApp } = await okta.setToApp({ createUsers: true, syncPassword: false })
  expect(toApp).toMatchObject({ createUsers: true, syncPassword: false, deactivateUsers: true })
  await okta.setToOkta({ schedule: 'daily', confirmNew: true, safeguard: { enabled: true, percent: 50 } })
  expect((await app())?.['provisioning']).toMatchObject({
    toOkta: { schedule: 'daily', confirmNew: true, safeguard: { percent: 50 } },
  })
  expect(await okta.provisionUser()).toEqual({ queued: 1 })
  await okta.runJobs()
  expect(await account(NEW)).toMatchObject({ state: 'active' })
  expect((await okta.forceSync()).queued).toBeGreaterThan(0)
  expect((await okta.runJobs()).waiting).toBe(0)
  await okta.editSignOn({ userNameFormat: 'okta-username' })
  expect((await okta.updateUserNames()).updated).toBeGreaterThanOrEqual(0)
})

test('an attribute of the profile is added, mapped, sent, and removed', async () => {
  await okta.addAttribute({ owner: 'user', name: 'desk', title: 'Desk' })
  const namespace = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  await okta.addAttribute({ owner: 'Dialpad', name: 'division', namespace })
  await okta.setMapping('division', { expression: 'user.desk', on: 'create-and-update' })
  await okta.editPerson(BEN, { profile: { desk: 'D4' } })
  await okta.runJobs()
  expect(await rowOf(BEN)).toMatchObject({ profile: { division: 'D4' } })
  await okta.setMapping('division', { expression: null })
  await okta.removeAttribute({ owner: 'Dialpad', name: 'division' })
  expect((await rowOf(BEN))?.['profile']).not.toHaveProperty('division')
})

test('groups are pushed, by name and by rule, linked and unlinked', async () => {
  await okta.addGroup('Pilots', { members: [BEN] })
  await okta.pushGroup('Pilots')
  await okta.runJobs()
  const inDialpad = async () => (await recordsOf(kit.control.dialpad, 'groups')).map(({ displayName }) => displayName)
  expect(await inDialpad()).toContain('Pilots')
  await okta.pushNow('Pilots')
  expect((await okta.setGroupPush('Pilots', { active: false })).pushId).toBeDefined()
  await okta.unlinkGroup('Pilots')
  await okta.refreshAppGroups()
  await okta.pushGroup('Pilots', { linkTo: 'Pilots' })
  await okta.runJobs()
  expect(await records('groupPushMappings')).toContainEqual(
    expect.objectContaining({ targetName: 'Pilots', status: 'ACTIVE' }),
  )
  await okta.unlinkGroup('Pilots', { deleteTarget: true })
  await okta.runJobs()
  expect(await inDialpad()).not.toContain('Pilots')
  await okta.setRenameAppGroups({ rename: false })
  expect((await app())?.['provisioning']).toMatchObject({ renameAppGroups: false })
  await okta.addGroup('Crew')
  await okta.addPushRule('C', { groupName: { operator: 'starts-with', value: 'Cre' } })
  await okta.runJobs()
  expect(await inDialpad()).toContain('Crew')
  expect(await okta.retryGroups()).toEqual({ queued: 0 })
})

test('an import is read, confirmed and cleared', async () => {
  const { scene } = kit
  await scene.dialpad.addPerson(NEW, { firstName: 'Ada', lastName: 'Byron', office: 'Denver' })
  expect((await okta.importNow()).state).toMatch(/DONE|ROADBLOCK/)
  const rows = await records('importRows')
  expect(rows.map(({ userName }) => userName)).toContain(NEW)
  await okta.confirmImport({ decisions: [{ account: NEW, as: 'new' }], activate: true })
  expect(await person(NEW)).toBeDefined()
  await okta.confirmImport({})
  await okta.clearUnconfirmed()
  expect(await records('importRows')).toEqual([])
})

test('an import held back goes on when it is told to', async () => {
  await okta.setToOkta({ safeguard: { enabled: true, percent: 1 } })
  await kit.scene.dialpad.deletePerson(BEN)
  expect(await okta.importNow()).toMatchObject({ state: 'ROADBLOCK' })
  expect((await okta.resumeImport()).removed).toBeGreaterThan(0)
})

test('tasks of what failed are tried again, or marked complete', async () => {
  const open = async () => (await records('tasks')).filter(({ status }) => status === 'OPEN').length
  const fail = async (login: string) => {
    await kit.control.dialpad.putFaults([{ on: 'scim.users.create', effect: { status: 500 }, times: 20 }])
    await okta.addPerson(login, { ...PERSON, groups: [GROUP], password: 'Correct-Horse-9' })
    await okta.runJobs()
    await kit.control.dialpad.clearFaults()
  }
  await fail(NEW)
  expect(await open()).toBe(1)
  expect(await okta.retryTasks()).toEqual({ queued: 1 })
  await okta.runJobs()
  expect([await open(), (await account(NEW))?.['state']]).toEqual([0, 'active'])
  await fail(`eve@${DOMAIN}`)
  expect(await okta.completeTasks('Dialpad')).toEqual({ completed: 1 })
  expect(await open()).toBe(0)
})

test('OpenID Connect apps: made, changed, their addresses and secrets, and the origins scripts call from', async () => {
  const made = await okta.createOidcApp('Orders', { redirectUris: ['http://localhost:3999/callback'] })
  const client = async (): Promise<Fields> => (await app('Orders'))?.['oidc'] as Fields
  await okta.editOidcApp('Orders', { consent: 'REQUIRED', pkceRequired: true })
  await okta.addRedirectUri({ app: 'Orders', uri: 'http://localhost:3999/other' })
  await okta.removeRedirectUri({ app: made.clientId, uri: 'http://localhost:3999/callback' })
  expect(await client()).toMatchObject({
    consentMethod: 'REQUIRED',
    pkceRequired: true,
    redirectUris: ['http://localhost:3999/other'],
  })
  const { clientSecret } = await okta.rotateClientSecret('Orders')
  expect(clientSecret).not.toBe(made.clientSecret)
  expect(JSON.stringify(await records('apps')), 'sealed').not.toContain(clientSecret)
  const { trustedOriginId } = await okta.addTrustedOrigin('https://orders.example')
  expect((await okta.removeTrustedOrigin('https://orders.example')).removed).toBe(trustedOriginId)
})

test('authorization servers: a custom one with scope and claim, whose tokens say so; its key; switched off', async () => {
  const { serverId, issuer } = await okta.createAuthorizationServer({ name: 'Orders', audience: 'api://orders' })
  await okta.createScope('orders.read', { server: serverId })
  await okta.createClaim({ name: 'desk', value: 'app.clientId', server: serverId })
  const { clientId, clientSecret = '' } = await okta.createOidcApp('Feed', { type: 'service' })
  expect((await okta.setPolicyClients({ apps: ['Feed'], server: serverId })).clients).toEqual([clientId])
  const token = async () => {
    const answer = await fetch(`${issuer}/v1/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'orders.read',
        client_id: clientId,
        client_secret: clientSecret,
      }),
    })
    return { status: answer.status, body: (await answer.json()) as { readonly access_token?: string } }
  }
  const claims = decodeJwt((await token()).body.access_token ?? '')
  expect(claims).toMatchObject({ aud: 'api://orders', iss: issuer, scp: ['orders.read'], cid: clientId })
  const { kid } = await okta.rollSigningKey({ server: serverId })
  expect(decodeProtectedHeader((await token()).body.access_token ?? '').kid).toBe(kid)
  expect((await okta.retireSigningKey({ server: serverId })).retired).toHaveLength(1)
  expect((await okta.setAuthorizationServerStatus({ status: 'INACTIVE', server: serverId })).status).toBe('INACTIVE')
  expect((await token()).status).not.toBe(200)
})

test.each([
  ['add-app', {}, [422, 'E0000040']],
  ['add-app', { catalog: 'custom' }, [400, 'invalid_body']],
  ['add-app', { baseUrl: 'https://x.example' }, [400, 'invalid_body']],
  ['set-app-status', { status: 'OFF' }, [400, 'invalid_body']],
  ['edit-sign-on', { acsUrl: 'nowhere' }, [422, 'E0000001']],
  ['activate-certificate', {}, [409, 'no_certificate']],
  ['assign-person', { person: 'nobody' }, [404, 'unknown_person']],
  ['assign-person', { person: BEN, values: { shoe: 43 } }, [422, 'E0000001']],
  ['assign-group', { group: GROUP }, [409, 'E0000062']],
  ['assign-group', { group: GROUP, app: 'Nothing' }, [404, 'unknown_app']],
  ['set-to-okta', { safeguard: { enabled: true, percent: 0 } }, [400, 'invalid_body']],
  ['set-to-okta', { usernameFormat: 'custom' }, [422, 'E0000001']],
  ['add-attribute', { owner: 'user', name: '1x' }, [422, 'E0000001']],
  ['remove-attribute', { owner: 'user', name: 'login' }, [422, 'E0000001']],
  ['set-mapping', { attribute: 'title', expression: 'nope(' }, [422, 'E0000001']],
  ['push-group', { group: GROUP, linkTo: 'Nothing' }, [404, 'unknown_app_group']],
  ['push-now', { group: 'Everyone' }, [404, 'not_pushed']],
  ['confirm-import', { decisions: [{ account: 'x', as: 'new' }] }, [404, 'unknown_account']],
  ['resume-import', {}, [422, 'E0000001']],
  ['add-person', { email: BEN, ...PERSON }, [422, 'E0000001']],
  ['edit-person', { person: BEN, profile: { shoe: 43 } }, [422, 'E0000001']],
  ['activate-person', { person: BEN }, [403, 'E0000016']],
  ['delete-person', { person: BEN }, [403, 'E0000038']],
  ['add-group', { name: 'Half', members: [BEN, 'nobody'] }, [404, 'unknown_person']],
  ['add-group-rule', { name: 'R', expression: 'nope(', groups: [GROUP] }, [422, 'E0000001']],
  ['set-group-rule', { rule: 'None', active: true }, [404, 'unknown_rule']],
  ['create-oidc-app', { label: 'X', redirectUris: ['nowhere'] }, [422, 'E0000001']],
  ['remove-trusted-origin', { origin: 'https://nobody.example' }, [404, 'unknown_origin']],
  ['create-scope', { name: 'openid' }, [422, 'E0000001']],
] as const)('%s %j is refused, and nothing is changed', async (command, input, expected) => {
  const before = await writtenBy(kit.control.okta)
  expect(await refusalOf(kit.control.okta.run(command, input))).toEqual(expected)
  expect(await writtenBy(kit.control.okta)).toEqual(before)
})

test('every command was run', () => {
  expect([...ran].toSorted()).toEqual(Object.keys(OKTA_COMMANDS).toSorted())
})

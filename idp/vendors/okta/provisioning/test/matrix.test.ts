import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OktaApp } from '../../apps/records.ts'
import { setAppStatus } from '../../commands/apps.ts'
import {
  assignGroup,
  assignmentForm,
  assignPerson,
  editAssignment,
  forceSync,
  provisionUsers,
  setGroupPriority,
  unassignGroup,
  unassignPerson,
} from '../../commands/assignments.ts'
import { addMember, deleteGroup, removeMember } from '../../commands/groups.ts'
import { saveApiIntegration, saveToApp, testApiCredentials } from '../../commands/integration.ts'
import {
  activatePerson,
  deactivatePerson,
  deletePerson,
  editPerson,
  setPassword,
  suspendPerson,
  unsuspendPerson,
} from '../../commands/people.ts'
import { addAttribute, previewMapping, removeAttribute, saveMapping } from '../../commands/profile-editor.ts'
import { completeTasks, retryTasks } from '../../commands/tasks.ts'
import { mappingOf } from '../../profiles/read.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import { ALL_ON, KIT, openStage, type Stage } from './stage.ts'

const ADA = 'ada.okafor@brightwave.example'
const LOOKUP = `GET /Users?filter=userName eq "${ADA}"&startIndex=1&count=100`
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const ada = (): { readonly userId: string } => ({ userId: oktaUserIdOf('ada.okafor') })

/** Ada assigned, her account made. @returns its id in the app. */
async function assignAda(app: OktaApp, values = {}): Promise<string> {
  await assignPerson(stage.deps, KIT, { appId: app.id, ...ada(), values })
  await stage.run()
  stage.seen()
  return stage.row(app, 'ada.okafor')?.externalId ?? ''
}

const rowId = (app: OktaApp): string => stage.row(app, 'ada.okafor')?.id ?? ''
const active = (value: boolean) => ({ schemas: [PATCH_OP], Operations: [{ op: 'replace', value: { active: value } }] })

describe('the operation matrix of reference sheet 2.2, as a catalog app', () => {
  test('test credentials and save: users, then groups', async () => {
    const app = await stage.connect()
    const input = { appId: app.id, importGroups: true }
    expect(await testApiCredentials(stage.deps, KIT, input)).toEqual({
      ok: true,
      message: 'Dialpad was verified successfully!',
    })
    expect(stage.sent()).toEqual(['GET /Users?startIndex=1&count=2', 'GET /Groups?startIndex=1&count=100'])
    await testApiCredentials(stage.deps, KIT, { ...input, importGroups: false })
    expect(stage.sent()).toEqual(['GET /Users?startIndex=1&count=2'])
  })

  test('assign, no match: looked up and created, keys in order, with a password and the Okta id', async () => {
    const app = await stage.connect()
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    const { ran } = await stage.run()
    expect(ran.map(({ result }) => result)).toEqual(['done'])
    const [lookup, create, ...rest] = stage.seen()
    expect(rest).toEqual([])
    expect(lookup?.url).toBe(
      '/Users?filter=userName%20eq%20%22ada.okafor%40brightwave.example%22&startIndex=1&count=100',
    )
    expect(lookup?.headers).toMatchObject({
      accept: 'application/scim+json',
      'accept-charset': 'utf-8',
      'user-agent': 'Okta SCIM Client 1.0.0',
      authorization: expect.stringMatching(/^Bearer /),
    })
    expect(create?.headers['content-type']).toBe('application/scim+json; charset=utf-8')
    expect(create?.body).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
      userName: ADA,
      name: { givenName: 'Ada', familyName: 'Okafor' },
      emails: [{ primary: true, value: ADA, type: 'work' }],
      title: 'Support Lead',
      preferredLanguage: 'en-US',
      addresses: [{ type: 'work', country: 'US' }],
      externalId: oktaUserIdOf('ada.okafor'),
      [ENTERPRISE]: { department: 'Support' },
      groups: [],
      password: expect.stringMatching(/^[A-Za-z0-9]{8}$/),
      active: true,
    })
    expect(Object.keys(create?.body as object)).toEqual([
      'schemas',
      'userName',
      'name',
      'emails',
      'title',
      'preferredLanguage',
      'addresses',
      'externalId',
      ENTERPRISE,
      'groups',
      'password',
      'active',
    ])
    expect(stage.row(app, 'ada.okafor')).toMatchObject({
      scope: 'USER',
      status: 'PROVISIONED',
      syncState: 'SYNCHRONIZED',
      externalId: expect.any(String),
      lastSync: expect.any(String),
    })
    expect(stage.events().slice(-3)).toEqual([
      'application.user_membership.add',
      'application.provision.user.verify_exists',
      'application.provision.user.push',
    ])
  })

  test('assign, match active: linked without asking and overwritten', async () => {
    const app = await stage.connect()
    stage.target.users.set('u-9', { id: 'u-9', userName: ADA, active: true, title: 'By hand', nickName: 'Adi' })
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    const requests = stage.seen()
    expect(requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
      'GET /Users',
      'GET /Users/u-9',
      'PUT /Users/u-9',
    ])
    // What the server had stays, Okta's profile lies over it.
    expect(requests[2]?.body).toMatchObject({ id: 'u-9', nickName: 'Adi', title: 'Support Lead', active: true })
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ externalId: 'u-9', syncState: 'SYNCHRONIZED' })
  })

  test('assign, match inactive: switched on, read, overwritten', async () => {
    const app = await stage.connect()
    stage.target.users.set('u-9', { id: 'u-9', userName: ADA, active: false })
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    const requests = stage.seen()
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET', 'PUT'])
    expect(requests[1]?.body).toEqual(active(true))
    expect(stage.events().slice(-3)).toEqual([
      'application.provision.user.verify_exists',
      'application.provision.user.reactivate',
      'application.provision.user.push_profile',
    ])
  })

  test('profile change: GET, then PUT of everything, which overwrites what was edited by hand', async () => {
    const app = await stage.connect()
    const id = await assignAda(app)
    stage.target.users.set(id, { ...(stage.target.users.get(id) ?? { id }), title: 'Edited by hand', nickName: 'Adi' })
    await editPerson(stage.deps, KIT, { ...ada(), profile: { department: 'Care' } })
    await stage.run()
    const [read, put] = stage.seen()
    expect([read?.method, put?.method]).toEqual(['GET', 'PUT'])
    expect(put?.body).toMatchObject({
      id,
      title: 'Support Lead',
      nickName: 'Adi',
      [ENTERPRISE]: { department: 'Care' },
    })
    expect(put?.body).not.toHaveProperty('password')
  })

  test('a PUT echoes the active of the app: it repairs no failed deactivation', async () => {
    const app = await stage.connect()
    const id = await assignAda(app)
    stage.target.users.set(id, { ...(stage.target.users.get(id) ?? { id }), active: false })
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
    expect(stage.seen()[1]?.body).toMatchObject({ active: false, title: 'Director' })
  })

  test('username change: the same id, another userName', async () => {
    const app = await stage.connect()
    const id = await assignAda(app)
    await editPerson(stage.deps, KIT, { ...ada(), profile: { email: 'ada.lind@brightwave.example' } })
    await stage.run()
    const [read, put] = stage.seen()
    expect([read?.url, put?.url]).toEqual([`/Users/${id}`, `/Users/${id}`])
    expect(put?.body).toMatchObject({ userName: 'ada.lind@brightwave.example' })
    expect(stage.events()).toContain('application.user_membership.change_username')
  })

  test('unassign: PATCH active false, without a path', async () => {
    const app = await stage.connect()
    const id = await assignAda(app)
    await unassignPerson(stage.deps, KIT, { appUserId: rowId(app) })
    await stage.run()
    const [patch, ...rest] = stage.seen()
    expect([patch?.method, patch?.url, patch?.body, rest]).toEqual(['PATCH', `/Users/${id}`, active(false), []])
    expect(stage.row(app, 'ada.okafor')).toBeUndefined()
    expect(stage.events().slice(-2)).toEqual([
      'application.user_membership.remove',
      'application.provision.user.deactivate',
    ])
  })

  test('reassign: looked up, switched on, read, overwritten', async () => {
    const app = await stage.connect()
    const id = await assignAda(app)
    await unassignPerson(stage.deps, KIT, { appUserId: rowId(app) })
    await stage.run()
    stage.seen()
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    expect(stage.sent()).toEqual([LOOKUP, `PATCH /Users/${id}`, `GET /Users/${id}`, `PUT /Users/${id}`])
  })

  test('suspend, unsuspend and delete send nothing', async () => {
    const app = await stage.connect()
    const id = await assignAda(app)
    await suspendPerson(stage.deps, KIT, ada())
    await unsuspendPerson(stage.deps, KIT, ada())
    await stage.run()
    expect(stage.sent()).toEqual([])
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ externalId: id })
    await deactivatePerson(stage.deps, KIT, ada())
    await stage.run()
    expect(stage.sent()).toEqual([`PATCH /Users/${id}`])
    await deletePerson(stage.deps, KIT, ada())
    await stage.run()
    expect(stage.sent()).toEqual([])
  })

  test('a deleted person is deleted in the app where the switch says so', async () => {
    await stage.system.control.setSwitches({ 'deleted-person': 'delete' })
    const app = await stage.connect()
    const id = await assignAda(app)
    await deactivatePerson(stage.deps, KIT, ada())
    await deletePerson(stage.deps, KIT, ada())
    await stage.run()
    expect(stage.sent()).toEqual([`PATCH /Users/${id}`, `DELETE /Users/${id}`])
  })

  test('a password is pushed by PATCH', async () => {
    const app = await stage.connect()
    const id = await assignAda(app)
    await setPassword(stage.deps, KIT, { ...ada(), password: 'N3w-Passw0rd!' })
    await stage.run()
    const [patch] = stage.seen()
    expect([patch?.method, patch?.url, patch?.body]).toEqual([
      'PATCH',
      `/Users/${id}`,
      { schemas: [PATCH_OP], Operations: [{ op: 'replace', value: { password: 'N3w-Passw0rd!' } }] },
    ])
    expect(JSON.stringify(stage.system.store.dump())).not.toContain('N3w-Passw0rd!')
    expect(JSON.stringify(stage.system.journal.read({}).items)).not.toContain('N3w-Passw0rd!')
  })

  test('nothing is pushed for features that are off', async () => {
    const app = await stage.connect({ toApp: { updateAttributes: false, deactivateUsers: false } })
    await assignAda(app)
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await unassignPerson(stage.deps, KIT, { appUserId: rowId(app) })
    await stage.run()
    expect(stage.sent()).toEqual([])
    expect(stage.tasks()).toMatchObject([
      { kind: 'deprovision', message: expect.stringContaining('Deactivate Users is not enabled') },
    ])
    await completeTasks(stage.deps, KIT, { taskIds: stage.tasks().map(({ id }) => id) })
    expect(stage.tasks()).toEqual([])
  })
})

describe('an app of the wizard', () => {
  test('unassign and reassign go by PUT, the Authorization header as typed', async () => {
    const app = await stage.connect({ catalogKey: 'scim' })
    const id = await assignAda(app)
    await unassignPerson(stage.deps, KIT, { appUserId: rowId(app) })
    await stage.run()
    const [, off] = stage.seen()
    expect([off?.method, off?.body]).toMatchObject(['PUT', { active: false, userName: ADA }])
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    const again = stage.seen()
    expect(again.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
      'GET /Users',
      `GET /Users/${id}`,
      `PUT /Users/${id}`,
      `GET /Users/${id}`,
      `PUT /Users/${id}`,
    ])
    expect(again[2]?.body).toMatchObject({ active: true })
    expect(again[0]?.headers.authorization).toMatch(/^Bearer [^ ]+$/)
  })
})

describe('the lifecycle of reference sheet 4.2', () => {
  test('somebody staged is provisioned when assigned', async () => {
    const app = await stage.connect()
    await assignPerson(stage.deps, KIT, { appId: app.id, userId: oktaUserIdOf('quentin.adler') })
    await stage.run()
    expect(stage.row(app, 'quentin.adler')).toMatchObject({ status: 'PROVISIONED' })
    stage.seen()
    await activatePerson(stage.deps, KIT, { userId: oktaUserIdOf('quentin.adler') })
    await stage.run()
    expect(stage.sent()).toEqual([])
  })

  test('reactivated: the group assignment comes back, the individual one does not', async () => {
    const app = await stage.connect()
    await assignAda(app)
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: oktaGroupIdOf('Sales') })
    await stage.run()
    const tomas = { userId: oktaUserIdOf('tomas.berg') }
    for (const person of [ada(), tomas]) await deactivatePerson(stage.deps, KIT, person)
    await stage.run()
    stage.seen()
    for (const person of [ada(), tomas]) await activatePerson(stage.deps, KIT, person)
    await stage.run()
    expect(stage.seen().map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET', 'PUT'])
    expect(stage.row(app, 'ada.okafor')).toBeUndefined()
    expect(stage.row(app, 'tomas.berg')).toMatchObject({ scope: 'GROUP', syncState: 'SYNCHRONIZED' })
  })

  test('removed from the assigned group: switched off, unless another assignment holds', async () => {
    const app = await stage.connect()
    const [users, support] = [oktaGroupIdOf('Dialpad Users'), oktaGroupIdOf('Support')]
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: users })
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: support })
    await stage.run()
    stage.seen()
    await removeMember(stage.deps, KIT, { groupId: users, ...ada() })
    await stage.run()
    expect(stage.sent()).toEqual([])
    await removeMember(stage.deps, KIT, { groupId: support, ...ada() })
    await stage.run()
    expect(stage.seen().map(({ method, body }) => [method, body])).toEqual([['PATCH', active(false)]])
    await addMember(stage.deps, KIT, { groupId: support, ...ada() })
    await stage.run()
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ scope: 'GROUP', groupId: support })
  })

  test('a group unassigned, or deleted, switches its members off', async () => {
    const app = await stage.connect()
    const [sales, support] = [oktaGroupIdOf('Sales'), oktaGroupIdOf('Support')]
    for (const groupId of [sales, support]) await assignGroup(stage.deps, KIT, { appId: app.id, groupId })
    await stage.run()
    stage.seen()
    await unassignGroup(stage.deps, KIT, { appId: app.id, groupId: sales })
    await deleteGroup(stage.deps, KIT, { groupId: support })
    await stage.run()
    const requests = stage.seen()
    expect(requests).toHaveLength(12)
    expect(
      requests.every(
        ({ method, body }) => method === 'PATCH' && JSON.stringify(body) === JSON.stringify(active(false)),
      ),
    ).toBe(true)
    expect(stage.system.store.count('appUsers', 'app', app.id)).toBe(0)
  })

  test('an app made inactive is sent nothing, and what happens to people leaves its assignments alone', async () => {
    const app = await stage.connect()
    await assignAda(app)
    await setAppStatus(stage.deps, KIT, { appId: app.id, status: 'INACTIVE' })
    await deactivatePerson(stage.deps, KIT, ada())
    await stage.run()
    expect(stage.sent()).toEqual([])
    expect(stage.row(app, 'ada.okafor')).toBeDefined()
  })

  test('with the integration off nothing is sent, and assignments stay', async () => {
    const app = await stage.connect()
    await assignAda(app)
    await saveApiIntegration(stage.deps, KIT, { appId: app.id, enabled: false, importGroups: true })
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
    expect(stage.sent()).toEqual([])
    expect(stage.row(app, 'ada.okafor')).toBeDefined()
  })
})

describe('assignments and profiles', () => {
  test('after a good test every feature is off, and people assigned then need Provision User', async () => {
    const off = { createUsers: false, updateAttributes: false, deactivateUsers: false, syncPassword: false } as const
    const app = await stage.connect({ toApp: off })
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await saveToApp(stage.deps, KIT, { appId: app.id, settings: ALL_ON })
    await stage.run()
    expect(stage.sent()).toEqual([])
    expect(stage.row(app, 'ada.okafor')).toMatchObject({
      beforeProvisioning: true,
      status: 'ACTIVE',
      syncState: 'DISABLED',
    })
    expect(await provisionUsers(stage.deps, KIT, { appId: app.id })).toBe(1)
    await stage.run()
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ beforeProvisioning: false, syncState: 'SYNCHRONIZED' })
  })

  test('a custom attribute is sent where its namespace says, and without one silently not', async () => {
    const app = await stage.connect()
    const base = { title: 'x', type: 'string', required: false, scope: 'NONE', union: false } as const
    await addAttribute(stage.deps, KIT, {
      ownerId: app.id,
      attribute: { ...base, name: 'officeName', externalName: 'officeName' },
    })
    await addAttribute(stage.deps, KIT, {
      ownerId: app.id,
      attribute: {
        ...base,
        name: 'licenseType',
        externalName: 'licenseType',
        externalNamespace: ENTERPRISE,
        members: [{ title: 'Talk', value: 'dialpad_talk' }],
      },
    })
    await expect(
      assignPerson(stage.deps, KIT, { appId: app.id, ...ada(), values: { licenseType: 'dialpad-talk' } }),
    ).rejects.toMatchObject({
      code: 'E0000001',
      causes: [{ field: 'licenseType' }],
    })
    await assignPerson(stage.deps, KIT, {
      appId: app.id,
      ...ada(),
      values: { officeName: 'Denver', licenseType: 'dialpad_talk' },
    })
    await stage.run()
    const create = stage.seen().find(({ method }) => method === 'POST')
    expect(create?.body).toMatchObject({ [ENTERPRISE]: { department: 'Support', licenseType: 'dialpad_talk' } })
    expect(JSON.stringify(create?.body)).not.toContain('officeName')
    await removeAttribute(stage.deps, KIT, { ownerId: app.id, name: 'officeName' })
  })

  test('individual beats group, the highest group beats the others, and the arrow back gives it to the group', async () => {
    const app = await stage.connect()
    const attribute = { title: 'License', type: 'string', required: false, scope: 'NONE', union: false } as const
    await addAttribute(stage.deps, KIT, {
      ownerId: app.id,
      attribute: { ...attribute, name: 'licenseType', externalName: 'licenseType', externalNamespace: ENTERPRISE },
    })
    const [users, support] = [oktaGroupIdOf('Dialpad Users'), oktaGroupIdOf('Support')]
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: users, profile: { licenseType: 'dialpad_talk' } })
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: support, profile: { licenseType: 'dialpad_support' } })
    const licence = () => stage.row(app, 'ada.okafor')?.profile['licenseType']
    expect(licence()).toBe('dialpad_talk')
    await setGroupPriority(stage.deps, KIT, { appId: app.id, groupId: support, priority: 0 })
    expect(licence()).toBe('dialpad_support')
    await editAssignment(stage.deps, KIT, {
      appUserId: rowId(app),
      scope: 'USER',
      values: { licenseType: 'dialpad_sell' },
    })
    expect(licence()).toBe('dialpad_sell')
    await setGroupPriority(stage.deps, KIT, { appId: app.id, groupId: users, priority: 0 })
    expect(licence()).toBe('dialpad_sell')
    await editAssignment(stage.deps, KIT, { appUserId: rowId(app), scope: 'GROUP', values: {} })
    expect(licence()).toBe('dialpad_talk')
    await expect(unassignPerson(stage.deps, KIT, { appUserId: rowId(app) })).rejects.toMatchObject({ code: 'E0000001' })
  })

  test('create only: later changes are lost; Force Sync pushes everybody', async () => {
    const app = await stage.connect()
    const { id: mappingId } = mappingOf(stage.system.store, app.id, 'to-app')
    await saveMapping(stage.deps, KIT, {
      mappingId,
      properties: { title: { expression: 'user.title', pushStatus: 'DONT_PUSH' } },
      applyNow: false,
    })
    await assignAda(app)
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
    expect([stage.sent(), stage.row(app, 'ada.okafor')?.profile['title']]).toEqual([[], 'Support Lead'])
    await saveMapping(stage.deps, KIT, {
      mappingId,
      properties: { title: { expression: 'user.title', pushStatus: 'PUSH' } },
      applyNow: false,
    })
    expect(await forceSync(stage.deps, KIT, { appId: app.id })).toBe(1)
    await stage.run()
    expect(stage.seen().at(-1)?.body).toMatchObject({ title: 'Director' })
  })

  test('a mapping is refused with the place of its problem, and previewed for one person', async () => {
    const app = await stage.connect()
    const { id: mappingId } = mappingOf(stage.system.store, app.id, 'to-app')
    const title = { expression: 'user.titel', pushStatus: 'PUSH' } as const
    await expect(
      saveMapping(stage.deps, KIT, { mappingId, properties: { title }, applyNow: false }),
    ).rejects.toMatchObject({
      causes: [{ field: 'title', summary: 'Invalid property titel in expression. (position 1)' }],
    })
    const expression = 'String.toUpperCase(user.title)'
    expect(previewMapping(stage.deps, { mappingId, ...ada(), expression })).toEqual({ ok: true, value: 'SUPPORT LEAD' })
  })

  test('group functions are not computed again when membership changes', async () => {
    const app = await stage.connect()
    const { id: mappingId } = mappingOf(stage.system.store, app.id, 'to-app')
    const expression = 'isMemberOfGroupName("Sales") ? "sells" : "serves"'
    await saveMapping(stage.deps, KIT, {
      mappingId,
      properties: { title: { expression, pushStatus: 'PUSH' } },
      applyNow: false,
    })
    await assignAda(app)
    await addMember(stage.deps, KIT, { groupId: oktaGroupIdOf('Sales'), ...ada() })
    expect(stage.row(app, 'ada.okafor')?.profile['title']).toBe('serves')
    await editPerson(stage.deps, KIT, { ...ada(), profile: { city: 'Denver' } })
    expect(stage.row(app, 'ada.okafor')?.profile['title']).toBe('sells')
  })

  test('the dialog shows the user name and the mapped values', async () => {
    const app = await stage.connect()
    const form = assignmentForm(stage.deps, { appId: app.id, ...ada() })
    expect(form.userName).toBe(ADA)
    expect(form.fields.map(({ attribute, value }) => [attribute.name, value])).toEqual([
      ['givenName', 'Ada'],
      ['familyName', 'Okafor'],
      ['email', ADA],
      ['emailType', 'work'],
      ['title', 'Support Lead'],
      ['preferredLanguage', 'en_US'],
      ['department', 'Support'],
      ['country', 'US'],
    ])
  })
})

describe('what goes wrong (reference sheet 2.7 to 2.9)', () => {
  const answers = (status: number, body: string, method = 'POST', headers = {}) => {
    stage.target.intercept = (request) => (request.method === method ? { status, body, headers } : undefined)
  }
  const scimError = (detail: string, status = '409') =>
    JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], detail, status })

  test.each([
    [
      409,
      scimError('Taken'),
      'Error while creating user Ada Okafor: Conflict. Errors reported by remote server: Taken',
    ],
    [
      400,
      scimError('License Limit Exceeded', '400'),
      'Error while creating user Ada Okafor: Bad Request. Errors reported by remote server: License Limit Exceeded',
    ],
    [201, '', 'Error while creating user Ada Okafor: Create new user returned empty user.'],
    [201, 'oops', `Error while creating user Ada Okafor: Unexpected token 'o', "oops" is not valid JSON`],
    [503, '', 'Error while creating user Ada Okafor: Service Unavailable.'],
  ])('a creation answered %i is a task, and the person stays assigned', async (status, body, reason) => {
    const app = await stage.connect()
    answers(status, body)
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    const message = `Automatic provisioning of user Ada Okafor to app Dialpad failed: ${reason}`
    expect(stage.tasks()).toMatchObject([{ kind: 'assignment', message }])
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ status: 'STAGED', syncState: 'ERROR', error: message })
    await stage.advance(3600)
    expect(stage.sent()).toHaveLength(2)
    stage.target.intercept = undefined
    expect(await retryTasks(stage.deps, KIT, { taskIds: stage.tasks().map(({ id }) => id) })).toBe(1)
    await stage.run()
    expect([stage.tasks(), stage.row(app, 'ada.okafor')?.syncState]).toEqual([[], 'SYNCHRONIZED'])
  })

  test('Create Users off and no match: Matching user not found', async () => {
    const app = await stage.connect({ toApp: { createUsers: false } })
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    expect(stage.tasks()).toMatchObject([
      { message: 'Automatic provisioning of user Ada Okafor to app Dialpad failed: Matching user not found' },
    ])
  })

  test('a token refused later: the lookup says so, and so does an update', async () => {
    const app = await stage.connect()
    answers(401, scimError('Invalid API key', '401'), 'GET')
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    expect(stage.tasks()[0]?.message).toBe(
      `Automatic provisioning of user Ada Okafor to app Dialpad failed: Error while verifying if user ${ADA} exists: Unauthorized. Errors reported by remote server: Invalid API key`,
    )
    stage.target.intercept = undefined
    await retryTasks(stage.deps, KIT, { taskIds: stage.tasks().map(({ id }) => id) })
    await stage.run()
    answers(401, scimError('Invalid API key', '401'), 'GET')
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
    expect(stage.tasks()).toMatchObject([
      {
        kind: 'update',
        message: `Automatic profile push of user Ada Okafor to app Dialpad failed: Error while trying to push profile update for ${ADA}: The credentials used to connect to the API were invalid; please check your configuration`,
      },
    ])
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ status: 'PROVISIONED', syncState: 'ERROR' })
  })

  test('an update answered 204 has failed; so has one whose user is gone', async () => {
    const app = await stage.connect()
    await assignAda(app)
    answers(204, '', 'PUT')
    await editPerson(stage.deps, KIT, { ...ada(), profile: { title: 'Director' } })
    await stage.run()
    expect(stage.tasks()[0]?.message).toContain('The answer to the update was empty')
    stage.target.intercept = undefined
    stage.target.users.clear()
    await retryTasks(stage.deps, KIT, { taskIds: stage.tasks().map(({ id }) => id) })
    await stage.run()
    expect(stage.tasks()[0]?.message).toContain('does not exist')
  })

  test('only 429 retries itself: as asked, then twice as long, the whole queue waiting', async () => {
    const app = await stage.connect()
    answers(429, '', 'POST', { 'retry-after': '5' })
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await assignPerson(stage.deps, KIT, { appId: app.id, userId: oktaUserIdOf('tomas.berg') })
    expect(await stage.run()).toMatchObject({ waiting: 2, ran: [{ result: 'waits' }] })
    expect([stage.sent().length, stage.tasks()]).toEqual([2, []])
    await stage.advance(4)
    expect(stage.sent()).toEqual([])
    await stage.advance(1)
    expect(stage.sent()).toHaveLength(2)
    await stage.advance(9)
    expect(stage.sent()).toEqual([])
    stage.target.intercept = undefined
    await stage.advance(1)
    expect(stage.sent()).toHaveLength(4)
    expect([stage.row(app, 'ada.okafor')?.syncState, stage.system.store.count('provisioningJobs')]).toEqual([
      'SYNCHRONIZED',
      0,
    ])
  })

  test('429 without a wait is five minutes; after ten attempts it has failed', async () => {
    const app = await stage.connect()
    answers(429, '', 'POST', { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' })
    await assignPerson(stage.deps, KIT, { appId: app.id, ...ada() })
    await stage.run()
    await stage.advance(299)
    expect(stage.sent()).toHaveLength(2)
    await stage.advance(1)
    expect(stage.sent()).toHaveLength(2)
    await stage.advance(300 * 2 ** 10)
    expect(stage.tasks()[0]?.message).toContain('Too Many Requests')
    expect(stage.sent()).toHaveLength(16)
  })
})

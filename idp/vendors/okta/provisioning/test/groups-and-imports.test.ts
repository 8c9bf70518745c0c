import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OktaApp } from '../../apps/records.ts'
import { assignGroup, assignPerson } from '../../commands/assignments.ts'
import { addGroup, addMember, editGroup, removeMember } from '../../commands/groups.ts'
import { confirmImport, importNow, resumeImport } from '../../commands/imports.ts'
import { saveApiIntegration, saveToOkta, testApiCredentials } from '../../commands/integration.ts'
import { deactivatePerson } from '../../commands/people.ts'
import { addAttribute, saveMapping } from '../../commands/profile-editor.ts'
import {
  addPushRule,
  pushGroupByName,
  pushNow,
  refreshAppGroups,
  retryAllGroups,
  setGroupPush,
  setRenameAppGroups,
  unlinkGroup,
} from '../../commands/push-groups.ts'
import { mappingOf } from '../../profiles/read.ts'
import { oktaGroupIdOf, oktaUserIdOf } from '../../world.ts'
import type { GroupPushMapping } from '../records.ts'
import { KIT, openStage, type Stage } from './stage.ts'

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const SUPPORT = oktaGroupIdOf('Support')
const ADA = oktaUserIdOf('ada.okafor')

let stage: Stage
let app: OktaApp
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const patch = (...operations: object[]) => ({ schemas: [PATCH_OP], Operations: operations })
const mappingIn = (id: string): GroupPushMapping | undefined => stage.system.store.get('groupPushMappings', id)

/** A new group with Ada in it, pushed. */
async function pushSupportEast(): Promise<GroupPushMapping> {
  const group = await addGroup(stage.deps, KIT, { name: 'Support East', description: '' })
  await addMember(stage.deps, KIT, { groupId: group.id, userId: ADA })
  await assignPerson(stage.deps, KIT, { appId: app.id, userId: ADA })
  await stage.run()
  stage.seen()
  return pushGroupByName(stage.deps, KIT, {
    appId: app.id,
    groupId: group.id,
    action: { kind: 'create' },
    pushMemberships: true,
  })
}

describe('group push (reference sheet 2.6)', () => {
  beforeEach(async () => {
    app = await stage.connect()
  })

  test('created empty, then its members, then its name: the members that are assigned', async () => {
    const { id, groupId } = await pushSupportEast()
    await addMember(stage.deps, KIT, { groupId, userId: oktaUserIdOf('tomas.berg') })
    await stage.run()
    const requests = stage.seen()
    const target = mappingIn(id)?.targetGroupId
    const ada = stage.row(app, 'ada.okafor')
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /Groups',
      `PATCH /Groups/${target}`,
      `GET /Groups/${target}`,
      `PATCH /Groups/${target}`,
    ])
    expect(requests.map(({ body }) => body)).toEqual([
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Support East', members: [] },
      patch({ op: 'add', path: 'members', value: [{ value: ada?.externalId, display: ada?.userName }] }),
      undefined,
      patch({ op: 'replace', value: { id: target, displayName: 'Support East' } }),
    ])
    expect(mappingIn(id)).toMatchObject({ status: 'ACTIVE', lastPush: expect.any(String) })
  })

  test('removes come before adds, and somebody deactivated is neither', async () => {
    const { groupId } = await pushSupportEast()
    await stage.run()
    stage.seen()
    const [ben, chloe] = [oktaUserIdOf('ben.castillo'), oktaUserIdOf('chloe.nguyen')]
    for (const userId of [ben, chloe]) await assignPerson(stage.deps, KIT, { appId: app.id, userId })
    await stage.run()
    stage.seen()
    const adaId = stage.row(app, 'ada.okafor')?.externalId
    // Both changes are queued before either is pushed.
    await Promise.all([
      addMember(stage.deps, KIT, { groupId, userId: ben }),
      removeMember(stage.deps, KIT, { groupId, userId: ADA }),
    ])
    await stage.run()
    const members = stage.seen().flatMap(({ method, body }) => (method === 'PATCH' ? [body] : []))
    expect(members[0]).toMatchObject({
      Operations: [
        { op: 'remove', path: `members[value eq "${adaId}"]` },
        { op: 'add', path: 'members', value: [{ value: stage.row(app, 'ben.castillo')?.externalId }] },
      ],
    })
    await deactivatePerson(stage.deps, KIT, { userId: ben })
    await stage.run()
    expect(stage.sent().filter((call) => call.includes('Groups'))).toEqual([])
  })

  test('push now overwrites', async () => {
    const { id } = await pushSupportEast()
    await stage.run()
    stage.seen()
    await pushNow(stage.deps, KIT, { mappingId: id })
    await stage.run()
    const ada = stage.row(app, 'ada.okafor')
    expect(stage.seen()[0]?.body).toEqual(
      patch({ op: 'replace', path: 'members', value: [{ value: ada?.externalId, display: ada?.userName }] }),
    )
  })

  test('renamed where the setting is on; where it is off nothing is sent', async () => {
    const { id, groupId } = await pushSupportEast()
    await stage.run()
    stage.seen()
    await editGroup(stage.deps, KIT, { groupId, name: 'Support West' })
    await stage.run()
    expect(stage.seen().at(-1)?.body).toEqual(
      patch({ op: 'replace', value: { id: mappingIn(id)?.targetGroupId, displayName: 'Support West' } }),
    )
    await setRenameAppGroups(stage.deps, KIT, { appId: app.id, rename: false })
    await editGroup(stage.deps, KIT, { groupId, name: 'Support South' })
    await stage.run()
    expect(stage.sent()).toEqual([])
  })

  test('deactivated: nothing is sent; unlinked: the group is deleted, or left', async () => {
    const { id, groupId } = await pushSupportEast()
    await stage.run()
    stage.seen()
    await setGroupPush(stage.deps, KIT, { mappingId: id, active: false })
    await removeMember(stage.deps, KIT, { groupId, userId: ADA })
    await stage.run()
    expect(stage.sent()).toEqual([])
    const target = mappingIn(id)?.targetGroupId
    await unlinkGroup(stage.deps, KIT, { mappingId: id, deleteTarget: true })
    await stage.run()
    expect(stage.sent()).toEqual([`DELETE /Groups/${target}`])
  })

  test('a group deleted in the app fails until it is unlinked and pushed again', async () => {
    const { id, groupId } = await pushSupportEast()
    await stage.run()
    stage.target.groups.clear()
    await pushNow(stage.deps, KIT, { mappingId: id })
    await stage.run()
    expect(mappingIn(id)).toMatchObject({ status: 'ERROR' })
    expect(stage.tasks()).toMatchObject([
      {
        kind: 'group',
        message: expect.stringMatching(/^Unable to update Group Push mapping target App group Support East:/),
      },
    ])
    expect(await retryAllGroups(stage.deps, KIT, { appId: app.id })).toBe(1)
    await stage.run()
    expect(mappingIn(id)?.status).toBe('ERROR')
    await unlinkGroup(stage.deps, KIT, { mappingId: id, deleteTarget: false })
    await pushGroupByName(stage.deps, KIT, {
      appId: app.id,
      groupId,
      action: { kind: 'create' },
      pushMemberships: true,
    })
    await stage.run()
    expect([stage.target.groups.size, stage.tasks()]).toEqual([1, []])
  })

  test('by rule: what matches now and what will; a name the app has is only warned of', async () => {
    stage.target.groups.set('g-1', { id: 'g-1', displayName: 'Dialpad Users' })
    await refreshAppGroups(stage.deps, KIT, { appId: app.id })
    await addPushRule(stage.deps, KIT, {
      appId: app.id,
      name: 'All of Dialpad',
      groupName: { operator: 'starts-with', value: 'dialpad' },
      pushMemberships: false,
    })
    expect(stage.events().at(-1)).toContain('from.rule.warning.duplicate.name')
    await addGroup(stage.deps, KIT, { name: 'Dialpad Night Shift', description: '' })
    await stage.run()
    expect([...stage.target.groups.values()].map(({ displayName }) => displayName)).toEqual([
      'Dialpad Users',
      'Dialpad Night Shift',
    ])
  })

  test('a group unlinked and deleted in the app is pushed by its rule again, when the group is next looked at', async () => {
    await addPushRule(stage.deps, KIT, {
      appId: app.id,
      name: 'East',
      groupName: { operator: 'ends-with', value: 'east' },
      pushMemberships: true,
    })
    const { id: groupId } = await addGroup(stage.deps, KIT, { name: 'Support East', description: '' })
    await stage.run()
    // The org has read what the app has, the pushed group among it.
    await refreshAppGroups(stage.deps, KIT, { appId: app.id })
    const pushOf = () => stage.system.store.find('groupPushMappings', 'appGroup', `${app.id}/${groupId}`)[0]
    await unlinkGroup(stage.deps, KIT, { mappingId: pushOf()?.id ?? '', deleteTarget: true })
    await stage.run()
    expect([stage.target.groups.size, pushOf()]).toEqual([0, undefined])
    await editGroup(stage.deps, KIT, { groupId, description: 'Shifts of the east' })
    await stage.run()
    expect([...stage.target.groups.values()].map(({ displayName }) => displayName)).toEqual(['Support East'])
    expect(pushOf()).toMatchObject({ status: 'ACTIVE', targetGroupId: [...stage.target.groups.keys()][0] })
  })
})

test('with Import Groups off the name is looked up first', async () => {
  app = await stage.connect({ importGroups: false })
  await pushSupportEast()
  await stage.run()
  expect(stage.sent().slice(0, 2)).toEqual([
    'GET /Groups?filter=displayName eq "Support East"&startIndex=1&count=100',
    'POST /Groups',
  ])
})

test('an app of the wizard is sent the whole group', async () => {
  app = await stage.connect({ catalogKey: 'scim' })
  await pushSupportEast()
  await stage.run()
  const put = stage.seen().at(-1)
  expect([put?.method, put?.body]).toMatchObject([
    'PUT',
    { displayName: 'Support East', members: [{ display: expect.any(String) }] },
  ])
})

describe('imports (reference sheet 1.10, 2.5)', () => {
  const account = (id: string, userName: string, more = {}) =>
    stage.target.users.set(id, {
      id,
      userName,
      active: true,
      name: { givenName: 'Maya', familyName: 'Torres' },
      ...more,
    })

  beforeEach(async () => {
    app = await stage.connect()
  })

  test('pages of a hundred, groups after users, only active accounts offered', async () => {
    const everybody = Array.from({ length: 130 }, (_, index) => ({
      id: `u-${index}`,
      userName: `person${index}@brightwave.example`,
      active: index < 120,
    }))
    stage.target.intercept = ({ url }) => {
      const start = Number(new URLSearchParams(url.split('?')[1]).get('startIndex'))
      const Resources = url.startsWith('/Users') ? everybody.slice(start - 1, start + 99) : []
      const totalResults = url.startsWith('/Users') ? everybody.length : 0
      const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse']
      return { status: 200, body: JSON.stringify({ schemas, totalResults, startIndex: start, Resources }) }
    }
    const run = await importNow(stage.deps, KIT, { appId: app.id })
    expect(stage.sent()).toEqual([
      'GET /Users?startIndex=1&count=100',
      'GET /Users?startIndex=101&count=100',
      'GET /Groups?startIndex=1&count=100',
    ])
    expect(run).toMatchObject({
      state: 'DONE',
      users: { scanned: 130, imported: 120, updated: 0, unchanged: 0, removed: 0 },
    })
    expect(stage.system.store.count('importRows', 'app', app.id)).toBe(120)
  })

  test('an exact match is joined, somebody new is made', async () => {
    account('u-1', 'ada.okafor@brightwave.example')
    account('u-2', 'maya.torres@brightwave.example', {
      emails: [{ value: 'maya.torres@brightwave.example', primary: true }],
    })
    await importNow(stage.deps, KIT, { appId: app.id })
    const rows = stage.system.store.find('importRows', 'app', app.id)
    expect(rows.map(({ match, userId }) => [match, userId])).toEqual([
      ['exact', ADA],
      ['new', undefined],
    ])
    const decisions = [
      { externalId: 'u-1', kind: 'join', userId: ADA },
      { externalId: 'u-2', kind: 'new' },
    ] as const
    expect(await confirmImport(stage.deps, KIT, { appId: app.id, decisions, activate: false })).toBe(2)
    expect(stage.row(app, 'ada.okafor')).toMatchObject({ externalId: 'u-1', status: 'PROVISIONED' })
    expect(stage.system.store.find('users', 'login', 'maya.torres@brightwave.example')).toMatchObject([
      { status: 'STAGED', profile: { firstName: 'Maya', lastName: 'Torres' } },
    ])
  })

  test('more than a fifth gone is held back until an administrator resumes', async () => {
    await assignGroup(stage.deps, KIT, { appId: app.id, groupId: SUPPORT })
    await stage.run()
    const [first, second] = [...stage.target.users.keys()]
    for (const id of [first, second]) stage.target.users.delete(id ?? '')
    expect(await importNow(stage.deps, KIT, { appId: app.id })).toMatchObject({
      state: 'ROADBLOCK',
      heldBack: [expect.anything(), expect.anything()],
    })
    expect(stage.system.store.count('appUsers', 'app', app.id)).toBe(5)
    expect(stage.events()).toContain('system.import.roadblock')
    expect(await resumeImport(stage.deps, KIT, { appId: app.id })).toBe(2)
    expect(stage.system.store.count('appUsers', 'app', app.id)).toBe(3)
  })

  test('numbers: a typed element of a list reaches the Okta profile', async () => {
    const attribute = { title: 'Dialpad Phone', type: 'string', required: false, scope: 'SELF', union: false } as const
    await addAttribute(stage.deps, KIT, { ownerId: 'user', attribute: { ...attribute, name: 'dialpadPhone' } })
    await addAttribute(stage.deps, KIT, {
      ownerId: app.id,
      attribute: {
        ...attribute,
        name: 'dialpadPhone',
        externalName: "phoneNumbers.^[type=='Dialpad'].value",
        externalNamespace: 'urn:ietf:params:scim:schemas:core:2.0:User',
      },
    })
    const { id: mappingId } = mappingOf(stage.system.store, app.id, 'to-user')
    const property = { expression: 'appuser.dialpadPhone', pushStatus: 'PUSH' } as const
    await saveMapping(stage.deps, KIT, { mappingId, properties: { dialpadPhone: property }, applyNow: false })
    await assignPerson(stage.deps, KIT, { appId: app.id, userId: ADA })
    await stage.run()
    const id = stage.row(app, 'ada.okafor')?.externalId ?? ''
    stage.target.intercept = ({ url }) =>
      url.startsWith('/Users?')
        ? {
            status: 200,
            body: JSON.stringify({
              schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
              totalResults: 1,
              startIndex: 1,
              itemsPerPage: 1,
              Resources: [
                { ...stage.target.users.get(id), phoneNumbers: [{ type: 'Dialpad', value: '+17205550101' }] },
              ],
            }),
          }
        : undefined
    await importNow(stage.deps, KIT, { appId: app.id })
    expect(stage.user('ada.okafor').profile['dialpadPhone']).toBe('+17205550101')
  })

  test('scheduled: every hour, and a failure does not end the series', async () => {
    const settings = app.provisioning?.toOkta
    if (settings === undefined) throw new Error('no settings')
    await saveToOkta(stage.deps, KIT, { appId: app.id, settings: { ...settings, schedule: 'hourly' } })
    stage.target.intercept = () => ({ status: 500, body: '' })
    await stage.advance(3600)
    expect(stage.system.store.get('importRuns', app.id)).toMatchObject({ state: 'FAILED', scheduled: true })
    stage.target.intercept = undefined
    await stage.advance(3600)
    expect(stage.system.store.get('importRuns', app.id)).toMatchObject({ state: 'DONE' })
  })
})

describe('Test API Credentials (reference sheet 1.6)', () => {
  beforeEach(async () => {
    app = await stage.connect()
  })
  const list = (more: object) =>
    JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 0,
      Resources: [],
      ...more,
    })

  test.each([
    [
      401,
      JSON.stringify({ detail: 'Invalid API key' }),
      'Error authenticating: Unauthorized. Errors reported by remote server: Invalid API key',
    ],
    [
      403,
      JSON.stringify({ detail: 'No group rights' }),
      'Error authenticating: Forbidden. Errors reported by remote server: No group rights',
    ],
    [200, '[]', 'No results for users returned'],
    [200, '{}', 'No results for users returned'],
    [200, '<html>', `Unexpected token '<', "<html>" is not valid JSON`],
    [200, list({ totalResults: '0' }), 'totalResults is not a whole number'],
  ])('an answer %i %s is told as it is', async (status, body, message) => {
    stage.target.intercept = () => ({ status, body })
    const outcome = await testApiCredentials(stage.deps, KIT, { appId: app.id, importGroups: true })
    expect(outcome).toEqual({ ok: false, message })
  })

  test('bad credentials are not stored', async () => {
    const before = stage.system.store.get('apps', app.id)?.provisioning?.sealedToken
    const input = { appId: app.id, enabled: true, importGroups: true }
    for (const token of ['Bearer wrong', 'two\nlines', 'wrong-token']) {
      expect(await saveApiIntegration(stage.deps, KIT, { ...input, token })).toMatchObject({ ok: false })
    }
    expect(stage.system.store.get('apps', app.id)?.provisioning?.sealedToken).toBe(before)
    expect(JSON.stringify(stage.system.store.dump())).not.toContain('wrong-token')
  })

  test('an app that cannot be reached is told in words', async () => {
    stage.target.intercept = () => 'drop'
    expect(await testApiCredentials(stage.deps, KIT, { appId: app.id, importGroups: true })).toMatchObject({
      ok: false,
      message: expect.stringContaining('closed before an answer came'),
    })
  })
})

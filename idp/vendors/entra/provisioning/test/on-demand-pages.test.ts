import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openScimTarget, type ScimTarget } from '#idp/engine/test/scimmy-target.ts'
import { TARGET_TOKEN } from '#idp/engine/test/target-token.ts'
import { type Listener, listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import type { Service } from '#kit/system/system.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { CUSTOM_APP } from '../../commands/app-templates.ts'
import { assignToApp, removeAssignments } from '../../commands/assignments.ts'
import { deleteUsers, restoreUsers } from '../../commands/deleted-users.ts'
import { instantiateApp } from '../../commands/instantiate-app.ts'
import { setSignIn } from '../../commands/users.ts'
import { ENTRA_SPEC } from '../../spec.ts'
import { saveMapping } from '../commands/save-mapping.ts'

let listener: Listener
let system: OpenedSystem<EntraShape>
let service: Service
let origin: string
let target: ScimTarget
let naomi: Visitor
let appId: string

beforeAll(async () => {
  listener = await listen({ system: 'entra', host: '127.0.0.1', port: 0, variable: 'ENTRA_PORT' })
  origin = `http://localhost:${listener.port}`
  const urls = { entra: origin, dialpad: 'http://localhost:9', kit: 'http://localhost:4000' }
  system = await openSystem(ENTRA_SPEC, { dataDir: null, world: 'brightwave', urls })
  service = createEntra(system)
  listener.attach(service.handler)
  await service.start()
})
afterAll(async () => {
  await service.stop()
  await listener.close()
  await system.close()
})

const userId = (handle: string): string =>
  system.store.find('users', 'userPrincipalName', `${handle}@brightwave.example`)[0]?.id ?? `no ${handle}`
const groupId = (name: string): string =>
  system.store.find('groups', 'displayName', `${TENANT_ID}/${name.toLowerCase()}`)[0]?.id ?? `no ${name}`
const person = (handle: string) => ({ kind: 'person', userId: userId(handle) }) as const
const job = () => {
  const [first] = system.store.find('provisioningJobs', 'servicePrincipal', appId)
  if (first === undefined) throw new Error('Provisioning is not configured.')
  return first
}
const at = (query = ''): string => `/admin/apps/${appId}/provisioning/on-demand${query}`

/** A fresh target and a fresh app that is configured, not started, with Ada and Sales assigned. */
beforeEach(async () => {
  await system.control.reset()
  target = await openScimTarget()

  const actor = person('naomi.clarke')
  const { app } = await instantiateApp({ system }, actor, { templateId: CUSTOM_APP.id, displayName: 'Helpdesk' })
  appId = app.id
  await assignToApp({ system }, actor, { appId, principalIds: [userId('ada.okafor'), groupId('Sales')] })
  naomi = createVisitor(origin)
  await naomi.open('/admin')
  await naomi.submit('/email', { email: 'naomi.clarke@brightwave.example' })
  await naomi.submit('/password', { password: TRAINING_PASSWORD })
  await naomi.submit('/stay', { stay: 'no' })
  await naomi.open(`/admin/apps/${appId}/provisioning/new`)
  const credentials = { tenantUrl: `${target.url}?aadOptscim062020`, secretToken: TARGET_TOKEN }
  await naomi.submit('/new', { ...credentials, act: 'test' })
  await naomi.submit('/new', { ...credentials, act: 'create' })
  target.requests.length = 0
  return () => target.close()
})

async function provision(objectId: string, memberIds: readonly string[] = []): Promise<void> {
  await naomi.open(at(`?object=${objectId}`))
  await naomi.submit('/on-demand', { act: 'provision', memberIds })
}

/** The words on the page, in this order. */
function expectInOrder(words: readonly string[]): void {
  let from = 0
  for (const word of words) {
    const place = naomi.text.indexOf(word, from)
    expect(place, `"${word}" after ${from} in: ${naomi.text}`).toBeGreaterThanOrEqual(0)
    from = place + word.length
  }
}

describe('the cards (reference 7.1)', () => {
  test('of a person who is created: each with its attributes and values, and where they come from', async () => {
    await provision(userId('ada.okafor'))
    expectInOrder([
      'Action: Create',
      'Success',
      'Import user',
      'View details',
      'userPrincipalName',
      'ada.okafor@brightwave.example',
      'Determine if user is in scope',
      'Active in the source system',
      'True',
      'Assigned to the application',
      'True',
      'User has the required role',
      'True',
      'Scope sync all',
      'False',
      'Match user between source and target system',
      '1. userName eq "ada.okafor@brightwave.example"',
      '0 matches',
      'Perform action',
      'Target attribute',
      'Source attribute',
      'Old value',
      'New value',
      'userName',
      'userPrincipalName',
      'ada.okafor@brightwave.example',
      'Retry',
      'Provision another object',
    ])
    expect(naomi.text).not.toContain('Test connection')
    expect(target.users.size).toBe(1)
  })

  test('only attributes that are mapped and have a value are read', async () => {
    await provision(userId('ada.okafor'))
    const imported = naomi.text.slice(naomi.text.indexOf('Import user'), naomi.text.indexOf('Determine if user'))
    expect(imported).not.toContain('usageLocation')
    expect(imported).not.toContain('facsimileTelephoneNumber')
  })

  test('several matching attributes are asked for and shown in turn', async () => {
    const { schema } = job()
    const attributeMappings = schema.users.attributeMappings.map((row) =>
      row.targetAttributeName === 'externalId' ? { ...row, matchingPriority: 2 } : row,
    )
    await saveMapping({ system }, person('naomi.clarke'), {
      appId,
      schema: { ...schema, users: { ...schema.users, attributeMappings } },
    })
    target.users.set('u-77', { id: 'u-77', userName: 'ada', externalId: 'ada.okafor', active: true })
    await provision(userId('ada.okafor'))
    expectInOrder([
      'Match user between source and target system',
      '1. userName eq "ada.okafor@brightwave.example"',
      '0 matches',
      '2. externalId eq "ada.okafor"',
      '1 match',
      'u-77',
    ])
    expect(target.users.size).toBe(1)
  })

  test('the connection test is a card only when the target refuses', async () => {
    target.intercept = () => ({ status: 401, body: '{}' })
    await provision(userId('ada.okafor'))
    expectInOrder(['Failure', 'Test connection', 'Import user', 'Retry'])
    target.intercept = undefined
    await naomi.submit('/on-demand')
    expectInOrder(['Action: Create', 'Success'])
    expect(naomi.text).not.toContain('Test connection')
  })

  test('of a group, with chosen members; Retry takes the same members again', async () => {
    await provision(userId('ada.okafor'))
    const members = system.store.find('groupMembers', 'group', groupId('Sales')).slice(0, 2)
    for (const { memberId } of members) await provision(memberId)
    await provision(
      groupId('Sales'),
      members.map(({ memberId }) => memberId),
    )
    expectInOrder([
      'Import group',
      'Determine if group is in scope',
      'Match group',
      'Perform action',
      'Resolve references',
    ])
    const sales = [...target.groups.values()][0]
    expect(sales?.['members']).toHaveLength(2)
    target.groups.clear()
    await naomi.submit('/on-demand')
    expect([...target.groups.values()][0]?.['members']).toHaveLength(2)
  })
})

describe('the limits (reference 7.2)', () => {
  test('people who are blocked or deleted are not found by the search, and refused when asked for all the same', async () => {
    const ada = userId('ada.okafor')
    await setSignIn({ system }, person('marta.silva'), { userId: ada, allowed: false })
    await naomi.open(at('?q=ada'))
    expect(naomi.text).not.toContain('ada.okafor@')
    await provision(ada)
    expect(naomi.status).toBe(422)
    expect(naomi.text).toContain('is blocked from signing in and cannot be provisioned on demand.')
    await deleteUsers({ system }, person('marta.silva'), { userIds: [ada] })
    await naomi.open(at(`?object=${ada}`))
    expect(naomi.text).toContain('There is no such user or group any more.')
    expect(target.requests).toEqual([])
  })

  test('nothing of a soft-deleted person is done until they are restored by other means', async () => {
    const ada = userId('ada.okafor')
    await deleteUsers({ system }, person('marta.silva'), { userIds: [ada] })
    await naomi.open(at('?q=ada'))
    expect(naomi.text).not.toContain('ada.okafor@')
    await restoreUsers({ system }, person('marta.silva'), { userIds: [ada] })
    await naomi.open(at('?q=ada'))
    expect(naomi.text).toContain('ada.okafor@brightwave.example')
  })

  test('somebody who was unassigned is disabled, in the older dialect whatever the Tenant URL says', async () => {
    const ada = userId('ada.okafor')
    await provision(ada)
    const held = system.store.find('appRoleAssignments', 'pair', `${appId}/${ada}`)
    await removeAssignments({ system }, person('naomi.clarke'), { appId, assignmentIds: held.map(({ id }) => id) })
    const sales = system.store.find('appRoleAssignments', 'pair', `${appId}/${groupId('Sales')}`)
    await removeAssignments({ system }, person('naomi.clarke'), { appId, assignmentIds: sales.map(({ id }) => id) })
    await provision(ada)
    expect(naomi.text).toContain('Action: Disable')
    expect(target.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      body: { Operations: [{ op: 'Replace', path: 'active', value: 'False' }] },
    })
  })

  test('nested groups are not expanded: only immediate members who are people are offered', async () => {
    await naomi.open(at(`?object=${groupId('All Staff')}`))
    const nested = system.store.find('groupMembers', 'group', groupId('All Staff'))
    expect(nested.some(({ memberType }) => memberType === 'group')).toBe(true)
    for (const { memberId } of nested.filter(({ memberType }) => memberType === 'group')) {
      expect(naomi.html).not.toContain(`value="${memberId}"`)
    }
  })

  test('it works while provisioning is started, and moves no watermark', async () => {
    await naomi.open(`/admin/apps/${appId}/provisioning`)
    await naomi.submit('/start')
    const ran = await fetch(`${origin}/_kit/provisioning/${job().id}/cycle`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(ran.status).toBe(200)
    const before = system.store.get('provisioningRuns', job().id)?.watermark
    expect(before).toEqual(expect.any(Number))
    await provision(userId('ada.okafor'))
    expect(naomi.text).toContain('Action:')
    expect(system.store.get('provisioningRuns', job().id)?.watermark).toEqual(before)
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

let target: ScimTarget
let idp: Fixture

beforeEach(async () => {
  target = await openScimTarget()
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN })
  await idp.people.user('ines', { displayName: 'Ines Moreau', jobTitle: 'Account Executive', department: 'Sales' })
  await idp.people.user('tomas', { displayName: 'Tomas Berg' })
  await idp.people.user('noor', { displayName: 'Noor Haddad' })
  await idp.people.group('sales', 'Sales', ['ines', 'tomas'])
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

const cycle = () => idp.engine.runNow(JOB_ID)
const accounts = () => [...target.users.values()].map((user) => [user['userName'], user['active']])
const account = (name: string) =>
  [...target.users.values()].find((user) => user['userName'] === `${name}@brightwave.example`)
const memberIds = () => {
  const members = [...target.groups.values()][0]?.['members']
  return Array.isArray(members) ? members.map((member: { value: string }) => member.value).sort() : []
}
const lastEntry = (sourceId: string) => idp.log().findLast((entry) => entry.source.id === sourceId)

describe('a cycle against an independent SCIM server', () => {
  test('provisions the assigned person and the members of an assigned group, the group and its members', async () => {
    await idp.people.assign('sales')
    await idp.people.assign('noor')
    const result = await cycle()
    expect(result).toEqual({ ended: 'completed', line: 'Initial cycle: 4 created, 0 updated, 2 memberships, 0 failed' })
    expect(accounts().toSorted()).toEqual([
      ['ines@brightwave.example', true],
      ['noor@brightwave.example', true],
      ['tomas@brightwave.example', true],
    ])
    expect(account('ines')).toMatchObject({
      displayName: 'Ines Moreau',
      title: 'Account Executive',
      externalId: 'ines',
      emails: [{ type: 'work', primary: true, value: 'ines@brightwave.example' }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Sales' },
    })
    expect(memberIds()).toEqual([account('ines')?.id, account('tomas')?.id].toSorted())
  })

  test('people come before the groups that hold them, and memberships last', async () => {
    await idp.people.assign('sales')
    await cycle()
    const writes = target.requests
      .filter((request) => request.method !== 'GET')
      .map(({ method, url }) => `${method} ${url}`)
    expect(writes.slice(0, 2)).toEqual(['POST /Users', 'POST /Users'])
    expect(writes.slice(2)).toEqual(['POST /Groups', expect.stringMatching(/^PATCH \/Groups\//)])
  })

  test('a second cycle over an unchanged directory sends nothing at all', async () => {
    await idp.people.assign('sales')
    await cycle()
    const sent = target.requests.length
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 0 updated, 0 failed')
    expect(target.requests.length).toBe(sent)
  })

  test('a changed title is one GET and one PATCH of what differs', async () => {
    await idp.people.assign('ines')
    await cycle()
    target.requests.length = 0
    await idp.people.change('ines', { jobTitle: 'Team Lead' })
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 1 updated, 0 failed')
    const id = account('ines')?.id
    expect(target.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /Users/${id}`,
      `PATCH /Users/${id}`,
    ])
    expect(target.requests[1]?.body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { title: 'Team Lead' } }],
    })
    expect(account('ines')?.['title']).toBe('Team Lead')
    expect(lastEntry('ines')).toMatchObject({
      action: 'Update',
      status: 'Success',
      modified: [{ name: 'title', oldValue: 'Account Executive', newValue: 'Team Lead' }],
    })
  })

  test('whoever leaves the group is switched off, taken out of it, and left alone from then on', async () => {
    await idp.people.assign('sales')
    await cycle()
    await idp.people.leave('sales', 'tomas')
    expect((await cycle()).line).toBe(
      'Incremental cycle: 0 created, 0 updated, 1 disabled, 1 memberships, 1 skipped, 0 failed',
    )
    expect(account('tomas')?.['active']).toBe(false)
    expect(memberIds()).toEqual([account('ines')?.id])

    const before = target.requests.length
    await idp.people.softDelete('tomas')
    await cycle()
    await idp.people.hardDelete('tomas')
    await cycle()
    expect(target.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([])
    expect(account('tomas')).toBeDefined()
  })

  test('whoever comes back is switched on again', async () => {
    await idp.people.assign('ines')
    await cycle()
    await idp.people.unassign('ines')
    await cycle()
    expect(account('ines')?.['active']).toBe(false)
    await idp.people.assign('ines')
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 1 updated, 0 failed')
    expect(account('ines')?.['active']).toBe(true)
    expect(target.users.size).toBe(1)
  })

  test('a blocked person is switched off, and deleted once gone for good', async () => {
    await idp.people.assign('ines')
    await cycle()
    await idp.people.change('ines', { accountEnabled: false })
    await cycle()
    expect(account('ines')?.['active']).toBe(false)
    await idp.people.softDelete('ines')
    await cycle()
    await idp.people.hardDelete('ines')
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 0 updated, 1 deleted, 0 failed')
    expect(target.users.size).toBe(0)
    expect(lastEntry('ines')).toMatchObject({
      action: 'Delete',
      status: 'Success',
      source: { displayName: 'Ines Moreau' },
    })
  })

  test('someone blocked before ever being provisioned shows as skipped and is not created', async () => {
    await idp.people.change('noor', { accountEnabled: false })
    await idp.people.assign('noor')
    await cycle()
    expect(target.requests).toEqual([])
    expect(lastEntry('noor')).toMatchObject({
      action: 'Other',
      status: 'Skipped',
      outcome: { code: 'NotEffectivelyEntitled' },
    })
  })

  test('an unassigned group is deleted, and the people it alone gave access are switched off', async () => {
    await idp.people.assign('sales')
    await idp.people.assign('ines')
    await cycle()
    await idp.people.unassign('sales')
    await cycle()
    expect(target.groups.size).toBe(0)
    expect(account('tomas')?.['active']).toBe(false)
    expect(account('ines')?.['active']).toBe(true)
  })

  test('an account made by hand is found by the match filter and taken over', async () => {
    const emails = [{ type: 'work', value: 'ines@old.example' }]
    target.users.set('u-hand', { id: 'u-hand', userName: 'ines@brightwave.example', active: true, emails })
    await idp.people.assign('ines')
    await cycle()
    expect(target.users.size).toBe(1)
    expect(target.users.get('u-hand')).toMatchObject({ displayName: 'Ines Moreau' })
  })

  test('with everybody in scope nobody needs an assignment', async () => {
    await idp.system.store.transact((tx) => tx.put('provisioningJobs', JOB_ID, { ...idp.job(), scope: 'all' }))
    expect((await cycle()).line).toBe('Initial cycle: 4 created, 0 updated, 2 memberships, 0 failed')
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Fixture, JOB_ID, openFixture } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

/** One life of a directory against a SCIM server that shares no code with this project; the steps build on each other. */

let target: ScimTarget
let idp: Fixture

beforeAll(async () => {
  target = await openScimTarget()
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN, policy: { dialect: 'compliant' } })
  await idp.people.user('ines', { displayName: 'Ines Moreau', jobTitle: 'Agent', department: 'Sales' })
  await idp.people.user('tomas', { displayName: 'Tomas Berg', jobTitle: 'Agent' })
  await idp.people.group('sales', 'Sales', ['ines', 'tomas'])
  await idp.people.assign('sales')
})
afterAll(async () => {
  await idp.close()
  await target.close()
})

/** Run the next cycle. @returns its summary, and the PATCH operations it sent. */
async function cycle() {
  target.requests.length = 0
  const { line } = await idp.engine.runNow(JOB_ID)
  const patches = target.requests.filter(({ method }) => method === 'PATCH')
  return { line, operations: patches.flatMap(({ body }) => (body as { Operations: unknown[] }).Operations) }
}
const account = (name: string) =>
  [...target.users.values()].find((user) => user['userName'] === `${name}@brightwave.example`)
const group = () => [...target.groups.values()][0]
const memberIds = () => (group()?.['members'] as { value: string }[] | undefined)?.map(({ value }) => value) ?? []

describe('independent SCIM server, compliant dialect', () => {
  test('create: people with all their mapped attributes, then their group with its members', async () => {
    const { line, operations } = await cycle()
    expect(line).toBe('Initial cycle: 3 created, 0 updated, 2 memberships, 0 failed')
    expect(account('ines')).toMatchObject({
      active: true,
      displayName: 'Ines Moreau',
      title: 'Agent',
      externalId: 'ines',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Sales' },
    })
    expect(group()).toMatchObject({ displayName: 'Sales', externalId: 'sales' })
    expect(memberIds().toSorted()).toEqual([account('ines')?.id, account('tomas')?.id].toSorted())
    expect(operations).toMatchObject([{ op: 'add', path: 'members' }])
  })

  test('update: what differs, folded into one operation without a path; filtered paths alone', async () => {
    await idp.people.change('ines', {
      jobTitle: 'Team Lead',
      surname: 'Moreau',
      mail: 'ines.moreau@brightwave.example',
    })
    const { line, operations } = await cycle()
    expect(line).toBe('Incremental cycle: 0 created, 1 updated, 0 failed')
    expect(operations).toEqual([
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'ines.moreau@brightwave.example' },
      { op: 'add', value: { 'name.familyName': 'Moreau' } },
      { op: 'replace', value: { title: 'Team Lead' } },
    ])
    expect(account('ines')).toMatchObject({
      title: 'Team Lead',
      name: { familyName: 'Moreau' },
      emails: [{ type: 'work', value: 'ines.moreau@brightwave.example' }],
    })
  })

  test('groups: a new name, somebody joins, somebody leaves', async () => {
    await idp.people.user('noor', { displayName: 'Noor Haddad' })
    await idp.people.join('sales', 'noor')
    await idp.people.leave('sales', 'tomas')
    await idp.people.assign('tomas')
    const { line, operations } = await cycle()
    expect(line).toBe('Incremental cycle: 1 created, 0 updated, 2 memberships, 2 skipped, 0 failed')
    expect(operations).toEqual([
      { op: 'add', path: 'members', value: [{ $ref: null, value: account('noor')?.id }] },
      { op: 'remove', path: `members[value eq "${account('tomas')?.id}"]` },
    ])
    expect(memberIds().toSorted()).toEqual([account('ines')?.id, account('noor')?.id].toSorted())
  })

  test('disable: switched off with a real boolean, and on again', async () => {
    await idp.people.change('tomas', { accountEnabled: false })
    expect((await cycle()).operations).toEqual([{ op: 'replace', path: 'active', value: false }])
    expect(account('tomas')?.['active']).toBe(false)
    await idp.people.change('tomas', { accountEnabled: true })
    expect((await cycle()).operations).toEqual([{ op: 'replace', path: 'active', value: true }])
    expect(account('tomas')?.['active']).toBe(true)
  })

  test('delete: a person gone for good, and a group that is assigned no more', async () => {
    await idp.people.softDelete('tomas')
    await cycle()
    await idp.people.hardDelete('tomas')
    expect((await cycle()).line).toBe('Incremental cycle: 0 created, 0 updated, 1 deleted, 0 failed')
    expect(account('tomas')).toBeUndefined()
    await idp.people.unassign('sales')
    expect((await cycle()).line).toContain('1 deleted')
    expect(target.groups.size).toBe(0)
    expect([...target.users.values()].map((user) => user['active'])).toEqual([false, false])
  })
})

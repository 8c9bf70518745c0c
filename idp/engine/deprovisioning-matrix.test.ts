import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { restoreUser } from '#idp/core/directory/users.ts'
import { updateJob } from './jobs.ts'
import { type Fixture, JOB_ID, openFixture, SCHEMA, TENANT } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

/** Reference sheet 1.7, row by row: what an event on somebody provisioned before sends to either kind of target. */

let target: ScimTarget
let idp: Fixture

beforeEach(async () => {
  target = await openScimTarget()
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

type Actions = Readonly<Record<'create' | 'update' | 'delete', boolean>>
type Leaving = 'disable' | 'delete' | 'nothing'
const ALL: Actions = { create: true, update: true, delete: true }

async function open(onUnassign: Leaving, actions: Actions = ALL): Promise<void> {
  const schema = { ...SCHEMA, users: { ...SCHEMA.users, actions } }
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN, policy: { onUnassign }, schema })
  await idp.people.user('ines', { department: 'Sales' })
}

/** Gone from the recycle bin too, with no cycle in between. */
async function removeForGood(id: string): Promise<void> {
  await idp.people.softDelete(id)
  await idp.people.hardDelete(id)
}

const cycle = () => idp.engine.runNow(JOB_ID)
const patch = (values: Parameters<typeof updateJob>[3]) =>
  idp.system.store.transact((tx) => updateJob(tx, idp.system.vault, JOB_ID, values, idp.system.clock.iso()))

/** Only sellers are in scope. */
async function filterSellers(): Promise<void> {
  const { schema } = idp.job()
  const scopingFilters = [
    { title: 'Sellers', clauses: [{ attribute: 'department', operator: 'EQUALS', value: 'Sales' }] },
  ] as const
  await patch({ schema: { ...schema, users: { ...schema.users, scopingFilters } } })
}

/** Run a cycle. @returns the writes on accounts it sent: `PATCH active=false`, `DELETE`, `POST`. */
async function writes(): Promise<readonly string[]> {
  const before = target.requests.length
  await cycle()
  return target.requests.slice(before).flatMap(({ method, url, body }) => {
    if (method === 'GET' || !url.startsWith('/Users')) return []
    const active = /"active":(true|false)|"path":"active","value":"?(true|false)/i.exec(JSON.stringify(body ?? ''))
    return [method === 'PATCH' ? `PATCH active=${active?.[1] ?? active?.[2]}` : method]
  })
}

interface Event {
  readonly row: string
  readonly prepare?: () => Promise<void>
  readonly leave: () => Promise<void>
  readonly verb: string
}

const EVENTS: readonly Event[] = [
  { row: 'Unassigned, direct', leave: () => idp.people.unassign('ines'), verb: 'PATCH active=false' },
  {
    row: 'Unassigned, removed from assigned group',
    prepare: () => idp.people.group('staff', 'Staff', ['ines']),
    leave: () => idp.people.leave('staff', 'ines'),
    verb: 'PATCH active=false',
  },
  {
    row: 'Unassigned, group unassigned',
    prepare: () => idp.people.group('staff', 'Staff', ['ines']),
    leave: () => idp.people.unassign('staff'),
    verb: 'PATCH active=false',
  },
  {
    row: 'Falls out of scoping filter',
    prepare: filterSellers,
    leave: () => idp.people.change('ines', { department: 'Support' }),
    verb: 'PATCH active=false',
  },
  {
    row: 'Sign-in blocked (accountEnabled=false)',
    leave: () => idp.people.change('ines', { accountEnabled: false }),
    verb: 'PATCH active=false',
  },
  { row: 'Soft-deleted (recycle bin)', leave: () => idp.people.softDelete('ines'), verb: 'PATCH active=false' },
  { row: 'Hard-deleted', leave: () => removeForGood('ines'), verb: 'DELETE' },
]

const ROWS = EVENTS.map((event) => [event.row, event.verb, event] as const)

async function provision({ prepare }: Event): Promise<void> {
  await prepare?.()
  await idp.people.assign(idp.system.store.has('groups', 'staff') ? 'staff' : 'ines')
  await cycle()
  expect(target.users.size).toBe(1)
}

describe('1.7 deprovisioning matrix', () => {
  test.each(ROWS)('%s, soft delete supported: %s', async (_row, _verb, event) => {
    await open('disable')
    await provision(event)
    await event.leave()
    expect(await writes()).toEqual([event.verb])
  })

  test.each(ROWS)('%s, soft delete not supported: DELETE', async (_row, _verb, event) => {
    await open('delete')
    await provision(event)
    await event.leave()
    expect(await writes()).toEqual(['DELETE'])
  })

  test.each(ROWS.slice(0, -1))('%s, needs the Update action', async (_row, _verb, event) => {
    await open('disable', { ...ALL, update: false })
    await provision(event)
    await event.leave()
    expect(await writes()).toEqual([])
  })

  test('Hard-deleted, needs the Delete action', async () => {
    await open('disable', { ...ALL, delete: false })
    await idp.people.assign('ines')
    await cycle()
    await removeForGood('ines')
    expect(await writes()).toEqual([])
    expect(target.users.size).toBe(1)
  })

  const RETURNS = [
    [
      'Restored from recycle bin',
      () => idp.people.softDelete('ines'),
      () => idp.system.store.transact((tx) => void restoreUser(tx, TENANT, 'ines')),
    ],
    [
      're-enabled',
      () => idp.people.change('ines', { accountEnabled: false }),
      () => idp.people.change('ines', { accountEnabled: true }),
    ],
    ['reassigned', () => idp.people.unassign('ines'), () => idp.people.assign('ines')],
  ] as const

  test.each(RETURNS)('%s, soft delete supported: PATCH active=true', async (_, leave, comeBack) => {
    await open('disable')
    await idp.people.assign('ines')
    await cycle()
    await leave()
    await cycle()
    await comeBack()
    expect(await writes()).toEqual(['PATCH active=true'])
  })

  test.each(RETURNS)('%s, soft delete not supported: POST again', async (_, leave, comeBack) => {
    await open('delete')
    await idp.people.assign('ines')
    await cycle()
    await leave()
    await cycle()
    await comeBack()
    expect(await writes()).toEqual(['POST'])
  })
})

describe('1.7 further rules', () => {
  test.each([
    ['soft', (id: string) => idp.people.softDelete(id)],
    ['hard', removeForGood],
  ] as const)('once unassigned, a later %s delete sends nothing', async (_, remove) => {
    await open('disable')
    await idp.people.assign('ines')
    await cycle()
    await idp.people.unassign('ines')
    await cycle()
    await remove('ines')
    expect(await writes()).toEqual([])
  })

  test('disabled before first provisioning: never created, skipped, NotEffectivelyEntitled, IsActive False', async () => {
    await open('disable')
    await idp.people.change('ines', { accountEnabled: false })
    await idp.people.assign('ines')
    expect(await writes()).toEqual([])
    expect(idp.log().at(-1)).toMatchObject({
      status: 'Skipped',
      outcome: { code: 'NotEffectivelyEntitled' },
      facts: { isActive: false },
    })
  })

  test('re-activation does not restore memberships the app has dropped', async () => {
    await open('disable')
    await idp.people.group('staff', 'Staff', ['ines'])
    for (const id of ['ines', 'staff']) await idp.people.assign(id)
    await cycle()
    await idp.people.change('ines', { accountEnabled: false })
    await cycle()
    const before = target.requests.length
    await idp.people.change('ines', { accountEnabled: true })
    await cycle()
    const toGroups = target.requests
      .slice(before)
      .filter(({ url, method }) => url.startsWith('/Groups') && method !== 'GET')
    expect(toGroups).toEqual([])
  })

  test('without the IsSoftDeleted mapping nothing is sent on disable or unassign', async () => {
    await open('disable')
    const { schema } = idp.job()
    const attributeMappings = schema.users.attributeMappings.filter((row) => row.targetAttributeName !== 'active')
    await patch({ schema: { ...schema, users: { ...schema.users, attributeMappings } } })
    await idp.people.assign('ines')
    await cycle()
    await idp.people.change('ines', { accountEnabled: false })
    expect(await writes()).toEqual([])
    await idp.people.unassign('ines')
    expect(await writes()).toEqual([])
  })

  test('without Create existing users are updated and new ones are not made', async () => {
    await open('disable', { ...ALL, create: false })
    await idp.people.user('omar')
    const userName = 'ines@brightwave.example'
    const emails = [{ type: 'work', value: userName }]
    target.users.set('by-hand', { id: 'by-hand', userName, emails, active: true, title: 'Old' })
    await idp.people.change('ines', { jobTitle: 'New' })
    for (const id of ['ines', 'omar']) await idp.people.assign(id)
    await cycle()
    expect([...target.users.values()].map(({ id, title }) => [id, title])).toEqual([['by-hand', 'New']])
  })

  test('a group removed from assignment is deleted: DELETE /Groups/{id}', async () => {
    await open('disable')
    await idp.people.group('staff', 'Staff', ['ines'])
    await idp.people.assign('staff')
    await cycle()
    const [id] = target.groups.keys()
    await idp.people.unassign('staff')
    await cycle()
    expect(target.requests).toContainEqual(expect.objectContaining({ method: 'DELETE', url: `/Groups/${id}` }))
  })

  test('1.8 SkipOutOfScopeDeletions: who goes out of scope is not disabled', async () => {
    await open('nothing')
    await idp.people.assign('ines')
    await cycle()
    await idp.people.unassign('ines')
    expect(await writes()).toEqual([])
  })
})

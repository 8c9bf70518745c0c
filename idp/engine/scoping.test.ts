import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ScopingFilter, ScopingOperator } from '#idp/core/provisioning/types.ts'
import { objectKey } from './collections.ts'
import { createDirectorySource } from './directory-source.ts'
import { forecastScope, MOST_JUDGED } from './forecast-scope.ts'
import { type JobPatch, updateJob } from './jobs.ts'
import { type Fixture, type FixtureOptions, JOB_ID, openFixture, SCHEMA } from './test/directory-fixture.ts'
import { openScimTarget, type ScimTarget } from './test/scimmy-target.ts'
import { TARGET_TOKEN } from './test/target-token.ts'

let target: ScimTarget
let idp: Fixture

async function open(options: Partial<FixtureOptions> = {}): Promise<void> {
  idp = await openFixture({ targetUrl: target.url, token: TARGET_TOKEN, ...options })
  await idp.people.user('ines', { displayName: 'Ines Moreau', department: 'Sales' })
  await idp.people.user('tomas', { displayName: 'Tomas Berg', department: 'Support' })
  await idp.people.user('noor', { displayName: 'Noor Haddad' })
  await idp.people.group('staff', 'Staff', ['ines', 'tomas', 'noor'])
}

beforeEach(async () => {
  target = await openScimTarget()
})
afterEach(async () => {
  await idp.close()
  await target.close()
})

function only(attribute: string, operator: ScopingOperator, value = '', title = 'F'): readonly ScopingFilter[] {
  return [{ title, clauses: [{ attribute, operator, value }] }]
}
const SELLERS = only('department', 'EQUALS', 'Sales', 'Sellers')

const patch = (values: JobPatch) =>
  idp.system.store.transact((tx) => updateJob(tx, idp.system.vault, JOB_ID, values, idp.system.clock.iso()))
/** Save filters as the page does: the mapping with them. */
const save = (kind: 'users' | 'groups', scopingFilters: readonly ScopingFilter[]) => {
  const { schema } = idp.job()
  return patch({ schema: { ...schema, [kind]: { ...schema[kind], scopingFilters } } })
}
const cycle = async () => (await idp.engine.runNow(JOB_ID)).line
const accounts = () =>
  [...target.users.values()]
    .map((user) => `${String(user['userName']).split('@')[0]} ${user['active'] === true ? 'on' : 'off'}`)
    .toSorted()
const groups = () => [...target.groups.values()].map((group) => group['displayName'])
const members = () => {
  const held = [...target.groups.values()][0]?.['members']
  return Array.isArray(held) ? held.length : 0
}
const lastEntry = (sourceId: string) => idp.log().findLast((entry) => entry.source.id === sourceId)

describe('scoping filters of users', () => {
  test('only who passes is created; the others show as skipped, with what each clause came to', async () => {
    await open()
    await save('users', SELLERS)
    await idp.people.assign('staff')
    await cycle()
    expect(accounts()).toEqual(['ines on'])
    expect(lastEntry('tomas')).toMatchObject({
      action: 'Other',
      status: 'Skipped',
      outcome: { code: 'EntrySynchronizationSkipped' },
      facts: { isAssigned: true, passesScopingFilter: false, clauses: { "Sellers.department EQUALS 'Sales'": false } },
    })
    expect(lastEntry('ines')).toMatchObject({ facts: { clauses: { "Sellers.department EQUALS 'Sales'": true } } })
  })

  test('an unassigned person is not in sight, whatever the filter says', async () => {
    await open()
    await save('users', SELLERS)
    await cycle()
    expect(idp.log()).toEqual([])
  })

  test('with everybody in scope the filter still decides, and those it holds back show as skipped', async () => {
    await open()
    await patch({ scope: 'all' })
    await save('users', SELLERS)
    await cycle()
    expect(accounts()).toEqual(['ines on'])
    expect(lastEntry('noor')).toMatchObject({ status: 'Skipped', outcome: { code: 'EntrySynchronizationSkipped' } })
  })

  test('an attribute that moves somebody out is noticed by the next cycle: switched off and let go', async () => {
    await open()
    await save('users', SELLERS)
    await idp.people.assign('staff')
    await cycle()
    await idp.people.change('ines', { department: 'Support' })
    expect(await cycle()).toBe('Incremental cycle: 0 created, 0 updated, 1 disabled, 0 failed')
    expect(accounts()).toEqual(['ines off'])
    expect(idp.system.store.get('provisioningLinks', objectKey(JOB_ID, 'ines'))).toMatchObject({
      managed: false,
      active: false,
    })
    const sent = target.requests.length
    await idp.people.softDelete('ines')
    await cycle()
    expect(target.requests.slice(sent).filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('an attribute that moves somebody in is noticed by the next cycle: created, or switched on again', async () => {
    await open()
    await save('users', SELLERS)
    await idp.people.assign('staff')
    await cycle()
    await idp.people.change('tomas', { department: 'Sales' })
    await cycle()
    expect(accounts()).toEqual(['ines on', 'tomas on'])
    await idp.people.change('ines', { department: null })
    await cycle()
    await idp.people.change('ines', { department: 'Sales', jobTitle: 'Team Lead' })
    expect(await cycle()).toBe('Incremental cycle: 0 created, 1 updated, 0 failed')
    expect(accounts()).toEqual(['ines on', 'tomas on'])
    expect([...target.users.values()].find((user) => user['displayName'] === 'Ines Moreau')).toMatchObject({
      title: 'Team Lead',
    })
  })

  test('SkipOutOfScopeDeletions leaves the account of somebody who falls out of the filter alone', async () => {
    await open({ policy: { onUnassign: 'nothing' } })
    await idp.people.assign('staff')
    await cycle()
    await save('users', SELLERS)
    await cycle()
    expect(accounts()).toEqual(['ines on', 'noor on', 'tomas on'])
    expect(lastEntry('tomas')).toMatchObject({ status: 'Skipped', outcome: { code: 'EntrySynchronizationSkipped' } })
  })

  test('on demand and its preview obey the filter and show it', async () => {
    await open()
    await save('users', only('employeeId', 'GREATER_THAN', '1000', 'Numbers'))
    await idp.people.assign('staff')
    await idp.people.change('tomas', { employeeId: 'E-17' })
    const preview = await idp.engine.preview(JOB_ID, 'tomas')
    expect(preview).toMatchObject({ kind: 'planned', action: 'skip' })
    expect(await idp.engine.provisionOnDemand(JOB_ID, 'tomas')).toMatchObject({
      kind: 'done',
      entry: { status: 'Skipped', facts: { notIntegers: ["Numbers.employeeId GREATER_THAN '1000'"] } },
    })
    await idp.people.change('tomas', { employeeId: '1017' })
    expect(await idp.engine.provisionOnDemand(JOB_ID, 'tomas')).toMatchObject({ entry: { action: 'Create' } })
    expect(accounts()).toEqual(['tomas on'])
  })

  test('on demand switches off whoever has fallen out of the filter', async () => {
    await open()
    await idp.people.assign('ines')
    await cycle()
    await save('users', only('department', 'EQUALS', 'sales'))
    expect(await idp.engine.provisionOnDemand(JOB_ID, 'ines')).toMatchObject({ entry: { action: 'Disable' } })
    // On demand always speaks the older dialect, whose "False" is a text: what a strict server makes of it is its own matter.
    expect(target.requests.at(-1)).toMatchObject({
      method: 'PATCH',
      body: { Operations: [{ path: 'active', value: 'False' }] },
    })
  })
})

describe('scoping filters of groups', () => {
  test('only groups that pass are made; the members of the others are provisioned all the same', async () => {
    await open()
    await save('groups', only('displayName', 'ENDS_WITH', ' Team'))
    await idp.people.group('berlin', 'Berlin Team', ['ines'])
    await idp.people.assign('staff')
    await idp.people.assign('berlin')
    await cycle()
    expect(groups()).toEqual(['Berlin Team'])
    expect(accounts()).toHaveLength(3)
    expect(lastEntry('staff')).toMatchObject({ status: 'Skipped', outcome: { code: 'EntrySynchronizationSkipped' } })
  })

  test('a group that falls out of the filter is deleted in the target', async () => {
    await open()
    await idp.people.assign('staff')
    await cycle()
    await save('groups', only('displayName', 'EQUALS', 'Crew'))
    await cycle()
    expect(groups()).toEqual([])
    expect(lastEntry('staff')).toMatchObject({ action: 'Delete', status: 'Success' })
    expect(accounts()).toEqual(['ines on', 'noor on', 'tomas on'])
  })

  test('a member out of scope is left out of the group, and coming into scope later goes unnoticed until a restart', async () => {
    await open()
    await save('users', SELLERS)
    await idp.people.assign('staff')
    await cycle()
    expect([groups(), members()]).toEqual([['Staff'], 1])
    await idp.people.change('tomas', { department: 'Sales' })
    await cycle()
    await cycle()
    expect(accounts()).toEqual(['ines on', 'tomas on'])
    expect(members()).toBe(1)
    await idp.engine.restart(JOB_ID)
    await cycle()
    expect(members()).toBe(2)
  })
})

describe('surprises', () => {
  test('surprise 17, nested groups silently yield nobody', async () => {
    await open()
    await idp.people.group('outer', 'Outer', ['staff'])
    await idp.people.assign('outer')
    await cycle()
    expect(accounts()).toEqual([])
    expect(idp.log().map(({ source }) => source.id)).toEqual(['outer'])
  })

  test('surprise 18, an assigned group is not a provisioned group object: its people come, it does not', async () => {
    await open({ schema: { ...SCHEMA, groups: { ...SCHEMA.groups, enabled: false } } })
    await idp.people.assign('staff')
    await cycle()
    expect(accounts()).toHaveLength(3)
    expect(groups()).toEqual([])
  })

  test('surprise 19, from everybody to the assigned needs a manual restart', async () => {
    await open()
    await patch({ scope: 'all' })
    await idp.people.assign('ines')
    await cycle()
    await patch({ scope: 'assigned' })
    await cycle()
    expect(accounts()).toEqual(['ines on', 'noor on', 'tomas on'])
    await idp.engine.restart(JOB_ID)
    await cycle()
    expect(accounts()).toEqual(['ines on', 'noor off', 'tomas off'])
  })

  test('surprise 20, saving a filter re-evaluates everyone and may switch many off', async () => {
    await open()
    await idp.people.assign('staff')
    await idp.engine.start(JOB_ID)
    await cycle()
    await save('users', only('department', 'EQUALS', 'sales'))
    const run = idp.system.store.get('provisioningRuns', JOB_ID)
    expect(run?.watermark).toBeNull()
    // Due at once.
    expect(Date.parse(run?.nextRunAt ?? '')).toBeLessThanOrEqual(idp.system.clock.now())
    expect(await cycle()).toMatch(/^Initial cycle: 0 created, 0 updated, 3 disabled/)
    expect(accounts()).toEqual(['ines off', 'noor off', 'tomas off'])
    await save('users', [])
    await cycle()
    expect(accounts()).toEqual(['ines on', 'noor on', 'tomas on'])
  })
})

describe('a filter saved on a live app', () => {
  test('is held back by the deletion guard; undone and restarted, nobody was touched', async () => {
    await open()
    await idp.people.assign('staff')
    await idp.engine.start(JOB_ID)
    await cycle()
    await patch({ deletionGuard: { enabled: true, threshold: 2 } })
    await save('users', only('department', 'EQUALS', 'sales'))
    await cycle()
    const quarantine = () => idp.system.store.get('provisioningRuns', JOB_ID)?.quarantine
    expect(quarantine()?.reason).toBe('TooManyDeletes')
    expect(accounts()).toEqual(['ines on', 'noor on', 'tomas on'])
    await save('users', [])
    await idp.engine.restart(JOB_ID)
    await cycle()
    expect(quarantine()).toBeNull()
    expect(accounts()).toEqual(['ines on', 'noor on', 'tomas on'])
  })
})

describe('the forecast', () => {
  const forecast = (filters: readonly ScopingFilter[], kind: 'User' | 'Group' = 'User') => {
    const source = createDirectorySource(idp.system.store)
    return forecastScope({ system: idp.system, source }, idp.job(), { defaultRoleCounts: true }, { kind, filters })
  }

  test('tells how many of those provisioned now would leave, and changes nothing', async () => {
    await open()
    await idp.people.assign('staff')
    await cycle()
    const sent = target.requests.length
    expect(await forecast(SELLERS)).toEqual({
      judged: 3,
      leaving: 2,
      names: expect.arrayContaining(['Tomas Berg', 'Noor Haddad']),
      isComplete: true,
    })
    expect(await forecast([])).toMatchObject({ judged: 3, leaving: 0, names: [] })
    expect(await forecast(only('displayName', 'EQUALS', 'Crew'), 'Group')).toMatchObject({ judged: 1, leaving: 1 })
    expect(target.requests.length).toBe(sent)
    await save('users', SELLERS)
    expect(await cycle()).toContain('2 disabled')
    expect(await forecast(only('department', 'EQUALS', 'x'))).toMatchObject({ judged: 1, leaving: 1 })
  })

  test('does not count those who leave scope for another reason', async () => {
    await open()
    await idp.people.assign('ines')
    await cycle()
    await idp.people.unassign('ines')
    expect(await forecast(only('department', 'EQUALS', 'x'))).toMatchObject({ judged: 1, leaving: 0 })
  })

  test('judges a bounded number of links and says that there are more', async () => {
    await open()
    await idp.system.store.transact((tx) => {
      for (let number = 0; number <= MOST_JUDGED; number += 1) {
        const sourceId = number === 0 ? 'ines' : `gone-${number}`
        tx.put('provisioningLinks', objectKey(JOB_ID, sourceId), {
          jobId: JOB_ID,
          sourceId,
          kind: 'User',
          targetId: `t-${number}`,
          managed: true,
          active: true,
          referencesPending: false,
          linkedAt: idp.system.clock.iso(),
        })
      }
    })
    expect(await forecast(SELLERS)).toMatchObject({ isComplete: false })
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deleteGroup, hardDeleteGroup } from '#idp/core/directory/groups.ts'
import { createDirectorySource } from './directory-source.ts'
import type { ObjectKind } from './records.ts'
import type { ProvisioningSource, SourceScope, SourceSlice } from './source.ts'
import { APP_ID, type Fixture, openFixture, TENANT } from './test/directory-fixture.ts'

let idp: Fixture
let source: ProvisioningSource

const SCOPE: SourceScope = {
  tenantId: TENANT.id,
  servicePrincipalId: APP_ID,
  scope: 'assigned',
  defaultRoleCounts: true,
}

beforeEach(async () => {
  idp = await openFixture({ targetUrl: 'http://127.0.0.1:1/scim', token: 'unused' })
  source = createDirectorySource(idp.system.store)
  for (const id of ['ines', 'tomas', 'noor', 'li']) await idp.people.user(id)
  await idp.people.group('inner', 'Inner', ['li'])
  await idp.people.group('sales', 'Sales', ['ines', 'tomas', 'inner'])
})
afterEach(() => idp.close())

/** Everything a slicing call hands out, a few at a time. */
function walk(slice: (cursor: string | null) => SourceSlice): string[] {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const part: SourceSlice = slice(cursor)
    ids.push(...part.ids)
    cursor = part.next
  } while (cursor !== null)
  return ids
}

const candidates = (kind: ObjectKind, limit = 2, scope = SCOPE) =>
  walk((cursor) => source.candidates(scope, kind, cursor, limit))
const changed = (kind: ObjectKind, from: number, limit = 2) =>
  walk((cursor) => source.changed(SCOPE, kind, { from, upTo: source.newestChange() }, cursor, limit))

describe('the directory as a source', () => {
  test('candidates are who is assigned and the immediate members of assigned groups: nested groups give nobody access', async () => {
    await idp.people.assign('noor')
    await idp.people.assign('sales')
    for (const limit of [1, 2, 100]) {
      expect(candidates('User', limit)).toEqual(['noor', 'ines', 'tomas'])
      expect(candidates('Group', limit)).toEqual(['sales'])
    }
    expect(source.countCandidates(SCOPE, 'User')).toBe(4)
    expect(source.countCandidates(SCOPE, 'Group')).toBe(1)
    expect(source.read(SCOPE, 'User', 'li')?.facts.isAssigned).toBe(false)
  })

  test('with everybody in scope candidates are the live objects of the tenant', async () => {
    await idp.people.softDelete('li')
    const all: SourceScope = { ...SCOPE, scope: 'all' }
    expect(candidates('User', 2, all)).toEqual(['ines', 'tomas', 'noor'])
    expect(candidates('Group', 1, all)).toEqual(['inner', 'sales'])
    expect(source.countCandidates(all, 'User')).toBe(3)
  })

  test('a place that is gone starts over instead of leaving somebody out', async () => {
    await idp.people.assign('noor')
    await idp.people.assign('li')
    await idp.people.assign('ines')
    const first = source.candidates(SCOPE, 'User', null, 1)
    expect(first.ids).toEqual(['noor'])
    await idp.people.unassign('noor')
    expect(walk((cursor) => source.candidates(SCOPE, 'User', cursor ?? first.next, 1))).toEqual(['li', 'ines'])
  })

  test('changes name who changed, and nobody else', async () => {
    const from = source.newestChange()
    await idp.people.change('ines', { jobTitle: 'Lead' })
    expect(changed('User', from)).toEqual(['ines'])
    expect(changed('Group', from)).toEqual([])
    expect(changed('User', source.newestChange())).toEqual([])
  })

  test('a membership concerns the group and the one person', async () => {
    await idp.people.assign('sales')
    const from = source.newestChange()
    await idp.people.join('sales', 'noor')
    expect(changed('Group', from)).toEqual(['sales'])
    // The group's other members come along marked: they are only looked at when their scope has moved.
    const direct = walk((cursor) => {
      const slice = source.changed(SCOPE, 'User', { from, upTo: source.newestChange() }, cursor, 2)
      return slice.onlyIfMoved ? { ids: [], next: slice.next } : slice
    })
    expect(direct).toEqual(['noor'])
  })

  test('an assignment of a group concerns its members, one of another app nobody', async () => {
    const from = source.newestChange()
    await idp.people.assign('sales')
    expect(changed('User', from, 1)).toEqual(['ines', 'tomas'])
    expect(changed('Group', from)).toEqual(['sales'])
    const elsewhere: SourceScope = { ...SCOPE, servicePrincipalId: 'sp-2' }
    const range = { from, upTo: source.newestChange() }
    expect(walk((cursor) => source.changed(elsewhere, 'User', range, cursor, 1))).toEqual([])
  })

  test('a group in the recycle bin gives nobody access, and its members are concerned', async () => {
    await idp.people.assign('sales')
    const from = source.newestChange()
    await idp.system.store.transact((tx) => void deleteGroup(tx, TENANT.id, 'sales', idp.system.clock.iso()))
    expect(source.read(SCOPE, 'User', 'ines')?.facts.isAssigned).toBe(false)
    expect(changed('User', from)).toEqual(['ines', 'tomas'])
    await idp.system.store.transact((tx) => hardDeleteGroup(tx, TENANT.id, 'sales'))
    expect(changed('User', from).toSorted()).toEqual(['ines', 'tomas'])
    expect(source.read(SCOPE, 'Group', 'sales')).toMatchObject({ presence: 'hard-deleted', displayName: 'Sales' })
  })

  test('who is gone keeps the name the log needs', async () => {
    await idp.people.softDelete('ines')
    expect(source.read(SCOPE, 'User', 'ines')?.presence).toBe('soft-deleted')
    await idp.people.hardDelete('ines')
    expect(source.read(SCOPE, 'User', 'ines')).toMatchObject({
      presence: 'hard-deleted',
      displayName: 'ines',
      userPrincipalName: 'ines@brightwave.example',
      attributes: {},
    })
    expect(source.read(SCOPE, 'User', 'nobody')).toBeUndefined()
  })

  test('objects of another tenant are not there', () => {
    const elsewhere: SourceScope = { ...SCOPE, tenantId: 'tenant-2' }
    expect(source.read(elsewhere, 'User', 'ines')).toBeUndefined()
    expect(source.kindOf('tenant-2', 'ines')).toBeUndefined()
    expect([source.kindOf(TENANT.id, 'ines'), source.kindOf(TENANT.id, 'sales')]).toEqual(['User', 'Group'])
  })

  test('computed attributes: deleted or not by scope, and the original address of a guest', async () => {
    expect(source.read(SCOPE, 'User', 'ines')?.attributes['IsSoftDeleted']).toBe(true)
    await idp.people.assign('ines')
    expect(source.read(SCOPE, 'User', 'ines')?.attributes['IsSoftDeleted']).toBe(false)
    await idp.people.user('guest', {
      userPrincipalName: 'ana_lopez_partner.example#EXT#@brightwave.example',
      userType: 'Guest',
    })
    expect(source.read(SCOPE, 'User', 'guest')?.attributes).toMatchObject({
      userPrincipalName: 'ana_lopez@partner.example',
      originalUserPrincipalName: 'ana_lopez_partner.example#EXT#@brightwave.example',
    })
  })
})

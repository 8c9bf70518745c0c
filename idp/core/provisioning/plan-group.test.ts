import { describe, expect, test } from 'vitest'
import { planGroup } from './plan-group.ts'
import type { ObjectSituation } from './plan-user.ts'
import type { ObjectMapping } from './types.ts'

const GROUPS: ObjectMapping = {
  name: 'Groups',
  enabled: true,
  sourceObjectName: 'Group',
  targetObjectName: 'Group',
  scopingFilters: [],
  targetAttributes: [],
  actions: { create: true, update: true, delete: true },
  attributeMappings: [
    {
      source: { type: 'Attribute', name: 'displayName' },
      targetAttributeName: 'displayName',
      matchingPriority: 1,
      flowType: 'Always',
    },
    {
      source: { type: 'Attribute', name: 'objectId' },
      targetAttributeName: 'externalId',
      matchingPriority: 0,
      flowType: 'Always',
    },
    {
      source: { type: 'Attribute', name: 'members' },
      targetAttributeName: 'members',
      matchingPriority: 0,
      flowType: 'Always',
    },
  ],
}

const IN = { isActive: true, isAssigned: true, hasRequiredRole: true, passesScopingFilter: true }
const OUT = { ...IN, isAssigned: false }
const SALES = { id: 'g-1', displayName: 'Sales', externalId: 'src-sales' }
const LINK = { targetId: 'g-1', managed: true }

function situation(changes: Partial<ObjectSituation> = {}): ObjectSituation {
  return {
    mapping: GROUPS,
    source: { objectId: 'src-sales', displayName: 'Sales' },
    presence: 'live',
    facts: IN,
    link: null,
    current: null,
    policy: { onUnassign: 'disable' },
    ...changes,
  }
}

describe('planGroup', () => {
  test('a new group is created without its members, which follow later', () => {
    const attributes = new Map([
      ['displayName', 'Sales'],
      ['externalId', 'src-sales'],
    ])
    expect(planGroup(situation())).toEqual({ kind: 'create', attributes })
  })

  test('a renamed group is renamed', () => {
    const renamed = situation({ link: LINK, current: SALES, source: { objectId: 'src-sales', displayName: 'Revenue' } })
    expect(planGroup(renamed)).toEqual({
      kind: 'update',
      targetId: 'g-1',
      changes: [{ path: 'displayName', before: 'Sales', after: 'Revenue' }],
    })
  })

  test('a group that agrees is left alone', () => {
    expect(planGroup(situation({ link: LINK, current: SALES }))).toEqual({
      kind: 'skip',
      reason: 'RedundantExport',
      targetId: 'g-1',
    })
  })

  test.each([
    ['unassigned', { facts: OUT }],
    ['soft-deleted', { facts: { ...IN, isActive: false }, presence: 'soft-deleted' }],
    ['gone', { facts: OUT, presence: 'hard-deleted', source: {} }],
  ] as const)('a group that is %s is deleted: it has no switch to turn off', (_, changes) => {
    expect(planGroup(situation({ ...changes, link: LINK }))).toEqual({ kind: 'delete', targetId: 'g-1' })
  })

  test('a group that was never provisioned, or was let go before, is left alone', () => {
    expect(planGroup(situation({ facts: OUT }))).toEqual({ kind: 'skip', reason: 'NotEffectivelyEntitled' })
    const letGo = situation({ facts: OUT, link: { ...LINK, managed: false } })
    expect(planGroup(letGo)).toEqual({ kind: 'skip', reason: 'NotEffectivelyEntitled', targetId: 'g-1' })
  })

  test('a disabled mapping provisions no group', () => {
    const mapping = { ...GROUPS, enabled: false }
    expect(planGroup(situation({ mapping }))).toEqual({ kind: 'skip', reason: 'EntrySynchronizationSkipped' })
  })

  test.each(['create', 'update', 'delete'] as const)('an unticked %s keeps the verb from being sent', (verb) => {
    const mapping = { ...GROUPS, actions: { ...GROUPS.actions, [verb]: false } }
    const given = {
      create: situation({ mapping }),
      update: situation({ mapping, link: LINK, current: { ...SALES, displayName: 'Old' } }),
      delete: situation({ mapping, link: LINK, facts: OUT }),
    }
    expect(planGroup(given[verb])).toMatchObject({ kind: 'skip', reason: 'EntrySynchronizationSkipped' })
  })

  test('a group without a name cannot be matched', () => {
    expect(planGroup(situation({ source: { objectId: 'src-sales' } }))).toEqual({
      kind: 'skip',
      reason: 'ImportSkipped',
    })
  })
})

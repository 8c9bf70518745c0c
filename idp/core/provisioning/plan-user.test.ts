import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildResource } from './build-resource.ts'
import { isManagedAfter, type KnownLink, type ObjectSituation, planUser } from './plan-user.ts'
import type {
  AttributeMapping,
  ObjectMapping,
  ScopeFacts,
  SourceAttributes,
  TargetAttributes,
  TargetResource,
  UserAction,
} from './types.ts'

const DEPARTMENT = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'

function copy(name: string, targetAttributeName: string, more: Partial<AttributeMapping> = {}): AttributeMapping {
  return { source: { type: 'Attribute', name }, targetAttributeName, matchingPriority: 0, flowType: 'Always', ...more }
}

const ACTIVE: AttributeMapping = {
  source: { type: 'Function', expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")' },
  targetAttributeName: 'active',
  matchingPriority: 0,
  flowType: 'Always',
}

const USERS: ObjectMapping = {
  name: 'Users',
  enabled: true,
  sourceObjectName: 'User',
  targetObjectName: 'User',
  scopingFilters: [],
  targetAttributes: [],
  actions: { create: true, update: true, delete: true },
  attributeMappings: [
    copy('userPrincipalName', 'userName', { matchingPriority: 1 }),
    ACTIVE,
    copy('displayName', 'displayName'),
    copy('jobTitle', 'title'),
    copy('mail', 'emails[type eq "work"].value'),
    copy('surname', 'name.familyName'),
    copy('department', DEPARTMENT, { defaultValue: 'None' }),
    copy('objectId', 'externalId', { flowType: 'ObjectAddOnly' }),
  ],
}

const INES: SourceAttributes = {
  objectId: 'src-ines',
  userPrincipalName: 'ines.moreau@brightwave.example',
  displayName: 'Ines Moreau',
  jobTitle: 'Account Executive',
  surname: 'Moreau',
}

const IN: ScopeFacts = { isActive: true, isAssigned: true, hasRequiredRole: true, passesScopingFilter: true }
const UNASSIGNED: ScopeFacts = { ...IN, isAssigned: false, hasRequiredRole: false }
const BLOCKED: ScopeFacts = { ...IN, isActive: false }
const LINK: KnownLink = { targetId: '5b1e77c0', managed: true }

function account(attributes: Readonly<Record<string, string | boolean>>): TargetResource {
  return { id: '5b1e77c0', ...buildResource('User', new Map(Object.entries(attributes))) }
}

const HER_ACCOUNT = account({
  userName: 'ines.moreau@brightwave.example',
  active: true,
  displayName: 'Ines Moreau',
  title: 'Account Executive',
  'name.familyName': 'Moreau',
})

function situation(changes: Partial<ObjectSituation> = {}): ObjectSituation {
  return {
    mapping: USERS,
    source: INES,
    presence: 'live',
    facts: IN,
    link: null,
    current: null,
    policy: { onUnassign: 'disable' },
    ...changes,
  }
}

const linked = (changes: Partial<ObjectSituation> = {}) => situation({ link: LINK, current: HER_ACCOUNT, ...changes })

function withActions(actions: Partial<ObjectMapping['actions']>): ObjectMapping {
  return { ...USERS, actions: { ...USERS.actions, ...actions } }
}

describe('planUser', () => {
  test('someone new is created with every mapped value, defaults included', () => {
    expect(planUser(situation())).toEqual({
      kind: 'create',
      attributes: new Map<string, string | boolean>([
        ['userName', 'ines.moreau@brightwave.example'],
        ['active', true],
        ['displayName', 'Ines Moreau'],
        ['title', 'Account Executive'],
        ['name.familyName', 'Moreau'],
        [DEPARTMENT, 'None'],
        ['externalId', 'src-ines'],
      ]),
    })
  })

  test('an account found by the filter is brought up to date, creation-only rows aside', () => {
    expect(planUser(situation({ current: { ...HER_ACCOUNT, title: 'Trainee' } }))).toEqual({
      kind: 'update',
      targetId: '5b1e77c0',
      changes: [{ path: 'title', before: 'Trainee', after: 'Account Executive' }],
    })
  })

  test('someone whose account already agrees is left alone', () => {
    expect(planUser(linked())).toEqual({ kind: 'skip', reason: 'RedundantExport', targetId: '5b1e77c0' })
  })

  test('a value cleared in the source does not clear the target', () => {
    const { jobTitle: _, ...without } = INES
    expect(planUser(linked({ source: without }))).toMatchObject({ kind: 'skip', reason: 'RedundantExport' })
  })

  test('a row that always flows is written though nothing differs', () => {
    const [first, ...rest] = USERS.attributeMappings
    if (first === undefined) throw new Error('There are rows.')
    const rows: readonly AttributeMapping[] = [first, ...rest].map((row) =>
      row.targetAttributeName === 'title' ? { ...row, flowBehavior: 'FlowAlways' } : row,
    )
    expect(planUser(linked({ mapping: { ...USERS, attributeMappings: rows } }))).toEqual({
      kind: 'update',
      targetId: '5b1e77c0',
      changes: [{ path: 'title', before: 'Account Executive', after: 'Account Executive' }],
    })
  })

  test('the documented fault of Switch blanks its target when only others change', () => {
    const rows = USERS.attributeMappings.map((row): AttributeMapping => {
      if (row.targetAttributeName !== 'title') return row
      return {
        ...row,
        source: { type: 'Function', expression: 'Switch([jobTitle], "Staff", "AE", "Account Executive")' },
      }
    })
    const moved = linked({
      mapping: { ...USERS, attributeMappings: rows },
      source: { ...INES, jobTitle: 'AE', surname: 'Petit' },
    })
    const changes = [{ path: 'name.familyName', before: 'Moreau', after: 'Petit' }]
    expect(planUser(moved)).toMatchObject({ kind: 'update', changes })
    const policy = { onUnassign: 'disable', switchBug: true } as const
    expect(planUser({ ...moved, policy })).toMatchObject({
      kind: 'update',
      changes: [...changes, { path: 'title', before: 'Account Executive', after: '' }],
    })
    const still = { ...moved, policy, source: { ...INES, jobTitle: 'AE' } }
    expect(planUser(still)).toMatchObject({ kind: 'skip', reason: 'RedundantExport' })
    const promoted = { ...moved, policy, source: { ...INES, jobTitle: 'Lead' } }
    expect(planUser(promoted)).toMatchObject({ changes: [{ path: 'title', after: 'Staff' }] })
  })

  test.each([
    ['unassigned', { facts: UNASSIGNED }, false],
    ['out of the scoping filter', { facts: { ...IN, passesScopingFilter: false } }, false],
    ['blocked', { facts: BLOCKED }, true],
    ['in the recycle bin', { facts: BLOCKED, presence: 'soft-deleted' }, true],
  ] as const)('someone %s has the account switched off and nothing else changed', (_, changes, staysManaged) => {
    const given = linked({ ...changes, source: { ...INES, jobTitle: 'Former' } })
    expect(planUser(given)).toEqual({
      kind: 'disable',
      targetId: '5b1e77c0',
      changes: [{ path: 'active', before: true, after: false }],
    })
    expect(isManagedAfter(given)).toBe(staysManaged)
  })

  test('switching off is sent once', () => {
    const disabled = { ...HER_ACCOUNT, active: false }
    expect(planUser(linked({ facts: UNASSIGNED, current: disabled }))).toMatchObject({
      kind: 'skip',
      reason: 'RedundantExport',
    })
  })

  test('someone who comes back has the account switched on, and is managed again', () => {
    const back = linked({ link: { ...LINK, managed: false }, current: { ...HER_ACCOUNT, active: false } })
    expect(planUser(back)).toEqual({
      kind: 'update',
      targetId: '5b1e77c0',
      changes: [{ path: 'active', before: false, after: true }],
    })
    expect(isManagedAfter(back)).toBe(true)
  })

  test('a hard delete deletes while the account is still managed', () => {
    expect(planUser(linked({ presence: 'hard-deleted', facts: UNASSIGNED, source: {}, current: null }))).toEqual({
      kind: 'delete',
      targetId: '5b1e77c0',
    })
  })

  test('a hard delete of someone unassigned before sends nothing', () => {
    const gone = linked({ presence: 'hard-deleted', facts: UNASSIGNED, source: {}, link: { ...LINK, managed: false } })
    expect(planUser(gone)).toEqual({ kind: 'skip', reason: 'NotEffectivelyEntitled', targetId: '5b1e77c0' })
  })

  test('someone blocked before ever being provisioned is not created', () => {
    expect(planUser(situation({ facts: BLOCKED }))).toEqual({ kind: 'skip', reason: 'NotEffectivelyEntitled' })
  })

  test('someone without a value to match by is skipped', () => {
    const { userPrincipalName: _, ...nameless } = INES
    expect(planUser(situation({ source: nameless }))).toEqual({ kind: 'skip', reason: 'ImportSkipped' })
  })

  test('without a mapping for the state of the account a leaver keeps it', () => {
    const mapping = { ...USERS, attributeMappings: USERS.attributeMappings.filter((row) => row !== ACTIVE) }
    expect(planUser(linked({ mapping, facts: UNASSIGNED }))).toMatchObject({
      kind: 'skip',
      reason: 'EntrySynchronizationSkipped',
    })
  })

  test.each([
    ['Create', situation({ mapping: withActions({ create: false }) })],
    ['Update', linked({ mapping: withActions({ update: false }), source: { ...INES, jobTitle: 'Lead' } })],
    ['Update, for a leaver', linked({ mapping: withActions({ update: false }), facts: UNASSIGNED })],
    [
      'Delete',
      linked({ mapping: withActions({ delete: false }), presence: 'hard-deleted', facts: UNASSIGNED, source: {} }),
    ],
  ])('an unticked %s keeps the verb from being sent', (_, given) => {
    expect(planUser(given)).toMatchObject({ kind: 'skip', reason: 'EntrySynchronizationSkipped' })
  })

  test('a target without disabled accounts gets a DELETE instead', () => {
    expect(planUser(linked({ facts: UNASSIGNED, policy: { onUnassign: 'delete' } }))).toEqual({
      kind: 'delete',
      targetId: '5b1e77c0',
    })
  })
})

/** A person in the target as paths and values, so that a plan can be applied without a server. */
interface World {
  readonly account: TargetAttributes | null
  readonly link: KnownLink | null
}

function seenIn(world: World): Pick<ObjectSituation, 'link' | 'current'> {
  return {
    link: world.link,
    current: world.account === null ? null : { id: 'acc', ...buildResource('User', world.account) },
  }
}

function applied(world: World, action: UserAction, given: ObjectSituation): World {
  const link: KnownLink = { targetId: 'acc', managed: isManagedAfter(given) }
  switch (action.kind) {
    case 'create':
      return { account: action.attributes, link }
    case 'update':
    case 'disable': {
      const changed = action.changes.map((change) => [change.path, change.after] as const)
      return { account: new Map([...(world.account ?? []), ...changed]), link }
    }
    case 'delete':
      return { account: null, link: null }
    case 'skip':
      return { account: world.account, link: action.targetId === undefined ? world.link : link }
  }
}

const anyName = fc.constantFrom('Ines', 'ines', 'Ana O"Hara', 'Łukasz', ' ', '')
const anySource: fc.Arbitrary<SourceAttributes> = fc.record(
  {
    objectId: anyName,
    userPrincipalName: anyName,
    displayName: anyName,
    jobTitle: anyName,
    mail: anyName,
    surname: anyName,
    department: anyName,
  },
  { requiredKeys: [] },
)
const anyFacts: fc.Arbitrary<ScopeFacts> = fc.record({
  isActive: fc.boolean(),
  isAssigned: fc.boolean(),
  hasRequiredRole: fc.boolean(),
  passesScopingFilter: fc.boolean(),
  syncsAll: fc.boolean(),
})
const anyAccount = fc.option(
  fc
    .dictionary(
      fc.constantFrom('userName', 'displayName', 'title', 'name.familyName', 'externalId', DEPARTMENT),
      anyName,
    )
    .map(
      (values): TargetAttributes => new Map<string, string | boolean>([['active', true], ...Object.entries(values)]),
    ),
)
const anyWorld = fc.record({ account: anyAccount, managed: fc.option(fc.boolean()) }).map(
  ({ account: present, managed }): World => ({
    account: present,
    link: managed === null ? null : { targetId: 'acc', managed },
  }),
)
const anySituation = fc.record({
  mapping: fc
    .record({ create: fc.boolean(), update: fc.boolean(), delete: fc.boolean() })
    .map((actions) => withActions(actions)),
  source: anySource,
  presence: fc.constantFrom('live', 'soft-deleted', 'hard-deleted' as const),
  facts: anyFacts,
  policy: fc.record({ onUnassign: fc.constantFrom('disable', 'delete', 'nothing' as const) }),
})
const MAPPED = new Set(USERS.attributeMappings.map((row) => row.targetAttributeName))

describe('laws of planUser', () => {
  test('a second cycle over an unchanged directory has nothing to do', () => {
    fc.assert(
      fc.property(anySituation, anyWorld, (given, world) => {
        const before: ObjectSituation = { ...given, ...seenIn(world) }
        const after = applied(world, planUser(before), before)
        const again = planUser({ ...given, ...seenIn(after) })
        expect(again.kind).toBe('skip')
      }),
    )
  })

  test('a plan names only attributes that are mapped', () => {
    fc.assert(
      fc.property(anySituation, anyWorld, (given, world) => {
        const action = planUser({ ...given, ...seenIn(world) })
        const named =
          action.kind === 'create'
            ? [...action.attributes.keys()]
            : 'changes' in action
              ? action.changes.map((change) => change.path)
              : []
        expect(named.filter((path) => !MAPPED.has(path))).toEqual([])
      }),
    )
  })

  test('whoever is out of scope is never created nor updated, and nobody unmanaged is touched', () => {
    fc.assert(
      fc.property(anySituation, anyWorld, (given, world) => {
        const facts = { ...given.facts, isActive: false }
        const action = planUser({ ...given, facts, ...seenIn(world) })
        expect(['disable', 'delete', 'skip']).toContain(action.kind)
        if (world.link?.managed !== true) expect(action.kind).toBe('skip')
      }),
    )
  })
})

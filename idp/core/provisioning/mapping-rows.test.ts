import { describe, expect, test } from 'vitest'
import { buildResource } from './build-resource.ts'
import { mapAttributes, matchingAttributes } from './map-attributes.ts'
import { planUser } from './plan-user.ts'
import type { AttributeDefinition, AttributeMapping, ObjectMapping, SourceAttributes, TargetResource } from './types.ts'

/** Reference sheet 5.1 and 5.2, row by row: one person, one mapping, what a cycle would write. */

type Row = Partial<AttributeMapping> & Pick<AttributeMapping, 'targetAttributeName'>

function row(fields: Row): AttributeMapping {
  return { source: { type: 'Attribute', name: 'jobTitle' }, matchingPriority: 0, flowType: 'Always', ...fields }
}
const copy = (name: string, targetAttributeName: string, more: Partial<AttributeMapping> = {}): AttributeMapping =>
  row({ source: { type: 'Attribute', name }, targetAttributeName, ...more })

const USER_NAME = copy('userPrincipalName', 'userName', { matchingPriority: 1 })
const INES: SourceAttributes = { userPrincipalName: 'ines.moreau@brightwave.example', jobTitle: 'Agent' }

interface Case {
  readonly rows: readonly AttributeMapping[]
  readonly source?: SourceAttributes
  /** What the target shows besides the user name; absent: there is no account. */
  readonly shows?: Readonly<Record<string, string>>
  readonly actions?: Partial<ObjectMapping['actions']>
  readonly definitions?: readonly AttributeDefinition[]
}

/** The plan as `create path=value, …`, `update …` or `skip reason`; the user name is left out. */
function plan({ rows, source = INES, shows, actions, definitions = [] }: Case): string {
  const current: TargetResource | null =
    shows === undefined
      ? null
      : {
          id: 'x',
          ...buildResource('User', new Map(Object.entries({ userName: String(INES['userPrincipalName']), ...shows }))),
        }
  const action = planUser({
    mapping: {
      name: 'Users',
      enabled: true,
      sourceObjectName: 'User',
      targetObjectName: 'User',
      scopingFilters: [],
      targetAttributes: definitions,
      actions: { create: true, update: true, delete: true, ...actions },
      attributeMappings: [USER_NAME, ...rows],
    },
    source,
    presence: 'live',
    facts: { isActive: true, isAssigned: true, hasRequiredRole: true, passesScopingFilter: true },
    link: null,
    current,
    policy: { onUnassign: 'disable' },
  })
  switch (action.kind) {
    case 'create':
      return `create ${[...action.attributes].flatMap(([path, value]) => (path === 'userName' ? [] : [`${path}=${String(value)}`])).join(', ')}`
    case 'update':
      return `update ${action.changes.map(({ path, after }) => `${path}=${String(after)}`).join(', ')}`
    case 'skip':
      return `skip ${action.reason}`
    case 'disable':
    case 'delete':
      return action.kind
  }
}

const SAME = 'skip RedundantExport'

describe('5.1 types and properties', () => {
  test('Mapping type Direct: copy source attribute', () => {
    expect(plan({ rows: [copy('jobTitle', 'title')] })).toBe('create title=Agent')
  })

  test('Mapping type Constant: literal string', () => {
    const rows = [row({ source: { type: 'Constant', value: '[jobTitle]' }, targetAttributeName: 'title' })]
    expect(plan({ rows })).toBe('create title=[jobTitle]')
  })

  test('Mapping type Expression: function result', () => {
    const source = { type: 'Function', expression: 'ToUpper([jobTitle], )' } as const
    expect(plan({ rows: [row({ source, targetAttributeName: 'title' })] })).toBe('create title=AGENT')
  })

  test('Mapping type None: leave target alone; if target is empty write the default', () => {
    const rows = [row({ source: { type: 'None' }, targetAttributeName: 'title', defaultValue: 'Staff' })]
    expect(plan({ rows, shows: { title: 'By hand' } })).toBe(SAME)
    expect(plan({ rows, shows: {} })).toBe('update title=Staff')
  })

  test('Default value if null (optional): used on create only', () => {
    const rows = [copy('department', 'title', { defaultValue: 'Staff' })]
    expect(plan({ rows })).toBe('create title=Staff')
    expect(plan({ rows, shows: {} })).toBe(SAME)
  })

  test('Match objects using this attribute, Matching precedence 1..n: lowest first, 0 does not match', () => {
    const rows = [copy('a', 'x', { matchingPriority: 3 }), copy('b', 'y'), copy('c', 'z', { matchingPriority: 2 })]
    expect(matchingAttributes([...rows, USER_NAME]).map((each) => each.targetAttributeName)).toEqual([
      'userName',
      'z',
      'x',
    ])
  })

  test('Apply this mapping Always / Only during object creation', () => {
    const once = [copy('jobTitle', 'title', { flowType: 'ObjectAddOnly' })]
    expect(plan({ rows: once })).toBe('create title=Agent')
    expect(plan({ rows: once, shows: { title: 'Old' } })).toBe(SAME)
    expect(plan({ rows: [copy('jobTitle', 'title')], shows: { title: 'Old' } })).toBe('update title=Agent')
  })

  test('flowBehavior FlowWhenChanged (default) / FlowAlways', () => {
    const shows = { title: 'Agent' }
    expect(plan({ rows: [copy('jobTitle', 'title')], shows })).toBe(SAME)
    expect(plan({ rows: [copy('jobTitle', 'title', { flowBehavior: 'FlowAlways' })], shows })).toBe(
      'update title=Agent',
    )
  })

  test.each(['ValueAddOnly', 'AttributeAddOnly'] as const)(
    'other flow types, %s: only while no value is shown',
    (flowType) => {
      const rows = [copy('jobTitle', 'title', { flowType })]
      expect(plan({ rows, shows: {} })).toBe('update title=Agent')
      expect(plan({ rows, shows: { title: 'Old' } })).toBe(SAME)
    },
  )

  test('other flow types, MultiValueAddOnly: values are added and none taken away', () => {
    const roles: AttributeDefinition = {
      name: 'roles',
      type: 'String',
      primaryKey: false,
      required: false,
      multiValued: true,
      caseExact: false,
      referencedObjects: [],
    }
    const values = mapAttributes(
      [copy('held', 'roles', { flowType: 'MultiValueAddOnly' })],
      { held: ['a'] },
      'update',
      {
        definitions: [roles],
      },
    )
    expect(values.get('roles')).toMatchObject({ mode: 'add' })
  })

  test('Target Object Actions Create/Update: verb gates', () => {
    const rows = [copy('jobTitle', 'title')]
    expect(plan({ rows, actions: { create: false } })).toBe('skip EntrySynchronizationSkipped')
    expect(plan({ rows, shows: {}, actions: { update: false } })).toBe('skip EntrySynchronizationSkipped')
    expect(plan({ rows, shows: {}, actions: { create: false } })).toBe('update title=Agent')
  })
})

describe('5.2 value rules', () => {
  test('null never flows: a cleared value leaves the old one in the app', () => {
    expect(plan({ rows: [copy('mobile', 'title')], shows: { title: 'Kept' } })).toBe(SAME)
  })

  test('an attribute that is null on the source is skipped: no key at creation', () => {
    expect(plan({ rows: [copy('mobile', 'nickName'), copy('jobTitle', 'title')] })).toBe('create title=Agent')
  })

  test('comparison is case-insensitive unless Exact case? is true', () => {
    const rows = [
      row({ source: { type: 'Function', expression: 'ToLower([jobTitle], )' }, targetAttributeName: 'title' }),
    ]
    const exact: AttributeDefinition = {
      name: 'title',
      type: 'String',
      primaryKey: false,
      required: false,
      multiValued: false,
      caseExact: true,
      referencedObjects: [],
    }
    expect(plan({ rows, shows: { title: 'Agent' } })).toBe(SAME)
    expect(plan({ rows, shows: { title: 'Agent' }, definitions: [exact] })).toBe('update title=agent')
  })

  test('every object needs a value for at least one matching attribute, else ImportSkipped', () => {
    expect(plan({ rows: [copy('jobTitle', 'title')], source: { jobTitle: 'Agent' } })).toBe('skip ImportSkipped')
    const second = copy('mail', 'externalId', { matchingPriority: 2 })
    expect(plan({ rows: [second], source: { mail: 'ines@brightwave.example' } })).toBe(
      'create externalId=ines@brightwave.example',
    )
  })

  test('multi-value targets are addressed by type: each in its own element', () => {
    const rows = [
      copy('jobTitle', 'phoneNumbers[type eq "work"].value'),
      copy('jobTitle', 'phoneNumbers[type eq "mobile"].value'),
    ]
    expect(plan({ rows, shows: { 'phoneNumbers[type eq "work"].value': 'Agent' } })).toBe(
      'update phoneNumbers[type eq "mobile"].value=Agent',
    )
  })
})

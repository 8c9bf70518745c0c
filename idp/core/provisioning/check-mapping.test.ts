import { describe, expect, test } from 'vitest'
import { checkAttributeDefinition, checkAttributeList } from './check-attribute-list.ts'
import { checkMapping } from './check-mapping.ts'
import { LONGEST_EXPRESSION } from './expression/parser.ts'
import type { AttributeDefinition, AttributeMapping, MappingSource, ObjectMapping } from './types.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const attribute = (name: string, more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  name,
  type: 'String',
  primaryKey: false,
  required: false,
  multiValued: false,
  caseExact: false,
  referencedObjects: [],
  ...more,
})

const SOURCE: readonly AttributeDefinition[] = [
  attribute('mail'),
  attribute('proxyAddresses', { multiValued: true }),
  attribute('manager', { type: 'Reference', referencedObjects: ['User'] }),
]
const TARGET: readonly AttributeDefinition[] = [
  attribute('id', { primaryKey: true, required: true }),
  attribute('userName', { required: true }),
  attribute('active', { type: 'Boolean' }),
  attribute('title'),
  attribute('emails[type eq "work"].value'),
  attribute('roles', { multiValued: true }),
  attribute(`${ENTERPRISE}:manager`, { type: 'Reference', referencedObjects: ['User'] }),
  attribute(`${ENTERPRISE}:buddy`, { type: 'Reference', referencedObjects: ['User'] }),
]

const row = (targetAttributeName: string, more: Partial<AttributeMapping> = {}): AttributeMapping => ({
  source: { type: 'Attribute', name: 'mail' },
  targetAttributeName,
  matchingPriority: 0,
  flowType: 'Always',
  ...more,
})
const from = (source: MappingSource): Partial<AttributeMapping> => ({ source })
const calculated = (expression: string) => from({ type: 'Function', expression })

const mapping = (rows: readonly AttributeMapping[], more: Partial<ObjectMapping> = {}): ObjectMapping => ({
  name: 'Users',
  enabled: true,
  sourceObjectName: 'User',
  targetObjectName: 'User',
  scopingFilters: [],
  targetAttributes: TARGET,
  actions: { create: true, update: true, delete: true },
  attributeMappings: rows,
  ...more,
})

const matched = row('userName', { matchingPriority: 1 })

describe('checkMapping', () => {
  test('a mapping that can be saved has no problems', () => {
    const rows = [
      matched,
      row('EMAILS[type eq "work"].value'),
      row(`${ENTERPRISE}:manager`, from({ type: 'Attribute', name: 'manager' })),
      row('title', { ...from({ type: 'None' }), flowType: 'AttributeAddOnly' }),
      row('roles', { ...calculated('Split([mail], "@")'), flowType: 'MultiValueAddOnly' }),
      row('active', {
        ...calculated('Not([extension_0123456789abcdef0123456789abcdef_isLeaver])'),
        defaultValue: 'true',
      }),
    ]
    expect(checkMapping(mapping(rows), SOURCE)).toEqual([])
    expect(checkMapping(mapping(rows))).toEqual([])
  })

  test('users are mapped and matched by something; groups may be switched off', () => {
    expect(checkMapping(mapping([row('userName')], { enabled: false })).map((each) => each.message)).toEqual([
      'The mapping of users cannot be disabled.',
      'At least one attribute must be used to match objects.',
    ])
    expect(checkMapping(mapping([matched], { enabled: false, sourceObjectName: 'Group' }))).toEqual([])
  })

  test('what the target requires must be mapped, its key excepted', () => {
    expect(checkMapping(mapping([row('title', { matchingPriority: 1 })]))).toEqual([
      { message: 'The target attribute userName is required and must be mapped.' },
    ])
  })

  test('source names are looked up with their case, when the source is known', () => {
    const typo = mapping([matched, row('title', from({ type: 'Attribute', name: 'Mail' }))])
    expect(checkMapping(typo)).toEqual([])
    expect(checkMapping(typo, SOURCE)).toEqual([
      { row: 1, message: 'There is no source attribute Mail. Names are case-sensitive: write mail.' },
    ])
  })

  test.each([
    ['the primary key', row('ID'), 'The target attribute ID belongs to the app and cannot be mapped.'],
    ['a target twice', row('USERNAME'), 'The target attribute USERNAME is mapped more than once.'],
    [
      'a path of no known form',
      row('emails[type]'),
      'The target attribute emails[type] cannot be read. Write name, name.part, name[type eq "work"].part or urn:…:name.',
    ],
    [
      'an attribute the app is not known to have',
      row('nickName'),
      'The target attribute nickName is not in the list of the app’s attributes. Add it there first.',
    ],
    ['half a precedence', row('title', { matchingPriority: 1.5 }), 'The matching precedence is a whole number from 1.'],
    ['a precedence twice', row('title', { matchingPriority: 1 }), 'The matching precedence 1 is given more than once.'],
    [
      'matching by a list of the target',
      row('roles', { matchingPriority: 2 }),
      'Objects cannot be matched by roles: only a single value can be looked for.',
    ],
    [
      'matching by a list of the source',
      row('title', { ...from({ type: 'Attribute', name: 'proxyAddresses' }), matchingPriority: 2 }),
      'Objects cannot be matched by proxyAddresses, which may have several values.',
    ],
    [
      'matching by nothing',
      row('title', { ...from({ type: 'None' }), matchingPriority: 2 }),
      'Objects cannot be matched by an attribute that is mapped from nothing.',
    ],
    ['no source', row('title', from({ type: 'Attribute', name: ' ' })), 'A source attribute is required.'],
    [
      'an unknown source',
      row('title', from({ type: 'Attribute', name: 'shoeSize' })),
      'There is no source attribute shoeSize.',
    ],
    ['no constant', row('title', from({ type: 'Constant', value: '' })), 'A constant value is required.'],
    [
      'an unknown function',
      row('title', calculated('ToLower(Shout([mail]))')),
      'At character 9: There is no function Shout.',
    ],
    [
      'an unknown source in an expression',
      row('title', calculated('IIF([mail] = [Mail], "a", "b")')),
      'At character 14: There is no source attribute Mail. Names are case-sensitive: write mail.',
    ],
    [
      'an expression beyond the limit',
      row('title', calculated(`ToLower("${'x'.repeat(LONGEST_EXPRESSION)}")`)),
      'At character 10001: An expression has at most 10000 characters.',
    ],
    [
      'a function for directories',
      row('title', calculated('SelectUniqueValue([mail], "x")')),
      'At character 1: SelectUniqueValue is for provisioning into a directory, not into an app.',
    ],
    [
      'adding to an attribute with one value',
      row('title', { flowType: 'MultiValueAddOnly' }),
      'MultiValueAddOnly is for attributes with several values; title has one.',
    ],
    [
      'a default that is no boolean',
      row('active', { defaultValue: 'yes' }),
      'The default value of active is True or False.',
    ],
    [
      'a reference from a text',
      row(`${ENTERPRISE}:manager`),
      `${ENTERPRISE}:manager is a reference: map it directly from an attribute that is one.`,
    ],
    [
      'a reference from an expression',
      row(`${ENTERPRISE}:manager`, calculated('Coalesce([manager], "x")')),
      `${ENTERPRISE}:manager is a reference: map it directly from an attribute that is one.`,
    ],
    [
      'a reference that has no pass',
      row(`${ENTERPRISE}:buddy`, from({ type: 'Attribute', name: 'manager' })),
      `${ENTERPRISE}:buddy cannot be written: of the references of an app only manager and members can.`,
    ],
  ])('%s is refused and the row named', (_, broken, message) => {
    expect(checkMapping(mapping([matched, broken]), SOURCE)).toEqual([{ row: 1, message }])
  })
})

describe('the list of the app’s attributes', () => {
  const BADGE = attribute('urn:ietf:params:scim:schemas:extension:Acme:2.0:User:badge')
  const users = { kind: 'User', existing: TARGET } as const

  test.each([
    BADGE,
    attribute(`${ENTERPRISE}:floor`, { type: 'Integer' }),
    attribute('phoneNumbers[type eq "pager"].value'),
    attribute('roles[primary eq "True"].value'),
  ])('$name may be added', (definition) => {
    expect(checkAttributeDefinition(definition, users)).toBeUndefined()
  })

  const FORM =
    'Write the name as urn:ietf:params:scim:schemas:extension:<Name>:2.0:User:<attribute> or as an element of a list, such as phoneNumbers[type eq "pager"].value.'
  test.each([
    [attribute('TITLE'), 'The attribute TITLE is in the list already.'],
    [attribute('badge'), FORM],
    [attribute('urn:acme:badge'), FORM],
    [attribute('urn:ietf:params:scim:schemas:extension:Acme:2.0:Group:badge'), FORM],
    [attribute('urn:ietf:params:scim:schemas:extension:Acme:2.0:User:badge.number'), FORM],
    [attribute('things[type eq "work"].value'), FORM],
    [
      attribute('emails[type eq "home"]'),
      'Name the part of emails[type eq "home"] that is written, such as emails[type eq "home"].value.',
    ],
    [{ ...BADGE, type: 'Reference' as const }, 'A custom attribute cannot be a reference.'],
    [{ ...BADGE, type: 'Binary' as const }, 'A custom attribute cannot be binary.'],
    [{ ...BADGE, multiValued: true }, 'A custom attribute has a single value.'],
    [{ ...BADGE, primaryKey: true }, 'The app has its primary key already.'],
    [{ ...BADGE, required: true }, 'A custom attribute cannot be required.'],
  ])('$name may not: %#', (definition, message) => {
    expect(checkAttributeDefinition(definition, users)).toBe(message)
  })

  test('a group’s attributes lie in extensions of groups', () => {
    const name = 'urn:ietf:params:scim:schemas:extension:Acme:2.0:Group:colour'
    expect(checkAttributeDefinition(attribute(name), { kind: 'Group', existing: [] })).toBeUndefined()
    expect(checkAttributeDefinition(BADGE, { kind: 'Group', existing: [] })).toBe(
      'Write the name as urn:ietf:params:scim:schemas:extension:<Name>:2.0:Group:<attribute>.',
    )
  })

  test('attributes come and go, but not those that are required or mapped', () => {
    const without = (...names: string[]) => TARGET.filter(({ name }) => !names.includes(name))
    expect(checkAttributeList(users, [...without('title'), BADGE], [matched])).toEqual([])
    expect(
      checkAttributeList(users, [...without('id', 'userName', 'title'), BADGE, BADGE, attribute('x')], [row('Title')]),
    ).toEqual([
      'The attribute id is required and cannot be removed.',
      'The attribute userName is required and cannot be removed.',
      'The attribute title is mapped and cannot be removed.',
      `The attribute ${BADGE.name} is in the list more than once.`,
      FORM,
    ])
  })

  test('traits may change, but not what the app requires', () => {
    const changed = TARGET.map((each) => (each.name === 'userName' ? { ...each, caseExact: true } : each))
    expect(checkAttributeList(users, changed, [])).toEqual([])
    const relaxed = TARGET.map((each) => (each.name === 'userName' ? { ...each, required: false } : each))
    expect(checkAttributeList(users, relaxed, [])).toEqual([
      'Whether userName is the key or required is for the app to say.',
    ])
  })
})

import { describe, expect, test } from 'vitest'
import { checkMapping } from '#idp/core/provisioning/check-mapping.ts'
import { diffAttributes } from '#idp/core/provisioning/diff-attributes.ts'
import { mapAttributes, matchingAttributes, referenceMapping } from '#idp/core/provisioning/map-attributes.ts'
import { checkScopingFilters } from '#idp/core/provisioning/scoping/check-filters.ts'
import { createScopingJudge } from '#idp/core/provisioning/scoping/judge.ts'
import type {
  AttributeDefinition,
  AttributeMapping,
  MappingSource,
  ObjectMapping,
  TargetResource,
} from '#idp/core/provisioning/types.ts'
import { CUSTOM_APP_DEFAULT_MAPPING } from './custom-app.ts'
import { DIALPAD_DEFAULT_MAPPING } from './default-mapping.ts'
import { ENTERPRISE_USER } from './mapping-rows.ts'

/** Rows of the reference sheet on attributes, 4.3 and 5.1 to 5.4, each by its own words. */

const row = (
  source: MappingSource,
  targetAttributeName: string,
  more: Partial<AttributeMapping> = {},
): AttributeMapping => ({ source, targetAttributeName, matchingPriority: 0, flowType: 'Always', ...more })
const copy = (name: string, target: string, more: Partial<AttributeMapping> = {}) =>
  row({ type: 'Attribute', name }, target, more)

const INES = { userPrincipalName: 'ines@brightwave.example', jobTitle: 'Lead', department: 'Sales' }
const onCreate = (...rows: readonly AttributeMapping[]) => Object.fromEntries(mapAttributes(rows, INES, 'create'))
const onUpdate = (...rows: readonly AttributeMapping[]) => Object.fromEntries(mapAttributes(rows, INES, 'update'))

const definition = (name: string, more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  name,
  type: 'String',
  primaryKey: false,
  required: false,
  multiValued: false,
  caseExact: false,
  referencedObjects: [],
  ...more,
})

const MATCHED = copy('userPrincipalName', 'userName', { matchingPriority: 1 })
const users = (changes: Partial<ObjectMapping>): ObjectMapping => ({
  ...DIALPAD_DEFAULT_MAPPING.users,
  attributeMappings: [MATCHED],
  targetAttributes: ['userName', 'title', 'id'].map((name) => definition(name)),
  ...changes,
})
const messages = (mapping: ObjectMapping): string =>
  checkMapping(mapping)
    .map(({ message }) => message)
    .join(' ')

describe('5.1 types and properties', () => {
  test('Mapping type Direct: copy source attribute', () => {
    expect(onCreate(copy('jobTitle', 'title'))).toEqual({ title: 'Lead' })
  })

  test('Constant: literal string', () => {
    expect(onUpdate(row({ type: 'Constant', value: 'Brightwave' }, 'title'))).toEqual({ title: 'Brightwave' })
  })

  test('Expression: function result', () => {
    const expression = 'Append([department], "!")'
    expect(onUpdate(row({ type: 'Function', expression }, 'title'))).toEqual({ title: 'Sales!' })
  })

  test('None: leave target alone; if target is empty write the default', () => {
    const none = row({ type: 'None' }, 'title', { defaultValue: 'Staff' })
    const shown: TargetResource = { id: '1', title: 'Chief' }
    expect(mapAttributes([none], INES, 'update', { current: shown }).size).toBe(0)
    expect([...mapAttributes([none], INES, 'update', { current: { id: '1' } })]).toEqual([['title', 'Staff']])
  })

  test('Default value if null: used on create only', () => {
    const mobile = copy('mobile', 'title', { defaultValue: 'none' })
    expect(onCreate(mobile)).toEqual({ title: 'none' })
    expect(onUpdate(mobile)).toEqual({})
  })

  test('Match objects using this attribute; Matching precedence 1..n: try in order', () => {
    const rows = [copy('mail', 'externalId', { matchingPriority: 2 }), copy('jobTitle', 'title'), MATCHED]
    expect(matchingAttributes(rows).map(({ targetAttributeName }) => targetAttributeName)).toEqual([
      'userName',
      'externalId',
    ])
  })

  test('Apply this mapping Always: create and update; Only during object creation: create', () => {
    const once = copy('jobTitle', 'title', { flowType: 'ObjectAddOnly' })
    expect(onCreate(once)).toEqual({ title: 'Lead' })
    expect(onUpdate(once, copy('department', 'nickName'))).toEqual({ nickName: 'Sales' })
  })

  test('Enabled Yes/No: groups can be disabled, users cannot', () => {
    expect(messages({ ...DIALPAD_DEFAULT_MAPPING.groups, enabled: false })).toBe('')
    expect(messages(users({ enabled: false }))).toContain('The mapping of users cannot be disabled.')
  })
})

describe('5.2 value rules', () => {
  test('Null never flows outbound: no key in POST, no op in PATCH', () => {
    const mobile = copy('mobile', 'phoneNumbers[type eq "mobile"].value')
    expect([onCreate(mobile), onUpdate(mobile)]).toEqual([{}, {}])
  })

  test('Comparison is case-insensitive unless Exact case?', () => {
    const desired = new Map([['title', 'LEAD']])
    const shown: TargetResource = { id: '1', title: 'Lead' }
    expect(diffAttributes(desired, shown, { definitions: [definition('title')] })).toEqual([])
    expect(diffAttributes(desired, shown, { definitions: [definition('title', { caseExact: true })] })).toHaveLength(1)
  })

  test('The primary key must not be mapped as a target', () => {
    const mapping = users({ attributeMappings: [MATCHED, copy('objectId', 'id')] })
    expect(messages(mapping)).toContain('id belongs to the app')
  })

  test('Expression length: 10,000 characters', () => {
    const expression = `Append("${'x'.repeat(10_000)}", "y")`
    const mapping = users({ attributeMappings: [MATCHED, row({ type: 'Function', expression }, 'title')] })
    expect(messages(mapping)).toMatch(/10,?000/)
  })

  test('Multi-value targets are addressed by their type', () => {
    const work = copy('jobTitle', 'phoneNumbers[type eq "work"].value')
    const shown: TargetResource = { id: '1', phoneNumbers: [{ type: 'home', value: 'Lead' }] }
    expect(diffAttributes(mapAttributes([work], INES, 'update'), shown)).toMatchObject([{ after: 'Lead' }])
  })
})

describe('5.4 and 5.5: default mappings', () => {
  const ROWS: readonly (readonly [string, string])[] = [
    ['userPrincipalName', 'userName'],
    ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active'],
    ['displayName', 'displayName'],
    ['jobTitle', 'title'],
    ['mail', 'emails[type eq "work"].value'],
    ['preferredLanguage', 'preferredLanguage'],
    ['givenName', 'name.givenName'],
    ['surname', 'name.familyName'],
    ['Join(" ", [givenName], [surname])', 'name.formatted'],
    ['physicalDeliveryOfficeName', 'addresses[type eq "work"].formatted'],
    ['streetAddress', 'addresses[type eq "work"].streetAddress'],
    ['city', 'addresses[type eq "work"].locality'],
    ['state', 'addresses[type eq "work"].region'],
    ['postalCode', 'addresses[type eq "work"].postalCode'],
    ['country', 'addresses[type eq "work"].country'],
    ['telephoneNumber', 'phoneNumbers[type eq "work"].value'],
    ['mobile', 'phoneNumbers[type eq "mobile"].value'],
    ['facsimileTelephoneNumber', 'phoneNumbers[type eq "fax"].value'],
    ['mailNickname', 'externalId'],
    ['employeeId', `${ENTERPRISE_USER}:employeeNumber`],
    ['department', `${ENTERPRISE_USER}:department`],
    ['manager', `${ENTERPRISE_USER}:manager`],
  ]
  const written = CUSTOM_APP_DEFAULT_MAPPING.users.attributeMappings

  test.each(ROWS)('%s → %s', (source, target) => {
    const found = written.find(({ targetAttributeName }) => targetAttributeName === target)
    const from = found?.source
    expect(from?.type === 'Attribute' ? from.name : from?.type === 'Function' && from.expression).toBe(source)
  })

  test('there are no others; matched by userName; the manager is a reference', () => {
    expect(written).toHaveLength(ROWS.length)
    expect(matchingAttributes(written).map(({ targetAttributeName }) => targetAttributeName)).toEqual(['userName'])
    expect(referenceMapping(written, 'manager')?.targetAttributeName).toBe(`${ENTERPRISE_USER}:manager`)
  })

  test('groups: displayName (1), objectId to externalId, members', () => {
    const rows = CUSTOM_APP_DEFAULT_MAPPING.groups.attributeMappings
    expect(rows.map(({ targetAttributeName, matchingPriority }) => [targetAttributeName, matchingPriority])).toEqual([
      ['displayName', 1],
      ['externalId', 0],
      ['members', 0],
    ])
  })

  test('Dialpad: no phone row', () => {
    const targets = DIALPAD_DEFAULT_MAPPING.users.attributeMappings.map(
      ({ targetAttributeName }) => targetAttributeName,
    )
    expect(targets.filter((target) => target.startsWith('phoneNumbers'))).toEqual([])
  })
})

describe('4.1 and 4.3 of scoping filters', () => {
  const filter = (attribute: string, operator: 'EQUALS' | 'NOT EQUALS' | 'IS NULL', value: string) => ({
    title: 'Filter',
    clauses: [{ attribute, operator, value }],
  })

  test('any clause on a null attribute is false, except IS NULL', () => {
    const passes = (operator: 'EQUALS' | 'NOT EQUALS' | 'IS NULL') =>
      createScopingJudge([filter('mobile', operator, operator === 'IS NULL' ? '' : 'x')])(INES).passes
    expect([passes('EQUALS'), passes('NOT EQUALS'), passes('IS NULL')]).toEqual([false, false, true])
  })

  test.each(['members', 'manager', 'userType', 'appRoleAssignments'])('not supported: %s', (name) => {
    const attributes = [
      { name: 'department', type: 'String', multiValued: false },
      {
        name,
        type: name === 'userType' ? 'String' : 'Reference',
        multiValued: name !== 'manager' && name !== 'userType',
      },
    ] as const
    expect(checkScopingFilters([filter(name, 'EQUALS', 'x')], attributes)).toMatchObject([{ field: 'attribute' }])
    expect(checkScopingFilters([filter('department', 'EQUALS', 'x')], attributes)).toEqual([])
  })

  test('new connectors have no filters: All records', () => {
    expect(CUSTOM_APP_DEFAULT_MAPPING.users.scopingFilters).toEqual([])
    expect(createScopingJudge([])(INES).passes).toBe(true)
  })
})

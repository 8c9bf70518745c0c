import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildResource } from './build-resource.ts'
import { diffAttributes } from './diff-attributes.ts'
import { mapAttributes, matchingAttributes, referenceMapping } from './map-attributes.ts'
import { buildMemberPatch, buildPatch } from './patch-dialect.ts'
import { redactionOf } from './redaction.ts'
import { parseTargetPath } from './target-path.ts'
import { readTargetValue, shownTarget } from './target-value.ts'
import type {
  AttributeDefinition,
  AttributeMapping,
  ObjectMapping,
  SourceAttributes,
  TargetAttributes,
  TargetList,
  TargetResource,
  TargetValue,
} from './types.ts'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const row = (name: string, targetAttributeName: string, more: Partial<AttributeMapping> = {}): AttributeMapping => ({
  source: { type: 'Attribute', name },
  targetAttributeName,
  matchingPriority: 0,
  flowType: 'Always',
  ...more,
})

const INES: TargetAttributes = new Map<string, TargetValue>([
  ['externalId', 'ines.moreau'],
  ['userName', 'ines.moreau@brightwave.example'],
  ['active', true],
  ['addresses[type eq "work"].formatted', 'Lyon Part-Dieu'],
  ['addresses[type eq "work"].locality', 'Lyon'],
  ['addresses[type eq "work"].country', 'FR'],
  ['displayName', 'Ines Moreau'],
  ['emails[type eq "work"].value', 'ines.moreau@brightwave.example'],
  ['name.formatted', 'Ines Moreau'],
  ['name.familyName', 'Moreau'],
  ['name.givenName', 'Ines'],
  ['phoneNumbers[type eq "work"].value', '+33 4 72 00 00 11'],
  ['preferredLanguage', 'fr-FR'],
  ['title', 'Account Executive'],
  [`${ENTERPRISE}:department`, 'Sales'],
  [`${ENTERPRISE}:employeeNumber`, 'BW-2041'],
])

const USERS_OF = (attributeMappings: readonly AttributeMapping[]): ObjectMapping => ({
  name: 'Users',
  enabled: true,
  sourceObjectName: 'User',
  targetObjectName: 'User',
  scopingFilters: [],
  targetAttributes: [],
  actions: { create: true, update: true, delete: true },
  attributeMappings,
})

describe('mapAttributes', () => {
  test('null and empty never flow; a default flows on creation only', () => {
    const mappings = [
      row('jobTitle', 'title', { defaultValue: 'Staff' }),
      row('mobile', 'phoneNumbers[type eq "mobile"].value'),
      row('empty', 'nickName'),
    ]
    expect([...mapAttributes(mappings, { empty: '' }, 'create')]).toEqual([['title', 'Staff']])
    expect([...mapAttributes(mappings, { empty: '' }, 'update')]).toEqual([])
  })

  test('a row for creation only is silent on update, and the order is the mapping’s', () => {
    const mappings = [
      row('b', 'title'),
      row('a', 'displayName', { flowType: 'ObjectAddOnly' }),
      row('', 'userType', { source: { type: 'Constant', value: 'Agent' } }),
      row('', 'locale', { source: { type: 'None' }, defaultValue: 'en' }),
    ]
    const source = { a: '1', b: '2' }
    expect([...mapAttributes(mappings, source, 'create')]).toEqual([
      ['title', '2'],
      ['displayName', '1'],
      ['userType', 'Agent'],
      ['locale', 'en'],
    ])
    expect([...mapAttributes(mappings, source, 'update').keys()]).toEqual(['title', 'userType'])
  })

  test('active is a boolean, whatever text the mapping makes', () => {
    const active = row('', 'active', {
      source: { type: 'Function', expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")' },
    })
    expect(mapAttributes([active], { IsSoftDeleted: true }, 'update').get('active')).toBe(false)
    expect(mapAttributes([active], { IsSoftDeleted: false }, 'update').get('active')).toBe(true)
    expect(mapAttributes([row('x', 'active')], { x: 'maybe' }, 'update').get('active')).toBe('maybe')
  })

  test('references have their own pass', () => {
    const members = row('members', 'members')
    const manager = row('manager', `${ENTERPRISE}:manager`)
    expect(mapAttributes([members, manager], { members: ['1'], manager: '2' }, 'create').size).toBe(0)
    expect(referenceMapping([members, manager], 'manager')).toBe(manager)
    expect(referenceMapping([manager], 'members')).toBeUndefined()
  })

  test('matching attributes come in order of precedence', () => {
    const rows = [row('a', 'x', { matchingPriority: 2 }), row('b', 'y'), row('c', 'z', { matchingPriority: 1 })]
    expect(matchingAttributes(rows).map((each) => each.targetAttributeName)).toEqual(['z', 'x'])
  })
})

describe('mapAttributes by the definition of the target', () => {
  const definition = (name: string, more: Partial<AttributeDefinition>): AttributeDefinition => ({
    name,
    type: 'String',
    primaryKey: false,
    required: false,
    multiValued: false,
    caseExact: false,
    referencedObjects: [],
    ...more,
  })
  const definitions = [
    definition('floor', { type: 'Integer' }),
    definition('isAgent', { type: 'Boolean' }),
    definition('since', { type: 'DateTime' }),
    definition('photo', { type: 'Binary' }),
    definition('emails', { multiValued: true }),
    definition('tags', { multiValued: true }),
    definition('roles', { multiValued: true }),
  ]
  const mapped = (
    mappings: readonly AttributeMapping[],
    source: SourceAttributes,
    phase: 'create' | 'update' = 'create',
  ) => Object.fromEntries(mapAttributes(mappings, source, phase, { definitions }))

  test('values take the type of the attribute, and stay as mapped when they are none of it', () => {
    const rows = [row('floor', 'Floor'), row('flag', 'isAgent'), row('hired', 'since'), row('photo', 'photo')]
    expect(mapped(rows, { floor: '-017', flag: 'TRUE', hired: '3/2/2026 8:00:00 AM', photo: 'AAEC' })).toEqual({
      Floor: -17,
      isAgent: true,
      since: '2026-03-02T08:00:00Z',
      photo: 'AAEC',
    })
    expect(mapped(rows, { floor: 'first', flag: '1', hired: 'spring' })).toEqual({
      Floor: 'first',
      isAgent: '1',
      since: 'spring',
    })
    expect(mapped([row('floor', 'isAgent', { defaultValue: 'false' })], {})).toEqual({ isAgent: false })
  })

  test('of several values all flow to a list, and the first to anything else', () => {
    const rows = [
      row('mails', 'emails'),
      row('mails', 'nickName'),
      row('mails', 'tags', { flowType: 'MultiValueAddOnly' }),
    ]
    const elements = [{ value: 'a' }, { value: 'b' }]
    expect(mapped(rows, { mails: ['a', '', 'b', 'a'] })).toEqual({
      emails: { kind: 'list', mode: 'replace', elements },
      nickName: 'a',
      tags: { kind: 'list', mode: 'add', elements },
    })
    expect(mapped(rows, { mails: [] })).toEqual({})
  })

  test('a list replaces what else is there, unless values are only to be added', () => {
    const list = (mode: TargetList['mode'], ...values: string[]): TargetList => ({
      kind: 'list',
      mode,
      elements: values.map((value) => ({ value })),
    })
    const current = { id: '1', emails: [{ type: 'work', value: 'A' }, { value: 'c' }], tags: ['x'] }
    const changesTo = (path: string, value: TargetList) =>
      diffAttributes(new Map([[path, value]]), current, { definitions })
    expect(changesTo('emails', list('replace', 'c', 'a'))).toEqual([])
    expect(changesTo('emails', list('replace', 'a', 'b'))).toEqual([
      { path: 'emails', before: list('replace', 'A', 'c'), after: list('replace', 'a', 'b') },
    ])
    expect(changesTo('emails', list('add', 'a', 'b'))).toEqual([
      { path: 'emails', before: list('add', 'A', 'c'), after: list('add', 'b') },
    ])
    expect(changesTo('tags', list('add', 'X'))).toEqual([])
    const [change] = changesTo('tags', list('replace', 'y'))
    expect(change === undefined ? [] : buildPatch([change], 'legacy').Operations).toEqual([
      { op: 'Replace', path: 'tags', value: ['y'] },
    ])
    expect(shownTarget(list('add', 'a', 'b'))).toBe('a, b')
  })

  test('dates are compared as instants and numbers by their digits', () => {
    const desired = new Map<string, TargetValue>([
      ['since', '2026-03-02T08:00:00Z'],
      ['floor', 17],
    ])
    expect(
      diffAttributes(desired, { id: '1', since: '2026-03-02T10:00:00.000+02:00', floor: 17 }, { definitions }),
    ).toEqual([])
    expect(diffAttributes(desired, { id: '1', since: '2026-03-02', floor: '18' }, { definitions })).toEqual([
      { path: 'since', before: '2026-03-02', after: '2026-03-02T08:00:00Z' },
      { path: 'floor', before: '18', after: 17 },
    ])
  })

  test('a case-only difference flows where the attribute is case-exact, and nowhere else', () => {
    const desired = new Map([['title', 'lead']])
    expect(diffAttributes(desired, { id: '1', title: 'Lead' })).toEqual([])
    const exact = [definition('Title', { caseExact: true })]
    expect(diffAttributes(desired, { id: '1', title: 'Lead' }, { definitions: exact })).toHaveLength(1)
  })

  test('so it is with the values of a list', () => {
    const lists = [definition('tags', { multiValued: true })]
    const exact = [definition('tags', { multiValued: true, caseExact: true })]
    const desired = (definitions: typeof lists) =>
      mapAttributes([row('tags', 'tags')], { tags: ['Lead'] }, 'update', { definitions })
    const current = { id: '1', tags: ['lead'] }
    expect(diffAttributes(desired(lists), current, { definitions: lists })).toEqual([])
    expect(diffAttributes(desired(exact), current, { definitions: exact })).toHaveLength(1)
  })

  test('None writes its default wherever the target shows no value, and leaves any value alone', () => {
    const none = row('', 'locale', { source: { type: 'None' }, defaultValue: 'en' })
    const filled = (current: TargetResource | null) => [
      ...mapAttributes([none], {}, 'update', { definitions, current }),
    ]
    expect(filled({ id: '1' })).toEqual([['locale', 'en']])
    expect(filled({ id: '1', locale: 'fr' })).toEqual([])
    expect(filled(null)).toEqual([])
    expect(mapped([row('', 'locale', { source: { type: 'None' } })], {})).toEqual({})
  })

  test('rows that only add are silent once the target shows a value', () => {
    const rows = (['ValueAddOnly', 'AttributeAddOnly'] as const).map((flowType) => row('a', flowType, { flowType }))
    const current = { id: '1', ValueAddOnly: 'x' }
    expect([...mapAttributes(rows, { a: '1' }, 'update', { current }).keys()]).toEqual(['AttributeAddOnly'])
    expect([...mapAttributes(rows, { a: '1' }, 'create').keys()]).toEqual(['ValueAddOnly', 'AttributeAddOnly'])
  })

  test('IgnoreFlowIfNullOrEmpty drops the attribute, default and all', () => {
    const source = { type: 'Function', expression: 'IgnoreFlowIfNullOrEmpty([a])' } as const
    expect(mapped([row('', 'title', { source, defaultValue: 'Staff' })], { a: '' })).toEqual({})
    expect(mapped([row('', 'title', { source, defaultValue: 'Staff' })], { a: 'Lead' })).toEqual({ title: 'Lead' })
  })

  test('expressions get the time and the domain they are evaluated in', () => {
    const source = { type: 'Function', expression: 'Join(" ", Now(), DefaultDomain())' } as const
    const environment = { now: 0, random: () => 0, defaultDomain: 'brightwave.example' }
    const rows = [row('', 'title', { source })]
    expect(mapAttributes(rows, {}, 'update', { environment }).get('title')).toBe(
      '1/1/1970 12:00:00 AM brightwave.example',
    )
    expect(() => mapAttributes(rows, {}, 'update')).toThrow('Now: Neither time nor chance is known here.')
  })
})

describe('what a mapping redacts', () => {
  test('is hidden by source and target, in rows that copy it too', () => {
    const hidden = row('', 'title', {
      source: { type: 'Function', expression: 'ToLower(Redact(Append([pin], [salt])))' },
    })
    const { targets, sources } = redactionOf(USERS_OF([hidden, row('pin', 'nickName'), row('mail', 'userName')]))
    expect([...targets]).toEqual(['title', 'nickName'])
    expect([...sources]).toEqual(['pin', 'salt'])
  })

  test('is nothing when nothing is', () => {
    const named = row('', 'title', { source: { type: 'Function', expression: 'Append("Redact(", [mail])' } })
    expect(redactionOf(USERS_OF([named])).targets.size).toBe(0)
  })
})

describe('readTargetValue', () => {
  const resource: TargetResource = {
    id: '1',
    Active: 'False',
    name: { givenName: 'Ines', familyName: '' },
    emails: [
      { type: 'home', value: 'h@x.example' },
      { type: 'Work', value: 'w@x.example', primary: true },
    ],
    age: 3,
    [ENTERPRISE.toUpperCase()]: { department: 'Sales', manager: { value: '7', displayName: 'M' } },
  }

  test.each([
    ['active', false],
    ['name.givenName', 'Ines'],
    ['name.familyName', undefined],
    ['emails[type eq "work"].value', 'w@x.example'],
    ['emails[type eq "other"].value', undefined],
    ['emails.value', 'w@x.example'],
    ['emails', 'w@x.example'],
    ['age', '3'],
    [`${ENTERPRISE}:department`, 'Sales'],
    [`${ENTERPRISE}:manager`, '7'],
    [`${ENTERPRISE}:manager.displayName`, 'M'],
    ['nothing.here', undefined],
    ['constructor', undefined],
    ['not a path', undefined],
  ])('%s', (path, value) => {
    expect(readTargetValue(resource, path)).toBe(value)
  })
})

describe('diffAttributes', () => {
  test('case alone is no difference, but in an external id it is', () => {
    const desired = new Map([
      ['userName', 'INES@x.example'],
      ['externalId', 'AbC'],
      ['title', 'Lead'],
    ])
    expect(diffAttributes(desired, { id: '1', userName: 'ines@x.example', externalId: 'abc' })).toEqual([
      { path: 'externalId', before: 'abc', after: 'AbC' },
      { path: 'title', after: 'Lead' },
    ])
  })

  test('law: what was just created as mapped has no differences', () => {
    const paths = [...INES.keys()]
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...paths)), fc.string({ minLength: 1 }), (chosen, text) => {
        const desired = new Map<string, TargetValue>(chosen.map((path) => [path, path === 'active' ? true : text]))
        expect(diffAttributes(desired, { id: '1', ...buildResource('User', desired) })).toEqual([])
      }),
    )
  })
})

describe('bodies', () => {
  test('an extension of one’s own has a block and is not listed', () => {
    const body = buildResource('User', new Map([['urn:ietf:params:scim:schemas:extension:Acme:2.0:User:badge', '7']]))
    expect(body['schemas']).toHaveLength(2)
    expect(body['urn:ietf:params:scim:schemas:extension:Acme:2.0:User']).toEqual({ badge: '7' })
  })

  test('a mapped role is sent with the service’s type', () => {
    const body = buildResource('User', new Map([['roles[primary eq "True"].value', 'agent']]))
    expect(body['roles']).toEqual([{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'agent' }])
  })

  test('the compliant dialect adds apart from what it replaces', () => {
    const changes = [
      { path: 'nickName', after: 'Nes' },
      { path: 'phoneNumbers[type eq "mobile"].value', after: '+33 6 00 00 00 42' },
      { path: `${ENTERPRISE}:department`, before: 'Sales', after: 'Key Accounts' },
    ]
    expect(buildPatch(changes, 'compliant').Operations).toEqual([
      { op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '+33 6 00 00 00 42' },
      { op: 'add', value: { nickName: 'Nes' } },
      { op: 'replace', value: { [`${ENTERPRISE}:department`]: 'Key Accounts' } },
    ])
  })

  test('a manager is an operation of its own in both dialects, with its path and the bare id', () => {
    const path = `${ENTERPRISE}:manager`
    const changes = [{ path, after: '7c0d21aa' }]
    expect(buildPatch(changes, 'legacy').Operations).toEqual([{ op: 'Add', path, value: '7c0d21aa' }])
    expect(buildPatch(changes, 'compliant').Operations).toEqual([{ op: 'add', path, value: '7c0d21aa' }])
  })

  test('nothing to change makes no operations', () => {
    expect(buildPatch([], 'compliant').Operations).toEqual([])
    expect(buildMemberPatch({ add: [], remove: [] }, 'legacy').Operations).toEqual([])
  })
})

test.each(['', 'a b', 'urn:x', 'emails[type sw "w"].value', 'a.b.c', 'emails[type eq work].value'])(
  'the path %j is not of a form a mapping uses',
  (path) => {
    expect(parseTargetPath(path)).toBeUndefined()
  },
)

import fc from 'fast-check'
import SCIMMY from 'scimmy'
import { describe, expect, it, test } from 'vitest'
import { ENTERPRISE_USER_URN, GROUP_TYPE, USER_SCHEMA, USER_TYPE } from './core-schemas.ts'
import type { ScimType } from './errors.ts'
import type { JsonObject } from './json.ts'
import type { PatchOptions } from './patch.ts'
import { applyPatch } from './patch.ts'
import { PATCH_OP_URN, parsePatch } from './patch-request.ts'
import { defineAttribute, defineResourceType, extendSchema } from './schema.ts'

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const work = { type: 'work', value: 'w@x.example', primary: true }
const home = { type: 'home', value: 'h@x.example' }
const user = (rest: JsonObject = {}): JsonObject => ({ schemas: [CORE], id: '1', userName: 'ada', ...rest })

/** Everything a client off the RFC's path may need. */
const TOLERANT: PatchOptions = {
  stringBooleans: true,
  bareComplexValues: true,
  jsonStringValues: true,
  listForSingle: true,
  createMissingElement: true,
  removeByValue: true,
  ignoreMissingOnRemove: true,
  pathsAsKeys: true,
  passOverReadOnly: true,
}

function patch(source: JsonObject, operations: readonly unknown[], options: PatchOptions = {}, type = USER_TYPE) {
  const body = { schemas: [PATCH_OP_URN], Operations: operations }
  return applyPatch(source, parsePatch(body, { urns: type.urns }), type, options)
}

interface Case {
  readonly it: string
  readonly source?: JsonObject
  readonly ops: readonly unknown[]
  readonly target: JsonObject
  readonly changed: readonly string[]
  readonly options?: PatchOptions
}

const CASES: readonly Case[] = [
  {
    it: 'adds an attribute',
    ops: [{ op: 'add', path: 'nickName', value: 'Nes' }],
    target: { nickName: 'Nes' },
    changed: ['nickName'],
  },
  {
    it: 'takes op and attribute names in any case',
    ops: [{ op: 'Replace', path: 'DISPLAYNAME', value: 'Ada' }],
    target: { displayName: 'Ada' },
    changed: ['displayName'],
  },
  {
    it: 'replaces a sub-attribute and leaves the others',
    source: { name: { givenName: 'Ada', familyName: 'King' } },
    ops: [{ op: 'replace', path: 'name.familyName', value: 'Lovelace' }],
    target: { name: { givenName: 'Ada', familyName: 'Lovelace' } },
    changed: ['name.familyName'],
  },
  {
    it: 'replaces only the parts of a complex attribute that are given',
    source: { name: { givenName: 'Ada', familyName: 'King' } },
    ops: [{ op: 'replace', value: { name: { familyName: 'Lovelace' } } }],
    target: { name: { givenName: 'Ada', familyName: 'Lovelace' } },
    changed: ['name.familyName'],
  },
  {
    it: 'takes a part away that is given as null',
    source: { name: { givenName: 'Ada', familyName: 'King' } },
    ops: [{ op: 'replace', path: 'name', value: { familyName: null } }],
    target: { name: { givenName: 'Ada' } },
    changed: ['name.familyName'],
  },
  {
    it: 'takes an attribute away that is replaced by null',
    source: { title: 'Boss' },
    ops: [{ op: 'replace', path: 'title', value: null }],
    target: {},
    changed: ['title'],
  },
  {
    it: 'sets a boolean in a value without path',
    source: { active: true },
    ops: [{ op: 'replace', value: { active: false } }],
    target: { active: false },
    changed: ['active'],
  },
  {
    it: 'passes over read-only attributes in a value without path, where that is tolerated',
    ops: [{ op: 'replace', value: { id: '2', meta: {}, schemas: [], groups: [], displayName: 'Ada' } }],
    target: { displayName: 'Ada' },
    changed: ['displayName'],
    options: { passOverReadOnly: true },
  },
  {
    it: 'adds to a multi-valued attribute',
    source: { emails: [work] },
    ops: [{ op: 'add', path: 'emails', value: [home] }],
    target: { emails: [work, home] },
    changed: ['emails'],
  },
  {
    it: 'takes one value for a list of one',
    source: { emails: [work] },
    ops: [{ op: 'add', path: 'emails', value: home }],
    target: { emails: [work, home] },
    changed: ['emails'],
  },
  {
    it: 'does not double a value that is there',
    source: { emails: [work] },
    ops: [{ op: 'add', path: 'emails', value: [{ type: 'work', value: 'W@x.example' }] }],
    target: { emails: [{ ...work, value: 'W@x.example' }] },
    changed: ['emails'],
  },
  {
    it: 'changes nothing when the same value is added',
    source: { emails: [work] },
    ops: [{ op: 'add', path: 'emails', value: [work] }],
    target: { emails: [work] },
    changed: [],
  },
  {
    it: 'lets a new primary take over from the old one',
    source: { emails: [work] },
    ops: [{ op: 'add', path: 'emails', value: [{ ...home, primary: true }] }],
    target: {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
    changed: ['emails'],
  },
  {
    it: 'lets primary move through a filter',
    source: { emails: [work, home] },
    ops: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
    target: {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
    changed: ['emails'],
  },
  {
    it: 'replaces a sub-attribute of the selected element',
    source: { emails: [work, home] },
    ops: [{ op: 'replace', path: 'emails[type eq "work" and primary eq true].value', value: 'n@x.example' }],
    target: { emails: [{ ...work, value: 'n@x.example' }, home] },
    changed: ['emails'],
  },
  {
    it: 'replaces the selected element as a whole',
    source: { emails: [work, home] },
    ops: [{ op: 'replace', path: 'emails[type eq "home"]', value: { type: 'other', value: 'o@x.example' } }],
    target: { emails: [work, { type: 'other', value: 'o@x.example' }] },
    changed: ['emails'],
  },
  {
    it: 'removes the selected element',
    source: { emails: [work, home] },
    ops: [{ op: 'remove', path: 'emails[type eq "home"]' }],
    target: { emails: [work] },
    changed: ['emails'],
  },
  {
    it: 'unassigns the attribute with its last element',
    source: { emails: [home] },
    ops: [{ op: 'remove', path: 'emails[value eq "h@x.example"]' }],
    target: {},
    changed: ['emails'],
  },
  {
    it: 'removes a sub-attribute of the selected element',
    source: { emails: [work] },
    ops: [{ op: 'remove', path: 'emails[type eq "work"].primary' }],
    target: { emails: [{ type: 'work', value: 'w@x.example' }] },
    changed: ['emails'],
  },
  {
    it: 'creates the element a filter describes, where that is tolerated',
    ops: [{ op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+33600000042' }],
    target: { phoneNumbers: [{ type: 'mobile', value: '+33600000042' }] },
    changed: ['phoneNumbers'],
    options: { createMissingElement: true },
  },
  {
    it: 'creates with every eq-term of the filter and the given parts',
    ops: [{ op: 'replace', path: 'addresses[type eq "work" and primary eq true]', value: { locality: 'Lyon' } }],
    target: { addresses: [{ type: 'work', primary: true, locality: 'Lyon' }] },
    changed: ['addresses'],
    options: { createMissingElement: true },
  },
  {
    it: 'removes by a list of values, where that is tolerated',
    source: { emails: [work, home] },
    ops: [{ op: 'Remove', path: 'emails', value: [{ $ref: null, value: 'h@x.example' }] }],
    target: { emails: [work] },
    changed: ['emails'],
    options: { removeByValue: true, undescribedAttributes: 'ignore' },
  },
  {
    it: 'removes nothing for an empty list of values',
    source: { emails: [work] },
    ops: [{ op: 'remove', path: 'emails', value: [] }],
    target: { emails: [work] },
    changed: [],
    options: { removeByValue: true },
  },
  {
    it: 'reads booleans from texts, where that is tolerated',
    source: { active: true },
    ops: [{ op: 'Replace', path: 'active', value: 'False' }],
    target: { active: false },
    changed: ['active'],
    options: { stringBooleans: true },
  },
  {
    it: 'reads paths as keys, where that is tolerated',
    source: { name: { givenName: 'Ines', familyName: 'Moreau' } },
    ops: [
      {
        op: 'replace',
        value: {
          displayName: 'Ines M',
          'name.familyName': 'M',
          [`${ENTERPRISE_USER_URN}:department`]: 'Key Accounts',
        },
      },
    ],
    target: {
      schemas: [CORE, ENTERPRISE_USER_URN],
      name: { givenName: 'Ines', familyName: 'M' },
      displayName: 'Ines M',
      [ENTERPRISE_USER_URN]: { department: 'Key Accounts' },
    },
    changed: ['schemas', 'name.familyName', 'displayName', `${ENTERPRISE_USER_URN}:department`],
    options: { pathsAsKeys: true },
  },
  {
    it: 'reads a nested extension object',
    ops: [{ op: 'add', value: { [ENTERPRISE_USER_URN]: { department: 'Sales' } } }],
    target: { schemas: [CORE, ENTERPRISE_USER_URN], [ENTERPRISE_USER_URN]: { department: 'Sales' } },
    changed: ['schemas', `${ENTERPRISE_USER_URN}:department`],
  },
  {
    it: 'drops an extension with its last attribute',
    source: { schemas: [CORE, ENTERPRISE_USER_URN], [ENTERPRISE_USER_URN]: { department: 'Sales' } },
    ops: [{ op: 'remove', path: `${ENTERPRISE_USER_URN}:department` }],
    target: { schemas: [CORE] },
    changed: ['schemas', `${ENTERPRISE_USER_URN}:department`],
  },
  {
    it: 'removes an extension as a whole',
    source: { schemas: [CORE, ENTERPRISE_USER_URN], [ENTERPRISE_USER_URN]: { department: 'Sales', division: 'A' } },
    ops: [{ op: 'remove', path: ENTERPRISE_USER_URN }],
    target: { schemas: [CORE] },
    changed: ['schemas', `${ENTERPRISE_USER_URN}:department`, `${ENTERPRISE_USER_URN}:division`],
  },
  {
    it: 'points a reference elsewhere and drops what described the old target',
    source: {
      schemas: [CORE, ENTERPRISE_USER_URN],
      [ENTERPRISE_USER_URN]: { manager: { value: '7', $ref: '/Users/7', displayName: 'Bo' } },
    },
    ops: [{ op: 'Add', path: `${ENTERPRISE_USER_URN}:manager`, value: '8' }],
    target: { schemas: [CORE, ENTERPRISE_USER_URN], [ENTERPRISE_USER_URN]: { manager: { value: '8' } } },
    changed: [`${ENTERPRISE_USER_URN}:manager`],
    options: { bareComplexValues: true },
  },
  {
    it: 'takes a reference in a list of one',
    ops: [{ op: 'Add', path: `${ENTERPRISE_USER_URN}:manager`, value: [{ value: '8' }] }],
    target: { schemas: [CORE, ENTERPRISE_USER_URN], [ENTERPRISE_USER_URN]: { manager: { value: '8' } } },
    changed: ['schemas', `${ENTERPRISE_USER_URN}:manager`],
    options: { listForSingle: true },
  },
  {
    it: 'takes a reference away that is replaced by an empty text',
    source: { schemas: [CORE, ENTERPRISE_USER_URN], [ENTERPRISE_USER_URN]: { manager: { value: '7' } } },
    ops: [{ op: 'Replace', path: `${ENTERPRISE_USER_URN}:manager`, value: '' }],
    target: { schemas: [CORE] },
    changed: ['schemas', `${ENTERPRISE_USER_URN}:manager`],
    options: { bareComplexValues: true },
  },
  {
    it: 'takes a reference away whose value is empty',
    source: {
      schemas: [CORE, ENTERPRISE_USER_URN],
      [ENTERPRISE_USER_URN]: { manager: { value: '7', $ref: '/Users/7' } },
    },
    ops: [{ op: 'Replace', path: `${ENTERPRISE_USER_URN}:manager`, value: { value: '' } }],
    target: { schemas: [CORE] },
    changed: ['schemas', `${ENTERPRISE_USER_URN}:manager`],
    options: { bareComplexValues: true },
  },
  {
    it: 'reads an object from a text that holds one as JSON',
    ops: [{ op: 'Add', path: 'roles', value: '{"value":"agent","display":"Agent"}' }],
    target: { roles: [{ value: 'agent', display: 'Agent' }] },
    changed: ['roles'],
    options: { jsonStringValues: true },
  },
  {
    it: 'keeps undescribed attributes, where that is tolerated',
    ops: [{ op: 'add', value: { badge: { colour: 'red' } } }],
    target: { badge: { colour: 'red' } },
    changed: ['badge'],
    options: { undescribedAttributes: 'keep' },
  },
  {
    it: 'keeps the first spelling of an undescribed attribute',
    source: { badge: 'red' },
    ops: [{ op: 'replace', path: 'BADGE', value: 'blue' }],
    target: { badge: 'blue' },
    changed: ['badge'],
    options: { undescribedAttributes: 'keep' },
  },
  {
    it: 'drops undescribed attributes, where that is wanted',
    ops: [{ op: 'add', value: { badge: 'red' } }],
    target: {},
    changed: [],
    options: { undescribedAttributes: 'ignore' },
  },
  {
    it: 'removes nothing behind a filter that selects nothing, where that is tolerated',
    ops: [{ op: 'remove', path: 'emails[value eq "x"]' }],
    target: {},
    changed: [],
    options: { ignoreMissingOnRemove: true },
  },
]

describe('applying a PATCH', () => {
  test.each(CASES)('$it', ({ source = {}, ops, target, changed, options }) => {
    const before = user(source)
    const frozen = JSON.stringify(before)
    const result = patch(before, ops, options)
    expect(result.resource).toEqual(user(target))
    expect([...result.changed].sort()).toEqual([...changed].sort())
    expect(JSON.stringify(before)).toBe(frozen)
    if (changed.length === 0) expect(result.resource).toBe(before)
  })

  test.each(CASES)('$it, with everything else tolerated too', ({ source = {}, ops, target, options }) => {
    expect(patch(user(source), ops, { ...TOLERANT, ...options }).resource).toEqual(user(target))
  })
})

interface Refusal {
  readonly it: string
  readonly ops: readonly unknown[]
  readonly scimType: ScimType
  readonly source?: JsonObject
  readonly options?: PatchOptions
}

const REFUSALS: readonly Refusal[] = [
  { it: 'an unknown op', ops: [{ op: 'move', path: 'title', value: 'x' }], scimType: 'invalidSyntax' },
  { it: 'an operation that is no object', ops: ['add'], scimType: 'invalidSyntax' },
  { it: 'no operation', ops: [], scimType: 'invalidSyntax' },
  { it: 'a removal without path', ops: [{ op: 'remove' }], scimType: 'noTarget' },
  { it: 'an add without value', ops: [{ op: 'add', path: 'title' }], scimType: 'invalidValue' },
  { it: 'a value without path that is no object', ops: [{ op: 'add', value: 'x' }], scimType: 'invalidValue' },
  { it: 'a broken path', ops: [{ op: 'add', path: 'emails[', value: 'x' }], scimType: 'invalidPath' },
  { it: 'a path that is no text', ops: [{ op: 'add', path: 7, value: 'x' }], scimType: 'invalidPath' },
  { it: 'an unknown attribute in a path', ops: [{ op: 'add', path: 'shoe', value: 'x' }], scimType: 'invalidPath' },
  { it: 'an unknown sub-attribute', ops: [{ op: 'add', path: 'name.shoe', value: 'x' }], scimType: 'invalidPath' },
  { it: 'an unknown attribute in a value', ops: [{ op: 'add', value: { shoe: 'x' } }], scimType: 'invalidSyntax' },
  { it: 'an unknown schema', ops: [{ op: 'add', value: { 'urn:x:y': {} } }], scimType: 'invalidSyntax' },
  {
    it: 'a filter on a single value',
    ops: [{ op: 'remove', path: 'name[givenName eq "a"]' }],
    scimType: 'invalidPath',
  },
  {
    it: 'an unknown attribute in the filter',
    ops: [{ op: 'remove', path: 'emails[x eq "a"]' }],
    scimType: 'invalidFilter',
  },
  { it: 'a filter that selects nothing', ops: [{ op: 'remove', path: 'emails[type eq "x"]' }], scimType: 'noTarget' },
  {
    it: 'a replacement behind a filter that selects nothing',
    ops: [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'x' }],
    scimType: 'noTarget',
  },
  {
    it: 'creating what a filter leaves open',
    ops: [{ op: 'add', path: 'emails[type ne "work"].value', value: 'x' }],
    scimType: 'noTarget',
    options: TOLERANT,
  },
  { it: 'a read-only path', ops: [{ op: 'replace', path: 'id', value: '2' }], scimType: 'mutability' },
  { it: 'a read-only member of a value', ops: [{ op: 'replace', value: { id: '1' } }], scimType: 'mutability' },
  { it: 'removing a required attribute', ops: [{ op: 'remove', path: 'userName' }], scimType: 'mutability' },
  { it: 'nulling a required attribute', ops: [{ op: 'replace', value: { userName: null } }], scimType: 'mutability' },
  {
    it: 'emptying a required attribute',
    ops: [{ op: 'replace', path: 'userName', value: '' }],
    scimType: 'invalidValue',
  },
  { it: 'a text for a boolean', ops: [{ op: 'replace', path: 'active', value: 'False' }], scimType: 'invalidValue' },
  {
    it: 'any other text for a boolean',
    ops: [{ op: 'add', path: 'active', value: 'no' }],
    scimType: 'invalidValue',
    options: TOLERANT,
  },
  { it: 'a number for a text', ops: [{ op: 'add', path: 'title', value: 7 }], scimType: 'invalidValue' },
  {
    it: 'a list for a single value',
    ops: [{ op: 'add', path: 'title', value: ['a', 'b'] }],
    scimType: 'invalidValue',
    options: TOLERANT,
  },
  {
    it: 'a text for a complex value',
    ops: [{ op: 'add', path: 'name', value: 'Ada' }],
    scimType: 'invalidValue',
    options: TOLERANT,
  },
  { it: 'a removal by value', ops: [{ op: 'remove', path: 'emails', value: [home] }], scimType: 'invalidValue' },
  {
    it: 'two primaries at once',
    ops: [{ op: 'add', path: 'emails', value: [work, { ...home, primary: true }] }],
    scimType: 'invalidValue',
  },
  { it: 'a path as a key', ops: [{ op: 'add', value: { 'name.givenName': 'A' } }], scimType: 'invalidSyntax' },
  {
    it: 'a name that reaches a prototype',
    ops: JSON.parse('[{"op":"add","value":{"__proto__":{"x":1}}}]'),
    scimType: 'invalidSyntax',
    options: { undescribedAttributes: 'keep' },
  },
  {
    it: 'a constructor',
    ops: [{ op: 'add', path: 'name', value: { constructor: 'x' } }],
    scimType: 'invalidSyntax',
    options: { undescribedAttributes: 'keep' },
  },
  {
    it: 'a constructor as a path',
    ops: [{ op: 'add', path: 'constructor.x', value: 'x' }],
    scimType: 'invalidPath',
    options: { undescribedAttributes: 'keep' },
  },
]

describe('refusing a PATCH', () => {
  test.each(REFUSALS)('refuses $it ($scimType)', ({ ops, scimType, source = {}, options }) => {
    expect(() => patch(user(source), ops, options)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })

  it('refuses to change what is immutable, and accepts the same value again', () => {
    const badge = defineAttribute('badge', { mutability: 'immutable' })
    const type = defineResourceType({ ...USER_TYPE, schema: extendSchema(USER_SCHEMA, [badge]) })
    const replace = (source: JsonObject) => patch(source, [{ op: 'replace', path: 'badge', value: 'B1' }], {}, type)
    expect(replace(user()).changed).toEqual(['badge'])
    expect(replace(user({ badge: 'B1' })).changed).toEqual([])
    expect(() => replace(user({ badge: 'B0' }))).toThrow(expect.objectContaining({ scimType: 'mutability' }))
  })

  it('refuses more operations and more values than anybody needs', () => {
    const operations = Array.from({ length: 1_001 }, (_, index) => ({ op: 'add', path: 'title', value: String(index) }))
    expect(patch(user(), operations.slice(1)).resource['title']).toBe('1000')
    expect(() => patch(user(), operations)).toThrow(expect.objectContaining({ status: 413 }))
    const values = operations.map(({ value }) => ({ value }))
    const add = (ims: readonly object[]) => patch(user(), [{ op: 'add', path: 'ims', value: ims }])
    expect(add(values.slice(1)).resource['ims']).toHaveLength(1_000)
    expect(() => add(values)).toThrow('ims would have more than 1000 values.')
  })

  it('refuses a body that is not a PatchOp', () => {
    for (const body of [null, [], {}, { schemas: [PATCH_OP_URN] }, { schemas: ['x'], Operations: [{}] }]) {
      expect(() => parsePatch(body)).toThrow(expect.objectContaining({ scimType: 'invalidSyntax' }))
    }
    const capitals = { schemas: [PATCH_OP_URN], Operations: [{ op: 'Add', path: 'title', value: 'x' }] }
    expect(() => parsePatch(capitals, { exactOps: true })).toThrow(
      expect.objectContaining({ scimType: 'invalidSyntax' }),
    )
  })
})

describe('laws', () => {
  const address = fc.record({ type: fc.constantFrom('work', 'home', 'other'), value: fc.emailAddress() })
  const unique = fc.uniqueArray(address, { selector: ({ value }) => value.toLowerCase(), minLength: 1, maxLength: 6 })

  it('adding a value and removing it again gives the original', () => {
    fc.assert(
      fc.property(unique, ([added, ...emails]) => {
        if (added === undefined) return
        const source = user(emails.length === 0 ? {} : { emails })
        const between = patch(source, [{ op: 'add', path: 'emails', value: [added] }]).resource
        const path = `emails[value eq ${JSON.stringify(added.value)}]`
        expect(patch(between, [{ op: 'remove', path }]).resource).toEqual(source)
      }),
    )
  })

  it('answers any operations with a result or a ScimError, and never changes what it is given', () => {
    const path = fc.constantFrom(
      'title',
      'name',
      'name.givenName',
      'emails',
      'emails[type eq "work"]',
      'emails[type eq "work"].value',
      'emails.type',
      'active',
      'id',
      ENTERPRISE_USER_URN,
      `${ENTERPRISE_USER_URN}:manager`,
    )
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        'True',
        '',
        null,
        true,
        7,
        [],
        {},
        [work],
        home,
        { name: { givenName: 'x' } },
        { title: 't' },
      ),
      fc.jsonValue({ maxDepth: 3 }),
    )
    const operation = fc.record(
      { op: fc.constantFrom('add', 'remove', 'replace'), path, value },
      { requiredKeys: ['op'] },
    )
    const source = user({
      emails: [work, home],
      name: { givenName: 'Ada' },
      [ENTERPRISE_USER_URN]: { manager: { value: '7' } },
    })
    const frozen = JSON.stringify(source)
    fc.assert(
      fc.property(
        fc.array(operation, { minLength: 1, maxLength: 4 }),
        fc.constantFrom({}, TOLERANT, { ...TOLERANT, undescribedAttributes: 'keep' as const }),
        (operations, options) => {
          try {
            patch(source, operations, options)
          } catch (error) {
            expect(error).toMatchObject({ name: 'ScimError', status: 400 })
          }
          expect(JSON.stringify(source)).toBe(frozen)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('beside another implementation, where both follow the RFC', () => {
  const source = user({
    name: { givenName: 'Ada', familyName: 'King' },
    title: 'Countess',
    active: true,
    emails: [work, home],
  })
  test.each([
    [[{ op: 'replace', path: 'title', value: 'Analyst' }]],
    [[{ op: 'add', path: 'nickName', value: 'Nes' }]],
    [[{ op: 'replace', path: 'name.familyName', value: 'Lovelace' }]],
    [[{ op: 'replace', value: { active: false, title: 'Analyst' } }]],
    [[{ op: 'remove', path: 'title' }]],
    [[{ op: 'remove', path: 'name.givenName' }]],
    [[{ op: 'add', path: 'emails', value: [{ type: 'other', value: 'o@x.example' }] }]],
    [[{ op: 'remove', path: 'emails[type eq "home"]' }]],
    [[{ op: 'replace', path: 'emails[type eq "work"].value', value: 'n@x.example' }]],
    [[{ op: 'replace', path: 'emails', value: [home] }]],
  ])('agrees on %j', async (operations) => {
    const body = { schemas: [PATCH_OP_URN], Operations: operations }
    const request = new SCIMMY.Messages.PatchOp(body as ConstructorParameters<typeof SCIMMY.Messages.PatchOp>[0])
    const theirs = await request.apply(new SCIMMY.Schemas.User(source, 'both'), async (next) => next)
    const { meta: _, ...plain } = JSON.parse(JSON.stringify(theirs))
    expect(patch(source, operations).resource).toEqual(plain)
  })
})

it('keeps the immutable parts of a member that is added twice', () => {
  const group = { schemas: [GROUP_TYPE.schema.id], displayName: 'Sales', members: [{ value: '7', display: 'Ada' }] }
  const result = patch(
    group,
    [{ op: 'add', path: 'members', value: [{ value: '7', display: 'Other' }] }],
    {},
    GROUP_TYPE,
  )
  expect(result.changed).toEqual([])
})

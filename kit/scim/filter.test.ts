import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ENTERPRISE_USER_URN, USER_TYPE } from './core-schemas.ts'
import { ScimError } from './errors.ts'
import type { ComparisonOperator, Filter, PatchPath } from './filter.ts'
import { equalityOf, parseFilter, parsePatchPath, printFilter, printPatchPath } from './filter.ts'
import type { AttributePath } from './path.ts'

const options = { urns: USER_TYPE.urns }
const compare = (name: string, value: string | boolean): Filter => ({
  kind: 'compare',
  path: { name },
  operator: 'eq',
  value,
})

function refusalOf(act: () => unknown): ScimError {
  try {
    act()
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
  throw new Error('Nothing was refused.')
}

describe('reading filters', () => {
  const cases: readonly (readonly [string, string, Filter])[] = [
    ['reads a comparison', 'userName eq "ada"', compare('userName', 'ada')],
    ['takes operators in any case', 'userName EQ "ada"', compare('userName', 'ada')],
    ['reads JSON escapes', String.raw`userName eq "a\"\u0062\\"`, compare('userName', 'a"b\\')],
    ['reads booleans', 'active eq true', compare('active', true)],
    ['reads presence', 'title pr', { kind: 'present', path: { name: 'title' } }],
    [
      'binds and tighter than or',
      'a eq "1" or b eq "2" and c eq "3"',
      {
        kind: 'or',
        filters: [compare('a', '1'), { kind: 'and', filters: [compare('b', '2'), compare('c', '3')] }],
      },
    ],
    [
      'reads grouping and not',
      'not (a eq "1" or b eq "2")',
      { kind: 'not', filter: { kind: 'or', filters: [compare('a', '1'), compare('b', '2')] } },
    ],
    [
      'reads a value path',
      'emails[type eq "work" and primary eq true]',
      {
        kind: 'element',
        path: { name: 'emails' },
        filter: { kind: 'and', filters: [compare('type', 'work'), compare('primary', true)] },
      },
    ],
    [
      'folds a comparison behind a value path into it',
      'emails[type eq "work"].value eq "a@b.example"',
      {
        kind: 'element',
        path: { name: 'emails' },
        filter: { kind: 'and', filters: [compare('type', 'work'), compare('value', 'a@b.example')] },
      },
    ],
    [
      'reads an extension attribute with a sub-attribute',
      `${ENTERPRISE_USER_URN}:manager.value eq "7"`,
      {
        kind: 'compare',
        path: { urn: ENTERPRISE_USER_URN, name: 'manager', sub: 'value' },
        operator: 'eq',
        value: '7',
      },
    ],
  ]
  test.each(cases)('%s', (_, text, filter) => {
    expect(parseFilter(text, options)).toEqual(filter)
  })

  it('takes a value without quotation marks only where that is tolerated', () => {
    expect(parseFilter('externalId eq ines.moreau', { unquotedValues: true })).toEqual(
      compare('externalId', 'ines.moreau'),
    )
    expect(refusalOf(() => parseFilter('externalId eq ines.moreau')).detail).toBe(
      'The filter cannot be read at position 14: the value ines.moreau has no quotation marks.',
    )
  })

  test.each([
    ['', 'an attribute is missing'],
    ['userName', 'an operator is missing'],
    ['userName is "a"', '"is" is not an operator'],
    ['userName eq "a', 'the string is not closed'],
    ['userName eq "\\x"', 'the string is not a JSON string'],
    ['userName eq "a" and', 'an attribute is missing'],
    ['(userName eq "a"', '")" is missing'],
    ['emails[type eq "work"', '"]" is missing'],
    ['userName eq "a" b', 'nothing is expected from "b"'],
    ['1name eq "a"', '"1name" at position 0 is not an attribute name'],
    ['constructor eq "a"', '"constructor" at position 0 is not an attribute name'],
    ['a.b.c eq "a"', '"a.b.c" at position 0 is not an attribute name'],
  ])('refuses %j, saying why', (text, why) => {
    const error = refusalOf(() => parseFilter(text))
    expect([error.status, error.scimType]).toEqual([400, 'invalidFilter'])
    expect(error.detail).toContain(why)
  })

  it('refuses absurd nesting and length as filters, before the stack or the clock notices', () => {
    for (const text of [
      `${'('.repeat(4000)}a pr${')'.repeat(4000)}`,
      `${'not ('.repeat(1500)}a pr`,
      'a'.repeat(9000),
    ]) {
      expect(refusalOf(() => parseFilter(text)).scimType).toBe('invalidFilter')
    }
    expect(refusalOf(() => parseFilter('a['.repeat(3000))).scimType).toBe('invalidFilter')
  })
})

describe('reading paths', () => {
  const cases: readonly (readonly [string, string, PatchPath])[] = [
    ['a sub-attribute', 'name.familyName', { kind: 'attribute', name: 'name', sub: 'familyName' }],
    [
      'a value filter with a sub-attribute',
      'emails[type eq "work"].value',
      { kind: 'attribute', name: 'emails', filter: compare('type', 'work'), sub: 'value' },
    ],
    [
      'an extension attribute',
      `${ENTERPRISE_USER_URN}:department`,
      { kind: 'attribute', urn: ENTERPRISE_USER_URN, name: 'department' },
    ],
    [
      'the old dot before an extension attribute',
      `${ENTERPRISE_USER_URN}.department`,
      { kind: 'attribute', urn: ENTERPRISE_USER_URN, name: 'department' },
    ],
    ['an extension as a whole', ENTERPRISE_USER_URN, { kind: 'extension', urn: ENTERPRISE_USER_URN }],
    [
      'an attribute of a schema nobody declared',
      'urn:example:custom:badge',
      { kind: 'attribute', urn: 'urn:example:custom', name: 'badge' },
    ],
  ]
  test.each(cases)('%s', (_, text, path) => {
    expect(parsePatchPath(text, options)).toEqual(path)
  })

  test.each(['', 'emails[', 'emails[type eq "work"].', 'emails[type eq "work"].a.b', '__proto__', 'name..x', 'a b'])(
    'refuses %j as a path',
    (text) => {
      expect(refusalOf(() => parsePatchPath(text)).scimType).toBe('invalidPath')
    },
  )
})

const nameArbitrary = fc.constantFrom('userName', 'title', 'x-y', 'not', 'and', '$ref')
const pathArbitrary: fc.Arbitrary<AttributePath> = fc
  .record(
    { urn: fc.constantFrom(ENTERPRISE_USER_URN, 'urn:a:b'), name: nameArbitrary, sub: nameArbitrary },
    { requiredKeys: ['name'] },
  )
  .map((path) => path as AttributePath)
const OPERATORS: readonly ComparisonOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']
const { filter: filterArbitrary } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    pathArbitrary.map((path): Filter => ({ kind: 'present', path })),
    fc
      .tuple(
        pathArbitrary,
        fc.constantFrom(...OPERATORS),
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.boolean(),
          fc.constant(null),
          fc.integer(),
          fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
        ),
      )
      .map(([path, operator, value]): Filter => ({ kind: 'compare', path, operator, value })),
    tie('filter').map((filter): Filter => ({ kind: 'not', filter })),
    fc.tuple(pathArbitrary, tie('filter')).map(([path, filter]): Filter => ({ kind: 'element', path, filter })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { minLength: 2, maxLength: 3 }))
      .map(([kind, filters]): Filter => ({ kind, filters })),
  ),
}))

it('reads back every filter it prints', () => {
  fc.assert(
    fc.property(filterArbitrary, (filter) => {
      const text = printFilter(filter)
      if (text.length < 8000) expect(parseFilter(text, options)).toEqual(filter)
    }),
  )
})

it('reads back every path it prints', () => {
  fc.assert(
    fc.property(nameArbitrary, fc.option(filterArbitrary), fc.option(nameArbitrary), (name, filter, sub) => {
      const path: PatchPath = {
        kind: 'attribute',
        name,
        ...(filter === null ? {} : { filter }),
        ...(sub === null ? {} : { sub }),
      }
      expect(parsePatchPath(printPatchPath(path), options)).toEqual(path)
    }),
  )
})

it('answers any text with a filter or with invalidFilter', () => {
  const scrap = fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    '"',
    'a',
    ' eq ',
    ' and ',
    'not',
    '.',
    ' ',
    'urn:',
    ':',
    '\\',
    '1',
    ' pr',
  )
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 30 }), (parts) => {
      try {
        parseFilter(parts.join(''))
      } catch (error) {
        expect(error).toMatchObject({ name: 'ScimError', scimType: 'invalidFilter' })
      }
    }),
  )
})

describe('what an index can answer', () => {
  test.each([
    ['userName eq "Ada"', [{ attribute: 'username', value: 'Ada' }]],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "Ada"', [{ attribute: 'username', value: 'Ada' }]],
    ['active eq true and (externalId eq "7" and title pr)', [{ attribute: 'externalid', value: '7' }]],
    [
      'emails[type eq "work"].value eq "a"',
      [
        { attribute: 'emails.type', value: 'work' },
        { attribute: 'emails.value', value: 'a' },
      ],
    ],
    ['userName eq "Ada" or userName eq "Bo"', []],
    ['not (userName eq "Ada")', []],
    ['userName sw "Ada"', []],
  ])('%s', (text, equalities) => {
    expect(equalityOf(parseFilter(text, options))).toEqual(equalities)
  })
})

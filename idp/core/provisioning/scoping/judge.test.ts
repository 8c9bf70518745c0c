import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScopingClause, ScopingFilter, ScopingOperator, SourceAttributes } from '../types.ts'
import { createScopingJudge } from './judge.ts'
import { SCOPING_OPERATORS } from './operators.ts'

const clause = (attribute: string, operator: ScopingOperator, value = ''): ScopingClause => ({
  attribute,
  operator,
  value,
})
const filter = (title: string, ...clauses: readonly ScopingClause[]): ScopingFilter => ({ title, clauses })

/** Whether a filter of this one clause lets an object with these attributes through. */
function passes(attributes: SourceAttributes, operator: ScopingOperator, value = '', attribute = 'department') {
  return createScopingJudge([filter('F', clause(attribute, operator, value))])(attributes).passes
}

const SALES = { department: 'Sales' }

describe('operators of table 4.2', () => {
  test('EQUALS: an exact match, to the letter', () => {
    expect(passes(SALES, 'EQUALS', 'Sales')).toBe(true)
    expect(passes(SALES, 'EQUALS', 'Sale')).toBe(false)
    expect(passes({ accountEnabled: true }, 'EQUALS', 'True', 'accountEnabled')).toBe(true)
  })

  test('surprise 16, EQUALS is case-sensitive: sales is not Sales', () => {
    expect(passes(SALES, 'EQUALS', 'sales')).toBe(false)
  })

  test('NOT EQUALS: differs, in case too', () => {
    expect(passes(SALES, 'NOT EQUALS', 'Contractor')).toBe(true)
    expect(passes(SALES, 'NOT EQUALS', 'sales')).toBe(true)
    expect(passes(SALES, 'NOT EQUALS', 'Sales')).toBe(false)
  })

  test('surprise 15, NOT EQUALS drops people with a blank attribute', () => {
    expect(passes({}, 'NOT EQUALS', 'Contractor')).toBe(false)
    expect(passes({ department: '' }, 'NOT EQUALS', 'Contractor')).toBe(false)
  })

  test('IS TRUE and IS FALSE: boolean values', () => {
    expect(passes({ on: true }, 'IS TRUE', '', 'on')).toBe(true)
    expect(passes({ on: false }, 'IS TRUE', '', 'on')).toBe(false)
    expect(passes({ on: false }, 'IS FALSE', '', 'on')).toBe(true)
    expect(passes({ on: true }, 'IS FALSE', '', 'on')).toBe(false)
    expect(passes({ on: 'True' }, 'IS TRUE', '', 'on')).toBe(false)
    expect(passes({}, 'IS FALSE', '', 'on')).toBe(false)
  })

  test('IS NULL and IS NOT NULL: empty or not, an empty text and an empty list too', () => {
    for (const empty of [{}, { department: '' }, { department: [] }]) {
      expect(passes(empty, 'IS NULL')).toBe(true)
      expect(passes(empty, 'IS NOT NULL')).toBe(false)
    }
    expect(passes(SALES, 'IS NULL')).toBe(false)
    expect(passes(SALES, 'IS NOT NULL')).toBe(true)
    expect(passes({ department: false }, 'IS NOT NULL')).toBe(true)
  })

  test('REGEX MATCH: found anywhere unless anchored, to the letter', () => {
    const ana = { userPrincipalName: 'ana@brightwave.example' }
    expect(passes(ana, 'REGEX MATCH', '@brightwave\\.example$', 'userPrincipalName')).toBe(true)
    expect(passes(ana, 'REGEX MATCH', 'wave', 'userPrincipalName')).toBe(true)
    expect(passes(ana, 'REGEX MATCH', '^wave', 'userPrincipalName')).toBe(false)
    expect(passes(ana, 'REGEX MATCH', 'WAVE', 'userPrincipalName')).toBe(false)
    expect(passes(ana, 'REGEX MATCH', '(?i)WAVE', 'userPrincipalName')).toBe(true)
  })

  test('NOT REGEX MATCH: not found; false without a value', () => {
    expect(passes(SALES, 'NOT REGEX MATCH', '^Ext')).toBe(true)
    expect(passes(SALES, 'NOT REGEX MATCH', '^S')).toBe(false)
    expect(passes({}, 'NOT REGEX MATCH', '^Ext')).toBe(false)
  })

  test('a regular expression that cannot be read lets nobody through, NOT REGEX MATCH neither', () => {
    expect(passes(SALES, 'REGEX MATCH', '(')).toBe(false)
    expect(passes(SALES, 'NOT REGEX MATCH', '(')).toBe(false)
  })

  test.each([
    ['GREATER_THAN', '1200', '1199', true],
    ['GREATER_THAN', '1200', '1200', false],
    ['GREATER_THAN', '900', '1199', false],
    ['GREATER_THAN_OR_EQUALS', '1200', '1200', true],
    ['GREATER_THAN_OR_EQUALS', '1199', '1200', false],
    ['GREATER_THAN', '-1', '-2', true],
    ['GREATER_THAN', '9007199254740993', '9007199254740992', true],
  ] as const)('%s compares integers: %s and %s', (operator, held, limit, expected) => {
    expect(passes({ employeeId: held }, operator, limit, 'employeeId')).toBe(expected)
  })

  test.each(['GREATER_THAN', 'GREATER_THAN_OR_EQUALS'] as const)(
    '%s on something that is no integer is false, and said so',
    (operator) => {
      const judge = createScopingJudge([filter('Numbers', clause('employeeId', operator, '100'))])
      const label = `Numbers.employeeId ${operator} '100'`
      for (const held of ['E-200', '200.5', '1e9']) {
        expect(judge({ employeeId: held })).toEqual({
          passes: false,
          clauses: { [label]: false },
          notIntegers: [label],
        })
      }
      expect(judge({})).toEqual({ passes: false, clauses: { [label]: false }, notIntegers: [] })
      expect(judge({ employeeId: '200' })).toEqual({ passes: true, clauses: { [label]: true }, notIntegers: [] })
    },
  )

  test('INCLUDES: the text contains the value, to the letter', () => {
    expect(passes(SALES, 'INCLUDES', 'ale')).toBe(true)
    expect(passes(SALES, 'INCLUDES', 'ALE')).toBe(false)
    expect(passes({}, 'INCLUDES', 'a')).toBe(false)
  })

  test('ENDS_WITH: a suffix, to the letter', () => {
    expect(passes(SALES, 'ENDS_WITH', 'les')).toBe(true)
    expect(passes(SALES, 'ENDS_WITH', 'Les')).toBe(false)
    expect(passes(SALES, 'ENDS_WITH', 'Sale')).toBe(false)
  })

  test('&: the attribute exists within the input; !&: it does not', () => {
    expect(passes({ country: 'DE' }, '&', 'DE,FR,IT', 'country')).toBe(true)
    expect(passes({ country: 'US' }, '&', 'DE,FR,IT', 'country')).toBe(false)
    expect(passes({ country: 'US' }, '!&', 'DE,FR,IT', 'country')).toBe(true)
    expect(passes({ country: 'DE' }, '!&', 'DE,FR,IT', 'country')).toBe(false)
    expect(passes({}, '!&', 'DE,FR,IT', 'country')).toBe(false)
  })

  test('law: without a value every clause is false, but for IS NULL', () => {
    const names = fc.constantFrom(...SCOPING_OPERATORS.map(({ name }) => name))
    fc.assert(
      fc.property(names, fc.string(), (operator, value) => {
        expect(passes({ other: 'x' }, operator, value)).toBe(operator === 'IS NULL')
      }),
    )
  })

  test('a clause about a list is false: filters cannot be about lists', () => {
    const roles = { roles: ['Sales'] }
    for (const { name } of SCOPING_OPERATORS.filter(({ arity }) => arity === 'Binary')) {
      expect(passes(roles, name, 'Sales', 'roles'), name).toBe(false)
    }
  })

  test('the name of an inherited property is no attribute', () => {
    expect(passes({}, 'IS NULL', '', 'constructor')).toBe(true)
  })
})

describe('filters', () => {
  const judge = createScopingJudge([
    filter('EU sellers', clause('department', 'EQUALS', 'Sales'), clause('jobTitle', 'IS NOT NULL')),
    filter('Berlin', clause('city', 'EQUALS', 'Berlin')),
  ])

  test('clauses of one filter are ANDed', () => {
    expect(judge({ department: 'Sales' }).passes).toBe(false)
    expect(judge({ jobTitle: 'Agent' }).passes).toBe(false)
    expect(judge({ department: 'Sales', jobTitle: 'Agent' }).passes).toBe(true)
  })

  test('several filters are ORed', () => {
    expect(judge({ city: 'Berlin' }).passes).toBe(true)
    expect(judge({ city: 'Bonn' }).passes).toBe(false)
  })

  test('without filters all records pass, and there is nothing to tell', () => {
    expect(createScopingJudge([])({})).toEqual({ passes: true, clauses: {}, notIntegers: [] })
  })

  test('a filter without clauses lets nobody through', () => {
    expect(createScopingJudge([filter('Empty')])({ department: 'Sales' }).passes).toBe(false)
  })

  test('every clause is told by title, attribute, operator and value', () => {
    expect(judge({ department: 'Sales', city: 'Berlin' }).clauses).toEqual({
      "EU sellers.department EQUALS 'Sales'": true,
      'EU sellers.jobTitle IS NOT NULL': false,
      "Berlin.city EQUALS 'Berlin'": true,
    })
  })
})

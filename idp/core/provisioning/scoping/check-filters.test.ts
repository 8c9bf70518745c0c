import { describe, expect, test } from 'vitest'
import type { ScopingClause, ScopingFilter, ScopingOperator } from '../types.ts'
import {
  checkScopingFilters,
  MOST_CLAUSES,
  MOST_FILTERS,
  type ScopingAttribute,
  scopingAttributes,
} from './check-filters.ts'
import { SCOPING_OPERATORS, scopingOperatorOf } from './operators.ts'

const ATTRIBUTES: readonly ScopingAttribute[] = [
  { name: 'department', type: 'String', multiValued: false },
  { name: 'employeeId', type: 'String', multiValued: false },
  { name: 'accountEnabled', type: 'Boolean', multiValued: false },
  { name: 'manager', type: 'Reference', multiValued: false },
  { name: 'hireDate', type: 'DateTime', multiValued: false },
  { name: 'otherMails', type: 'String', multiValued: true },
  { name: 'userType', type: 'String', multiValued: false },
  { name: 'appRoleAssignments', type: 'String', multiValued: true },
  { name: 'members', type: 'Reference', multiValued: true },
]

const clause = (operator: string, value = '', attribute = 'department'): ScopingClause => ({
  attribute,
  operator: operator as ScopingOperator,
  value,
})
const SALES = clause('EQUALS', 'Sales')
const filter = (title: string, ...clauses: readonly ScopingClause[]): ScopingFilter => ({ title, clauses })
const check = (...filters: readonly ScopingFilter[]) => checkScopingFilters(filters, ATTRIBUTES)
/** The problems of one clause: field and words. */
const of = (...parts: Parameters<typeof clause>) =>
  check(filter('F', clause(...parts))).map(({ field, message }) => `${field}: ${message}`)

describe('checking scoping filters', () => {
  test('none at all, and several with what each operator asks for, can be saved', () => {
    expect(check()).toEqual([])
    const fitting = SCOPING_OPERATORS.map(({ name, arity }) => {
      const attribute = name === 'IS TRUE' || name === 'IS FALSE' ? 'accountEnabled' : 'employeeId'
      return filter(`With ${name}`, clause(name, arity === 'Unary' ? '' : '100', attribute))
    })
    expect(check(...fitting)).toEqual([])
  })

  test('a filter needs a title, its own, whatever the case', () => {
    expect(check(filter(' ', SALES), filter('EU', SALES), filter('eu ', SALES))).toEqual([
      { filter: 0, field: 'title', message: 'A scoping filter needs a title.' },
      { filter: 2, field: 'title', message: 'There is a scoping filter called eu already.' },
    ])
    expect(check(filter('x'.repeat(121), SALES))).toMatchObject([{ field: 'title' }])
  })

  test('a filter needs a clause', () => {
    expect(check(filter('EU'))).toEqual([
      { filter: 0, field: 'clauses', message: 'A scoping filter needs at least one clause.' },
    ])
  })

  test('a problem says which filter and which clause', () => {
    expect(check(filter('One', SALES), filter('Two', SALES, clause('EQUALS')))).toEqual([
      { filter: 1, clause: 1, field: 'value', message: 'EQUALS needs a value.' },
    ])
  })

  test.each([
    ['', 'Choose an attribute.'],
    ['Department', 'The source has no attribute Department. Attribute names are case-sensitive: it is department.'],
    ['shoeSize', 'The source has no attribute shoeSize.'],
    ['manager', 'Scoping filters cannot be about manager.'],
    ['userType', 'Scoping filters cannot be about userType.'],
    ['members', 'Scoping filters cannot be about members.'],
    ['appRoleAssignments', 'Scoping filters cannot be about appRoleAssignments.'],
    ['IsMemberOf', 'The source has no attribute IsMemberOf.'],
    ['otherMails', 'otherMails can hold several values: scoping filters cannot be about such attributes.'],
    ['hireDate', 'hireDate is a date: scoping filters cannot be about dates.'],
  ])('attribute %s: %s', (attribute, message) => {
    expect(of('EQUALS', 'x', attribute)).toEqual([`attribute: ${message}`])
  })

  test('an operator is one of the list and fits the type of the attribute', () => {
    expect(of('')).toEqual(['operator: Choose an operator.'])
    expect(of('LIKE', 'x')).toEqual(['operator: There is no operator LIKE.'])
    expect(of('Includes', 'x')).toEqual(['operator: There is no operator Includes.'])
    expect(of('IS TRUE')).toEqual(['operator: IS TRUE cannot be used with department, which is of type String.'])
    expect(of('GREATER_THAN', '1', 'accountEnabled')).toEqual([
      'operator: Greater_Than cannot be used with accountEnabled, which is of type Boolean.',
    ])
  })

  test('a value stands where the operator takes one, and is what it asks for', () => {
    expect(of('IS NULL', 'x')).toEqual(['value: IS NULL takes no value.'])
    expect(of('INCLUDES')).toEqual(['value: Includes needs a value.'])
    expect(of('EQUALS', 'x'.repeat(1_001))).toEqual(['value: A value has at most 1000 characters.'])
    expect(of('GREATER_THAN', '1.5', 'employeeId')).toEqual(['value: Greater_Than compares with an integer.'])
    expect(of('GREATER_THAN_OR_EQUALS', 'ten', 'employeeId')).toEqual([
      'value: Greater_Than_OR_EQUALS compares with an integer.',
    ])
    expect(of('NOT REGEX MATCH', '(?=a)')).toEqual([expect.stringMatching(/^value: This regular expression cannot/)])
  })

  test('there is an end to the number of clauses and of filters', () => {
    const clauses = Array.from({ length: MOST_CLAUSES + 1 }, () => SALES)
    expect(check(filter('Long', ...clauses))).toMatchObject([{ field: 'clauses' }])
    const filters = Array.from({ length: MOST_FILTERS + 1 }, (_, index) => filter(`F${index}`, SALES))
    expect(check(...filters)).toMatchObject([{ filter: MOST_FILTERS, field: 'clauses' }])
  })

  test('the editor offers what a filter can be about', () => {
    expect(scopingAttributes(ATTRIBUTES).map(({ name }) => name)).toEqual([
      'department',
      'employeeId',
      'accountEnabled',
    ])
  })
})

describe('the list of operators', () => {
  test('has the fourteen of table 4.2, known by both of their names', () => {
    expect(SCOPING_OPERATORS.map(({ label }) => label)).toEqual([
      'EQUALS',
      'NOT EQUALS',
      'IS TRUE',
      'IS FALSE',
      'IS NULL',
      'IS NOT NULL',
      'REGEX MATCH',
      'NOT REGEX MATCH',
      'Greater_Than',
      'Greater_Than_OR_EQUALS',
      'Includes',
      'ENDS_WITH',
      '&',
      '!&',
    ])
    expect(scopingOperatorOf('Includes')?.name).toBe('INCLUDES')
    expect(scopingOperatorOf('INCLUDES')?.arity).toBe('Binary')
    expect(scopingOperatorOf('includes')).toBeUndefined()
  })
})

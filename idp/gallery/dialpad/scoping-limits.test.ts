import { describe, expect, test } from 'vitest'
import { checkScopingFilters } from '#idp/core/provisioning/scoping/check-filters.ts'
import { createScopingJudge } from '#idp/core/provisioning/scoping/judge.ts'
import { CUSTOM_APP_DEFAULT_MAPPING } from './custom-app.ts'

const INES = { userPrincipalName: 'ines@brightwave.example', department: 'Sales' }

const filter = (attribute: string, operator: 'EQUALS' | 'NOT EQUALS' | 'IS NULL', value: string) => ({
  title: 'Filter',
  clauses: [{ attribute, operator, value }],
})

describe('4.1 and 4.3 of scoping filters', () => {
  test('any clause on a null attribute is false, except IS NULL', () => {
    const passes = (operator: 'EQUALS' | 'NOT EQUALS' | 'IS NULL') =>
      createScopingJudge([filter('mobile', operator, operator === 'IS NULL' ? '' : 'x')])(INES).passes
    expect([passes('EQUALS'), passes('NOT EQUALS'), passes('IS NULL')]).toEqual([false, false, true])
  })

  test.each(['members', 'manager', 'userType', 'appRoleAssignments'])('not supported: %s', (name) => {
    const isText = name === 'userType'
    const attributes = [
      { name: 'department', type: 'String', multiValued: false },
      { name, type: isText ? 'String' : 'Reference', multiValued: !isText && name !== 'manager' },
    ] as const
    expect(checkScopingFilters([filter(name, 'EQUALS', 'x')], attributes)).toMatchObject([{ field: 'attribute' }])
    expect(checkScopingFilters([filter('department', 'EQUALS', 'x')], attributes)).toEqual([])
  })

  test('new connectors have no filters: All records', () => {
    expect(CUSTOM_APP_DEFAULT_MAPPING.users.scopingFilters).toEqual([])
    expect(createScopingJudge([])(INES).passes).toBe(true)
  })
})

import { describe, expect, test } from 'vitest'
import { DEFAULT_ACCESS_ROLE_ID } from '../directory/records.ts'
import { type Entitlement, isInScope, leaveReasonOf, scopeFactsOf } from './scope.ts'

const MODERN = { defaultRoleCounts: true }
const OLDER = { defaultRoleCounts: false }

function entitlement(changes: Partial<Entitlement> = {}): Entitlement {
  return { presence: 'live', accountEnabled: true, roleIds: ['role-user'], scope: 'assigned', ...changes }
}

describe('scope', () => {
  test('someone assigned and allowed to sign in is in scope', () => {
    const facts = scopeFactsOf(entitlement(), MODERN)
    expect(facts).toEqual({
      isActive: true,
      isAssigned: true,
      hasRequiredRole: true,
      passesScopingFilter: true,
      syncsAll: false,
    })
    expect(isInScope(facts)).toBe(true)
    expect(leaveReasonOf(facts, 'live')).toBeNull()
  })

  test.each([
    ['nobody assigned them', entitlement({ roleIds: [] }), 'unassigned'],
    ['their sign-in is blocked', entitlement({ accountEnabled: false }), 'blocked'],
    ['they are in the recycle bin', entitlement({ presence: 'soft-deleted' }), 'soft-deleted'],
    ['they are gone', entitlement({ presence: 'hard-deleted', roleIds: [] }), 'hard-deleted'],
    ['they were unassigned and then blocked', entitlement({ roleIds: [], accountEnabled: false }), 'unassigned'],
  ] as const)('out of scope because %s', (_, given, reason) => {
    const facts = scopeFactsOf(given, MODERN)
    expect(isInScope(facts)).toBe(false)
    expect(leaveReasonOf(facts, given.presence)).toBe(reason)
  })

  test('whoever fails only the scoping filter is out of filter', () => {
    const facts = { ...scopeFactsOf(entitlement(), MODERN), passesScopingFilter: false }
    expect(leaveReasonOf(facts, 'live')).toBe('out-of-filter')
  })

  test('Default Access gives access by the newer rule and not by the older one', () => {
    const given = entitlement({ roleIds: [DEFAULT_ACCESS_ROLE_ID] })
    expect(isInScope(scopeFactsOf(given, MODERN))).toBe(true)
    expect(scopeFactsOf(given, OLDER)).toMatchObject({ isAssigned: true, hasRequiredRole: false })
    expect(isInScope(scopeFactsOf(given, OLDER))).toBe(false)
  })

  test('with everybody in scope assignments do not matter, a blocked sign-in still does', () => {
    expect(isInScope(scopeFactsOf(entitlement({ scope: 'all', roleIds: [] }), OLDER))).toBe(true)
    const blocked = scopeFactsOf(entitlement({ scope: 'all', roleIds: [], accountEnabled: false }), OLDER)
    expect(leaveReasonOf(blocked, 'live')).toBe('blocked')
  })
})

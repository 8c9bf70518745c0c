import { describe, expect, test } from 'vitest'
import { policyFor } from './policy.ts'
import { readTenantUrl } from './tenant-url.ts'

const switches = (values: Readonly<Record<string, string>>) => ({
  value: (id: string) => values[id] ?? (id === 'patch-dialect' ? 'tenant-url' : 'counts'),
})

describe('a Tenant URL', () => {
  test.each([
    ['https://dialpad.com/scim', { baseUrl: 'https://dialpad.com/scim' }],
    ['  https://dialpad.com/scim/  ', { baseUrl: 'https://dialpad.com/scim' }],
    ['https://dialpad.com/scim?aadOptscim062020', { baseUrl: 'https://dialpad.com/scim', dialect: 'compliant' }],
    [
      'https://dialpad.com/scim/?region=eu&AADOPTSCIM062020',
      { baseUrl: 'https://dialpad.com/scim', dialect: 'compliant' },
    ],
    ['https://dialpad.com/scim?AzureAdScimPatch2017', { baseUrl: 'https://dialpad.com/scim', dialect: 'legacy' }],
    ['http://localhost:4300/scim#top', { baseUrl: 'http://localhost:4300/scim' }],
  ])('%s is read', (typed, expected) => {
    expect(readTenantUrl(typed)).toEqual(expected)
  })

  test.each(['', 'dialpad.com/scim', 'ftp://dialpad.com/scim', 'https://user:pass@dialpad.com/scim', 'javascript:1'])(
    '%j is refused',
    (typed) => {
      expect(readTenantUrl(typed)).toBeUndefined()
    },
  )
})

describe('the policy of a job', () => {
  test('speaks the older dialect unless the Tenant URL asks for the newer', () => {
    expect(policyFor(switches({}), { tenantUrl: 'https://dialpad.com/scim' }).dialect).toBe('legacy')
    expect(policyFor(switches({}), { tenantUrl: 'https://dialpad.com/scim?aadOptscim062020' }).dialect).toBe(
      'compliant',
    )
  })

  test('a switch forces either dialect, whatever the Tenant URL says', () => {
    expect(
      policyFor(switches({ 'patch-dialect': 'compliant' }), { tenantUrl: 'https://dialpad.com/scim' }).dialect,
    ).toBe('compliant')
    expect(
      policyFor(switches({ 'patch-dialect': 'legacy' }), { tenantUrl: 'https://dialpad.com/scim?aadOptscim062020' })
        .dialect,
    ).toBe('legacy')
  })

  test('Default Access counts unless the rule of the tutorials is chosen', () => {
    expect(policyFor(switches({}), { tenantUrl: 'https://dialpad.com/scim' }).defaultRoleCounts).toBe(true)
    expect(
      policyFor(switches({ 'default-access': 'excluded' }), { tenantUrl: 'https://dialpad.com/scim' })
        .defaultRoleCounts,
    ).toBe(false)
  })
})

import { describe, expect, test } from 'vitest'
import { firstUnmet, namePattern } from './labels.ts'

describe('a label', () => {
  test.each([
    ['New configuration', '+ New configuration'],
    ['+ New configuration', 'New configuration'],
    ['Test Connection', 'Test connection'],
    ['Tenant URL', ' Tenant  URL * '],
    ['Yes', 'yes'],
  ])('%j is met by %j', (label, name) => {
    expect(namePattern(label).test(name.trim())).toBe(true)
  })

  test.each([
    ['Users', 'Users and groups'],
    ['Create', 'Create your own application'],
    ['Add (all)', 'Add all'],
  ])('%j is not met by %j', (label, name) => {
    expect(namePattern(label).test(name)).toBe(false)
  })
})

describe('labels in their order', () => {
  test('all met, others between', () => {
    expect(firstUnmet(['Tenant URL', 'Create'], ['Provisioning', 'Tenant URL', 'Test connection', 'create'])).toBe(
      undefined,
    )
  })

  test('the first that is missing is told', () => {
    expect(firstUnmet(['A', 'B', 'C'], ['A', 'C'])).toBe('B')
  })

  test('the wrong order counts as missing', () => {
    expect(firstUnmet(['A', 'B'], ['B', 'A'])).toBe('B')
  })

  test('one occurrence does not serve twice', () => {
    expect(firstUnmet(['Save', 'Save'], ['Save'])).toBe('Save')
  })
})

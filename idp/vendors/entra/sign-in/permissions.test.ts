import { describe, expect, test } from 'vitest'
import { graphScope, permissionOf } from './permissions.ts'

describe('permissions of Graph', () => {
  test('are found in any case, under the name they are published by', () => {
    expect(graphScope('user.READ')).toBe('User.Read')
    expect(graphScope('Nothing.Read')).toBeUndefined()
  })

  test('an undescribed permission is left to administrators', () => {
    expect(permissionOf('Something.Odd')).toMatchObject({ title: 'Something.Odd', adminOnly: true })
  })
})

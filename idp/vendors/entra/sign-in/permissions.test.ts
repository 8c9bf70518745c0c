import { describe, expect, test } from 'vitest'
import { permissionOf, readScopes } from './permissions.ts'

describe('readScopes', () => {
  test('takes permissions with and without Graph’s address, in any case, each once', () => {
    const parameter = 'openid https://graph.microsoft.com/user.read User.Read  profile'
    expect(readScopes(parameter, [])).toEqual({ kind: 'scopes', scopes: ['openid', 'User.Read', 'profile'] })
  })

  test('.default stands for what the app has registered', () => {
    expect(readScopes('https://graph.microsoft.com/.default', ['openid', 'Contacts.Read'])).toEqual({
      kind: 'scopes',
      scopes: ['openid', 'Contacts.Read'],
    })
  })

  test('names the scope nobody knows, as it was given', () => {
    expect(readScopes('openid api://other/Read', [])).toEqual({ kind: 'unknown', scope: 'api://other/Read' })
  })
})

describe('permissionOf', () => {
  test('an undescribed permission is left to administrators', () => {
    expect(permissionOf('Something.Odd')).toMatchObject({ title: 'Something.Odd', adminOnly: true })
  })
})

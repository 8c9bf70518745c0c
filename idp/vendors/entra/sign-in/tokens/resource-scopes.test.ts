import { beforeAll, describe, expect, test } from 'vitest'
import type { Application } from '#idp/core/directory/records.ts'
import { openMemoryStore } from '#kit/store/create-store.ts'
import { KIT_COLLECTIONS, type KitShape } from '#kit/system/collections.ts'
import { ENTRA_COLLECTIONS, type EntraShape } from '../../collections.ts'
import { readScopes, type ScopeSystem } from './resource-scopes.ts'

const API_ID = '0f2d7b1c-6a55-4a3e-9b0c-2f1d3e4a5b6c'
const ORDERS = `api://${API_ID}`

function application(values: Partial<Application>): Application {
  return {
    id: String(values.appId),
    appId: '',
    displayName: 'Orders',
    tenantId: 't',
    signInAudience: 'AzureADMyOrg',
    publisherName: 'Brightwave',
    web: { redirectUris: [] },
    spa: { redirectUris: [] },
    publicClient: { redirectUris: [] },
    secrets: [],
    requiredScopes: [],
    appRoles: [],
    firstParty: false,
    createdDateTime: '2026-01-01T00:00:00Z',
    ...values,
  }
}

const CLIENT = application({ appId: 'client', requiredScopes: ['openid', 'Contacts.Read', `${ORDERS}/read`] })

let system: ScopeSystem
beforeAll(async () => {
  const store = openMemoryStore<EntraShape & KitShape>({ ...ENTRA_COLLECTIONS, ...KIT_COLLECTIONS })
  const scope = (value: string, isEnabled: boolean) => ({
    id: value,
    value,
    type: 'User' as const,
    isEnabled,
    adminConsentDisplayName: value,
    adminConsentDescription: value,
  })
  const api = application({
    appId: API_ID,
    identifierUris: [ORDERS, 'https://orders.brightwave.example'],
    api: {
      oauth2PermissionScopes: [scope('read', true), scope('old', false)],
      preAuthorizedApplications: [],
    },
  })
  await store.transact((tx) => tx.put('applications', api.id, api))
  system = { store, origin: 'http://localhost:4100' } as ScopeSystem
})

const read = (parameter: string) => readScopes(system, parameter, CLIENT)

describe('readScopes', () => {
  test('takes permissions with and without Graph’s address, in any case, each once', () => {
    const reading = read('openid https://graph.microsoft.com/user.read User.Read  profile')
    expect(reading).toMatchObject({ kind: 'scopes', scopes: ['openid', 'profile', 'User.Read'] })
    expect(read('http://localhost:4100/User.Read')).toMatchObject({ scopes: ['User.Read'] })
  })

  test('.default stands for what the app has registered at that resource', () => {
    expect(read('https://graph.microsoft.com/.default')).toMatchObject({ scopes: ['Contacts.Read'] })
    expect(read(`${API_ID}/.default openid`)).toMatchObject({ scopes: ['openid', `${ORDERS}/read`] })
  })

  test('an API is found by any of its names, its scopes come out with the first', () => {
    for (const name of [ORDERS, API_ID, 'https://orders.brightwave.example', 'https://ORDERS.brightwave.example/']) {
      expect(read(`${name}/Read`)).toMatchObject({ kind: 'scopes', scopes: [`${ORDERS}/read`] })
    }
  })

  test('tells the resources apart, in the order they were asked for', () => {
    const reading = read(`User.Read ${ORDERS}/read Contacts.Read`)
    if (reading.kind !== 'scopes') throw new Error('It was refused.')
    expect(reading.resources.map(({ scopes }) => scopes)).toEqual([['User.Read', 'Contacts.Read'], [`${ORDERS}/read`]])
  })

  test.each([
    ['a permission Graph has not', 'openid Nothing.Read', 70011],
    ['.default beside another scope of its resource', 'https://graph.microsoft.com/.default User.Read', 70011],
    ['an API nobody exposes', 'api://other/Read', 500011],
    ['a scope the API has not', `${ORDERS}/write`, 650053],
    ['a scope that is switched off', `${ORDERS}/old`, 650053],
  ])('refuses %s', (_what, parameter, code) => {
    expect(read(parameter)).toMatchObject({ kind: 'refused', code })
  })
})

import { expect, test } from 'vitest'
import { openMemoryStore } from '#kit/store/create-store.ts'
import type { Store } from '#kit/store/store.ts'
import { KIT_COLLECTIONS, type KitShape } from '#kit/system/collections.ts'
import type { Vault } from '#kit/system/system.ts'
import { OKTA_COLLECTIONS, type OktaShape } from './collections.ts'
import { oktaGroupIdOf, oktaUserIdOf, seedOktaWorld } from './world.ts'

const VAULT: Vault = { seal: (plain) => plain, open: (sealed) => sealed }

async function seeded(world: string): Promise<Store<OktaShape & KitShape>> {
  const store = openMemoryStore({ ...KIT_COLLECTIONS, ...OKTA_COLLECTIONS })
  await store.transact((tx) => seedOktaWorld(tx, { world, nowMs: Date.UTC(2026, 2, 2), urls: {}, vault: VAULT }))
  return store
}

test('one person is staged, one suspended, everybody else active', async () => {
  const store = await seeded('brightwave')
  expect([store.count('users', 'status', 'STAGED'), store.count('users', 'status', 'SUSPENDED')]).toEqual([1, 1])
  expect(store.count('users', 'status', 'ACTIVE')).toBe(store.count('users') - 2)
  const [staged] = store.find('users', 'status', 'STAGED')
  expect(staged).not.toHaveProperty('passwordHash')
  expect(staged).not.toHaveProperty('activated')
})

test('people are written as the profile writes them', async () => {
  const store = await seeded('brightwave')
  expect(store.find('users', 'login', 'ada.okafor@brightwave.example')[0]).toMatchObject({
    id: expect.stringMatching(/^00u[0-9A-Za-z]{17}$/),
    profile: { firstName: 'Ada', lastName: 'Okafor', preferredLanguage: 'en_US', manager: 'Marta Silva' },
  })
})

test('a group inside a group becomes its people', async () => {
  const store = await seeded('brightwave')
  expect([...store.entries('groups')].map(([, group]) => `${group.name} ${group.type}`)).toEqual([
    'Everyone BUILT_IN',
    'Dialpad Users OKTA_GROUP',
    'Sales OKTA_GROUP',
    'Support OKTA_GROUP',
    'All Staff OKTA_GROUP',
  ])
  expect(store.has('groupMembers', `${oktaGroupIdOf('All Staff')}/${oktaUserIdOf('ben.castillo')}`)).toBe(true)
  expect(store.count('groupMembers', 'group', oktaGroupIdOf('Everyone'))).toBe(0)
})

test('the same world twice is the same state', async () => {
  const [one, other] = [await seeded('fresh'), await seeded('fresh')]
  expect(one.dump().collections).toEqual(other.dump().collections)
})

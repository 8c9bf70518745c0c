import { expect, test } from 'vitest'
import { newestChange } from '#idp/core/directory/change-feed.ts'
import { checkUser } from '#idp/core/directory/user-rules.ts'
import { setAccountEnabled } from '#idp/core/directory/users.ts'
import { personIdOf, seededGroupIdOf, TARGET_GROUP_NAME } from '#idp/world.ts'
import { hashSecret, verifyPassword } from '#kit/secrets.ts'
import { openMemoryStore } from '#kit/store/create-store.ts'
import type { Store } from '#kit/store/store.ts'
import { KIT_COLLECTIONS, type KitShape } from '#kit/system/collections.ts'
import type { Vault } from '#kit/system/system.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { OTHER_TENANT, PARTNER_APP, SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { ENTRA_COLLECTIONS, type EntraShape } from './collections.ts'
import { roleName } from './roles.ts'
import { seedEntraWorld } from './world.ts'

const VAULT: Vault = { seal: (plain) => plain, open: (sealed) => sealed }
const URLS = { entra: 'http://localhost:14100', dialpad: 'http://localhost:14300' }

async function seeded(world: string): Promise<Store<EntraShape & KitShape>> {
  const store = openMemoryStore({ ...KIT_COLLECTIONS, ...ENTRA_COLLECTIONS })
  await store.transact((tx) => seedEntraWorld(tx, { world, nowMs: Date.UTC(2026, 2, 2), urls: URLS, vault: VAULT }))
  return store
}

test.each(['brightwave', 'fresh', 'connected-entra', 'empty', 'scale:40'])(
  'everybody in %s keeps the rules of the directory',
  async (world) => {
    const store = await seeded(world)
    for (const [, user] of store.entries('users')) {
      const tenant = store.get('tenants', user.tenantId)
      expect(() => checkUser(store, { id: user.tenantId, verifiedDomains: tenant?.domains ?? [] }, user)).not.toThrow()
    }
  },
)

test('the guest is named after the address at home, which is an account there', async () => {
  const store = await seeded('brightwave')
  expect(store.get('users', personIdOf(TENANT_ID, 'lucas.meyer'))).toMatchObject({
    userType: 'Guest',
    userPrincipalName: 'lucas.meyer_northpeak.example#EXT#@brightwave.example',
    mail: 'lucas.meyer@northpeak.example',
  })
  expect(store.find('users', 'userPrincipalName', 'lucas.meyer@northpeak.example')[0]?.tenantId).toBe(OTHER_TENANT.id)
})

test('the blocked one is blocked, managers and addresses are there, and the password is the training one', async () => {
  const store = await seeded('brightwave')
  expect(store.get('users', personIdOf(TENANT_ID, 'victor.hale'))?.accountEnabled).toBe(false)
  const ada = store.get('users', personIdOf(TENANT_ID, 'ada.okafor'))
  expect(ada).toMatchObject({
    managerId: personIdOf(TENANT_ID, 'marta.silva'),
    physicalDeliveryOfficeName: 'Denver',
    city: 'Denver',
    usageLocation: 'US',
  })
  expect(await verifyPassword(TRAINING_PASSWORD, ada?.passwordHash ?? '')).toBe(true)
})

test('directory roles are those of the cast', async () => {
  const store = await seeded('brightwave')
  const held = [...store.entries('directoryRoles')].map(([, role]) => [
    store.get('users', role.userId)?.displayName,
    roleName(role.roleTemplateId),
  ])
  expect(held).toEqual([
    ['Marta Silva', 'Global Administrator'],
    ['Jonas Weber', 'Application Administrator'],
    ['Naomi Clarke', 'Cloud Application Administrator'],
    ['Oskar Lindqvist', 'Global Reader'],
    ['Ingrid Solberg', 'Global Administrator'],
  ])
})

test('All Staff holds people and two groups', async () => {
  const store = await seeded('brightwave')
  const pairs = store.find('groupMembers', 'group', seededGroupIdOf(TENANT_ID, 'All Staff'))
  expect(pairs.filter((pair) => pair.memberType === 'group').map((pair) => pair.memberId)).toEqual([
    seededGroupIdOf(TENANT_ID, 'Sales'),
    seededGroupIdOf(TENANT_ID, 'Support'),
  ])
  expect(store.count('groupMembers', 'group', seededGroupIdOf(TENANT_ID, TARGET_GROUP_NAME))).toBe(5)
})

test('Dialpad is registered at its publisher, and in the tenant only where the world is connected', async () => {
  const store = await seeded('brightwave')
  const [application] = store.find('applications', 'appId', PARTNER_APP.appId)
  expect(application).toMatchObject({
    tenantId: PARTNER_APP.publisherTenantId,
    signInAudience: 'AzureADMultipleOrgs',
    web: { redirectUris: ['http://localhost:14300/login/microsoft/callback'] },
    templateId: 'dialpad',
  })
  expect(application?.secrets[0]?.hash).toBe(hashSecret(PARTNER_APP.secret))
  expect(store.count('servicePrincipals', 'appId', `${TENANT_ID}/${PARTNER_APP.appId}`)).toBe(0)

  const connected = await seeded('connected-entra')
  const [principal] = connected.find('servicePrincipals', 'appId', `${TENANT_ID}/${PARTNER_APP.appId}`)
  expect(principal?.ownerIds).toEqual([personIdOf(TENANT_ID, 'helen.park')])
  expect(connected.count('appRoleAssignments', 'resource', principal?.id)).toBe(1)
  expect(connected.count('permissionGrants', 'client', principal?.id)).toBe(1)
})

test('the samples are apps of the tenant, with loopback redirects and no secret in the clear', async () => {
  const store = await seeded('brightwave')
  const [web] = store.find('applications', 'appId', SAMPLE_WEB_APP.appId)
  expect(web?.web.redirectUris).toContain('http://localhost/callback')
  expect(store.count('servicePrincipals', 'appId', `${TENANT_ID}/${SAMPLE_WEB_APP.appId}`)).toBe(1)
  expect(JSON.stringify(store.dump())).not.toContain(SAMPLE_WEB_APP.secret)
})

test('the change feed starts empty, and the first change is number one', async () => {
  const store = await seeded('connected-entra')
  expect([newestChange(store), store.count('directoryChanges')]).toEqual([0, 0])
  const ada = personIdOf(TENANT_ID, 'ada.okafor')
  await store.transact((tx) => setAccountEnabled(tx, TENANT_ID, ada, false))
  expect(store.get('users', ada)?.changeSeq).toBe(1)
})

test('the same world twice is the same state', async () => {
  const [one, other] = [await seeded('brightwave'), await seeded('brightwave')]
  expect(one.dump().collections).toEqual(other.dump().collections)
})

test('a world of 2,000 has as many people, and its administrator', async () => {
  const store = await seeded('scale:2000')
  expect(store.count('users', 'live', TENANT_ID)).toBe(2000)
  expect(store.count('directoryRoles', 'user', personIdOf(TENANT_ID, 'marta.silva'))).toBe(1)
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DirectoryGroup, DirectoryUser } from '#idp/core/directory/records.ts'
import { checkMapping } from '#idp/core/provisioning/check-mapping.ts'
import { readHeldRole } from '#idp/core/provisioning/expression/role-functions.ts'
import type { ObjectMapping, SourceAttributes } from '#idp/core/provisioning/types.ts'
import { createDirectorySource } from '#idp/engine/directory-source.ts'
import type { SourceScope } from '#idp/engine/source.ts'
import { APP_ID, type Fixture, openFixture, TENANT } from '#idp/engine/test/directory-fixture.ts'
import { CUSTOM_APP_DEFAULT_MAPPING } from '#idp/gallery/dialpad/custom-app.ts'
import { DIALPAD_DEFAULT_MAPPING } from '#idp/gallery/dialpad/default-mapping.ts'
import { SOURCE_ATTRIBUTES } from './source-attributes.ts'

const TENANT_SCOPE: SourceScope = {
  tenantId: TENANT.id,
  servicePrincipalId: APP_ID,
  scope: 'assigned',
  defaultRoleCounts: true,
}

/** Somebody of whom everything is known: a field added to the record is missed here until it is added too. */
const INES: Required<Omit<DirectoryUser, 'deletedDateTime' | 'passwordHash'>> = {
  id: 'ines',
  tenantId: TENANT.id,
  userPrincipalName: 'ines.moreau@brightwave.example',
  displayName: 'Ines Moreau',
  givenName: 'Ines',
  surname: 'Moreau',
  mail: 'ines.moreau@brightwave.example',
  mailNickname: 'ines.moreau',
  jobTitle: 'Account Executive',
  department: 'Sales',
  physicalDeliveryOfficeName: 'Lyon',
  streetAddress: '1 Rue de la République',
  city: 'Lyon',
  state: 'Rhône',
  postalCode: '69001',
  country: 'FR',
  usageLocation: 'FR',
  preferredLanguage: 'fr-FR',
  telephoneNumber: '+33 4 72 00 00 11',
  mobile: '+33 6 00 00 00 42',
  employeeId: 'BW-2041',
  managerId: 'boss',
  userType: 'Member',
  accountEnabled: true,
  createdDateTime: '2026-01-01T00:00:00.000Z',
  changeSeq: 1,
}
const SALES: Required<Omit<DirectoryGroup, 'deletedDateTime'>> = {
  id: 'sales',
  tenantId: TENANT.id,
  displayName: 'Sales',
  description: 'Who sells',
  mailNickname: 'sales',
  securityEnabled: true,
  mailEnabled: false,
  createdDateTime: '2026-01-01T00:00:00.000Z',
  changeSeq: 2,
}

let idp: Fixture

beforeEach(async () => {
  idp = await openFixture({ targetUrl: 'http://127.0.0.1:1/scim', token: 'unused' })
  await idp.system.store.transact((tx) => {
    const app = tx.get('servicePrincipals', APP_ID)
    if (app === undefined) throw new Error('The fixture has no app.')
    const role = {
      value: 'agent',
      displayName: 'Agent',
      description: '',
      isEnabled: true,
      allowedMemberTypes: ['User'] as const,
    }
    tx.put('servicePrincipals', APP_ID, { ...app, appRoles: [{ id: 'role-1', ...role }] })
    tx.put('users', INES.id, INES)
    tx.put('groups', SALES.id, SALES)
    tx.put('appRoleAssignments', 'held', {
      id: 'held',
      tenantId: TENANT.id,
      principalId: INES.id,
      principalType: 'User',
      resourceId: APP_ID,
      appRoleId: 'role-1',
      createdDateTime: INES.createdDateTime,
    })
  })
})
afterEach(() => idp.close())

function attributesOf(kind: 'User' | 'Group', id: string, scope = TENANT_SCOPE): SourceAttributes {
  return createDirectorySource(idp.system.store).read(scope, kind, id)?.attributes ?? {}
}

describe('the attributes a mapping may read', () => {
  // The directory keeps no fax numbers, and members are read in their own pass.
  test.each([
    ['User', 'ines', ['facsimileTelephoneNumber']],
    ['Group', 'sales', ['members']],
  ] as const)('of a %s are what the directory yields', (kind, id, never) => {
    const yielded = Object.keys(attributesOf(kind, id))
    const listed = SOURCE_ATTRIBUTES[kind].map(({ name }) => name)
    expect(listed.filter((name) => !yielded.includes(name))).toEqual(never)
    expect(yielded.filter((name) => !listed.includes(name))).toEqual([])
  })

  test('have the types they are listed with', () => {
    for (const [kind, id] of [
      ['User', 'ines'],
      ['Group', 'sales'],
    ] as const) {
      const attributes = attributesOf(kind, id)
      for (const { name, type, multiValued } of SOURCE_ATTRIBUTES[kind]) {
        const value = attributes[name]
        if (value === undefined) continue
        expect([name, Array.isArray(value)]).toEqual([name, multiValued])
        if (!multiValued) expect([name, typeof value]).toEqual([name, type === 'Boolean' ? 'boolean' : 'string'])
      }
    }
  })

  test('include app roles with what their writing needs, unless everybody is provisioned', () => {
    const roles = attributesOf('User', 'ines')['appRoleAssignments']
    expect(Array.isArray(roles) ? roles.map(readHeldRole) : roles).toEqual([
      { id: 'role-1', value: 'agent', displayName: 'Agent' },
    ])
    expect(attributesOf('User', 'ines', { ...TENANT_SCOPE, scope: 'all' })['appRoleAssignments']).toEqual([])
  })

  test.each([
    ['Dialpad', DIALPAD_DEFAULT_MAPPING],
    ['an app of one’s own', CUSTOM_APP_DEFAULT_MAPPING],
  ])('suffice for the default mapping of %s, which could be saved as it is', (_, schema) => {
    const check = (mapping: ObjectMapping) => checkMapping(mapping, SOURCE_ATTRIBUTES[mapping.sourceObjectName])
    expect([...check(schema.users), ...check(schema.groups)]).toEqual([])
  })
})

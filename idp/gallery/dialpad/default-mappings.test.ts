import { describe, expect, test } from 'vitest'
import type { AttributeMapping, ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import { CUSTOM_APP_DEFAULT_MAPPING } from './custom-app.ts'
import { DIALPAD_DEFAULT_MAPPING } from './default-mapping.ts'

/** Reference sheet 5.4 and 5.5: the rows a new configuration starts with, in their order. */

const ACTIVE = 'Switch([IsSoftDeleted], , "False", "True", "True", "False")'
const FULL_NAME = 'Join(" ", [givenName], [surname])'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

type Row = readonly [source: string, target: string]

const CUSTOM_APP: readonly Row[] = [
  ['userPrincipalName', 'userName'],
  [ACTIVE, 'active'],
  ['displayName', 'displayName'],
  ['jobTitle', 'title'],
  ['mail', 'emails[type eq "work"].value'],
  ['preferredLanguage', 'preferredLanguage'],
  ['givenName', 'name.givenName'],
  ['surname', 'name.familyName'],
  [FULL_NAME, 'name.formatted'],
  ['physicalDeliveryOfficeName', 'addresses[type eq "work"].formatted'],
  ['streetAddress', 'addresses[type eq "work"].streetAddress'],
  ['city', 'addresses[type eq "work"].locality'],
  ['state', 'addresses[type eq "work"].region'],
  ['postalCode', 'addresses[type eq "work"].postalCode'],
  ['country', 'addresses[type eq "work"].country'],
  ['telephoneNumber', 'phoneNumbers[type eq "work"].value'],
  ['mobile', 'phoneNumbers[type eq "mobile"].value'],
  ['facsimileTelephoneNumber', 'phoneNumbers[type eq "fax"].value'],
  ['mailNickname', 'externalId'],
  ['employeeId', `${ENTERPRISE}:employeeNumber`],
  ['department', `${ENTERPRISE}:department`],
  ['manager', `${ENTERPRISE}:manager`],
]

const DIALPAD: readonly Row[] = [
  ['userPrincipalName', 'userName'],
  [ACTIVE, 'active'],
  ['displayName', 'displayName'],
  ['mail', 'emails[type eq "work"].value'],
  ['givenName', 'name.givenName'],
  ['surname', 'name.familyName'],
  [FULL_NAME, 'name.formatted'],
  ['jobTitle', 'title'],
  ['preferredLanguage', 'preferredLanguage'],
  ['country', 'addresses[type eq "work"].country'],
  ['department', `${ENTERPRISE}:department`],
  ['physicalDeliveryOfficeName', `${ENTERPRISE}:physicalDeliveryOfficeName`],
  ['objectId', 'externalId'],
]

const GROUPS: readonly Row[] = [
  ['displayName', 'displayName'],
  ['objectId', 'externalId'],
  ['members', 'members'],
]

function sourceOf({ source }: AttributeMapping): string {
  switch (source.type) {
    case 'Attribute':
      return source.name
    case 'Function':
      return source.expression
    case 'Constant':
      return source.value
    case 'None':
      return ''
  }
}

const rowsOf = ({ attributeMappings }: ProvisioningSchema['users']): readonly Row[] =>
  attributeMappings.map((mapping) => [sourceOf(mapping), mapping.targetAttributeName])

describe.each([
  ['5.4 generic SCIM template', CUSTOM_APP, CUSTOM_APP_DEFAULT_MAPPING],
  ['5.5 Dialpad connector', DIALPAD, DIALPAD_DEFAULT_MAPPING],
] as const)('%s', (_, rows, { users, groups }) => {
  test.each(rows.map(([source, path], index) => [index, source, path] as const))('row %i: %s → %s', (index, ...row) => {
    expect(rowsOf(users)[index]).toEqual(row)
  })

  test('has no further rows, and matches by the first alone', () => {
    expect(users.attributeMappings).toHaveLength(rows.length)
    expect(users.attributeMappings.map(({ matchingPriority }) => matchingPriority).filter(Boolean)).toEqual([1])
  })

  test.each(GROUPS.map(([source, path], index) => [index, source, path] as const))(
    'groups, row %i: %s → %s',
    (index, ...row) => {
      expect(rowsOf(groups)[index]).toEqual(row)
      expect(groups.attributeMappings).toHaveLength(GROUPS.length)
    },
  )
})

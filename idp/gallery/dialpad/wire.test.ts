import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { buildResource } from '#idp/core/provisioning/build-resource.ts'
import { diffAttributes } from '#idp/core/provisioning/diff-attributes.ts'
import { mapAttributes } from '#idp/core/provisioning/map-attributes.ts'
import { buildMemberPatch, buildPatch } from '#idp/core/provisioning/patch-dialect.ts'
import type {
  AttributeMapping,
  PatchDialect,
  SourceAttributes,
  TargetAttributes,
} from '#idp/core/provisioning/types.ts'
import { CUSTOM_APP_DEFAULT_MAPPING } from './custom-app.ts'
import { DIALPAD_DEFAULT_MAPPING } from './default-mapping.ts'
import { ENTERPRISE_USER, expression } from './mapping-rows.ts'
import { SCIM_USER_ATTRIBUTES } from './target-attributes.ts'

/** The body of a recorded exchange (`scenarios/wire`). */
function wire(name: string): unknown {
  const text = readFileSync(new URL(`../../../scenarios/wire/${name}.json`, import.meta.url), 'utf8')
  return JSON.parse(text).body
}

const INES: SourceAttributes = {
  objectId: 'b1f3c9d2-6a0e-4f37-8d10-5e2f7f0a9c01',
  userPrincipalName: 'ines.moreau@brightwave.example',
  mailNickname: 'ines.moreau',
  mail: 'ines.moreau@brightwave.example',
  displayName: 'Ines Moreau',
  givenName: 'Ines',
  surname: 'Moreau',
  jobTitle: 'Account Executive',
  department: 'Sales',
  physicalDeliveryOfficeName: 'Lyon Part-Dieu',
  city: 'Lyon',
  country: 'FR',
  preferredLanguage: 'fr-FR',
  telephoneNumber: '+33 4 72 00 00 11',
  employeeId: 'BW-2041',
  manager: 'a-manager',
  IsSoftDeleted: false,
}

const mapped = (source: SourceAttributes): TargetAttributes =>
  mapAttributes(CUSTOM_APP_DEFAULT_MAPPING.users.attributeMappings, source, 'create')

test('the Dialpad mapping yields what Dialpad reads, in its order', () => {
  expect([
    ...mapAttributes(DIALPAD_DEFAULT_MAPPING.users.attributeMappings, { ...INES, IsSoftDeleted: true }, 'create'),
  ]).toEqual([
    ['userName', 'ines.moreau@brightwave.example'],
    ['active', false],
    ['displayName', 'Ines Moreau'],
    ['emails[type eq "work"].value', 'ines.moreau@brightwave.example'],
    ['name.givenName', 'Ines'],
    ['name.familyName', 'Moreau'],
    ['name.formatted', 'Ines Moreau'],
    ['title', 'Account Executive'],
    ['preferredLanguage', 'fr-FR'],
    ['addresses[type eq "work"].country', 'FR'],
    [`${ENTERPRISE_USER}:department`, 'Sales'],
    [`${ENTERPRISE_USER}:physicalDeliveryOfficeName`, 'Lyon Part-Dieu'],
    ['externalId', 'b1f3c9d2-6a0e-4f37-8d10-5e2f7f0a9c01'],
  ])
})

describe('on the wire', () => {
  test('a user is created as recorded', () => {
    expect(buildResource('User', mapped(INES))).toEqual(wire('entra-user-create'))
  })

  test('a group is created as recorded', () => {
    const source = { objectId: 'b1f3c9d2-6a0e-4f37-8d10-5e2f7f0a9c01', displayName: 'Dialpad Sales', members: ['1'] }
    const attributes = mapAttributes(DIALPAD_DEFAULT_MAPPING.groups.attributeMappings, source, 'create')
    expect(buildResource('Group', attributes)).toEqual(wire('entra-group-create'))
  })

  const replaced = [
    { path: 'displayName', before: 'Ines Moreau', after: 'Ines Moreau-Petit' },
    {
      path: 'emails[type eq "work"].value',
      before: 'ines.moreau@brightwave.example',
      after: 'ines.petit@brightwave.example',
    },
    { path: 'name.familyName', before: 'Moreau', after: 'Moreau-Petit' },
  ]
  const department = { path: `${ENTERPRISE_USER}:department`, before: 'Sales', after: 'Key Accounts' }
  const added = [
    { path: 'nickName', after: 'Nes' },
    { path: 'phoneNumbers[type eq "mobile"].value', after: '+33 6 00 00 00 42' },
  ]

  test('a change is patched as recorded, in both dialects', () => {
    expect(buildPatch([...replaced, ...added, department], 'legacy')).toEqual(wire('entra-user-patch-legacy'))
    expect(buildPatch([...replaced, department], 'compliant')).toEqual(wire('entra-user-patch-compliant'))
  })

  test('someone is disabled as recorded, in both dialects', () => {
    const changes = [{ path: 'active', before: true, after: false }]
    expect(buildPatch(changes, 'legacy')).toEqual(wire('entra-user-disable-legacy'))
    expect(buildPatch(changes, 'compliant')).toEqual(wire('entra-user-disable-compliant'))
  })

  const roleRow = (name: string, path = 'roles'): AttributeMapping => expression(`${name}([appRoleAssignments])`, path)
  const held = [
    { id: 'r1', value: 'agent', displayName: 'Agent' },
    { id: 'r2', value: 'admin', displayName: 'Administrator' },
  ]
  const HOLDER: SourceAttributes = { appRoleAssignments: held.map((role) => JSON.stringify(role)) }
  const definitions = SCIM_USER_ATTRIBUTES
  const desiredRoles = (row: AttributeMapping) => mapAttributes([row], HOLDER, 'update', { definitions })
  const rolesPatch = (row: AttributeMapping, dialect: PatchDialect, roles: readonly unknown[] = []) =>
    buildPatch(diffAttributes(desiredRoles(row), { id: '1', roles }, { definitions }), dialect).Operations
  const type = 'WindowsAzureActiveDirectoryRole'
  const asText = held.map((role) => ({ value: JSON.stringify(role) }))
  const listed = held.map(({ value, displayName }) => ({ primary: false, type, display: displayName, value }))
  const single = [{ primary: true, type, value: 'Agent' }]
  const ROLES = [
    [roleRow('SingleAppRoleAssignment'), single, 'Add', asText.slice(0, 1), 'add', single],
    [
      roleRow('SingleAppRoleAssignment', 'roles[primary eq "True"].value'),
      single,
      'Add',
      asText.slice(0, 1),
      'add',
      single,
    ],
    [roleRow('AppRoleAssignmentsComplex'), listed, 'Add', asText, 'add', listed],
    [roleRow('AssertiveAppRoleAssignmentsComplex'), listed, 'replace', listed, 'replace', listed],
  ] as const

  test.each(ROLES)(
    'roles are written in one shape at creation and in another by PATCH: %#',
    (row, posted, legacyOp, legacy, op, compliant) => {
      expect(buildResource('User', mapAttributes([row], HOLDER, 'create', { definitions }))['roles']).toEqual(posted)
      expect(rolesPatch(row, 'legacy')).toEqual([{ op: legacyOp, path: 'roles', value: legacy }])
      expect(rolesPatch(row, 'compliant')).toEqual([{ op, path: 'roles', value: compliant }])
      for (const shown of [posted, legacy, compliant]) expect(rolesPatch(row, 'legacy', shown)).toEqual([])
    },
  )

  test('roles the app has besides go only with the assertive function', () => {
    const more = [...listed, { value: 'guest' }]
    expect(rolesPatch(roleRow('AppRoleAssignmentsComplex'), 'legacy', more)).toEqual([])
    expect(rolesPatch(roleRow('AppRoleAssignmentsComplex'), 'legacy', [{ value: 'agent' }])).toEqual([
      { op: 'Add', path: 'roles', value: asText.slice(1) },
    ])
    expect(rolesPatch(roleRow('AssertiveAppRoleAssignmentsComplex'), 'legacy', more)).toEqual([
      { op: 'replace', path: 'roles', value: listed },
    ])
    expect(
      mapAttributes([roleRow('AppRoleAssignmentsComplex')], { appRoleAssignments: [] }, 'create', { definitions }).size,
    ).toBe(0)
  })

  test('the name of a role flows to any other attribute', () => {
    expect(desiredRoles(roleRow('SingleAppRoleAssignment', 'userType')).get('userType')).toBe('Agent')
  })

  test('an element that is not there is added by its filter', () => {
    const desired = new Map([['phoneNumbers[type eq "mobile"].value', '+33 6 00 00 00 42']])
    const changes = diffAttributes(desired, { id: '1', phoneNumbers: [{ type: 'work', value: '1' }] })
    expect(buildPatch(changes, 'legacy').Operations).toEqual([
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+33 6 00 00 00 42' },
    ])
  })

  test('members come and go as recorded', () => {
    expect(buildMemberPatch({ add: ['5b1e77c0'], remove: [] }, 'legacy')).toEqual(wire('entra-member-add-legacy'))
    expect(buildMemberPatch({ add: [], remove: ['5b1e77c0'] }, 'legacy')).toEqual(wire('entra-member-remove-legacy'))
    expect(buildMemberPatch({ add: [], remove: ['5b1e77c0'] }, 'compliant')).toEqual(
      wire('entra-member-remove-compliant'),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { ENTERPRISE_USER_URN, USER_SCHEMA_URN } from '#kit/scim/core-schemas.ts'
import { catalogEntry } from '../../apps/catalog.ts'
import { type ExpressionScope, referenceTo } from '../../expression/values.ts'
import { appProfileOf, type ProfileSources } from '../app-profile.ts'
import { OKTA_USER_ATTRIBUTES } from '../base-attributes.ts'
import { profileProblems, valueProblem } from '../check-profile.ts'
import type { AttributeDefinition, AttributeType } from '../records.ts'

/** The tables of reference sheet 3.2, 3.3 and 3.6, row by row. */

const base = (name: string): AttributeDefinition => {
  const found = OKTA_USER_ATTRIBUTES.find((each) => each.name === name)
  if (found === undefined) throw new Error(`There is no base attribute ${name}.`)
  return found
}

describe('base attributes of an Okta user', () => {
  test('there are 31, and neither officeName nor licenseType is among them', () => {
    expect(OKTA_USER_ATTRIBUTES).toHaveLength(31)
    const names = OKTA_USER_ATTRIBUTES.map(({ name }) => name)
    expect(new Set(names).size).toBe(31)
    expect(names).not.toContain('officeName')
    expect(names).not.toContain('licenseType')
  })

  test.each([
    ['login', 'Username', 'string', true, 5, 100],
    ['email', 'Primary email', 'string', true, 5, 100],
    ['secondEmail', 'Secondary email', 'string', false, undefined, 100],
    ['firstName', 'First name', 'string', true, 1, 50],
    ['lastName', 'Last name', 'string', true, 1, 50],
    ['primaryPhone', 'Primary phone', 'string', false, undefined, 100],
    ['mobilePhone', 'Mobile phone', 'string', false, undefined, 100],
    ['countryCode', 'Country code', 'country_code', false, undefined, undefined],
    ['preferredLanguage', 'Preferred language', 'language_code', false, undefined, undefined],
  ] as const)('%s is called %s', (name, title, type, required, minLength, maxLength) => {
    expect(base(name)).toMatchObject({ title, type, required })
    expect([base(name).minLength, base(name).maxLength]).toEqual([minLength, maxLength])
  })

  test.each([
    'middleName honorificPrefix honorificSuffix title displayName nickName profileUrl',
    'streetAddress city state zipCode postalAddress locale timezone',
    'userType employeeNumber costCenter organization division department managerId manager',
  ])('none of these is required: %s', (names) => {
    for (const name of names.split(' ')) expect(base(name).required, name).toBe(false)
  })

  test.each([
    ['login', 'abc', 'at least 5'],
    ['login', `${'a'.repeat(92)}@b.example`, 'more than 100'],
    ['firstName', 'a'.repeat(51), 'more than 50'],
    ['countryCode', 'USA', 'not of the type'],
    ['countryCode', 'XX', 'not of the type'],
    ['preferredLanguage', 'not a language', 'not of the type'],
    ['lastName', '', 'cannot be left blank'],
  ])('%s = "%s" is refused', (name, value, why) => {
    expect(valueProblem(base(name), value)).toContain(why)
  })

  test('a login and an address have the form of an e-mail', () => {
    const person = { login: 'ada.okafor', email: 'ada at home', firstName: 'Ada', lastName: 'Okafor' }
    const problems = profileProblems(OKTA_USER_ATTRIBUTES, person, { addresses: true })
    expect(problems.map(({ field }) => field)).toEqual(['login', 'email'])
  })
})

const KIND = (attribute: string): string => `(user.${attribute} != null && user.${attribute} != '') ? 'work' : ''`

/** `[variable, expression, external name, namespace]`. */
const SCIM_ROWS: readonly (readonly [string, string | undefined, string, string])[] = [
  ['userName', undefined, 'userName', USER_SCHEMA_URN],
  ['givenName', 'user.firstName', 'name.givenName', USER_SCHEMA_URN],
  ['familyName', 'user.lastName', 'name.familyName', USER_SCHEMA_URN],
  ...['middleName', 'honorificPrefix', 'honorificSuffix'].map(
    (name) => [name, `user.${name}`, `name.${name}`, USER_SCHEMA_URN] as const,
  ),
  ['email', 'user.email', 'emails.^[primary==true].value', USER_SCHEMA_URN],
  ['emailType', KIND('email'), 'emails.^[primary==true].type', USER_SCHEMA_URN],
  ...['title', 'displayName', 'nickName', 'profileUrl', 'preferredLanguage', 'locale', 'timezone', 'userType'].map(
    (name) => [name, `user.${name}`, name, USER_SCHEMA_URN] as const,
  ),
  ['primaryPhone', 'user.primaryPhone', 'phoneNumbers.^[primary==true].value', USER_SCHEMA_URN],
  ['primaryPhoneType', KIND('primaryPhone'), 'phoneNumbers.^[primary==true].type', USER_SCHEMA_URN],
  ['addressType', KIND('streetAddress'), 'addresses.^[primary==true].type', USER_SCHEMA_URN],
  ...(
    [
      ['streetAddress', 'streetAddress'],
      ['locality', 'city'],
      ['region', 'state'],
      ['postalCode', 'zipCode'],
      ['country', 'countryCode'],
      ['formatted', 'postalAddress'],
    ] as const
  ).map(([name, from]) => [name, `user.${from}`, `addresses.^[primary==true].${name}`, USER_SCHEMA_URN] as const),
  ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map(
    (name) => [name, `user.${name}`, name, ENTERPRISE_USER_URN] as const,
  ),
  ['managerValue', 'user.managerId', 'manager.value', ENTERPRISE_USER_URN],
  ['managerDisplayName', 'user.manager', 'manager.displayName', ENTERPRISE_USER_URN],
]

describe('the default SCIM profile and its mappings', () => {
  const entry = catalogEntry('scim')
  test.each(SCIM_ROWS)('%s', (name, expression, externalName, externalNamespace) => {
    expect(entry?.attributes.find((each) => each.name === name)).toMatchObject({ externalName, externalNamespace })
    expect(entry?.toApp[name]).toEqual(expression === undefined ? undefined : { expression, pushStatus: 'PUSH' })
  })

  test('holds these and no others', () => {
    expect(entry?.attributes.map(({ name }) => name).toSorted()).toEqual(SCIM_ROWS.map(([name]) => name).toSorted())
  })

  test('the entry of Dialpad holds the minimum of the sheet', () => {
    const names = catalogEntry('dialpad')?.attributes.map(({ name }) => name)
    for (const name of 'userName givenName familyName email title department country preferredLanguage'.split(' ')) {
      expect(names).toContain(name)
    }
  })
})

describe('which value an account gets', () => {
  const attribute = (name: string, type: AttributeType = 'string', union = false): AttributeDefinition => ({
    name,
    title: name,
    type,
    required: false,
    scope: 'NONE',
    union,
    custom: true,
  })
  const scope: ExpressionScope = {
    references: { user: referenceTo({ title: 'Agent', skill: null, cleared: '' }) },
    groups: [],
    internal: {},
    nowIso: '2026-01-01T00:00:00.000Z',
  }
  const accountValue = (sources: Partial<ProfileSources>, name = 'title') =>
    appProfileOf({
      attributes: [attribute('title'), attribute('teams', 'array_string', true), attribute('tags', 'array_string')],
      properties: { title: { expression: 'user.title', pushStatus: 'PUSH' } },
      scope,
      overrides: {},
      groups: [],
      ...sources,
    }).profile[name]

  test('null from an expression drops the attribute, an empty text stays one', () => {
    const mapped = (expression: string) => accountValue({ properties: { title: { expression, pushStatus: 'PUSH' } } })
    expect([mapped('user.skill'), mapped('user.cleared'), mapped('user.nobody')]).toEqual([undefined, '', undefined])
  })

  test('the administrator beats the groups, the groups beat the mapping, the first group beats the others', () => {
    const groups = [{ profile: { title: 'of the first' } }, { profile: { title: 'of the second' } }]
    expect(accountValue({ groups })).toBe('of the first')
    expect(accountValue({ groups, overrides: { title: 'typed' } })).toBe('typed')
    expect(accountValue({ groups: [{ profile: { title: '' } }, { profile: { title: 'of the second' } }] })).toBe(
      'of the second',
    )
    expect(accountValue({})).toBe('Agent')
  })

  test('arrays are combined across groups where the attribute says so, each value once', () => {
    const groups = [{ profile: { teams: ['a', 'b'], tags: ['a'] } }, { profile: { teams: ['b', 'c'], tags: ['b'] } }]
    expect(accountValue({ groups }, 'teams')).toEqual(['a', 'b', 'c'])
    expect(accountValue({ groups }, 'tags')).toEqual(['a'])
  })

  test('Create is computed at assignment only, Create and update at every change', () => {
    const before = { profile: { title: 'as it was' }, fromGroup: [] }
    const mapping = (pushStatus: 'PUSH' | 'DONT_PUSH') => ({ title: { expression: 'user.title', pushStatus } })
    expect(accountValue({ properties: mapping('DONT_PUSH') })).toBe('Agent')
    expect(accountValue({ properties: mapping('DONT_PUSH'), before })).toBe('as it was')
    expect(accountValue({ properties: mapping('PUSH'), before })).toBe('Agent')
    expect(accountValue({ properties: mapping('PUSH'), before, keepMapped: true })).toBe('as it was')
    expect(accountValue({ properties: {}, before })).toBe('as it was')
  })
})

import { ENTERPRISE_USER_URN, USER_SCHEMA_URN } from '#kit/scim/core-schemas.ts'
import type { AttributeDefinition, AttributeType, MappedProperty } from '../profiles/records.ts'
import type { AttributeStatement, NameIdFormat, ScimDialect, UsernameFormat } from './records.ts'

/** What the App Catalog knows of an app: all an administrator does not type. */
export interface CatalogEntry {
  readonly key: string
  readonly name: string
  readonly publisher: string
  readonly description: string
  /** Tags of the tile. */
  readonly tags: readonly string[]
  readonly capabilities: readonly string[]
  /** Absent: the administrator types it (an app of the integration wizard). */
  readonly baseUrl?: string
  readonly dialect: ScimDialect
  readonly usernameFormat: UsernameFormat
  readonly nameIdFormat: NameIdFormat
  /** Attribute statements an app begins with. */
  readonly statements: readonly AttributeStatement[]
  /** Steps of the SAML setup instructions. */
  readonly setup: readonly string[]
  /** In the catalog's list, or made by "Create App Integration". */
  readonly listed: boolean
  readonly attributes: readonly AttributeDefinition[]
  /** "Okta User to {App}", by app attribute; the user name is set on the Sign On tab. */
  readonly toApp: Readonly<Record<string, MappedProperty>>
  /** "{App} to Okta User", by Okta attribute. */
  readonly toUser: Readonly<Record<string, MappedProperty>>
}

interface Row {
  readonly name: string
  readonly title: string
  readonly externalName: string
  readonly namespace?: string
  readonly expression?: string
  readonly type?: AttributeType
  readonly required?: boolean
}

function attributeOf({ name, title, externalName, namespace, type, required }: Row): AttributeDefinition {
  return {
    name,
    title,
    type: type ?? 'string',
    externalName,
    externalNamespace: namespace ?? USER_SCHEMA_URN,
    required: required ?? false,
    // Names and addresses are a person's own; the rest may be set for a group.
    scope: PERSONAL.has(name) ? 'SELF' : 'NONE',
    union: false,
    custom: false,
  }
}

const PERSONAL: ReadonlySet<string> = new Set(['userName', 'givenName', 'familyName', 'email', 'emailType'])

function pushed(rows: readonly Row[]): Readonly<Record<string, MappedProperty>> {
  return Object.fromEntries(
    rows.flatMap(({ name, expression }) =>
      expression === undefined ? [] : [[name, { expression, pushStatus: 'PUSH' }] as const],
    ),
  )
}

const kind = (attribute: string): string => `(user.${attribute} != null && user.${attribute} != '') ? 'work' : ''`

const USER_NAME: Row = { name: 'userName', title: 'Username', externalName: 'userName', required: true }
const GIVEN_NAME: Row = {
  name: 'givenName',
  title: 'Given name',
  externalName: 'name.givenName',
  expression: 'user.firstName',
  required: true,
}
const FAMILY_NAME: Row = {
  name: 'familyName',
  title: 'Family name',
  externalName: 'name.familyName',
  expression: 'user.lastName',
  required: true,
}
const EMAIL: Row = {
  name: 'email',
  title: 'Email',
  externalName: 'emails.^[primary==true].value',
  expression: 'user.email',
  required: true,
}
const EMAIL_TYPE: Row = {
  name: 'emailType',
  title: 'Primary email type',
  externalName: 'emails.^[primary==true].type',
  expression: kind('email'),
}
const core = (name: string, title: string, type: AttributeType = 'string'): Row => ({
  name,
  title,
  externalName: name,
  expression: `user.${name}`,
  type,
})
const enterprise = (name: string, title: string): Row => ({ ...core(name, title), namespace: ENTERPRISE_USER_URN })

/**
 * The minimum of reference sheet 3.3; the real entry's list is not published. The country goes where the work address is, which the
 * target reads.
 */
const DIALPAD_ROWS: readonly Row[] = [
  USER_NAME,
  GIVEN_NAME,
  FAMILY_NAME,
  EMAIL,
  EMAIL_TYPE,
  core('title', 'Title'),
  core('preferredLanguage', 'Preferred language', 'language_code'),
  enterprise('department', 'Department'),
  {
    name: 'country',
    title: 'Country',
    externalName: "addresses.^[type=='work'].country",
    expression: 'user.countryCode',
    type: 'country_code',
  },
]

const inName = (name: string, title: string): Row => ({ ...core(name, title), externalName: `name.${name}` })
const primary = (list: string, member: string, name: string, title: string, expression: string): Row => ({
  name,
  title,
  externalName: `${list}.^[primary==true].${member}`,
  expression,
})

/** The generic SCIM template (reference sheet 3.3), which every app of the wizard begins with. */
const SCIM_ROWS: readonly Row[] = [
  USER_NAME,
  GIVEN_NAME,
  FAMILY_NAME,
  inName('middleName', 'Middle name'),
  inName('honorificPrefix', 'Honorific prefix'),
  inName('honorificSuffix', 'Honorific suffix'),
  EMAIL,
  EMAIL_TYPE,
  core('title', 'Title'),
  core('displayName', 'Display name'),
  core('nickName', 'Nickname'),
  core('profileUrl', 'Profile Url'),
  primary('phoneNumbers', 'value', 'primaryPhone', 'Primary phone', 'user.primaryPhone'),
  primary('phoneNumbers', 'type', 'primaryPhoneType', 'Primary phone type', kind('primaryPhone')),
  primary('addresses', 'type', 'addressType', 'Address type', kind('streetAddress')),
  primary('addresses', 'streetAddress', 'streetAddress', 'Street address', 'user.streetAddress'),
  primary('addresses', 'locality', 'locality', 'Locality', 'user.city'),
  primary('addresses', 'region', 'region', 'Region', 'user.state'),
  primary('addresses', 'postalCode', 'postalCode', 'Postal Code', 'user.zipCode'),
  primary('addresses', 'country', 'country', 'Country', 'user.countryCode'),
  primary('addresses', 'formatted', 'formatted', 'Formatted', 'user.postalAddress'),
  core('preferredLanguage', 'Preferred language', 'language_code'),
  core('locale', 'Locale Name', 'language_code'),
  core('timezone', 'Time zone'),
  core('userType', 'User type'),
  enterprise('employeeNumber', 'Employee number'),
  enterprise('costCenter', 'Cost center'),
  enterprise('organization', 'Organization'),
  enterprise('division', 'Division'),
  enterprise('department', 'Department'),
  {
    ...enterprise('managerValue', 'Manager value'),
    externalName: 'manager.value',
    expression: 'user.managerId',
  },
  {
    ...enterprise('managerDisplayName', 'Manager display name'),
    externalName: 'manager.displayName',
    expression: 'user.manager',
  },
]

const BACK: Readonly<Record<string, MappedProperty>> = {
  login: { expression: 'appuser.userName', pushStatus: 'PUSH' },
  firstName: { expression: 'appuser.givenName', pushStatus: 'PUSH' },
  lastName: { expression: 'appuser.familyName', pushStatus: 'PUSH' },
  email: { expression: 'appuser.email', pushStatus: 'PUSH' },
}

/** Names are case-sensitive (reference sheet 5.2). */
const DIALPAD_STATEMENTS: readonly AttributeStatement[] = [
  { name: 'FirstName', expression: 'user.firstName' },
  { name: 'LastName', expression: 'user.lastName' },
  { name: 'Email', expression: 'user.email' },
]

export const CATALOG: readonly CatalogEntry[] = [
  {
    key: 'dialpad',
    name: 'Dialpad',
    publisher: 'Dialpad, Inc.',
    description: 'Business phone, meetings and messages in one app.',
    tags: ['SAML', 'Provisioning'],
    capabilities: ['SAML', 'SCIM', 'Create', 'Update', 'Deactivate', 'Sync Password', 'Import', 'Group Push'],
    baseUrl: 'https://dialpad.com/scim',
    dialect: 'catalog',
    usernameFormat: 'okta-username',
    nameIdFormat: 'emailAddress',
    statements: DIALPAD_STATEMENTS,
    setup: [
      'In Dialpad, open Company Settings > Authentication > SAML and choose Okta as the provider.',
      'Copy SP SSO Url and SP Entity ID from there to Advanced Sign-on Settings on the Sign On tab of this app, choose Email as the Application username format, and select Save.',
      'Copy the three values below into Dialpad, and select Save there.',
      'Assign somebody, and try the tile of their dashboard; then the Login Url of Dialpad.',
    ],
    listed: true,
    attributes: DIALPAD_ROWS.map(attributeOf),
    toApp: pushed(DIALPAD_ROWS),
    toUser: BACK,
  },
  {
    key: 'scim',
    name: 'SCIM 2.0 app',
    publisher: 'This org',
    description: 'An app made with the App Integration Wizard: any SCIM 2.0 server.',
    tags: ['SAML', 'Provisioning'],
    capabilities: ['SCIM', 'Create', 'Update', 'Deactivate', 'Sync Password', 'Import', 'Group Push'],
    dialect: 'wizard',
    usernameFormat: 'okta-username',
    nameIdFormat: 'unspecified',
    statements: [],
    setup: [
      'Type the Single sign-on URL and the Audience URI of the app on its Sign On tab, and select Save.',
      'Give the app the three values below, or the address of the metadata.',
      'Assign somebody, and try the tile of their dashboard.',
    ],
    listed: false,
    attributes: SCIM_ROWS.map(attributeOf),
    toApp: pushed(SCIM_ROWS),
    toUser: BACK,
  },
]

/** The entry of that key. */
export function catalogEntry(key: string): CatalogEntry | undefined {
  return CATALOG.find((entry) => entry.key === key)
}

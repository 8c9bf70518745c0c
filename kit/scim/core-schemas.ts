import type { Attribute, Schema } from './schema.ts'
import { defineAttribute, defineResourceType } from './schema.ts'

export const USER_SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP_SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const ENTERPRISE_USER_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** The usual shape of a multi-valued attribute, RFC 7643 section 2.4. */
function plural(
  name: string,
  description: string,
  types: readonly string[],
  value: Partial<Attribute> = {},
): Attribute {
  return defineAttribute(name, {
    type: 'complex',
    multiValued: true,
    description,
    subAttributes: [
      defineAttribute('value', { description: `The value itself: one of the person's ${name}.`, ...value }),
      defineAttribute('display', { description: 'A name of the value for people.' }),
      defineAttribute('type', {
        description: 'What the value is for.',
        ...(types.length === 0 ? {} : { canonicalValues: types }),
      }),
      defineAttribute('primary', { type: 'boolean', description: 'Whether it is the preferred one; at most one is.' }),
    ],
  })
}

/** RFC 7643 section 4.1. */
export const USER_SCHEMA: Schema = {
  id: USER_SCHEMA_URN,
  name: 'User',
  description: 'User Account',
  attributes: [
    defineAttribute('userName', {
      required: true,
      uniqueness: 'server',
      description: 'The name a person signs in with; unique, compared without case.',
    }),
    defineAttribute('name', {
      type: 'complex',
      description: 'The parts of the name.',
      subAttributes: [
        defineAttribute('formatted', { description: 'The whole name as it is shown.' }),
        defineAttribute('familyName', { description: 'Last name.' }),
        defineAttribute('givenName', { description: 'First name.' }),
        defineAttribute('middleName', { description: 'Middle names.' }),
        defineAttribute('honorificPrefix', { description: 'A title before the name.' }),
        defineAttribute('honorificSuffix', { description: 'What follows the name.' }),
      ],
    }),
    defineAttribute('displayName', { description: 'The name shown to others.' }),
    defineAttribute('nickName', { description: 'The casual name.' }),
    defineAttribute('profileUrl', {
      type: 'reference',
      referenceTypes: ['external'],
      description: 'The profile page.',
    }),
    defineAttribute('title', { description: 'Job title.' }),
    defineAttribute('userType', { description: 'The relation to the organisation.' }),
    defineAttribute('preferredLanguage', { description: 'Preferred language, as in Accept-Language.' }),
    defineAttribute('locale', { description: 'Where dates and numbers are formatted for.' }),
    defineAttribute('timezone', { description: 'Time zone, as in the IANA database.' }),
    defineAttribute('active', { type: 'boolean', description: 'Whether the account may be used.' }),
    defineAttribute('password', {
      mutability: 'writeOnly',
      returned: 'never',
      caseExact: true,
      description: 'The password: accepted, never shown.',
    }),
    plural('emails', 'E-mail addresses.', ['work', 'home', 'other']),
    plural('phoneNumbers', 'Telephone numbers.', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    plural('ims', 'Instant messaging addresses.', ['aim', 'gtalk', 'icq', 'xmpp', 'msn', 'skype', 'qq', 'yahoo']),
    plural('photos', 'Addresses of pictures.', ['photo', 'thumbnail'], {
      type: 'reference',
      referenceTypes: ['external'],
      caseExact: true,
    }),
    defineAttribute('addresses', {
      type: 'complex',
      multiValued: true,
      description: 'Postal addresses.',
      subAttributes: [
        defineAttribute('formatted', { description: 'The whole address as it is shown.' }),
        defineAttribute('streetAddress', { description: 'Street and number.' }),
        defineAttribute('locality', { description: 'City.' }),
        defineAttribute('region', { description: 'State or region.' }),
        defineAttribute('postalCode', { description: 'Postal code.' }),
        defineAttribute('country', { description: 'Country, ISO 3166-1 alpha-2.' }),
        defineAttribute('type', { canonicalValues: ['work', 'home', 'other'], description: 'What it is for.' }),
        defineAttribute('primary', { type: 'boolean', description: 'Whether it is the preferred one.' }),
      ],
    }),
    defineAttribute('groups', {
      type: 'complex',
      multiValued: true,
      mutability: 'readOnly',
      description: 'Groups the person is in; changed through the groups.',
      subAttributes: [
        defineAttribute('value', { mutability: 'readOnly', caseExact: true, description: 'Id of the group.' }),
        defineAttribute('$ref', {
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          mutability: 'readOnly',
          caseExact: true,
          description: 'Address of the group.',
        }),
        defineAttribute('display', { mutability: 'readOnly', description: 'Name of the group.' }),
        defineAttribute('type', {
          mutability: 'readOnly',
          canonicalValues: ['direct', 'indirect'],
          description: 'How the person belongs to it.',
        }),
      ],
    }),
    plural('entitlements', 'Things the person has a right to.', []),
    plural('roles', 'Roles of the person.', []),
    plural('x509Certificates', 'Certificates.', [], { type: 'binary', caseExact: true }),
  ],
}

/** RFC 7643 section 4.2. `members.display` is not in the RFC's table, but in its section 2.4 and in real traffic. */
export const GROUP_SCHEMA: Schema = {
  id: GROUP_SCHEMA_URN,
  name: 'Group',
  description: 'Group',
  attributes: [
    defineAttribute('displayName', { required: true, description: 'Name of the group.' }),
    defineAttribute('members', {
      type: 'complex',
      multiValued: true,
      description: 'Who is in the group.',
      subAttributes: [
        defineAttribute('value', { mutability: 'immutable', caseExact: true, description: 'Id of the member.' }),
        defineAttribute('$ref', {
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          mutability: 'immutable',
          caseExact: true,
          description: 'Address of the member.',
        }),
        defineAttribute('type', {
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
          description: 'What kind of resource the member is.',
        }),
        defineAttribute('display', { mutability: 'immutable', description: 'Name of the member.' }),
      ],
    }),
  ],
}

/** RFC 7643 section 4.3. */
export const ENTERPRISE_USER_SCHEMA: Schema = {
  id: ENTERPRISE_USER_URN,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    defineAttribute('employeeNumber', { description: 'Number given by the organisation.' }),
    defineAttribute('costCenter', { description: 'Name of a cost centre.' }),
    defineAttribute('organization', { description: 'Name of an organisation.' }),
    defineAttribute('division', { description: 'Name of a division.' }),
    defineAttribute('department', { description: 'Name of a department.' }),
    defineAttribute('manager', {
      type: 'complex',
      description: 'Who the person reports to.',
      subAttributes: [
        defineAttribute('value', { caseExact: true, description: 'Id of the manager.' }),
        defineAttribute('$ref', {
          type: 'reference',
          referenceTypes: ['User'],
          caseExact: true,
          description: 'Address of the manager.',
        }),
        defineAttribute('displayName', { mutability: 'readOnly', description: 'Name of the manager.' }),
      ],
    }),
  ],
}

/** The RFC's User with the enterprise extension. Servers with custom attributes define their own from the same tables. */
export const USER_TYPE = defineResourceType({
  name: 'User',
  endpoint: '/Users',
  description: 'User Account',
  schema: USER_SCHEMA,
  extensions: [{ schema: ENTERPRISE_USER_SCHEMA, required: false }],
})

/** The RFC's Group. */
export const GROUP_TYPE = defineResourceType({
  name: 'Group',
  endpoint: '/Groups',
  description: 'Group',
  schema: GROUP_SCHEMA,
})

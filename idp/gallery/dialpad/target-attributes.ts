import type { AttributeDefinition } from '#idp/core/provisioning/types.ts'
import { ENTERPRISE_USER } from './mapping-rows.ts'

/** Most attributes are one text whose case does not matter. */
function text(name: string, more: Partial<AttributeDefinition> = {}): AttributeDefinition {
  return {
    name,
    type: 'String',
    primaryKey: false,
    required: false,
    multiValued: false,
    caseExact: false,
    referencedObjects: [],
    ...more,
  }
}

const ID = text('id', { primaryKey: true, required: true, caseExact: true })

/** Every element of a list this service can address, of these types. */
function elements(list: string, types: readonly string[], part = 'value'): readonly AttributeDefinition[] {
  return types.map((type) => text(`${list}[type eq "${type}"].${part}`))
}

const ADDRESS_PARTS = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'] as const

/** What a SCIM target is known to hold of a person: RFC 7643 §4.1 and §4.3 (reference 5.4). */
export const SCIM_USER_ATTRIBUTES: readonly AttributeDefinition[] = [
  ID,
  text('userName', { required: true }),
  text('active', { type: 'Boolean' }),
  text('displayName'),
  text('title'),
  ...elements('emails', ['work', 'home', 'other']),
  text('preferredLanguage'),
  text('name.givenName'),
  text('name.familyName'),
  text('name.formatted'),
  text('name.middleName'),
  text('name.honorificPrefix'),
  text('name.honorificSuffix'),
  ...ADDRESS_PARTS.flatMap((part) => elements('addresses', ['work'], part)),
  text('addresses[type eq "other"].formatted'),
  ...elements('phoneNumbers', ['work', 'mobile', 'fax', 'home', 'other', 'pager']),
  text('externalId', { caseExact: true }),
  text('nickName'),
  text('userType'),
  text('locale'),
  text('timezone'),
  text('profileUrl'),
  text('roles', { multiValued: true }),
  text(`${ENTERPRISE_USER}:employeeNumber`),
  text(`${ENTERPRISE_USER}:department`),
  text(`${ENTERPRISE_USER}:division`),
  text(`${ENTERPRISE_USER}:costCenter`),
  text(`${ENTERPRISE_USER}:organization`),
  text(`${ENTERPRISE_USER}:manager`, { type: 'Reference', referencedObjects: ['User'] }),
]

/** What a SCIM target is known to hold of a group: RFC 7643 §4.2. */
export const SCIM_GROUP_ATTRIBUTES: readonly AttributeDefinition[] = [
  ID,
  text('displayName', { required: true }),
  text('externalId', { caseExact: true }),
  text('members', { type: 'Reference', multiValued: true, referencedObjects: ['User'] }),
]

/**
 * The same and what Dialpad reads beyond it, all in the enterprise extension (reference 5.5; Dialpad sheet 1.3). Its own numbers
 * are shown and never taken over: a row that writes them sends a PATCH at every evaluation, which is an exercise (reference 5.5).
 */
export const DIALPAD_USER_ATTRIBUTES: readonly AttributeDefinition[] = [
  ...SCIM_USER_ATTRIBUTES,
  ...elements('phoneNumbers', ['Dialpad']),
  text(`${ENTERPRISE_USER}:officeName`),
  text(`${ENTERPRISE_USER}:physicalDeliveryOfficeName`),
  text(`${ENTERPRISE_USER}:licenseType`),
  text(`${ENTERPRISE_USER}:countryCode`),
]

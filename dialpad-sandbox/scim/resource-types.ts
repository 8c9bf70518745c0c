import { ENTERPRISE_USER_SCHEMA, GROUP_TYPE, USER_SCHEMA } from '#kit/scim/core-schemas.ts'
import { defineAttribute, defineResourceType, extendSchema, type Schema } from '#kit/scim/schema.ts'
import { LICENCES } from '../domain/licences.ts'

/** What `/Schemas` says and the server does: the RFC's tables with Dialpad's attributes (reference sheet 1.3). */

/** Lists the people are in are shown by the groups, not by the person. */
const WITHOUT_GROUPS: Schema = {
  ...USER_SCHEMA,
  attributes: USER_SCHEMA.attributes.filter((attribute) => attribute.name !== 'groups'),
}

const phoneNumbers = USER_SCHEMA.attributes.filter((attribute) => attribute.name === 'phoneNumbers')

const DIALPAD_USER_SCHEMA = extendSchema(WITHOUT_GROUPS, [
  ...phoneNumbers.map((attribute) => ({
    ...attribute,
    description: 'Telephone numbers. The one of type Dialpad is the direct number: shown, never written.',
    subAttributes: (attribute.subAttributes ?? []).map((sub) =>
      sub.name === 'type' ? { ...sub, canonicalValues: [...(sub.canonicalValues ?? []), 'Dialpad'] } : sub,
    ),
  })),
  defineAttribute('countryCode', {
    description: 'Country, ISO 3166-1 alpha-2: where no office matches, one of it is chosen.',
  }),
])

/** Custom attributes live in the standard enterprise extension, not in one of the vendor's. */
const DIALPAD_ENTERPRISE_SCHEMA = extendSchema(ENTERPRISE_USER_SCHEMA, [
  defineAttribute('department', {
    description: 'Chooses the office, where the company reads it; no Dialpad department.',
  }),
  defineAttribute('officeName', { description: 'Chooses the office, which has exactly this name.' }),
  defineAttribute('physicalDeliveryOfficeName', { description: 'Chooses the office, where the company reads it.' }),
  defineAttribute('country', { description: 'Country, ISO 3166-1 alpha-2.' }),
  defineAttribute('licenseType', {
    description: 'The licence; without one, the first of the list.',
    canonicalValues: LICENCES.map((licence) => licence.spellings[0]),
  }),
])

export const DIALPAD_USER_TYPE = defineResourceType({
  name: 'User',
  endpoint: '/Users',
  description: 'A person with a Dialpad account',
  schema: DIALPAD_USER_SCHEMA,
  extensions: [{ schema: DIALPAD_ENTERPRISE_SCHEMA, required: false }],
})

/** Members are people; of a group's name there is one. */
const DIALPAD_GROUP_SCHEMA = extendSchema(
  GROUP_TYPE.schema,
  GROUP_TYPE.schema.attributes.map((attribute) => {
    if (attribute.name === 'displayName') {
      const description = 'Name of the group: unique, compared without case, and never changed.'
      return { ...attribute, description, uniqueness: 'server' as const }
    }
    const subAttributes = (attribute.subAttributes ?? []).map((sub) => {
      if (sub.name === '$ref') return { ...sub, referenceTypes: ['User'] }
      return sub.name === 'type' ? { ...sub, canonicalValues: ['User'] } : sub
    })
    return { ...attribute, subAttributes }
  }),
)

/** A Directory group. */
export const DIALPAD_GROUP_TYPE = defineResourceType({
  name: 'Group',
  endpoint: '/Groups',
  description: 'A group pushed by a directory',
  schema: DIALPAD_GROUP_SCHEMA,
})

export const RESOURCE_TYPES = [DIALPAD_USER_TYPE, DIALPAD_GROUP_TYPE] as const

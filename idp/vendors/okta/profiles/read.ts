import type { Reader } from '#kit/store/store.ts'
import { OKTA_USER_ATTRIBUTES } from './base-attributes.ts'
import type { MappingDirection, ProfileMapping, ProfileSchema, ProfileShape } from './records.ts'

/** Owner of the profile of people. */
export const USER_SCHEMA = 'user'

/** The profile as Profile Editor shows it; that of people exists from the beginning. */
export function schemaOf(reader: Reader<ProfileShape>, ownerId: string): ProfileSchema {
  const known = reader.get('profileSchemas', ownerId)
  if (known !== undefined) return known
  if (ownerId !== USER_SCHEMA) throw new Error(`There is no profile of ${ownerId}.`)
  return { ownerId: USER_SCHEMA, title: 'User (default)', attributes: OKTA_USER_ATTRIBUTES }
}

/** An app's mapping in one direction. */
export function mappingOf(reader: Reader<ProfileShape>, appId: string, direction: MappingDirection): ProfileMapping {
  const found = reader.find('profileMappings', 'app', appId).find((mapping) => mapping.direction === direction)
  if (found === undefined) throw new Error(`The app ${appId} has no mapping ${direction}.`)
  return found
}

/**
 * Profiles: what a person or an account of an app is described by, and how one flows into the other (reference sheet 3).
 */

/** `""` is a value (the console clears a field to it); absent is null. */
export type ProfileValue = string | number | boolean | readonly (string | number)[]

/** Attributes by variable name. */
export type Profile = Readonly<Record<string, ProfileValue>>

export const ATTRIBUTE_TYPES = [
  'string',
  'number',
  'boolean',
  'integer',
  'array_string',
  'array_number',
  'array_integer',
  'country_code',
  'language_code',
] as const
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number]

/** One attribute of a profile (reference sheet 1.12). */
export interface AttributeDefinition {
  /** Variable name: what expressions say. Case counts. */
  readonly name: string
  readonly title: string
  readonly type: AttributeType
  readonly description?: string
  /** Apps only: where the value stands in the SCIM user, `name.givenName`, `emails.^[primary==true].value`. */
  readonly externalName?: string
  /** Apps only: URN of the schema it stands in. A custom attribute without one is never sent. */
  readonly externalNamespace?: string
  readonly required: boolean
  readonly members?: readonly { readonly title: string; readonly value: string }[]
  readonly minLength?: number
  readonly maxLength?: number
  /** `SELF`: "User personal"; only `NONE` can be set for a group. */
  readonly scope: 'NONE' | 'SELF'
  /** "Combine values across groups", arrays only; else the group of the highest priority wins. */
  readonly union: boolean
  /** Added by an administrator; the others cannot be removed. */
  readonly custom: boolean
}

/** Keyed by owner: `user` (User (default)) or the id of an app. */
export interface ProfileSchema {
  readonly ownerId: string
  /** `User (default)`, `Dialpad User`. */
  readonly title: string
  readonly attributes: readonly AttributeDefinition[]
}

/** `PUSH`: on create and update; `DONT_PUSH`: on create only. */
export type PushStatus = 'PUSH' | 'DONT_PUSH'

export interface MappedProperty {
  readonly expression: string
  readonly pushStatus: PushStatus
}

export type MappingDirection = 'to-app' | 'to-user'

/** Expressions by target attribute; an attribute without one is not mapped. Keyed by id. */
export interface ProfileMapping {
  /** `prm…` */
  readonly id: string
  readonly appId: string
  readonly direction: MappingDirection
  readonly properties: Readonly<Record<string, MappedProperty>>
}

export type ProfileShape = {
  profileSchemas: ProfileSchema
  profileMappings: ProfileMapping
}

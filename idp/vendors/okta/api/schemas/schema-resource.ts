import type { OktaApp } from '../../apps/records.ts'
import type { OktaReader } from '../../collections.ts'
import { USER_SCHEMA } from '../../profiles/read.ts'
import type { AttributeDefinition, AttributeType, ProfileSchema } from '../../profiles/records.ts'
import { userSchemaId } from './schema-id.ts'

/** Profiles as JSON Schema, draft 4, the way the API writes them (reference sheet 6.3). */

type Json = Readonly<Record<string, unknown>>

function typeOf(type: AttributeType): Json {
  switch (type) {
    case 'array_string':
      return { type: 'array', items: { type: 'string' } }
    case 'array_number':
      return { type: 'array', items: { type: 'number' } }
    case 'array_integer':
      return { type: 'array', items: { type: 'integer' } }
    case 'country_code':
      return { type: 'string', format: 'country-code' }
    case 'language_code':
      return { type: 'string', format: 'language-code' }
    case 'string':
    case 'number':
    case 'boolean':
    case 'integer':
      return { type }
  }
}

const EMAILS: ReadonlySet<string> = new Set(['email', 'secondEmail'])

function propertyOf(attribute: AttributeDefinition, isUser: boolean): Json {
  const { name, title, description, externalName, externalNamespace, required, members, minLength, maxLength } =
    attribute
  const enumeration =
    members === undefined
      ? {}
      : {
          enum: members.map(({ value }) => value),
          oneOf: members.map((member) => ({ const: member.value, title: member.title })),
        }
  return {
    title,
    ...typeOf(attribute.type),
    ...(isUser && EMAILS.has(name) ? { format: 'email' } : {}),
    ...(description === undefined ? {} : { description }),
    ...(externalName === undefined ? {} : { externalName }),
    ...(externalNamespace === undefined ? {} : { externalNamespace }),
    ...(required ? { required: true } : {}),
    mutability: 'READ_WRITE',
    scope: attribute.scope,
    ...enumeration,
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(attribute.type.startsWith('array') ? { union: attribute.union ? 'ENABLE' : 'DISABLE' } : {}),
    permissions: [{ principal: 'SELF', action: 'READ_ONLY' }],
    master: { type: 'PROFILE_MASTER' },
  }
}

/** Base attributes by name, as the resource has them. */
export function basePropertiesOf({ ownerId, attributes }: ProfileSchema): Json {
  return propertiesOf(
    attributes.filter(({ custom }) => !custom),
    ownerId === USER_SCHEMA,
  )
}

function propertiesOf(attributes: readonly AttributeDefinition[], isUser: boolean): Json {
  return Object.fromEntries(attributes.map((each) => [each.name, propertyOf(each, isUser)]))
}

function definitionOf(id: 'base' | 'custom', attributes: readonly AttributeDefinition[], isUser: boolean): Json {
  return {
    id: `#${id}`,
    type: 'object',
    properties: propertiesOf(attributes, isUser),
    required: attributes.filter(({ required }) => required).map(({ name }) => name),
  }
}

/** @param app Whose profile it is; absent for people. */
export function schemaResource(reader: OktaReader, origin: string, schema: ProfileSchema, app?: OktaApp): Json {
  const isUser = schema.ownerId === USER_SCHEMA
  const path = app === undefined ? `user/${userSchemaId(reader)}` : `apps/${app.id}/default`
  const org = reader.get('org', 'org')
  return {
    id: `${origin}/meta/schemas/${path}`,
    $schema: 'http://json-schema.org/draft-04/schema#',
    name: app === undefined ? 'user' : app.name,
    title: app === undefined ? 'User' : schema.title,
    lastUpdated: app?.lastUpdated ?? org?.created,
    created: app?.created ?? org?.created,
    definitions: {
      base: definitionOf(
        'base',
        schema.attributes.filter(({ custom }) => !custom),
        isUser,
      ),
      custom: definitionOf(
        'custom',
        schema.attributes.filter(({ custom }) => custom),
        isUser,
      ),
    },
    type: 'object',
    properties: { profile: { allOf: [{ $ref: '#/definitions/custom' }, { $ref: '#/definitions/base' }] } },
    _links: { self: { href: `${origin}/api/v1/meta/schemas/${path}`, method: 'GET', rel: 'self' } },
  }
}

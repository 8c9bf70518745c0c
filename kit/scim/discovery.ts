import type { JsonObject } from './json.ts'
import type { Attribute, ResourceType, Schema } from './schema.ts'

export const SERVICE_PROVIDER_CONFIG_URN = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'
export const RESOURCE_TYPE_URN = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
export const SCHEMA_URN = 'urn:ietf:params:scim:schemas:core:2.0:Schema'

/** What a server claims, RFC 7643 section 5. A limit that is absent means: not supported. */
export interface ServiceProvider {
  readonly documentationUri?: string
  readonly patch: boolean
  readonly bulk?: { readonly maxOperations: number; readonly maxPayloadSize: number }
  readonly filter?: { readonly maxResults: number }
  readonly changePassword: boolean
  readonly sort: boolean
  readonly etag: boolean
  readonly authenticationSchemes: readonly {
    readonly type: 'oauth' | 'oauth2' | 'oauthbearertoken' | 'httpbasic' | 'httpdigest'
    readonly name: string
    readonly description: string
    readonly specUri?: string
    readonly primary?: boolean
  }[]
}

/** The document of RFC 7643 section 5. `baseUrl` has no slash at its end. */
export function renderServiceProviderConfig(provider: ServiceProvider, baseUrl: string): JsonObject {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG_URN],
    ...(provider.documentationUri === undefined ? {} : { documentationUri: provider.documentationUri }),
    patch: { supported: provider.patch },
    bulk: {
      supported: provider.bulk !== undefined,
      maxOperations: provider.bulk?.maxOperations ?? 0,
      maxPayloadSize: provider.bulk?.maxPayloadSize ?? 0,
    },
    filter: { supported: provider.filter !== undefined, maxResults: provider.filter?.maxResults ?? 0 },
    changePassword: { supported: provider.changePassword },
    sort: { supported: provider.sort },
    etag: { supported: provider.etag },
    authenticationSchemes: provider.authenticationSchemes,
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  }
}

/** The document of RFC 7643 section 6. */
export function renderResourceType(type: ResourceType, baseUrl: string): JsonObject {
  return {
    schemas: [RESOURCE_TYPE_URN],
    id: type.name,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.name}` },
  }
}

function renderAttribute(attribute: Attribute): JsonObject {
  const { name, type, multiValued, description, required, caseExact, mutability, returned, uniqueness } = attribute
  const { canonicalValues, referenceTypes, subAttributes } = attribute
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(type === 'boolean' || type === 'complex' ? {} : { caseExact }),
    mutability,
    returned,
    ...(type === 'boolean' ? {} : { uniqueness }),
    ...(canonicalValues === undefined ? {} : { canonicalValues }),
    ...(referenceTypes === undefined ? {} : { referenceTypes }),
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(renderAttribute) }),
  }
}

/** The document of RFC 7643 section 7. */
export function renderSchema(schema: Schema, baseUrl: string): JsonObject {
  return {
    schemas: [SCHEMA_URN],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(renderAttribute),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  }
}

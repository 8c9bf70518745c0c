/** RFC 7643 section 2.3. `any` is ours: an attribute no schema describes, kept as it came. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'reference'
  | 'binary'
  | 'complex'
  | 'any'

/** One attribute with its characteristics, RFC 7643 section 7. */
export interface Attribute {
  readonly name: string
  readonly type: AttributeType
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  readonly returned: 'always' | 'never' | 'default' | 'request'
  readonly uniqueness: 'none' | 'server' | 'global'
  readonly canonicalValues?: readonly string[]
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly Attribute[]
}

export interface Schema {
  /** The URN. */
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly Attribute[]
}

/** A resource type with everything lookups need. Made by {@link defineResourceType}. */
export interface ResourceType {
  readonly name: string
  /** Relative to the base address: `/Users`. */
  readonly endpoint: string
  readonly description: string
  readonly schema: Schema
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[]
  /** The core schema's and every extension's URN. */
  readonly urns: readonly string[]
  /** Lower-case name to attribute: the core schema with the common attributes of RFC 7643 section 3.1. */
  readonly coreAttributes: ReadonlyMap<string, Attribute>
  /** Lower-case URN to the extension and its attributes by lower-case name. */
  readonly extensionsByUrn: ReadonlyMap<string, ExtensionIndex>
}

export interface ExtensionIndex {
  readonly schema: Schema
  readonly attributes: ReadonlyMap<string, Attribute>
}

/**
 * An attribute with the RFC's defaults: optional string, read and written, returned by default, without case, not unique
 * (RFC 7643 section 2.2).
 */
export function defineAttribute(name: string, rest: Partial<Omit<Attribute, 'name'>> = {}): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description: name,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...rest,
  }
}

/** An attribute nobody described: kept, compared without case, of whatever type it has. */
export function undescribedAttribute(name: string): Attribute {
  return defineAttribute(name, { type: 'any' })
}

/** The schema with further attributes, such as the custom ones of an extension. An attribute of the same name is replaced. */
export function extendSchema(schema: Schema, attributes: readonly Attribute[]): Schema {
  const added = new Set(attributes.map((attribute) => attribute.name.toLowerCase()))
  return {
    ...schema,
    attributes: [...schema.attributes.filter((kept) => !added.has(kept.name.toLowerCase())), ...attributes],
  }
}

/** RFC 7643 section 3.1, and `schemas`. */
const COMMON_ATTRIBUTES: readonly Attribute[] = [
  defineAttribute('schemas', { type: 'reference', multiValued: true, returned: 'always', caseExact: true }),
  defineAttribute('id', { mutability: 'readOnly', returned: 'always', caseExact: true, uniqueness: 'server' }),
  defineAttribute('externalId', { caseExact: true }),
  defineAttribute('meta', {
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: [
      defineAttribute('resourceType', { mutability: 'readOnly', caseExact: true }),
      defineAttribute('created', { type: 'dateTime', mutability: 'readOnly' }),
      defineAttribute('lastModified', { type: 'dateTime', mutability: 'readOnly' }),
      defineAttribute('location', { type: 'reference', mutability: 'readOnly', caseExact: true }),
      defineAttribute('version', { mutability: 'readOnly', caseExact: true }),
    ],
  }),
]

function byName(attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> {
  return new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]))
}

/** Builds the lookups of a resource type once. */
export function defineResourceType(
  definition: Pick<ResourceType, 'name' | 'endpoint' | 'description' | 'schema'> & {
    readonly extensions?: ResourceType['extensions']
  },
): ResourceType {
  const extensions = definition.extensions ?? []
  return {
    ...definition,
    extensions,
    urns: [definition.schema.id, ...extensions.map(({ schema }) => schema.id)],
    coreAttributes: byName([...COMMON_ATTRIBUTES, ...definition.schema.attributes]),
    extensionsByUrn: new Map(
      extensions.map(({ schema }) => [schema.id.toLowerCase(), { schema, attributes: byName(schema.attributes) }]),
    ),
  }
}

/** Where an attribute is: its description, and the extension's URN as the schema spells it (absent: core). */
export interface FoundAttribute {
  readonly attribute: Attribute
  readonly urn?: string
}

/**
 * Looks an attribute up without regard to case (RFC 7643 section 2.1). Without a URN the core schema alone is searched.
 * Undefined: the type has no such attribute.
 */
export function findAttribute(
  type: ResourceType,
  path: { readonly urn?: string; readonly name: string },
): FoundAttribute | undefined {
  const name = path.name.toLowerCase()
  if (path.urn === undefined || path.urn.toLowerCase() === type.schema.id.toLowerCase()) {
    const attribute = type.coreAttributes.get(name)
    return attribute && { attribute }
  }
  const extension = type.extensionsByUrn.get(path.urn.toLowerCase())
  const attribute = extension?.attributes.get(name)
  return extension && attribute && { attribute, urn: extension.schema.id }
}

/** A sub-attribute, without regard to case. Undefined: there is none of that name. */
export function findSubAttribute(attribute: Attribute, name: string): Attribute | undefined {
  const wanted = name.toLowerCase()
  return attribute.subAttributes?.find((candidate) => candidate.name.toLowerCase() === wanted)
}

import { badRequest } from './errors.ts'
import type { JsonDraft, JsonObject } from './json.ts'
import { containerOf, isObject, isUnassigned, own, refuseUnsafe, sameJson } from './json.ts'
import type { Attribute, ResourceType } from './schema.ts'
import type { Tolerance } from './values.ts'
import { describe, readValue } from './values.ts'

export interface ResourceOptions extends Tolerance {
  /** URNs in `schemas` that the type does not have are passed over; else they are refused. */
  readonly unknownSchemas?: boolean
  /** Takes a body whose `schemas` is missing. */
  readonly schemasOptional?: boolean
}

/**
 * Reads the body of a POST or PUT: names spelt as the schema spells them, values checked, nulls and empty lists left out,
 * read-only attributes passed over (RFC 7644 sections 3.3 and 3.5.1). `schemas` of the answer lists the core schema and the
 * extensions that have a value.
 * @throws ScimError invalidSyntax (no object, `schemas`, undescribed names), invalidValue (types, required, two primaries)
 */
export function readResource(body: unknown, type: ResourceType, options: ResourceOptions = {}): JsonObject {
  if (!isObject(body)) throw badRequest('invalidSyntax', 'The body is not a JSON object.')
  refuseUnsafe(body)
  const resource: JsonDraft = { schemas: [] }
  const blocks: [string, JsonObject][] = []
  for (const [key, value] of Object.entries(body)) {
    const lower = key.toLowerCase()
    if (lower === 'schemas') continue
    const extension = type.extensionsByUrn.get(lower)
    if (extension === undefined) readInto(resource, type.coreAttributes.get(lower), key, value, options)
    else blocks.push([extension.schema.id, readBlock(extension.schema.id, extension.attributes, value, options)])
  }
  for (const [urn, block] of blocks) if (Object.keys(block).length > 0) resource[urn] = block
  requireSchemas(body, type, options)
  requireAttributes(resource, type)
  resource['schemas'] = type.urns.filter((urn) => urn === type.schema.id || resource[urn] !== undefined)
  return resource
}

function readInto(
  draft: JsonDraft,
  known: Attribute | undefined,
  name: string,
  value: unknown,
  options: ResourceOptions,
  prefix = '',
): void {
  const attribute = describe(known, name, options, `${prefix}${name}`)
  if (attribute === undefined || attribute.mutability === 'readOnly') return
  const read = readValue(attribute, value, options, `${prefix}${attribute.name}`)
  if (read === undefined) return
  if (Array.isArray(read)) refuseSeveralPrimaries(read, `${prefix}${attribute.name}`)
  draft[attribute.name] = read
}

function readBlock(
  urn: string,
  attributes: ReadonlyMap<string, Attribute>,
  value: unknown,
  options: ResourceOptions,
): JsonObject {
  const block: JsonDraft = {}
  if (isUnassigned(value)) return block
  if (!isObject(value)) throw badRequest('invalidValue', `${urn} must be an object.`)
  for (const [name, member] of Object.entries(value)) {
    readInto(block, attributes.get(name.toLowerCase()), name, member, options, `${urn}:`)
  }
  return block
}

function refuseSeveralPrimaries(elements: readonly unknown[], where: string): void {
  const primaries = elements.filter((element) => isObject(element) && own(element, 'primary') === true)
  if (primaries.length > 1) throw badRequest('invalidValue', `Only one value of ${where} can be primary.`)
}

function requireSchemas(body: JsonObject, type: ResourceType, options: ResourceOptions): void {
  const [, schemas] = Object.entries(body).find(([key]) => key.toLowerCase() === 'schemas') ?? []
  if (schemas === undefined && options.schemasOptional) return
  if (!Array.isArray(schemas) || !schemas.every((urn): urn is string => typeof urn === 'string')) {
    throw badRequest('invalidSyntax', `"schemas" must be a list that holds ${type.schema.id}.`)
  }
  const given = new Set(schemas.map((urn) => urn.toLowerCase()))
  if (!given.has(type.schema.id.toLowerCase())) {
    throw badRequest('invalidSyntax', `"schemas" must hold ${type.schema.id}.`)
  }
  const known = new Set(type.urns.map((urn) => urn.toLowerCase()))
  const unknown = schemas.find((urn) => !known.has(urn.toLowerCase()))
  if (unknown !== undefined && !options.unknownSchemas) {
    throw badRequest('invalidSyntax', `"schemas" holds ${unknown}, which ${type.name} does not have.`)
  }
}

/** A required attribute that is read-only is the server's to give. */
function requireAttributes(resource: JsonObject, type: ResourceType): void {
  for (const attribute of type.schema.attributes) requireAttribute(resource, attribute, '')
  for (const { schema, required } of type.extensions) {
    const block = containerOf(resource, schema.id)
    if (block === undefined && !required) continue
    for (const attribute of schema.attributes) requireAttribute(block ?? {}, attribute, `${schema.id}:`)
  }
}

function requireAttribute(container: JsonObject, attribute: Attribute, prefix: string): void {
  if (!attribute.required || attribute.mutability === 'readOnly') return
  const value = own(container, attribute.name)
  if (value === undefined || value === '') throw badRequest('invalidValue', `${prefix}${attribute.name} is required.`)
}

/**
 * For PUT: refuses to change an immutable attribute that has a value (RFC 7644 section 3.5.1). Leaving it out keeps it, which
 * is the caller's to do.
 * @throws ScimError mutability
 */
export function refuseImmutableChanges(before: JsonObject, after: JsonObject, type: ResourceType): void {
  const refuse = (attribute: Attribute, urn: string | undefined): void => {
    if (attribute.mutability !== 'immutable') return
    const [from, to] = [containerOf(before, urn) ?? {}, containerOf(after, urn) ?? {}]
    const [old, next] = [own(from, attribute.name), own(to, attribute.name)]
    if (old !== undefined && next !== undefined && !sameJson(old, next)) {
      throw badRequest('mutability', `${attribute.name} cannot be changed once it is set.`)
    }
  }
  for (const attribute of type.schema.attributes) refuse(attribute, undefined)
  for (const { schema } of type.extensions) for (const attribute of schema.attributes) refuse(attribute, schema.id)
}

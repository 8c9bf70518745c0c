import { badRequest, ScimError } from './errors.ts'
import type { PatchPath } from './filter.ts'
import { parsePatchPath, printPatchPath } from './filter.ts'
import type { JsonObject } from './json.ts'
import { isObject, isUnassigned, own, ownKey, sameJson } from './json.ts'
import { changedPaths, Draft } from './patch-draft.ts'
import type { PatchOptions, Target } from './patch-outcome.ts'
import { mergeUntyped, outcome } from './patch-outcome.ts'
import type { PatchOperation } from './patch-request.ts'
import type { Attribute, ResourceType } from './schema.ts'
import { findAttribute, findSubAttribute } from './schema.ts'
import { describe } from './values.ts'

export type { PatchOptions } from './patch-outcome.ts'

export interface PatchResult {
  /** The given resource itself if nothing changed. */
  readonly resource: JsonObject
  /** `displayName`, `name.familyName`, `emails`, `urn:…:User:department`; sorted as they stand in the resource. */
  readonly changed: readonly string[]
}

/** More than any client sends for one resource: an operation costs as much as the list it touches is long. */
export const MAX_OPERATIONS = 1_000
/** Of one attribute. Members of a group, which may be more, go another way: `member-operations.ts`. */
export const MAX_ELEMENTS = 1_000

/**
 * Applies the operations of a PATCH in order (RFC 7644 section 3.5.2); all or nothing, and the given resource is never changed.
 * `schemas` is passed over: it follows from the extensions.
 * @throws ScimError mutability (read-only, immutable, or required and removed), invalidPath, noTarget, invalidValue, invalidSyntax; 413 for too many
 */
export function applyPatch(
  resource: JsonObject,
  operations: readonly PatchOperation[],
  type: ResourceType,
  options: PatchOptions = {},
): PatchResult {
  if (operations.length > MAX_OPERATIONS) {
    throw new ScimError(413, undefined, `A PATCH takes ${MAX_OPERATIONS} operations at most.`)
  }
  const draft = new Draft(resource)
  for (const { op, path, value } of operations) {
    if (path === undefined) applyMembers(draft, op, value, type, options)
    else applyPath(draft, op, path, value, type, options, 'path')
  }
  const patched = draft.finish(resource)
  const changed = changedPaths(resource, patched, type)
  return changed.length === 0 ? { resource, changed } : { resource: patched, changed }
}

/** A value without path: each of its members is an operation of its own. */
function applyMembers(
  draft: Draft,
  op: PatchOperation['op'],
  value: unknown,
  type: ResourceType,
  options: PatchOptions,
): void {
  if (!isObject(value)) throw badRequest('invalidValue', `The value of ${op} without a path must be an object.`)
  for (const [key, member] of Object.entries(value)) {
    applyPath(draft, op, readKey(key, type, options), member, type, options, 'key')
  }
}

const PLAIN_NAME = /^(?:[A-Za-z][\w-]*|\$ref)$/

/** A key without path is an attribute or an extension; further paths only where they are tolerated. */
function readKey(key: string, type: ResourceType, options: PatchOptions): PatchPath {
  const urn = type.urns.find((known) => known.toLowerCase() === key.toLowerCase())
  if (urn !== undefined) return { kind: 'extension', urn }
  if (PLAIN_NAME.test(key)) return { kind: 'attribute', name: key }
  if (options.pathsAsKeys) return parsePatchPath(key, { urns: type.urns })
  if (key.toLowerCase().startsWith('urn:')) return { kind: 'extension', urn: key }
  throw badRequest('invalidSyntax', `"${key}" is not an attribute name.`)
}

/** What named the attribute: a path, a key of a value without path, or the removal of the extension it is a part of. */
type Origin = 'path' | 'key' | 'part'

function applyPath(
  draft: Draft,
  op: PatchOperation['op'],
  path: PatchPath,
  value: unknown,
  type: ResourceType,
  options: PatchOptions,
  origin: Origin,
): void {
  if (path.kind === 'extension') {
    applyExtension(draft, op, path.urn, value, type, options, origin)
    return
  }
  if (path.urn === undefined && path.name.toLowerCase() === 'schemas') return
  const target = resolve(op, path, type, options, origin)
  if (target === undefined) return
  if (target.attribute.mutability === 'readOnly' || target.sub?.mutability === 'readOnly') {
    if (origin === 'part' || (origin === 'key' && options.passOverReadOnly)) return
    throw badRequest('mutability', `${target.shown} is read-only.`)
  }
  const container = draft.container(target.urn)
  // A name no schema describes is spelt as it was the first time.
  const key = ownKey(container, target.attribute.name) ?? target.attribute.name
  const before = own(container, key)
  const after = outcome(before, target, value, options)
  refuseFixed(target, before, after)
  if (Array.isArray(after) && after.length > MAX_ELEMENTS) {
    throw new ScimError(413, undefined, `${target.attribute.name} would have more than ${MAX_ELEMENTS} values.`)
  }
  if (after === undefined) delete container[key]
  else container[key] = after
}

function applyExtension(
  draft: Draft,
  op: PatchOperation['op'],
  givenUrn: string,
  value: unknown,
  type: ResourceType,
  options: PatchOptions,
  origin: Origin,
): void {
  const extension = type.extensionsByUrn.get(givenUrn.toLowerCase())
  const isCore = givenUrn.toLowerCase() === type.schema.id.toLowerCase()
  if (extension === undefined && !isCore) {
    applyUnknownExtension(draft, op, givenUrn, value, options, origin)
    return
  }
  const urn = extension?.schema.id ?? type.schema.id
  if (op === 'remove' || value === null) {
    if (isCore) throw badRequest('invalidPath', `${urn} cannot be removed as a whole.`)
    for (const name of Object.keys(draft.container(urn))) {
      applyPath(draft, 'remove', { kind: 'attribute', urn, name }, undefined, type, options, 'part')
    }
    return
  }
  if (!isObject(value)) throw badRequest('invalidValue', `${urn} must be an object.`)
  for (const [name, member] of Object.entries(value)) {
    applyPath(draft, op, { kind: 'attribute', urn, name }, member, type, options, 'key')
  }
}

/** A schema this server does not know: its block is kept or dropped as a whole. */
function applyUnknownExtension(
  draft: Draft,
  op: PatchOperation['op'],
  urn: string,
  value: unknown,
  options: PatchOptions,
  origin: Origin,
): void {
  const treatment = options.undescribedAttributes ?? 'refuse'
  if (treatment === 'refuse') {
    throw badRequest(origin === 'path' ? 'invalidPath' : 'invalidSyntax', `There is no schema ${urn}.`)
  }
  if (treatment === 'ignore') return
  const key = ownKey(draft.resource, urn) ?? urn
  if (op === 'remove' || isUnassigned(value)) delete draft.resource[key]
  else draft.resource[key] = mergeUntyped(draft.resource[key], value, 'add')
}

/** Undefined: an undescribed attribute that is to be passed over. @throws ScimError invalidPath, invalidSyntax */
function resolve(
  op: PatchOperation['op'],
  path: PatchPath & { readonly kind: 'attribute' },
  type: ResourceType,
  options: PatchOptions,
  origin: Origin,
): Target | undefined {
  const shown = printPatchPath(path)
  const found = findAttribute(type, path)
  if (found === undefined && origin === 'path' && (options.undescribedAttributes ?? 'refuse') === 'refuse') {
    throw badRequest('invalidPath', `There is no attribute ${shown}.`)
  }
  const described = describe(found?.attribute, path.name, options, shown)
  if (described === undefined) return undefined
  const urn = found === undefined ? path.urn : found.urn
  const attribute = shapeFor(described, path)
  if (path.filter !== undefined && !attribute.multiValued) {
    throw badRequest('invalidPath', `${shown}: ${attribute.name} has a single value, so there is nothing to select.`)
  }
  if (path.sub === undefined) return { op, attribute, urn, filter: path.filter, sub: undefined, shown }
  const knownSub = findSubAttribute(attribute, path.sub)
  if (
    attribute.type !== 'complex' ||
    (knownSub === undefined && (options.undescribedAttributes ?? 'refuse') === 'refuse')
  ) {
    throw badRequest('invalidPath', `${attribute.name} has no sub-attribute ${path.sub}.`)
  }
  const sub = describe(knownSub, path.sub, options, shown)
  return sub && { op, attribute, urn, filter: path.filter, sub, shown }
}

/** An undescribed attribute is complex once a path goes into it, and multi-valued once a path selects in it. */
function shapeFor(attribute: Attribute, path: PatchPath & { readonly kind: 'attribute' }): Attribute {
  if (attribute.type !== 'any' || (path.sub === undefined && path.filter === undefined)) return attribute
  return { ...attribute, type: 'complex', multiValued: path.filter !== undefined }
}

/** @throws ScimError mutability, RFC 7644 sections 3.5.2.1 to 3.5.2.3; invalidValue for a required text left empty */
function refuseFixed({ attribute, shown }: Target, before: unknown, after: unknown): void {
  if (attribute.mutability === 'immutable' && before !== undefined && !sameJson(before, after)) {
    throw badRequest('mutability', `${shown} cannot be changed once it is set.`)
  }
  if (!attribute.required) return
  if (after === undefined) throw badRequest('mutability', `${attribute.name} is required and cannot be removed.`)
  if (after === '') throw badRequest('invalidValue', `${attribute.name} must not be empty.`)
}

import { isMeant, keepOnePrimary, mergeElements } from './elements.ts'
import { badRequest } from './errors.ts'
import { compileElementFilter } from './evaluate.ts'
import type { Filter, PatchPath } from './filter.ts'
import { parsePatchPath, printPatchPath } from './filter.ts'
import type { JsonDraft, JsonObject } from './json.ts'
import { isObject, isUnassigned, own, ownKey, sameJson } from './json.ts'
import type { PatchOperation } from './patch-request.ts'
import type { Attribute, ResourceType } from './schema.ts'
import { findAttribute, findSubAttribute } from './schema.ts'
import type { Tolerance } from './values.ts'
import { describe, readElement, readList, readSubAttributes, readValue, unwrapSingle } from './values.ts'

export interface PatchOptions extends Tolerance {
  /** An add or replace behind a filter that matches nothing makes the element, with what the filter's `eq` terms say. */
  readonly createMissingElement?: boolean
  /** A removal with a value removes those values; else it is refused, so that it never removes more than was meant. */
  readonly removeByValue?: boolean
  /** Removing what is not there behind a filter succeeds without change. */
  readonly ignoreMissingOnRemove?: boolean
  /** Members of a value without path may be named by paths: `name.familyName`, `urn:…:User:department`. */
  readonly pathsAsKeys?: boolean
}

export interface PatchResult {
  /** The given resource itself if nothing changed. */
  readonly resource: JsonObject
  /** `displayName`, `name.familyName`, `emails`, `urn:…:User:department`; sorted as they stand in the resource. */
  readonly changed: readonly string[]
}

/** Where an operation acts. */
interface Target {
  readonly op: PatchOperation['op']
  readonly attribute: Attribute
  readonly urn: string | undefined
  readonly filter: Filter | undefined
  readonly sub: Attribute | undefined
  readonly shown: string
}

/** The working copy: only the top level and the extension blocks are copied, everything below is replaced when it changes. */
class Draft {
  readonly resource: JsonDraft
  private readonly blocks = new Map<string, JsonDraft>()

  constructor(resource: JsonObject) {
    this.resource = { ...resource }
  }

  container(urn: string | undefined): JsonDraft {
    if (urn === undefined) return this.resource
    const open = this.blocks.get(urn)
    if (open !== undefined) return open
    const key = ownKey(this.resource, urn) ?? urn
    const block = this.resource[key]
    const copy: JsonDraft = isObject(block) ? { ...block } : {}
    this.blocks.set(urn, copy)
    this.resource[key] = copy
    return copy
  }

  /** Drops blocks left empty, and keeps `schemas` in step with blocks that came or went. */
  finish(before: JsonObject): JsonObject {
    for (const [urn, block] of this.blocks) {
      if (Object.keys(block).length === 0) delete this.resource[ownKey(this.resource, urn) ?? urn]
      const schemas = this.resource['schemas']
      const had = ownKey(before, urn) !== undefined
      const has = ownKey(this.resource, urn) !== undefined
      if (!Array.isArray(schemas) || had === has) continue
      const others = schemas.filter((schema) => schema !== urn)
      this.resource['schemas'] = has ? [...others, urn] : others
    }
    return this.resource
  }
}

/**
 * Applies the operations of a PATCH in order (RFC 7644 section 3.5.2); all or nothing, and the given resource is never changed.
 * Read-only attributes in a value without path are passed over, as are all `schemas`: they follow from the extensions.
 * @throws ScimError mutability (read-only, immutable, or required and removed), invalidPath, noTarget, invalidValue, invalidSyntax
 */
export function applyPatch(
  resource: JsonObject,
  operations: readonly PatchOperation[],
  type: ResourceType,
  options: PatchOptions = {},
): PatchResult {
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

type Origin = 'path' | 'key'

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
    if (origin === 'key') return
    throw badRequest('mutability', `${target.shown} is read-only.`)
  }
  const container = draft.container(target.urn)
  const before = own(container, target.attribute.name)
  const after = outcome(before, target, value, options)
  refuseFixed(target, before, after)
  if (after === undefined) delete container[target.attribute.name]
  else container[target.attribute.name] = after
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
      applyPath(draft, 'remove', { kind: 'attribute', urn, name }, undefined, type, options, 'key')
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

/** What the attribute's value becomes. Undefined: unassigned. */
function outcome(before: unknown, target: Target, value: unknown, options: PatchOptions): unknown {
  const after = target.attribute.multiValued
    ? listOutcome(asList(before), target, value, options)
    : singleOutcome(before, target, value, options)
  return isUnassigned(after) ? undefined : after
}

function asList(value: unknown): readonly unknown[] {
  return isUnassigned(value) ? [] : Array.isArray(value) ? value : [value]
}

function singleOutcome(before: unknown, target: Target, value: unknown, options: PatchOptions): unknown {
  const { op, attribute, sub, shown } = target
  if (sub !== undefined) {
    const given = op === 'remove' ? undefined : readValue(sub, value, options, shown)
    return mergeObject(attribute, before, new Map([[sub.name, combineSub(before, sub, op, given)]]))
  }
  if (op === 'remove') return undefined
  if (attribute.type === 'any') return op === 'add' ? mergeUntyped(before, value, op) : (value ?? undefined)
  const single = unwrapSingle(value, options, shown)
  if (isUnassigned(single)) return op === 'add' ? before : undefined
  if (attribute.type !== 'complex') return readElement(attribute, single, options, shown)
  if (options.bareComplexValues && isEmptyReference(single)) return op === 'add' ? before : undefined
  return mergeObject(attribute, before, readSubAttributes(attribute, single, options, shown))
}

/** How some clients take a reference away: an empty text, or an object whose `value` is empty. */
function isEmptyReference(value: unknown): boolean {
  if (!isObject(value)) return value === ''
  const key = ownKey(value, 'value')
  return key !== undefined && (value[key] === '' || value[key] === null)
}

/** A multi-valued sub-attribute is added to; anything else takes the new value. */
function combineSub(before: unknown, sub: Attribute, op: PatchOperation['op'], given: unknown): unknown {
  if (op !== 'add' || !sub.multiValued || given === undefined) return given
  const current = isObject(before) ? asList(own(before, sub.name)) : []
  return mergeElements(sub, current, asList(given))
}

/**
 * Sub-attributes not given stay (RFC 7644 section 3.5.2.3). When a reference points elsewhere, what described the old target
 * goes: its address and the read-only parts.
 */
function mergeObject(
  attribute: Attribute,
  before: unknown,
  given: ReadonlyMap<string, unknown>,
): JsonObject | undefined {
  const merged: JsonDraft = isObject(before) ? { ...before } : {}
  const isReference = findSubAttribute(attribute, '$ref') !== undefined
  if (isReference && given.has('value') && given.get('value') !== merged['value']) {
    for (const sub of attribute.subAttributes ?? []) {
      if (sub.name === '$ref' || sub.mutability === 'readOnly') delete merged[sub.name]
    }
  }
  for (const [name, value] of given) {
    if (value === undefined) delete merged[name]
    else merged[name] = value
  }
  return Object.keys(merged).length === 0 ? undefined : merged
}

function mergeUntyped(before: unknown, value: unknown, op: PatchOperation['op']): unknown {
  if (isUnassigned(value)) return before
  if (op === 'add' && Array.isArray(before)) {
    return [...before, ...asList(value).filter((item) => !before.some((kept) => sameJson(kept, item)))]
  }
  return isObject(before) && isObject(value) ? { ...before, ...value } : value
}

function listOutcome(
  current: readonly unknown[],
  target: Target,
  value: unknown,
  options: PatchOptions,
): readonly unknown[] {
  const { op, attribute, shown } = target
  if (target.filter !== undefined || target.sub !== undefined) return selectionOutcome(current, target, value, options)
  switch (op) {
    case 'add':
      return mergeElements(attribute, current, readList(attribute, value, options, shown))
    case 'replace':
      return mergeElements(attribute, [], readList(attribute, value, options, shown))
    case 'remove':
      return value === undefined || value === null ? [] : withoutValues(current, target, value, options)
  }
}

function withoutValues(
  current: readonly unknown[],
  { attribute, shown }: Target,
  value: unknown,
  options: PatchOptions,
): readonly unknown[] {
  if (!options.removeByValue) {
    throw badRequest('invalidValue', `A removal takes no value; select what to remove with a filter: ${shown}[…].`)
  }
  const given = readList(attribute, value, options, shown)
  return current.filter((element) => !given.some((item) => isMeant(attribute, element, item)))
}

/** Operations on the elements a filter selects; with a sub-attribute and no filter, on all of them. */
function selectionOutcome(
  current: readonly unknown[],
  target: Target,
  value: unknown,
  options: PatchOptions,
): readonly unknown[] {
  const { op, attribute, filter, sub, shown } = target
  const isSelected = filter === undefined ? () => true : elementTest(filter, attribute, options)
  const selected = new Set(current.flatMap((element, position) => (isSelected(element) ? [position] : [])))
  if (selected.size === 0) {
    if (op === 'remove' && options.ignoreMissingOnRemove) return current
    if (op === 'remove' || !options.createMissingElement) throw badRequest('noTarget', `${shown} selects nothing.`)
    return createElement(current, target, value, options)
  }
  if (op === 'remove' && sub === undefined) return current.filter((_, position) => !selected.has(position))
  const changed = current.flatMap((element, position) => {
    if (!selected.has(position)) return [element]
    const next = elementOutcome(element, target, value, options)
    return next === undefined ? [] : [next]
  })
  const mayMovePrimary = changed.length === current.length
  return mayMovePrimary ? keepOnePrimary(changed, selected) : changed
}

/** What a path selects. @throws ScimError invalidFilter, which RFC 7644 table 9 also gives to the filter in a path */
function elementTest(filter: Filter, attribute: Attribute, options: PatchOptions): (element: unknown) => boolean {
  return compileElementFilter(filter, attribute, {
    undescribedAttributes: options.undescribedAttributes === 'keep',
    stringBooleans: options.stringBooleans ?? false,
  })
}

function elementOutcome(element: unknown, target: Target, value: unknown, options: PatchOptions): unknown {
  const { op, attribute, sub, shown } = target
  if (sub !== undefined) {
    const given = op === 'remove' ? undefined : readValue(sub, value, options, shown)
    const current = isObject(element) ? own(element, sub.name) : undefined
    if (sub.mutability === 'immutable' && current !== undefined && !sameJson(current, given)) {
      throw badRequest('mutability', `${shown} cannot be changed once it is set.`)
    }
    return mergeObject({ ...attribute, subAttributes: [] }, element, new Map([[sub.name, given]]))
  }
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (op === 'replace' || attribute.type !== 'complex') return readElement(attribute, single, options, shown)
  if (isUnassigned(single)) return element
  return mergeObject(attribute, element, readSubAttributes(attribute, single, options, shown))
}

/** What `type eq "work" and primary eq true` says of an element that satisfies it. Undefined: it leaves that open. */
function impliedBy(filter: Filter): JsonDraft | undefined {
  switch (filter.kind) {
    case 'compare':
      return filter.operator === 'eq' && filter.value !== null ? { [filter.path.name]: filter.value } : undefined
    case 'and': {
      const parts = filter.filters.map(impliedBy)
      return parts.includes(undefined) ? undefined : Object.assign({}, ...parts)
    }
    case 'or':
    case 'not':
    case 'present':
    case 'element':
      return undefined
  }
}

function createElement(
  current: readonly unknown[],
  target: Target,
  value: unknown,
  options: PatchOptions,
): readonly unknown[] {
  const { attribute, filter, sub, shown } = target
  const implied = filter === undefined ? {} : impliedBy(filter)
  if (implied === undefined) throw badRequest('noTarget', `${shown} selects nothing, and does not say what to create.`)
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (isUnassigned(single) || single === '') return current
  if (attribute.type !== 'complex')
    return mergeElements(attribute, current, [readElement(attribute, single, options, shown)])
  const given = sub === undefined ? single : { [sub.name]: single }
  const base = readElement(attribute, implied, { ...options, stringBooleans: true }, shown)
  const added = readElement(attribute, given, options, shown)
  if (added === undefined) return current
  const element = { ...(isObject(base) ? base : {}), ...(isObject(added) ? added : {}) }
  return keepOnePrimary([...current, element], new Set([current.length]))
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

function changedPaths(before: JsonObject, after: JsonObject, type: ResourceType): readonly string[] {
  const names = (left: JsonObject, right: JsonObject) => new Set([...Object.keys(left), ...Object.keys(right)])
  const changed: string[] = []
  for (const name of names(before, after)) {
    const [left, right] = [own(before, name), own(after, name)]
    if (sameJson(left, right)) continue
    const isExtension = type.extensionsByUrn.has(name.toLowerCase())
    const [from, to] = [isObject(left) ? left : {}, isObject(right) ? right : {}]
    if (!isExtension && !(isObject(left) && isObject(right))) {
      changed.push(name)
      continue
    }
    for (const member of names(from, to)) {
      if (!sameJson(own(from, member), own(to, member))) changed.push(`${name}${isExtension ? ':' : '.'}${member}`)
    }
  }
  return changed
}

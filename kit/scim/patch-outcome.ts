import { isMeant, keepOnePrimary, mergeElements } from './elements.ts'
import { badRequest } from './errors.ts'
import { compileElementFilter } from './evaluate.ts'
import type { Filter } from './filter.ts'
import type { JsonDraft, JsonObject } from './json.ts'
import { isObject, isUnassigned, own, ownKey, sameJson } from './json.ts'
import type { PatchOperation } from './patch-request.ts'
import type { Attribute } from './schema.ts'
import { findSubAttribute } from './schema.ts'
import type { Tolerance } from './values.ts'
import { readElement, readList, readSubAttributes, readValue, unwrapSingle } from './values.ts'

export interface PatchOptions extends Tolerance {
  /** An add or replace behind a filter that matches nothing makes the element, with what the filter's `eq` terms say. */
  readonly createMissingElement?: boolean
  /** A removal with a value removes those values; else it is refused, so that it never removes more than was meant. */
  readonly removeByValue?: boolean
  /** Removing what is not there behind a filter succeeds without change. */
  readonly ignoreMissingOnRemove?: boolean
  /** Members of a value without path may be named by paths: `name.familyName`, `urn:…:User:department`. */
  readonly pathsAsKeys?: boolean
  /** Read-only members of a value without path are passed over; else they are refused, as behind a path. */
  readonly passOverReadOnly?: boolean
}

/** Where an operation acts. */
export interface Target {
  readonly op: PatchOperation['op']
  readonly attribute: Attribute
  readonly urn: string | undefined
  readonly filter: Filter | undefined
  readonly sub: Attribute | undefined
  readonly shown: string
}

/** What the attribute's value becomes. Undefined: unassigned. */
export function outcome(before: unknown, target: Target, value: unknown, options: PatchOptions): unknown {
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

/** Values no schema describes: lists are joined, objects merged, anything else replaced. */
export function mergeUntyped(before: unknown, value: unknown, op: PatchOperation['op']): unknown {
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

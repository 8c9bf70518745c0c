import { badRequest } from './errors.ts'
import type { JsonDraft, JsonObject } from './json.ts'
import { isObject, own, sameJson } from './json.ts'
import type { Attribute } from './schema.ts'
import { findSubAttribute } from './schema.ts'

/** Decisions about the elements of one multi-valued attribute: which are the same, and which one is primary. */

function keyOf(attribute: Attribute, value: unknown): string {
  const isText = typeof value === 'string'
  return isText && !attribute.caseExact ? value.toLowerCase() : `${typeof value}:${String(value)}`
}

/** What identifies an element: itself, or its `value`. Undefined: only equality as a whole does. */
function identityOf(attribute: Attribute, element: unknown): string | undefined {
  if (!isObject(element)) return keyOf(attribute, element)
  const value = own(element, 'value')
  if (value === undefined) return undefined
  return keyOf(findSubAttribute(attribute, 'value') ?? attribute, value)
}

function sameKind(left: unknown, right: unknown): boolean {
  if (!isObject(left) || !isObject(right)) return true
  const [leftType, rightType] = [own(left, 'type'), own(right, 'type')]
  return leftType === undefined || rightType === undefined || sameText(leftType, rightType)
}

function sameText(left: unknown, right: unknown): boolean {
  return typeof left === 'string' && typeof right === 'string'
    ? left.toLowerCase() === right.toLowerCase()
    : left === right
}

/** What is there stays where a sub-attribute is immutable; all else is overlaid. */
function overlay(attribute: Attribute, current: JsonObject, incoming: JsonObject): JsonObject {
  const merged: JsonDraft = { ...current }
  for (const [name, value] of Object.entries(incoming)) {
    const isFixed = findSubAttribute(attribute, name)?.mutability === 'immutable' && own(current, name) !== undefined
    if (!isFixed) merged[name] = value
  }
  return merged
}

/**
 * Adds elements: one that is there already (same `value`, and `type` where both have one) is merged, not doubled
 * (RFC 7644 section 3.5.2.1). With `[]` as `current` this removes doubles from a list.
 */
export function mergeElements(
  attribute: Attribute,
  current: readonly unknown[],
  incoming: readonly unknown[],
): readonly unknown[] {
  const merged = [...current]
  const positions = new Map<string | undefined, number[]>()
  const note = (element: unknown, position: number): void => {
    const identity = identityOf(attribute, element)
    const known = positions.get(identity)
    if (known === undefined) positions.set(identity, [position])
    else known.push(position)
  }
  merged.forEach(note)
  const touched = new Set<number>()
  for (const element of incoming) {
    const identity = identityOf(attribute, element)
    const candidates = positions.get(identity) ?? []
    const position = candidates.find((candidate) =>
      identity === undefined ? sameJson(merged[candidate], element) : sameKind(merged[candidate], element),
    )
    const existing = position === undefined ? undefined : merged[position]
    if (position === undefined) {
      touched.add(merged.length)
      note(element, merged.length)
      merged.push(element)
    } else if (isObject(existing) && isObject(element)) {
      merged[position] = overlay(attribute, existing, element)
      if (own(element, 'primary') === true) touched.add(position)
    }
  }
  return keepOnePrimary(merged, touched)
}

/**
 * At most one element is primary (RFC 7643 section 2.4): one made primary by this change clears the others.
 * @throws ScimError invalidValue if the change makes several primary
 */
export function keepOnePrimary(elements: readonly unknown[], touched: ReadonlySet<number>): readonly unknown[] {
  const isPrimary = (element: unknown): element is JsonObject => isObject(element) && own(element, 'primary') === true
  const made = [...touched].filter((position) => isPrimary(elements[position]))
  if (made.length > 1) throw badRequest('invalidValue', 'Only one value of an attribute can be primary.')
  const [chosen] = made
  if (chosen === undefined) return elements
  return elements.map((element, position) =>
    position !== chosen && isPrimary(element) ? { ...element, primary: false } : element,
  )
}

/** Whether an element is the one a removal by value means: by `value` (and `type` if both have one), else by all that is given. */
export function isMeant(attribute: Attribute, element: unknown, given: unknown): boolean {
  const identity = identityOf(attribute, given)
  if (identity !== undefined) return identityOf(attribute, element) === identity && sameKind(element, given)
  if (!isObject(element) || !isObject(given)) return false
  return Object.entries(given).every(([name, value]) => sameText(own(element, name), value))
}

import { badRequest } from './errors.ts'

/** A JSON object whose members are not known yet. */
export interface JsonObject {
  readonly [name: string]: unknown
}

/** The same while it is being built; never handed out. */
export interface JsonDraft {
  [name: string]: unknown
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of the object's own: never one of its prototype. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** The object's own key that equals `name` without regard to case; the exact one first. */
export function ownKey(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name
  const wanted = name.toLowerCase()
  for (const key in object) {
    if (key.length === wanted.length && key.toLowerCase() === wanted && Object.hasOwn(object, key)) return key
  }
  return undefined
}

/** The object that holds core attributes (the resource itself) or those of an extension; undefined: it is not there. */
export function containerOf(resource: JsonObject, urn: string | undefined): JsonObject | undefined {
  if (urn === undefined) return resource
  const block = own(resource, urn)
  return isObject(block) ? block : undefined
}

/** Equality of JSON values; the order of members does not matter, the order of elements does. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, index) => sameJson(item, right[index]))
    )
  }
  if (!isObject(left) || !isObject(right)) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  )
}

/** Absent for SCIM's purposes: null, or an empty list (RFC 7643 section 2.5). */
export function isUnassigned(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

const UNSAFE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Names that would reach an object's prototype: refused wherever a client may choose a name. */
export function isUnsafeName(name: string): boolean {
  return UNSAFE_NAMES.has(name.toLowerCase())
}

/** Deeper than any SCIM value (resource, extension, list, element, sub-attribute) with room to spare. */
const MAX_VALUE_DEPTH = 16

/** @throws ScimError invalidSyntax for a name that reaches a prototype, and for absurd nesting. */
export function refuseUnsafe(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > MAX_VALUE_DEPTH) {
    throw badRequest('invalidSyntax', `The value is nested deeper than ${MAX_VALUE_DEPTH} levels.`)
  }
  if (Array.isArray(value)) {
    for (const item of value) refuseUnsafe(item, depth + 1)
    return
  }
  for (const [name, member] of Object.entries(value)) {
    if (isUnsafeName(name)) throw badRequest('invalidSyntax', `"${name}" is not allowed as an attribute name.`)
    refuseUnsafe(member, depth + 1)
  }
}

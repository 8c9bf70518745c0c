import { badRequest } from './errors.ts'
import type { JsonDraft, JsonObject } from './json.ts'
import { isObject, isUnassigned, isUnsafeName } from './json.ts'
import type { Attribute } from './schema.ts'
import { findSubAttribute, undescribedAttribute } from './schema.ts'

/** How far a server goes to meet clients that leave the RFC's path. Everything off: the RFC and nothing else. */
export interface Tolerance {
  /** Attributes no schema describes: refused (the default), kept as they came, or dropped. */
  readonly undescribedAttributes?: 'refuse' | 'keep' | 'ignore'
  /** `"True"` and `"false"` in any case for a boolean. */
  readonly stringBooleans?: boolean
  /** `"7c0d"` for `{"value": "7c0d"}`; and an empty text, or an object of empty texts, for none. */
  readonly bareComplexValues?: boolean
  /** A text that holds JSON for the object of a complex attribute. */
  readonly jsonStringValues?: boolean
  /** A list of one for a single-valued attribute. */
  readonly listForSingle?: boolean
}

const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/

function misfit(where: string, expected: string): never {
  throw badRequest('invalidValue', `${where} must be ${expected}.`)
}

function scalar(attribute: Attribute, value: unknown, tolerance: Tolerance, where: string): unknown {
  switch (attribute.type) {
    case 'boolean': {
      if (typeof value === 'boolean') return value
      const text = typeof value === 'string' && tolerance.stringBooleans ? value.toLowerCase() : undefined
      return text === 'true' ? true : text === 'false' ? false : misfit(where, 'true or false')
    }
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? value : misfit(where, 'a whole number')
    case 'decimal':
      return typeof value === 'number' ? value : misfit(where, 'a number')
    case 'dateTime':
      return typeof value === 'string' && DATE_TIME.test(value) && !Number.isNaN(Date.parse(value))
        ? value
        : misfit(where, 'a date and time such as 2026-03-01T09:00:00Z')
    case 'string':
    case 'reference':
    case 'binary':
      return typeof value === 'string' ? value : misfit(where, 'a string')
    case 'any':
    case 'complex':
      return value
  }
}

function asObject(attribute: Attribute, value: unknown, tolerance: Tolerance, where: string): JsonObject {
  if (isObject(value)) return value
  if (typeof value === 'string' && value.trimStart().startsWith('{')) {
    // An object in a text is never a bare value.
    if (!tolerance.jsonStringValues) return misfit(where, 'an object')
    try {
      const parsed: unknown = JSON.parse(value)
      if (isObject(parsed)) return parsed
    } catch {
      return misfit(where, 'an object, or a text that holds one as JSON')
    }
  }
  const hasValue = findSubAttribute(attribute, 'value') !== undefined
  if (typeof value === 'string' && tolerance.bareComplexValues && hasValue) return { value }
  return misfit(where, 'an object')
}

/**
 * The sub-attributes a client gives for a complex attribute, names as the schema spells them, values checked. Undefined as a
 * value: given as null, that is to be taken away. Read-only ones are dropped (RFC 7644 section 3.5.1).
 * @throws ScimError invalidValue, invalidSyntax for undescribed names
 */
export function readSubAttributes(
  attribute: Attribute,
  value: unknown,
  tolerance: Tolerance,
  where: string,
): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [name, member] of Object.entries(asObject(attribute, value, tolerance, where))) {
    const sub = describe(findSubAttribute(attribute, name), name, tolerance, `${where}.${name}`)
    if (sub === undefined || sub.mutability === 'readOnly') continue
    found.set(sub.name, readValue(sub, member, tolerance, `${where}.${sub.name}`))
  }
  return found
}

/** What to do with a name: its description, an open one if undescribed names are kept, undefined if it is to be dropped. */
export function describe(
  known: Attribute | undefined,
  name: string,
  tolerance: Tolerance,
  where: string,
): Attribute | undefined {
  if (isUnsafeName(name)) throw badRequest('invalidSyntax', `"${name}" is not allowed as an attribute name.`)
  if (known !== undefined) return known
  switch (tolerance.undescribedAttributes ?? 'refuse') {
    case 'keep':
      return undescribedAttribute(name)
    case 'ignore':
      return undefined
    case 'refuse':
      throw badRequest('invalidSyntax', `There is no attribute ${where}.`)
  }
}

/** One value of the attribute, whether it is multi-valued or not. Undefined: unassigned. @throws ScimError invalidValue */
export function readElement(attribute: Attribute, value: unknown, tolerance: Tolerance, where: string): unknown {
  if (isUnassigned(value)) return undefined
  if (attribute.type !== 'complex') return scalar(attribute, value, tolerance, where)
  if (value === '' && tolerance.bareComplexValues) return undefined
  const element: JsonDraft = {}
  for (const [name, member] of readSubAttributes(attribute, value, tolerance, where)) {
    if (member !== undefined) element[name] = member
  }
  const members = Object.values(element)
  if (members.length === 0 || (tolerance.bareComplexValues && members.every((member) => member === '')))
    return undefined
  for (const sub of attribute.subAttributes ?? []) {
    if (sub.required && element[sub.name] === undefined) {
      throw badRequest('invalidValue', `${where}.${sub.name} is required.`)
    }
  }
  return element
}

/** The values of a multi-valued attribute as a list; one value that is no list counts as a list of one. */
export function readList(
  attribute: Attribute,
  value: unknown,
  tolerance: Tolerance,
  where: string,
): readonly unknown[] {
  if (isUnassigned(value)) return []
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  return items.flatMap((item, index) => {
    const element = readElement(attribute, item, tolerance, Array.isArray(value) ? `${where}[${index}]` : where)
    return element === undefined ? [] : [element]
  })
}

/** The single value of a single-valued attribute: unwraps a list of one where that is tolerated. */
export function unwrapSingle(value: unknown, tolerance: Tolerance, where: string): unknown {
  if (!Array.isArray(value) || value.length === 0) return value
  if (tolerance.listForSingle && value.length === 1) return value[0]
  return misfit(where, 'a single value')
}

/**
 * A value for an attribute, checked against its type and spelt as the schema spells it. Undefined: unassigned.
 * @throws ScimError invalidValue, invalidSyntax
 */
export function readValue(attribute: Attribute, value: unknown, tolerance: Tolerance, where: string): unknown {
  if (attribute.type === 'any') return isUnassigned(value) ? undefined : value
  if (attribute.multiValued) {
    const list = readList(attribute, value, tolerance, where)
    return list.length === 0 ? undefined : list
  }
  return readElement(attribute, unwrapSingle(value, tolerance, where), tolerance, where)
}

import { badRequest } from './errors.ts'
import type { ComparisonOperator, ComparisonValue, Filter } from './filter.ts'
import type { JsonObject } from './json.ts'
import { containerOf, isObject, isUnassigned, own, ownKey } from './json.ts'
import type { AttributePath } from './path.ts'
import { printAttributePath } from './path.ts'
import type { Attribute, ResourceType } from './schema.ts'
import { findAttribute, findSubAttribute, undescribedAttribute } from './schema.ts'

export interface EvaluationOptions {
  /** Attributes no schema describes are looked up as they are spelt; else they are refused. */
  readonly undescribedAttributes?: boolean
  /** Takes `active eq "True"` for `active eq true`. */
  readonly stringBooleans?: boolean
}

type Predicate = (value: JsonObject) => boolean

/** What a path reads: the values found (a list for a multi-valued attribute), and how they are described. */
interface Reader {
  readonly attribute: Attribute
  readonly read: (object: JsonObject) => readonly unknown[]
}

const NOTHING: readonly unknown[] = []

function valuesOf(value: unknown): readonly unknown[] {
  if (isUnassigned(value)) return NOTHING
  return Array.isArray(value) ? value : [value]
}

function member(object: JsonObject, attribute: Attribute): unknown {
  if (attribute.type !== 'any') return own(object, attribute.name)
  const key = ownKey(object, attribute.name)
  return key === undefined ? undefined : object[key]
}

function unknown(path: AttributePath): never {
  throw badRequest('invalidFilter', `There is no attribute ${printAttributePath(path)} to filter on.`)
}

function subAttributeOf(attribute: Attribute, sub: string, path: AttributePath, options: EvaluationOptions): Attribute {
  const found = findSubAttribute(attribute, sub)
  if (found !== undefined) return found
  if (attribute.type !== 'any' && !(attribute.type === 'complex' && options.undescribedAttributes)) return unknown(path)
  return undescribedAttribute(sub)
}

function throughSub(parent: Reader, sub: Attribute): Reader {
  return {
    attribute: sub,
    read: (object) =>
      parent.read(object).flatMap((value) => (isObject(value) ? valuesOf(member(value, sub)) : NOTHING)),
  }
}

function topReader(type: ResourceType, path: AttributePath, options: EvaluationOptions): Reader {
  const found = findAttribute(type, path)
  if (found === undefined && !options.undescribedAttributes) return unknown(path)
  const attribute = found?.attribute ?? undescribedAttribute(path.name)
  if (attribute.returned === 'never') {
    throw badRequest('sensitive', `${attribute.name} is never shown, so nobody can filter on it.`)
  }
  const urn = found === undefined ? path.urn : found.urn
  return {
    attribute,
    read: (object) => {
      const container = containerOf(object, urn)
      return container === undefined ? NOTHING : valuesOf(member(container, attribute))
    },
  }
}

function resourceReader(type: ResourceType, path: AttributePath, options: EvaluationOptions): Reader {
  const top = topReader(type, path, options)
  return path.sub === undefined ? top : throughSub(top, subAttributeOf(top.attribute, path.sub, path, options))
}

/** Paths within `[…]`: sub-attributes of the element. `value` also names a plain element itself. */
function elementReader(parent: Attribute, path: AttributePath, options: EvaluationOptions): Reader {
  if (path.urn !== undefined || path.sub !== undefined) return unknown(path)
  if (parent.type !== 'complex' && parent.type !== 'any') {
    if (path.name.toLowerCase() !== 'value') return unknown(path)
    return { attribute: parent, read: (element) => valuesOf(own(element, 'value')) }
  }
  const attribute = subAttributeOf(parent, path.name, path, options)
  return { attribute, read: (element) => valuesOf(member(element, attribute)) }
}

/** A complex attribute compared as a whole stands for its `value` (RFC 7644 section 3.4.2.2, `emails co "x"`). */
function comparable(reader: Reader, path: AttributePath): Reader {
  if (reader.attribute.type !== 'complex') return reader
  const value = findSubAttribute(reader.attribute, 'value')
  if (value === undefined) {
    throw badRequest('invalidFilter', `${printAttributePath(path)} is complex: compare one of its sub-attributes.`)
  }
  return throughSub(reader, value)
}

function ordered(order: number, operator: ComparisonOperator): boolean {
  switch (operator) {
    case 'eq':
      return order === 0
    case 'ne':
      return order !== 0
    case 'gt':
      return order > 0
    case 'ge':
      return order >= 0
    case 'lt':
      return order < 0
    case 'le':
      return order <= 0
    case 'co':
    case 'sw':
    case 'ew':
      return false
  }
}

function orderOf<T extends string | number>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0
}

function compareStrings(left: string, operator: ComparisonOperator, right: string): boolean {
  if (operator === 'co') return left.includes(right)
  if (operator === 'sw') return left.startsWith(right)
  if (operator === 'ew') return left.endsWith(right)
  return ordered(orderOf(left, right), operator)
}

/** The test for one value, chosen once by the attribute's type. @throws ScimError invalidFilter if they do not go together. */
function valueTest(
  attribute: Attribute,
  operator: ComparisonOperator,
  wanted: string | number | boolean,
  shown: string,
  options: EvaluationOptions,
): (value: unknown) => boolean {
  const unfit = () =>
    badRequest('invalidFilter', `${shown} is of type ${attribute.type}: it cannot be compared so (${operator}).`)
  const isText = operator === 'co' || operator === 'sw' || operator === 'ew'
  switch (attribute.type) {
    case 'boolean': {
      const text = typeof wanted === 'string' && options.stringBooleans ? wanted.toLowerCase() : undefined
      const boolean = text === 'true' ? true : text === 'false' ? false : wanted
      if (typeof boolean !== 'boolean' || (operator !== 'eq' && operator !== 'ne')) throw unfit()
      return (value) => (value === boolean) === (operator === 'eq')
    }
    case 'integer':
    case 'decimal':
      if (typeof wanted !== 'number' || isText) throw unfit()
      return (value) => typeof value === 'number' && ordered(value - wanted, operator)
    case 'dateTime': {
      if (typeof wanted !== 'string') throw unfit()
      if (isText) return (value) => typeof value === 'string' && compareStrings(value, operator, wanted)
      const instant = Date.parse(wanted)
      if (Number.isNaN(instant)) throw badRequest('invalidFilter', `"${wanted}" is not a date and time.`)
      return (value) => typeof value === 'string' && ordered(Date.parse(value) - instant, operator)
    }
    case 'binary':
      if (typeof wanted !== 'string' || (operator !== 'eq' && operator !== 'ne')) throw unfit()
      return (value) => (value === wanted) === (operator === 'eq')
    case 'string':
    case 'reference': {
      if (typeof wanted !== 'string') throw unfit()
      const right = attribute.caseExact ? wanted : wanted.toLowerCase()
      return (value) =>
        typeof value === 'string' && compareStrings(attribute.caseExact ? value : value.toLowerCase(), operator, right)
    }
    case 'any':
      return (value) => compareUntyped(value, operator, wanted)
    case 'complex':
      throw unfit()
  }
}

function compareUntyped(value: unknown, operator: ComparisonOperator, wanted: string | number | boolean): boolean {
  if (typeof value === 'string' && typeof wanted === 'string') {
    return compareStrings(value.toLowerCase(), operator, wanted.toLowerCase())
  }
  if (typeof value === 'number' && typeof wanted === 'number') return ordered(value - wanted, operator)
  return operator === 'eq' ? value === wanted : operator === 'ne' && value !== wanted
}

function isPresent(value: unknown): boolean {
  return !isUnassigned(value) && value !== '' && !(isObject(value) && Object.keys(value).length === 0)
}

function comparison(
  reader: Reader,
  path: AttributePath,
  operator: ComparisonOperator,
  wanted: ComparisonValue,
  options: EvaluationOptions,
): Predicate {
  if (wanted === null) {
    if (operator !== 'eq' && operator !== 'ne') {
      throw badRequest('invalidFilter', `null is compared with eq or ne, not with ${operator}.`)
    }
    return (object) => reader.read(object).some(isPresent) === (operator === 'ne')
  }
  const { attribute, read } = comparable(reader, path)
  const test = valueTest(attribute, operator, wanted, printAttributePath(path), options)
  if (operator !== 'ne') return (object) => read(object).some(test)
  return (object) => {
    const values = read(object)
    return values.length === 0 || values.some(test)
  }
}

function compile(filter: Filter, readerOf: (path: AttributePath) => Reader, options: EvaluationOptions): Predicate {
  switch (filter.kind) {
    case 'and': {
      const all = filter.filters.map((part) => compile(part, readerOf, options))
      return (object) => all.every((test) => test(object))
    }
    case 'or': {
      const any = filter.filters.map((part) => compile(part, readerOf, options))
      return (object) => any.some((test) => test(object))
    }
    case 'not': {
      const test = compile(filter.filter, readerOf, options)
      return (object) => !test(object)
    }
    case 'present': {
      const { read } = readerOf(filter.path)
      return (object) => read(object).some(isPresent)
    }
    case 'compare':
      return comparison(readerOf(filter.path), filter.path, filter.operator, filter.value, options)
    case 'element': {
      const { attribute, read } = readerOf(filter.path)
      const test = compileElementFilter(filter.filter, attribute, options)
      return (object) => read(object).some(test)
    }
  }
}

/**
 * Compiles a filter to a test for resources of a type, so that paths are looked up once and not per resource. Follows the
 * schema's types and case rules; a multi-valued attribute matches if any value does; `ne` also matches an attribute
 * without value; `eq null` means "not present".
 * @throws ScimError invalidFilter for attributes the type does not have, and for operators their type does not know; sensitive
 * for attributes that are never returned, which a filter would let a client guess
 */
export function compileFilter(
  filter: Filter,
  type: ResourceType,
  options: EvaluationOptions = {},
): (resource: JsonObject) => boolean {
  return compile(filter, (path) => resourceReader(type, path, options), options)
}

/**
 * Compiles what stands in `[…]` to a test for one element of `attribute`. A plain element is `value`.
 * @throws ScimError as {@link compileFilter}
 */
export function compileElementFilter(
  filter: Filter,
  attribute: Attribute,
  options: EvaluationOptions = {},
): (element: unknown) => boolean {
  const test = compile(filter, (path) => elementReader(attribute, path, options), options)
  return (element) => test(isObject(element) ? element : { value: element })
}

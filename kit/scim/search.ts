import { badRequest } from './errors.ts'
import type { Filter, FilterOptions } from './filter.ts'
import { parseFilter } from './filter.ts'
import type { JsonObject } from './json.ts'
import { containerOf, isObject, own, ownKey } from './json.ts'
import type { AttributePath } from './path.ts'
import { parseAttributePath } from './path.ts'
import type { ResourceType } from './schema.ts'
import { findAttribute, findSubAttribute } from './schema.ts'

export const SEARCH_REQUEST_URN = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest'
export const LIST_RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** A query, from the address or from the body of `POST …/.search` (RFC 7644 sections 3.4.2 and 3.4.3). */
export interface SearchRequest {
  readonly filter?: Filter
  readonly attributes: readonly string[]
  readonly excludedAttributes: readonly string[]
  readonly sortBy?: AttributePath
  readonly sortOrder: 'ascending' | 'descending'
  /** From 1. */
  readonly startIndex: number
  /** 0: only the total is wanted. */
  readonly count: number
}

export interface SearchOptions extends FilterOptions {
  /** The page without `count`. */
  readonly defaultCount: number
  /** A larger `count` is cut to this. */
  readonly maxCount: number
}

function text(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') return value
  throw badRequest('invalidValue', `${name} must be given once, as a string.`)
}

function names(name: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (!items.every((item): item is string => typeof item === 'string')) {
    throw badRequest('invalidValue', `${name} must be a list of attribute names.`)
  }
  return items
    .flatMap((item) => item.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function wholeNumber(name: string, value: unknown): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const number = typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value.trim()) ? Number(value) : value
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number
  throw badRequest('invalidValue', `${name} must be a whole number.`)
}

function memberOf(query: JsonObject, name: string): unknown {
  const key = ownKey(query, name)
  return key === undefined ? undefined : query[key]
}

/**
 * Reads a query. Parameter names are taken in any case; a startIndex below 1 is 1, a negative count is 0
 * (RFC 7644 section 3.4.2.4).
 * @throws ScimError invalidFilter, invalidPath (sortBy), invalidValue
 */
export function readSearchRequest(query: JsonObject, options: SearchOptions): SearchRequest {
  const member = (name: string): unknown => memberOf(query, name)
  const filter = text('filter', member('filter'))
  const sortBy = text('sortBy', member('sortBy'))
  const sortOrder = text('sortOrder', member('sortOrder'))?.toLowerCase() ?? 'ascending'
  if (sortOrder !== 'ascending' && sortOrder !== 'descending') {
    throw badRequest('invalidValue', 'sortOrder must be ascending or descending.')
  }
  const count = wholeNumber('count', member('count')) ?? options.defaultCount
  return {
    ...(filter === undefined ? {} : { filter: parseFilter(filter, options) }),
    ...readProjectionRequest(query),
    ...(sortBy === undefined ? {} : { sortBy: parseAttributePath(sortBy, options.urns) }),
    sortOrder,
    startIndex: Math.max(1, wholeNumber('startIndex', member('startIndex')) ?? 1),
    count: Math.min(options.maxCount, Math.max(0, count)),
  }
}

/**
 * The part of a query that says what to show, which every request may have; the rest of it is not looked at.
 * @throws ScimError invalidValue
 */
export function readProjectionRequest(query: JsonObject): Pick<SearchRequest, 'attributes' | 'excludedAttributes'> {
  return {
    attributes: names('attributes', memberOf(query, 'attributes')),
    excludedAttributes: names('excludedAttributes', memberOf(query, 'excludedAttributes')),
  }
}

/** Reads the body of `POST …/.search`. @throws ScimError invalidSyntax, and as {@link readSearchRequest} */
export function readSearchBody(body: unknown, options: SearchOptions): SearchRequest {
  const schemas = isObject(body) ? own(body, 'schemas') : undefined
  if (!isObject(body) || !Array.isArray(schemas) || !schemas.includes(SEARCH_REQUEST_URN)) {
    throw badRequest('invalidSyntax', `The body must be an object whose "schemas" holds ${SEARCH_REQUEST_URN}.`)
  }
  return readSearchRequest(body, options)
}

/** RFC 7644 section 3.4.2. Counts are numbers; `Resources` is there even when it is empty. */
export function renderListResponse(page: {
  readonly totalResults: number
  readonly startIndex: number
  readonly resources: readonly JsonObject[]
}): JsonObject {
  return {
    schemas: [LIST_RESPONSE_URN],
    totalResults: page.totalResults,
    startIndex: page.startIndex,
    itemsPerPage: page.resources.length,
    Resources: page.resources,
  }
}

/** What a resource is ordered by; undefined: it has no value. */
export type SortKey = string | number | undefined

/** An order for resources, in two steps, so that a server need not keep whole resources to order them. */
export interface Ordering {
  keyOf(resource: JsonObject): SortKey
  compare(left: SortKey, right: SortKey): number
}

/**
 * The order of RFC 7644 section 3.4.2.3: by the primary value, or the first, of a multi-valued attribute; text by the schema's
 * case rule; without value last when ascending, first when descending. Equal ones compare as 0, so a stable sort keeps their
 * order.
 * @throws ScimError invalidPath for an attribute the type does not have or that cannot be ordered; sensitive for one never shown
 */
export function createOrdering(
  type: ResourceType,
  sortBy: AttributePath,
  sortOrder: SearchRequest['sortOrder'] = 'ascending',
): Ordering {
  const found = findAttribute(type, sortBy)
  if (found === undefined) throw badRequest('invalidPath', `There is no attribute ${sortBy.name} to sort by.`)
  if (found.attribute.returned === 'never') {
    throw badRequest('sensitive', `${found.attribute.name} is never shown, so nobody can sort by it.`)
  }
  const subName = sortBy.sub ?? (found.attribute.type === 'complex' ? 'value' : undefined)
  const sub = subName === undefined ? undefined : findSubAttribute(found.attribute, subName)
  if (subName !== undefined && sub === undefined) {
    throw badRequest('invalidPath', `${sortBy.name} has no sub-attribute ${subName} to sort by.`)
  }
  const leaf = sub ?? found.attribute
  const sign = sortOrder === 'descending' ? -1 : 1
  return {
    keyOf(resource) {
      const container = containerOf(resource, found.urn)
      const value = container && own(container, found.attribute.name)
      const chosen = Array.isArray(value)
        ? (value.find((item) => isObject(item) && item['primary'] === true) ?? value[0])
        : value
      const key = sub === undefined ? chosen : isObject(chosen) ? own(chosen, sub.name) : undefined
      if (typeof key === 'number') return key
      if (typeof key === 'boolean') return key ? 1 : 0
      if (typeof key !== 'string') return undefined
      if (leaf.type === 'dateTime') return Date.parse(key)
      return leaf.caseExact ? key : key.toLowerCase()
    },
    compare(left, right) {
      if (left === right) return 0
      if (left === undefined) return sign
      if (right === undefined) return -sign
      return left < right ? -sign : sign
    },
  }
}

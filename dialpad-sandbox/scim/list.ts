import { compileFilter } from '#kit/scim/evaluate.ts'
import type { Filter } from '#kit/scim/filter.ts'
import type { JsonObject } from '#kit/scim/json.ts'
import type { AttributePath } from '#kit/scim/path.ts'
import { createProjection } from '#kit/scim/projection.ts'
import type { ResourceType } from '#kit/scim/schema.ts'
import { readSearchRequest, renderListResponse, type SearchRequest } from '#kit/scim/search.ts'
import type { Answer } from './answer.ts'
import type { Call } from './operation.ts'

/** `GET /Users` and `GET /Groups` (RFC 7644 §3.4.2): filters by index where there is one, pages without a scan. */

/** Page size without `count`, and the largest. */
const DEFAULT_COUNT = 100
export const MAX_COUNT = 1_000

/** How one kind of resource is found and shown. */
export interface Listing<T> {
  readonly type: ResourceType
  /** All that SCIM shows, how many. */
  total(): number
  /** A slice by position, from 0. */
  page(offset: number, limit: number): readonly T[]
  /** Those a condition of the filter leads to by an index; `undefined` when none does. */
  lookUp(filter: Filter): readonly T[] | undefined
  /** Everything, for filters without an index. */
  all(): Iterable<T>
  render(record: T): JsonObject
}

export function list<T>(call: Call, listingFor: (request: SearchRequest) => Listing<T>): Answer {
  const request = readSearchRequest(call.req.query, {
    urns: call.dialect.urns ?? [],
    unquotedValues: call.dialect.unquotedValues ?? false,
    defaultCount: DEFAULT_COUNT,
    maxCount: MAX_COUNT,
  })
  const listing = listingFor(request)
  // Nothing is rendered that may never be shown, so without a wish there is nothing to leave out.
  const hasWish = request.attributes.length + request.excludedAttributes.length > 0
  const show = hasWish ? createProjection(listing.type, request) : (resource: JsonObject) => resource
  const { totalResults, found } = find(call, request, listing)
  const resources = found.map(show)
  return { status: 200, body: renderListResponse({ totalResults, startIndex: request.startIndex, resources }) }
}

function find<T>(
  call: Call,
  request: SearchRequest,
  listing: Listing<T>,
): { readonly totalResults: number; readonly found: readonly JsonObject[] } {
  const offset = request.startIndex - 1
  if (request.filter === undefined) {
    const found = request.count === 0 ? [] : listing.page(offset, request.count).map((record) => listing.render(record))
    return { totalResults: listing.total(), found }
  }
  const matches = compileFilter(request.filter, listing.type, {
    stringBooleans: call.dialect.stringBooleans ?? false,
  })
  let totalResults = 0
  const found: JsonObject[] = []
  for (const record of listing.lookUp(request.filter) ?? listing.all()) {
    const resource = listing.render(record)
    if (!matches(resource)) continue
    if (totalResults >= offset && found.length < request.count) found.push(resource)
    totalResults += 1
  }
  return { totalResults, found }
}

/** Whether a filter or a list of attribute names speaks of a top-level attribute. */
export function mentions(filter: Filter, name: string): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.some((part) => mentions(part, name))
    case 'not':
      return mentions(filter.filter, name)
    case 'present':
    case 'compare':
    case 'element':
      return isNamed(filter.path, name)
  }
}

function isNamed(path: AttributePath, name: string): boolean {
  return path.name.toLowerCase() === name.toLowerCase()
}

import { ScimError } from '#kit/scim/errors.ts'
import { compileFilter } from '#kit/scim/evaluate.ts'
import type { Filter } from '#kit/scim/filter.ts'
import type { JsonObject } from '#kit/scim/json.ts'
import { createProjection } from '#kit/scim/projection.ts'
import type { ResourceType } from '#kit/scim/schema.ts'
import {
  createOrdering,
  type Ordering,
  readSearchBody,
  readSearchRequest,
  renderListResponse,
  type SearchOptions,
  type SearchRequest,
  type SortKey,
} from '#kit/scim/search.ts'
import type { Answer } from './answer.ts'
import type { Call } from './operation.ts'

/** Queries (RFC 7644 §3.4.2, §3.4.3): filters by index where there is one, pages without a scan. */

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

/** A {@link Listing} whose kind of record no longer matters. */
export interface Source {
  readonly type: ResourceType
  total(): number
  page(offset: number, limit: number): readonly JsonObject[]
  /** What a query without or with this filter is about, to be rendered one by one. */
  candidates(filter: Filter | undefined): Iterable<() => JsonObject>
}

export function createSource<T>(listing: Listing<T>): Source {
  return {
    type: listing.type,
    total: () => listing.total(),
    page: (offset, limit) => listing.page(offset, limit).map((record) => listing.render(record)),
    candidates: (filter) =>
      renderings(listing, (filter === undefined ? undefined : listing.lookUp(filter)) ?? listing.all()),
  }
}

/**
 * Not a method of the source: a generator function gets a hidden class of its own with its first call, which lies among the old
 * objects and keeps whatever the function sees, here the request, until those are collected.
 */
function* renderings<T>(listing: Listing<T>, records: Iterable<T>): Generator<() => JsonObject> {
  for (const record of records) yield () => listing.render(record)
}

/** The query in the address of a GET. @throws {ScimError} */
export function queryOf(call: Call): SearchRequest {
  return readSearchRequest(call.req.query, searchOptions(call))
}

/** The query in the body of a POST to `.search`. @throws {ScimError} */
export function queryInBody(call: Call): SearchRequest {
  return readSearchBody(call.body, searchOptions(call))
}

function searchOptions({ dialect }: Call): SearchOptions {
  return {
    urns: dialect.urns ?? [],
    unquotedValues: dialect.unquotedValues ?? false,
    defaultCount: DEFAULT_COUNT,
    maxCount: MAX_COUNT,
  }
}

/** The ListResponse over one kind of resource, or over several in turn. @throws {ScimError} */
export function list(call: Call, request: SearchRequest, sources: readonly Source[]): Answer {
  const { totalResults, found } = find(call, request, sources)
  const resources = shownOf(request, found)
  return { status: 200, body: renderListResponse({ totalResults, startIndex: request.startIndex, resources }) }
}

/** Nothing is rendered that may never be shown, so without a wish there is nothing to leave out. */
function shownOf(request: SearchRequest, found: readonly Found[]): readonly JsonObject[] {
  if (request.attributes.length + request.excludedAttributes.length === 0) return found.map(({ resource }) => resource)
  const projections = new Map<ResourceType, (resource: JsonObject) => JsonObject>()
  return found.map(({ type, resource }) => {
    const show = projections.get(type) ?? createProjection(type, request)
    projections.set(type, show)
    return show(resource)
  })
}

interface Found {
  readonly type: ResourceType
  readonly resource: JsonObject
}

interface Result {
  readonly totalResults: number
  readonly found: readonly Found[]
}

function find(call: Call, request: SearchRequest, sources: readonly Source[]): Result {
  if (request.sortBy !== undefined) return findSorted(call, request, sources)
  if (request.filter !== undefined) return findFiltered(call, request, sources)
  const found: Found[] = []
  let totalResults = 0
  for (const source of sources) {
    const missing = request.count - found.length
    const offset = Math.max(0, request.startIndex - 1 - totalResults)
    totalResults += source.total()
    if (missing > 0) {
      for (const resource of source.page(offset, missing)) found.push({ type: source.type, resource })
    }
  }
  return { totalResults, found }
}

function findFiltered(call: Call, request: SearchRequest, sources: readonly Source[]): Result {
  const offset = request.startIndex - 1
  const found: Found[] = []
  let totalResults = 0
  for (const { type, resource } of matchesOf(call, request.filter, sources)) {
    if (totalResults >= offset && found.length < request.count) found.push({ type, resource })
    totalResults += 1
  }
  return { totalResults, found }
}

/** Keeps a key of every match and renders those of the page again: all resources at once would not fit the memory. */
function findSorted(call: Call, request: SearchRequest, sources: readonly Source[]): Result {
  const orderings = eachOrNone(sources, ({ type }) => orderingOf(type, request))
  const keyed: { readonly key: SortKey; readonly type: ResourceType; readonly render: () => JsonObject }[] = []
  for (const { type, resource, render } of matchesOf(call, request.filter, sources)) {
    keyed.push({ key: orderings.get(type)?.keyOf(resource), type, render })
  }
  const [ordering] = orderings.values()
  if (ordering !== undefined) keyed.sort((left, right) => ordering.compare(left.key, right.key))
  const page = keyed.slice(request.startIndex - 1, request.startIndex - 1 + request.count)
  return { totalResults: keyed.length, found: page.map(({ type, render }) => ({ type, resource: render() })) }
}

function orderingOf(type: ResourceType, { sortBy, sortOrder }: SearchRequest): Ordering | undefined {
  return sortBy === undefined ? undefined : createOrdering(type, sortBy, sortOrder)
}

function* matchesOf(
  call: Call,
  filter: Filter | undefined,
  sources: readonly Source[],
): Generator<Found & { readonly render: () => JsonObject }> {
  const stringBooleans = filter !== undefined && (call.dialect.stringBooleans ?? false)
  const tests = eachOrNone(sources, ({ type }) => filter && compileFilter(filter, type, { stringBooleans }))
  for (const source of sources) {
    const { type } = source
    // An attribute that another kind of resource has is one without a value here (RFC 7644 §3.4.2.1).
    const test =
      tests.get(type) ?? (filter && compileFilter(filter, type, { stringBooleans, undescribedAttributes: true }))
    for (const render of source.candidates(filter)) {
      const resource = render()
      if (test === undefined || test(resource)) yield { type, resource, render }
    }
  }
}

/** What `make` makes of the kinds it goes together with. @throws {ScimError} the first refusal, when it is none of them. */
function eachOrNone<R>(sources: readonly Source[], make: (source: Source) => R | undefined): Map<ResourceType, R> {
  const made = new Map<ResourceType, R>()
  const refusals: ScimError[] = []
  for (const source of sources) {
    try {
      const result = make(source)
      if (result !== undefined) made.set(source.type, result)
    } catch (error) {
      if (!(error instanceof ScimError)) throw error
      refusals.push(error)
    }
  }
  const [first] = refusals
  if (first !== undefined && refusals.length === sources.length) throw first
  return made
}

/** Whether a filter speaks of a top-level attribute. */
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
      return filter.path.name.toLowerCase() === name.toLowerCase()
  }
}

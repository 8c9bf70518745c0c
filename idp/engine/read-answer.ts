import type { TargetResource } from '#idp/core/provisioning/types.ts'
import type { OutboundResponse } from '#kit/http/outbound.ts'
import { MEDIA_TYPE } from './exchange.ts'
import type { ObjectKind } from './records.ts'
import { incompatible, type TargetFailure } from './target-response.ts'

export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | TargetFailure

/** What a lookup by filter found. More than one is for the caller to refuse: which to take cannot be guessed. */
export type Match =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly resource: TargetResource }
  | { readonly kind: 'several'; readonly count: number }

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isResource(value: unknown): value is TargetResource {
  return isObject(value) && typeof value['id'] === 'string' && value['id'] !== ''
}

/** `userName eq "o\"hara"`, spaces as `+`, quotes as `%22` (reference sheet 2.1). */
export function matchQuery(kind: ObjectKind, path: string, value: string): string {
  const query = new URLSearchParams()
  if (kind === 'Group') query.set('excludedAttributes', 'members')
  query.set('filter', `${path} eq ${JSON.stringify(value)}`)
  return query.toString()
}

/** Parsed JSON of a success, or why it cannot be used. */
function parseBody(call: string, response: OutboundResponse): Answer<Readonly<Record<string, unknown>>> {
  const mediaType = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (mediaType !== MEDIA_TYPE) {
    return incompatible(call, response.status, `as ${mediaType || 'no media type'} instead of ${MEDIA_TYPE}`)
  }
  try {
    const value: unknown = JSON.parse(response.body)
    return isObject(value)
      ? { kind: 'ok', value }
      : incompatible(call, response.status, 'the body is not a JSON object')
  } catch {
    return incompatible(call, response.status, 'the body is not readable as JSON')
  }
}

/**
 * Every member the engine reads must have the shape of its schema. A manager as a bare string, which some servers echo, is
 * the known case that makes the whole resource unreadable (reference sheet 2.9).
 */
function misshapen(resource: TargetResource): string | null {
  for (const [name, value] of Object.entries(resource)) {
    if (name.startsWith('urn:') && isObject(value) && typeof value['manager'] === 'string') {
      return 'the manager is a text where a complex value belongs'
    }
  }
  return null
}

/** The resource of an answer that claims success. */
export function readResource(call: string, response: OutboundResponse): Answer<TargetResource> {
  const parsed = parseBody(call, response)
  if (parsed.kind === 'failure') return parsed
  if (Array.isArray(parsed.value['Resources'])) {
    return {
      ...incompatible(call, response.status, 'it is a list where one resource belongs'),
      code: 'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse',
    }
  }
  if (!isResource(parsed.value)) return incompatible(call, response.status, 'the resource has no id')
  const problem = misshapen(parsed.value)
  return problem === null ? { kind: 'ok', value: parsed.value } : incompatible(call, response.status, problem)
}

/** What a ListResponse found (RFC 7644 §3.4.2). */
export function readMatch(call: string, response: OutboundResponse): Answer<Match> {
  const parsed = parseBody(call, response)
  if (parsed.kind === 'failure') return parsed
  const { totalResults, Resources = [] } = parsed.value as { totalResults?: unknown; Resources?: unknown }
  if (typeof totalResults !== 'number' || !Array.isArray(Resources)) {
    return incompatible(call, response.status, 'it is not a ListResponse with totalResults')
  }
  const count = Math.max(totalResults, Resources.length)
  if (count === 0) return { kind: 'ok', value: { kind: 'none' } }
  if (count > 1) return { kind: 'ok', value: { kind: 'several', count } }
  const [resource] = Resources
  if (!isResource(resource)) return incompatible(call, response.status, 'the resource found has no id')
  const problem = misshapen(resource)
  return problem === null
    ? { kind: 'ok', value: { kind: 'one', resource } }
    : incompatible(call, response.status, problem)
}

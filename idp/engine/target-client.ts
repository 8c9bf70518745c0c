import { randomUUID } from 'node:crypto'
import type { ProvisioningPolicy, TargetResource } from '#idp/core/provisioning/types.ts'
import type { Clock } from '#kit/clock.ts'
import { createTraceId, currentContext, runInContext } from '#kit/context.ts'
import type { Outbound, OutboundRequest, OutboundResponse } from '#kit/http/outbound.ts'
import type { ObjectKind } from './records.ts'
import { type CallPurpose, failureOf, incompatible, silenceOf, type TargetFailure } from './target-response.ts'

/** Where the target is and how to speak to it. The vendor has taken its flags out of the address already. */
export interface TargetAddress {
  /** Up to and without `/Users`: `https://app.example/scim`. */
  readonly baseUrl: string
  /** Bare, without a scheme. */
  readonly token: string
  readonly policy: Pick<ProvisioningPolicy, 'timeoutMs' | 'activityHeader'>
}

export interface TargetDeps {
  readonly outbound: Outbound
  readonly clock: Clock
}

export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | TargetFailure

/** What a lookup by filter found. More than one is for the caller to refuse: which to take cannot be guessed. */
export type Match =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly resource: TargetResource }
  | { readonly kind: 'several'; readonly count: number }

/** A SCIM client of one target (RFC 7644), sending what reference sheet section 2 lists and nothing else: no PUT, no Bulk. */
export interface TargetClient {
  /** `GET /Users?filter=userName eq "…"`. */
  match(kind: ObjectKind, path: string, value: string): Promise<Answer<Match>>
  /** `GET /Users/{id}`; `null` when it is not there. Groups without their members. */
  read(kind: ObjectKind, id: string): Promise<Answer<TargetResource | null>>
  create(kind: ObjectKind, resource: object): Promise<Answer<TargetResource>>
  patch(kind: ObjectKind, id: string, body: object): Promise<Answer<null>>
  /** An object that is not there any more counts as deleted. */
  remove(kind: ObjectKind, id: string): Promise<Answer<null>>
}

const MEDIA_TYPE = 'application/scim+json'

/** A trace id in the form of a GUID: the same 32 digits. */
function guidOfTrace(traceId: string): string {
  return `${traceId.slice(0, 8)}-${traceId.slice(8, 12)}-${traceId.slice(12, 16)}-${traceId.slice(16, 20)}-${traceId.slice(20)}`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isResource(value: unknown): value is TargetResource {
  return isObject(value) && typeof value['id'] === 'string' && value['id'] !== ''
}

/** `userName eq "o\"hara"`, spaces as `+`, quotes as `%22` (reference sheet 2.1). */
function matchQuery(kind: ObjectKind, path: string, value: string): string {
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

function readResource(call: string, response: OutboundResponse): Answer<TargetResource> {
  const parsed = parseBody(call, response)
  if (parsed.kind === 'failure') return parsed
  if (!isResource(parsed.value)) return incompatible(call, response.status, 'the resource has no id')
  const problem = misshapen(parsed.value)
  return problem === null ? { kind: 'ok', value: parsed.value } : incompatible(call, response.status, problem)
}

function readMatch(call: string, response: OutboundResponse): Answer<Match> {
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

/** One exchange, in the trace of what is going on or in one of its own, so that header and trace agree. */
function withinTrace<R>(action: (traceId: string) => Promise<R>): Promise<R> {
  const context = currentContext() ?? { traceId: createTraceId() }
  return runInContext(context, () => action(context.traceId))
}

type Sent = { readonly call: string; readonly response: OutboundResponse } | TargetFailure

/** @returns the client, and the raw {@link exchange} for the connection test. */
function createExchange({ outbound, clock }: TargetDeps, { baseUrl, token, policy }: TargetAddress) {
  return (method: OutboundRequest['method'], path: string, subject: string, body?: object): Promise<Sent> =>
    withinTrace(async (traceId) => {
      const call = `${method} ${path}`
      const { activityHeader } = policy
      const activity = activityHeader?.value
        .replaceAll('{date}', clock.iso())
        .replaceAll('{activityId}', guidOfTrace(traceId))
      try {
        const response = await outbound.send({
          method,
          url: `${baseUrl}${path}`,
          headers: {
            Authorization: `Bearer ${token}`,
            Accept: MEDIA_TYPE,
            ...(body === undefined ? {} : { 'Content-Type': `${MEDIA_TYPE}; charset=utf-8` }),
            ...(activityHeader === undefined || activity === undefined ? {} : { [activityHeader.name]: activity }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          timeoutMs: policy.timeoutMs,
          subject,
        })
        return { call, response }
      } catch (error) {
        return silenceOf(call, error)
      }
    })
}

function isSuccess({ status }: OutboundResponse): boolean {
  return status >= 200 && status < 300
}

export function createTargetClient(deps: TargetDeps, address: TargetAddress): TargetClient {
  const exchange = createExchange(deps, address)

  async function ask<T>(
    purpose: CallPurpose,
    sending: Promise<Sent>,
    accept: (call: string, response: OutboundResponse) => Answer<T>,
  ): Promise<Answer<T>> {
    const sent = await sending
    if ('kind' in sent) return sent
    return isSuccess(sent.response)
      ? accept(sent.call, sent.response)
      : failureOf(sent.call, purpose, sent.response, deps.clock.now())
  }
  const done = (): Answer<null> => ({ kind: 'ok', value: null })

  return {
    match: (kind, path, value) =>
      ask('filter', exchange('GET', `/${kind}s?${matchQuery(kind, path, value)}`, value), readMatch),
    async read(kind, id) {
      const without = kind === 'Group' ? '?excludedAttributes=members' : ''
      const sent = await exchange('GET', `/${kind}s/${encodeURIComponent(id)}${without}`, id)
      if ('kind' in sent) return sent
      if (sent.response.status === 404) return { kind: 'ok', value: null }
      if (!isSuccess(sent.response)) return failureOf(sent.call, 'read', sent.response, deps.clock.now())
      const answer = readResource(sent.call, sent.response)
      if (answer.kind === 'failure' || kind === 'User') return answer
      const { members } = answer.value
      if (!Array.isArray(members) || members.length === 0) return answer
      return {
        ...incompatible(sent.call, sent.response.status, 'the members that were excluded came along'),
        code: 'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse',
      }
    },
    create: (kind, resource) =>
      ask('create', exchange('POST', `/${kind}s`, subjectOf(resource), resource), readResource),
    patch: (kind, id, body) => ask('change', exchange('PATCH', `/${kind}s/${encodeURIComponent(id)}`, id, body), done),
    async remove(kind, id) {
      const sent = await exchange('DELETE', `/${kind}s/${encodeURIComponent(id)}`, id)
      if ('kind' in sent) return sent
      if (isSuccess(sent.response) || sent.response.status === 404) return done()
      return failureOf(sent.call, 'delete', sent.response, deps.clock.now())
    },
  }
}

function subjectOf(resource: object): string {
  const name = 'userName' in resource ? resource.userName : 'displayName' in resource ? resource.displayName : undefined
  return typeof name === 'string' ? name : 'new object'
}

/** What the connection test found; a failure carries what the page's details show, the credential taken out. */
export type ConnectionTest =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly code: TargetFailure['code']
      readonly message: string
      readonly request: string
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }

export interface ConnectionProbe {
  /** The attribute users are matched by. */
  readonly userPath: string
  /** The attribute groups are matched by, when groups are provisioned too. */
  readonly groupPath?: string
}

const BODY_SHOWN = 2_000

/**
 * Ask the target for somebody who cannot exist: a random GUID on the matching attribute. Anything but 200 with a
 * ListResponse fails, 404 included (reference sheet 2.2). Nothing is changed in the target.
 */
export async function testConnection(
  deps: TargetDeps,
  address: TargetAddress,
  probe: ConnectionProbe,
): Promise<ConnectionTest> {
  const exchange = createExchange(deps, address)
  const hide = (text: string) => (address.token === '' ? text : text.replaceAll(address.token, '[redacted]'))
  const probes: (readonly [ObjectKind, string])[] = [['User', probe.userPath]]
  if (probe.groupPath !== undefined) probes.push(['Group', probe.groupPath])
  for (const [kind, path] of probes) {
    const value = randomUUID()
    const route = `/${kind}s?${matchQuery(kind, path, value)}`
    const request = `GET ${address.baseUrl}${route}`
    const sent = await exchange('GET', route, 'connection test')
    const code = 'SystemForCrossDomainIdentityManagementCredentialValidationUnavailable'
    if ('kind' in sent) return { ok: false, code, message: hide(sent.message), request: hide(request) }
    const { status, headers, body } = sent.response
    const answer =
      status === 200
        ? readMatch(sent.call, sent.response)
        : failureOf(sent.call, 'filter', sent.response, deps.clock.now())
    if (answer.kind === 'ok') continue
    const shown = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, hide(text)]))
    return {
      ok: false,
      code,
      message: hide(answer.message),
      request: hide(request),
      status,
      headers: shown,
      body: hide(body).slice(0, BODY_SHOWN),
    }
  }
  return { ok: true }
}

import { STATUS_CODES } from 'node:http'
import { type Outbound, OutboundFailure, type OutboundRequest, type OutboundResponse } from '#kit/http/outbound.ts'
import type { ScimDialect } from '../apps/records.ts'
import { isJsonObject, type JsonObject } from './external-name.ts'

/** The SCIM 2.0 client of the org: what reference sheet 2.1 to 2.7 says it sends and what it makes of the answers. */

/** How long an answer is waited for, milliseconds of wall time (reference sheet 2.1). */
const TIMEOUT_MS = 60_000

/** How many are asked for at a time, and the step of paging. */
export const PAGE_SIZE = 100

const MEDIA_TYPE = 'application/scim+json'
const PATCH_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const LIST_URN = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

export interface TargetAddress {
  readonly baseUrl: string
  readonly token: string
  readonly dialect: ScimDialect
}

/** A call that did not do what it was for. */
export interface ScimFailure {
  readonly ok: false
  /** Absent when there was no answer. */
  readonly status?: number
  /** `Unauthorized. Errors reported by remote server: Invalid API key`, or why there was no answer. */
  readonly reason: string
  /** The app's own words, as far as there are any. */
  readonly detail: string
  /** With 429: seconds the app asked for; `null` when it named none that is understood. */
  readonly retryAfterSeconds?: number | null
}

export type ScimAnswer<T> = { readonly ok: true; readonly value: T } | ScimFailure

export interface ListPage {
  readonly totalResults: number
  readonly resources: readonly JsonObject[]
}

export type ResourceKind = 'Users' | 'Groups'

export interface ScimClient {
  readonly dialect: ScimDialect
  page(kind: ResourceKind, startIndex: number, count: number): Promise<ScimAnswer<ListPage>>
  /** By `userName` or `displayName`; nobody is `null`, whether told by an empty list or by 404. */
  find(kind: ResourceKind, name: string): Promise<ScimAnswer<JsonObject | null>>
  read(kind: ResourceKind, id: string): Promise<ScimAnswer<JsonObject>>
  /** The answer's body; `null` when it has none. */
  create(kind: ResourceKind, body: JsonObject): Promise<ScimAnswer<JsonObject | null>>
  /** Only an answer with a body counts (204 is for PATCH). */
  replace(kind: ResourceKind, id: string, body: JsonObject): Promise<ScimAnswer<JsonObject>>
  patch(kind: ResourceKind, id: string, operations: readonly JsonObject[]): Promise<ScimAnswer<null>>
  remove(kind: ResourceKind, id: string): Promise<ScimAnswer<null>>
}

const NAME_ATTRIBUTE: Readonly<Record<ResourceKind, string>> = { Users: 'userName', Groups: 'displayName' }

export function createScimClient(outbound: Outbound, { baseUrl, token, dialect }: TargetAddress): ScimClient {
  // A line break cannot stand in a header; the app refuses what is left.
  const inOneLine = token.replaceAll(/[\r\n]+/g, ' ')

  /** The credential must not come back into a task or a page. */
  const hide = (text: string): string => (token.length < 8 ? text : text.replaceAll(token, '[redacted]'))

  async function send(
    method: OutboundRequest['method'],
    path: string,
    subject: string,
    body?: JsonObject,
  ): Promise<ScimAnswer<OutboundResponse>> {
    try {
      const response = await outbound.send({
        method,
        url: `${baseUrl}${path}`,
        headers: {
          // An app of the wizard is sent exactly what the administrator typed.
          Authorization: dialect === 'wizard' ? inOneLine : `Bearer ${inOneLine}`,
          Accept: MEDIA_TYPE,
          'Accept-Charset': 'utf-8',
          'User-Agent': 'Okta SCIM Client 1.0.0',
          ...(body !== undefined || method === 'DELETE' ? { 'Content-Type': `${MEDIA_TYPE}; charset=utf-8` } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeoutMs: TIMEOUT_MS,
        subject,
      })
      return response.status >= 200 && response.status < 300
        ? { ok: true, value: { ...response, body: hide(response.body) } }
        : refusalOf({ ...response, body: hide(response.body) })
    } catch (error) {
      if (!(error instanceof OutboundFailure)) throw error
      return { ok: false, reason: error.message, detail: error.message }
    }
  }

  const at = (kind: ResourceKind, id: string): string => `/${kind}/${encodeURIComponent(id)}`

  async function list(path: string, subject: string): Promise<ScimAnswer<ListPage>> {
    const sent = await send('GET', path, subject)
    return sent.ok ? readList(sent.value) : sent
  }

  return {
    dialect,
    page: (kind, startIndex, count) => list(`/${kind}?startIndex=${startIndex}&count=${count}`, kind),
    async find(kind, name) {
      const filter = encodeURIComponent(`${NAME_ATTRIBUTE[kind]} eq ${JSON.stringify(name)}`)
      const answer = await list(`/${kind}?filter=${filter}&startIndex=1&count=${PAGE_SIZE}`, name)
      if (!answer.ok) return answer.status === 404 ? { ok: true, value: null } : answer
      const [first, second] = answer.value.resources
      if (second !== undefined) return unusable(200, `More than one object is called ${name}`)
      return first === undefined || typeof first['id'] === 'string'
        ? { ok: true, value: first ?? null }
        : unusable(200, `The object found for ${name} has no id`)
    },
    async read(kind, id) {
      const sent = await send('GET', at(kind, id), id)
      return sent.ok ? readResource(sent.value) : sent
    },
    async create(kind, body) {
      const sent = await send('POST', `/${kind}`, String(body[NAME_ATTRIBUTE[kind]]), body)
      if (!sent.ok) return sent
      return sent.value.body.trim() === '' ? { ok: true, value: null } : readResource(sent.value)
    },
    async replace(kind, id, body) {
      const sent = await send('PUT', at(kind, id), String(body[NAME_ATTRIBUTE[kind]]), body)
      if (!sent.ok) return sent
      if (sent.value.body.trim() === '') return unusable(sent.value.status, 'The answer to the update was empty')
      return readResource(sent.value)
    },
    async patch(kind, id, operations) {
      const sent = await send('PATCH', at(kind, id), id, { schemas: [PATCH_URN], Operations: operations })
      return sent.ok ? { ok: true, value: null } : sent
    },
    async remove(kind, id) {
      const sent = await send('DELETE', at(kind, id), id)
      return sent.ok ? { ok: true, value: null } : sent
    },
  }
}

function unusable(status: number, reason: string): ScimFailure {
  return { ok: false, status, reason, detail: reason }
}

/** A refusal in the words shown to the administrator: the `detail` of a SCIM Error verbatim, else the beginning of the body. */
function refusalOf({ status, headers, body }: OutboundResponse): ScimFailure {
  const detail = detailOf(body)
  const phrase = STATUS_CODES[status] ?? `Status ${status}`
  const wait = headers['retry-after']?.trim()
  return {
    ok: false,
    status,
    detail,
    reason: detail === '' ? `${phrase}.` : `${phrase}. Errors reported by remote server: ${detail}`,
    // An HTTP date is not understood (reference sheet 2.8).
    ...(status === 429 ? { retryAfterSeconds: wait !== undefined && /^\d+$/.test(wait) ? Number(wait) : null } : {}),
  }
}

function detailOf(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body)
    if (isJsonObject(parsed) && typeof parsed['detail'] === 'string') return parsed['detail'].slice(0, 500)
  } catch {
    // Not JSON: a proxy's page, most likely. Its beginning says more than nothing.
  }
  return body.slice(0, 200).trim()
}

function parse(response: OutboundResponse): ScimAnswer<JsonObject> {
  try {
    const parsed: unknown = JSON.parse(response.body)
    return isJsonObject(parsed) ? { ok: true, value: parsed } : unusable(response.status, 'The answer is not an object')
  } catch (error) {
    return unusable(response.status, error instanceof Error ? error.message : String(error))
  }
}

function readResource(response: OutboundResponse): ScimAnswer<JsonObject> {
  const parsed = parse(response)
  if (!parsed.ok) return parsed
  const { id, emails } = parsed.value
  if (typeof id !== 'string' || id === '') return unusable(response.status, 'The answer has no id')
  // Lenient in much, not in this (reference sheet 2.7).
  if (emails !== undefined && emails !== null && !Array.isArray(emails)) {
    return unusable(response.status, 'The emails of the answer are not a list')
  }
  const hasPrimary = (emails ?? []).some((each: unknown) => isJsonObject(each) && each['primary'] === true)
  return hasPrimary || (emails ?? []).length === 0
    ? parsed
    : unusable(response.status, 'None of the emails of the answer is primary')
}

/** What a body that is not a list is told as. */
export const NO_RESULTS = 'No results for users returned'

/** Lower-case `resources` is tolerated; numbers as texts are not (reference sheet 2.7). */
function readList(response: OutboundResponse): ScimAnswer<ListPage> {
  const parsed = parse(response)
  if (!parsed.ok)
    return parsed.reason === 'The answer is not an object' ? unusable(response.status, NO_RESULTS) : parsed
  const { schemas, totalResults } = parsed.value
  const resources = parsed.value['Resources'] ?? parsed.value['resources']
  const isList = Array.isArray(schemas) && schemas.includes(LIST_URN) && Array.isArray(resources)
  if (!isList) return unusable(response.status, NO_RESULTS)
  if (!Number.isInteger(totalResults)) return unusable(response.status, 'totalResults is not a whole number')
  for (const name of ['startIndex', 'itemsPerPage']) {
    const given = parsed.value[name]
    if (given !== undefined && !Number.isInteger(given)) {
      return unusable(response.status, `${name} is not a whole number`)
    }
  }
  return { ok: true, value: { totalResults: Number(totalResults), resources: resources.filter(isJsonObject) } }
}

import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GROUP_TYPE, USER_SCHEMA_URN, USER_TYPE } from '#kit/scim/core-schemas.ts'
import { ScimError, toErrorBody } from '#kit/scim/errors.ts'
import { compileFilter } from '#kit/scim/evaluate.ts'
import { parseFilter } from '#kit/scim/filter.ts'
import type { JsonObject } from '#kit/scim/json.ts'
import { applyPatch, type PatchOptions } from '#kit/scim/patch.ts'
import { parsePatch } from '#kit/scim/patch-request.ts'

/** A SCIM server in memory that does everything right, except for what a defect changes. */

export const TOKEN = 'certify-test-token-4711'
const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

export type Resource = Record<string, unknown> & { id: string }
export type Kind = 'Users' | 'Groups'

export interface Request {
  readonly method: string
  readonly kind: Kind
  readonly id: string | undefined
  readonly query: URLSearchParams
  /** The query as it was sent. */
  readonly search: string
  body: Record<string, unknown>
}

export interface Answer {
  status: number
  headers: Record<string, string>
  /** `undefined`: no body at all. A text is sent as it is. */
  body: unknown
}

/** What a defect may do; everything else stays right. */
export interface Defect {
  /** A change of the request before it is worked on; an answer ends it, `'silence'` never answers, `'cut'` hangs up. */
  readonly before?: (request: Request, shelf: Shelf) => Answer | NoAnswer | undefined
  /** A change of the answer before it is sent. */
  readonly after?: (answer: Answer, request: Request, shelf: Shelf) => void
  /** Takes any token. */
  readonly takesAnyToken?: true
  /** Lets two users have the same name. */
  readonly allowsDuplicates?: true
}

type NoAnswer = 'silence' | 'cut'

export type Shelf = Readonly<Record<Kind, Map<string, Resource>>>

export interface FaultyServer {
  readonly url: string
  readonly shelf: Shelf
  defect: Defect
  /** Put so many users there who have nothing to do with the run. */
  addStrangers(count: number): void
  close(): Promise<void>
}

const NAME: Readonly<Record<Kind, string>> = { Users: 'userName', Groups: 'displayName' }
const typeOf = (kind: Kind) => (kind === 'Users' ? USER_TYPE : GROUP_TYPE)

export function answer(status: number, body?: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers, body }
}

export function refusal(status: number, detail: string): Answer {
  return answer(status, toErrorBody(new ScimError(status, undefined, detail)))
}

function checkName(shelf: Map<string, Resource>, kind: Kind, body: Record<string, unknown>, id?: string): void {
  const name = String(body[NAME[kind]] ?? '').toLowerCase()
  for (const other of shelf.values()) {
    if (other.id !== id && String(other[NAME[kind]]).toLowerCase() === name) {
      throw new ScimError(409, 'uniqueness', `${name} is taken.`)
    }
  }
}

/** What the two clients take for granted beyond RFC 7644. */
const TOLERANT: PatchOptions = {
  pathsAsKeys: true,
  createMissingElement: true,
  removeByValue: true,
  ignoreMissingOnRemove: true,
  passOverReadOnly: true,
  stringBooleans: true,
  bareComplexValues: true,
  undescribedAttributes: 'keep',
}

function patched(resource: Resource, kind: Kind, body: unknown): Resource {
  const type = typeOf(kind)
  const { resource: changed } = applyPatch(resource, parsePatch(body, { urns: type.urns }), type, TOLERANT)
  return changed as Resource
}

function listOf(shelf: Map<string, Resource>, request: Request): Answer {
  const { kind, query } = request
  const filter = query.get('filter')
  const type = typeOf(kind)
  const matches = filter === null ? () => true : compileFilter(parseFilter(filter, { urns: type.urns }), type)
  const found = [...shelf.values()].filter((each) => matches(each as JsonObject))
  const startIndex = Math.max(1, Number(query.get('startIndex') ?? 1))
  const count = Number(query.get('count') ?? 100)
  const page = found.slice(startIndex - 1, startIndex - 1 + count)
  return answer(200, {
    schemas: [LIST],
    totalResults: found.length,
    startIndex,
    itemsPerPage: page.length,
    Resources: page.map((each) => shown(each, request)),
  })
}

function shown(resource: Resource, { query }: Request): Record<string, unknown> {
  const copy: Record<string, unknown> = structuredClone(resource)
  delete copy['password']
  if (query.get('excludedAttributes') === 'members') delete copy['members']
  return copy
}

function work(shelf: Shelf, request: Request, defect: Defect): Answer {
  const { method, kind, id, body } = request
  const own = shelf[kind]
  if (id === undefined) {
    if (method === 'GET') return listOf(own, request)
    if (method !== 'POST') return refusal(405, 'Not here.')
    if (defect.allowsDuplicates !== true) checkName(own, kind, body)
    const resource: Resource = { ...body, id: randomUUID() }
    own.set(resource.id, resource)
    return answer(201, shown(resource, request))
  }
  const known = own.get(id)
  if (known === undefined) return refusal(404, `There is no ${id}.`)
  switch (method) {
    case 'GET':
      return answer(200, shown(known, request))
    case 'PUT':
    case 'PATCH': {
      const changed = method === 'PUT' ? { ...body, id } : patched(known, kind, body)
      if (defect.allowsDuplicates !== true) checkName(own, kind, changed, id)
      own.set(id, changed)
      return answer(200, shown(changed, request))
    }
    case 'DELETE':
      own.delete(id)
      return answer(204)
    default:
      return refusal(405, 'Not here.')
  }
}

async function bodyOf(req: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

function handle(shelf: Shelf, req: IncomingMessage, body: Record<string, unknown>, defect: Defect): Answer | NoAnswer {
  const url = new URL(req.url ?? '', 'http://server.example')
  const [, kind, id] = /^\/scim\/(Users|Groups)(?:\/([^/]+))?$/.exec(url.pathname) ?? []
  if (kind !== 'Users' && kind !== 'Groups') return refusal(404, 'There is nothing here.')
  const request: Request = {
    method: req.method ?? '',
    kind,
    id: id === undefined ? undefined : decodeURIComponent(id),
    query: url.searchParams,
    search: url.search,
    body: body,
  }
  let given: Answer | NoAnswer | undefined
  try {
    const isKnown = defect.takesAnyToken === true || req.headers.authorization === `Bearer ${TOKEN}`
    given = isKnown ? (defect.before?.(request, shelf) ?? work(shelf, request, defect)) : refusal(401, 'Unknown token.')
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    given = answer(error.status, toErrorBody(error))
  }
  if (typeof given !== 'string') defect.after?.(given, request, shelf)
  return given
}

function send(res: ServerResponse, { status, headers, body }: Answer): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  res.writeHead(status, { ...(text === '' ? {} : { 'content-type': 'application/scim+json' }), ...headers })
  res.end(text)
}

export async function openFaultyServer(): Promise<FaultyServer> {
  const shelf: Shelf = { Users: new Map(), Groups: new Map() }
  const state = { defect: {} as Defect }
  const server = createServer((req, res) => {
    bodyOf(req).then(
      (body) => {
        const given = handle(shelf, req, body, state.defect)
        if (given === 'cut') res.destroy()
        else if (given !== 'silence') send(res, given)
      },
      () => res.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`,
    shelf,
    get defect() {
      return state.defect
    },
    set defect(defect) {
      state.defect = defect
    },
    addStrangers(count) {
      for (let index = 1; index <= count; index += 1) {
        const userName = `stranger-${index}@elsewhere.example`
        const emails = [{ value: userName, type: 'work', primary: true }]
        const id = randomUUID()
        shelf.Users.set(id, { schemas: [USER_SCHEMA_URN], id, userName, emails, active: true })
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

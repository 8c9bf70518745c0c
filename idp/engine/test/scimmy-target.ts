import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { TARGET_TOKEN } from './target-token.ts'

/** One request as the target saw it. */
export interface SeenRequest {
  readonly method: string
  /** Path and query below the SCIM base. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

export interface StoredObject {
  readonly id: string
  readonly [attribute: string]: unknown
}

/** Answers instead of the server, or lets the request through when it returns `undefined`. */
export type Interceptor = (
  request: SeenRequest,
) => ScriptedAnswer | 'drop' | undefined | Promise<ScriptedAnswer | 'drop' | undefined>

export interface ScriptedAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A SCIM server that shares no code with this project, behind a door at which a test may stand. */
export interface ScimTarget {
  /** Base address: `http://127.0.0.1:PORT/scim`. */
  readonly url: string
  readonly users: Map<string, StoredObject>
  readonly groups: Map<string, StoredObject>
  readonly requests: SeenRequest[]
  /** Replaced by tests; back to letting everything through with `undefined`. */
  intercept: Interceptor | undefined
  /** Called when an answer was produced and before it is sent: `drop` loses it on the way. */
  loseAnswer: ((request: SeenRequest) => boolean) | undefined
  close(): Promise<void>
}

/** The library has one handler a process for each kind; they serve the target opened last. */
const current: { users: Map<string, StoredObject>; groups: Map<string, StoredObject>; made: number } = {
  users: new Map(),
  groups: new Map(),
  made: 0,
}

function missing(id: string): Error {
  return new SCIMMY.Types.Error(404, undefined as never, `There is no resource ${id}.`)
}

function declare(kind: 'User' | 'Group', uniqueName: 'userName' | 'displayName'): void {
  const shelf = () => (kind === 'User' ? current.users : current.groups)
  const type = kind === 'User' ? SCIMMY.Resources.User : SCIMMY.Resources.Group
  SCIMMY.Resources.declare(type as typeof SCIMMY.Resources.User)
    .ingress((resource: { id?: string }, data: unknown) => {
      const values = JSON.parse(JSON.stringify(data)) as Record<string, unknown>
      const name = String(values[uniqueName]).toLowerCase()
      for (const other of shelf().values()) {
        if (other.id !== resource.id && String(other[uniqueName]).toLowerCase() === name) {
          throw new SCIMMY.Types.Error(409, 'uniqueness', `${name} is taken.`)
        }
      }
      if (resource.id !== undefined && !shelf().has(resource.id)) throw missing(resource.id)
      if (resource.id === undefined) current.made += 1
      const id = resource.id ?? `${kind.charAt(0).toLowerCase()}-${current.made}`
      const stored = { ...values, id }
      shelf().set(id, stored)
      return stored as never
    })
    .egress((resource: { id?: string; filter?: { match(values: unknown[]): unknown[] } }) => {
      if (resource.id !== undefined) {
        const found = shelf().get(resource.id)
        if (found === undefined) throw missing(resource.id)
        return found as never
      }
      const all = [...shelf().values()]
      return (resource.filter === undefined ? all : resource.filter.match(all)) as never
    })
    .degress((resource: { id?: string }) => {
      if (!shelf().delete(resource.id ?? '')) throw missing(resource.id ?? '')
    })
}

SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false)

function readBody(req: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    req.on('error', reject)
  })
}

export async function openScimTarget(): Promise<ScimTarget> {
  // Whoever uses the library in the same process declares handlers of their own.
  declare('User', 'userName')
  declare('Group', 'displayName')
  current.users = new Map()
  current.groups = new Map()
  const requests: SeenRequest[] = []
  const target = { users: current.users, groups: current.groups, requests } as unknown as {
    -readonly [K in keyof ScimTarget]: ScimTarget[K]
  }
  const app = express()
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    void (async () => {
      const text = await readBody(req)
      const seen: SeenRequest = {
        method: req.method ?? '',
        url: (req.url ?? '').replace(/^\/scim/, ''),
        headers: req.headers,
        body: text === '' ? undefined : JSON.parse(text),
      }
      requests.push(seen)
      const answer = await target.intercept?.(seen)
      if (answer === 'drop') {
        res.destroy()
        return
      }
      if (answer !== undefined) {
        res.writeHead(answer.status, { 'content-type': 'application/scim+json', ...answer.headers })
        res.end(answer.body ?? '')
        return
      }
      if (target.loseAnswer?.(seen) === true) res.end = (() => res.destroy()) as unknown as typeof res.end
      // The body was read here already; the parsers behind take it as done.
      Object.assign(req, { body: seen.body, _body: true })
      app(req, res)
    })()
  })
  app.use(
    '/scim',
    new SCIMMYRouters({
      type: 'bearer',
      handler: (request: { header(name: string): string | undefined }) => {
        if (request.header('Authorization') !== `Bearer ${TARGET_TOKEN}`) throw new Error('The token is not valid.')
        return 'client'
      },
    }) as unknown as express.Router,
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  target.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`
  target.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return target
}

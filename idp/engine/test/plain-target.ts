import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GROUP_TYPE, USER_TYPE } from '#kit/scim/core-schemas.ts'
import { ScimError } from '#kit/scim/errors.ts'
import { compileFilter } from '#kit/scim/evaluate.ts'
import { parseFilter } from '#kit/scim/filter.ts'
import { applyPatch } from '#kit/scim/patch.ts'
import { parsePatch } from '#kit/scim/patch-request.ts'
import { readResource } from '#kit/scim/resource.ts'

/** One request that was to change something, as it came. */
export interface Write {
  readonly method: string
  /** Below the SCIM base: `/Users/7`. */
  readonly path: string
  /** Absent for a DELETE. */
  readonly body?: unknown
}

export type Held = Readonly<Record<string, unknown>> & { readonly id: string }

/** A small and patient SCIM server: keeps what it is given, in either dialect, names twice too, so that a test may furnish it. */
export interface PlainTarget {
  /** Base address. */
  readonly url: string
  readonly users: Map<string, Held>
  readonly groups: Map<string, Held>
  /** Every POST, PATCH and DELETE since the test last emptied it. */
  readonly writes: Write[]
  close(): Promise<void>
}

const TOLERANT = {
  undescribedAttributes: 'keep',
  stringBooleans: true,
  createMissingElement: true,
  pathsAsKeys: true,
  removeByValue: true,
  ignoreMissingOnRemove: true,
} as const

export async function openPlainTarget(): Promise<PlainTarget> {
  const shelves = {
    Users: { type: USER_TYPE, held: new Map<string, Held>() },
    Groups: { type: GROUP_TYPE, held: new Map<string, Held>() },
  }
  const writes: Write[] = []
  let made = 0

  function answer(method: string, url: URL, body: unknown): { readonly status: number; readonly json?: object } {
    const [, kind = '', id] = url.pathname.split('/')
    if (kind !== 'Users' && kind !== 'Groups') throw new ScimError(404, undefined, 'There is no such endpoint.')
    const { type, held } = shelves[kind]
    if (method !== 'GET') writes.push({ method, path: url.pathname, ...(body === undefined ? {} : { body }) })
    const shown = (resource: Held): Held => {
      if (url.searchParams.get('excludedAttributes') !== 'members') return resource
      const { members: _, ...rest } = resource
      return rest as Held
    }
    if (id === undefined && method === 'POST') {
      made += 1
      const created = { ...readResource(body, type, TOLERANT), id: `${kind}-${made}` }
      held.set(created.id, created)
      return { status: 201, json: created }
    }
    if (id === undefined) {
      const filter = parseFilter(url.searchParams.get('filter') ?? '', { urns: type.urns })
      const passes = compileFilter(filter, type, { undescribedAttributes: true, stringBooleans: true })
      const found = [...held.values()].filter((each) => passes(each)).map(shown)
      return { status: 200, json: { totalResults: found.length, Resources: found } }
    }
    const resource = held.get(decodeURIComponent(id))
    if (resource === undefined) throw new ScimError(404, undefined, `There is no resource ${id}.`)
    switch (method) {
      case 'GET':
        return { status: 200, json: shown(resource) }
      case 'PATCH': {
        const patched = applyPatch(resource, parsePatch(body, { urns: type.urns }), type, TOLERANT).resource
        held.set(resource.id, { ...patched, id: resource.id })
        return { status: 200, json: shown({ ...patched, id: resource.id }) }
      }
      default:
        held.delete(resource.id)
        return { status: 204 }
    }
  }

  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      let answered: ReturnType<typeof answer>
      try {
        const url = new URL(req.url ?? '/', 'http://target.example')
        answered = answer(req.method ?? '', url, text === '' ? undefined : JSON.parse(text))
      } catch (error) {
        if (!(error instanceof ScimError)) throw error
        answered = { status: error.status, json: { status: String(error.status), detail: error.message } }
      }
      res.writeHead(answered.status, { 'content-type': 'application/scim+json' })
      res.end(answered.json === undefined ? '' : JSON.stringify(answered.json))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    users: shelves.Users.held,
    groups: shelves.Groups.held,
    writes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { TOKEN } from './faulty-server.ts'

/** A SCIM server built with `scimmy-routers` as its documentation shows it, over a store in memory. */

interface Stored {
  readonly id: string
  readonly [attribute: string]: unknown
}

/** What the library hands to the functions of a resource type. */
interface Asked {
  readonly id?: string
  readonly filter?: { match(values: readonly unknown[]): unknown[] }
}

const shelves = { User: new Map<string, Stored>(), Group: new Map<string, Stored>() }

function missing(id: string): Error {
  return new SCIMMY.Types.Error(404, undefined as never, `There is no resource ${id}.`)
}

function declare(kind: 'User' | 'Group', uniqueName: 'userName' | 'displayName'): void {
  const shelf = shelves[kind]
  const type = kind === 'User' ? SCIMMY.Resources.User : SCIMMY.Resources.Group
  let made = 0
  SCIMMY.Resources.declare(type as typeof SCIMMY.Resources.User)
    .ingress(({ id }: Asked, data: unknown) => {
      const values = JSON.parse(JSON.stringify(data)) as Record<string, unknown>
      const name = String(values[uniqueName]).toLowerCase()
      for (const other of shelf.values()) {
        if (other.id !== id && String(other[uniqueName]).toLowerCase() === name)
          throw new SCIMMY.Types.Error(409, 'uniqueness', `${name} is taken.`)
      }
      if (id !== undefined && !shelf.has(id)) throw missing(id)
      if (id === undefined) made += 1
      const stored: Stored = { ...values, id: id ?? `${kind.toLowerCase()}-${made}` }
      shelf.set(stored.id, stored)
      return stored as never
    })
    .egress(({ id, filter }: Asked) => {
      if (id !== undefined) {
        const found = shelf.get(id)
        if (found === undefined) throw missing(id)
        return found as never
      }
      const all = [...shelf.values()]
      return (filter === undefined ? all : filter.match(all)) as never
    })
    .degress(({ id = '' }: Asked) => {
      if (!shelf.delete(id)) throw missing(id)
    })
}

SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false)

/**
 * On a free port. With `keepsQuery`, what the library writes into the query of a request stays there, as with Express 4:
 * Express 5 reads the address anew at each look, and `startIndex` and `count` are texts again, which the library passes over.
 *
 * @returns its SCIM address, and how to stop it.
 */
export async function openScimmyServer({ keepsQuery }: { readonly keepsQuery: boolean }): Promise<{
  readonly url: string
  close(): Promise<void>
}> {
  // Whoever uses the library in the same process declares handlers of their own.
  declare('User', 'userName')
  declare('Group', 'displayName')
  const app = express()
  if (keepsQuery) {
    app.use((req, _res, next) => {
      Object.defineProperty(req, 'query', { value: req.query })
      next()
    })
  }
  const handler = (request: { header(name: string): string | undefined }): string => {
    if (request.header('Authorization') !== `Bearer ${TOKEN}`) throw new Error('The token is not valid.')
    return 'client'
  }
  app.use('/scim', new SCIMMYRouters({ type: 'bearer', handler }) as unknown as express.Router)
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

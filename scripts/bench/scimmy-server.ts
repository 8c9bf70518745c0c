import type { AddressInfo } from 'node:net'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { groupIdOf, groupsAmong, personAt, resourceOf } from './people.ts'

/** The usual pick: `scimmy-routers` with its resources in Maps, filled with the same people. Keeps nothing on disk. */

interface Kept {
  readonly id: string
  readonly [attribute: string]: unknown
}

const size = Number(process.argv[2])
const users = new Map<string, Kept>()
const groups = new Map<string, Kept>()
for (let n = 0; n < size; n += 1) {
  const person = personAt(n)
  users.set(person.id, { ...resourceOf(person), id: person.id })
}
for (const { name, members } of groupsAmong(size)) {
  const id = groupIdOf(name)
  const values = Array.from({ length: members }, (_, n) => ({ value: personAt(n).id, type: 'User' }))
  groups.set(id, { id, displayName: `Bench ${name}`, members: values })
}

let made = 0

function declare(type: typeof SCIMMY.Resources.User, shelf: Map<string, Kept>): void {
  SCIMMY.Resources.declare(type)
    .ingress((resource: { readonly id?: string }, data: unknown) => {
      made += 1
      const id = resource.id ?? `made-${made}`
      const kept = { ...(JSON.parse(JSON.stringify(data)) as Record<string, unknown>), id }
      shelf.set(id, kept)
      return kept as never
    })
    .egress((resource: { readonly id?: string; readonly filter?: { match(values: unknown[]): unknown[] } }) => {
      if (resource.id !== undefined) {
        const found = shelf.get(resource.id)
        if (found === undefined) throw new SCIMMY.Types.Error(404, undefined as never, 'Not found')
        return found as never
      }
      const all = [...shelf.values()]
      return (resource.filter === undefined ? all : resource.filter.match(all)) as never
    })
    .degress((resource: { readonly id?: string }) => {
      shelf.delete(resource.id ?? '')
    })
}

SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false)
declare(SCIMMY.Resources.User, users)
declare(SCIMMY.Resources.Group as unknown as typeof SCIMMY.Resources.User, groups)

const app = express()
app.use(
  '/scim',
  new SCIMMYRouters({
    type: 'bearer',
    handler: (request) => {
      if (request.headers.authorization?.startsWith('Bearer ') !== true) throw new Error('No bearer token.')
      return 'bench'
    },
  }),
)
const server = app.listen(0, '127.0.0.1', () => {
  console.error(`scimmy is up at http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, finishApp } from '#kit/http/create-app.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { ENTRA_COLLECTIONS, type EntraShape } from '../../collections.ts'
import { recycleBin } from '../../commands/recycle-bin.ts'
import { entraAssets } from '../../look/look.ts'
import { samlRoutes } from '../../saml/routes.tsx'
import { adminSession, adminSignInRoutes } from '../../sign-in/admin-session.tsx'
import { createSignIn, signInRoutes } from '../../sign-in/routes.ts'
import { ENTRA_SPEC } from '../../spec.ts'
import { seedEntraWorld } from '../../world.ts'
import { adminCenterRoutes } from '../routes.ts'
import { signInLogRoutes } from '../sign-in-logs/routes.tsx'
import { signInStateRoutes } from '../sign-in-states/routes.tsx'

/** The admin center on a free port, with its sign-in and recycle bin. */
export interface RunningAdmin {
  readonly origin: string
  readonly system: OpenedSystem<EntraShape>
  /** A new browser, signed in to the admin center as `{handle}@{domain}`, at its home page. */
  signIn(handle: string, domain?: string): Promise<Visitor>
  /** Put virtual time forward; what falls due runs. */
  advance(duration: string): Promise<void>
  /** Titles of journalled changes of the product's state, oldest first. */
  changes(): readonly string[]
  close(): Promise<void>
}

export const DOMAIN = 'brightwave.example'

export async function startAdmin(world = 'brightwave'): Promise<RunningAdmin> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const system = await openSystem<EntraShape>(
    {
      name: 'entra',
      collections: ENTRA_COLLECTIONS,
      operations: ENTRA_SPEC.operations,
      ...(ENTRA_SPEC.flaws === undefined ? {} : { flaws: ENTRA_SPEC.flaws }),
      ledger: ENTRA_SPEC.ledger,
      seed: seedEntraWorld,
    },
    {
      dataDir: null,
      world,
      urls: { entra: origin, kit: 'http://localhost:4000', dialpad: 'http://localhost:4300' },
    },
  )
  system.schedule.register(recycleBin(system))
  const signIn = createSignIn(system)
  const admin = adminSession(system)
  const app = createApp(system, { assets: entraAssets })
  app.use(adminSignInRoutes(admin))
  app.use(
    '/admin',
    admin.middleware,
    adminCenterRoutes({ system, admin }, signInLogRoutes({ system, admin }), signInStateRoutes({ system, admin })),
  )
  app.use(samlRoutes(signIn))
  app.use(signInRoutes(signIn))
  finishApp(app)
  server.on('request', app)

  return {
    origin,
    system,
    async signIn(handle, domain = DOMAIN) {
      const visitor = createVisitor(origin)
      await visitor.open('/admin')
      await visitor.submit('/email', { email: `${handle}@${domain}` })
      await visitor.submit('/password', { password: TRAINING_PASSWORD })
      await visitor.submit('/stay', { stay: 'no' })
      return visitor
    },
    async advance(duration) {
      const response = await fetch(`${origin}/_kit/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: duration }),
      })
      if (!response.ok) throw new Error(await response.text())
    },
    changes: () => system.journal.read({ kind: 'state', limit: 1000 }).items.map((entry) => entry.title),
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await system.close()
    },
  }
}

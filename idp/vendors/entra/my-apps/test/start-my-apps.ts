import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { type Browser, createBrowser } from '#kit/test/browser.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { ENTRA_SPEC } from '../../spec.ts'

/** The whole twin on a free port, set up and synced with its target. */
export interface RunningMyApps {
  readonly origin: string
  readonly system: OpenedSystem<EntraShape>
  /** Do what an administrator does, in one call of the control API. */
  run(command: string, input: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>
  /** Somebody signed in to My Apps, in a browser of their own. */
  signIn(handle: string): Promise<Person>
  close(): Promise<void>
}

/** At one tab, and the browser it belongs to. */
export type Person = Visitor & { readonly browser: Browser }

export const DOMAIN = 'brightwave.example'

/** Where the target's origin is said to be; nobody listens there. */
export const TARGET = 'http://localhost:4300'

export async function startMyApps(): Promise<RunningMyApps> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const system = await openSystem<EntraShape>(ENTRA_SPEC, {
    dataDir: null,
    world: 'connected-entra',
    urls: { entra: origin, kit: 'http://localhost:4000', dialpad: TARGET },
  })
  const service = createEntra(system)
  await service.start()
  server.on('request', service.handler)
  return {
    origin,
    system,
    async run(command, input) {
      const answer = await fetch(`${origin}/_kit/commands/${command}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      })
      const body = await answer.text()
      if (!answer.ok) throw new Error(`${command}: ${body}`)
      return JSON.parse(body)
    },
    async signIn(handle) {
      const browser = createBrowser(origin)
      const visitor = createVisitor(origin, browser)
      await visitor.open('/myapps')
      await enter(visitor, handle)
      return Object.assign(visitor, { browser })
    },
    async close() {
      await service.stop()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      await system.close()
    },
  }
}

/** Through the sign-in that is shown. */
export async function enter(visitor: Visitor, handle: string): Promise<void> {
  await visitor.submit('/email', { email: `${handle}@${DOMAIN}` })
  await visitor.submit('/password', { password: TRAINING_PASSWORD })
  await visitor.submit('/stay', { stay: 'no' })
}

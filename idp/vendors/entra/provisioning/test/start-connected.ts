import type { ProvisioningJob } from '#idp/engine/records.ts'
import { listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { createBrowser } from '#kit/test/browser.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { PARTNER_APP } from '#kit/world/constants.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { signInAs } from '../../sign-in/test/start-entra.ts'
import { ENTRA_SPEC } from '../../spec.ts'
import { seededServicePrincipalIdOf } from '../../world.ts'

/** The app that is provisioned in the world `connected-entra`, and where its provisioning is. */
export const APP = seededServicePrincipalIdOf(PARTNER_APP.appId)
export const AT = `/admin/apps/${APP}/provisioning`

/** The whole service on a free port, in the world `connected-entra`. Nobody listens where the app should be. */
export interface ConnectedEntra {
  readonly system: OpenedSystem<EntraShape>
  /** A new browser, signed in as `{handle}@brightwave.example`. */
  visitor(handle: string): Promise<Visitor>
  job(): ProvisioningJob
  close(): Promise<void>
}

export async function startConnected(): Promise<ConnectedEntra> {
  const listener = await listen({ system: 'entra', host: '127.0.0.1', port: 0, variable: 'ENTRA_PORT' })
  const origin = `http://localhost:${listener.port}`
  const urls = { entra: origin, dialpad: 'http://localhost:9', kit: 'http://localhost:4000' }
  const system = await openSystem(ENTRA_SPEC, { dataDir: null, world: 'connected-entra', urls })
  const service = createEntra(system)
  listener.attach(service.handler)
  await service.start()
  return {
    system,
    async visitor(handle) {
      const browser = createBrowser(origin)
      await signInAs(browser, await browser.visit(`${origin}/admin`), `${handle}@brightwave.example`)
      return createVisitor(origin, browser)
    },
    job() {
      const [first] = system.store.page('provisioningJobs', 0, 1)
      if (first === undefined) throw new Error('The world has no job.')
      return first
    },
    async close() {
      await service.stop()
      await listener.close()
      await system.close()
    },
  }
}

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { createVisitor, type Visitor } from '#kit/test/visitor.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { createOkta } from '../../app.tsx'
import type { OktaShape } from '../../collections.ts'
import { OKTA_SPEC } from '../../spec.ts'

/** The org on a free port. */
export interface RunningOkta {
  readonly origin: string
  readonly system: OpenedSystem<OktaShape>
  /** A new browser that has opened `path` and typed a password. */
  signIn(handle: string, path?: string, password?: string): Promise<Visitor>
  /** Put virtual time forward; what falls due runs. */
  advance(duration: string): Promise<void>
  close(): Promise<void>
}

export const DOMAIN = 'brightwave.example'

/**
 * @param dialpadUrl Origin that stands in for the target app; nobody listens at the default.
 * @param smtpUrl Where its mail goes; without one none is sent.
 */
export async function startOkta(
  dialpadUrl = 'http://localhost:1',
  world = 'brightwave',
  smtpUrl?: string,
): Promise<RunningOkta> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://localhost:${port}`
  const system = await openSystem<OktaShape>(OKTA_SPEC, {
    dataDir: null,
    world,
    urls: {
      okta: origin,
      kit: 'http://localhost:4000',
      dialpad: dialpadUrl,
      ...(smtpUrl === undefined ? {} : { smtp: smtpUrl }),
    },
  })
  const service = createOkta(system)
  server.on('request', service.handler)
  await service.start()

  return {
    origin,
    system,
    async signIn(handle, path = '/admin', password = TRAINING_PASSWORD) {
      const visitor = createVisitor(origin)
      await visitor.open(path)
      await visitor.submit('/login/identify', { username: `${handle}@${DOMAIN}` })
      await visitor.submit('/login/verify', { password })
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

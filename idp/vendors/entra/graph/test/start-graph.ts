import { listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { type Answer, call } from '#kit/test/call.ts'
import { SAMPLE_WEB_APP, TENANT_ID } from '#kit/world/constants.ts'
import { createEntra } from '../../app.tsx'
import type { EntraShape } from '../../collections.ts'
import { ENTRA_SPEC } from '../../spec.ts'

/** What a test says of a call beyond its method and path. */
export interface GraphOptions {
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
  /** Another token than the sample app's; `null` sends none. */
  readonly token?: string | null
}

/** The whole origin on a free port, and a script that holds a token of the sample app. */
export interface RunningGraph {
  readonly origin: string
  readonly system: OpenedSystem<EntraShape>
  /** Ask for a token; fields replace those of a right request, `undefined` leaves one out. */
  askToken(fields?: Readonly<Record<string, string | undefined>>, tenant?: string): Promise<Answer>
  /** A token of the sample app as it stands now. */
  token(): Promise<string>
  /** `GET /v1.0/users`: paths begin with the version. */
  ask(method: string, path: string, options?: GraphOptions): Promise<Answer>
  /** Give the sample app other permissions; tokens asked for afterwards carry them. */
  permit(permissions: readonly string[]): Promise<void>
  advance(duration: string): Promise<void>
  reset(): Promise<void>
  close(): Promise<void>
}

/** @param dialpad Address of the target, for worlds that are connected to one. */
export async function startGraph(world = 'brightwave', dialpad = 'http://localhost:9'): Promise<RunningGraph> {
  const listener = await listen({ system: 'entra', host: '127.0.0.1', port: 0, variable: 'ENTRA_PORT' })
  const origin = `http://localhost:${listener.port}`
  const urls = { entra: origin, dialpad, kit: 'http://localhost:4000' }
  const system = await openSystem(ENTRA_SPEC, { dataDir: null, world, urls })
  const service = createEntra(system)
  listener.attach(service.handler)
  await service.start()
  let kept: string | undefined

  const graph: RunningGraph = {
    origin,
    system,
    askToken(fields = {}, tenant = TENANT_ID) {
      const form = {
        grant_type: 'client_credentials',
        client_id: SAMPLE_WEB_APP.appId,
        client_secret: SAMPLE_WEB_APP.secret,
        scope: 'https://graph.microsoft.com/.default',
        ...fields,
      }
      const present = Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined)
      return call(`${origin}/${tenant}/oauth2/v2.0/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(present).toString(),
      })
    },
    async token() {
      return String((await graph.askToken()).json()['access_token'])
    },
    async ask(method, path, { body, headers = {}, token } = {}) {
      kept ??= await graph.token()
      const bearer = token === undefined ? kept : token
      return call(`${origin}${path}`, {
        method,
        headers: { ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }), ...headers },
        ...(body === undefined ? {} : { body }),
      })
    },
    async permit(permissions) {
      await system.store.transact((tx) => {
        const [app] = tx.find('servicePrincipals', 'appId', `${TENANT_ID}/${SAMPLE_WEB_APP.appId}`)
        if (app === undefined) throw new Error('The world has no sample app.')
        tx.put('servicePrincipals', app.id, { ...app, applicationPermissions: permissions })
      })
      kept = undefined
    },
    async advance(duration) {
      const answer = await call(`${origin}/_kit/clock`, { method: 'POST', body: { advance: duration } })
      if (answer.status !== 200) throw new Error(answer.text)
    },
    async reset() {
      await system.control.reset()
      kept = undefined
    },
    async close() {
      await service.stop()
      await listener.close()
      await system.close()
    },
  }
  return graph
}

import { createApp, finishApp } from '#kit/http/create-app.ts'
import { listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { type Answer, call } from '#kit/test/call.ts'
import { issueApiKey } from '../commands/api-keys.ts'
import { dialpadControlRoutes } from '../control.ts'
import { SERVICE_OWNER_ID } from '../domain/api-keys.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import type { DialpadShape, DialpadUser } from '../records.ts'
import { isScimRequest, scimRoutes } from '../scim/routes.ts'
import { DIALPAD_SPEC } from '../spec.ts'

/** Monday morning, so that tests agree on what time it is. */
export const MORNING = Date.parse('2026-03-02T09:00:00.000Z')

/** Wall time that a test moves by hand. */
export interface HandClock {
  nowMs: number
}

/** The system alone, in memory, in a world. */
export async function openDialpad(
  world: string,
  clock: HandClock = { nowMs: MORNING },
): Promise<OpenedSystem<DialpadShape>> {
  return openSystem(DIALPAD_SPEC, {
    dataDir: null,
    world,
    urls: { dialpad: 'http://localhost:1' },
    wall: () => clock.nowMs,
  })
}

export interface ServedDialpad {
  readonly system: OpenedSystem<DialpadShape>
  readonly clock: HandClock
  /** `http://localhost:PORT` */
  readonly origin: string
  /** A key of the company's admin. */
  readonly key: string
  /** A call with the key, the body as SCIM JSON; text is sent as it is. */
  scim(
    method: string,
    path: string,
    body?: object | string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  close(): Promise<void>
}

/** Dialpad behind a real socket: SCIM and the control API. */
export async function serveDialpad(world: string): Promise<ServedDialpad> {
  const clock: HandClock = { nowMs: MORNING }
  const listener = await listen({ system: 'dialpad', host: '127.0.0.1', port: 0, variable: 'DIALPAD_PORT' })
  const origin = `http://localhost:${listener.port}`
  const system = await openSystem(DIALPAD_SPEC, {
    dataDir: null,
    world,
    urls: { dialpad: origin },
    wall: () => clock.nowMs,
  })
  const app = createApp(system, { control: dialpadControlRoutes(system), leaveBody: isScimRequest })
  app.use(['/scim/v2', '/scim'], scimRoutes(system))
  listener.attach(finishApp(app))
  const [company] = system.store.page('companies', 0, 1)
  if (company === undefined) throw new Error(`World ${world} has no company to make a key for.`)
  const ownerId = system.store.find('users', 'admin', company.id)[0]?.id ?? SERVICE_OWNER_ID
  const { secret } = await issueApiKey(system, SYSTEM_ACTOR, { companyId: company.id, name: 'Tests', ownerId })
  return {
    system,
    clock,
    origin,
    key: secret,
    scim: (method, path, body, headers = {}) =>
      call(`http://127.0.0.1:${listener.port}/scim${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    async close() {
      await listener.close()
      await system.close()
    },
  }
}

/** The person with this address. @throws when there is none. */
export function userByEmail(system: OpenedSystem<DialpadShape>, email: string): DialpadUser {
  const user = system.store.find('users', 'email', email)[0]
  if (user === undefined) throw new Error(`Nobody has the address ${email}.`)
  return user
}

export const USER_URN = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const ENTERPRISE_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const PATCH_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
export const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** A person as a strict client posts them. */
export function ines(more: object = {}, enterprise: object = { department: 'Denver' }): object {
  return {
    schemas: [USER_URN, ENTERPRISE_URN],
    userName: 'ines.moreau@brightwave.example',
    name: { givenName: 'Ines', familyName: 'Moreau' },
    [ENTERPRISE_URN]: enterprise,
    ...more,
  }
}

export function patch(...operations: readonly object[]): object {
  return { schemas: [PATCH_URN], Operations: operations }
}

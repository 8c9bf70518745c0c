import type { z } from 'zod'
import { listen } from '#kit/http/listen.ts'
import { type OpenedSystem, openSystem } from '#kit/system/open-system.ts'
import { type Answer, call } from '#kit/test/call.ts'
import { createDialpad } from '../app.ts'
import { issueApiKey } from '../commands/api-keys.ts'
import { SERVICE_OWNER_ID } from '../domain/api-keys.ts'
import { SYSTEM_ACTOR } from '../domain/change-log.ts'
import type { DialpadShape } from '../records.ts'
import { REST_ROUTES } from '../rest/route-table.ts'
import { DIALPAD_SPEC } from '../spec.ts'
import { type HandClock, MORNING } from './serve.ts'

export interface ServedRest {
  readonly system: OpenedSystem<DialpadShape>
  readonly clock: HandClock
  readonly origin: string
  /** A key of the company's admin. */
  readonly key: string
  /** A call below `/api/v2` with the key; an object is sent as JSON. What is answered with 200 must have the shape that is promised. */
  rest(
    method: string,
    path: string,
    body?: object | string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  /** The same, for the JSON of an answer that must be 200. */
  ok(method: string, path: string, body?: object): Promise<Record<string, unknown>>
  /** A call of the SCIM server with the same key. */
  scim(method: string, path: string, body?: object): Promise<Answer>
  close(): Promise<void>
}

/** Dialpad as it is composed, behind a real socket, with a key for its API. */
export async function serveRest(world = 'brightwave'): Promise<ServedRest> {
  const clock: HandClock = { nowMs: MORNING }
  const listener = await listen({ system: 'dialpad', host: '127.0.0.1', port: 0, variable: 'DIALPAD_PORT' })
  const origin = `http://localhost:${listener.port}`
  const system = await openSystem(DIALPAD_SPEC, {
    dataDir: null,
    world,
    urls: { dialpad: origin },
    wall: () => clock.nowMs,
  })
  const service = createDialpad(system)
  listener.attach(service.handler)
  await service.start()
  const [company] = system.store.page('companies', 0, 1)
  if (company === undefined) throw new Error(`World ${world} has no company to make a key for.`)
  const ownerId = system.store.find('users', 'admin', company.id)[0]?.id ?? SERVICE_OWNER_ID
  const { secret } = await issueApiKey(system, SYSTEM_ACTOR, { companyId: company.id, name: 'Tests', ownerId })
  const address = `http://127.0.0.1:${listener.port}`

  async function rest(
    method: string,
    path: string,
    body?: object | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const answer = await call(`${address}/api/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    if (answer.status === 200) shapeOf(method, path)?.parse(answer.json())
    return answer
  }

  return {
    system,
    clock,
    origin,
    key: secret,
    rest,
    async ok(method, path, body) {
      const answer = await rest(method, path, body)
      if (answer.status !== 200) throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.text}`)
      return answer.json()
    },
    scim: (method, path, body) =>
      call(`${address}/scim${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async close() {
      await service.stop()
      await listener.close()
      await system.close()
    },
  }
}

/**
 * The shape an operation promises: the first of the table whose address fits, as the router takes it. The client has resolved `.`
 * and `..` by then (RFC 3986 §5.2.4), so `/departments/.` asks for the list; and a slash at the end is of no account.
 */
function shapeOf(method: string, path: string): z.ZodType | undefined {
  const address = new URL(`http://localhost/api/v2${path}`).pathname.replace(/^\/api\/v2|\/$/g, '')
  const pattern = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
  return REST_ROUTES.find((route) => route.method === method && pattern(route.path).test(address))?.answer
}

/** The refusal envelope of the API, whole. */
export function envelope(code: number, reason: string, message: string): object {
  return { error: { code, errors: [{ domain: 'global', message, reason }], message } }
}

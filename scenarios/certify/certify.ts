import { randomBytes } from 'node:crypto'
import type { Kit } from '#scenarios/library/start-kit.ts'
import type { Certificate, ClientName } from './certificate.ts'
import { checksOf } from './checks.ts'
import { walkEntra } from './entra-course.ts'
import { inBatches } from './in-batches.ts'
import { walkOkta } from './okta-course.ts'
import type { Course } from './options.ts'
import { createServerUnderTest, mustAnswer, type ServerUnderTest } from './server-under-test.ts'
import { createSheet } from './sheet.ts'
import { watchWire } from './wire.ts'
import { withoutToken } from './without-token.ts'

export interface CertifyOptions {
  /** Up to and without `/Users`. */
  readonly scim: string
  readonly token: string
  readonly clients: readonly ClientName[]
  /** What userNames end in. */
  readonly domain: string
  /** Size of the big group. */
  readonly members: number
  /** How long an answer is waited for, milliseconds. */
  readonly timeoutMs: number
  readonly pause: (ms: number) => Promise<void>
  /** Told before each client begins. */
  readonly onClient?: (client: ClientName) => void
}

type Made = Readonly<Record<'Users' | 'Groups', { readonly ids: Set<string>; readonly names: Set<string> }>>

/**
 * Let the engines loose on a server, and tell what it survives. The kit is reset to its world before each client, and lets the
 * server's host through; what was made in the server is taken away at the end, by id and by name.
 *
 * @throws {ServerUnreachable} when nobody answers at the address.
 */
export async function certify(
  kit: Pick<Kit, 'control'>,
  { scim, token, clients, domain, members, timeoutMs, pause, onClient }: CertifyOptions,
): Promise<Certificate> {
  const url = scim.replace(/\/+$/, '')
  const address = { url, token, timeoutMs }
  await mustAnswer(address)
  const server = createServerUnderTest(address)
  const prefix = `kc${randomBytes(3).toString('hex')}`
  const made: Made = { Users: { ids: new Set(), names: new Set() }, Groups: { ids: new Set(), names: new Set() } }
  const remember: Course['remember'] = (kind, object) => {
    if ('id' in object) made[kind].ids.add(object.id)
    else made[kind].names.add(object.name)
  }
  const sheet = createSheet(clients.flatMap(checksOf))
  let requests = 0
  try {
    for (const client of clients) {
      onClient?.(client)
      const control = client === 'entra' ? kit.control.entra : kit.control.okta
      await control.reset({ world: 'brightwave' })
      await control.call('PUT', '/outbound', { hosts: [new URL(url).host], timeoutMs })
      // A twin that stands in for a real host would be certified in its place.
      await control.call('PUT', '/aliases', { aliases: {} })
      const name = client === 'okta-catalog' ? 'c' : client.slice(0, 1)
      const course: Course = {
        control,
        server,
        token,
        prefix: `${prefix}-${name}`,
        domain,
        members,
        sheet,
        remember,
        pause,
      }
      await (client === 'entra' ? walkEntra(course) : walkOkta(course, client))
      const wire = watchWire(control, url)
      await wire.take()
      requests += wire.all().length
    }
  } finally {
    await cleanUp(server, made)
  }
  const leftBehind = await leftovers(server, made)
  return {
    server: url,
    prefix,
    checks: withoutToken(sheet.results(), token),
    requests,
    leftBehind,
    removed: made.Users.ids.size + made.Groups.ids.size,
  }
}

/** Groups first: some servers keep members from being deleted. What has lost its id is looked for by name. */
async function cleanUp(server: ServerUnderTest, made: Made): Promise<void> {
  for (const kind of ['Groups', 'Users'] as const) {
    const { ids, names } = made[kind]
    for (const name of names) for (const id of await server.named(kind, name)) ids.add(id)
    await inBatches([...ids], (id) => server.remove(kind, id))
  }
}

async function leftovers(server: ServerUnderTest, made: Made): Promise<readonly string[]> {
  const left: string[] = []
  for (const kind of ['Groups', 'Users'] as const) {
    await inBatches([...made[kind].ids], async (id) => {
      const object = await server.read(kind, id)
      if (object === undefined) return
      const name = String(object[kind === 'Users' ? 'userName' : 'displayName'])
      left.push(`${kind}/${id} (${name})`)
    })
  }
  return left.toSorted()
}

import type { z } from 'zod'
import type { FaultRecord } from '#kit/system/collections.ts'
import type { ControlClient } from '#scenarios/library/control-client.ts'

/** Records looked at in one collection; of a larger one, the first so many. */
export const MOST_RECORDS = 5000

/** One system at a moment, as the control API tells it. */
export interface SystemPicture {
  /** Virtual time, ISO. */
  readonly now: string
  /** @throws what the schema throws, when a record is not what the product keeps. */
  of<T>(collection: string, schema: z.ZodType<T>): readonly T[]
  /** The value of a switch in force; `undefined` for one the system does not have. */
  switchValue(id: string): string | undefined
  readonly faults: readonly FaultRecord[]
  /** Calls of the system that were refused or not answered, newest first: method, path and status. */
  readonly refused: readonly string[]
  /** Collections of which a part was looked at: `users (5000 of 20000)`. */
  readonly partly: readonly string[]
}

/** The running world at a moment: what a diagnosis reads, and nothing else. */
export interface Picture {
  readonly entra: SystemPicture
  readonly okta: SystemPicture
  readonly dialpad: SystemPicture
}

export type PictureClients = Readonly<Record<keyof Picture, ControlClient>>

/** Look at the three products at once. @throws when one of them does not answer. */
export async function takePicture(clients: PictureClients): Promise<Picture> {
  const [entra, okta, dialpad] = await Promise.all([
    pictureSystem(clients.entra),
    pictureSystem(clients.okta),
    pictureSystem(clients.dialpad),
  ])
  return { entra, okta, dialpad }
}

async function pictureSystem(client: ControlClient): Promise<SystemPicture> {
  const [state, clock, switches, faults, refused] = await Promise.all([
    client.state(),
    client.clock(),
    client.switches(),
    client.faults(),
    readRefusals(client),
  ])
  const values = new Map(switches.map(({ id, value }) => [id, value]))
  const partly = Object.entries(state.collections).flatMap(([name, records]) => {
    const size = Object.keys(records).length
    return size > MOST_RECORDS && !UNREAD.has(name) ? [`${name} (${MOST_RECORDS} of ${size})`] : []
  })
  return {
    now: clock.now,
    of: (collection, schema) =>
      Object.values(state.collections[collection] ?? {})
        .slice(0, MOST_RECORDS)
        .map((record) => schema.parse(record)),
    switchValue: (id) => values.get(id),
    faults,
    refused,
    partly,
  }
}

/** Records no diagnoser reads, however many there are. */
const UNREAD: ReadonlySet<string> = new Set([
  'provisioningLogs',
  'provisioningMembers',
  'directoryChanges',
  'auditEvents',
  'oidcModels',
  'systemLog',
  'pushedMembers',
])

const MOST_REFUSALS = 20
/** More than a system ever numbers its entries. */
const AFTER_ALL = Number.MAX_SAFE_INTEGER

/** The newest calls of a system to another one that did not succeed. Bounded: the newest entries of the journal alone. */
async function readRefusals(client: ControlClient): Promise<readonly string[]> {
  const query = new URLSearchParams({ kind: 'http-out', before: String(AFTER_ALL), limit: '200' })
  const { items } = (await client.call('GET', `/journal?${query}`)) as Awaited<ReturnType<ControlClient['journal']>>
  return items
    .filter(({ response }) => response?.status === undefined || response.status >= 400)
    .toReversed()
    .slice(0, MOST_REFUSALS)
    .map(
      ({ request, response }) =>
        `${request?.method} ${request?.url}: ${response?.status ?? response?.error ?? 'no answer'}`,
    )
}

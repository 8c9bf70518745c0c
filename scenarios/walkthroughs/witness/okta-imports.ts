import { z } from 'zod'
import type { ControlClient } from '#scenarios/library/control-client.ts'
import { lookAt } from './records.ts'

const Counts = z.looseObject({
  scanned: z.number(),
  imported: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  removed: z.number(),
})
const Run = z.looseObject({
  scheduled: z.boolean(),
  state: z.string(),
  startedAt: z.string(),
  users: Counts.optional(),
  heldBack: z.array(z.string()).optional(),
})
const Row = z.looseObject({
  externalId: z.string(),
  userName: z.string(),
  match: z.string(),
  userId: z.string().optional(),
})
const App = z.looseObject({
  id: z.string(),
  catalogKey: z.string(),
  provisioning: z
    .looseObject({
      toOkta: z.looseObject({
        schedule: z.string(),
        safeguard: z.looseObject({ enabled: z.boolean(), percent: z.number() }),
      }),
    })
    .optional(),
})
const Mapping = z.looseObject({
  appId: z.string(),
  direction: z.string(),
  properties: z.record(z.string(), z.looseObject({ expression: z.string() })),
})
const LogEvent = z.looseObject({ eventType: z.string() })

/** What the org has read of Dialpad, at one moment. */
export interface ImportPicture {
  /** The newest run; absent: none yet. */
  readonly run: z.infer<typeof Run> | undefined
  /** Users that wait to be confirmed. */
  readonly rows: readonly z.infer<typeof Row>[]
  /** `never`, `hourly`, `daily`, `weekly`. */
  readonly schedule: string | undefined
  readonly safeguard: { readonly enabled: boolean; readonly percent: number } | undefined
  /** Expression from which an attribute of people is filled. */
  mappedFrom(attribute: string): string | undefined
  /** Events of the System Log, by the end of their type: `roadblock`. */
  events(end: string): number
}

export async function pictureImports(client: ControlClient): Promise<ImportPicture> {
  const records = await lookAt(client)
  const log = records.of('systemLog', LogEvent)
  const app = records.of('apps', App).find(({ catalogKey }) => catalogKey === 'dialpad')
  const toOkta = app?.provisioning?.toOkta
  const mapping = records
    .of('profileMappings', Mapping)
    .find(({ appId, direction }) => appId === app?.id && direction === 'to-user')
  return {
    run: records.of('importRuns', Run)[0],
    rows: records.of('importRows', Row),
    schedule: toOkta?.schedule,
    safeguard: toOkta?.safeguard,
    mappedFrom: (attribute) => mapping?.properties[attribute]?.expression,
    events: (end) => log.filter(({ eventType }) => eventType === `system.import.${end}`).length,
  }
}

/** A run in words: its state and counts. */
export function tellRun(run: z.infer<typeof Run> | undefined): string {
  if (run === undefined) return 'No import yet.'
  const { state, scheduled, users } = run
  const counts =
    users === undefined
      ? 'nothing read'
      : `${users.scanned} scanned, ${users.imported} new, ${users.updated} updated, ${users.unchanged} unchanged, ${users.removed} removed`
  return `${scheduled ? 'Scheduled' : 'Import Now'}, ${state}: ${counts}.`
}

import { type AppOptions, createApp, finishApp } from '#kit/http/create-app.ts'
import { listen } from '#kit/http/listen.ts'
import { type OpenedSystem, type OpenSystemOptions, openSystem } from '#kit/system/open-system.ts'
import type { SystemSpec } from '#kit/system/system.ts'

/** A product small enough for tests of the kit: it counts visits. */
export type SampleShape = {
  visits: { readonly id: string; readonly count: number }
  keys: { readonly id: string; readonly hash: string }
}

export const SAMPLE_SPEC: SystemSpec<SampleShape> = {
  name: 'sample',
  collections: { visits: { indexes: { count: (visit) => String(visit.count) } }, keys: {} },
  operations: ['visits.count', 'visits.list'],
  flaws: { 'visits.answer': ['too-many', 'none'] },
  ledger: [
    {
      id: 'FID-SAMPLE-1',
      behaviour: 'Counts visits.',
      fidelity: 'assumed',
      source: 'none published',
      switch: { id: 'counting', values: ['up', 'down'], default: 'up' },
    },
    { id: 'FID-SAMPLE-2', behaviour: 'Forgets nothing.', fidelity: 'assumed', source: 'none published' },
  ],
  aliases: { 'other.example': 'other' },
  resetOptions: {
    keepKeys(before, tx) {
      for (const [id, key] of before.entries('keys')) tx.put('keys', id, key)
    },
  },
  seed(tx, { world }) {
    tx.put('visits', 'first', { id: 'first', count: world === 'empty' ? 0 : 1 })
  },
}

/** The sample system in memory, or as told. */
export function openSample(options: Partial<OpenSystemOptions> = {}): Promise<OpenedSystem<SampleShape>> {
  return openSystem(SAMPLE_SPEC, {
    dataDir: null,
    world: 'brightwave',
    urls: { sample: 'http://localhost:1', other: 'http://localhost:2' },
    ...options,
  })
}

export interface ServedSample {
  readonly system: OpenedSystem<SampleShape>
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  close(): Promise<void>
}

/** The sample system behind a real socket on a free port. `mount` adds routes before the app is finished. */
export async function serveSample(
  options: Partial<OpenSystemOptions> & {
    readonly app?: AppOptions
    readonly mount?: (app: ReturnType<typeof createApp>, system: OpenedSystem<SampleShape>) => void
  } = {},
): Promise<ServedSample> {
  const { app: appOptions = {}, mount, ...openOptions } = options
  const listener = await listen({ system: 'sample', host: '127.0.0.1', port: 0, variable: 'SAMPLE_PORT' })
  const system = await openSample({
    urls: { sample: `http://localhost:${listener.port}`, other: 'http://localhost:2' },
    ...openOptions,
  })
  const app = createApp(system, appOptions)
  mount?.(app, system)
  listener.attach(finishApp(app, { report: () => undefined }))
  return {
    system,
    url: `http://127.0.0.1:${listener.port}`,
    async close() {
      await listener.close()
      await system.close()
    },
  }
}

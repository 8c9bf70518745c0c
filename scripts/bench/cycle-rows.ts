import { setTimeout as pause } from 'node:timers/promises'
import { createBrowser } from '#kit/test/browser.ts'
import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { medianOf } from './contest.ts'
import { memoryOf, type Server } from './processes.ts'
import { callControl, type IdpOptions, openProvisioningStage, type ProvisioningStage } from './provisioning-stage.ts'
import type { BenchOptions, Line, Row } from './row.ts'

/** The provisioning service: whole cycles over HTTP between the two processes, their stores and journals on. */

const PEOPLE = 10_000
const ADMINISTRATOR = 'marta.silva@brightwave.example'

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
const sized = (people: number): string => `${people.toLocaleString('en')} users`

/** Wall and processor time of some work, by process. */
async function timed(
  servers: Readonly<Record<string, Server>>,
  work: () => Promise<unknown>,
): Promise<{ readonly wallMs: number; readonly note: string }> {
  const before = Object.entries(servers).map(([name, server]) => ({ name, server, cpuMs: server.cpuMs() }))
  const begun = performance.now()
  await work()
  const wallMs = performance.now() - begun
  const shares = before.map(({ name, server, cpuMs }) => `${name} ${seconds(server.cpuMs() - cpuMs)}`)
  return { wallMs, note: `CPU: ${shares.join(', ')}` }
}

async function withStage<R>(
  people: number,
  options: BenchOptions,
  work: (stage: ProvisioningStage) => Promise<R>,
  idpOptions?: IdpOptions,
): Promise<R> {
  const stage = await openProvisioningStage(people, options, idpOptions)
  try {
    return await work(stage)
  } finally {
    await stage.stop()
  }
}

const INITIAL_CYCLE: Row = {
  name: 'initial-cycle',
  goal: '10,000 assigned users and 500 groups, end to end into Dialpad, under 15 s',
  async measure(options): Promise<readonly Line[]> {
    const runs = options.quick ? 1 : 3
    const lines: Line[] = []
    const walls: number[] = []
    for (let run = 0; run < runs; run += 1) {
      await withStage(PEOPLE, options, async ({ idp, dialpad, runCycle }) => {
        options.progress(`initial cycle, run ${run + 1} of ${runs}`)
        let summary = ''
        const { wallMs, note } = await timed({ idp, dialpad }, async () => {
          summary = await runCycle()
        })
        walls.push(wallMs)
        lines.push({ row: 'initial-cycle', at: sized(PEOPLE), value: seconds(wallMs), note: `${note}; ${summary}` })
      })
    }
    return runs === 1 ? lines : [...lines, { row: 'initial-cycle', at: 'median', value: seconds(medianOf(walls)) }]
  },
}

const EMPTY_PEOPLE = 200

const EMPTY_CYCLES: Row = {
  name: 'empty-cycles',
  goal: '1,080 incremental cycles without changes (30 virtual days) over 200 users, under 5 s',
  async measure(options): Promise<readonly Line[]> {
    const month = async (ways: string, path: (stage: ProvisioningStage) => Promise<readonly Server[]>): Promise<Line> =>
      withStage(EMPTY_PEOPLE, options, async (stage) => {
        await stage.runCycle()
        const [mover = stage.idp, ...others] = await path(stage)
        const { idp, dialpad } = stage
        const [home] = others
        options.progress(`30 days, ${ways}`)
        let ran: unknown
        const { wallMs, note } = await timed({ idp, dialpad, ...(home === undefined ? {} : { home }) }, async () => {
          ran = (await callControl(mover.origin, '/clock', { advance: 'P30D' }))['ran']
        })
        const cycles = Array.isArray(ran) ? ran.filter(({ summary }) => / cycle: /.test(String(summary))).length : 0
        return { row: 'empty-cycles', at: ways, value: seconds(wallMs), note: `${cycles} cycles; ${note}` }
      })
    return [
      await month('Entra alone', async ({ idp }) => [idp]),
      await month('kit home', async (stage) => {
        const home = await stage.startHome()
        return [home, home]
      }),
    ]
  },
}

/** A signed-in visitor who opens the pages in turn, one after the other, until told to leave. Times in milliseconds. */
async function visitPages(
  { idp, appId }: ProvisioningStage,
  isOver: () => boolean,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const pages = createBrowser(idp.origin)
  const password = await pages.submit(await pages.go('/admin'), '/email', { email: ADMINISTRATOR })
  const stay = await pages.submit(password, '/password', { password: TRAINING_PASSWORD })
  await pages.submit(stay, '/stay', { stay: 'no' })
  const base = `/admin/apps/${appId}/provisioning`
  const times = new Map<string, number[]>([
    ['Overview', []],
    ['Provisioning logs', []],
  ])
  while (!isOver()) {
    for (const [name, path] of [
      ['Overview', base],
      ['Provisioning logs', `${base}/logs`],
    ] as const) {
      const begun = performance.now()
      const answer = await pages.raw('GET', path)
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status}`)
      times.get(name)?.push(performance.now() - begun)
      await pause(BETWEEN_PAGES_MS)
    }
  }
  return times
}

/** An impatient person: twenty pages a second. */
const BETWEEN_PAGES_MS = 50

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

const PAGES_DURING_CYCLE: Row = {
  name: 'pages-during-cycle',
  goal: 'p99 of Overview and of the provisioning logs under 300 ms during a cycle of 10,000 users',
  measure: (options) =>
    withStage(PEOPLE, options, async (stage) => {
      options.progress('pages during a cycle')
      let isOver = false
      const cycle = stage.runCycle().finally(() => {
        isOver = true
      })
      const [times] = await Promise.all([visitPages(stage, () => isOver), cycle])
      return Array.from(times, ([name, each]): Line => {
        const note = `p50 ${percentile(each, 0.5).toFixed(0)} ms, longest ${percentile(each, 1).toFixed(0)} ms of ${each.length} visits`
        return { row: 'pages-during-cycle', at: name, value: `${percentile(each, 0.99).toFixed(0)} ms`, note }
      })
    }),
}

const MANY = 50_000
/** Idle for so long the collector has taken what nobody holds. */
const REST_MS = 12_000

/** What is alive after a whole collection, MB, in a line of `--trace-gc`. */
function aliveAfter(line: string): number | undefined {
  const alive = /Mark-Compact.*? -> ([\d.]+) \(/.exec(line)?.[1]
  return alive === undefined ? undefined : Number(alive)
}

const CYCLE_MEMORY: Row = {
  name: 'cycle-memory',
  goal: 'what a cycle holds beyond the store does not grow with the number of users',
  async measure(options): Promise<readonly Line[]> {
    const lines: Line[] = []
    for (const people of options.quick ? [PEOPLE] : [PEOPLE, MANY]) {
      const alive: number[] = []
      const onLine = (line: string): void => {
        const mb = aliveAfter(line)
        if (mb !== undefined) alive.push(mb)
      }
      const measure = async (stage: ProvisioningStage): Promise<void> => {
        const before = memoryOf(stage.idp.pid)
        options.progress(`memory of a cycle over ${sized(people)}`)
        alive.length = 0
        await stage.runCycle()
        const during = Math.max(...alive)
        const collections = alive.length
        await pause(REST_MS)
        const after = alive.at(-1) ?? Number.NaN
        lines.push({
          row: 'cycle-memory',
          at: sized(people),
          value: `${(during - after).toFixed(0)} MB`,
          note:
            `alive in the heap of the idp: ${during.toFixed(0)} MB at most in ${collections} collections during the cycle, ` +
            `${after.toFixed(0)} MB at rest after it; PSS ${before.toFixed(0)} MB before, ${memoryOf(stage.idp.pid).toFixed(0)} MB after`,
        })
      }
      await withStage(people, options, measure, { nodeOptions: ['--trace-gc'], onLine })
    }
    return lines
  },
}

export const CYCLE_ROWS: readonly Row[] = [INITIAL_CYCLE, EMPTY_CYCLES, PAGES_DURING_CYCLE, CYCLE_MEMORY]

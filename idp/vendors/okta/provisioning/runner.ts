import { createKeyedLock } from '#idp/engine/in-parallel.ts'
import type { DueItem, DueSource } from '#kit/clock.ts'
import type { OktaApp } from '../apps/records.ts'
import { finishSweeps } from '../assignments/sweep.ts'
import type { OktaSystem } from '../collections.ts'
import { type Kept, keepOutcome } from './keep-outcome.ts'
import { runScheduledImport } from './run-import.ts'
import { sendJob } from './run-job.ts'
import { clientOf, isConnected } from './target.ts'

/** One job that ran, for people. */
export interface RanJob extends Kept {
  readonly app: string
  readonly subject: string
}

export interface RunSummary {
  readonly ran: readonly RanJob[]
  /** Jobs still in the queue: they wait for a rate limit to pass. */
  readonly waiting: number
  readonly summary: string
}

/** Works through the queues, one job of an app at a time in the order of the commands. */
export interface JobRunner {
  readonly due: DueSource
  /** Run what is due now, at once. */
  runDue(): Promise<RunSummary>
  /** Begin no further job. */
  stop(): Promise<void>
}

const QUEUE = 'okta-queue/'
const IMPORT = 'okta-import/'
const SWEEP = 'okta-sweep'

/** When an app's queue goes on; `undefined` when it is empty. */
function queueDue(system: OktaSystem, app: OktaApp): { readonly key: string; readonly at: number } | undefined {
  const [head] = system.store.findPage('provisioningJobs', 'app', app.id, 0, 1)
  if (head === undefined || !isConnected(app)) return undefined
  const pause = app.provisioning.pause
  return { key: head.key, at: pause === undefined ? Date.parse(head.createdAt) : Date.parse(pause.until) }
}

export function createJobRunner(system: OktaSystem): JobRunner {
  const lock = createKeyedLock()
  let stopping = false
  const running = new Set<Promise<unknown>>()

  function appsOf(): readonly OktaApp[] {
    return Array.from(system.store.entries('apps'), ([, app]) => app)
  }

  /** The queue of one app, until it is empty or has to wait. */
  async function drain(appId: string): Promise<readonly RanJob[]> {
    const ran: RanJob[] = []
    while (!stopping) {
      const app = system.store.get('apps', appId)
      if (app === undefined || !isConnected(app)) break
      const due = queueDue(system, app)
      const job = due === undefined ? undefined : system.store.get('provisioningJobs', due.key)
      if (due === undefined || job === undefined || due.at > system.clock.now()) break
      const result = await sendJob(system, app, clientOf(system, app), job)
      const kept = await keepOutcome(system, job, result)
      ran.push({ app: app.label, subject: job.subject, ...kept })
      if (kept.result === 'discarded') break
    }
    return ran
  }

  function run(appId: string): Promise<readonly RanJob[]> {
    const work = lock.hold(appId, () => drain(appId))
    running.add(work)
    return work.finally(() => {
      running.delete(work)
      system.schedule.touch()
    })
  }

  const due: DueSource = {
    list() {
      const items: DueItem[] = []
      const [sweep] = system.store.page('sweeps', 0, 1)
      if (sweep !== undefined) {
        items.push({ id: SWEEP, what: 'Assignments of the members of a group', at: Date.parse(sweep.createdAt) })
      }
      for (const app of appsOf()) {
        const queue = queueDue(system, app)
        if (queue !== undefined) {
          items.push({ id: `${QUEUE}${app.id}/${queue.key}`, what: `Provisioning of ${app.label}`, at: queue.at })
        }
        const nextImportAt = isConnected(app) ? app.provisioning.nextImportAt : undefined
        if (nextImportAt !== undefined) {
          items.push({ id: `${IMPORT}${app.id}`, what: `Import from ${app.label}`, at: Date.parse(nextImportAt) })
        }
      }
      return items
    },
    async run({ id }) {
      if (id === SWEEP) {
        await finishSweeps(system)
        return 'the members of a group were settled'
      }
      if (id.startsWith(IMPORT)) return runScheduledImport(system, id.slice(IMPORT.length))
      return summaryOf(await run(id.slice(QUEUE.length).split('/')[0] ?? ''))
    },
  }

  return {
    due,
    async runDue() {
      await finishSweeps(system)
      const ran: RanJob[] = []
      for (const app of appsOf()) ran.push(...(await run(app.id)))
      return { ran, waiting: system.store.count('provisioningJobs'), summary: summaryOf(ran) }
    },
    async stop() {
      stopping = true
      await Promise.allSettled([...running])
    },
  }
}

function summaryOf(ran: readonly RanJob[]): string {
  const count = (result: Kept['result']): number => ran.filter((each) => each.result === result).length
  if (ran.length === 0) return 'nothing to do'
  const [only] = ran
  if (ran.length === 1 && only !== undefined) return only.line
  const waits = count('waits') > 0 ? ', the rest waits' : ''
  return `${count('done')} done, ${count('failed')} failed${waits}`
}

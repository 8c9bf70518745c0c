import { matchingAttributes } from '#idp/core/provisioning/map-attributes.ts'
import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import type { DueItem, DueSource } from '#kit/clock.ts'
import type { Writer } from '#kit/store/store.ts'
import { type ConnectionTest, testConnection } from './connection-test.ts'
import type { EngineDeps, JobPolicy } from './context.ts'
import { createKeyedLock } from './in-parallel.ts'
import type { Notify } from './job-event.ts'
import { newRun } from './job-state.ts'
import { createNotices, NOTICE } from './notices.ts'
import { type OnDemandResult, type Preview, previewObject, provisionObject } from './on-demand.ts'
import { namingTarget } from './phrasing.ts'
import type { EngineShape, JobRun, ProvisioningJob } from './records.ts'
import { type ResetScope, restartIn } from './restart.ts'
import { type CycleResult, runCycle } from './run-cycle.ts'

/** What a connection test needs before there is a job. */
export interface ConnectionInput {
  readonly policy: JobPolicy
  /** Bare token, as typed. */
  readonly token: string
  readonly schema: ProvisioningSchema
}

/** What a caller writes in the same transaction as the job's change: who asked for it. Not called for an unknown job. */
export type Alongside = (tx: Writer<EngineShape>) => void

/** The provisioning service: every action an administrator has on a job, and the work that falls due by itself. */
export interface Engine {
  /** To be registered with `system.schedule`. */
  readonly due: DueSource
  /** Ask the target for somebody who cannot exist; changes nothing on either side. */
  testConnection(input: ConnectionInput): Promise<ConnectionTest>
  /** Switch cycles on; the first begins at once, from the stored watermark. A started job is left alone. @returns `false` for an unknown job. */
  start(jobId: string, alongside?: Alongside): Promise<boolean>
  /** No further cycles; one that runs finishes. */
  stop(jobId: string, alongside?: Alongside): Promise<boolean>
  /**
   * Forget what `scopes` name and begin a cycle at once; a stopped job is started. None named: watermark, escrows and
   * quarantine, so that the cycle is an initial one; the links are kept (reference sheet 1.5).
   */
  restart(jobId: string, alongside?: Alongside, scopes?: readonly ResetScope[]): Promise<boolean>
  /**
   * Let go whom the deletion guard holds back at this moment, and begin a cycle at once; it is healthy again at its end. Whoever
   * is found to leave later is counted anew. @returns `false` when nobody is held back.
   */
  allowDeletes(jobId: string, alongside?: Alongside): Promise<boolean>
  /** Run the next cycle now, or wait for the one that runs. */
  runNow(jobId: string): Promise<CycleResult>
  /** Whether a cycle is being worked on at this moment. */
  isRunning(jobId: string): boolean
  provisionOnDemand(jobId: string, objectId: string, memberIds?: readonly string[]): Promise<OnDemandResult>
  preview(jobId: string, objectId: string): Promise<Preview>
  /** Let running cycles end at the next object; they go on after the next start of the process. */
  shutdown(): Promise<void>
}

/** Jobs of one system: a handful, so that listing them is cheap. */
const MOST_JOBS = 1_000

/**
 * When the job has work, in virtual milliseconds: an interrupted cycle goes on at once or when the target's patience is
 * back, even when the job was stopped meanwhile; else the next cycle of a started job.
 */
function dueAt(job: ProvisioningJob, run: JobRun): number | null {
  if (run.cycle !== null) return Date.parse(run.cycle.resumeAt ?? run.cycle.startedAt)
  return job.state === 'Active' && run.nextRunAt !== null ? Date.parse(run.nextRunAt) : null
}

type RunChange = (
  run: JobRun,
  job: ProvisioningJob,
  tx: Writer<EngineShape>,
) => { readonly run: JobRun; readonly state?: ProvisioningJob['state'] }

export interface EngineOptions extends EngineDeps {
  /** What to call a job in words for people: the display name of its app. */
  appName(job: ProvisioningJob): string
  /** Absent: nobody is told of a quarantine. */
  readonly notify?: Notify
}

/** The engine of one system: runs its jobs when they are due or asked for, one cycle of a job at a time. */
export function createEngine(deps: EngineOptions): Engine {
  const { system } = deps
  const { store, schedule, clock } = system
  const lock = createKeyedLock()
  const running = new Map<string, Promise<CycleResult>>()
  let stopping = false

  /** The effects with the job's app as the name of its target. */
  function depsOf(jobId: string): EngineDeps {
    const job = store.get('provisioningJobs', jobId)
    return job === undefined ? deps : { ...deps, phrasing: namingTarget(deps.phrasing, deps.appName(job)) }
  }

  /** One cycle per job at a time: who asks while one runs gets its result. */
  function run(jobId: string): Promise<CycleResult> {
    const present = running.get(jobId)
    if (present !== undefined) return present
    const work = runCycle(depsOf(jobId), jobId, { isStopping: () => stopping, lock }).finally(() => {
      running.delete(jobId)
      schedule.touch()
    })
    running.set(jobId, work)
    return work
  }

  async function changeRun(jobId: string, change: RunChange, alongside?: Alongside): Promise<boolean> {
    const found = await store.transact((tx) => {
      const job = tx.get('provisioningJobs', jobId)
      if (job === undefined) return false
      const { run: next, state } = change(tx.get('provisioningRuns', jobId) ?? newRun(jobId), job, tx)
      tx.put('provisioningRuns', jobId, next)
      if (state !== undefined && state !== job.state) tx.put('provisioningJobs', jobId, { ...job, state })
      alongside?.(tx)
      return true
    })
    schedule.touch()
    return found
  }

  const notices = createNotices(deps)
  const due: DueSource = {
    list() {
      return store.page('provisioningJobs', 0, MOST_JOBS).flatMap((job): DueItem[] => {
        const state = store.get('provisioningRuns', job.id)
        if (state === undefined) return []
        const told = notices.of(job, state)
        const at = dueAt(job, state)
        if (at === null) return told
        const turn = `${state.begun}.${state.cycle?.pauses ?? 'next'}`
        return [...told, { id: `cycle/${job.id}/${turn}`, what: `Provisioning of ${deps.appName(job)}`, at }]
      })
    },
    async run(item) {
      const [what, jobId = ''] = item.id.split('/')
      if (what === NOTICE) return notices.tell(jobId)
      let result = await run(jobId)
      // What ended early because the job was restarted makes room for the cycle that was asked for.
      while (
        result.ended === 'superseded' &&
        due.list().some(({ id, at }) => id.startsWith(`cycle/${jobId}/`) && at <= clock.now())
      ) {
        result = await run(jobId)
      }
      return result.line
    },
  }

  /** Inside the transaction of {@link changeRun}. */
  const restarting =
    (scopes?: readonly ResetScope[]): RunChange =>
    (state, _, tx) => ({ run: restartIn(tx, state, clock.iso(), scopes), state: 'Active' })

  return {
    due,
    testConnection({ policy, token, schema }) {
      const [userRow] = matchingAttributes(schema.users.attributeMappings)
      const [groupRow] = schema.groups.enabled ? matchingAttributes(schema.groups.attributeMappings) : []
      const probe = {
        userPath: userRow?.targetAttributeName ?? 'userName',
        ...(groupRow === undefined ? {} : { groupPath: groupRow.targetAttributeName }),
      }
      return testConnection(system, { baseUrl: policy.baseUrl, token, policy }, probe)
    },
    start: (jobId, alongside) =>
      changeRun(
        jobId,
        (state, job) => {
          const isStarted = job.state === 'Active' && state.nextRunAt !== null
          return { run: isStarted ? state : { ...state, nextRunAt: clock.iso() }, state: 'Active' }
        },
        alongside,
      ),
    stop: (jobId, alongside) =>
      changeRun(jobId, (state) => ({ run: { ...state, nextRunAt: null }, state: 'Paused' }), alongside),
    restart: (jobId, alongside, scopes) => changeRun(jobId, restarting(scopes), alongside),
    async allowDeletes(jobId, alongside) {
      if (store.count('provisioningDepartures', 'staged', jobId) === 0) return false
      return changeRun(jobId, restarting(['ForceDeletes']), alongside)
    },
    runNow: (jobId) => run(jobId),
    isRunning: (jobId) => running.has(jobId),
    provisionOnDemand: (jobId, objectId, memberIds) => provisionObject(depsOf(jobId), lock, jobId, objectId, memberIds),
    preview: (jobId, objectId) => previewObject(depsOf(jobId), jobId, objectId),
    async shutdown() {
      stopping = true
      await Promise.allSettled(running.values())
    },
  }
}

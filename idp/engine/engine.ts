import { matchingAttributes } from '#idp/core/provisioning/map-attributes.ts'
import type { ProvisioningSchema } from '#idp/core/provisioning/types.ts'
import type { DueItem, DueSource } from '#kit/clock.ts'
import type { Writer } from '#kit/store/store.ts'
import { type ConnectionTest, testConnection } from './connection-test.ts'
import type { EngineDeps, JobPolicy } from './context.ts'
import { createKeyedLock } from './in-parallel.ts'
import { newRun, restartRun } from './job-state.ts'
import { clearEscrows } from './jobs.ts'
import { type OnDemandResult, type Preview, previewObject, provisionObject } from './on-demand.ts'
import { namingTarget } from './phrasing.ts'
import type { EngineShape, JobRun, ProvisioningJob } from './records.ts'
import { type CycleResult, runCycle } from './run-cycle.ts'

/** What a connection test needs before there is a job. */
export interface ConnectionInput {
  readonly policy: JobPolicy
  /** Bare token, as typed. */
  readonly token: string
  readonly schema: ProvisioningSchema
}

/** The provisioning service: every action an administrator has on a job, and the work that falls due by itself. */
export interface Engine {
  /** To be registered with `system.schedule`. */
  readonly due: DueSource
  /** Ask the target for somebody who cannot exist; changes nothing on either side. */
  testConnection(input: ConnectionInput): Promise<ConnectionTest>
  /** Switch cycles on; the first begins at once, from the stored watermark. A started job is left alone. @returns `false` for an unknown job. */
  start(jobId: string): Promise<boolean>
  /** No further cycles; one that runs finishes. */
  stop(jobId: string): Promise<boolean>
  /** Forget watermark, escrows and quarantine, keep the links, and begin an initial cycle at once; a stopped job is started. */
  restart(jobId: string): Promise<boolean>
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

function nameOf(run: JobRun, app: string): string {
  const kind =
    (run.cycle?.kind ?? (run.watermark === null ? 'initial' : 'incremental')) === 'initial' ? 'Initial' : 'Incremental'
  return `${kind} cycle of ${app}`
}

type RunChange = (
  run: JobRun,
  job: ProvisioningJob,
  tx: Writer<EngineShape>,
) => { readonly run: JobRun; readonly state?: ProvisioningJob['state'] }

export interface EngineOptions extends EngineDeps {
  /** What to call a job in words for people: the display name of its app. */
  appName(job: ProvisioningJob): string
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

  async function changeRun(jobId: string, change: RunChange): Promise<boolean> {
    const found = await store.transact((tx) => {
      const job = tx.get('provisioningJobs', jobId)
      if (job === undefined) return false
      const { run: next, state } = change(tx.get('provisioningRuns', jobId) ?? newRun(jobId), job, tx)
      tx.put('provisioningRuns', jobId, next)
      if (state !== undefined && state !== job.state) tx.put('provisioningJobs', jobId, { ...job, state })
      return true
    })
    schedule.touch()
    return found
  }

  const due: DueSource = {
    list() {
      return store.page('provisioningJobs', 0, MOST_JOBS).flatMap((job): DueItem[] => {
        const state = store.get('provisioningRuns', job.id)
        const at = state === undefined ? null : dueAt(job, state)
        if (state === undefined || at === null) return []
        const turn = `${state.begun}.${state.cycle?.pauses ?? 'next'}`
        return [{ id: `cycle/${job.id}/${turn}`, what: nameOf(state, deps.appName(job)), at }]
      })
    },
    async run(item) {
      const [, jobId = ''] = item.id.split('/')
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
    start: (jobId) =>
      changeRun(jobId, (state, job) => {
        const isStarted = job.state === 'Active' && state.nextRunAt !== null
        return { run: isStarted ? state : { ...state, nextRunAt: clock.iso() }, state: 'Active' }
      }),
    stop: (jobId) => changeRun(jobId, (state) => ({ run: { ...state, nextRunAt: null }, state: 'Paused' })),
    restart: (jobId) =>
      changeRun(jobId, (state, _, tx) => {
        clearEscrows(tx, jobId)
        return { run: restartRun(state, clock.iso()), state: 'Active' }
      }),
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

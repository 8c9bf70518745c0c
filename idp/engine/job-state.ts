import { GIVE_UP_AFTER_MS, nextRung } from '#idp/core/provisioning/policy.ts'
import type {
  CycleCounts,
  CycleState,
  EngineError,
  Execution,
  JobRun,
  ObjectKind,
  ProvisioningJob,
  Quarantine,
} from './records.ts'

/** Transitions of a job's moving part. Pure: values in, values out; the engine stores what they return. */

/** Objects on one page of the progress bar. */
export const PAGE_SIZE = 20

export const NO_COUNTS: CycleCounts = {
  imported: 0,
  entitled: 0,
  created: 0,
  updated: 0,
  disabled: 0,
  deleted: 0,
  skipped: 0,
  failed: 0,
  references: 0,
}

/** A job that has not run yet: its first cycle will be an initial one. */
export function newRun(jobId: string): JobRun {
  return {
    jobId,
    watermark: null,
    nextRunAt: null,
    cycle: null,
    quarantine: null,
    begun: 0,
    statistics: { users: 0, groups: 0 },
    successiveFailures: 0,
  }
}

export function addCounts(counts: CycleCounts, more: Partial<CycleCounts>): CycleCounts {
  const sum: Record<keyof CycleCounts, number> = { ...counts }
  for (const name of Object.keys(NO_COUNTS) as (keyof CycleCounts)[]) sum[name] += more[name] ?? 0
  return sum
}

/** Writes to the target: what the log calls exports. */
function exportsOf(counts: CycleCounts): number {
  return counts.created + counts.updated + counts.disabled + counts.deleted + counts.references
}

/** How far a cycle is, in pages. The total is an estimate that is never passed before the end. */
export function progressOf(cycle: CycleState): { readonly completed: number; readonly total: number } {
  const total = Math.max(1, Math.ceil(cycle.expected / PAGE_SIZE))
  return { completed: Math.min(Math.floor(cycle.counts.imported / PAGE_SIZE), total), total }
}

export interface CycleStart {
  readonly id: string
  readonly now: string
  readonly newestChange: number
  readonly expected: number
}

/** Begin a cycle: initial without a watermark, else incremental. */
export function beginCycle(run: JobRun, start: CycleStart): JobRun {
  const cycle: CycleState = {
    id: start.id,
    kind: run.watermark === null ? 'initial' : 'incremental',
    startedAt: start.now,
    from: run.watermark ?? 0,
    upTo: start.newestChange,
    phase: 'users',
    cursor: null,
    counts: NO_COUNTS,
    expected: start.expected,
    pauses: 0,
  }
  return { ...run, cycle, begun: run.begun + 1, nextRunAt: null }
}

/** The instant of the next cycle: an interval after the start of this one, at once when it took longer. */
function nextRun(startedAt: string, nowMs: number, intervalMinutes: number): string {
  return new Date(Math.max(Date.parse(startedAt) + intervalMinutes * 60_000, nowMs)).toISOString()
}

/** A cycle that came to its end: the watermark moves on, a quarantine is lifted. */
export function completeCycle(
  run: JobRun,
  cycle: CycleState,
  nowMs: number,
  plan: { intervalMinutes: number; active: boolean },
): JobRun {
  const now = new Date(nowMs).toISOString()
  const execution: Execution = {
    id: cycle.id,
    kind: cycle.kind,
    state: cycle.counts.failed > 0 ? 'EntryLevelErrors' : 'Succeeded',
    timeBegan: cycle.startedAt,
    timeEnded: now,
    counts: cycle.counts,
  }
  const isSteady = execution.state === 'Succeeded'
  return {
    ...run,
    watermark: cycle.upTo,
    cycle: null,
    quarantine: null,
    nextRunAt: plan.active ? nextRun(cycle.startedAt, nowMs, plan.intervalMinutes) : null,
    lastExecution: execution,
    lastSuccessfulExecution: execution,
    ...(exportsOf(cycle.counts) > 0 ? { lastSuccessfulExecutionWithExports: execution } : {}),
    successiveFailures: 0,
    ...(isSteady
      ? { steadyStateLastAchieved: now, steadyStateFirstAchieved: run.steadyStateFirstAchieved ?? now }
      : {}),
  }
}

/**
 * A cycle that cannot go on, because the whole job is refused: quarantine. The watermark stays, so nothing is missed; the
 * next attempt climbs the ladder of reference sheet 1.6.
 *
 * @returns `givenUp` when the ladder has ended, after 28 days: the job is to be switched off.
 */
export function abandonCycle(
  run: JobRun,
  cycle: CycleState,
  nowMs: number,
  error: EngineError,
  active: boolean,
): { readonly run: JobRun; readonly givenUp: boolean } {
  const now = new Date(nowMs).toISOString()
  const since = run.quarantine?.since ?? now
  const rung = nextRung(Date.parse(since), nowMs)
  const attempt = new Date(rung ?? Date.parse(since) + GIVE_UP_AFTER_MS).toISOString()
  const quarantine: Quarantine = {
    reason: 'EncounteredQuarantineException',
    since,
    nextAttempt: attempt,
    failedAttempts: (run.quarantine?.failedAttempts ?? 0) + 1,
    error,
  }
  const execution: Execution = {
    id: cycle.id,
    kind: cycle.kind,
    state: 'Failed',
    timeBegan: cycle.startedAt,
    timeEnded: now,
    counts: cycle.counts,
    error,
  }
  const next: JobRun = {
    ...run,
    cycle: null,
    quarantine,
    nextRunAt: active && rung !== null ? attempt : null,
    lastExecution: execution,
    successiveFailures: run.successiveFailures + 1,
  }
  return { run: next, givenUp: rung === null }
}

/** Links are kept; everything else a cycle remembers is forgotten, so that every source object is looked at anew. */
export function restartRun(run: JobRun, now: string): JobRun {
  return { ...run, watermark: null, cycle: null, quarantine: null, nextRunAt: now, successiveFailures: 0 }
}

/** One more object linked for the first time. */
export function countLinked(run: JobRun, kind: ObjectKind): JobRun {
  const { users, groups } = run.statistics
  return { ...run, statistics: kind === 'User' ? { users: users + 1, groups } : { users, groups: groups + 1 } }
}

export type JobStatusCode = 'NotRun' | 'Active' | 'Paused' | 'Quarantine'

/** The one word for the state of a job. */
export function statusCodeOf(job: ProvisioningJob, run: JobRun): JobStatusCode {
  if (run.quarantine !== null) return 'Quarantine'
  if (job.state === 'Active') return 'Active'
  return run.lastExecution === undefined ? 'NotRun' : 'Paused'
}

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
  QuarantineReason,
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
  staged: 0,
  failed: 0,
  failedReferences: 0,
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
  for (const name of Object.keys(NO_COUNTS) as (keyof CycleCounts)[]) sum[name] = (sum[name] ?? 0) + (more[name] ?? 0)
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

/** Why a job has to be slowed down, before it is a {@link Quarantine}. */
export interface Trouble {
  readonly reason: QuarantineReason
  readonly error: EngineError
}

/**
 * Put a job into quarantine, or leave it there with one more attempt failed. The series, and with it the ladder of reference
 * sheet 1.6, is measured from the first failure, whatever the reason has become meanwhile.
 *
 * @param notice whether somebody is to be told of a reason that is new.
 * @returns the quarantine, and `givenUp` when the ladder has ended, after 28 days: the job is to be switched off.
 */
function quarantined(
  before: Quarantine | null,
  { reason, error }: Trouble,
  nowMs: number,
  notice: boolean,
): { readonly quarantine: Quarantine; readonly givenUp: boolean } {
  const now = new Date(nowMs).toISOString()
  const since = before?.since ?? now
  const rung = nextRung(Date.parse(since), nowMs)
  const isNew = before?.reason !== reason
  const quarantine: Quarantine = {
    reason,
    since,
    currentBegan: isNew ? now : before.currentBegan,
    noticePending: isNew ? notice : before.noticePending,
    nextAttempt: new Date(rung ?? Date.parse(since) + GIVE_UP_AFTER_MS).toISOString(),
    failedAttempts: (before?.failedAttempts ?? 0) + 1,
    error,
  }
  return { quarantine, givenUp: rung === null }
}

/** What the end of a cycle depends on, beyond the cycle. */
export interface CycleEnding {
  readonly intervalMinutes: number
  /** The job is started: there is a next cycle. */
  readonly active: boolean
  /** Somebody is to be told of a quarantine. */
  readonly notice: boolean
  /** What puts the job into quarantine though the cycle came to its end; `null`: nothing, and one that there was is lifted. */
  readonly trouble: Trouble | null
}

/** A job after the end of a cycle; `givenUp`: its quarantine has lasted 28 days, and it is to be switched off. */
export interface EndedRun {
  readonly run: JobRun
  readonly givenUp: boolean
}

/** Whether the errors of a cycle are dropped instead of kept: an initial one that passed a threshold (reference sheet 1.6). */
export function prunesEscrows(cycle: Pick<CycleState, 'kind'>, trouble: Trouble | null): boolean {
  return cycle.kind === 'initial' && trouble !== null && trouble.reason !== 'TooManyDeletes'
}

/**
 * A cycle that came to its end: the watermark moves on, a quarantine is lifted. With `trouble` the job is quarantined at its
 * end, and looks at what it has not kept again at the next attempt: an initial cycle whose errors were dropped is followed by
 * another one.
 */
export function completeCycle(run: JobRun, cycle: CycleState, nowMs: number, ending: CycleEnding): EndedRun {
  const { active, trouble } = ending
  const now = new Date(nowMs).toISOString()
  const { failed, failedReferences } = cycle.counts
  const execution: Execution = {
    id: cycle.id,
    kind: cycle.kind,
    state: failed + failedReferences > 0 ? 'EntryLevelErrors' : 'Succeeded',
    timeBegan: cycle.startedAt,
    timeEnded: now,
    counts: cycle.counts,
    ...(trouble === null ? {} : { error: trouble.error }),
  }
  const isSteady = execution.state === 'Succeeded' && trouble === null
  const { initialNext, escrowsPruned, ...rest } = run
  const pruned = prunesEscrows(cycle, trouble)
  const stillPruned = pruned || (escrowsPruned === true && cycle.kind === 'incremental')
  const { quarantine, givenUp } =
    trouble === null ? { quarantine: null, givenUp: false } : quarantined(run.quarantine, trouble, nowMs, ending.notice)
  const ordinary = initialNext === true ? now : nextRun(cycle.startedAt, nowMs, ending.intervalMinutes)
  const next: JobRun = {
    ...rest,
    watermark: initialNext === true || pruned ? null : cycle.upTo,
    cycle: null,
    quarantine,
    nextRunAt: !active || givenUp ? null : (quarantine?.nextAttempt ?? ordinary),
    lastExecution: execution,
    ...(trouble === null ? { lastSuccessfulExecution: execution } : {}),
    ...(exportsOf(cycle.counts) > 0 ? { lastSuccessfulExecutionWithExports: execution } : {}),
    successiveFailures: trouble === null ? 0 : run.successiveFailures + 1,
    ...(isSteady
      ? { steadyStateLastAchieved: now, steadyStateFirstAchieved: run.steadyStateFirstAchieved ?? now }
      : {}),
    ...(stillPruned ? { escrowsPruned: true as const } : {}),
  }
  return { run: next, givenUp }
}

/**
 * A cycle that cannot go on, because the whole job is refused: quarantine. The watermark stays, so nothing is missed; the
 * next attempt climbs the ladder of reference sheet 1.6.
 */
export function abandonCycle(
  run: JobRun,
  cycle: CycleState,
  nowMs: number,
  error: EngineError,
  { active, notice }: Pick<CycleEnding, 'active' | 'notice'>,
): EndedRun {
  const trouble: Trouble = { reason: 'EncounteredQuarantineException', error }
  const { quarantine, givenUp } = quarantined(run.quarantine, trouble, nowMs, notice)
  const execution: Execution = {
    id: cycle.id,
    kind: cycle.kind,
    state: 'Failed',
    timeBegan: cycle.startedAt,
    timeEnded: new Date(nowMs).toISOString(),
    counts: cycle.counts,
    error,
  }
  const { initialNext, ...rest } = run
  const next: JobRun = {
    ...rest,
    watermark: initialNext === true ? null : run.watermark,
    cycle: null,
    quarantine,
    nextRunAt: active && !givenUp ? quarantine.nextAttempt : null,
    lastExecution: execution,
    successiveFailures: run.successiveFailures + 1,
  }
  return { run: next, givenUp }
}

/** What a restart forgets; what is not named is kept. */
export interface Forgetting {
  readonly watermark: boolean
  readonly quarantine: boolean
  /** The links to the target: with them go the figures, which count what was linked. */
  readonly links: boolean
}

/**
 * A job that begins again at once. Without its watermark every source object is looked at anew, and a cycle under way is not
 * its own any more; with it, one under way goes on.
 */
export function restartRun(run: JobRun, now: string, forgetting: Forgetting): JobRun {
  const { initialNext: _, ...rest } = run
  const kept: JobRun = {
    ...rest,
    nextRunAt: now,
    ...(forgetting.quarantine ? { quarantine: null, successiveFailures: 0 } : {}),
    ...(forgetting.links ? { statistics: { users: 0, groups: 0 } } : {}),
  }
  if (!forgetting.watermark) return run.initialNext === undefined ? kept : { ...kept, initialNext: run.initialNext }
  const { escrowsPruned: __, ...anew } = kept
  return { ...anew, watermark: null, cycle: null }
}

/**
 * A job whose mapping has changed: the next cycle is an initial one, and begins at once (reference sheet 1.4). One under way
 * finishes with what it began with.
 */
export function remappedRun(run: JobRun, now: string, active: boolean): JobRun {
  if (run.cycle !== null) return { ...run, initialNext: true, quarantine: null, successiveFailures: 0 }
  const restarted = restartRun(run, now, { watermark: true, quarantine: true, links: false })
  return active ? restarted : { ...restarted, nextRunAt: null }
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

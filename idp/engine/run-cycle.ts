import { thresholdPassed } from '#idp/core/provisioning/quarantine.ts'
import { guidOf } from '#kit/ids.ts'
import type { Writer } from '#kit/store/store.ts'
import { type EngineDeps, type JobContext, openJob } from './context.ts'
import { createBreather, inParallel, type KeyedLock } from './in-parallel.ts'
import {
  abandonCycle,
  beginCycle,
  completeCycle,
  type EndedRun,
  newRun,
  prunesEscrows,
  type Trouble,
} from './job-state.ts'
import { clearEscrows } from './jobs.ts'
import { kindOfPass, nextSlice, passAfter } from './passes.ts'
import type { CycleCounts, CycleState, EngineShape, JobRun, ProvisioningJob } from './records.ts'
import { holdsDepartures, workDeparture } from './work-departure.ts'
import { type Halt, inTraceOfItsOwn, workObject } from './work-object.ts'
import { workReferences } from './work-references.ts'

/** What a cycle came to. `line` is for people. */
export interface CycleResult {
  readonly ended: 'completed' | 'quarantined' | 'waiting' | 'superseded' | 'stopping' | 'nothing'
  readonly line: string
}

export interface CycleControl {
  /** Ends the cycle at the next object; it goes on from there when asked again. */
  isStopping(): boolean
  readonly lock: KeyedLock
}

function summary(kind: CycleState['kind'], counts: CycleCounts): string {
  const parts = [`${counts.created} created`, `${counts.updated} updated`]
  if (counts.disabled > 0) parts.push(`${counts.disabled} disabled`)
  if (counts.deleted > 0) parts.push(`${counts.deleted} deleted`)
  if (counts.references > 0) parts.push(`${counts.references} memberships`)
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`)
  if (counts.staged > 0) parts.push(`${counts.staged} deletions staged`)
  parts.push(`${counts.failed + counts.failedReferences} failed`)
  return `${kind === 'initial' ? 'Initial' : 'Incremental'} cycle: ${parts.join(', ')}`
}

/** Begin the job's next cycle, or take up the one that was interrupted. */
async function openCycle({ system, source }: EngineDeps, { job, scope }: JobContext): Promise<CycleState | null> {
  const now = system.clock.iso()
  return system.store.transact((tx) => {
    const run = tx.get('provisioningRuns', job.id) ?? newRun(job.id)
    if (!tx.has('provisioningJobs', job.id)) return null
    if (run.cycle !== null) {
      const { resumeAt: _, ...cycle } = run.cycle
      tx.put('provisioningRuns', job.id, { ...run, cycle })
      return cycle
    }
    const groups = job.schema.groups.enabled ? source.countCandidates(scope, 'Group') : 0
    const begun = beginCycle(run, {
      id: guidOf(`${job.id}/cycle/${job.createdDateTime}/${run.begun + 1}`),
      now,
      newestChange: source.newestChange(),
      expected: run.watermark === null ? source.countCandidates(scope, 'User') + groups : 0,
    })
    tx.put('provisioningRuns', job.id, begun)
    return begun.cycle
  })
}

/** Store where the cycle is. @returns the cycle as stored; `null` when it is not the job's any more. */
async function moveOn(
  deps: EngineDeps,
  cycle: CycleState,
  jobId: string,
  place: Pick<CycleState, 'phase' | 'cursor' | 'holdsDepartures'>,
): Promise<CycleState | null> {
  return deps.system.store.transact((tx) => {
    const run = tx.get('provisioningRuns', jobId)
    if (run?.cycle?.id !== cycle.id) return null
    const moved = { ...run.cycle, ...place }
    tx.put('provisioningRuns', jobId, { ...run, cycle: moved })
    return moved
  })
}

/** The halt that decides, when several objects met one at the same time. */
function weightiest(halts: readonly Halt[]): Halt | undefined {
  const order: readonly Halt['kind'][] = ['superseded', 'refused', 'stopping', 'wait']
  return halts.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0]
}

/** Go through the passes from where the cycle is, until its end or until something halts it. */
async function walk(
  deps: EngineDeps,
  context: JobContext,
  cycle: CycleState,
  control: CycleControl,
): Promise<Halt | CycleState> {
  const { job, policy } = context
  const breathe = createBreather()
  let current = cycle
  for (;;) {
    const { phase } = current
    const slice = nextSlice(deps, context, current)
    const halts = await inParallel(
      [...new Set(slice.ids)],
      policy.concurrency,
      async (id): Promise<Halt | undefined> => {
        await breathe()
        if (control.isStopping()) return { kind: 'stopping' }
        return control.lock.hold(`${job.id}/${id}`, () =>
          inTraceOfItsOwn(() =>
            phase === 'departures'
              ? workDeparture(deps, context, current, id)
              : phase === 'members' || phase === 'managers'
                ? workReferences(deps, context, current, kindOfPass(phase), id)
                : workObject(deps, context, current, kindOfPass(phase), id, slice.onlyIfMoved === true),
          ),
        )
      },
    )
    const halt = weightiest(halts)
    if (halt !== undefined) return halt
    if (control.isStopping()) return { kind: 'stopping' }
    const following = slice.next === null ? passAfter(phase) : phase
    if (following === null) return current
    const decided =
      following === 'departures' && phase !== following ? { holdsDepartures: holdsDepartures(deps, context) } : {}
    // An empty pass is not worth a write: after a kill it is walked through again, which costs nothing.
    if (slice.ids.length === 0) {
      current = { ...current, phase: following, cursor: slice.next, ...decided }
      continue
    }
    const moved = await moveOn(deps, current, job.id, { phase: following, cursor: slice.next, ...decided })
    if (moved === null) return { kind: 'superseded' }
    current = moved
  }
}

/** What is wrong with a job whose cycle came to its end: departures that wait for an administrator, or too many failures. */
function troubleAfter(
  { policy, job }: JobContext,
  { imported, failed, failedReferences }: CycleCounts,
  staged: number,
): Trouble | null {
  if (staged > 0) {
    const message = `${staged} deletions wait for approval: more than the accidental deletion threshold of ${job.deletionGuard.threshold}.`
    return { reason: 'TooManyDeletes', error: { code: 'TooManyDeletes', message } }
  }
  const events = { succeeded: imported - failed, failed, failedReferences }
  const reason = thresholdPassed(events, policy.quarantineThresholds)
  if (reason === null) return null
  const message = `${failed} of ${imported} objects failed${failedReferences > 0 ? `, and ${failedReferences} references` : ''}.`
  return { reason, error: { code: reason, message } }
}

/** Whether somebody is to be told when the job enters quarantine. */
function wantsNotice({ notification }: ProvisioningJob): boolean {
  return notification.enabled && notification.email !== ''
}

/** Keep what a cycle's end has made of the job, and tell the vendor what there is to tell. */
function keepEnd(
  deps: EngineDeps,
  tx: Writer<EngineShape>,
  before: JobRun,
  job: ProvisioningJob,
  { run, givenUp }: EndedRun,
): void {
  tx.put('provisioningRuns', job.id, run)
  const kept: ProvisioningJob = givenUp ? { ...job, state: 'Disabled' } : job
  if (givenUp) tx.put('provisioningJobs', job.id, kept)
  const { lastExecution, quarantine } = run
  if (lastExecution !== undefined) deps.announce?.(tx, kept, { kind: 'cycle-ended', execution: lastExecution })
  if (quarantine !== null && quarantine.reason !== before.quarantine?.reason) {
    deps.announce?.(tx, kept, { kind: 'quarantined', quarantine })
  }
  if (quarantine === null && before.quarantine !== null) deps.announce?.(tx, kept, { kind: 'released' })
  if (givenUp) deps.announce?.(tx, kept, { kind: 'disabled' })
}

async function complete(deps: EngineDeps, context: JobContext, cycleId: string): Promise<CycleResult> {
  const { policy } = context
  const { store, clock } = deps.system
  return store.transact((tx): CycleResult => {
    const run = tx.get('provisioningRuns', context.job.id)
    const job = tx.get('provisioningJobs', context.job.id)
    const cycle = run?.cycle
    if (run === undefined || job === undefined || cycle?.id !== cycleId)
      return { ended: 'superseded', line: SUPERSEDED }
    const trouble = troubleAfter(context, cycle.counts, tx.count('provisioningDepartures', 'staged', job.id))
    if (prunesEscrows(cycle, trouble)) clearEscrows(tx, job.id)
    const end = completeCycle(run, cycle, clock.now(), {
      intervalMinutes: policy.intervalMinutes,
      active: job.state === 'Active',
      notice: wantsNotice(job),
      trouble,
    })
    keepEnd(deps, tx, run, job, end)
    const line = summary(cycle.kind, cycle.counts)
    return trouble === null
      ? { ended: 'completed', line }
      : { ended: 'quarantined', line: `${line}; quarantined, ${trouble.error.message}` }
  })
}

const SUPERSEDED = 'The cycle ended early: the job was restarted or removed.'

async function interrupt(deps: EngineDeps, job: ProvisioningJob, cycleId: string, halt: Halt): Promise<CycleResult> {
  const { store, clock } = deps.system
  return store.transact((tx): CycleResult => {
    const run = tx.get('provisioningRuns', job.id)
    const cycle = run?.cycle
    if (run === undefined || cycle?.id !== cycleId || halt.kind === 'superseded') {
      return { ended: 'superseded', line: SUPERSEDED }
    }
    switch (halt.kind) {
      case 'stopping':
        return {
          ended: 'stopping',
          line: `${summary(cycle.kind, cycle.counts)} so far; it goes on after the next start.`,
        }
      case 'wait': {
        const resumeAt = new Date(clock.now() + Math.max(halt.ms, 1)).toISOString()
        tx.put('provisioningRuns', job.id, { ...run, cycle: { ...cycle, resumeAt, pauses: cycle.pauses + 1 } })
        return {
          ended: 'waiting',
          line: `${summary(cycle.kind, cycle.counts)} so far; the target asked to wait until ${resumeAt}.`,
        }
      }
      case 'refused': {
        const { code, message } = halt.failure
        const stored = tx.get('provisioningJobs', job.id) ?? job
        const ending = { active: stored.state === 'Active', notice: wantsNotice(stored) }
        keepEnd(deps, tx, run, stored, abandonCycle(run, cycle, clock.now(), { code, message }, ending))
        return {
          ended: 'quarantined',
          line: `${cycle.kind === 'initial' ? 'Initial' : 'Incremental'} cycle: quarantined, ${message}`,
        }
      }
    }
  })
}

/**
 * Run the job's next cycle, or the rest of one that was interrupted, to its end. Outcomes and the cursor are stored as they
 * happen, so a kill at any moment loses nothing acknowledged: objects this cycle has an entry for are not done again, and a
 * create whose answer was lost is resolved by the matching filter.
 *
 * A credential the target refuses, and a filter it answers with 404, end the cycle and put the job in quarantine
 * (reference sheet 6.1); so do, at its end, too many failures and departures the deletion guard holds back. `Retry-After`
 * suspends it until then. Never run twice at once for a job: the caller sees to that.
 */
export async function runCycle(deps: EngineDeps, jobId: string, control: CycleControl): Promise<CycleResult> {
  const job = deps.system.store.get('provisioningJobs', jobId)
  if (job === undefined) return { ended: 'nothing', line: 'The job does not exist any more.' }
  const context = openJob(deps, job)
  const cycle = await openCycle(deps, context)
  if (cycle === null) return { ended: 'nothing', line: 'The job does not exist any more.' }
  const end = await walk(deps, context, cycle, control)
  return 'phase' in end ? complete(deps, context, cycle.id) : interrupt(deps, job, cycle.id, end)
}

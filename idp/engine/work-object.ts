import { isInScope } from '#idp/core/provisioning/scope.ts'
import { createTraceId, currentContext, runInContext } from '#kit/context.ts'
import { guidOf } from '#kit/ids.ts'
import { applyAction } from './apply.ts'
import { objectKey } from './collections.ts'
import { type EngineDeps, type JobContext, mappingOf } from './context.ts'
import { evaluate } from './evaluate.ts'
import { addCounts, countLinked } from './job-state.ts'
import { blankEntry, countsOf, entryFor, keepFailure, keepOutcome, type ObjectOutcome, outcomeOf } from './outcome.ts'
import { appendEntry, entryOf } from './provisioning-log.ts'
import type { CycleState, ObjectKind } from './records.ts'
import { withReferences } from './reference-entry.ts'
import { syncManager } from './sync-manager.ts'
import { syncMembers } from './sync-members.ts'
import { asksToWait, type TargetFailure } from './target-response.ts'

/** Why a cycle goes no further, at least for now. */
export type Halt =
  | { readonly kind: 'refused'; readonly failure: TargetFailure }
  | { readonly kind: 'wait'; readonly ms: number }
  /** The job was restarted, deleted or the whole state replaced: this cycle is not the job's any more. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'stopping' }

/** After so many requests to wait in one cycle, an object asked to wait counts as failed: a target that only ever says "later" must not hold a job for good. */
const PATIENCE = 50

/** A trace of its own for every object: its calls belong together, and to what caused the cycle. */
export function inTraceOfItsOwn<R>(work: () => R): R {
  const causeSeq = currentContext()?.causeSeq
  return runInContext({ traceId: createTraceId(), ...(causeSeq === undefined ? {} : { causeSeq }) }, work)
}

/**
 * Evaluate and apply. A mapping whose expression fails on the object is a failure of that object, as is everything the
 * target answers short of refusing the whole job.
 */
export async function workOn(
  deps: EngineDeps,
  context: JobContext,
  kind: ObjectKind,
  id: string,
  dialect = context.policy.dialect,
): Promise<ObjectOutcome | null> {
  const object = deps.source.read(context.scope, kind, id)
  if (object === undefined) return null
  const evaluation = await evaluate(deps, context, object)
  if (evaluation.kind === 'failed') return { kind: 'failed', evaluation, failure: evaluation.failure }
  return outcomeOf(evaluation, await applyAction(context, evaluation, dialect))
}

/** Whether a cycle has anything to find out about an object, before any request. */
function isConcerned(
  { system, source }: EngineDeps,
  { job, scope }: JobContext,
  kind: ObjectKind,
  id: string,
  onlyIfMoved: boolean,
): boolean {
  const object = source.read(scope, kind, id)
  if (object === undefined || !mappingOf(job, kind).enabled) return false
  const link = system.store.get('provisioningLinks', objectKey(job.id, id))
  const inScope = object.presence !== 'hard-deleted' && isInScope(object.facts)
  if (onlyIfMoved) return inScope !== (link?.managed === true)
  if (link !== undefined) return true
  if (object.presence !== 'live') return false
  // Somebody nobody assigned is not in the service's sight at all; somebody assigned but blocked shows as skipped.
  return object.facts.isAssigned || inScope
}

/** One object of a cycle: evaluated, applied, and kept with its log entry and the cycle's counters in one transaction. */
export async function workObject(
  deps: EngineDeps,
  context: JobContext,
  cycle: CycleState,
  kind: ObjectKind,
  id: string,
  onlyIfMoved: boolean,
): Promise<Halt | undefined> {
  const { system, phrasing } = deps
  const { store, clock } = system
  const { job } = context
  if (entryOf(store, cycle.id, id) !== undefined) return undefined
  if (!isConcerned(deps, context, kind, id, onlyIfMoved)) return undefined
  const startedAt = performance.now()
  const outcome = await workOn(deps, context, kind, id)
  if (outcome === null) return undefined
  if (outcome.kind === 'failed') {
    const halt = haltFor(outcome.failure, cycle)
    if (halt !== undefined) return halt
  }
  const durationMs = Math.round(performance.now() - startedAt)
  return store.transact((tx): Halt | undefined => {
    const run = tx.get('provisioningRuns', job.id)
    if (run?.cycle?.id !== cycle.id) return { kind: 'superseded' }
    const isNew = keepOutcome(tx, job.id, outcome, clock.now())
    const counted = isNew ? countLinked(run, kind) : run
    const counts = addCounts(run.cycle.counts, countsOf(outcome))
    tx.put('provisioningRuns', job.id, { ...counted, cycle: { ...run.cycle, counts } })
    appendEntry(
      tx,
      entryFor(job, phrasing, outcome, { ...entryIds(cycle.id, id), trigger: 'cycle', at: clock.iso(), durationMs }),
    )
    return undefined
  })
}

/** Ids that follow from the cycle and the object, so that repeating an interrupted step makes no second entry. */
export function entryIds(cycleId: string, sourceId: string): { id: string; changeId: string; cycleId: string } {
  return { id: guidOf(`${cycleId}/${sourceId}/entry`), changeId: guidOf(`${cycleId}/${sourceId}/change`), cycleId }
}

function haltFor(failure: TargetFailure, cycle: CycleState): Halt | undefined {
  if (failure.reach === 'job') return { kind: 'refused', failure }
  if (asksToWait(failure) && cycle.pauses < PATIENCE) return { kind: 'wait', ms: failure.retryAfterMs }
  return undefined
}

/** One object of a reference pass. Its entry of this cycle is continued, or begun when there is something to tell. */
export async function workReferences(
  deps: EngineDeps,
  context: JobContext,
  cycle: CycleState,
  kind: ObjectKind,
  id: string,
): Promise<Halt | undefined> {
  const { system, source, phrasing } = deps
  const { store, clock } = system
  const { job, policy } = context
  const link = store.get('provisioningLinks', objectKey(job.id, id))
  const object = source.read(context.scope, kind, id)
  if (link === undefined || !link.referencesPending || object === undefined) return undefined
  const startedAt = performance.now()
  const outcome =
    kind === 'Group'
      ? await syncMembers(deps, context, link, policy.dialect)
      : await syncManager(deps, context, link, object, policy.dialect)
  const halt = outcome.failure === undefined ? undefined : haltFor(outcome.failure, cycle)
  const durationMs = Math.round(performance.now() - startedAt)
  const wrote = outcome.added.length + outcome.removed.length
  return store.transact((tx): Halt | undefined => {
    const run = tx.get('provisioningRuns', job.id)
    if (run?.cycle?.id !== cycle.id) return { kind: 'superseded' }
    const failed = outcome.failure !== undefined && halt === undefined
    const counts = addCounts(run.cycle.counts, { references: wrote, failed: failed ? 1 : 0 })
    tx.put('provisioningRuns', job.id, { ...run, cycle: { ...run.cycle, counts } })
    const current = tx.get('provisioningLinks', objectKey(job.id, id))
    if (halt === undefined && current !== undefined) {
      tx.put('provisioningLinks', objectKey(job.id, id), {
        ...current,
        referencesPending: outcome.waiting && !failed,
      })
    }
    const findings = { object, link, steps: [] }
    if (failed && outcome.failure !== undefined) keepFailure(tx, job.id, findings, outcome.failure, clock.now())
    if (wrote === 0 && !failed && (outcome.unresolved.length === 0 || outcome.waiting)) return halt
    const { failure: _, ...written } = outcome
    const told = failed ? outcome : written
    const known = entryOf(tx, cycle.id, id)
    if (known !== undefined) {
      tx.put('provisioningLogs', known.key, { ...withReferences(known, told, phrasing), key: known.key })
      return halt
    }
    const frame = { ...entryIds(cycle.id, id), trigger: 'cycle' as const, at: clock.iso(), durationMs }
    appendEntry(tx, withReferences(blankEntry(job, findings, frame), told, phrasing))
    return halt
  })
}

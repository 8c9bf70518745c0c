import { departureOf } from '#idp/core/provisioning/departure.ts'
import { isInScope } from '#idp/core/provisioning/scope.ts'
import { createTraceId, currentContext, runInContext } from '#kit/context.ts'
import { guidOf } from '#kit/ids.ts'
import { applyAction } from './apply.ts'
import { objectKey } from './collections.ts'
import { type EngineDeps, type JobContext, mappingOf } from './context.ts'
import { evaluate } from './evaluate.ts'
import { addCounts, countLinked } from './job-state.ts'
import { keepOutcome } from './keep-outcome.ts'
import { entryFor } from './log-entry.ts'
import { countsOf, type ObjectOutcome, outcomeOf } from './outcome.ts'
import { appendEntry, entryOf } from './provisioning-log.ts'
import type { CycleState, Departure, ObjectKind } from './records.ts'
import type { SourceObject } from './source.ts'
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

/** Whether a cycle has anything to find out about an object, before any request. */
function isConcerned({ system }: EngineDeps, { job }: JobContext, object: SourceObject, onlyIfMoved: boolean): boolean {
  if (!mappingOf(job, object.kind).enabled) return false
  const link = system.store.get('provisioningLinks', objectKey(job.id, object.id))
  const inScope = object.presence !== 'hard-deleted' && isInScope(object.facts)
  if (onlyIfMoved) return inScope !== (link?.managed === true)
  if (link !== undefined) return true
  if (object.presence !== 'live') return false
  // Somebody nobody assigned is not in the service's sight at all; somebody assigned but blocked, or held back by a
  // scoping filter, shows as skipped.
  return object.facts.isAssigned || object.facts.syncsAll === true || inScope
}

/**
 * One object of a cycle: evaluated, applied, and kept with its log entry and the cycle's counters in one transaction. Whoever
 * is to be switched off or deleted is only noted: departures are counted first, and sent in the last pass.
 */
export async function workObject(
  deps: EngineDeps,
  context: JobContext,
  cycle: CycleState,
  kind: ObjectKind,
  id: string,
  onlyIfMoved: boolean,
): Promise<Halt | undefined> {
  const { store } = deps.system
  if (entryOf(store, cycle.id, id) !== undefined) return undefined
  const object = deps.source.read(context.scope, kind, id)
  if (object === undefined || !isConcerned(deps, context, object, onlyIfMoved)) return undefined
  const verb = departureAhead(deps, context, object)
  return verb === null ? workNow(deps, context, cycle, object) : noteDeparture(deps, context, cycle, object, verb)
}

/** What the object's leaving would send; `null` when it does not leave. The target is not asked. */
export function departureAhead(
  { system }: Pick<EngineDeps, 'system'>,
  { job, policy }: Pick<JobContext, 'job' | 'policy'>,
  { id, kind, facts, presence }: SourceObject,
): Departure['verb'] | null {
  const link = system.store.get('provisioningLinks', objectKey(job.id, id)) ?? null
  return departureOf({ kind, mapping: mappingOf(job, kind), facts, presence, link, policy })
}

async function noteDeparture(
  { system }: EngineDeps,
  { job }: JobContext,
  cycle: CycleState,
  { id: sourceId, kind }: SourceObject,
  verb: Departure['verb'],
): Promise<Halt | undefined> {
  return system.store.transact((tx): Halt | undefined => {
    if (tx.get('provisioningRuns', job.id)?.cycle?.id !== cycle.id) return { kind: 'superseded' }
    const key = objectKey(job.id, sourceId)
    const known = tx.get('provisioningDepartures', key)
    if (known?.verb !== verb) {
      tx.put('provisioningDepartures', key, { jobId: job.id, sourceId, kind, allowed: false, ...known, verb })
    }
    return undefined
  })
}

/** Evaluate, apply and keep one object, whatever it comes to. */
export async function workNow(
  deps: EngineDeps,
  context: JobContext,
  cycle: CycleState,
  object: SourceObject,
): Promise<Halt | undefined> {
  const { system, phrasing } = deps
  const { store, clock } = system
  const { job } = context
  const { id, kind } = object
  const startedAt = performance.now()
  const evaluation = await evaluate(deps, context, object)
  const outcome: ObjectOutcome =
    evaluation.kind === 'failed'
      ? { kind: 'failed', evaluation, failure: evaluation.failure }
      : outcomeOf(evaluation, await applyAction(context, evaluation, context.policy.dialect))
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

/** Whether a failure stops the cycle instead of counting as the object's. */
export function haltFor(failure: TargetFailure, cycle: CycleState): Halt | undefined {
  if (failure.reach === 'job') return { kind: 'refused', failure }
  if (asksToWait(failure) && cycle.pauses < PATIENCE) return { kind: 'wait', ms: failure.retryAfterMs }
  return undefined
}

import { currentContext } from '#kit/context.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import { applyAction } from './apply.ts'
import { objectKey } from './collections.ts'
import { type EngineDeps, type JobContext, openJob } from './context.ts'
import { type Evaluation, evaluate, type FailedEvaluation } from './evaluate.ts'
import type { KeyedLock } from './in-parallel.ts'
import { countLinked, newRun } from './job-state.ts'
import { keepOutcome } from './keep-outcome.ts'
import { entryFor, modifiedBy } from './log-entry.ts'
import { type ObjectOutcome, outcomeOf } from './outcome.ts'
import { appendEntry } from './provisioning-log.ts'
import type { ModifiedProperty, ProvisioningLogEntry, ProvisioningStep } from './records.ts'
import { withReferences } from './reference-entry.ts'
import { syncMembers } from './sync-members.ts'
import type { TargetFailure } from './target-response.ts'
import { inTraceOfItsOwn } from './work-object.ts'

/** Members an administrator may choose for a group at once (reference sheet 7.2). */
export const MOST_MEMBERS = 5

/** Why an on-demand run was not begun. */
export type OnDemandRefusal = 'unknown-job' | 'unknown-object' | 'too-many-members'

export type OnDemandResult =
  | {
      readonly kind: 'done'
      readonly entry: ProvisioningLogEntry
      /** The target refused the credential or did not answer: what the connection test would show. */
      readonly connection?: TargetFailure
    }
  | { readonly kind: 'refused'; readonly reason: OnDemandRefusal }

/** A plan, before it is applied. `action` is the plan's kind, `fail` when the target could not be asked. */
export type Preview =
  | {
      readonly kind: 'planned'
      readonly action: Evaluation['action']['kind'] | 'fail'
      readonly steps: readonly ProvisioningStep[]
      readonly modified: readonly ModifiedProperty[]
      readonly evaluation: Evaluation | FailedEvaluation
    }
  | { readonly kind: 'refused'; readonly reason: OnDemandRefusal }

type Opened = { readonly context: JobContext; readonly evaluation: Evaluation | FailedEvaluation }

async function open(deps: EngineDeps, jobId: string, objectId: string): Promise<Opened | OnDemandRefusal> {
  const job = deps.system.store.get('provisioningJobs', jobId)
  if (job === undefined) return 'unknown-job'
  const kind = deps.source.kindOf(job.tenantId, objectId)
  const context = openJob(deps, job)
  const object = kind === undefined ? undefined : deps.source.read(context.scope, kind, objectId)
  if (object === undefined) return 'unknown-object'
  return { context, evaluation: await evaluate(deps, context, object) }
}

/** In the trace of the request that asked for it; in one of its own when nothing is going on. */
function inTraceOfTheAsker<R>(work: () => R): R {
  return currentContext() === undefined ? inTraceOfItsOwn(work) : work()
}

/** What would be done for one object, and why. Sends GET requests only and keeps nothing. */
export async function previewObject(deps: EngineDeps, jobId: string, objectId: string): Promise<Preview> {
  const opened = await inTraceOfTheAsker(() => open(deps, jobId, objectId))
  if (typeof opened === 'string') return { kind: 'refused', reason: opened }
  const { evaluation } = opened
  return evaluation.kind === 'failed'
    ? { kind: 'planned', action: 'fail', steps: evaluation.steps, modified: [], evaluation }
    : {
        kind: 'planned',
        action: evaluation.action.kind,
        steps: evaluation.steps,
        modified: modifiedBy(evaluation),
        evaluation,
      }
}

/**
 * Provision one object now: plan, apply, keep link, escrow and log entry. Always speaks the legacy dialect, whatever the
 * job's flags say (reference sheet 2.7), and leaves the watermark where it is. Of a group, at most five chosen members are
 * added, none removed.
 */
export async function provisionObject(
  deps: EngineDeps,
  lock: KeyedLock,
  jobId: string,
  objectId: string,
  memberIds: readonly string[] = [],
): Promise<OnDemandResult> {
  if (memberIds.length > MOST_MEMBERS) return { kind: 'refused', reason: 'too-many-members' }
  return lock.hold(`${jobId}/${objectId}`, () =>
    inTraceOfTheAsker(() => provisionHeld(deps, jobId, objectId, memberIds)),
  )
}

async function provisionHeld(
  deps: EngineDeps,
  jobId: string,
  objectId: string,
  memberIds: readonly string[],
): Promise<OnDemandResult> {
  const { system, phrasing } = deps
  const { store, clock } = system
  const startedAt = performance.now()
  const opened = await open(deps, jobId, objectId)
  if (typeof opened === 'string') return { kind: 'refused', reason: opened }
  const { context, evaluation } = opened
  const { job } = context
  const outcome: ObjectOutcome =
    evaluation.kind === 'failed'
      ? { kind: 'failed', evaluation, failure: evaluation.failure }
      : outcomeOf(evaluation, await applyAction(context, evaluation, 'legacy'))
  const frame = () => ({
    trigger: 'onDemand' as const,
    at: clock.iso(),
    durationMs: Math.round(performance.now() - startedAt),
  })
  const kept = await store.transact((tx) => {
    // The job may have gone while the target answered: deleted with its app, or with the whole state.
    if (!tx.has('provisioningJobs', jobId)) return undefined
    const seed = nextIdSeed(tx)
    const isNew = keepOutcome(tx, jobId, outcome, clock.now())
    const run = tx.get('provisioningRuns', jobId) ?? newRun(jobId)
    if (isNew) tx.put('provisioningRuns', jobId, countLinked(run, evaluation.object.kind))
    const ids = { id: guidOf(`${seed}/entry`), changeId: guidOf(`${seed}/change`), cycleId: guidOf(`${seed}/cycle`) }
    return appendEntry(tx, entryFor(job, phrasing, outcome, { ...ids, ...frame() }))
  })
  if (kept === undefined) return { kind: 'refused', reason: 'unknown-job' }
  const failure = outcome.kind === 'failed' ? outcome.failure : undefined
  const connection =
    failure !== undefined && (failure.reach === 'job' || failure.status === undefined) ? failure : undefined
  const entry =
    outcome.kind === 'applied' && memberIds.length > 0 ? await addChosen(deps, context, kept, memberIds) : kept
  return connection === undefined ? { kind: 'done', entry } : { kind: 'done', entry, connection }
}

/** Add the chosen members of a group that is in the target now, and continue its entry. */
async function addChosen(
  deps: EngineDeps,
  context: JobContext,
  entry: ProvisioningLogEntry,
  memberIds: readonly string[],
): Promise<ProvisioningLogEntry> {
  const { store } = deps.system
  const link = store.get('provisioningLinks', objectKey(context.job.id, entry.source.id))
  if (link === undefined || link.kind !== 'Group') return entry
  const outcome = await syncMembers(deps, context, link, 'legacy', new Set(memberIds))
  const { key } = entry
  const continued = { ...withReferences(entry, outcome, deps.phrasing), key }
  await store.transact((tx) => tx.put('provisioningLogs', key, continued))
  return continued
}

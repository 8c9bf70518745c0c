import { objectKey } from './collections.ts'
import type { EngineDeps, JobContext } from './context.ts'
import { addCounts } from './job-state.ts'
import { keepFailure } from './keep-outcome.ts'
import { blankEntry } from './log-entry.ts'
import { appendEntry, entryOf } from './provisioning-log.ts'
import type { CycleState, ObjectKind } from './records.ts'
import { withReferences } from './reference-entry.ts'
import { syncManager } from './sync-manager.ts'
import { syncMembers } from './sync-members.ts'
import { entryIds, type Halt, haltFor } from './work-object.ts'

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
  // Whoever is about to leave is the last pass's business.
  if (store.has('provisioningDepartures', objectKey(job.id, id))) return undefined
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
    const counts = addCounts(run.cycle.counts, { references: wrote, failedReferences: failed ? 1 : 0 })
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

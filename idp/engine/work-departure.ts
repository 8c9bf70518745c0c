import { objectKey } from './collections.ts'
import type { EngineDeps, JobContext } from './context.ts'
import { type Findings, sourceSteps } from './evaluate.ts'
import { addCounts } from './job-state.ts'
import { blankEntry } from './log-entry.ts'
import { appendEntry, entryOf } from './provisioning-log.ts'
import type { CycleState, Departure } from './records.ts'
import type { SourceObject } from './source.ts'
import { departureAhead, entryIds, type Halt, workNow } from './work-object.ts'

/** The code of what the deletion guard holds back, in the log and as its quarantine's error. */
export const STAGED_CODE = 'StagedDelete'

/**
 * Whether the departures this cycle has found are more than the deletion guard lets pass (reference sheet 6.3). Those an
 * administrator has allowed do not count; those held back before do. Asked before the first is sent, and what is sent only
 * makes the number smaller: an interrupted cycle comes to the same answer.
 */
export function holdsDepartures({ system }: EngineDeps, { job }: JobContext): boolean {
  const { enabled, threshold } = job.deletionGuard
  return enabled && system.store.count('provisioningDepartures', 'unasked', job.id) > threshold
}

/** One object of the last pass: sent, or held back with its log entry. One that has come back meanwhile is let go of. */
export async function workDeparture(
  deps: EngineDeps,
  context: JobContext,
  cycle: CycleState,
  id: string,
): Promise<Halt | undefined> {
  const { store, clock } = deps.system
  const key = objectKey(context.job.id, id)
  const departure = store.get('provisioningDepartures', key)
  if (departure === undefined || entryOf(store, cycle.id, id) !== undefined) return undefined
  const object = deps.source.read(context.scope, departure.kind, id)
  if (object === undefined || departureAhead(deps, context, object) === null) {
    await store.transact((tx) => tx.delete('provisioningDepartures', key))
    return undefined
  }
  if (cycle.holdsDepartures === true && !departure.allowed) return holdBack(deps, context, cycle, object, departure)
  const failed = store.get('provisioningEscrows', key)
  const isPatient = departure.allowed && failed !== undefined && Date.parse(failed.nextAttempt) > clock.now()
  return isPatient ? undefined : workNow(deps, context, cycle, object)
}

/** Held back for an administrator: told once, in the cycle that found it. */
async function holdBack(
  deps: EngineDeps,
  context: JobContext,
  cycle: CycleState,
  object: SourceObject,
  departure: Departure,
): Promise<Halt | undefined> {
  if (departure.stagedAt !== undefined) return undefined
  const { system, phrasing } = deps
  const { job } = context
  return system.store.transact((tx): Halt | undefined => {
    const run = tx.get('provisioningRuns', job.id)
    if (run?.cycle?.id !== cycle.id) return { kind: 'superseded' }
    const at = system.clock.iso()
    const key = objectKey(job.id, object.id)
    tx.put('provisioningDepartures', key, { ...departure, stagedAt: at })
    const counts = addCounts(run.cycle.counts, { imported: 1, staged: 1 })
    tx.put('provisioningRuns', job.id, { ...run, cycle: { ...run.cycle, counts } })
    const link = tx.get('provisioningLinks', key)
    const words = phrasing.step({
      type: 'export',
      status: 'Skipped',
      kind: object.kind,
      verb: departure.verb,
      who: object.displayName,
      code: STAGED_CODE,
    })
    const findings: Findings = { object, link, steps: sourceSteps(deps, context, object) }
    const entry = blankEntry(job, findings, { ...entryIds(cycle.id, object.id), trigger: 'cycle', at, durationMs: 0 })
    appendEntry(tx, {
      ...entry,
      action: 'StagedDelete',
      steps: [
        ...entry.steps,
        {
          ...words,
          type: 'export',
          status: 'Skipped',
          details: { SkipReason: STAGED_CODE, StagedAction: departure.verb },
        },
      ],
      outcome: { code: STAGED_CODE, ...phrasing.outcome(STAGED_CODE, '') },
    })
    return undefined
  })
}

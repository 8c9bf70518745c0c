import type { EngineDeps, JobContext } from './context.ts'
import type { CyclePhase, CycleState, ObjectKind } from './records.ts'
import type { SourceSlice } from './source.ts'

/**
 * The passes of a cycle in order (reference sheet 1.1, 1.2): everybody before the groups that hold them, then references, and
 * last whoever leaves.
 */
const PASSES: readonly CyclePhase[] = [
  'users',
  'known-users',
  'retried-users',
  'groups',
  'known-groups',
  'retried-groups',
  'managers',
  'members',
  'departures',
]

const USER_PASSES: ReadonlySet<CyclePhase> = new Set(['users', 'known-users', 'retried-users', 'managers'])

export function passAfter(phase: CyclePhase): CyclePhase | null {
  return PASSES[PASSES.indexOf(phase) + 1] ?? null
}

/** Which kind of object a pass deals with; the last one deals with both, each departure knowing its own. */
export function kindOfPass(phase: CyclePhase): ObjectKind {
  return USER_PASSES.has(phase) ? 'User' : 'Group'
}

/** Objects, or changes, looked at before the cursor is stored. */
const SLICE = 500

const NONE: SourceSlice = { ids: [], next: null }

/** Up to {@link SLICE} keys after `cursor`; from the beginning when the cursor's record is gone. */
function keySlice(
  keys: () => Iterable<string>,
  cursor: string | null,
  idOf: (key: string) => string | undefined,
): SourceSlice {
  const ids: string[] = []
  let reached = cursor === null
  let seen = 0
  let last: string | null = null
  for (const key of keys()) {
    if (!reached) {
      reached = key === cursor
      continue
    }
    if (seen === SLICE) return { ids, next: last }
    const id = idOf(key)
    if (id !== undefined) ids.push(id)
    seen += 1
    last = key
  }
  return reached ? { ids, next: null } : keySlice(keys, null, idOf)
}

/**
 * The next objects of a pass. An initial cycle goes through the candidates, and through those linked earlier who are no
 * candidates any more; an incremental one reads the changes since the watermark. Both retry what failed and is due, and end
 * with those found to be leaving.
 */
export function nextSlice({ system, source }: EngineDeps, { job, scope }: JobContext, cycle: CycleState): SourceSlice {
  const { store, clock } = system
  const { phase, cursor } = cycle
  const kind = kindOfPass(phase)
  const isInitial = cycle.kind === 'initial'
  // An attempt of a job in quarantine is there to find out whether what failed still fails.
  const retriesAll = store.get('provisioningRuns', job.id)?.quarantine != null
  switch (phase) {
    case 'users':
    case 'groups':
      if (kind === 'Group' && !job.schema.groups.enabled) return NONE
      return isInitial
        ? source.candidates(scope, kind, cursor, SLICE)
        : source.changed(scope, kind, cycle, cursor, SLICE)
    case 'known-users':
    case 'known-groups':
      if (!isInitial) return NONE
      return keySlice(
        () => store.findKeys('provisioningLinks', 'job', `${job.id}/${kind}`),
        cursor,
        (key) => store.get('provisioningLinks', key)?.sourceId,
      )
    case 'retried-users':
    case 'retried-groups':
      return keySlice(
        () => store.findKeys('provisioningEscrows', 'job', job.id),
        cursor,
        (key) => {
          const escrow = store.get('provisioningEscrows', key)
          if (escrow === undefined || escrow.kind !== kind) return undefined
          return retriesAll || Date.parse(escrow.nextAttempt) <= clock.now() ? escrow.sourceId : undefined
        },
      )
    case 'departures':
      if (store.count('provisioningDepartures', 'job', job.id) === 0) return NONE
      return keySlice(
        () => store.findKeys('provisioningDepartures', 'job', job.id),
        cursor,
        (key) => store.get('provisioningDepartures', key)?.sourceId,
      )
    case 'managers':
    case 'members':
      if (store.count('provisioningLinks', 'pending', job.id) === 0) return NONE
      return keySlice(
        () => store.findKeys('provisioningLinks', 'job', `${job.id}/${kind}`),
        cursor,
        (key) => {
          const link = store.get('provisioningLinks', key)
          return link?.referencesPending === true ? link.sourceId : undefined
        },
      )
  }
}

import { isInScope } from '#idp/core/provisioning/scope.ts'
import type { ProvisioningPolicy, ScopingFilter } from '#idp/core/provisioning/types.ts'
import { type EngineDeps, scopeOf } from './context.ts'
import { createBreather } from './in-parallel.ts'
import type { ObjectKind, ProvisioningJob } from './records.ts'

/** Linked objects judged before the rest is left to the cycle. */
export const MOST_JUDGED = 2_000

/** Names told, so that an administrator recognises who it is about. */
const MOST_NAMES = 5

/** What saving scoping filters would do to those the job provisions now. */
export interface ScopeForecast {
  /** Objects in the service's hands that were looked at. */
  readonly judged: number
  /** Of these, how many would leave scope. */
  readonly leaving: number
  /** Display names of the first of them. */
  readonly names: readonly string[]
  /** `false`: there are more than {@link MOST_JUDGED}; the numbers are of the first of them. */
  readonly isComplete: boolean
}

/**
 * Judge the objects a job provisions by other scoping filters than it has. Nothing is sent and nothing is kept. Looks at
 * {@link MOST_JUDGED} links at most and lets others have their turn in between, so that a page can ask.
 */
export async function forecastScope(
  { system, source }: Pick<EngineDeps, 'system' | 'source'>,
  job: ProvisioningJob,
  policy: Pick<ProvisioningPolicy, 'defaultRoleCounts'>,
  { kind, filters }: { readonly kind: ObjectKind; readonly filters: readonly ScopingFilter[] },
): Promise<ScopeForecast> {
  const { store } = system
  const which = kind === 'User' ? 'users' : 'groups'
  const schema = { ...job.schema, [which]: { ...job.schema[which], scopingFilters: filters } }
  const scope = scopeOf({ ...job, schema }, policy)
  const breathe = createBreather()
  const keys: string[] = []
  let isComplete = true
  for (const key of store.findKeys('provisioningLinks', 'job', `${job.id}/${kind}`)) {
    if (keys.length === MOST_JUDGED) {
      isComplete = false
      break
    }
    keys.push(key)
  }
  let judged = 0
  let leaving = 0
  const names: string[] = []
  for (const key of keys) {
    await breathe()
    const link = store.get('provisioningLinks', key)
    if (link?.managed !== true) continue
    const object = source.read(scope, kind, link.sourceId)
    if (object === undefined) continue
    judged += 1
    const leaves = !object.facts.passesScopingFilter && isInScope({ ...object.facts, passesScopingFilter: true })
    if (!leaves) continue
    leaving += 1
    if (names.length < MOST_NAMES) names.push(object.displayName)
  }
  return { judged, leaving, names, isComplete }
}

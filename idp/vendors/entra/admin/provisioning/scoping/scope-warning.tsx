import type { ObjectMapping } from '#idp/core/provisioning/types.ts'
import { forecastScope, MOST_JUDGED, type ScopeForecast } from '#idp/engine/forecast-scope.ts'
import type { ProvisioningJob } from '#idp/engine/records.ts'
import { LinkButton } from '#kit/ui/button.tsx'
import { Notice } from '#kit/ui/notice.tsx'
import { policyFor } from '../../../provisioning/policy.ts'
import type { ProvisioningPageDeps } from '../deps.ts'
import type { MappingKind } from '../mapping/mapping-draft.ts'
import { provisioningHref } from '../provisioning-page.tsx'

/** What saving a mapping's scoping filters would do, and to which job. */
export interface ScopeWarningView {
  readonly job: ProvisioningJob
  readonly kind: MappingKind
  readonly forecast: ScopeForecast
}

/**
 * Who would drop out if the mapping were saved; `undefined` when it changes no filter. Looks at a bounded number of linked
 * people and lets other requests have their turn.
 */
export async function forecastOf(
  { system, provisioning }: ProvisioningPageDeps,
  job: ProvisioningJob,
  kind: MappingKind,
  mapping: ObjectMapping,
): Promise<ScopeWarningView | undefined> {
  const filters = mapping.scopingFilters
  if (JSON.stringify(filters) === JSON.stringify(job.schema[kind].scopingFilters)) return undefined
  const { source } = provisioning
  const policy = policyFor(system.switches, job)
  const forecast = await forecastScope({ system, source }, job, policy, {
    kind: kind === 'users' ? 'User' : 'Group',
    filters,
  })
  return { job, kind, forecast }
}

const NOUNS = { users: ['person', 'people'], groups: ['group', 'groups'] } as const

const grouped = (number: number): string => number.toLocaleString('en-US')

function leavers({ kind, forecast: { leaving, judged, names } }: ScopeWarningView): string {
  const [one, many] = NOUNS[kind]
  const rest = leaving - names.length
  const listed = rest > 0 ? `${names.join(', ')} and ${grouped(rest)} more` : names.join(', ')
  return `${grouped(leaving)} of the ${grouped(judged)} ${judged === 1 ? one : many} provisioned now would leave scope: ${listed}.`
}

function consequence({ job, kind }: ScopeWarningView): string {
  if (job.skipOutOfScopeDeletions) return 'SkipOutOfScopeDeletions is on: they keep what they have in the app.'
  return kind === 'users' ? 'The next cycle disables their accounts.' : 'The next cycle deletes them in the app.'
}

/** Whether accidental deletions prevention would hold the leavers back (reference 6.3). */
function guardWords({ job, forecast: { leaving, isComplete } }: ScopeWarningView): string {
  const { enabled, threshold } = job.deletionGuard
  if (!enabled) return 'Accidental deletions prevention is off: nothing would hold this back.'
  if (leaving > threshold) {
    return `That is more than the accidental deletion threshold of ${grouped(threshold)}: provisioning would be quarantined, and an administrator asked.`
  }
  return isComplete
    ? `The accidental deletion threshold of ${grouped(threshold)} would not be exceeded.`
    : `The accidental deletion threshold is ${grouped(threshold)}.`
}

/** What saving would do to those provisioned now, told before it is done. */
export function ScopeWarning({ view }: { readonly view: ScopeWarningView }) {
  const { job, kind, forecast } = view
  const [, many] = NOUNS[kind]
  const more = forecast.isComplete
    ? undefined
    : `There are more: only the first ${grouped(MOST_JUDGED)} linked ${many} were looked at.`
  if (forecast.leaving === 0) {
    const whom = forecast.judged === 0 ? `No ${many} are provisioned yet` : `None of the ${many} provisioned now`
    const text = forecast.judged === 0 ? `${whom}: nobody would leave scope.` : `${whom} would leave scope.`
    return (
      <Notice tone={forecast.isComplete ? 'info' : 'warning'} role="status">
        <p>{text}</p>
        {more && <p>{more}</p>}
      </Notice>
    )
  }
  return (
    <Notice
      tone="warning"
      role="status"
      title="Saving takes objects out of scope"
      actions={
        !job.skipOutOfScopeDeletions && (
          <LinkButton href={provisioningHref(job.servicePrincipalId, 'properties')}>Properties</LinkButton>
        )
      }
    >
      <p>{leavers(view)}</p>
      {more && <p>{more}</p>}
      <p>{consequence(view)}</p>
      {!job.skipOutOfScopeDeletions && <p>{guardWords(view)}</p>}
    </Notice>
  )
}

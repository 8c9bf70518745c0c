import { PUBLISHED_THRESHOLDS, type QuarantineThresholds, scaleThresholds } from '#idp/core/provisioning/quarantine.ts'
import type { PatchDialect } from '#idp/core/provisioning/types.ts'
import type { JobPolicy } from '#idp/engine/context.ts'
import type { Switches } from '#kit/ledger.ts'
import { readTenantUrl, type TenantUrl } from './tenant-url.ts'

/** Virtual minutes from the beginning of one cycle to the beginning of the next (reference 1.3). */
export const INTERVAL_MINUTES = 40

/** Which rule of Default Access is in force (reference 3.3). */
export const DEFAULT_ACCESS_SWITCH = 'default-access'
/** Which PATCH dialect cycles speak (reference 2.6, 2.7). */
export const PATCH_DIALECT_SWITCH = 'patch-dialect'

/** Which numbers of failures put a job into quarantine (reference 6.1). */
export const QUARANTINE_THRESHOLDS_SWITCH = 'quarantine-thresholds'

/** Whether the function Switch has its documented fault (reference 5.3). */
export const SWITCH_FUNCTION_SWITCH = 'switch-function'

/** The lab meets with 5 failures what a real tenant meets with 5,000. */
const LAB_FACTOR = 1_000

function thresholdsOf(setting: string): QuarantineThresholds {
  return setting === 'real' ? PUBLISHED_THRESHOLDS : scaleThresholds(PUBLISHED_THRESHOLDS, LAB_FACTOR)
}

function dialectOf(setting: string, flagged: PatchDialect | undefined): PatchDialect {
  if (setting === 'legacy' || setting === 'compliant') return setting
  return flagged ?? 'legacy'
}

/**
 * How this vendor's service treats the target of a job, of which only this much matters. Request time-out, requests in flight and members per PATCH are
 * not published (reference 2.10, 2.12).
 *
 * @throws {Error} for a Tenant URL that cannot be read: it is checked before it is kept.
 */
export function policyFor(
  switches: Switches,
  {
    tenantUrl,
    skipOutOfScopeDeletions = false,
    defaultDomain,
  }: {
    readonly tenantUrl: string
    readonly skipOutOfScopeDeletions?: boolean
    /** The tenant's primary domain, for expressions. */
    readonly defaultDomain?: string | undefined
  },
): JobPolicy {
  // A job made without credentials knows no target yet; whatever is sent for it is refused on the way out.
  const read: TenantUrl | undefined = tenantUrl === '' ? { baseUrl: '' } : readTenantUrl(tenantUrl)
  if (read === undefined) throw new Error('A Tenant URL that cannot be read was kept.')
  return {
    baseUrl: read.baseUrl,
    dialect: dialectOf(switches.value(PATCH_DIALECT_SWITCH), read.dialect),
    onUnassign: skipOutOfScopeDeletions ? 'nothing' : 'disable',
    defaultRoleCounts: switches.value(DEFAULT_ACCESS_SWITCH) === 'counts',
    switchBug: switches.value(SWITCH_FUNCTION_SWITCH) === 'documented-fault',
    ...(defaultDomain === undefined ? {} : { defaultDomain }),
    intervalMinutes: INTERVAL_MINUTES,
    memberBatch: 20,
    concurrency: 8,
    timeoutMs: 100_000,
    quarantineThresholds: thresholdsOf(switches.value(QUARANTINE_THRESHOLDS_SWITCH)),
    activityHeader: { name: 'ADSCIMVersion', value: 'Date:{date}, ActivityId:{activityId}' },
  }
}

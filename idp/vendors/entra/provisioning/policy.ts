import type { PatchDialect } from '#idp/core/provisioning/types.ts'
import type { JobPolicy } from '#idp/engine/context.ts'
import type { Switches } from '#kit/ledger.ts'
import { readTenantUrl } from './tenant-url.ts'

/** Virtual minutes from the beginning of one cycle to the beginning of the next (reference 1.3). */
export const INTERVAL_MINUTES = 40

/** Which rule of Default Access is in force (reference 3.3). */
export const DEFAULT_ACCESS_SWITCH = 'default-access'
/** Which PATCH dialect cycles speak (reference 2.6, 2.7). */
export const PATCH_DIALECT_SWITCH = 'patch-dialect'

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
  }: { readonly tenantUrl: string; readonly skipOutOfScopeDeletions?: boolean },
): JobPolicy {
  const read = readTenantUrl(tenantUrl)
  if (read === undefined) throw new Error('A Tenant URL that cannot be read was kept.')
  return {
    baseUrl: read.baseUrl,
    dialect: dialectOf(switches.value(PATCH_DIALECT_SWITCH), read.dialect),
    onUnassign: skipOutOfScopeDeletions ? 'nothing' : 'disable',
    defaultRoleCounts: switches.value(DEFAULT_ACCESS_SWITCH) === 'counts',
    intervalMinutes: INTERVAL_MINUTES,
    memberBatch: 20,
    concurrency: 8,
    timeoutMs: 100_000,
    activityHeader: { name: 'ADSCIMVersion', value: 'Date:{date}, ActivityId:{activityId}' },
  }
}

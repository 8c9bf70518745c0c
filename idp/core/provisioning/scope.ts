import { DEFAULT_ACCESS_ROLE_ID } from '../directory/records.ts'
import type { LeaveReason, Presence } from './policy.ts'
import { ALL_RECORDS, type ScopingResult } from './scoping/judge.ts'
import type { ProvisioningPolicy, ScopeFacts } from './types.ts'

/** What is known about one object and one app, before anything is decided. */
export interface Entitlement {
  readonly presence: Presence
  /** People: not blocked from signing in. Groups: always. */
  readonly accountEnabled: boolean
  /** Role ids of the direct assignment and of those to groups the object is an immediate member of. */
  readonly roleIds: readonly string[]
  /** `all`: assignments do not matter. */
  readonly scope: 'assigned' | 'all'
}

/**
 * The facts the scoping step shows. Only what was handed in counts: that nested groups give nobody access is the source's
 * doing, which lists immediate members only (reference sheet 3.2).
 *
 * Default Access counts as a role where the policy says so; the older rule left its holders out (3.3).
 *
 * @param filtered What the mapping's scoping filters came to, on top of assignment and role; without any, all records pass.
 */
export function scopeFactsOf(
  entitlement: Entitlement,
  policy: Pick<ProvisioningPolicy, 'defaultRoleCounts'>,
  filtered: ScopingResult = ALL_RECORDS,
): ScopeFacts {
  const usable = entitlement.roleIds.filter((role) => policy.defaultRoleCounts || role !== DEFAULT_ACCESS_ROLE_ID)
  return {
    isActive: entitlement.presence === 'live' && entitlement.accountEnabled,
    isAssigned: entitlement.roleIds.length > 0,
    hasRequiredRole: entitlement.scope === 'all' || usable.length > 0,
    passesScopingFilter: filtered.passes,
    syncsAll: entitlement.scope === 'all',
    ...(Object.keys(filtered.clauses).length === 0 ? {} : { clauses: filtered.clauses }),
    ...(filtered.notIntegers.length === 0 ? {} : { notIntegers: filtered.notIntegers }),
  }
}

/** Whether assignment and role give access, whatever the state of the account. */
function isEntitled(facts: ScopeFacts): boolean {
  return facts.syncsAll === true || (facts.isAssigned && facts.hasRequiredRole)
}

/** Active, entitled and let through by the scoping filter: provisioned. */
export function isInScope(facts: ScopeFacts): boolean {
  return facts.isActive && isEntitled(facts) && facts.passesScopingFilter
}

/**
 * Why an object is out of scope; `null` when it is in. Losing the assignment weighs more than being blocked or in the
 * recycle bin, because only it takes the object out of the service's hands.
 */
export function leaveReasonOf(facts: ScopeFacts, presence: Presence): LeaveReason | null {
  if (presence === 'hard-deleted') return 'hard-deleted'
  if (!isEntitled(facts)) return 'unassigned'
  if (!facts.passesScopingFilter) return 'out-of-filter'
  if (presence === 'soft-deleted') return 'soft-deleted'
  return facts.isActive ? null : 'blocked'
}

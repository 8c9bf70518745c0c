/**
 * The rules of leaving scope and of trying again, as values. Which verb a target understands arrives in the
 * {@link ProvisioningPolicy}; everything here is the same for every vendor. Reference sheet of provisioning, 1.6 and 1.7.
 */

import type { ProvisioningPolicy } from './types.ts'

/** Where the source object is: in the directory, in its recycle bin, or gone for good. */
export type Presence = 'live' | 'soft-deleted' | 'hard-deleted'

/** Why someone who was provisioned is no longer entitled. */
export type LeaveReason = 'unassigned' | 'out-of-filter' | 'blocked' | 'soft-deleted' | 'hard-deleted'

/** What leaving does to the account, and whether the object stays in the service's hands afterwards. */
export interface Departure {
  readonly verb: 'disable' | 'delete' | 'nothing'
  /** `false`: this is the last thing ever sent, until the object comes back into scope. */
  readonly staysManaged: boolean
}

/**
 * The deprovisioning matrix. Whoever is unassigned is disabled once and then left alone, so that a later deletion sends
 * nothing; whoever is blocked or in the recycle bin stays managed and is deleted when the source object is gone.
 */
const DEPARTURES: Readonly<Record<LeaveReason, Departure>> = {
  unassigned: { verb: 'disable', staysManaged: false },
  'out-of-filter': { verb: 'disable', staysManaged: false },
  blocked: { verb: 'disable', staysManaged: true },
  'soft-deleted': { verb: 'disable', staysManaged: true },
  'hard-deleted': { verb: 'delete', staysManaged: false },
}

/**
 * The row of the matrix for one reason. A target without soft delete (`onUnassign: 'delete'`) gets a DELETE in every row;
 * `'nothing'` spares only those who left scope, not those who are blocked or deleted.
 */
export function departureFor(reason: LeaveReason, policy: Pick<ProvisioningPolicy, 'onUnassign'>): Departure {
  const row = DEPARTURES[reason]
  if (row.verb === 'delete') return row
  if (policy.onUnassign === 'delete') return { verb: 'delete', staysManaged: false }
  const leftScope = reason === 'unassigned' || reason === 'out-of-filter'
  return policy.onUnassign === 'nothing' && leftScope ? { verb: 'nothing', staysManaged: false } : row
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** After so long a failing object is given up, and a quarantined job is switched off. */
export const GIVE_UP_AFTER_MS = 28 * DAY_MS

/** Failures after which an object is simply tried again in the next cycle. */
const EAGER_ATTEMPTS = 3

/** The ladder, measured from the first failure; after its last rung once a day. */
const LADDER_MS: readonly number[] = [6 * HOUR_MS, 12 * HOUR_MS, DAY_MS]

/**
 * When to try again on the ladder: 6, 12 and 24 hours after the first failure, then every 24 hours.
 *
 * @returns the first rung after `nowMs`, in milliseconds, the last one at 28 days; `null` once these have passed.
 */
export function nextRung(firstFailedAtMs: number, nowMs: number): number | null {
  const elapsed = Math.max(0, nowMs - firstFailedAtMs)
  const rung = LADDER_MS.find((after) => after > elapsed) ?? (Math.floor(elapsed / DAY_MS) + 1) * DAY_MS
  return rung > GIVE_UP_AFTER_MS ? null : firstFailedAtMs + rung
}

/**
 * When a failing object is due again. `attempts` counts the failures so far, this one included: the first three are
 * retried with the next cycle (the instant returned is `nowMs`), later ones climb the ladder.
 *
 * @returns milliseconds; `null` when it is given up.
 */
export function nextObjectAttempt(attempts: number, firstFailedAtMs: number, nowMs: number): number | null {
  if (nowMs - firstFailedAtMs >= GIVE_UP_AFTER_MS) return null
  return attempts <= EAGER_ATTEMPTS ? nowMs : nextRung(firstFailedAtMs, nowMs)
}

/**
 * When the failures of a cycle are too many for the job to go on as if nothing were. Pure; reference sheet of provisioning, 6.1.
 */

/** The numbers of the rule. They are for tenants of many thousands; {@link scaleThresholds} makes them reachable by a class. */
export interface QuarantineThresholds {
  /** From so many failures on the proportion is looked at. */
  readonly proportionFrom: number
  /** Part of the events that may fail, between 0 and 1. */
  readonly proportion: number
  /** More failures than this are too many, whatever the proportion. */
  readonly base: number
  /** More failures than this, those of references included, are too many. */
  readonly total: number
}

/** The published numbers. */
export const PUBLISHED_THRESHOLDS: QuarantineThresholds = {
  proportionFrom: 5_000,
  proportion: 0.4,
  base: 40_000,
  total: 60_000,
}

/** The same rule for a tenant `factor` times smaller: the counts shrink, to one at least, the proportion stays. */
export function scaleThresholds(thresholds: QuarantineThresholds, factor: number): QuarantineThresholds {
  const scaled = (count: number) => Math.max(1, Math.round(count / factor))
  return {
    proportionFrom: scaled(thresholds.proportionFrom),
    proportion: thresholds.proportion,
    base: scaled(thresholds.base),
    total: scaled(thresholds.total),
  }
}

/** What a cycle came to, as far as the rule cares. References (a manager, a member) are not objects of their own. */
export interface CycleEvents {
  readonly succeeded: number
  readonly failed: number
  readonly failedReferences: number
}

export type ThresholdReason =
  | 'EncounteredEscrowProportionThreshold'
  | 'EncounteredBaseEscrowThreshold'
  | 'EncounteredTotalEscrowThreshold'

/**
 * Which threshold a cycle has passed; `null` when none. The widest is named first: a cycle beyond the cap of everything is
 * beyond the others as well, more often than not.
 */
export function thresholdPassed(events: CycleEvents, thresholds: QuarantineThresholds): ThresholdReason | null {
  const { succeeded, failed, failedReferences } = events
  if (failed + failedReferences > thresholds.total) return 'EncounteredTotalEscrowThreshold'
  if (failed > thresholds.base) return 'EncounteredBaseEscrowThreshold'
  const isProportionate = failed >= thresholds.proportionFrom && failed > thresholds.proportion * (failed + succeeded)
  return isProportionate ? 'EncounteredEscrowProportionThreshold' : null
}

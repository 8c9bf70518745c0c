import type { SystemName } from '#contract/addresses.ts'

/** A page where a fault is mended. */
export interface MendingPage {
  readonly system: SystemName
  readonly path: string
  /** How people get there: `Entra, Enterprise apps > Dialpad > Provisioning`. */
  readonly label: string
}

/** What a diagnoser says when its fault is there. */
export interface Diagnosis {
  /** What is wrong, in a sentence, with the names and values of this world. */
  readonly headline: string
  /** Facts that show it, each with its value; never a secret. At least one. */
  readonly evidence: readonly [string, ...string[]]
  readonly page: MendingPage
  /**
   * Set where nothing is broken: a product does what it is meant to do, and somebody may have expected otherwise. Such a finding is worth
   * knowing, and no alarm.
   */
  readonly isNews?: true
}

/** A fault that was found in a running world. */
export interface Finding extends Diagnosis {
  /** Name of the fault, of one diagnoser only: `key-revoked`. */
  readonly fault: string
  /** Where the fault is described: `entra-provisioning 12.3`. */
  readonly source: string
}

/** At most this many names are listed in one fact. */
const MOST_NAMED = 5

/** A list for a fact: names, and how many more there are. */
export function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ')
}

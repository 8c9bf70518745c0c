import type { SystemName } from '#contract/addresses.ts'
import type { Bench } from './bench.ts'

/** One of the choices of what may be the cause. */
export interface Cause {
  readonly cause: string
  /** Why it is, or is not, what happened here. */
  readonly because: string
}

/** Something that is broken on purpose, to be found and mended. Data: a lab more is an entry more in one of the lists. */
export interface Lab {
  /** Name in addresses. */
  readonly id: string
  readonly title: string
  /** 1: one look tells; 2: two systems have to be compared; 3: the sign is far from the cause. */
  readonly grade: 1 | 2 | 3
  readonly product: 'Entra' | 'Okta' | 'Dialpad'
  /** World it starts from. */
  readonly world: string
  /** Name of the fault, as `explain` says it. */
  readonly fault: string
  /** Break it, the same way each time. */
  readonly breakIt: (bench: Bench) => Promise<void>
  /** What somebody reports, in their words. */
  readonly symptom: string
  /** Where it shows. */
  readonly where: { readonly system: SystemName; readonly path: string; readonly label: string }
  /** What happened. */
  readonly right: Cause
  /** What could have, and did not. */
  readonly wrong: readonly [Cause, Cause, Cause]
  /** What to do in the product, in a sentence or two. */
  readonly mend: string
  /** Why it was so, and how to see it sooner. */
  readonly explanation: string
  /** Section of the reference sheet. */
  readonly source: string
  /** Where to look; what to compare; what to press. */
  readonly hints: readonly [string, string, string]
  /** Mend it in the trainee's place. */
  readonly solve: (bench: Bench) => Promise<void>
  /** Somebody who must have a working account in Dialpad in the end, by handle. */
  readonly working?: string
  /** Somebody who must have none. */
  readonly gone?: string
  /** What of whoever is `working` must be in Dialpad as it is in the directory, since it was missed while the fault was there. */
  readonly arrives?: 'title'
}

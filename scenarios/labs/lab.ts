import type { MendingPage } from '#scenarios/explain/finding.ts'
import type { Act } from './acts/act.ts'
import type { Check } from './checks.ts'
import type { HandStep } from './hands/steps.ts'

/** One of the choices of what may be the cause. */
export interface Cause {
  readonly cause: string
  /** Why it is, or is not, what happened here. */
  readonly because: string
}

/** The control a fault is mended with, by its label; `within`: the part of the page that holds it. */
export type MendingControl = (
  | { readonly press: string }
  /** A field, or a drop-down. */
  | { readonly fill: string }
  | { readonly tick: string }
) & {
  readonly within?: string
  /** The page that offers it, where that is another than the one the diagnosis names. */
  readonly path?: string
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
  readonly breakIt: readonly Act[]
  /** What somebody reports, in their words. */
  readonly symptom: string
  /** Where it shows. */
  readonly where: MendingPage
  /** What happened. */
  readonly right: Cause
  /** What could have, and did not. */
  readonly wrong: readonly [Cause, Cause, Cause]
  /** What to do in the product, in a sentence or two. */
  readonly mend: string
  /** With what, on the page the diagnosis names. */
  readonly control: MendingControl
  /** Why it was so, and how to see it sooner. */
  readonly explanation: string
  /** Section of the reference sheet. */
  readonly source: string
  /** Where to look; what to compare; what to press. */
  readonly hints: readonly [string, string, string]
  /** Mend it in the trainee's place. */
  readonly solve: readonly Act[]
  /** The same at the pages of the product, control by control. */
  readonly mendByHand?: readonly HandStep[]
  /** What must be so in the end, besides that the fault is not found any more. */
  readonly checks: readonly [Check, ...Check[]]
}

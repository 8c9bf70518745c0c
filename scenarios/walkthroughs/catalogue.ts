import { ENTRA_CLASSIC } from './entra-classic/entra-classic.ts'
import { ENTRA_LIFECYCLE } from './entra-lifecycle/entra-lifecycle.ts'
import { ENTRA_SIGNUP } from './entra-signup/entra-signup.ts'
import type { Walkthrough } from './walkthrough.ts'

/** Every walkthrough, in the order they are best learned. */
export const WALKTHROUGHS: readonly Walkthrough[] = [ENTRA_SIGNUP, ENTRA_LIFECYCLE, ENTRA_CLASSIC]

/** @returns the walkthrough of that name, `undefined` when there is none. */
export function findWalkthrough(id: string): Walkthrough | undefined {
  return WALKTHROUGHS.find((each) => each.id === id)
}

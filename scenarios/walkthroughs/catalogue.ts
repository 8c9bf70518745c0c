import { ENTRA_CLASSIC } from './entra-classic/entra-classic.ts'
import { ENTRA_DELETIONS } from './entra-deletions/entra-deletions.ts'
import { ENTRA_LIFECYCLE } from './entra-lifecycle/entra-lifecycle.ts'
import { ENTRA_LOGS } from './entra-logs/entra-logs.ts'
import { ENTRA_ON_DEMAND } from './entra-on-demand/entra-on-demand.ts'
import { ENTRA_PROGRESS } from './entra-progress/entra-progress.ts'
import { ENTRA_QUARANTINE } from './entra-quarantine/entra-quarantine.ts'
import { ENTRA_SCOPING } from './entra-scoping/entra-scoping.ts'
import { ENTRA_SIGNUP } from './entra-signup/entra-signup.ts'
import { LEAVER_WALKTHROUGH } from './leaver/leaver.ts'
import { OKTA_IMPORT_NUMBERS } from './okta-import-numbers/okta-import-numbers.ts'
import { OKTA_LICENCES } from './okta-licences/okta-licences.ts'
import { OKTA_LIFECYCLE } from './okta-lifecycle/okta-lifecycle.ts'
import { OKTA_PUSH_GROUPS } from './okta-push-groups/okta-push-groups.ts'
import { SIGN_IN_WALKTHROUGH } from './sign-in/sign-in.ts'
import type { Walkthrough } from './walkthrough.ts'

/** Every walkthrough, in the order they are best learned. */
export const WALKTHROUGHS: readonly Walkthrough[] = [
  ENTRA_SIGNUP,
  ENTRA_LIFECYCLE,
  SIGN_IN_WALKTHROUGH,
  ENTRA_CLASSIC,
  ENTRA_ON_DEMAND,
  ENTRA_LOGS,
  ENTRA_PROGRESS,
  ENTRA_QUARANTINE,
  ENTRA_DELETIONS,
  ENTRA_SCOPING,
  LEAVER_WALKTHROUGH,
  OKTA_LIFECYCLE,
  OKTA_PUSH_GROUPS,
  OKTA_LICENCES,
  OKTA_IMPORT_NUMBERS,
]

/** @returns the walkthrough of that name, `undefined` when there is none. */
export function findWalkthrough(id: string): Walkthrough | undefined {
  return WALKTHROUGHS.find((each) => each.id === id)
}

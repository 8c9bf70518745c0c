import { addressOf } from '#scenarios/walkthroughs/people.ts'
import type { Act } from '../../acts/act.ts'
import { okta, send } from '../../acts/commands.ts'

/** Take the app from somebody and assign it again: what failed is tried anew. */
export const assignAnew = (person: string): readonly Act[] => [
  okta('unassign-person', { person }),
  send,
  okta('assign-person', { person }),
  send,
]

/** Ben is promoted in Okta. */
export const promotion: readonly Act[] = [
  okta('edit-person', { person: addressOf('ben.castillo'), profile: { title: 'Support Manager' } }),
  send,
]

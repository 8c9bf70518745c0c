import type { PatchOptions } from '#kit/scim/patch.ts'
import type { PatchRequestOptions } from '#kit/scim/patch-request.ts'
import type { ResourceOptions } from '#kit/scim/resource.ts'

/** Everything by which reading a request can be more lenient than RFC 7644, for one client or several. */
export type Leniency = PatchOptions & PatchRequestOptions & ResourceOptions & OwnLeniency

/** What `kit/scim` leaves to the server. Absent: refused. */
export interface OwnLeniency {
  /** A password is taken and thrown away. */
  readonly passOverPassword?: boolean
  /** `groups` of a user, an attribute this server does not have, is passed over. */
  readonly passOverGroups?: boolean
  /** A PATCH that gives a group another name succeeds and leaves the name. */
  readonly passOverRename?: boolean
}

/** One habit of a client's, and where it was seen. */
export type Habit = LenientHabit | PlainHabit

/** The RFC does not ask a server to understand it; without its switch it is refused. */
export interface LenientHabit {
  readonly kind: 'lenient'
  /** Its switch is `dialect-` and this. */
  readonly id: string
  readonly what: string
  /** What the client meets while the switch is off. */
  readonly without: string
  readonly source: string
  readonly leniency: Leniency
}

/** The RFC asks for it, so every server understands it and there is nothing to switch off. */
export interface PlainHabit {
  readonly kind: 'plain'
  readonly id: string
  readonly what: string
  readonly source: string
  /** Where the RFC says so. */
  readonly rule: string
}

/** The switch a habit has in the ledger. */
export function switchOf(habit: LenientHabit): string {
  return `dialect-${habit.id}`
}

/** Several habits together. */
export function toleranceOf(habits: readonly LenientHabit[]): Leniency {
  return Object.assign({}, ...habits.map((habit) => habit.leniency))
}

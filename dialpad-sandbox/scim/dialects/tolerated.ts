import type { PatchOptions } from '#kit/scim/patch.ts'
import type { PatchRequestOptions } from '#kit/scim/patch-request.ts'
import type { ResourceOptions } from '#kit/scim/resource.ts'

/** Everything by which reading a request can be more lenient than RFC 7644, for one client or several. */
export type Leniency = PatchOptions & PatchRequestOptions & ResourceOptions

/** One habit of a client's that is understood, and where it was seen. */
export interface Habit {
  readonly what: string
  readonly source: string
  readonly leniency: Leniency
}

/** All habits together. */
export function toleranceOf(habits: readonly Habit[]): Leniency {
  return Object.assign({}, ...habits.map((habit) => habit.leniency))
}

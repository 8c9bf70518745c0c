import type { OpenCall } from '../define-route.ts'
import { userTypeIdOf } from '../org/user-type.ts'
import type { UserPlace } from './user-resource.ts'

/** What the body of a person says about the org. */
export function placeOf({ reader, base }: Pick<OpenCall, 'reader' | 'base'>): UserPlace {
  return { base, typeId: userTypeIdOf(reader) }
}

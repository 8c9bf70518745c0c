import { holdsOneOf, USER_ADMIN_ROLES } from '../../commands/actor.ts'
import type { AdminContext } from '../context.ts'

/** Why a person cannot change users and groups; `undefined` when they can. For greyed commands. */
export function usersReadOnly({ standing }: AdminContext): string | undefined {
  return holdsOneOf(standing, USER_ADMIN_ROLES) ? undefined : `Needs the role ${USER_ADMIN_ROLES.join(' or ')}.`
}

import type { Application, AppRole } from '#idp/core/directory/records.ts'
import { notFound } from '#idp/core/directory/refusal.ts'
import { guidOf, nextIdSeed } from '#kit/ids.ts'
import type { Actor, CommandDeps } from '../actor.ts'
import { changeRegistration, type RegistrationInput } from './change-registration.ts'

export interface AppRoleInput extends RegistrationInput {
  /** Absent for a new one. */
  readonly roleId?: string
  readonly role: Omit<AppRole, 'id'>
}

/**
 * Create an app role, or change one. The enterprise apps of the registration offer it at once.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `Request_BadRequest` on `roleDisplayName`, `value`,
 *   `description` or `allowedMemberTypes`; `Request_ResourceNotFound` for an unknown role.
 */
export function saveAppRole(deps: CommandDeps, actor: Actor, input: AppRoleInput): Promise<Application> {
  const { role, roleId } = input
  return changeRegistration(deps, actor, input, {
    decide: (before, tx) => {
      if (roleId !== undefined && !before.appRoles.some(({ id }) => id === roleId)) throw notFound('app role', roleId)
      const saved: AppRole = { id: roleId ?? guidOf(nextIdSeed(tx)), ...role }
      const appRoles =
        roleId === undefined
          ? [...before.appRoles, saved]
          : before.appRoles.map((each) => (each.id === roleId ? saved : each))
      return { ...before, appRoles }
    },
    title: (after) => `The app role ${role.displayName} of ${after.displayName} was saved`,
  })
}

/** @throws as {@link saveAppRole} does; `Request_BadRequest` on `isEnabled` for a role that is enabled. */
export function removeAppRole(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, roleId }: RegistrationInput & { readonly roleId: string },
): Promise<Application> {
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      decide: (before) => {
        if (!before.appRoles.some(({ id }) => id === roleId)) throw notFound('app role', roleId)
        return { ...before, appRoles: before.appRoles.filter(({ id }) => id !== roleId) }
      },
      title: (after) => `An app role of ${after.displayName} was deleted`,
    },
  )
}

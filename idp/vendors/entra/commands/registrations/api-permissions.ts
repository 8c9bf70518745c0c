import type { Application } from '#idp/core/directory/records.ts'
import { badValue, notFound } from '#idp/core/directory/refusal.ts'
import type { Actor, CommandDeps } from '../actor.ts'
import { changeRegistration, type RegistrationInput } from './change-registration.ts'
import { knownPermission, type PermissionType } from './permission-names.ts'

/** The list a permission of one type stands in. */
export function permissionsAskedFor(application: Application, type: PermissionType): readonly string[] {
  return type === 'delegated' ? application.requiredScopes : (application.requiredRoles ?? [])
}

/** The registration asking for other permissions of one type. Pure. */
export function withPermissions(application: Application, type: PermissionType, names: readonly string[]): Application {
  return type === 'delegated' ? { ...application, requiredScopes: names } : { ...application, requiredRoles: names }
}

export interface AddPermissionsInput extends RegistrationInput {
  readonly type: PermissionType
  /** As they are written: `User.Read`, `api://…/access_as_user`. */
  readonly names: readonly string[]
}

/**
 * Ask for permissions of an API. Nothing is granted by it.
 * @throws {Refusal} `role_needed` or `permission_needed`. @throws {DirectoryRefusal} `Request_BadRequest` on `permissions` for none, and for
 *   one that no API offers (any more).
 */
export function addApiPermissions(deps: CommandDeps, actor: Actor, input: AddPermissionsInput): Promise<Application> {
  const { type, names } = input
  return changeRegistration(deps, actor, input, {
    decide: (before, tx) => {
      if (names.length === 0) throw badValue('permissions', 'Select at least one permission.')
      const found = names.map((name) => {
        const known = knownPermission(tx, before.tenantId, type, name)
        if (known !== undefined) return known.name
        throw badValue('permissions', `No API of this tenant offers the ${type} permission '${name}'.`)
      })
      return withPermissions(before, type, [...new Set([...permissionsAskedFor(before, type), ...found])])
    },
    title: (after) => `API permissions of ${after.displayName} were added`,
  })
}

/**
 * Ask for a permission no longer. What was granted stays granted, under "Other permissions granted".
 * @throws as {@link addApiPermissions} does; `Request_ResourceNotFound` for one not asked for.
 */
export function removeApiPermission(
  deps: CommandDeps,
  actor: Actor,
  { applicationId, type, name }: RegistrationInput & { readonly type: PermissionType; readonly name: string },
): Promise<Application> {
  return changeRegistration(
    deps,
    actor,
    { applicationId },
    {
      decide: (before) => {
        const names = permissionsAskedFor(before, type)
        if (!names.includes(name)) throw notFound('configured permission', name)
        return withPermissions(
          before,
          type,
          names.filter((each) => each !== name),
        )
      },
      title: (after) => `The API permission ${name} of ${after.displayName} was removed`,
    },
  )
}

import { z } from 'zod'
import { TENANT_ID } from '#kit/world/constants.ts'
import { grantAdminConsent, revokeAdminConsent } from '../commands/registrations/admin-consent.ts'
import {
  addApiPermissions,
  permissionsAskedFor,
  removeApiPermission,
} from '../commands/registrations/api-permissions.ts'
import { grantedPermissions } from '../commands/registrations/granted-permissions.ts'
import type { PermissionType } from '../commands/registrations/permission-names.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { registrationNamed } from './find-registration.ts'
import { app, idOf, OfApp, tell } from './of-registration.ts'

const Names = z.union([z.string(), z.array(z.string()).min(1)])
const listOf = (names: string | readonly string[]): readonly string[] => (typeof names === 'string' ? [names] : names)

/** What app registrations ask of APIs, and the administrators' consent to it. */
export function apiPermissionCommands(deps: SceneDeps) {
  return [
    entraCommand(
      'add-api-permission',
      'Lets a registration ask for permissions: of Graph ("User.Read"), or of another API ("api://…/access_as_user").',
      z.strictObject({
        app,
        permission: Names,
        type: z.enum(['delegated', 'application']).default('delegated'),
      }),
      async ({ app: name, permission, type }) =>
        tell(deps, await addApiPermissions(deps, KIT, { ...idOf(deps, name), type, names: listOf(permission) })),
    ),
    entraCommand(
      'remove-api-permission',
      'Lets a registration ask for a permission no longer; what was granted stays granted.',
      z.strictObject({ app, permission: z.string(), type: z.enum(['delegated', 'application']).optional() }),
      async ({ app: name, permission, type }) => {
        const registration = registrationNamed(deps, name)
        const isAsked = (each: PermissionType): boolean => permissionsAskedFor(registration, each).includes(permission)
        const found = type ?? (isAsked('delegated') ? 'delegated' : 'application')
        const input = { applicationId: registration.id, type: found, name: permission }
        return tell(deps, await removeApiPermission(deps, KIT, input))
      },
    ),
    entraCommand(
      'grant-admin-consent',
      'Grants everything a registration asks for on behalf of the organization.',
      OfApp,
      async (input) => {
        const registration = registrationNamed(deps, input.app)
        await grantAdminConsent(deps, KIT, { applicationId: registration.id })
        const { delegated, application } = grantedPermissions(deps.system.store, TENANT_ID, registration)
        return { ...tell(deps, registration), granted: delegated, applicationPermissions: application }
      },
    ),
    entraCommand(
      'revoke-admin-consent',
      'Takes admin consent back: one permission, or all of it.',
      z.strictObject({ app, permission: z.string().optional() }),
      async ({ app: of, permission: name }) => {
        const registration = registrationNamed(deps, of)
        const { delegated } = grantedPermissions(deps.system.store, TENANT_ID, registration)
        const type: PermissionType = name !== undefined && delegated.includes(name) ? 'delegated' : 'application'
        await revokeAdminConsent(deps, KIT, {
          applicationId: registration.id,
          ...(name === undefined ? {} : { permission: { type, name } }),
        })
        const left = grantedPermissions(deps.system.store, TENANT_ID, registration)
        return { ...tell(deps, registration), granted: left.delegated, applicationPermissions: left.application }
      },
    ),
  ]
}

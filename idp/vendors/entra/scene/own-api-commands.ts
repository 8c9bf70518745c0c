import { z } from 'zod'
import { apiNameOf } from '#idp/core/directory/applications.ts'
import { Refusal } from '#kit/http/errors.ts'
import { removeAppRole, saveAppRole } from '../commands/registrations/app-roles.ts'
import { authorizeClient, removeScope, saveScope, setApplicationIdUri } from '../commands/registrations/expose-api.ts'
import { permissionName, scopesOf } from '../commands/registrations/permission-names.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { registrationNamed } from './find-registration.ts'
import { app, idOf, tell } from './of-registration.ts'

/** What app registrations expose: their own API, its scopes and clients, and app roles. */
export function ownApiCommands(deps: SceneDeps) {
  return [
    entraCommand(
      'expose-api',
      'Names the own API of a registration: its Application ID URI, api://{client id} unless told.',
      z.strictObject({ app, uri: z.string().optional() }),
      async ({ app: name, uri }) => {
        const { id, appId } = registrationNamed(deps, name)
        const after = await setApplicationIdUri(deps, KIT, { applicationId: id, uri: uri ?? `api://${appId}` })
        return { ...tell(deps, after), applicationIdUri: apiNameOf(after) }
      },
    ),
    entraCommand(
      'add-scope',
      'Adds a scope to the own API of a registration.',
      z.strictObject({
        app,
        name: z.string(),
        who: z.enum(['everybody', 'admins']).default('everybody'),
        title: z.string().optional(),
        description: z.string().optional(),
        enabled: z.boolean().default(true),
      }),
      async ({ app: of, name, who, title, description, enabled }) => {
        const after = await saveScope(deps, KIT, {
          ...idOf(deps, of),
          scope: {
            value: name,
            type: who === 'everybody' ? 'User' : 'Admin',
            isEnabled: enabled,
            adminConsentDisplayName: title ?? name,
            adminConsentDescription: description ?? title ?? name,
          },
        })
        const scopeId = scopesOf(after).find(({ value }) => value === name)?.id ?? null
        return { ...tell(deps, after), scopeId, permission: permissionName(after, name) }
      },
    ),
    entraCommand(
      'remove-scope',
      'Disables and deletes a scope of the own API of a registration.',
      z.strictObject({ app, name: z.string() }),
      async ({ app: of, name }) => {
        const registration = registrationNamed(deps, of)
        const scope = scopesOf(registration).find(({ value }) => value === name)
        if (scope === undefined) {
          throw new Refusal('unknown_scope', 404, `${registration.displayName} has no scope "${name}".`)
        }
        const at = { applicationId: registration.id, scopeId: scope.id }
        const { id: _, ...rest } = scope
        await saveScope(deps, KIT, { ...at, scope: { ...rest, isEnabled: false } })
        return tell(deps, await removeScope(deps, KIT, at))
      },
    ),
    entraCommand(
      'authorize-client',
      'Lets a client have scopes of an API without consent; no scopes take it off the list.',
      z.strictObject({
        app,
        /** Name, client id or object id of the client's registration. */
        client: z.string(),
        scopes: z.array(z.string()),
      }),
      async ({ app: name, client, scopes }) => {
        const api = registrationNamed(deps, name)
        const scopeIds = scopes.map((value) => {
          const scope = scopesOf(api).find((each) => each.value === value)
          if (scope !== undefined) return scope.id
          throw new Refusal('unknown_scope', 404, `${api.displayName} has no scope "${value}".`)
        })
        const { appId: clientId } = registrationNamed(deps, client)
        return tell(deps, await authorizeClient(deps, KIT, { applicationId: api.id, clientId, scopeIds }))
      },
    ),
    entraCommand(
      'add-app-role',
      'Creates an app role of a registration.',
      z.strictObject({
        app,
        value: z.string(),
        name: z.string().optional(),
        description: z.string().optional(),
        for: z.enum(['people', 'apps', 'both']).default('people'),
        enabled: z.boolean().default(true),
      }),
      async ({ app: of, value, name, description, for: whom, enabled }) => {
        const after = await saveAppRole(deps, KIT, {
          ...idOf(deps, of),
          role: {
            value,
            displayName: name ?? value,
            description: description ?? name ?? value,
            isEnabled: enabled,
            allowedMemberTypes:
              whom === 'both' ? ['User', 'Application'] : [whom === 'people' ? 'User' : 'Application'],
          },
        })
        const roleId = after.appRoles.find((each) => each.value === value)?.id ?? null
        return { ...tell(deps, after), roleId, permission: permissionName(after, value) }
      },
    ),
    entraCommand(
      'remove-app-role',
      'Disables and deletes an app role of a registration.',
      z.strictObject({ app, value: z.string() }),
      async ({ app: of, value }) => {
        const registration = registrationNamed(deps, of)
        const role = registration.appRoles.find((each) => each.value === value)
        if (role === undefined) {
          throw new Refusal('unknown_role', 404, `${registration.displayName} has no app role "${value}".`)
        }
        const at = { applicationId: registration.id, roleId: role.id }
        const { id: _, ...rest } = role
        await saveAppRole(deps, KIT, { ...at, role: { ...rest, isEnabled: false } })
        return tell(deps, await removeAppRole(deps, KIT, at))
      },
    ),
  ]
}

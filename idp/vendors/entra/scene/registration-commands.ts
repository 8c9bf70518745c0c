import { z } from 'zod'
import { apiNameOf, servicePrincipalByAppId } from '#idp/core/directory/applications.ts'
import type { Application } from '#idp/core/directory/records.ts'
import { Refusal } from '#kit/http/errors.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { grantAdminConsent, revokeAdminConsent } from '../commands/registrations/admin-consent.ts'
import {
  addApiPermissions,
  permissionsAskedFor,
  removeApiPermission,
} from '../commands/registrations/api-permissions.ts'
import { removeAppRole, saveAppRole } from '../commands/registrations/app-roles.ts'
import {
  addCertificate,
  addClientSecret,
  expireClientSecrets,
  removeCertificate,
  removeClientSecret,
} from '../commands/registrations/credentials.ts'
import { deleteRegistration, restoreRegistration } from '../commands/registrations/deleted-registrations.ts'
import { authorizeClient, removeScope, saveScope, setApplicationIdUri } from '../commands/registrations/expose-api.ts'
import { grantedPermissions } from '../commands/registrations/granted-permissions.ts'
import { type PermissionType, permissionName, scopesOf } from '../commands/registrations/permission-names.ts'
import { editRegistration, setRedirectUris } from '../commands/registrations/properties.ts'
import { PLATFORMS, redirectUrisOf } from '../commands/registrations/redirect-uris.ts'
import { registerApplication } from '../commands/registrations/register.ts'
import { addOptionalClaims, setGroupsClaim, TOKEN_TYPES } from '../commands/registrations/token-configuration.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { personNamed } from './find.ts'
import { deletedRegistrationNamed, registrationNamed } from './find-registration.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Display name, application (client) id or object id; the sample web app unless told. */
const app = z.string().optional()
const OfApp = z.strictObject({ app })
const Platform = z.enum(PLATFORMS)
const Names = z.union([z.string(), z.array(z.string()).min(1)])
const Instant = z.iso.datetime()

const listOf = (names: string | readonly string[]): readonly string[] => (typeof names === 'string' ? [names] : names)

/** App registrations: redirects, secrets, certificates, APIs, roles, permissions and admin consent. */
export function registrationCommands(deps: SceneDeps) {
  const { system } = deps
  const idOf = (name: string | undefined): { readonly applicationId: string } => ({
    applicationId: registrationNamed(deps, name).id,
  })
  const tell = ({ id, appId, displayName }: Application) => ({
    applicationId: id,
    clientId: appId,
    servicePrincipalId: servicePrincipalByAppId(system.store, TENANT_ID, appId)?.id ?? null,
    name: displayName,
  })

  return [
    entraCommand(
      'create-app-registration',
      'Registers an application, with its enterprise app.',
      z
        .strictObject({
          name: z.string(),
          accounts: z.enum(['single', 'multiple']).default('single'),
          platform: Platform.optional(),
          redirectUri: z.string().optional(),
          /** User principal name of an owner. */
          owner: z.string().optional(),
        })
        .refine(({ platform, redirectUri }) => platform === undefined || redirectUri !== undefined, {
          error: 'A platform comes with a redirect URI',
        }),
      async ({ name, accounts, platform = 'web', redirectUri, owner }) => {
        const { application } = await registerApplication(deps, KIT, {
          displayName: name,
          signInAudience: accounts === 'single' ? 'AzureADMyOrg' : 'AzureADMultipleOrgs',
          ...(redirectUri === undefined ? {} : { redirectUri: { platform, uri: redirectUri } }),
          ownerIds: owner === undefined ? [] : [personNamed(deps, owner).id],
        })
        return tell(application)
      },
    ),
    entraCommand(
      'edit-app-registration',
      'Changes properties and settings of a registration.',
      z.strictObject({
        app,
        name: z.string().optional(),
        accounts: z.enum(['single', 'multiple']).optional(),
        /** "Allow public client flows". */
        publicClientFlows: z.boolean().optional(),
        /** Front-channel logout URL; null clears it. */
        logoutUrl: z.string().nullable().optional(),
        homepage: z.string().nullable().optional(),
        /** Version of the access tokens its own API takes. */
        tokenVersion: z.union([z.literal(1), z.literal(2)]).optional(),
      }),
      async ({ app: name, name: displayName, accounts, publicClientFlows, logoutUrl, homepage, tokenVersion }) =>
        tell(
          await editRegistration(deps, KIT, {
            ...idOf(name),
            patch: {
              ...(displayName === undefined ? {} : { displayName }),
              ...(accounts === undefined
                ? {}
                : { signInAudience: accounts === 'single' ? 'AzureADMyOrg' : 'AzureADMultipleOrgs' }),
              ...(publicClientFlows === undefined ? {} : { isFallbackPublicClient: publicClientFlows }),
              ...(logoutUrl === undefined ? {} : { logoutUrl }),
              ...(homepage === undefined ? {} : { homepage }),
              ...(tokenVersion === undefined ? {} : { requestedAccessTokenVersion: tokenVersion }),
            },
          }),
        ),
    ),
    entraCommand(
      'delete-app-registration',
      'Moves a registration to the recycle bin, with its enterprise app, assignments and consents.',
      OfApp,
      async (input) => tell(await deleteRegistration(deps, KIT, idOf(input.app))),
    ),
    entraCommand(
      'restore-app-registration',
      'Takes a registration out of the recycle bin.',
      z.strictObject({ app: z.string() }),
      async (input) =>
        tell(await restoreRegistration(deps, KIT, { applicationId: deletedRegistrationNamed(deps, input.app).id })),
    ),
    entraCommand(
      'add-redirect-uri',
      'Adds a redirect URI to a platform of a registration.',
      z.strictObject({ app, platform: Platform.default('web'), uri: z.string() }),
      async ({ app: name, platform, uri }) => {
        const registration = registrationNamed(deps, name)
        const uris = { [platform]: [...redirectUrisOf(registration, platform), uri] }
        return tell(await setRedirectUris(deps, KIT, { applicationId: registration.id, uris }))
      },
    ),
    entraCommand(
      'remove-redirect-uri',
      'Removes a redirect URI, whatever its platform.',
      z.strictObject({ app, uri: z.string() }),
      async ({ app: name, uri }) => {
        const registration = registrationNamed(deps, name)
        if (!PLATFORMS.some((platform) => redirectUrisOf(registration, platform).includes(uri))) {
          throw new Refusal('unknown_redirect_uri', 404, `${registration.displayName} has no redirect URI ${uri}.`)
        }
        const uris = Object.fromEntries(
          PLATFORMS.map((platform) => [
            platform,
            redirectUrisOf(registration, platform).filter((each) => each !== uri),
          ]),
        )
        return tell(await setRedirectUris(deps, KIT, { applicationId: registration.id, uris }))
      },
    ),
    entraCommand(
      'add-client-secret',
      'Makes a client secret and answers it, once.',
      z
        .strictObject({
          app,
          description: z.string().optional(),
          /** Virtual days it lives; 180 unless told. */
          days: z.number().positive().max(36_500).optional(),
          /** Virtual instant it ends. */
          expires: Instant.optional(),
          /** Virtual instant it begins. */
          starts: Instant.optional(),
        })
        .refine(({ days, expires }) => days === undefined || expires === undefined, {
          error: 'Say how many days, or when',
        }),
      async ({ app: name, description, days, expires, starts }) => {
        const from = starts ?? system.clock.iso()
        const end = days === undefined ? expires : new Date(Date.parse(from) + days * DAY_MS).toISOString()
        const { secret, secretText } = await addClientSecret(deps, KIT, {
          ...idOf(name),
          ...(description === undefined ? {} : { displayName: description }),
          ...(starts === undefined ? {} : { startDateTime: starts }),
          ...(end === undefined ? {} : { endDateTime: end }),
        })
        return { keyId: secret.keyId, secret: secretText, expires: secret.endDateTime ?? null }
      },
    ),
    entraCommand(
      'expire-client-secret',
      'Lets a client secret end at this virtual instant; all of a registration without "keyId".',
      z.strictObject({ app, keyId: z.string().optional() }),
      async ({ app: name, keyId }) =>
        tell(await expireClientSecrets(deps, KIT, { ...idOf(name), ...(keyId === undefined ? {} : { keyId }) })),
    ),
    entraCommand(
      'remove-client-secret',
      'Deletes a client secret; all of a registration without "keyId".',
      z.strictObject({ app, keyId: z.string().optional() }),
      async ({ app: name, keyId }) => {
        const registration = registrationNamed(deps, name)
        const keyIds = keyId === undefined ? registration.secrets.map((secret) => secret.keyId) : [keyId]
        for (const each of keyIds) {
          await removeClientSecret(deps, KIT, { applicationId: registration.id, keyId: each })
        }
        return tell(registration)
      },
    ),
    entraCommand(
      'add-certificate',
      'Uploads the public certificate an application signs with.',
      z.strictObject({
        app,
        /** PEM, or base64 of DER. */
        certificate: z.string(),
        description: z.string().optional(),
      }),
      async ({ app: name, certificate, description }) => {
        const { key } = await addCertificate(deps, KIT, {
          ...idOf(name),
          certificate,
          ...(description === undefined ? {} : { displayName: description }),
        })
        return { keyId: key.keyId, thumbprint: key.thumbprint, expires: key.endDateTime }
      },
    ),
    entraCommand(
      'remove-certificate',
      'Deletes a certificate; all of a registration without "keyId".',
      z.strictObject({ app, keyId: z.string().optional() }),
      async ({ app: name, keyId }) => {
        const registration = registrationNamed(deps, name)
        const keyIds = keyId === undefined ? (registration.keyCredentials ?? []).map((key) => key.keyId) : [keyId]
        for (const each of keyIds) await removeCertificate(deps, KIT, { applicationId: registration.id, keyId: each })
        return tell(registration)
      },
    ),
    entraCommand(
      'expose-api',
      'Names the own API of a registration: its Application ID URI, api://{client id} unless told.',
      z.strictObject({ app, uri: z.string().optional() }),
      async ({ app: name, uri }) => {
        const { id, appId } = registrationNamed(deps, name)
        const after = await setApplicationIdUri(deps, KIT, { applicationId: id, uri: uri ?? `api://${appId}` })
        return { ...tell(after), applicationIdUri: apiNameOf(after) }
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
          ...idOf(of),
          scope: {
            value: name,
            type: who === 'everybody' ? 'User' : 'Admin',
            isEnabled: enabled,
            adminConsentDisplayName: title ?? name,
            adminConsentDescription: description ?? title ?? name,
          },
        })
        const scopeId = scopesOf(after).find(({ value }) => value === name)?.id ?? null
        return { ...tell(after), scopeId, permission: permissionName(after, name) }
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
        return tell(await removeScope(deps, KIT, at))
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
        return tell(await authorizeClient(deps, KIT, { applicationId: api.id, clientId, scopeIds }))
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
          ...idOf(of),
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
        return { ...tell(after), roleId, permission: permissionName(after, value) }
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
        return tell(await removeAppRole(deps, KIT, at))
      },
    ),
    entraCommand(
      'add-api-permission',
      'Lets a registration ask for permissions: of Graph ("User.Read"), or of another API ("api://…/access_as_user").',
      z.strictObject({
        app,
        permission: Names,
        type: z.enum(['delegated', 'application']).default('delegated'),
      }),
      async ({ app: name, permission, type }) =>
        tell(await addApiPermissions(deps, KIT, { ...idOf(name), type, names: listOf(permission) })),
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
        return tell(await removeApiPermission(deps, KIT, input))
      },
    ),
    entraCommand(
      'grant-admin-consent',
      'Grants everything a registration asks for on behalf of the organization.',
      OfApp,
      async (input) => {
        const registration = registrationNamed(deps, input.app)
        await grantAdminConsent(deps, KIT, { applicationId: registration.id })
        const { delegated, application } = grantedPermissions(system.store, TENANT_ID, registration)
        return { ...tell(registration), granted: delegated, applicationPermissions: application }
      },
    ),
    entraCommand(
      'revoke-admin-consent',
      'Takes admin consent back: one permission, or all of it.',
      z.strictObject({ app, permission: z.string().optional() }),
      async ({ app: of, permission: name }) => {
        const registration = registrationNamed(deps, of)
        const { delegated } = grantedPermissions(system.store, TENANT_ID, registration)
        const type: PermissionType = name !== undefined && delegated.includes(name) ? 'delegated' : 'application'
        await revokeAdminConsent(deps, KIT, {
          applicationId: registration.id,
          ...(name === undefined ? {} : { permission: { type, name } }),
        })
        const left = grantedPermissions(system.store, TENANT_ID, registration)
        return { ...tell(registration), granted: left.delegated, applicationPermissions: left.application }
      },
    ),
    entraCommand(
      'set-groups-claim',
      'Says which groups go into the tokens of a registration; null: none.',
      z.strictObject({
        app,
        groups: z.enum(['SecurityGroup', 'DirectoryRole', 'ApplicationGroup', 'All']).nullable(),
        /** Put the groups into the claim roles. */
        asRoles: z.boolean().default(false),
      }),
      async ({ app: name, groups, asRoles }) => {
        const shown = asRoles ? ['emit_as_roles'] : []
        const properties = { idToken: shown, accessToken: shown, saml2Token: shown }
        return tell(await setGroupsClaim(deps, KIT, { ...idOf(name), groups, properties }))
      },
    ),
    entraCommand(
      'add-optional-claims',
      'Asks for claims in the tokens of a registration.',
      z.strictObject({ app, token: z.enum(TOKEN_TYPES).default('idToken'), claims: z.array(z.string()).min(1) }),
      async ({ app: name, token, claims }) =>
        tell(await addOptionalClaims(deps, KIT, { ...idOf(name), tokenType: token, names: claims })),
    ),
  ]
}

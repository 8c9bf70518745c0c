import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { deleteRegistration, restoreRegistration } from '../commands/registrations/deleted-registrations.ts'
import { editRegistration, setRedirectUris } from '../commands/registrations/properties.ts'
import { PLATFORMS, redirectUrisOf } from '../commands/registrations/redirect-uris.ts'
import { registerApplication } from '../commands/registrations/register.ts'
import { addOptionalClaims, setGroupsClaim, TOKEN_TYPES } from '../commands/registrations/token-configuration.ts'
import { entraCommand, KIT, type SceneDeps } from './entra-command.ts'
import { personNamed } from './find.ts'
import { deletedRegistrationNamed, registrationNamed } from './find-registration.ts'
import { app, idOf, OfApp, tell } from './of-registration.ts'

const Platform = z.enum(PLATFORMS)

/** App registrations: made, changed, deleted; their redirect URIs and what their tokens say. */
export function registrationCommands(deps: SceneDeps) {
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
        return tell(deps, application)
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
          deps,
          await editRegistration(deps, KIT, {
            ...idOf(deps, name),
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
      async (input) => tell(deps, await deleteRegistration(deps, KIT, idOf(deps, input.app))),
    ),
    entraCommand(
      'restore-app-registration',
      'Takes a registration out of the recycle bin.',
      z.strictObject({ app: z.string() }),
      async (input) =>
        tell(
          deps,
          await restoreRegistration(deps, KIT, { applicationId: deletedRegistrationNamed(deps, input.app).id }),
        ),
    ),
    entraCommand(
      'add-redirect-uri',
      'Adds a redirect URI to a platform of a registration.',
      z.strictObject({ app, platform: Platform.default('web'), uri: z.string() }),
      async ({ app: name, platform, uri }) => {
        const registration = registrationNamed(deps, name)
        const uris = { [platform]: [...redirectUrisOf(registration, platform), uri] }
        return tell(deps, await setRedirectUris(deps, KIT, { applicationId: registration.id, uris }))
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
        return tell(deps, await setRedirectUris(deps, KIT, { applicationId: registration.id, uris }))
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
        return tell(deps, await setGroupsClaim(deps, KIT, { ...idOf(deps, name), groups, properties }))
      },
    ),
    entraCommand(
      'add-optional-claims',
      'Asks for claims in the tokens of a registration.',
      z.strictObject({ app, token: z.enum(TOKEN_TYPES).default('idToken'), claims: z.array(z.string()).min(1) }),
      async ({ app: name, token, claims }) =>
        tell(deps, await addOptionalClaims(deps, KIT, { ...idOf(deps, name), tokenType: token, names: claims })),
    ),
  ]
}

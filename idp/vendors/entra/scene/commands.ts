import type { SceneCalls } from '#kit/control/scene-commands.ts'
import { apiPermissionCommands } from './api-permission-commands.ts'
import { appCommands } from './app-commands.ts'
import { consentCommands } from './consent-commands.ts'
import { credentialCommands } from './credential-commands.ts'
import type { SceneDeps } from './entra-command.ts'
import { groupCommands } from './group-commands.ts'
import { mappingCommands } from './mapping-commands.ts'
import { ownApiCommands } from './own-api-commands.ts'
import { peopleCommands } from './people-commands.ts'
import { provisioningCommands } from './provisioning-commands.ts'
import { registrationCommands } from './registration-commands.ts'
import { samlCommands } from './saml-commands.ts'
import { signInCommands } from './sign-in-commands.ts'
import { signingKeyCommands } from './signing-key-commands.ts'

/** What the pages of the admin center can do to set a scene, by the kit and in the primary tenant. */
export function entraSceneCommands(deps: SceneDeps) {
  return [
    ...appCommands(deps),
    ...registrationCommands(deps),
    ...credentialCommands(deps),
    ...ownApiCommands(deps),
    ...apiPermissionCommands(deps),
    ...consentCommands(deps),
    ...samlCommands(deps),
    ...provisioningCommands(deps),
    ...mappingCommands(deps),
    ...peopleCommands(deps),
    ...groupCommands(deps),
    ...signInCommands(deps),
    ...signingKeyCommands(deps),
  ]
}

/** Input and answer of each of them, by name. */
export type EntraSceneCalls = SceneCalls<ReturnType<typeof entraSceneCommands>>

import type { SceneCalls } from '#kit/control/scene-commands.ts'
import { appCommands } from './app-commands.ts'
import { assignmentCommands } from './assignment-commands.ts'
import { groupCommands } from './group-commands.ts'
import { importCommands } from './import-commands.ts'
import { oauthCommands } from './oauth-commands.ts'
import type { SceneDeps } from './okta-command.ts'
import { peopleCommands } from './people-commands.ts'
import { profileCommands } from './profile-commands.ts'
import { provisioningCommands } from './provisioning-commands.ts'
import { pushCommands } from './push-commands.ts'

/** What the pages of the admin console can do to set a scene, by the kit. */
export function oktaSceneCommands(deps: SceneDeps) {
  return [
    ...appCommands(deps),
    ...provisioningCommands(deps),
    ...assignmentCommands(deps),
    ...profileCommands(deps),
    ...pushCommands(deps),
    ...importCommands(deps),
    ...peopleCommands(deps),
    ...groupCommands(deps),
    ...oauthCommands(deps),
  ]
}

/** Input and answer of each of them, by name. */
export type OktaSceneCalls = SceneCalls<ReturnType<typeof oktaSceneCommands>>

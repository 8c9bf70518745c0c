import { type ControlRoute, controlRoute } from '#kit/control/control-route.ts'
import { dossierRoutes } from '#kit/control/dossier.ts'
import { sceneRoutes } from '#kit/control/scene-commands.ts'
import type { OktaSystem } from '../collections.ts'
import { oktaSceneCommands } from '../scene/commands.ts'
import { oktaDossiers } from '../story/dossiers.ts'
import type { OktaProvisioning } from './service.ts'

export interface OktaSummary {
  readonly line: string
  readonly figures: readonly { readonly label: string; readonly value: number }[]
}

/** The org in one line, for the card of the kit home: people, how many are assigned to apps, how many have an account there. */
export function summarize({ store }: Pick<OktaSystem, 'store'>): OktaSummary {
  const people = store.count('users')
  let provisioned = 0
  let assigned = 0
  for (const [, app] of store.entries('apps')) {
    assigned += store.count('appUsers', 'app', app.id)
    provisioned += store.count('appUsers', 'provisioned', app.id)
  }
  return {
    line: `${people} people, ${assigned} assigned, ${provisioned} provisioned`,
    figures: [
      { label: 'People', value: people },
      { label: 'Assigned', value: assigned },
      { label: 'Provisioned', value: provisioned },
    ],
  }
}

/** What `/_kit` of this system has beyond the calls of every system. */
export function oktaControlRoutes({ system, runner, rules }: OktaProvisioning): readonly ControlRoute[] {
  return [
    controlRoute({
      method: 'POST',
      path: '/jobs/run',
      handle: async () => {
        // What rules move is work for the queues.
        await rules.runDue()
        return runner.runDue()
      },
    }),
    controlRoute({ method: 'GET', path: '/summary', handle: () => summarize(system) }),
    ...dossierRoutes(oktaDossiers(system)),
    ...sceneRoutes(oktaSceneCommands({ system, runner, rules })),
  ]
}

import { isDirectMember } from '#idp/core/directory/members.ts'
import { jobOfApp } from '#idp/engine/jobs.ts'
import { type ControlRoute, controlRoute } from '#kit/control/control-route.ts'
import { dossierRoutes } from '#kit/control/dossier.ts'
import { sceneRoutes } from '#kit/control/scene-commands.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { entraSceneCommands } from '../scene/commands.ts'
import type { SceneDeps } from '../scene/entra-command.ts'
import { entraDossiers } from '../story/dossiers.ts'
import { runCycleNow } from './commands/run-job.ts'
import { connectorOf } from './connectors.ts'
import type { ProvisioningService } from './service.ts'

/** The system in one line, for the card of the kit home. */
export interface EntraSummary {
  readonly line: string
  readonly figures: readonly { readonly label: string; readonly value: number }[]
}

/**
 * People of the primary tenant; how many of them are assigned to apps that can be provisioned, directly or as members of
 * assigned groups; accounts that work in a target, as far as the service knows. Counts only: the cost does not grow with the
 * tenant, beyond its apps and their assignments.
 */
export function summarize({ system, source }: Pick<ProvisioningService, 'system' | 'source'>): EntraSummary {
  const { store } = system
  const people = store.count('users', 'live', TENANT_ID)
  let assigned = 0
  let provisioned = 0
  for (const app of store.find('servicePrincipals', 'tenant', TENANT_ID)) {
    if (connectorOf(app) === undefined) continue
    const job = jobOfApp(store, app.id)
    const scope = job?.scope ?? 'assigned'
    const sight = { tenantId: TENANT_ID, servicePrincipalId: app.id, scope, defaultRoleCounts: true } as const
    assigned += source.countCandidates(sight, 'User') - (scope === 'all' ? 0 : assignedTwice(store, app.id))
    if (job !== undefined) provisioned += store.count('provisioningLinks', 'working', job.id)
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

/**
 * How often people assigned to an app themselves are met again as members of a group assigned to it: a person is one. (People
 * of two assigned groups still count twice: telling them apart costs a visit to every member.)
 */
function assignedTwice(store: ProvisioningService['system']['store'], appId: string): number {
  const assignments = store.find('appRoleAssignments', 'resource', appId)
  const groups = assignments.filter(({ principalType }) => principalType === 'Group')
  return assignments
    .filter(({ principalType }) => principalType === 'User')
    .reduce(
      (sum, person) =>
        sum + groups.filter((group) => isDirectMember(store, group.principalId, person.principalId)).length,
      0,
    )
}

/** What `/_kit` of this system has beyond the calls of every system. */
export function entraControlRoutes(service: ProvisioningService & SceneDeps): readonly ControlRoute[] {
  return [
    controlRoute({
      method: 'POST',
      path: '/provisioning/:jobId/cycle',
      handle: async ({ params }) => {
        const jobId = params['jobId'] ?? ''
        const { ended, line } = await runCycleNow(service, jobId)
        return { jobId, ended, summary: line }
      },
    }),
    controlRoute({ method: 'GET', path: '/summary', handle: () => summarize(service) }),
    ...dossierRoutes(entraDossiers(service)),
    ...sceneRoutes(entraSceneCommands(service)),
  ]
}

import { jobOfApp } from '#idp/engine/jobs.ts'
import { type ControlRoute, controlRoute } from '#kit/control/control-route.ts'
import { TENANT_ID } from '#kit/world/constants.ts'
import { runCycleNow } from './commands/run-job.ts'
import { connectorOf } from './connectors.ts'
import type { ProvisioningService } from './service.ts'

/** The system in one line, and the figures of that line, for the kit home. */
export interface EntraSummary {
  readonly line: string
  readonly figures: {
    /** Live people of the primary tenant. */
    readonly people: number
    /** Assigned to apps that can be provisioned: direct assignments and members of assigned groups. */
    readonly assigned: number
    /** Accounts that work in a target, as far as the service knows. */
    readonly provisioned: number
    /** Virtual instant, ISO; `null` when no cycle is scheduled. */
    readonly nextCycle: string | null
  }
}

const MS_PER_MINUTE = 60_000

function nextCycleWords(nextCycle: string | null, nowMs: number): string {
  if (nextCycle === null) return 'no cycle scheduled'
  const minutes = Math.ceil((Date.parse(nextCycle) - nowMs) / MS_PER_MINUTE)
  return minutes <= 0 ? 'cycle running' : `next cycle in ${minutes} min`
}

/** Counts only: its cost does not grow with the tenant, beyond the number of apps and their assignments. */
export function summarize({ system, source }: Pick<ProvisioningService, 'system' | 'source'>): EntraSummary {
  const { store, clock } = system
  const people = store.count('users', 'live', TENANT_ID)
  let assigned = 0
  let provisioned = 0
  let nextCycle: string | null = null
  for (const app of store.find('servicePrincipals', 'tenant', TENANT_ID)) {
    if (connectorOf(app) === undefined) continue
    const job = jobOfApp(store, app.id)
    const scope = job?.scope ?? 'assigned'
    const sight = { tenantId: TENANT_ID, servicePrincipalId: app.id, scope, defaultRoleCounts: true } as const
    assigned += source.countCandidates(sight, 'User')
    if (job === undefined) continue
    provisioned += store.count('provisioningLinks', 'working', job.id)
    const run = store.get('provisioningRuns', job.id)
    const next = run?.cycle?.resumeAt ?? run?.cycle?.startedAt ?? (job.state === 'Active' ? run?.nextRunAt : null)
    if (next && (nextCycle === null || next < nextCycle)) nextCycle = next
  }
  const line = `${people} people, ${assigned} assigned, ${provisioned} provisioned, ${nextCycleWords(nextCycle, clock.now())}`
  return { line, figures: { people, assigned, provisioned, nextCycle } }
}

/** What `/_kit` of this system has beyond the calls of every system. */
export function entraControlRoutes(service: ProvisioningService): readonly ControlRoute[] {
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
  ]
}

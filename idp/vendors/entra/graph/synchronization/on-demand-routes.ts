import { Router } from 'express'
import { z } from 'zod'
import { isDirectMember } from '#idp/core/directory/members.ts'
import type { ProvisioningLogEntry } from '#idp/engine/records.ts'
import type { EntraSystem } from '../../collections.ts'
import { provisionOnDemand } from '../../provisioning/commands/on-demand.ts'
import { ruleIdOf } from '../../provisioning/graph-schema.ts'
import { objectSummary } from '../audit-logs/object-summary.ts'
import { contextOf, type GraphDeps } from '../graph-call.ts'
import { badRequest, GraphError } from '../graph-error.ts'
import { Guid, readBody } from '../read-body.ts'
import { syncJob, WRITE_SYNC } from './access.ts'

/** What the service takes of one job: so many requests in so many virtual milliseconds (reference 7.2). */
const MOST_REQUESTS = 5
const WINDOW_MS = 10_000

const ObjectType = z.enum(['User', 'Group'])
const Subject = z.strictObject({
  objectId: Guid,
  objectTypeName: z.preprocess((text) => capitalized(text), ObjectType),
  links: z
    .strictObject({
      members: z
        .array(
          z.strictObject({ objectId: Guid, objectTypeName: z.preprocess((text) => capitalized(text), ObjectType) }),
        )
        .max(5)
        .optional(),
    })
    .optional(),
})
const OnDemandBody = z.strictObject({
  parameters: z.array(z.strictObject({ ruleId: z.string().max(64), subjects: z.array(Subject).length(1) })).length(1),
})

function capitalized(text: unknown): unknown {
  return typeof text === 'string' ? `${text.charAt(0).toUpperCase()}${text.slice(1).toLowerCase()}` : text
}

/**
 * Counts requests per job; kept in memory, since ten seconds outlive no restart. A reset begins anew.
 * @returns how many seconds a request has to wait; `undefined` when it may go on, which counts it.
 */
function createThrottle({ clock, onReplaced }: Pick<EntraSystem, 'clock' | 'onReplaced'>) {
  const seen = new Map<string, readonly number[]>()
  onReplaced(() => seen.clear())
  return (jobId: string): number | undefined => {
    const now = clock.now()
    const recent = (seen.get(jobId) ?? []).filter((at) => at <= now && now - at < WINDOW_MS)
    if (recent.length >= MOST_REQUESTS) return Math.max(1, Math.ceil(((recent[0] ?? now) + WINDOW_MS - now) / 1000))
    seen.set(jobId, [...recent, now])
    return undefined
  }
}

const flag = (value: boolean): string => (value ? 'True' : 'False')

/** Details of the scoping step under the names this call has for them (reference 11.5). */
function scopingDetails(entry: ProvisioningLogEntry): Readonly<Record<string, string>> {
  const { facts } = entry
  if (facts === undefined) return {}
  const entitled = facts.isActive && (facts.syncsAll === true || (facts.isAssigned && facts.hasRequiredRole))
  return {
    IsActive: flag(facts.isActive),
    Assigned: flag(facts.isAssigned),
    IsEffectivelyEntitledForProvisioning: flag(entitled),
    IsInProvisioningScopeDisplayName: flag(facts.passesScopingFilter),
    ScopeEvaluationResult: JSON.stringify(facts.clauses ?? {}),
  }
}

/** What was done, as the value of the reply: members of the log entry, named as this call names them. */
function reportOf(deps: GraphDeps, entry: ProvisioningLogEntry): object {
  const summary = objectSummary(deps.system.store, entry)
  const began = Date.parse(entry.at) - entry.durationMs
  return {
    provisioningSteps: entry.steps.map(({ name, type, status, description, details }) => ({
      name,
      type: capitalized(type),
      status,
      description,
      timestamp: entry.at,
      details: type === 'scoping' ? scopingDetails(entry) : details,
    })),
    action: entry.action,
    changeId: entry.changeId,
    startTime: new Date(began).toISOString(),
    endTime: entry.at,
    modifiedProperties: entry.modified.map(({ name, oldValue, newValue }) => ({
      displayName: name,
      oldValue,
      newValue,
    })),
    reportableIdentifier: entry.source.name ?? entry.source.displayName,
    statusInfo: {
      status: entry.status,
      errorCode: entry.outcome?.code ?? null,
      reason: entry.outcome?.reason ?? null,
      additionalDetails: null,
      errorCategory: entry.outcome === undefined ? null : 'NonServiceFailure',
      recommendedAction: entry.outcome?.advice ?? null,
    },
    sourceIdentity: summary.sourceIdentity,
    sourceSystem: summary.sourceSystem,
    targetIdentity: summary.targetIdentity,
    targetSystem: summary.targetSystem,
  }
}

/** Key of the reply in its newer form, whose value is a JSON list (reference 11.5). */
const REPLY_KEY = 'Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo'

/** `provisionOnDemand` of one user, or of one group with up to five of its members (reference 11.5). */
export function onDemandRoutes(deps: GraphDeps): Router {
  const { system, provisioning } = deps
  const router = Router({ mergeParams: true })
  const waitSeconds = createThrottle(system)

  router.post('/jobs/:jobId/provisionOnDemand', async (req, res) => {
    const found = syncJob(deps, req, res, WRITE_SYNC)
    const { parameters } = readBody(OnDemandBody, req, 'SynchronizationJob')
    const wait = waitSeconds(found.job.id)
    if (wait !== undefined) {
      throw new GraphError('TooManyRequests', 429, `At most ${MOST_REQUESTS} requests in 10 seconds are accepted.`, {
        headers: { 'retry-after': String(wait) },
      })
    }
    const [parameter] = parameters
    const [subject] = parameter?.subjects ?? []
    if (parameter === undefined || subject === undefined) throw badRequest('Name one rule and one subject.')
    if (parameter.ruleId !== ruleIdOf(found.job.id)) {
      throw badRequest(`The job has no synchronization rule '${parameter.ruleId}'. Its schema names them.`)
    }
    const { objectId, objectTypeName, links } = subject
    if (objectTypeName === 'User' ? system.store.has('groups', objectId) : system.store.has('users', objectId)) {
      throw badRequest(`The object '${objectId}' is not a ${objectTypeName}.`)
    }
    const memberIds = links?.members?.map((member) => member.objectId)
    if (memberIds !== undefined && objectTypeName === 'User') throw badRequest('A user has no members.')
    const stranger = memberIds?.find((id) => !isDirectMember(system.store, objectId, id))
    if (stranger !== undefined) throw badRequest(`The object '${stranger}' is not a member of the group.`)
    const { entry } = await provisionOnDemand(provisioning, found.call.actor, {
      appId: found.app.id,
      objectId,
      ...(memberIds === undefined ? {} : { memberIds }),
    })
    res.json({
      ...contextOf(found.call, 'microsoft.graph.stringKeyStringValuePair'),
      key: REPLY_KEY,
      value: JSON.stringify([reportOf(deps, entry)]),
    })
  })

  return router
}

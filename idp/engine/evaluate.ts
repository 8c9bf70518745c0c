import { ExpressionError } from '#idp/core/provisioning/expression/error.ts'
import { planGroup } from '#idp/core/provisioning/plan-group.ts'
import { type ObjectSituation, planUser } from '#idp/core/provisioning/plan-user.ts'
import { REDACTED, redactionOf } from '#idp/core/provisioning/redaction.ts'
import { isInScope } from '#idp/core/provisioning/scope.ts'
import type {
  AttributeMapping,
  GroupAction,
  ObjectMapping,
  SourceValue,
  TargetResource,
  UserAction,
} from '#idp/core/provisioning/types.ts'
import { objectKey } from './collections.ts'
import { type EngineDeps, type JobContext, mappingOf } from './context.ts'
import { findCounterpart, shownResource, type Tried } from './find-counterpart.ts'
import type { ProvisioningLink, ProvisioningStep } from './records.ts'
import type { SourceObject } from './source.ts'
import { managerOf } from './sync-manager.ts'
import type { TargetFailure } from './target-response.ts'

/** What was found out about one object before anything is decided or sent. */
export interface Findings {
  readonly object: SourceObject
  readonly link: ProvisioningLink | undefined
  readonly steps: readonly ProvisioningStep[]
}

/** A plan for one object: a value that can be shown before it is applied. */
export interface Evaluation extends Findings {
  readonly kind: 'planned'
  readonly situation: ObjectSituation
  readonly action: UserAction | GroupAction
  /** References could not be written with the action: the last passes of the cycle look at the object again. */
  readonly referencesPending: boolean
}

/** The target could not be asked, or gave an answer that cannot be used. */
export interface FailedEvaluation extends Findings {
  readonly kind: 'failed'
  readonly failure: TargetFailure
}

const REFERENCE = /\[([^\]]+)\]/g

/** Names of the source attributes a mapping row reads. */
function sourcesOf({ source }: AttributeMapping): readonly string[] {
  if (source.type === 'Attribute') return [source.name]
  if (source.type !== 'Function') return []
  return Array.from(source.expression.matchAll(REFERENCE), ([, name = '']) => name)
}

/** Booleans as the expression language writes them. */
function shownValue(value: SourceValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return Array.isArray(value) ? value.join(', ') : String(value)
}

/** The source attributes the import step shows: mapped ones that have a value, except what the mapping hides. */
function mappedAttributes(mapping: ObjectMapping, object: SourceObject): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {}
  const { sources } = redactionOf(mapping)
  for (const name of mapping.attributeMappings.flatMap(sourcesOf)) {
    const value = object.attributes[name]
    if (value !== undefined) shown[name] = sources.has(name) ? REDACTED : shownValue(value)
  }
  return shown
}

/** The failure of an object whose counterpart is somebody else's already: two source objects share the matching value. */
function rivalFor(
  { system }: EngineDeps,
  { job }: JobContext,
  object: SourceObject,
  found: TargetResource,
): TargetFailure | undefined {
  const links = system.store.find('provisioningLinks', 'target', `${job.id}/${object.kind}/${found.id}`)
  const rival = links.find(({ sourceId, managed }) => managed && sourceId !== object.id)
  if (rival === undefined) return undefined
  const message = `The object ${found.id} of the target stands for the source object ${rival.sourceId} already.`
  return { kind: 'failure', code: 'DuplicateSourceEntries', reach: 'object', message }
}

/** What is known of an object before the target is asked: that it was read, and whether it is in scope. */
export function sourceSteps(
  { phrasing }: Pick<EngineDeps, 'phrasing'>,
  { job }: Pick<JobContext, 'job'>,
  object: SourceObject,
): readonly ProvisioningStep[] {
  const inScope = object.presence !== 'hard-deleted' && isInScope(object.facts)
  const words = { kind: object.kind, who: object.displayName, verb: 'skip' } as const
  return [
    {
      ...phrasing.step({ ...words, type: 'import', status: 'Success' }),
      type: 'import',
      status: 'Success',
      details: mappedAttributes(mappingOf(job, object.kind), object),
    },
    {
      ...phrasing.step({ ...words, type: 'scoping', status: inScope ? 'Success' : 'Skipped' }),
      type: 'scoping',
      status: inScope ? 'Success' : 'Skipped',
      details: phrasing.scope(object.facts),
    },
  ]
}

/**
 * Read one object on both sides and decide what to do about it. Sends only GET requests, so it serves the preview, the
 * on-demand run and the cycle alike.
 */
export async function evaluate(
  deps: EngineDeps,
  context: JobContext,
  object: SourceObject,
): Promise<Evaluation | FailedEvaluation> {
  const { phrasing, system } = deps
  const { job, policy } = context
  const mapping = mappingOf(job, object.kind)
  const link = system.store.get('provisioningLinks', objectKey(job.id, object.id))
  const words = { kind: object.kind, who: object.displayName, verb: 'skip' } as const
  const steps = [...sourceSteps(deps, context, object)]
  const trail: Record<string, string> = {}
  const tried: Tried = (filter, found) => {
    trail[`${Object.keys(trail).length + 1}. ${filter}`] = found === 1 ? '1 match' : `${found} matches`
  }

  const failed = (failure: TargetFailure): FailedEvaluation => {
    const step = phrasing.step({ ...words, type: 'matching', status: 'Failure', code: failure.code })
    const details = { ...trail, [failure.code]: failure.message }
    return {
      kind: 'failed',
      object,
      link,
      steps: [...steps, { ...step, type: 'matching', status: 'Failure', details }],
      failure,
    }
  }
  try {
    const found = mapping.enabled ? await findCounterpart(context, object, link, tried) : null
    if (found?.kind === 'failure') return failed(found)
    const rival = found?.value == null ? undefined : rivalFor(deps, context, object, found.value)
    if (rival !== undefined) return failed(rival)
    if (found !== null) {
      const matches = found.value === null ? 0 : 1
      const step = phrasing.step({ ...words, type: 'matching', status: 'Success', numbers: { matches } })
      const details = { ...trail, ...shownResource(mapping, found.value) }
      steps.push({ ...step, type: 'matching', status: 'Success', details })
    }
    const manager = object.kind === 'User' ? managerOf(deps, context, object) : undefined
    const situation: ObjectSituation = {
      mapping,
      source: object.attributes,
      presence: object.presence,
      facts: object.facts,
      link: link === undefined ? null : { targetId: link.targetId, managed: link.managed },
      current: found?.value ?? null,
      policy,
      environment: context.environment,
      ...(manager?.targetId === undefined ? {} : { references: new Map([[manager.path, manager.targetId]]) }),
    }
    const action = object.kind === 'User' ? planUser(situation) : planGroup(situation)
    const follows = manager !== undefined && (action.kind === 'create' || manager.targetId === undefined)
    return {
      kind: 'planned',
      object,
      link,
      steps,
      situation,
      action,
      referencesPending: object.kind === 'Group' || follows,
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const message = `An expression of the mapping failed: ${error.message}`
    return failed({ kind: 'failure', code: 'InternalError', reach: 'object', message })
  }
}

import { typeOf } from '#idp/core/provisioning/attribute-definition.ts'
import { mapAttributes } from '#idp/core/provisioning/map-attributes.ts'
import { matchingValues, withSoftDeleted } from '#idp/core/provisioning/plan-user.ts'
import { departureFor } from '#idp/core/provisioning/policy.ts'
import { REDACTED, redactionOf } from '#idp/core/provisioning/redaction.ts'
import { leaveReasonOf } from '#idp/core/provisioning/scope.ts'
import { readTargetValue } from '#idp/core/provisioning/target-value.ts'
import type { ObjectMapping, TargetResource } from '#idp/core/provisioning/types.ts'
import { type JobContext, mappingOf } from './context.ts'
import type { Answer } from './read-answer.ts'
import type { ProvisioningLink } from './records.ts'
import type { SourceObject } from './source.ts'

/** What the matching step shows of an object found: its id and the mapped attributes it has, except what the mapping hides. */
export function shownResource(
  mapping: ObjectMapping,
  resource: TargetResource | null,
): Readonly<Record<string, string>> {
  if (resource === null) return {}
  const shown: Record<string, string> = { id: resource.id }
  const { targets } = redactionOf(mapping)
  for (const { targetAttributeName: path } of mapping.attributeMappings) {
    const value = readTargetValue(resource, path, typeOf(mapping.targetAttributes, path))
    if (value === undefined) continue
    shown[path] = targets.has(path) ? REDACTED : typeof value === 'boolean' ? (value ? 'True' : 'False') : value
  }
  return shown
}

/** Told of each matching attribute that was asked for, in turn: the filter, values to be hidden taken out, and how many were found. */
export type Tried = (filter: string, found: number) => void

/** Look for the object by its matching attributes, one after the other, until one is found. */
async function findMatch(
  { client, job, environment }: JobContext,
  object: SourceObject,
  tried: Tried | undefined,
): Promise<Answer<TargetResource | null>> {
  const mapping = mappingOf(job, object.kind)
  const source = withSoftDeleted(object.attributes, object.facts)
  const definitions = mapping.targetAttributes
  const desired = mapAttributes(mapping.attributeMappings, source, 'create', { definitions, environment })
  for (const [path, value] of matchingValues(mapping, desired)) {
    const answer = await client.match(object.kind, path, value)
    if (answer.kind === 'failure') return answer
    const { value: match } = answer
    const shown = redactionOf(mapping).targets.has(path) ? REDACTED : value
    tried?.(`${path} eq "${shown}"`, match.kind === 'one' ? 1 : match.kind === 'several' ? match.count : 0)
    if (match.kind === 'one') return { kind: 'ok', value: match.resource }
    if (match.kind === 'several') {
      return {
        kind: 'failure',
        code: 'DuplicateTargetEntries',
        reach: 'object',
        message: `The target has ${match.count} objects whose ${path} is ${shown}; only one may match.`,
      }
    }
  }
  return { kind: 'ok', value: null }
}

/**
 * Find the object's counterpart. In scope: by the linked id, and when that is gone, or there is no link, by the matching
 * filter (reference sheet 2.4). Out of scope: only an account that is to be switched off is read; nothing else is asked.
 */
export async function findCounterpart(
  context: JobContext,
  object: SourceObject,
  link: ProvisioningLink | undefined,
  tried?: Tried,
): Promise<Answer<TargetResource | null> | null> {
  const { client } = context
  const reason = leaveReasonOf(object.facts, object.presence)
  if (reason !== null) {
    const switchesOff = object.kind === 'User' && departureFor(reason, context.policy).verb === 'disable'
    if (link === undefined || !link.managed || !switchesOff) return null
    return client.read(object.kind, link.targetId)
  }
  if (link === undefined) return findMatch(context, object, tried)
  const linked = await client.read(object.kind, link.targetId)
  return linked.kind === 'ok' && linked.value === null ? findMatch(context, object, tried) : linked
}

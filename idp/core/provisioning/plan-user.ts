import { readsSoftDeleted, SOFT_DELETED } from './departure.ts'
import { diffAttributes } from './diff-attributes.ts'
import type { ExpressionEnvironment } from './expression/environment.ts'
import { type MappingContext, mapAttributes, matchingAttributes } from './map-attributes.ts'
import { departureFor, type Presence } from './policy.ts'
import { isInScope, leaveReasonOf } from './scope.ts'
import { readTargetValue } from './target-value.ts'
import type {
  AttributeChange,
  ObjectMapping,
  ProvisioningPolicy,
  ScopeFacts,
  SkipReason,
  SourceAttributes,
  TargetAttributes,
  TargetResource,
  UserAction,
} from './types.ts'

/** What the service remembers of an account it found or made. */
export interface KnownLink {
  readonly targetId: string
  /** `false`: left scope earlier; nothing is sent until it comes back. */
  readonly managed: boolean
}

/** Everything the decision about one object depends on. */
export interface ObjectSituation {
  readonly mapping: ObjectMapping
  readonly source: SourceAttributes
  readonly presence: Presence
  readonly facts: ScopeFacts
  readonly link: KnownLink | null
  /** The target's object: read by the linked id, else what the matching filter found (RFC 7644 §3.4.2.2); `null` when there is none. */
  readonly current: TargetResource | null
  readonly policy: Pick<ProvisioningPolicy, 'onUnassign' | 'switchBug'>
  /** Time, chance and place of expressions; without it, functions that need them fail. */
  readonly environment?: ExpressionEnvironment
  /**
   * References to other objects (the manager) as ids of the target, by path, as far as these exist there. They are compared
   * and written with an update; after a creation they follow in a later pass.
   */
  readonly references?: TargetAttributes
}

/** Source attributes with {@link SOFT_DELETED} computed from the scope. */
export function withSoftDeleted(source: SourceAttributes, facts: ScopeFacts): SourceAttributes {
  return { ...source, [SOFT_DELETED]: !isInScope(facts) }
}

/** The attributes two objects are matched by, in order of precedence, as far as the source gives them a value. */
export function matchingValues(
  mapping: ObjectMapping,
  desired: TargetAttributes,
): readonly (readonly [path: string, value: string])[] {
  return matchingAttributes(mapping.attributeMappings).flatMap(({ targetAttributeName: path }) => {
    const value = desired.get(path)
    return value === undefined || value === '' || typeof value === 'object' ? [] : [[path, String(value)] as const]
  })
}

/** What switching the account off changes: only attributes whose mapping reads {@link SOFT_DELETED}, none when there is none. */
function disablingChanges(situation: ObjectSituation, current: TargetResource): readonly AttributeChange[] {
  const { mapping, environment } = situation
  const definitions = mapping.targetAttributes
  const rows = mapping.attributeMappings.filter(readsSoftDeleted)
  const source = { ...situation.source, [SOFT_DELETED]: true }
  return diffAttributes(mapAttributes(rows, source, 'update', { definitions, environment, current }), current, {
    definitions,
  })
}

/** What the target should hold of an object that is in scope. @throws {ExpressionError} as `mapAttributes` does. */
export function desiredAttributes(
  { mapping, facts, source, current, environment }: ObjectSituation,
  phase: 'create' | 'update',
): TargetAttributes {
  const context: MappingContext = { definitions: mapping.targetAttributes, environment, current }
  return mapAttributes(mapping.attributeMappings, withSoftDeleted(source, facts), phase, context)
}

/** What must change for a counterpart to hold what is desired, and the rows that are written whether or not they differ. */
export function desiredChanges(
  mapping: ObjectMapping,
  desired: TargetAttributes,
  current: TargetResource,
): readonly AttributeChange[] {
  const always = mapping.attributeMappings.filter(({ flowBehavior }) => flowBehavior === 'FlowAlways')
  return diffAttributes(desired, current, {
    definitions: mapping.targetAttributes,
    always: new Set(always.map(({ targetAttributeName }) => targetAttributeName)),
  })
}

/**
 * The documented fault of `Switch` (reference 5.3), for training: when other attributes of somebody change and the source of a
 * Switch does not, it comes to nothing and its target is blanked. Rows that match, and those that switch the account off, are
 * spared.
 */
function blankedBySwitch(
  { attributeMappings }: ObjectMapping,
  current: TargetResource,
  changes: readonly AttributeChange[],
): readonly AttributeChange[] {
  if (changes.length === 0) return []
  return attributeMappings.flatMap((row) => {
    const { source, targetAttributeName: path, matchingPriority } = row
    const isSwitch = source.type === 'Function' && /^\s*Switch\s*\(/.test(source.expression)
    if (!isSwitch || matchingPriority > 0 || readsSoftDeleted(row)) return []
    const before = readTargetValue(current, path)
    return before === undefined || changes.some((change) => change.path === path) ? [] : [{ path, before, after: '' }]
  })
}

function skip(reason: SkipReason, link: KnownLink | null): UserAction {
  return link === null ? { kind: 'skip', reason } : { kind: 'skip', reason, targetId: link.targetId }
}

/** The one thing to do for someone who is not, or no longer, entitled. */
function planDeparture(situation: ObjectSituation): UserAction {
  const { mapping, facts, presence, link, current, policy } = situation
  const reason = leaveReasonOf(facts, presence)
  const notEntitled = reason === 'out-of-filter' ? 'EntrySynchronizationSkipped' : 'NotEffectivelyEntitled'
  if (reason === null || link === null || !link.managed) return skip(notEntitled, link)
  const { verb } = departureFor(reason, policy)
  switch (verb) {
    case 'nothing':
      return skip('EntrySynchronizationSkipped', link)
    case 'delete':
      return mapping.actions.delete
        ? { kind: 'delete', targetId: link.targetId }
        : skip('EntrySynchronizationSkipped', link)
    case 'disable': {
      if (current === null) return skip(notEntitled, link)
      if (!mapping.actions.update || !mapping.attributeMappings.some(readsSoftDeleted)) {
        return skip('EntrySynchronizationSkipped', link)
      }
      const changes = disablingChanges(situation, current)
      return changes.length > 0 ? { kind: 'disable', targetId: current.id, changes } : skip('RedundantExport', link)
    }
  }
}

/**
 * Decide the one thing a cycle does for one person. Pure, and total for every mapping whose expressions can be evaluated.
 *
 * In scope: created when the target has nobody, else brought up to date, which switches a disabled account on again. Out of
 * scope: the deprovisioning matrix of `policy.ts`, and nothing at all for somebody who was never provisioned or left before.
 * The mapping's Create, Update and Delete gate the verbs.
 *
 * Sending the action is the engine's; the words of the log are the vendor's.
 *
 * @throws {ExpressionError} for this object, when an expression of the mapping fails on it.
 * @returns `skip` with `ImportSkipped` when the source has no value to match by, `RedundantExport` when both sides agree.
 */
export function planUser(situation: ObjectSituation): UserAction {
  const { mapping, facts, presence, link, current } = situation
  if (presence === 'hard-deleted' || !isInScope(facts)) return planDeparture(situation)

  if (current === null) {
    const attributes = desiredAttributes(situation, 'create')
    if (matchingValues(mapping, attributes).length === 0) return skip('ImportSkipped', link)
    return mapping.actions.create ? { kind: 'create', attributes } : skip('EntrySynchronizationSkipped', link)
  }
  const known: KnownLink = { targetId: current.id, managed: true }
  if (!mapping.actions.update) return skip('EntrySynchronizationSkipped', known)
  const desired = new Map([...desiredAttributes(situation, 'update'), ...(situation.references ?? [])])
  const differences = desiredChanges(mapping, desired, current)
  const blanked = situation.policy.switchBug === true ? blankedBySwitch(mapping, current, differences) : []
  const changes = [...differences, ...blanked]
  return changes.length > 0 ? { kind: 'update', targetId: current.id, changes } : skip('RedundantExport', known)
}

/**
 * Whether the object stays in the service's hands once the plan was carried out. In scope: yes. Out of scope: as the row of
 * the matrix says, and never again yes for somebody who was let go before.
 */
export function isManagedAfter(situation: Pick<ObjectSituation, 'facts' | 'presence' | 'link' | 'policy'>): boolean {
  const reason = leaveReasonOf(situation.facts, situation.presence)
  if (reason === null) return true
  return situation.link?.managed === true && departureFor(reason, situation.policy).staysManaged
}

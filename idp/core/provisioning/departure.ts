import { departureFor, type Presence } from './policy.ts'
import { leaveReasonOf } from './scope.ts'
import type { AttributeMapping, ObjectMapping, ProvisioningPolicy, ScopeFacts } from './types.ts'

/** The computed source value that says "this account must not work": true whenever the object is out of scope. */
export const SOFT_DELETED = 'IsSoftDeleted'

/** Whether a row of the mapping writes what {@link SOFT_DELETED} says, and so can switch an account off. */
export function readsSoftDeleted({ source }: AttributeMapping): boolean {
  if (source.type === 'Attribute') return source.name === SOFT_DELETED
  return source.type === 'Function' && source.expression.includes(`[${SOFT_DELETED}]`)
}

/** What is known of an object and its counterpart without asking the target. */
export interface DepartureSituation {
  readonly kind: 'User' | 'Group'
  readonly mapping: ObjectMapping
  readonly facts: ScopeFacts
  readonly presence: Presence
  /** `active`: the account works, as last written or seen. */
  readonly link: { readonly managed: boolean; readonly active: boolean } | null
  readonly policy: Pick<ProvisioningPolicy, 'onUnassign'>
}

/**
 * What leaving would make the service send for an object: the verbs the deletion guard counts (reference sheet 6.3), which are
 * disables and deletes of people and deletes of groups. Decided before the target is asked, so that a whole cycle's can be
 * counted before the first is sent; an account that was switched off behind the service's back still counts.
 *
 * @returns `null` when nothing would be sent: in scope, never provisioned, let go before, off already, or not allowed by the
 *   mapping.
 */
export function departureOf(situation: DepartureSituation): 'disable' | 'delete' | null {
  const { kind, mapping, facts, presence, link, policy } = situation
  const reason = leaveReasonOf(facts, presence)
  if (reason === null || link === null || !link.managed || !mapping.enabled) return null
  const { verb } = departureFor(reason, policy)
  if (kind === 'Group') {
    const spared = presence === 'live' && policy.onUnassign === 'nothing'
    return spared || !mapping.actions.delete ? null : 'delete'
  }
  switch (verb) {
    case 'nothing':
      return null
    case 'delete':
      return mapping.actions.delete ? 'delete' : null
    case 'disable':
      return link.active && mapping.actions.update && mapping.attributeMappings.some(readsSoftDeleted)
        ? 'disable'
        : null
  }
}

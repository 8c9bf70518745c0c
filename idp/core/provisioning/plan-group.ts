import { desiredAttributes, desiredChanges, matchingValues, type ObjectSituation } from './plan-user.ts'
import { isInScope, leaveReasonOf } from './scope.ts'
import type { GroupAction, SkipReason } from './types.ts'

function skip(reason: SkipReason, targetId?: string): GroupAction {
  return targetId === undefined ? { kind: 'skip', reason } : { kind: 'skip', reason, targetId }
}

/**
 * Decide the one thing a cycle does for one group object. Pure, and total as `planUser` is. A group has no switch to turn off, so leaving
 * scope in any way deletes it in the target (reference sheet 1.7), unless the policy lets those who leave alone.
 * Its members are `plan-members.ts`, in a later pass; a disabled mapping provisions no group at all.
 */
export function planGroup(situation: ObjectSituation): GroupAction {
  const { mapping, facts, presence, link, current, policy } = situation
  if (!mapping.enabled) return skip('EntrySynchronizationSkipped', link?.targetId)

  if (presence === 'hard-deleted' || !isInScope(facts)) {
    if (link === null || !link.managed) {
      const heldBack = leaveReasonOf(facts, presence) === 'out-of-filter'
      return skip(heldBack ? 'EntrySynchronizationSkipped' : 'NotEffectivelyEntitled', link?.targetId)
    }
    const spared = presence === 'live' && policy.onUnassign === 'nothing'
    if (spared || !mapping.actions.delete) return skip('EntrySynchronizationSkipped', link.targetId)
    return { kind: 'delete', targetId: link.targetId }
  }

  if (current === null) {
    const attributes = desiredAttributes(situation, 'create')
    if (matchingValues(mapping, attributes).length === 0) return skip('ImportSkipped', link?.targetId)
    return mapping.actions.create ? { kind: 'create', attributes } : skip('EntrySynchronizationSkipped', link?.targetId)
  }
  if (!mapping.actions.update) return skip('EntrySynchronizationSkipped', current.id)
  const changes = desiredChanges(mapping, desiredAttributes(situation, 'update'), current)
  return changes.length > 0 ? { kind: 'update', targetId: current.id, changes } : skip('RedundantExport', current.id)
}

import type { OktaGroup, OktaGroupMember, OktaReader, OktaUser } from '../../collections.ts'
import { SYSTEM_ACTOR } from '../../commands/actor.ts'
import type { Change } from '../../provisioning/queue.ts'
import { groupTarget, recordEvent, userTarget } from '../../system-log/record-event.ts'
import { judgeRule } from './condition.ts'
import type { GroupRule } from './records.ts'

/**
 * Memberships that rules give and take. One that an administrator made stays theirs: no rule takes it over, and none removes it.
 * Whoever is deactivated is left as they are.
 */

/** What rules did to somebody's memberships. */
export interface RuleMoves {
  readonly joined: readonly OktaGroup[]
  readonly left: readonly OktaGroup[]
}

function keyOf(groupId: string, userId: string): string {
  return `${groupId}/${userId}`
}

/** Put somebody into a group for a rule. @returns whether they were not in it. */
function join({ tx, clock }: Change, rule: GroupRule, group: OktaGroup, user: OktaUser): boolean {
  const key = keyOf(group.id, user.id)
  const pair = tx.get('groupMembers', key)
  if (pair === undefined) {
    tx.put('groupMembers', key, { groupId: group.id, userId: user.id, ruleIds: [rule.id] })
    recordEvent(tx, clock, {
      eventType: 'group.user_membership.add',
      actor: SYSTEM_ACTOR,
      target: [userTarget(user), groupTarget(group)],
      debugData: { triggeredByGroupRuleId: rule.id },
    })
    return true
  }
  if (pair.ruleIds !== undefined && !pair.ruleIds.includes(rule.id)) {
    tx.put('groupMembers', key, { ...pair, ruleIds: [...pair.ruleIds, rule.id] })
  }
  return false
}

/** A rule does not hold somebody in a group any more. @returns whether no other one does, so that they have left. */
export function leave({ tx, clock }: Change, rule: GroupRule, groupId: string, user: OktaUser): boolean {
  const key = keyOf(groupId, user.id)
  const pair = tx.get('groupMembers', key)
  if (pair?.ruleIds?.includes(rule.id) !== true) return false
  const ruleIds = pair.ruleIds.filter((id) => id !== rule.id)
  if (ruleIds.length > 0) {
    tx.put('groupMembers', key, { ...pair, ruleIds })
    return false
  }
  tx.delete('groupMembers', key)
  const group = tx.get('groups', groupId)
  recordEvent(tx, clock, {
    eventType: 'group.user_membership.remove',
    actor: SYSTEM_ACTOR,
    target: [userTarget(user), ...(group === undefined ? [] : [groupTarget(group)])],
    debugData: { triggeredByGroupRuleId: rule.id },
  })
  return true
}

/** What one active rule does about one person. */
export function applyRule(change: Change, rule: GroupRule, user: OktaUser): RuleMoves {
  const { tx } = change
  const joined: OktaGroup[] = []
  const left: OktaGroup[] = []
  if (user.status === 'DEPROVISIONED') return { joined, left }
  const verdict = judgeRule(tx, change.clock, rule, user).kind
  // What cannot be computed is no reason to take anything away.
  if (verdict === 'error') return { joined, left }
  const matches = verdict === 'matches'
  if (matches) {
    for (const groupId of rule.groupIds) {
      const group = tx.get('groups', groupId)
      if (group?.type === 'OKTA_GROUP' && join(change, rule, group, user)) joined.push(group)
    }
  }
  // Groups the rule assigned people to before it was edited count as well.
  for (const { groupId, ruleIds } of tx.find('groupMembers', 'user', user.id)) {
    if (ruleIds?.includes(rule.id) !== true || (matches && rule.groupIds.includes(groupId))) continue
    const group = tx.get('groups', groupId)
    if (leave(change, rule, groupId, user) && group !== undefined) left.push(group)
  }
  return { joined, left }
}

/**
 * Every active rule about one person, again while one of them moves somebody another one asks about; at most once for each rule, so
 * that rules which contradict each other come to an end.
 */
export function applyGroupRules(change: Change, user: OktaUser): RuleMoves {
  const rules = change.tx.find('groupRules', 'status', 'ACTIVE')
  const joined = new Map<string, OktaGroup>()
  const left = new Map<string, OktaGroup>()
  for (let pass = 0; pass <= rules.length; pass += 1) {
    const moves = rules.map((rule) => applyRule(change, rule, user))
    for (const group of moves.flatMap((each) => each.joined)) {
      joined.set(group.id, group)
      left.delete(group.id)
    }
    for (const group of moves.flatMap((each) => each.left)) {
      left.set(group.id, group)
      joined.delete(group.id)
    }
    if (moves.every((each) => each.joined.length + each.left.length === 0)) break
  }
  return { joined: [...joined.values()], left: [...left.values()] }
}

/** Active rules that hold somebody in a group: what "managed by rule" names. */
export function managingRules(
  reader: Pick<OktaReader, 'get'>,
  pair: Pick<OktaGroupMember, 'ruleIds'> | undefined,
): readonly GroupRule[] {
  return (pair?.ruleIds ?? []).flatMap((id) => {
    const rule = reader.get('groupRules', id)
    return rule?.status === 'ACTIVE' ? [rule] : []
  })
}

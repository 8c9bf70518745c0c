import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaReader, OktaUser } from '../collections.ts'
import {
  expressionProblem,
  judgeRule,
  type RuleVerdict,
  ruleAttributes,
  ruleExpression,
  rulesPutting,
} from '../groups/rules/condition.ts'
import type { GroupRule, RuleCondition, RuleRun } from '../groups/rules/records.ts'
import type { Change } from '../provisioning/queue.ts'
import { recordEvent, ruleTarget, userTarget } from '../system-log/record-event.ts'
import { type Actor, type CommandDeps, SYSTEM_ACTOR } from './actor.ts'
import { inChange } from './in-change.ts'
import { knownGroup, knownUser } from './known.ts'
import { invalidFields, notFound, OktaRefusal, type RefusalCause } from './refusal.ts'

/** Directory > Groups > Rules. A rule begins inactive, and only an inactive one is edited or deleted. */

/** People one rule can leave out. */
export const MOST_EXCEPTIONS = 100
const LONGEST_NAME = 50

/** Rules of the org in the order they were made; those being deleted are none any more. */
export function groupRulesOf(reader: OktaReader): readonly GroupRule[] {
  return Array.from(reader.entries('groupRules'), ([, rule]) => rule).filter(isThere)
}

function isThere({ run }: GroupRule): boolean {
  return run === undefined || run.kind === 'evaluate'
}

/** @throws {OktaRefusal} E0000007 for an id that names no rule, or one that is being deleted. */
export function knownRule(reader: OktaReader, ruleId: string): GroupRule {
  const rule = reader.get('groupRules', ruleId)
  if (rule === undefined || !isThere(rule)) throw notFound('GroupRule', ruleId)
  return rule
}

/** What is typed into Add Rule. */
export interface GroupRuleInput {
  readonly name: string
  readonly condition: RuleCondition
  readonly groupIds: readonly string[]
  readonly exceptUserIds?: readonly string[]
}

type CheckedRule = Pick<GroupRule, 'name' | 'condition' | 'groupIds' | 'exceptUserIds'>

/** Every problem of a rule at once, by the fields `name`, `condition`, `groupIds`, `exceptUserIds`. @throws {OktaRefusal} E0000001. */
function checkRule({ tx, clock }: Change, input: GroupRuleInput, exceptId?: string): CheckedRule {
  const name = input.name.trim()
  const causes: RefusalCause[] = []
  const refuse = (field: string, summary: string): number => causes.push({ field, summary })
  if (name === '') refuse('name', 'name: The field cannot be left blank')
  if (name.length > LONGEST_NAME) refuse('name', `name: The field cannot have more than ${LONGEST_NAME} characters`)
  if (tx.find('groupRules', 'name', name.toLowerCase()).some(({ id }) => id !== exceptId)) {
    refuse('name', 'name: An object with this field already exists in the current organization')
  }
  const problem = conditionProblem({ tx, clock }, input.condition)
  if (problem !== undefined) refuse('condition', problem)
  const groupIds = [...new Set(input.groupIds)]
  if (groupIds.length === 0) refuse('groupIds', 'Select at least one group to assign people to')
  for (const groupId of groupIds) {
    const group = tx.get('groups', groupId)
    if (group === undefined) refuse('groupIds', `There is no group ${groupId}`)
    else if (group.type === 'BUILT_IN') refuse('groupIds', `People cannot be assigned to ${group.name}`)
  }
  const exceptUserIds = [...new Set(input.exceptUserIds ?? [])]
  if (exceptUserIds.length > MOST_EXCEPTIONS)
    refuse('exceptUserIds', `At most ${MOST_EXCEPTIONS} people can be excepted`)
  if (exceptUserIds.some((id) => !tx.has('users', id))) refuse('exceptUserIds', 'Somebody under EXCEPT does not exist')
  if (causes.length > 0) throw invalidFields(causes)
  return { name, condition: input.condition, groupIds, exceptUserIds }
}

function conditionProblem({ tx, clock }: Pick<Change, 'tx' | 'clock'>, condition: RuleCondition): string | undefined {
  switch (condition.kind) {
    case 'attribute': {
      const attribute = ruleAttributes(tx).find(({ name }) => name === condition.attribute)
      if (attribute === undefined) return 'Select an attribute of people'
      if (condition.value.trim() === '') return 'Type the value to compare with'
      break
    }
    case 'group':
      if (condition.groupIds.length === 0) return 'Select at least one group'
      if (condition.groupIds.some((id) => !tx.has('groups', id))) return 'A group of the condition does not exist'
      break
    case 'expression':
      break
  }
  return expressionProblem(tx, clock, ruleExpression(tx, condition))
}

function ruleCommand(
  deps: CommandDeps,
  actor: Actor,
  verb: string,
  run: (change: Change) => GroupRule,
): Promise<GroupRule> {
  return inChange(deps, actor, 'people', run, (rule) => ({
    title: `Group rule ${rule.name} was ${verb}`,
    subject: rule.name,
    change: { type: 'group-rule', id: rule.id, after: rule },
  }))
}

/** Add Rule: it begins inactive. @throws {OktaRefusal} E0000001 by field, E0000006. */
export function addGroupRule(deps: CommandDeps, actor: Actor, input: GroupRuleInput): Promise<GroupRule> {
  return ruleCommand(deps, actor, 'added', (change) => {
    const { tx, clock } = change
    const checked = checkRule(change, input)
    const now = clock.iso()
    const id = lettersOf(nextIdSeed(tx), '0pr', 17)
    const rule: GroupRule = { id, ...checked, status: 'INACTIVE', created: now, lastUpdated: now }
    tx.put('groupRules', id, rule)
    return rule
  })
}

/** @throws {OktaRefusal} E0000001 for an active rule and by field, E0000007. */
export function editGroupRule(
  deps: CommandDeps,
  actor: Actor,
  { ruleId, ...input }: GroupRuleInput & { readonly ruleId: string },
): Promise<GroupRule> {
  return ruleCommand(deps, actor, 'edited', (change) => {
    const before = knownRule(change.tx, ruleId)
    mustBeStill(before)
    const checked = checkRule(change, input, ruleId)
    const rule: GroupRule = { ...before, ...checked, status: 'INACTIVE', lastUpdated: change.clock.iso() }
    change.tx.put('groupRules', ruleId, rule)
    return rule
  })
}

function mustBeStill(rule: GroupRule): void {
  if (rule.status === 'ACTIVE') {
    throw new OktaRefusal('E0000001', `The rule ${rule.name} is active. Deactivate it first.`)
  }
}

interface RuleInput {
  readonly ruleId: string
}

function begun(change: Change, kind: RuleRun['kind'], total: number): RuleRun {
  return { kind, startedAt: change.clock.iso(), done: 0, total, added: 0, removed: 0 }
}

/**
 * Activate: everybody is looked at in a job, and from now on whoever is added or changes. An active rule stays as it is.
 * @throws {OktaRefusal} E0000001 for a rule that is invalid, E0000007.
 */
export function activateGroupRule(deps: CommandDeps, actor: Actor, { ruleId }: RuleInput): Promise<GroupRule> {
  return ruleCommand(deps, actor, 'activated', (change) => {
    const { tx, clock } = change
    const before = knownRule(tx, ruleId)
    if (before.status === 'ACTIVE') return before
    const exceptUserIds = before.exceptUserIds.filter((id) => tx.has('users', id))
    const { run: _, ...idle } = { ...before, ...checkRule(change, { ...before, exceptUserIds }, ruleId) }
    const run = begun(change, 'evaluate', tx.count('users'))
    const rule: GroupRule = { ...idle, status: 'ACTIVE', lastUpdated: clock.iso(), run }
    tx.put('groupRules', ruleId, rule)
    recordEvent(tx, clock, {
      eventType: 'group.user_membership.rule.trigger',
      actor: change.actor,
      target: [ruleTarget(rule)],
    })
    return rule
  })
}

/** Deactivate: its members stay in the groups, and nobody is looked at any more. @throws {OktaRefusal} E0000007. */
export function deactivateGroupRule(deps: CommandDeps, actor: Actor, { ruleId }: RuleInput): Promise<GroupRule> {
  return ruleCommand(deps, actor, 'deactivated', (change) => {
    const { tx, clock } = change
    const { run: _, ...before } = knownRule(tx, ruleId)
    const rule: GroupRule = { ...before, status: 'INACTIVE', lastUpdated: clock.iso() }
    tx.put('groupRules', ruleId, rule)
    recordEvent(tx, clock, {
      eventType: 'group.user_membership.rule.deactivated',
      actor: change.actor,
      target: [ruleTarget(rule)],
    })
    return rule
  })
}

/**
 * Delete an inactive rule for good. Its members stay by themselves, or leave with everything the groups gave them; that is a job.
 * @throws {OktaRefusal} E0000001 for an active rule, E0000007.
 */
export function deleteGroupRule(
  deps: CommandDeps,
  actor: Actor,
  { ruleId, removeMembers }: RuleInput & { readonly removeMembers: boolean },
): Promise<GroupRule> {
  return ruleCommand(deps, actor, 'given up', (change) => {
    const { tx } = change
    const rule = knownRule(tx, ruleId)
    mustBeStill(rule)
    const members = tx.count('groupMembers', 'rule', ruleId)
    if (members === 0) tx.delete('groupRules', ruleId)
    else tx.put('groupRules', ruleId, { ...rule, run: begun(change, removeMembers ? 'remove' : 'release', members) })
    return rule
  })
}

/** What a rule as it is typed does to one person; nothing is written. @throws {OktaRefusal} E0000007 for the person. */
export function previewGroupRule(
  { system: { store, clock } }: CommandDeps,
  { userId, ...rule }: Pick<GroupRule, 'condition' | 'exceptUserIds'> & { readonly userId: string },
): RuleVerdict {
  return judgeRule(store, clock, rule, knownUser(store, userId))
}

/**
 * Somebody is taken out of a group by hand: the active rules that would put them back leave them out from now on.
 * @throws {OktaRefusal} E0000001 where a rule leaves out as many as it can.
 */
export function exceptFromRules({ tx, clock }: Change, groupId: string, user: OktaUser): void {
  for (const rule of rulesPutting(tx, clock, groupId, user)) {
    if (rule.exceptUserIds.length >= MOST_EXCEPTIONS) {
      throw new OktaRefusal(
        'E0000001',
        `The person is in ${knownGroup(tx, groupId).name} by the rule ${rule.name}, which excepts ${MOST_EXCEPTIONS} people already. Edit the rule first.`,
      )
    }
    tx.put('groupRules', rule.id, {
      ...rule,
      exceptUserIds: [...rule.exceptUserIds, user.id],
      lastUpdated: clock.iso(),
    })
    recordEvent(tx, clock, {
      eventType: 'group.user_membership.rule.add_exclusion',
      actor: SYSTEM_ACTOR,
      target: [userTarget(user), ruleTarget(rule)],
    })
  }
}

/** A group is deleted: rules assign nobody to it any more. One that has no other group, or asks about this one, is invalid. */
export function forgetGroupInRules({ tx, clock }: Change, groupId: string): void {
  for (const [, rule] of [...tx.entries('groupRules')]) {
    const asks = rule.condition.kind === 'group' && rule.condition.groupIds.includes(groupId)
    if (!rule.groupIds.includes(groupId) && !asks) continue
    const groupIds = rule.groupIds.filter((id) => id !== groupId)
    const isInvalid = groupIds.length === 0 || asks
    const { run, ...idle } = rule
    const keepsRun = run !== undefined && !(isInvalid && run.kind === 'evaluate')
    tx.put('groupRules', rule.id, {
      ...idle,
      groupIds,
      status: isInvalid ? 'INVALID' : rule.status,
      lastUpdated: clock.iso(),
      ...(keepsRun ? { run } : {}),
    })
    if (isInvalid) {
      recordEvent(tx, clock, {
        eventType: 'group.user_membership.rule.invalidate',
        actor: SYSTEM_ACTOR,
        target: [ruleTarget(rule)],
        warns: true,
        failure: 'A group of the rule was deleted',
      })
    }
  }
}

import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import type { GroupRuleInput } from '../../commands/group-rules.ts'
import {
  activateGroupRule,
  addGroupRule,
  deactivateGroupRule,
  deleteGroupRule,
  editGroupRule,
  groupRulesOf,
  knownRule,
} from '../../commands/group-rules.ts'
import { ruleExpression } from '../../groups/rules/condition.ts'
import type { GroupRule } from '../../groups/rules/records.ts'
import { type ApiRoute, defineRoute, flag, type OpenCall, paramOf } from '../define-route.ts'
import { listingOf, pageQuery, readPage } from '../paging.ts'
import { ACCEPTED, NOTHING, ok, pageOf } from '../send.ts'

/** `/groups/rules` (reference sheet 6.3): conditions are expressions here, whatever the console calls them. */

const EXPRESSION_TYPE = 'urn:okta:expression:1.0'
const Ids = z.array(z.string().max(64)).max(500)

const RuleBody = z.object({
  type: z.literal('group_rule').optional(),
  name: z.string(),
  conditions: z.object({
    people: z
      .object({
        users: z.object({ exclude: Ids.default([]) }).optional(),
        groups: z.object({ exclude: Ids.max(0, 'Groups cannot be excluded').default([]) }).optional(),
      })
      .optional(),
    expression: z.object({ value: z.string(), type: z.literal(EXPRESSION_TYPE).optional() }),
  }),
  actions: z.object({ assignUserToGroups: z.object({ groupIds: Ids }) }),
})

function inputOf({ name, conditions, actions }: z.output<typeof RuleBody>): GroupRuleInput {
  return {
    name,
    condition: { kind: 'expression', expression: conditions.expression.value },
    groupIds: actions.assignUserToGroups.groupIds,
    exceptUserIds: conditions.people?.users?.exclude ?? [],
  }
}

function ruleResource({ reader }: Pick<OpenCall, 'reader'>, rule: GroupRule) {
  return {
    type: 'group_rule',
    id: rule.id,
    status: rule.status,
    name: rule.name,
    created: rule.created,
    lastUpdated: rule.lastUpdated,
    allGroupsValid: rule.groupIds.every((id) => reader.has('groups', id)),
    conditions: {
      people: { users: { exclude: rule.exceptUserIds }, groups: { exclude: [] } },
      expression: { value: ruleExpression(reader, rule.condition), type: EXPRESSION_TYPE },
    },
    actions: { assignUserToGroups: { groupIds: rule.groupIds } },
  }
}

/** The rule the path names. @throws {OktaRefusal} E0000007. */
function namedRule(call: OpenCall): GroupRule {
  const rule = knownRule(call.reader, paramOf(call, 'ruleId'))
  nameSubject(rule.name)
  return rule
}

const LIFECYCLE = { activate: activateGroupRule, deactivate: deactivateGroupRule } as const

export const GROUP_RULE_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.group-rules.list',
    method: 'GET',
    path: '/groups/rules',
    query: z.object({ ...pageQuery({ usual: 50, most: 200 }), search: z.string().optional() }),
    handle: (call) => {
      const wanted = (call.query.search ?? '').toLowerCase()
      const rules = groupRulesOf(call.reader).filter(({ name }) => name.toLowerCase().includes(wanted))
      const page = readPage(
        call,
        call.query,
        listingOf(rules, ({ id }) => id),
      )
      return pageOf(page, (rule) => ruleResource(call, rule))
    },
  }),
  defineRoute({
    name: 'okta.api.group-rules.create',
    method: 'POST',
    path: '/groups/rules',
    body: RuleBody,
    handle: async (call) => {
      nameSubject(call.body.name)
      return ok(ruleResource(call, await addGroupRule(call.deps, call.actor, inputOf(call.body))))
    },
  }),
  defineRoute({
    name: 'okta.api.group-rules.get',
    method: 'GET',
    path: '/groups/rules/{ruleId}',
    handle: (call) => ok(ruleResource(call, namedRule(call))),
  }),
  defineRoute({
    name: 'okta.api.group-rules.replace',
    method: 'PUT',
    path: '/groups/rules/{ruleId}',
    body: RuleBody,
    handle: async (call) => {
      const ruleId = namedRule(call).id
      const rule = await editGroupRule(call.deps, call.actor, { ruleId, ...inputOf(call.body) })
      return ok(ruleResource(call, rule))
    },
  }),
  defineRoute({
    name: 'okta.api.group-rules.delete',
    method: 'DELETE',
    path: '/groups/rules/{ruleId}',
    query: z.object({ removeUsers: flag(false) }),
    handle: async (call) => {
      const ruleId = namedRule(call).id
      await deleteGroupRule(call.deps, call.actor, { ruleId, removeMembers: call.query.removeUsers })
      return ACCEPTED
    },
  }),
  ...Object.entries(LIFECYCLE).map(([verb, command]) =>
    defineRoute({
      name: `okta.api.group-rules.${verb}`,
      method: 'POST',
      path: `/groups/rules/{ruleId}/lifecycle/${verb}`,
      handle: async (call) => {
        await command(call.deps, call.actor, { ruleId: namedRule(call).id })
        return NOTHING
      },
    }),
  ),
]

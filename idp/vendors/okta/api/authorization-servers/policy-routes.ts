import { z } from 'zod'
import {
  deletePolicy,
  deleteRule,
  knownPolicy,
  knownRule,
  putPolicy,
  putRule,
  type RuleSettings,
} from '../../oauth/commands/policies.ts'
import type { AccessPolicy } from '../../oauth/records.ts'
import { GRANT_TYPES } from '../../oauth/records.ts'
import { policiesOf, rulesOf } from '../../oauth/servers.ts'
import { type ApiRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { created, NOTHING, ok } from '../send.ts'
import { isEveryone, policyResource, ruleResource } from './resources.ts'
import { serverOf } from './routes.ts'

/** `/authorizationServers/{id}/policies` and their rules. */

const Ids = z.array(z.string()).default([])
const Text = z.string().trim().default('')
const Status = z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE')
const Nobody = z.array(z.string()).max(0, 'Excluding is not offered').nullish()

const PolicyBody = z.object({
  name: Text,
  description: Text,
  status: Status,
  conditions: z.object({ clients: z.object({ include: z.array(z.string()).min(1) }) }),
})

const RuleBody = z.object({
  name: Text,
  status: Status,
  conditions: z.object({
    people: z
      .object({
        users: z.object({ include: Ids, exclude: Nobody }).nullish(),
        groups: z.object({ include: Ids, exclude: Nobody }).nullish(),
      })
      .nullish(),
    grantTypes: z.object({ include: z.array(z.enum(GRANT_TYPES)) }),
    scopes: z.object({ include: z.array(z.string()) }),
  }),
  actions: z
    .object({
      token: z
        .object({
          accessTokenLifetimeMinutes: z.int().default(60),
          refreshTokenLifetimeMinutes: z.int().default(0),
          refreshTokenWindowMinutes: z.int().default(10_080),
        })
        .nullish(),
    })
    .nullish(),
})

function policySettings({ name, description, status, conditions }: z.output<typeof PolicyBody>) {
  const { include } = conditions.clients
  return { name, description, status, clients: include.includes('ALL_CLIENTS') ? ('ALL_CLIENTS' as const) : include }
}

function ruleSettings(call: OpenCall, { name, status, conditions, actions }: z.output<typeof RuleBody>): RuleSettings {
  const groups = conditions.people?.groups?.include ?? []
  const users = conditions.people?.users?.include ?? []
  const token = actions?.token
  return {
    name,
    status,
    grantTypes: conditions.grantTypes.include,
    scopes: conditions.scopes.include.includes('*') ? 'ANY' : conditions.scopes.include,
    people:
      conditions.people === undefined || conditions.people === null || isEveryone(call.reader, groups)
        ? 'EVERYONE'
        : { users, groups },
    accessTokenMinutes: token?.accessTokenLifetimeMinutes ?? 60,
    refreshTokenMinutes: token?.refreshTokenLifetimeMinutes ?? 0,
    refreshTokenWindowMinutes: token?.refreshTokenWindowMinutes ?? 10_080,
  }
}

const policyOf = (call: OpenCall): AccessPolicy =>
  knownPolicy(call.reader, serverOf(call).id, paramOf(call, 'policyId'))

const POLICIES = '/authorizationServers/{serverId}/policies'
const RULES = `${POLICIES}/{policyId}/rules`

export const ACCESS_POLICY_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.authorization-servers.policies.list',
    method: 'GET',
    path: POLICIES,
    handle: (call) => ok(policiesOf(call.reader, serverOf(call).id).map((each) => policyResource(call, each))),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.policies.create',
    method: 'POST',
    path: POLICIES,
    body: PolicyBody,
    async handle(call) {
      const input = { serverId: serverOf(call).id, settings: policySettings(call.body) }
      return created(policyResource(call, await putPolicy(call.deps, call.actor, input)))
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.policies.get',
    method: 'GET',
    path: `${POLICIES}/{policyId}`,
    handle: (call) => ok(policyResource(call, policyOf(call))),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.policies.replace',
    method: 'PUT',
    path: `${POLICIES}/{policyId}`,
    body: PolicyBody,
    async handle(call) {
      const input = { serverId: serverOf(call).id, policyId: policyOf(call).id, settings: policySettings(call.body) }
      return ok(policyResource(call, await putPolicy(call.deps, call.actor, input)))
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.policies.delete',
    method: 'DELETE',
    path: `${POLICIES}/{policyId}`,
    async handle(call) {
      await deletePolicy(call.deps, call.actor, { serverId: serverOf(call).id, policyId: policyOf(call).id })
      return NOTHING
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.rules.list',
    method: 'GET',
    path: RULES,
    handle: (call) => ok(rulesOf(call.reader, policyOf(call).id).map((each) => ruleResource(call, each))),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.rules.create',
    method: 'POST',
    path: RULES,
    body: RuleBody,
    async handle(call) {
      const input = {
        serverId: serverOf(call).id,
        policyId: policyOf(call).id,
        settings: ruleSettings(call, call.body),
      }
      return created(ruleResource(call, await putRule(call.deps, call.actor, input)))
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.rules.get',
    method: 'GET',
    path: `${RULES}/{ruleId}`,
    handle: (call) => ok(ruleResource(call, knownRule(call.reader, policyOf(call).id, paramOf(call, 'ruleId')))),
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.rules.replace',
    method: 'PUT',
    path: `${RULES}/{ruleId}`,
    body: RuleBody,
    async handle(call) {
      const ids = { serverId: serverOf(call).id, policyId: policyOf(call).id, ruleId: paramOf(call, 'ruleId') }
      return ok(
        ruleResource(call, await putRule(call.deps, call.actor, { ...ids, settings: ruleSettings(call, call.body) })),
      )
    },
  }),
  defineRoute({
    name: 'okta.api.authorization-servers.rules.delete',
    method: 'DELETE',
    path: `${RULES}/{ruleId}`,
    async handle(call) {
      const ids = { serverId: serverOf(call).id, policyId: policyOf(call).id, ruleId: paramOf(call, 'ruleId') }
      await deleteRule(call.deps, call.actor, ids)
      return NOTHING
    },
  }),
]

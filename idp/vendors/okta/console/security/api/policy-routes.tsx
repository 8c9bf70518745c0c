import { type Request, Router } from 'express'
import { z } from 'zod'
import {
  deletePolicy,
  deleteRule,
  knownPolicy,
  knownRule,
  putPolicy,
  putRule,
} from '../../../oauth/commands/policies.ts'
import type { AccessRule } from '../../../oauth/records.ts'
import { policiesOf, rulesOf } from '../../../oauth/servers.ts'
import { contextOf } from '../../context.ts'
import { box, minutes, text } from './form-fields.ts'
import { mountPart, textsOf, wordsOf } from './part-routes.ts'
import { PoliciesPage, PolicyFormPage } from './policy-pages.tsx'
import { RuleFormPage } from './rule-page.tsx'
import { SERVER_PATH, type ServerDesk } from './server-desk.tsx'

const PolicyForm = z.object({
  name: text,
  description: text,
  assign: z.enum(['all', 'some']),
  clients: text,
  inactive: box,
})
const RuleForm = z.object({
  name: text,
  authorization_code: box,
  client_credentials: box,
  groups: text,
  scopes: text,
  access: minutes,
  refresh: minutes,
  window: minutes,
  inactive: box,
})

/** Access Policies tab of an authorization server: policies, and the rules of each. */
export function policyRoutes(desk: ServerDesk): Router {
  const { system, serverOf, send } = desk
  const { store } = system
  const commands = { system }
  const router = Router()

  router.get(`${SERVER_PATH}/policies`, (req, res) => {
    const server = serverOf(req)
    const labelOf = (id: string): string => store.get('apps', id)?.label ?? id
    const peopleOf = ({ people }: AccessRule): string =>
      people === 'EVERYONE'
        ? 'Any user assigned the app'
        : [
            ...people.groups.map((id) => store.get('groups', id)?.name ?? id),
            ...people.users.map((id) => store.get('users', id)?.profile.login ?? id),
          ].join(', ')
    const policies = policiesOf(store, server.id).map((policy) => ({
      policy,
      clients: policy.clients === 'ALL_CLIENTS' ? 'All clients' : policy.clients.map(labelOf).join(', '),
      rules: rulesOf(store, policy.id).map((rule) => ({ rule, people: peopleOf(rule) })),
    }))
    send(res, <PoliciesPage context={contextOf(desk, req, res)} server={server} policies={policies} />)
  })

  mountPart(router, desk, {
    path: 'policies',
    list: 'policies',
    noun: 'Policy',
    loss: 'Its rules go with it. Clients no other policy is for get no tokens.',
    schema: PolicyForm,
    initial: { assign: 'all' },
    textsOf({ id: serverId }, _req, id) {
      const { name, description, clients, status } = knownPolicy(store, serverId, id)
      const isAll = clients === 'ALL_CLIENTS'
      return textsOf({
        name,
        description,
        assign: isAll ? 'all' : 'some',
        clients: isAll ? '' : clients.join(' '),
        inactive: status === 'INACTIVE',
      })
    },
    nameOf: ({ id: serverId }, _req, id) => knownPolicy(store, serverId, id).name,
    page: (props) => <PolicyFormPage {...props} />,
    put: (actor, { id: serverId }, _req, policyId, { assign, clients, inactive, ...rest }) =>
      putPolicy(commands, actor, {
        serverId,
        ...(policyId === undefined ? {} : { policyId }),
        settings: {
          ...rest,
          clients: assign === 'all' ? 'ALL_CLIENTS' : wordsOf(clients),
          status: inactive === 'true' ? 'INACTIVE' : 'ACTIVE',
        },
      }),
    remove: (actor, { id: serverId }, _req, policyId) => deletePolicy(commands, actor, { serverId, policyId }),
  })

  const policyIdOf = (req: Request): string => String(req.params['policyId'])
  mountPart(router, desk, {
    path: 'policies/:policyId/rules',
    list: 'policies',
    noun: 'Rule',
    loss: 'What it allowed is allowed by another rule, or not at all.',
    schema: RuleForm,
    initial: { authorization_code: 'true', access: '60', refresh: '0', window: '10080' },
    textsOf(_server, req, id) {
      const rule = knownRule(store, policyIdOf(req), id)
      const groups = rule.people === 'EVERYONE' ? [] : rule.people.groups
      return textsOf({
        name: rule.name,
        authorization_code: rule.grantTypes.includes('authorization_code'),
        client_credentials: rule.grantTypes.includes('client_credentials'),
        groups: groups.map((groupId) => store.get('groups', groupId)?.name ?? groupId).join('\n'),
        scopes: rule.scopes === 'ANY' ? '' : rule.scopes.join(' '),
        access: rule.accessTokenMinutes,
        refresh: rule.refreshTokenMinutes,
        window: rule.refreshTokenWindowMinutes,
        inactive: rule.status === 'INACTIVE',
      })
    },
    nameOf: (_server, req, id) => knownRule(store, policyIdOf(req), id).name,
    page: (props) => <RuleFormPage {...props} />,
    put(actor, { id: serverId }, req, ruleId, value) {
      const names = value.groups.split(/\s*\n\s*/).filter(Boolean)
      // A name nobody has is told like an id nobody has.
      const groups = names.map((name) => store.find('groups', 'name', name.toLowerCase())[0]?.id ?? name)
      const before = ruleId === undefined ? undefined : knownRule(store, policyIdOf(req), ruleId)
      const users = before === undefined || before.people === 'EVERYONE' ? [] : before.people.users
      return putRule(commands, actor, {
        serverId,
        policyId: policyIdOf(req),
        ...(ruleId === undefined ? {} : { ruleId }),
        settings: {
          name: value.name,
          status: value.inactive === 'true' ? 'INACTIVE' : 'ACTIVE',
          grantTypes: (['authorization_code', 'client_credentials'] as const).filter(
            (grant) => value[grant] === 'true',
          ),
          scopes: value.scopes === '' ? 'ANY' : wordsOf(value.scopes),
          people: groups.length + users.length === 0 ? 'EVERYONE' : { groups, users },
          accessTokenMinutes: value.access,
          refreshTokenMinutes: value.refresh,
          refreshTokenWindowMinutes: value.window,
        },
      })
    },
    remove: (actor, { id: serverId }, req, ruleId) =>
      deleteRule(commands, actor, { serverId, policyId: policyIdOf(req), ruleId }),
  })

  return router
}

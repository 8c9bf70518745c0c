import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaReader } from '../../collections.ts'
import type { Actor, CommandDeps } from '../../commands/actor.ts'
import { invalidFields, notFound, type RefusalCause } from '../../commands/refusal.ts'
import { oidcAppOf } from '../clients.ts'
import type { AccessPolicy, AccessRule } from '../records.ts'
import { policiesOf, rulesOf, scopeNamesOf } from '../servers.ts'
import { changeServer } from './servers.ts'

const BLANK = 'The field cannot be left blank'
const LONGEST = 255

/** @throws {OktaRefusal} E0000007. */
export function knownPolicy(reader: OktaReader, serverId: string, policyId: string): AccessPolicy {
  const policy = reader.get('accessPolicies', policyId)
  if (policy?.serverId !== serverId) throw notFound('Policy', policyId)
  return policy
}

/** @throws {OktaRefusal} E0000007. */
export function knownRule(reader: OktaReader, policyId: string, ruleId: string): AccessRule {
  const rule = reader.get('accessRules', ruleId)
  if (rule?.policyId !== policyId) throw notFound('PolicyRule', ruleId)
  return rule
}

export type PolicySettings = Pick<AccessPolicy, 'name' | 'description' | 'status' | 'clients'>

/** Add a policy behind the others, or change one. @throws {OktaRefusal} E0000007, E0000001. */
export function putPolicy(
  deps: CommandDeps,
  actor: Actor,
  {
    serverId,
    policyId,
    settings,
  }: { readonly serverId: string; readonly policyId?: string; readonly settings: PolicySettings },
): Promise<AccessPolicy> {
  const isNew = policyId === undefined
  const words = (policy: AccessPolicy) => `The access policy ${policy.name} was ${isNew ? 'added' : 'changed'}`
  const eventType = isNew ? 'policy.lifecycle.create' : 'policy.lifecycle.update'
  return changeServer(deps, actor, serverId, eventType, words, ({ tx, clock }) => {
    const before = isNew ? undefined : knownPolicy(tx, serverId, policyId)
    const causes: RefusalCause[] = []
    const others = policiesOf(tx, serverId).filter(({ id }) => id !== policyId)
    if (settings.name === '' || settings.name.length > LONGEST)
      causes.push({ field: 'name', summary: settings.name === '' ? BLANK : `Use at most ${LONGEST} characters` })
    if (others.some(({ name }) => name === settings.name))
      causes.push({ field: 'name', summary: 'A policy with this name already exists' })
    if (settings.clients !== 'ALL_CLIENTS') {
      if (settings.clients.length === 0) causes.push({ field: 'clients', summary: 'Name at least one client' })
      for (const id of settings.clients) {
        if (oidcAppOf(tx, id) === undefined) causes.push({ field: 'clients', summary: `There is no client '${id}'` })
      }
    }
    if (causes.length > 0) throw invalidFields(causes)
    const now = clock.iso()
    const policy: AccessPolicy = {
      id: before?.id ?? lettersOf(nextIdSeed(tx), '00p', 17),
      serverId,
      priority: before?.priority ?? others.length + 1,
      created: before?.created ?? now,
      lastUpdated: now,
      ...settings,
    }
    tx.put('accessPolicies', policy.id, policy)
    return policy
  })
}

/** Delete a policy and its rules. @throws {OktaRefusal} E0000007. */
export function deletePolicy(
  deps: CommandDeps,
  actor: Actor,
  { serverId, policyId }: { readonly serverId: string; readonly policyId: string },
): Promise<AccessPolicy> {
  const words = ({ name }: AccessPolicy) => `The access policy ${name} was deleted`
  return changeServer(deps, actor, serverId, 'policy.lifecycle.delete', words, ({ tx }) => {
    const policy = knownPolicy(tx, serverId, policyId)
    for (const key of [...tx.findKeys('accessRules', 'policy', policyId)]) tx.delete('accessRules', key)
    tx.delete('accessPolicies', policyId)
    for (const [index, each] of policiesOf(tx, serverId).entries()) {
      tx.put('accessPolicies', each.id, { ...each, priority: index + 1 })
    }
    return policy
  })
}

export type RuleSettings = Omit<AccessRule, 'id' | 'policyId' | 'serverId' | 'priority' | 'created' | 'lastUpdated'>

/** Shortest and longest life of an access token, minutes. */
export const ACCESS_MINUTES = { least: 5, most: 24 * 60 } as const
/** Shortest and longest time a refresh token may lie idle, minutes: ten minutes to five years. */
export const WINDOW_MINUTES = { least: 10, most: 5 * 365 * 24 * 60 } as const

function ruleProblems(
  reader: OktaReader,
  serverId: string,
  others: readonly AccessRule[],
  settings: RuleSettings,
): readonly RefusalCause[] {
  const { name, grantTypes, scopes, people, accessTokenMinutes, refreshTokenMinutes, refreshTokenWindowMinutes } =
    settings
  const causes: RefusalCause[] = []
  const add = (field: string, summary: string): void => void causes.push({ field, summary })
  if (name === '') add('name', BLANK)
  if (name.length > LONGEST) add('name', `Use at most ${LONGEST} characters`)
  if (others.some((each) => each.name === name)) add('name', 'A rule with this name already exists')
  if (grantTypes.length === 0) add('grantTypes', 'Choose at least one grant type')
  if (scopes !== 'ANY') {
    const known = scopeNamesOf(reader, serverId)
    if (scopes.length === 0) add('scopes', 'Name at least one scope')
    for (const scope of scopes) if (!known.includes(scope)) add('scopes', `There is no scope '${scope}'`)
  }
  if (people !== 'EVERYONE') {
    if (people.users.length + people.groups.length === 0) add('people', 'Name at least one group or user')
    for (const id of people.users) if (!reader.has('users', id)) add('people', `There is no user '${id}'`)
    for (const id of people.groups) if (!reader.has('groups', id)) add('people', `There is no group '${id}'`)
  }
  const between = (value: number, { least, most }: { readonly least: number; readonly most: number }): boolean =>
    Number.isInteger(value) && value >= least && value <= most
  if (!between(accessTokenMinutes, ACCESS_MINUTES))
    add('accessTokenLifetimeMinutes', `Use ${ACCESS_MINUTES.least} to ${ACCESS_MINUTES.most} minutes`)
  if (!between(refreshTokenWindowMinutes, WINDOW_MINUTES))
    add('refreshTokenWindowMinutes', `Use ${WINDOW_MINUTES.least} to ${WINDOW_MINUTES.most} minutes`)
  if (
    !Number.isInteger(refreshTokenMinutes) ||
    refreshTokenMinutes < 0 ||
    (refreshTokenMinutes > 0 && refreshTokenMinutes < accessTokenMinutes)
  ) {
    add('refreshTokenLifetimeMinutes', 'Use 0 for unlimited, or no less than the access token lives')
  }
  return causes
}

/** Add a rule behind the others, or change one. @throws {OktaRefusal} E0000007, E0000001. */
export function putRule(
  deps: CommandDeps,
  actor: Actor,
  input: {
    readonly serverId: string
    readonly policyId: string
    readonly ruleId?: string
    readonly settings: RuleSettings
  },
): Promise<AccessRule> {
  const { serverId, policyId, ruleId, settings } = input
  const isNew = ruleId === undefined
  const words = (rule: AccessRule) => `The rule ${rule.name} was ${isNew ? 'added' : 'changed'}`
  return changeServer(
    deps,
    actor,
    serverId,
    isNew ? 'policy.rule.add' : 'policy.rule.update',
    words,
    ({ tx, clock }) => {
      knownPolicy(tx, serverId, policyId)
      const before = isNew ? undefined : knownRule(tx, policyId, ruleId)
      const others = rulesOf(tx, policyId).filter(({ id }) => id !== ruleId)
      const causes = ruleProblems(tx, serverId, others, settings)
      if (causes.length > 0) throw invalidFields(causes)
      const now = clock.iso()
      const rule: AccessRule = {
        id: before?.id ?? lettersOf(nextIdSeed(tx), '0pr', 17),
        policyId,
        serverId,
        priority: before?.priority ?? others.length + 1,
        created: before?.created ?? now,
        lastUpdated: now,
        ...settings,
      }
      tx.put('accessRules', rule.id, rule)
      return rule
    },
  )
}

/** @throws {OktaRefusal} E0000007. */
export function deleteRule(
  deps: CommandDeps,
  actor: Actor,
  { serverId, policyId, ruleId }: { readonly serverId: string; readonly policyId: string; readonly ruleId: string },
): Promise<AccessRule> {
  return changeServer(
    deps,
    actor,
    serverId,
    'policy.rule.delete',
    ({ name }) => `The rule ${name} was deleted`,
    ({ tx }) => {
      knownPolicy(tx, serverId, policyId)
      const rule = knownRule(tx, policyId, ruleId)
      tx.delete('accessRules', ruleId)
      for (const [index, each] of rulesOf(tx, policyId).entries()) {
        tx.put('accessRules', each.id, { ...each, priority: index + 1 })
      }
      return rule
    },
  )
}

import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaApp } from '../apps/records.ts'
import type { OktaReader } from '../collections.ts'
import { beginPush, pushByRule } from '../groups/push-rules.ts'
import { reasonOf } from '../provisioning/outcome.ts'
import { type Change, closeTasks, queueJob } from '../provisioning/queue.ts'
import type { GroupPushMapping, GroupPushRule, ImportCounts, PushCondition } from '../provisioning/records.ts'
import { keepGroups, readAll } from '../provisioning/run-import.ts'
import { clientOf } from '../provisioning/target.ts'
import type { EventType } from '../system-log/event-types.ts'
import { appTarget, groupTarget, newTransactionId, recordEvent } from '../system-log/record-event.ts'
import { type Actor, type CommandDeps, mustAdminister } from './actor.ts'
import { inChange } from './in-change.ts'
import { connected, knownApp, knownGroup, provisionable } from './known.ts'
import { invalid, notFound, OktaRefusal } from './refusal.ts'

/** Push Groups tab (reference sheet 1.9). Pushing a group assigns nobody and makes no accounts. */

export interface PushByName {
  readonly appId: string
  readonly groupId: string
  /** "Create Group", under another name if wanted, or "Link Group" to one the app has. */
  readonly action:
    | { readonly kind: 'create'; readonly name?: string }
    | { readonly kind: 'link'; readonly targetGroupId: string }
  readonly pushMemberships: boolean
  /** Keep the mapping without pushing anything until it is activated. */
  readonly inactive?: boolean
}

/** Find groups by name > Save. @throws {OktaRefusal} E0000027 for a group that is pushed already or built in, E0000001, E0000007. */
export function pushGroupByName(deps: CommandDeps, actor: Actor, input: PushByName): Promise<GroupPushMapping> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx } = change
      const app = connected(tx, input.appId)
      const group = knownGroup(tx, input.groupId)
      if (group.type === 'BUILT_IN') throw new OktaRefusal('E0000027', `The group ${group.name} cannot be pushed.`)
      if (tx.find('groupPushMappings', 'appGroup', `${app.id}/${group.id}`).length > 0) {
        throw new OktaRefusal('E0000027', `The group ${group.name} is already pushed to ${app.label}.`)
      }
      const { action, pushMemberships, inactive = false } = input
      if (action.kind === 'create') {
        return beginPush(change, app, {
          group,
          targetName: action.name?.trim() || group.name,
          pushMemberships,
          inactive,
        })
      }
      const linked = tx.get('appSideGroups', `${app.id}/${action.targetGroupId}`)
      if (linked === undefined) throw notFound('AppGroup', action.targetGroupId)
      return beginPush(change, app, {
        group,
        targetName: linked.name,
        targetGroupId: linked.externalId,
        pushMemberships,
        inactive,
      })
    },
    (mapping) => ({
      title: `Group ${mapping.targetName} is pushed`,
      subject: mapping.targetName,
      change: { type: 'group-push', id: mapping.id, after: mapping },
    }),
  )
}

export interface NewPushRule {
  readonly appId: string
  readonly name: string
  readonly groupName?: PushCondition
  readonly groupDescription?: PushCondition
  readonly pushMemberships: boolean
}

/** Find groups by rule > Create Rule: pushes what matches now and what will. @throws {OktaRefusal} E0000001. */
export function addPushRule(deps: CommandDeps, actor: Actor, input: NewPushRule): Promise<GroupPushRule> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const app = connected(tx, input.appId)
      if (input.name.trim() === '') throw invalid('name', 'Rule name: The field cannot be left blank')
      if ((input.groupName?.value ?? '') === '' && (input.groupDescription?.value ?? '') === '') {
        throw invalid('groupName', 'Give a condition on the name or the description.')
      }
      const rule: GroupPushRule = {
        ...input,
        id: lettersOf(nextIdSeed(tx), 'gPr', 17),
        status: 'ACTIVE',
        created: clock.iso(),
      }
      tx.put('groupPushRules', rule.id, rule)
      applyRule(change, app, rule)
      return rule
    },
    (rule) => ({
      title: `Group push rule ${rule.name} was created`,
      subject: rule.name,
      change: { type: 'push-rule', id: rule.id, after: rule },
    }),
  )
}

function applyRule(change: Change, app: OktaApp, rule: GroupPushRule): void {
  for (const [, group] of [...change.tx.entries('groups')]) pushByRule(change, app, rule, group)
}

function knownMapping(reader: OktaReader, mappingId: string): GroupPushMapping {
  const mapping = reader.get('groupPushMappings', mappingId)
  if (mapping === undefined) throw notFound('GroupPushMapping', mappingId)
  return mapping
}

function onMapping(
  deps: CommandDeps,
  actor: Actor,
  mappingId: string,
  verb: string,
  run: (change: Change, mapping: GroupPushMapping, app: OktaApp) => void,
): Promise<GroupPushMapping> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const mapping = knownMapping(change.tx, mappingId)
      run(change, mapping, knownApp(change.tx, mapping.appId))
      return mapping
    },
    (mapping) => ({
      title: `Group push of ${mapping.targetName} was ${verb}`,
      subject: mapping.targetName,
      change: { type: 'group-push', id: mappingId },
    }),
  )
}

function log(change: Change, eventType: EventType, mapping: GroupPushMapping, app: OktaApp): void {
  const group = change.tx.get('groups', mapping.groupId)
  const target = [...(group === undefined ? [] : [groupTarget(group)]), appTarget(app)]
  recordEvent(change.tx, change.clock, { eventType, actor: change.actor, target })
}

/** "Push now": overwrite the members whatever the app has. @throws {OktaRefusal} E0000027 while the push is inactive. */
export function pushNow(
  deps: CommandDeps,
  actor: Actor,
  { mappingId }: { readonly mappingId: string },
): Promise<GroupPushMapping> {
  return onMapping(deps, actor, mappingId, 'started', (change, mapping, app) => {
    if (mapping.status === 'INACTIVE')
      throw new OktaRefusal('E0000027', `The push of ${mapping.targetName} is not active.`)
    connected(change.tx, app.id)
    change.tx.put('groupPushMappings', mapping.id, { ...mapping, status: 'PUSHING', lastUpdated: change.clock.iso() })
    queueJob(change, app, { kind: 'push-group', mappingId, overwrite: true }, mapping.targetName)
  })
}

/** Activate or deactivate a push. Deactivating sends nothing; activating brings the app up to date. */
export function setGroupPush(
  deps: CommandDeps,
  actor: Actor,
  { mappingId, active }: { readonly mappingId: string; readonly active: boolean },
): Promise<GroupPushMapping> {
  return onMapping(deps, actor, mappingId, active ? 'activated' : 'deactivated', (change, mapping, app) => {
    const { tx, clock } = change
    tx.put('groupPushMappings', mapping.id, {
      ...mapping,
      status: active ? 'PUSHING' : 'INACTIVE',
      lastUpdated: clock.iso(),
    })
    const eventType = active ? 'activate_mapping' : 'deactivate_mapping'
    log(change, `application.provision.group_push.${eventType}`, mapping, app)
    if (active)
      queueJob(change, app, { kind: 'push-group', mappingId, overwrite: mapping.pushMemberships }, mapping.targetName)
  })
}

function dropMapping(change: Change, mapping: GroupPushMapping, app: OktaApp, deleteTarget: boolean): void {
  const { tx } = change
  for (const key of [...tx.findKeys('pushedMembers', 'mapping', mapping.id)]) tx.delete('pushedMembers', key)
  closeTasks(change, { mappingId: mapping.id })
  tx.delete('groupPushMappings', mapping.id)
  log(change, 'application.provision.group_push.removed', mapping, app)
  if (!deleteTarget || mapping.targetGroupId === undefined) return
  queueJob(
    change,
    app,
    { kind: 'delete-group', targetGroupId: mapping.targetGroupId, name: mapping.targetName },
    mapping.targetName,
  )
}

/** "Unlink pushed group": delete the group in the app, or leave it there, which sends nothing. */
export function unlinkGroup(
  deps: CommandDeps,
  actor: Actor,
  { mappingId, deleteTarget }: { readonly mappingId: string; readonly deleteTarget: boolean },
): Promise<GroupPushMapping> {
  return onMapping(deps, actor, mappingId, 'unlinked', (change, mapping, app) =>
    dropMapping(change, mapping, app, deleteTarget),
  )
}

/** Group Push Settings > "Rename app groups to match group name in Okta". */
export async function setRenameAppGroups(
  deps: CommandDeps,
  actor: Actor,
  { appId, rename }: { readonly appId: string; readonly rename: boolean },
): Promise<void> {
  await inChange(
    deps,
    actor,
    'apps',
    ({ tx, clock, actor: by }) => {
      const app = provisionable(tx, appId)
      tx.put('apps', appId, {
        ...app,
        provisioning: { ...app.provisioning, renameAppGroups: rename },
        lastUpdated: clock.iso(),
      })
      recordEvent(tx, clock, { eventType: 'application.configuration.update', actor: by, target: [appTarget(app)] })
      return app
    },
    (app) => ({
      title: `${app.label}: renaming of app groups ${rename ? 'on' : 'off'}`,
      subject: app.label,
      change: { type: 'app', id: appId },
    }),
  )
}

/** What "Refresh App Groups" found, or why it found nothing. */
export type GroupRefresh =
  | { readonly ok: true; readonly counts: ImportCounts }
  | { readonly ok: false; readonly message: string }

/** "Refresh App Groups": read the app's groups, for linking. @throws {OktaRefusal} E0000001 while the integration is off. */
export async function refreshAppGroups(
  deps: CommandDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<GroupRefresh> {
  const { system } = deps
  const by = mustAdminister(system.store, actor, 'apps')
  const app = connected(system.store, appId)
  const groups = await readAll(clientOf(system, app), 'Groups')
  if (!groups.ok) return { ok: false, message: reasonOf(groups) }
  const counts = await system.store.transact((tx) =>
    keepGroups({ tx, clock: system.clock, actor: by, transactionId: newTransactionId(tx) }, app, groups.value),
  )
  return { ok: true, counts }
}

function knownRule(reader: OktaReader, ruleId: string): GroupPushRule {
  const rule = reader.get('groupPushRules', ruleId)
  if (rule === undefined) throw notFound('GroupPushRule', ruleId)
  return rule
}

/** Deactivate or activate a rule: what it pushed stays pushed, and an active one looks at every group again. */
export function setPushRule(
  deps: CommandDeps,
  actor: Actor,
  { ruleId, active }: { readonly ruleId: string; readonly active: boolean },
): Promise<GroupPushRule> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const rule: GroupPushRule = { ...knownRule(change.tx, ruleId), status: active ? 'ACTIVE' : 'INACTIVE' }
      change.tx.put('groupPushRules', ruleId, rule)
      if (active) applyRule(change, knownApp(change.tx, rule.appId), rule)
      return rule
    },
    (rule) => ({
      title: `Group push rule ${rule.name} was ${active ? 'activated' : 'deactivated'}`,
      subject: rule.name,
      change: { type: 'push-rule', id: ruleId },
    }),
  )
}

/** Delete Rule, with the groups it pushed deleted in the app or left there. */
export function deletePushRule(
  deps: CommandDeps,
  actor: Actor,
  { ruleId, deleteTargets }: { readonly ruleId: string; readonly deleteTargets: boolean },
): Promise<GroupPushRule> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx } = change
      const rule = knownRule(tx, ruleId)
      const app = knownApp(tx, rule.appId)
      for (const mapping of tx.find('groupPushMappings', 'rule', ruleId))
        dropMapping(change, mapping, app, deleteTargets)
      tx.delete('groupPushRules', ruleId)
      return rule
    },
    (rule) => ({
      title: `Group push rule ${rule.name} was deleted`,
      subject: rule.name,
      change: { type: 'push-rule', id: ruleId },
    }),
  )
}

/** Errors > "Retry All Groups". @returns how many. */
export function retryAllGroups(
  deps: CommandDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<number> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const app = connected(tx, appId)
      const failed = tx.find('groupPushMappings', 'app', appId).filter(({ status }) => status === 'ERROR')
      for (const mapping of failed) {
        tx.put('groupPushMappings', mapping.id, { ...mapping, status: 'PUSHING', lastUpdated: clock.iso() })
        queueJob(
          change,
          app,
          { kind: 'push-group', mappingId: mapping.id, overwrite: mapping.pushMemberships },
          mapping.targetName,
        )
      }
      return failed.length
    },
    (count) => ({ title: `${count} group pushes are tried again`, subject: appId, change: { type: 'app', id: appId } }),
  )
}

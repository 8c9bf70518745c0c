import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaApp } from '../apps/records.ts'
import type { OktaGroup } from '../collections.ts'
import { type Change, queueJob } from '../provisioning/queue.ts'
import type { GroupPushMapping, GroupPushRule, PushCondition } from '../provisioning/records.ts'
import { appTarget, groupTarget, recordEvent } from '../system-log/record-event.ts'

/** Which groups a rule pushes, and the beginning of a push (reference sheet 1.9, 2.6). */

function holds(condition: PushCondition | undefined, text: string): boolean {
  if (condition === undefined) return true
  const [value, given] = [condition.value.toLowerCase(), text.toLowerCase()]
  switch (condition.operator) {
    case 'starts-with':
      return given.startsWith(value)
    case 'ends-with':
      return given.endsWith(value)
    case 'contains':
      return given.includes(value)
  }
}

/** Both conditions must hold; the built-in group is nobody's. */
export function matchesRule({ groupName, groupDescription }: GroupPushRule, group: OktaGroup): boolean {
  return group.type !== 'BUILT_IN' && holds(groupName, group.name) && holds(groupDescription, group.description)
}

export interface NewPush {
  readonly group: OktaGroup
  readonly targetName: string
  /** Linked to a group the app has. */
  readonly targetGroupId?: string
  readonly ruleId?: string
  readonly pushMemberships: boolean
  /** Made inactive: nothing is sent until it is activated. */
  readonly inactive?: boolean
}

/** Begin to push a group: the mapping, and the job that creates or fills it. */
export function beginPush(change: Change, app: OktaApp, input: NewPush): GroupPushMapping {
  const { tx, clock } = change
  const now = clock.iso()
  const mapping: GroupPushMapping = {
    id: lettersOf(nextIdSeed(tx), 'gPm', 17),
    appId: app.id,
    groupId: input.group.id,
    targetName: input.targetName,
    ...(input.targetGroupId === undefined ? {} : { targetGroupId: input.targetGroupId }),
    ...(input.ruleId === undefined ? {} : { ruleId: input.ruleId }),
    pushMemberships: input.pushMemberships,
    status: input.inactive === true ? 'INACTIVE' : 'PUSHING',
    created: now,
    lastUpdated: now,
  }
  tx.put('groupPushMappings', mapping.id, mapping)
  recordEvent(tx, clock, {
    eventType: 'application.provision.group_push.mapping.created',
    actor: change.actor,
    target: [groupTarget(input.group), appTarget(app)],
  })
  if (mapping.status === 'INACTIVE') return mapping
  queueJob(
    change,
    app,
    {
      kind: 'push-group',
      mappingId: mapping.id,
      overwrite: input.targetGroupId !== undefined && input.pushMemberships,
    },
    mapping.targetName,
  )
  return mapping
}

/** A rule's group that is not pushed yet. One whose name the app has already is not: a warning says so. */
export function pushByRule(change: Change, app: OktaApp, rule: GroupPushRule, group: OktaGroup): void {
  const { tx, clock } = change
  if (rule.status !== 'ACTIVE' || !matchesRule(rule, group)) return
  if (tx.find('groupPushMappings', 'appGroup', `${app.id}/${group.id}`).length > 0) return
  const isTaken = tx
    .find('appSideGroups', 'app', app.id)
    .some(({ name }) => name.toLowerCase() === group.name.toLowerCase())
  if (isTaken) {
    recordEvent(tx, clock, {
      eventType: 'application.provision.group_push.mapping.created.from.rule.warning.duplicate.name',
      actor: change.actor,
      target: [groupTarget(group), appTarget(app)],
      failure: `${app.label} has a group called ${group.name}`,
      warns: true,
    })
    return
  }
  beginPush(change, app, { group, targetName: group.name, ruleId: rule.id, pushMemberships: rule.pushMemberships })
}

/** Every rule of every app, for a group that is new or was changed. */
export function applyPushRules(change: Change, group: OktaGroup): void {
  for (const [, rule] of [...change.tx.entries('groupPushRules')]) {
    const app = change.tx.get('apps', rule.appId)
    if (app !== undefined) pushByRule(change, app, rule, group)
  }
}

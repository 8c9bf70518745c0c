import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import { displayNameOf, settleEverywhere } from '../assignments/settle.ts'
import { finishSweeps } from '../assignments/sweep.ts'
import type { OktaGroup, OktaReader, OktaUser } from '../collections.ts'
import { isMember } from '../groups/membership.ts'
import { applyPushRules } from '../groups/push-rules.ts'
import { type Change, queueMemberships } from '../provisioning/queue.ts'
import { appTarget, groupTarget, recordEvent, userTarget } from '../system-log/record-event.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { dropAppGroup } from './assignments.ts'
import { exceptFromRules, forgetGroupInRules } from './group-rules.ts'
import { inChange } from './in-change.ts'
import { knownGroup, knownUser } from './known.ts'
import { invalid, OktaRefusal } from './refusal.ts'

/** Directory > Groups. Groups hold people only. */

function checkName(reader: OktaReader, name: string, exceptId?: string): string {
  const trimmed = name.trim()
  if (trimmed === '') throw invalid('name', 'name: The field cannot be left blank')
  if (trimmed.length > 255) throw invalid('name', 'name: The field cannot have more than 255 characters')
  if (reader.find('groups', 'name', trimmed.toLowerCase()).some(({ id }) => id !== exceptId)) {
    throw new OktaRefusal('E0000001', 'Api validation failed: name', [
      { field: 'name', summary: 'name: An object with this field already exists in the current organization' },
    ])
  }
  return trimmed
}

/** @throws {OktaRefusal} E0000001 for a name in use. */
export function addGroup(
  deps: CommandDeps,
  actor: Actor,
  { name, description }: { readonly name: string; readonly description: string },
): Promise<OktaGroup> {
  return inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock } = change
      const now = clock.iso()
      const group: OktaGroup = {
        id: lettersOf(nextIdSeed(tx), '00g', 17),
        type: 'OKTA_GROUP',
        name: checkName(tx, name),
        description: description.trim(),
        created: now,
        lastUpdated: now,
      }
      tx.put('groups', group.id, group)
      recordEvent(tx, clock, { eventType: 'group.lifecycle.create', actor: change.actor, target: [groupTarget(group)] })
      applyPushRules(change, group)
      return group
    },
    (group) => ({
      title: `Group ${group.name} was added`,
      subject: group.name,
      change: { type: 'group', id: group.id, after: group },
    }),
  )
}

function editable(reader: OktaReader, groupId: string): OktaGroup {
  const group = knownGroup(reader, groupId)
  if (group.type === 'BUILT_IN') throw new OktaRefusal('E0000001', `The group ${group.name} cannot be changed.`)
  return group
}

/**
 * Rename or describe. A pushed group is renamed in the app too where "Rename app groups" is on; where it is off the mapping stays
 * as it is.
 * @throws {OktaRefusal} E0000001, E0000007.
 */
export function editGroup(
  deps: CommandDeps,
  actor: Actor,
  input: { readonly groupId: string; readonly name?: string; readonly description?: string },
): Promise<OktaGroup> {
  let before: OktaGroup | undefined
  return inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock } = change
      before = editable(tx, input.groupId)
      const after: OktaGroup = {
        ...before,
        ...(input.name === undefined ? {} : { name: checkName(tx, input.name, before.id) }),
        ...(input.description === undefined ? {} : { description: input.description.trim() }),
        lastUpdated: clock.iso(),
      }
      tx.put('groups', after.id, after)
      recordEvent(tx, clock, { eventType: 'group.profile.update', actor: change.actor, target: [groupTarget(after)] })
      if (after.name !== before.name) renamePushed(change, after)
      applyPushRules(change, after)
      return after
    },
    (after) => ({
      title: `Group ${after.name} was changed`,
      subject: after.name,
      change: { type: 'group', id: after.id, before, after },
    }),
  )
}

function renamePushed(change: Change, group: OktaGroup): void {
  const { tx, clock } = change
  for (const mapping of tx.find('groupPushMappings', 'group', group.id)) {
    const app = tx.get('apps', mapping.appId)
    if (app === undefined) continue
    if (app.provisioning?.renameAppGroups === true) queueMemberships(change, app, { ...mapping, pushMemberships: true })
    else {
      recordEvent(tx, clock, {
        eventType: 'application.provision.group_push.mapping.deactivated.source.group.renamed',
        actor: change.actor,
        target: [groupTarget(group), appTarget(app)],
        failure: 'Rename app groups is off',
        warns: true,
      })
    }
  }
}

/** Delete a group: members lose what they had by it, and what was pushed stays in the app. @throws {OktaRefusal} E0000001, E0000007. */
export async function deleteGroup(
  deps: CommandDeps,
  actor: Actor,
  { groupId }: { readonly groupId: string },
): Promise<OktaGroup> {
  const deleted = await inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock } = change
      const group = editable(tx, groupId)
      for (const { appId } of tx.find('appGroups', 'group', groupId)) {
        const app = tx.get('apps', appId)
        if (app !== undefined) dropAppGroup(change, app, groupId)
      }
      for (const mapping of tx.find('groupPushMappings', 'group', groupId)) {
        for (const key of [...tx.findKeys('pushedMembers', 'mapping', mapping.id)]) tx.delete('pushedMembers', key)
        tx.delete('groupPushMappings', mapping.id)
      }
      for (const { userId } of tx.find('groupMembers', 'group', groupId))
        tx.delete('groupMembers', `${groupId}/${userId}`)
      tx.delete('groups', groupId)
      forgetGroupInRules(change, groupId)
      recordEvent(tx, clock, { eventType: 'group.lifecycle.delete', actor: change.actor, target: [groupTarget(group)] })
      return group
    },
    (group) => ({
      title: `Group ${group.name} was deleted`,
      subject: group.name,
      change: { type: 'group', id: groupId, before: group },
    }),
  )
  await finishSweeps(deps.system)
  return deleted
}

interface MembershipInput {
  readonly groupId: string
  readonly userId: string
}

function changeMembership(
  deps: CommandDeps,
  actor: Actor,
  input: MembershipInput,
  eventType: 'group.user_membership.add' | 'group.user_membership.remove',
  write: (change: Change, group: OktaGroup, user: OktaUser) => void,
): Promise<{ readonly group: OktaGroup; readonly user: OktaUser }> {
  const joins = eventType === 'group.user_membership.add'
  return inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock } = change
      const group = editable(tx, input.groupId)
      const user = knownUser(tx, input.userId)
      write(change, group, user)
      recordEvent(tx, clock, { eventType, actor: change.actor, target: [userTarget(user), groupTarget(group)] })
      // The person's apps first: a member is pushed once there is an account.
      settleEverywhere(change, user, true)
      for (const mapping of tx.find('groupPushMappings', 'group', group.id)) {
        const app = tx.get('apps', mapping.appId)
        if (app !== undefined) queueMemberships(change, app, mapping)
      }
      return { group, user }
    },
    ({ group, user }) => ({
      title: `${displayNameOf(user)} was ${joins ? 'added to' : 'removed from'} ${group.name}`,
      subject: user.profile.login,
      change: { type: 'membership', id: `${group.id}/${user.id}` },
    }),
  )
}

/** @throws {OktaRefusal} E0000001 for the built-in group, E0000007. Somebody already in it stays in it. */
export async function addMember(deps: CommandDeps, actor: Actor, input: MembershipInput): Promise<void> {
  await changeMembership(deps, actor, input, 'group.user_membership.add', ({ tx }, group, user) => {
    // Whoever a rule has put in stays the rule's.
    if (isMember(tx, group.id, user.id)) return
    tx.put('groupMembers', `${group.id}/${user.id}`, { groupId: group.id, userId: user.id })
  })
}

/**
 * Whoever a rule has put in is excepted from it, so that they stay out.
 * @throws {OktaRefusal} E0000001 for the built-in group and a rule that can except nobody else, E0000007 for somebody who is no member.
 */
export async function removeMember(deps: CommandDeps, actor: Actor, input: MembershipInput): Promise<void> {
  await changeMembership(deps, actor, input, 'group.user_membership.remove', (change, group, user) => {
    const { tx } = change
    if (!isMember(tx, group.id, user.id))
      throw new OktaRefusal('E0000007', `Not found: ${user.profile.login} is not in ${group.name}`)
    exceptFromRules(change, group.id, user)
    tx.delete('groupMembers', `${group.id}/${user.id}`)
  })
}

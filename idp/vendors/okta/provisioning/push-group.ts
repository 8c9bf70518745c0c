import type { OktaApp } from '../apps/records.ts'
import { appUserOf } from '../assignments/settle.ts'
import type { OktaReader } from '../collections.ts'
import { memberIdsOf } from '../groups/membership.ts'
import type { JsonObject } from './external-name.ts'
import { failedBy, groupPushFailed, type Outcome, reasonOf, type Step } from './outcome.ts'
import type { GroupPushMapping, PushedMember } from './records.ts'
import type { ScimClient, ScimFailure } from './scim-client.ts'

/** Group push (reference sheet 2.6). */

const GROUP_URN = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PUSHED = 'application.provision.group_push.pushed'
const MEMBERSHIPS = 'application.provision.group_push.push_memberships'
const RENAMED = 'application.provision.group_push.mapping.app.group.renamed'
const RENAME_FAILED = 'application.provision.group_push.mapping.app.group.renamed.failed'
const FAILED = 'application.provision.group_push.mapping.update.or.delete.failed.with.error'

export interface GroupMember {
  readonly userId: string
  readonly externalId: string
  readonly userName: string
}

/** What the mapping has become, to be written down with the outcome. */
export interface GroupProgress {
  readonly targetGroupId?: string
  readonly targetName?: string
  /** Members the app has now; absent: not pushed. */
  readonly members?: readonly GroupMember[]
}

export interface GroupWork {
  readonly app: OktaApp
  readonly mapping: GroupPushMapping
  /** Name of the group in the org. */
  readonly groupName: string
  readonly wanted: readonly GroupMember[]
  readonly pushed: readonly PushedMember[]
  /** People whose removal is not sent: they are deactivated or staged. */
  readonly silent: ReadonlySet<string>
  readonly client: ScimClient
}

/** Members to be sent: in the group, assigned, with an account, and neither staged nor deactivated. */
export function membersToPush(
  reader: OktaReader,
  mapping: GroupPushMapping,
): Pick<GroupWork, 'wanted' | 'pushed' | 'silent'> {
  const pushed = reader.find('pushedMembers', 'mapping', mapping.id)
  const isSilent = (userId: string): boolean => {
    const status = reader.get('users', userId)?.status
    return status === 'STAGED' || status === 'DEPROVISIONED'
  }
  const wanted = memberIdsOf(reader, mapping.groupId).flatMap((userId): GroupMember[] => {
    const appUser = appUserOf(reader, mapping.appId, userId)
    const { externalId, userName } = appUser ?? {}
    return externalId === undefined || userName === undefined || isSilent(userId)
      ? []
      : [{ userId, externalId, userName }]
  })
  return { wanted, pushed, silent: new Set(pushed.map(({ userId }) => userId).filter(isSilent)) }
}

const elementOf = ({ externalId, userName }: GroupMember): JsonObject => ({ value: externalId, display: userName })

/** Removes first, one operation each; then all additions in one (reference sheet 2.6). */
function differenceOf({ wanted, pushed, silent }: GroupWork): readonly JsonObject[] {
  const has = new Set(pushed.map(({ externalId }) => externalId))
  const wants = new Set(wanted.map(({ externalId }) => externalId))
  const removed = pushed.filter(({ externalId, userId }) => !wants.has(externalId) && !silent.has(userId))
  const added = wanted.filter(({ externalId }) => !has.has(externalId))
  return [
    ...removed.map(({ externalId }) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(externalId)}]` })),
    ...(added.length === 0 ? [] : [{ op: 'add', path: 'members', value: added.map(elementOf) }]),
  ]
}

export interface GroupOutcome {
  readonly outcome: Outcome
  /** Kept even when a later call failed: the app has it. */
  readonly progress: GroupProgress
}

/** Create the group where it is not there, bring its members in line, and send its name along. */
export async function pushGroup(work: GroupWork, overwrite: boolean): Promise<GroupOutcome> {
  const steps: Step[] = []
  let progress: GroupProgress = {}
  const fail = (failure: ScimFailure, eventType: Step['eventType'] = FAILED): GroupOutcome => {
    const reason = reasonOf(failure)
    const message = groupPushFailed(work.mapping.targetName, reason)
    return {
      progress,
      outcome: failedBy(failure, { steps: [...steps, { eventType, failure: reason }], message, task: 'group' }),
    }
  }
  let { targetGroupId } = work.mapping
  if (targetGroupId === undefined) {
    const made = await createOrFind(work)
    if (!made.ok) return fail(made)
    targetGroupId = made.value
    progress = { targetGroupId }
    steps.push({ eventType: PUSHED })
  }
  const isNew = progress.targetGroupId !== undefined
  const { mapping, groupName, app, client, wanted } = work
  const renames = app.provisioning?.renameAppGroups === true && groupName !== mapping.targetName
  const operations = overwrite ? [{ op: 'replace', path: 'members', value: wanted.map(elementOf) }] : differenceOf(work)
  const sendsMembers = mapping.pushMemberships || overwrite ? operations.length > 0 : false
  if (!sendsMembers && !renames) {
    const line = isNew ? `group ${mapping.targetName} pushed` : `group ${mapping.targetName}: nothing to push`
    return { progress, outcome: { kind: 'done', steps, line } }
  }
  if (client.dialect === 'wizard') return replaceWhole(work, targetGroupId, progress, steps, fail)

  if (sendsMembers) {
    const sent = await client.patch('Groups', targetGroupId, operations)
    if (!sent.ok) return fail(sent)
    progress = { ...progress, members: wanted }
    steps.push({ eventType: MEMBERSHIPS })
  }
  const there = await client.read('Groups', targetGroupId)
  if (!there.ok) return fail(there, 'application.provision.group.verify_exists')
  // The name goes along with every change of members, changed or not.
  const displayName =
    app.provisioning?.renameAppGroups === true ? groupNameInApp(work) : String(there.value['displayName'])
  const named = await client.patch('Groups', targetGroupId, [
    { op: 'replace', value: { id: targetGroupId, displayName } },
  ])
  if (!named.ok) return fail(named, renames ? RENAME_FAILED : FAILED)
  if (renames) steps.push({ eventType: RENAMED })
  return {
    progress: { ...progress, targetName: displayName },
    outcome: { kind: 'done', steps, line: `group ${displayName} pushed` },
  }
}

/** With renaming on, the app's group is called as the org's is. */
function groupNameInApp({ groupName }: GroupWork): string {
  return groupName
}

/** With Import Groups on the org knows the app's groups; else it looks the name up before it creates one. */
async function createOrFind({
  app,
  mapping,
  client,
}: GroupWork): Promise<{ readonly ok: true; readonly value: string } | ScimFailure> {
  if (app.provisioning?.importGroups === false) {
    const found = await client.find('Groups', mapping.targetName)
    if (!found.ok) return found
    if (found.value !== null) return { ok: true, value: String(found.value['id']) }
  }
  const made = await client.create('Groups', { schemas: [GROUP_URN], displayName: mapping.targetName, members: [] })
  if (!made.ok) return made
  if (made.value === null) {
    const detail = 'Create new group returned empty group.'
    return { ok: false, reason: detail, detail }
  }
  return { ok: true, value: String(made.value['id']) }
}

/** The wizard's dialect: the whole group in one PUT. */
async function replaceWhole(
  work: GroupWork,
  targetGroupId: string,
  progress: GroupProgress,
  steps: Step[],
  fail: (failure: ScimFailure) => GroupOutcome,
): Promise<GroupOutcome> {
  const { app, groupName, mapping, wanted, client } = work
  const displayName = app.provisioning?.renameAppGroups === true ? groupName : mapping.targetName
  const sent = await client.replace('Groups', targetGroupId, {
    schemas: [GROUP_URN],
    id: targetGroupId,
    displayName,
    members: wanted.map(elementOf),
  })
  if (!sent.ok) return fail(sent)
  return {
    progress: { ...progress, members: wanted, targetName: displayName },
    outcome: { kind: 'done', steps: [...steps, { eventType: MEMBERSHIPS }], line: `group ${displayName} pushed` },
  }
}

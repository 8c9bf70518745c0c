import type { Clock } from '#kit/clock.ts'
import { type AppGroup, type AppUser, appGroupKey, type OktaApp } from '../apps/records.ts'
import {
  accountOf,
  appUserOf,
  assignedGroupsOf,
  createAppUser,
  displayNameOf,
  queueProfilePush,
  queueProvision,
  refreshAppUser,
  removeAppUser,
  settleAssignment,
} from '../assignments/settle.ts'
import { finishSweeps, settlePeople } from '../assignments/sweep.ts'
import type { OktaReader, OktaUser } from '../collections.ts'
import { memberIdsOf } from '../groups/membership.ts'
import { profileProblems } from '../profiles/check-profile.ts'
import { schemaOf } from '../profiles/read.ts'
import type { AttributeDefinition, Profile, ProfileValue } from '../profiles/records.ts'
import { type Change, noteSyncEnd } from '../provisioning/queue.ts'
import { appTarget, groupTarget, recordEvent } from '../system-log/record-event.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { type ChangeNote, inChange } from './in-change.ts'
import { connected, knownApp, knownAppGroup, knownAppUser, knownGroup, knownUser } from './known.ts'
import { invalid, invalidFields, OktaRefusal } from './refusal.ts'

/** Assignments tab (reference sheet 1.8). */

/** A field of the assignment dialog, in the order of the app's profile. */
export interface AssignmentField {
  readonly attribute: AttributeDefinition
  readonly value: ProfileValue | undefined
  /** The value the mapping, or a group, gives; what differs from it is the administrator's own. */
  readonly mapped: ProfileValue | undefined
}

export interface AssignmentForm {
  readonly userName: string
  readonly fields: readonly AssignmentField[]
}

const NAMED: Profile = {}

function plainAccount(reader: OktaReader, clock: Clock, app: OktaApp, user: OktaUser, scope: AppUser['scope']) {
  return accountOf({ tx: reader, clock }, app, user, { scope, overrides: NAMED })
}

/** What the dialog of "Assign" or of the pencil shows for somebody. @throws {OktaRefusal} E0000007. */
export function assignmentForm(
  { system: { store, clock } }: CommandDeps,
  { appId, userId }: { readonly appId: string; readonly userId: string },
): AssignmentForm {
  const app = knownApp(store, appId)
  const user = knownUser(store, userId)
  const existing = appUserOf(store, appId, userId)
  const plain = plainAccount(store, clock, app, user, existing?.scope ?? 'USER')
  const fields = schemaOf(store, appId)
    .attributes.filter(({ name }) => name !== 'userName')
    .map((attribute) => ({
      attribute,
      value: (existing?.profile ?? plain.profile)[attribute.name],
      mapped: plain.profile[attribute.name],
    }))
  return { userName: existing?.userName ?? plain.userName, fields }
}

/** What can be set for a group: attributes that are not "User personal". */
export function groupAssignmentFields(reader: OktaReader, appId: string): readonly AttributeDefinition[] {
  return schemaOf(reader, appId).attributes.filter(({ name, scope }) => name !== 'userName' && scope === 'NONE')
}

/** Values that say something the mapping does not; a value given back as it was mapped is no override. */
function overridesOf(values: Profile, mapped: Profile): Profile {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(mapped[name]) && !(value === '' && mapped[name] === undefined),
    ),
  )
}

function checkAccount(reader: OktaReader, app: OktaApp, userName: string, profile: Profile): void {
  const problems = profileProblems(schemaOf(reader, app.id).attributes, { ...profile, userName })
  if (problems.length > 0) throw invalidFields(problems)
  if (userName === '') throw invalid('userName', 'User Name: The field cannot be left blank')
}

function noteOf(
  verb: string,
): (result: { readonly app: OktaApp; readonly user: OktaUser; readonly appUser: AppUser }) => ChangeNote {
  return ({ app, user, appUser }) => ({
    title: `${displayNameOf(user)} was ${verb} ${app.label}`,
    subject: user.profile.login,
    change: { type: 'assignment', id: appUser.id, after: appUser },
  })
}

/**
 * Assign to People, Save and Go Back: what follows at the app begins at once.
 * @throws {OktaRefusal} E0000001 for values against the profile, E0000062 for somebody assigned individually already,
 * E0000117 for somebody deactivated, E0000007.
 */
export async function assignPerson(
  deps: CommandDeps,
  actor: Actor,
  input: { readonly appId: string; readonly userId: string; readonly userName?: string; readonly values?: Profile },
): Promise<AppUser> {
  const { appUser } = await inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const app = knownApp(tx, input.appId)
      const user = knownUser(tx, input.userId)
      if (user.status === 'DEPROVISIONED')
        throw new OktaRefusal('E0000117', 'Cannot assign apps or update app profiles for an inactive user.')
      const existing = appUserOf(tx, app.id, user.id)
      if (existing?.scope === 'USER') throw new OktaRefusal('E0000062', `The user is already assigned to ${app.label}.`)
      const plain = plainAccount(tx, clock, app, user, 'USER')
      const overrides = overridesOf(input.values ?? {}, plain.profile)
      const typed =
        input.userName !== undefined && input.userName !== plain.userName ? { userName: input.userName.trim() } : {}
      checkAccount(tx, app, typed.userName ?? plain.userName, { ...plain.profile, ...overrides })
      const draft = { scope: 'USER', overrides, ...typed } as const
      if (existing === undefined) return { app, user, appUser: createAppUser(change, app, user, draft) }
      refreshAppUser(change, app, user, existing, draft)
      return { app, user, appUser: knownAppUser(tx, existing.id) }
    },
    noteOf('assigned to'),
  )
  return appUser
}

/**
 * The pencil of a row. `scope` `GROUP` gives the assignment back to the person's groups, `USER` takes it over for good
 * ("Administrator (overrides group)").
 * @throws {OktaRefusal} E0000001, E0000007.
 */
export async function editAssignment(
  deps: CommandDeps,
  actor: Actor,
  input: {
    readonly appUserId: string
    readonly scope?: AppUser['scope']
    readonly userName?: string
    readonly values: Profile
  },
): Promise<AppUser> {
  const { appUser } = await inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx, clock } = change
      const before = knownAppUser(tx, input.appUserId)
      const app = knownApp(tx, before.appId)
      const user = knownUser(tx, before.userId)
      const scope = input.scope ?? 'USER'
      if (scope === 'GROUP' && assignedGroupsOf(tx, app.id, user.id).length === 0) {
        throw invalid('scope', 'The person is in no group that is assigned.')
      }
      const plain = plainAccount(tx, clock, app, user, scope)
      const overrides = scope === 'GROUP' ? {} : overridesOf(input.values, plain.profile)
      const userName = input.userName?.trim() ?? before.userName
      checkAccount(tx, app, userName, { ...plain.profile, ...overrides })
      const typed = scope === 'USER' && userName !== plain.userName ? { userName } : {}
      refreshAppUser(change, app, user, before, { scope, overrides, ...typed })
      return { app, user, appUser: knownAppUser(tx, before.id) }
    },
    noteOf('edited in'),
  )
  return appUser
}

/**
 * The ✕ of a row. Somebody who is also in an assigned group stays assigned by it.
 * @throws {OktaRefusal} E0000001 for a row that is a group's: unassign the group or remove the member.
 */
export async function unassignPerson(
  deps: CommandDeps,
  actor: Actor,
  { appUserId }: { readonly appUserId: string },
): Promise<void> {
  await inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx } = change
      const appUser = knownAppUser(tx, appUserId)
      const app = knownApp(tx, appUser.appId)
      const user = knownUser(tx, appUser.userId)
      if (appUser.scope === 'GROUP') {
        throw new OktaRefusal(
          'E0000001',
          'The assignment comes from a group. Unassign the group or remove the person from it.',
        )
      }
      const byGroup = assignedGroupsOf(tx, app.id, user.id).length > 0
      if (byGroup) refreshAppUser(change, app, user, appUser, { scope: 'GROUP', overrides: {} })
      else removeAppUser(change, app, appUser, user)
      return { app, user, appUser }
    },
    noteOf('unassigned from'),
  )
}

function settleMembers(change: Change, app: OktaApp, groupId: string): void {
  settlePeople(change, app, memberIdsOf(change.tx, groupId))
}

function checkGroupProfile(reader: OktaReader, app: OktaApp, profile: Profile): Profile {
  const fields = groupAssignmentFields(reader, app.id).map((attribute) => ({ ...attribute, required: false }))
  const given = Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== ''))
  const problems = profileProblems(fields, given)
  if (problems.length > 0) throw invalidFields(problems)
  return given
}

interface GroupInput {
  readonly appId: string
  readonly groupId: string
}

async function groupCommand(
  deps: CommandDeps,
  actor: Actor,
  { appId, groupId }: GroupInput,
  verb: string,
  eventType:
    | 'group.application_assignment.add'
    | 'group.application_assignment.remove'
    | 'group.application_assignment.update',
  run: (change: Change, app: OktaApp) => void,
): Promise<OktaApp> {
  let groupName = ''
  const changed = await inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const app = knownApp(change.tx, appId)
      const group = knownGroup(change.tx, groupId)
      groupName = group.name
      const target = [groupTarget(group), appTarget(app)]
      run(change, app)
      recordEvent(change.tx, change.clock, { eventType, actor: change.actor, target })
      return app
    },
    (app) => ({
      title: `Group ${groupName} was ${verb} ${app.label}`,
      subject: groupName,
      change: { type: 'group-assignment', id: appGroupKey(appId, groupId) },
    }),
  )
  await finishSweeps(deps.system)
  return changed
}

/** Assign to Groups: each member is assigned, type Group, last in priority. @throws {OktaRefusal} E0000062, E0000001, E0000007. */
export async function assignGroup(
  deps: CommandDeps,
  actor: Actor,
  input: GroupInput & { readonly profile?: Profile },
): Promise<void> {
  await groupCommand(deps, actor, input, 'assigned to', 'group.application_assignment.add', (change, app) => {
    const { tx, clock } = change
    if (tx.has('appGroups', appGroupKey(app.id, input.groupId))) {
      throw new OktaRefusal('E0000062', `The group is already assigned to ${app.label}.`)
    }
    const now = clock.iso()
    const appGroup: AppGroup = {
      appId: app.id,
      groupId: input.groupId,
      priority: tx.count('appGroups', 'app', app.id),
      profile: checkGroupProfile(tx, app, input.profile ?? {}),
      created: now,
      lastUpdated: now,
    }
    tx.put('appGroups', appGroupKey(app.id, input.groupId), appGroup)
    settleMembers(change, app, input.groupId)
  })
}

/** The values a group gives its members. @throws {OktaRefusal} E0000001, E0000007. */
export async function editGroupAssignment(
  deps: CommandDeps,
  actor: Actor,
  input: GroupInput & { readonly profile: Profile },
): Promise<void> {
  await groupCommand(deps, actor, input, 'edited in', 'group.application_assignment.update', (change, app) => {
    const before = knownAppGroup(change.tx, app.id, input.groupId)
    change.tx.put('appGroups', appGroupKey(app.id, input.groupId), {
      ...before,
      profile: checkGroupProfile(change.tx, app, input.profile),
      lastUpdated: change.clock.iso(),
    })
    settleMembers(change, app, input.groupId)
  })
}

/** Who holds no other assignment loses the app. */
export async function unassignGroup(deps: CommandDeps, actor: Actor, input: GroupInput): Promise<void> {
  await groupCommand(deps, actor, input, 'unassigned from', 'group.application_assignment.remove', (change, app) => {
    dropAppGroup(change, app, input.groupId)
  })
}

/** Take a group's assignment away and settle its members. */
export function dropAppGroup(change: Change, app: OktaApp, groupId: string): void {
  const { tx } = change
  const members = memberIdsOf(tx, groupId)
  knownAppGroup(tx, app.id, groupId)
  tx.delete('appGroups', appGroupKey(app.id, groupId))
  renumber(change, app.id)
  settlePeople(change, app, members)
}

function renumber(
  { tx }: Change,
  appId: string,
  order = tx.find('appGroups', 'app', appId).toSorted((a, b) => a.priority - b.priority),
): void {
  for (const [priority, appGroup] of order.entries()) {
    tx.put('appGroups', appGroupKey(appId, appGroup.groupId), { ...appGroup, priority })
  }
}

/** Drag a group to another place; 0 is the highest. Members of several groups may get other values, and they are pushed. */
export async function setGroupPriority(
  deps: CommandDeps,
  actor: Actor,
  input: GroupInput & { readonly priority: number },
): Promise<void> {
  await groupCommand(deps, actor, input, 'moved in', 'group.application_assignment.update', (change, app) => {
    const moved = knownAppGroup(change.tx, app.id, input.groupId)
    const others = change.tx
      .find('appGroups', 'app', app.id)
      .filter(({ groupId }) => groupId !== input.groupId)
      .toSorted((one, other) => one.priority - other.priority)
    const at = Math.max(0, Math.min(Math.trunc(input.priority), others.length))
    renumber(change, app.id, [...others.slice(0, at), moved, ...others.slice(at)])
    settleMembers(change, app, input.groupId)
  })
}

/** "Provision User": everybody with the red exclamation mark. @returns how many. @throws {OktaRefusal} E0000001 while the integration is off. */
export function provisionUsers(
  deps: CommandDeps,
  actor: Actor,
  { appId }: { readonly appId: string },
): Promise<number> {
  return backfill(deps, actor, appId, 'queued for provisioning', (change, app) => {
    const waiting = change.tx.find('appUsers', 'unprovisioned', app.id)
    for (const appUser of waiting) {
      queueProvision(change, app, appUser)
      recordEvent(change.tx, change.clock, {
        eventType: 'application.user_membership.provision',
        actor: change.actor,
        target: [appTarget(app)],
      })
    }
    return waiting.length
  })
}

/** "Force Sync": apply the mappings again and push everybody. @returns how many are pushed. */
export function forceSync(deps: CommandDeps, actor: Actor, { appId }: { readonly appId: string }): Promise<number> {
  return backfill(deps, actor, appId, 'pushed by Force Sync', (change, app) => {
    const { tx } = change
    return tx.find('appUsers', 'app', app.id).filter((appUser) => {
      const user = tx.get('users', appUser.userId)
      if (user === undefined) return false
      settleAssignment(change, app, user)
      const current = tx.get('appUsers', appUser.id)
      // What settling queued already need not go twice.
      return current !== undefined && (current.syncState === 'SYNCING' || queueProfilePush(change, app, current))
    }).length
  })
}

function backfill(
  deps: CommandDeps,
  actor: Actor,
  appId: string,
  what: string,
  run: (change: Change, app: OktaApp) => number,
): Promise<number> {
  let label = ''
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const app = connected(change.tx, appId)
      label = app.label
      recordEvent(change.tx, change.clock, {
        eventType: 'app.app_instance.provision_sync_job.started',
        actor: change.actor,
        target: [appTarget(app)],
      })
      const count = run({ ...change, sync: true }, app)
      if (change.tx.count('provisioningJobs', 'sync', change.transactionId) === 0) noteSyncEnd(change, app)
      return count
    },
    (count) => ({ title: `${label}: ${count} people ${what}`, subject: label, change: { type: 'app', id: appId } }),
  )
}

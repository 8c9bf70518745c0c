import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { Reader } from '#kit/store/store.ts'
import { type AppGroup, type AppShape, type AppUser, appPersonKey, type OktaApp } from '../apps/records.ts'
import { userNameOf } from '../apps/user-name.ts'
import type { OktaDirectoryShape, OktaGroup, OktaReader, OktaUser } from '../collections.ts'
import { groupIdsOf, isMember } from '../groups/membership.ts'
import { applyGroupRules } from '../groups/rules/apply.ts'
import { appProfileOf, sameProfile } from '../profiles/app-profile.ts'
import { expressionScope } from '../profiles/expression-scope.ts'
import { mappingOf, schemaOf } from '../profiles/read.ts'
import type { Profile } from '../profiles/records.ts'
import { type Change, closeTasks, openTask, queueJob, queueMemberships } from '../provisioning/queue.ts'
import type { FormerAppUser } from '../provisioning/records.ts'
import { isConnected } from '../provisioning/target.ts'
import { appTarget, appUserTarget, recordEvent, userTarget } from '../system-log/record-event.ts'

/**
 * Who is assigned to an app and with what, and what follows for the app (reference sheet 2.2, 3.6, 4.2). An individual assignment
 * stays until somebody removes it; everybody else is assigned while they are in an assigned group.
 */

export function displayNameOf({ profile }: Pick<OktaUser, 'profile'>): string {
  return `${profile.firstName} ${profile.lastName}`
}

/** The assignment of somebody to an app. */
export function appUserOf(reader: Reader<AppShape>, appId: string, userId: string): AppUser | undefined {
  return reader.find('appUsers', 'person', appPersonKey(appId, userId))[0]
}

/** Assigned groups the person is in, the highest priority first. */
export function assignedGroupsOf(
  reader: Reader<AppShape & OktaDirectoryShape>,
  appId: string,
  userId: string,
): readonly AppGroup[] {
  return reader
    .find('appGroups', 'app', appId)
    .filter(({ groupId }) => isMember(reader, groupId, userId))
    .toSorted((one, other) => one.priority - other.priority)
}

/** Apps that concern a person: they have an account there, or are in a group that is assigned. */
export function appsOf(reader: OktaReader, userId: string): readonly OktaApp[] {
  const ids = new Set([
    ...reader.find('appUsers', 'user', userId).map(({ appId }) => appId),
    ...groupIdsOf(reader, userId).flatMap((groupId) =>
      reader.find('appGroups', 'group', groupId).map(({ appId }) => appId),
    ),
  ])
  return [...ids].flatMap((id) => reader.get('apps', id) ?? [])
}

/** What is known of an account before it is put together. */
export interface AccountDraft {
  readonly scope: AppUser['scope']
  readonly overrides: Profile
  /** Typed by an administrator; absent: by the app's format. */
  readonly userName?: string
}

/** What an account held, as if nobody had set what the administrator's values do not say any more: it is computed anew. */
function withoutWithdrawn({ profile, fromGroup, overrides }: AppUser, draft: AccountDraft) {
  const kept = draft.scope === 'USER' ? draft.overrides : {}
  const withdrawn = Object.keys(overrides).filter((name) => kept[name] === undefined)
  return { profile, fromGroup: [...fromGroup, ...withdrawn] }
}

/** User name and profile of an account as they are to be now. */
export function accountOf(
  { tx, clock }: { readonly tx: OktaReader; readonly clock: Change['clock'] },
  app: OktaApp,
  user: OktaUser,
  draft: AccountDraft,
  before?: AppUser,
  keepMapped = false,
): Pick<AppUser, 'userName' | 'profile' | 'fromGroup'> & { readonly groupId?: string } {
  const groups = draft.scope === 'GROUP' ? assignedGroupsOf(tx, app.id, user.id) : []
  const scope = expressionScope(tx, clock, { user, app, ...(before === undefined ? {} : { account: before.profile }) })
  const { usernameTemplate } = app.signOn
  const keepsName = before !== undefined && (keepMapped || usernameTemplate.pushStatus === 'DONT_PUSH')
  const userName = draft.userName ?? (keepsName ? before.userName : userNameOf(usernameTemplate, scope))
  const { profile, fromGroup } = appProfileOf({
    attributes: schemaOf(tx, app.id).attributes.filter(({ name }) => name !== 'userName'),
    properties: mappingOf(tx, app.id, 'to-app').properties,
    scope,
    overrides: draft.scope === 'USER' ? draft.overrides : {},
    groups,
    keepMapped,
    ...(before === undefined ? {} : { before: withoutWithdrawn(before, draft) }),
  })
  const [highest] = groups
  return { userName, profile, fromGroup, ...(highest === undefined ? {} : { groupId: highest.groupId }) }
}

/** Whether assigning somebody does anything at the app: with every feature off nothing happens (reference sheet 8.2). */
function doesProvision(app: OktaApp): boolean {
  if (!isConnected(app)) return false
  const { createUsers, updateAttributes, deactivateUsers } = app.provisioning.toApp
  return createUsers || updateAttributes || deactivateUsers
}

/** Assign somebody: the account as the org sees it, and the job that makes or links it. */
export function createAppUser(change: Change, app: OktaApp, user: OktaUser, draft: AccountDraft): AppUser {
  const { tx, clock, actor } = change
  const now = clock.iso()
  const provisions = doesProvision(app)
  const appUser: AppUser = {
    id: lettersOf(nextIdSeed(tx), '0ua', 17),
    appId: app.id,
    userId: user.id,
    scope: draft.scope,
    ...accountOf(change, app, user, draft),
    userNameTyped: draft.userName !== undefined,
    overrides: draft.overrides,
    status: provisions ? 'STAGED' : 'ACTIVE',
    syncState: provisions ? 'OUT_OF_SYNC' : 'DISABLED',
    beforeProvisioning: !provisions && app.provisioning !== undefined,
    created: now,
    statusChanged: now,
    lastUpdated: now,
  }
  tx.put('appUsers', appUser.id, appUser)
  tx.delete('formerAppUsers', appPersonKey(app.id, user.id))
  recordEvent(tx, clock, {
    eventType: 'application.user_membership.add',
    actor,
    target: [appUserTarget(appUser, displayNameOf(user)), appTarget(app), userTarget(user)],
  })
  if (provisions) queueProvision(change, app, appUser)
  return appUser
}

export function queueProvision(change: Change, app: OktaApp, appUser: AppUser): void {
  const job = queueJob(change, app, { kind: 'provision', appUserId: appUser.id }, appUser.userName)
  if (job === undefined) return
  change.tx.put(
    'appUsers',
    appUser.id,
    withoutError({ ...appUser, status: 'STAGED', syncState: 'SYNCING', beforeProvisioning: false }),
  )
}

/** The row of somebody about whom nothing is wrong any more. */
export function withoutError({ error: _, ...appUser }: AppUser): AppUser {
  return appUser
}

/** Take an assignment away, and with it, where the feature is on, the account's right to work. */
export function removeAppUser(change: Change, app: OktaApp, appUser: AppUser, user: OktaUser): void {
  const { tx, clock, actor } = change
  const displayName = displayNameOf(user)
  tx.delete('appUsers', appUser.id)
  closeTasks(change, { appId: app.id, userId: user.id })
  recordEvent(tx, clock, {
    eventType: 'application.user_membership.remove',
    actor,
    target: [appUserTarget(appUser, displayName), appTarget(app), userTarget(user)],
  })
  const { id: appUserId, externalId, userName, profile } = appUser
  if (externalId === undefined) return
  const former: FormerAppUser = {
    appId: app.id,
    appUserId,
    userId: user.id,
    displayName,
    userName,
    externalId,
    profile,
  }
  tx.put('formerAppUsers', appPersonKey(app.id, user.id), former)
  if (!isConnected(app)) return
  if (app.provisioning.toApp.deactivateUsers) {
    queueJob(change, app, { kind: 'deactivate', former }, userName)
  } else {
    openTask(change, {
      kind: 'deprovision',
      appId: app.id,
      userId: user.id,
      message: `Deprovision ${displayName} (${userName}) from ${app.label}: Deactivate Users is not enabled.`,
    })
    recordEvent(tx, clock, {
      eventType: 'application.provision.user.deprovision',
      actor,
      target: [appUserTarget(appUser, displayName), appTarget(app), userTarget(user)],
      failure: 'Deactivate Users is not enabled',
      warns: true,
    })
  }
  touchMemberships(change, app, user.id)
}

/** The pushed groups of this app the person is in. */
export function touchMemberships(change: Change, app: OktaApp, userId: string): void {
  for (const groupId of groupIdsOf(change.tx, userId)) {
    for (const mapping of change.tx.find('groupPushMappings', 'appGroup', `${app.id}/${groupId}`)) {
      queueMemberships(change, app, mapping)
    }
  }
}

/** Put an account together again; what differs is pushed where the feature is on. @returns whether anything differed. */
export function refreshAppUser(
  change: Change,
  app: OktaApp,
  user: OktaUser,
  before: AppUser,
  draft: AccountDraft,
  keepMapped = false,
): boolean {
  const { tx, clock, actor } = change
  const { groupId: _, ...kept } = before
  const account = accountOf(change, app, user, draft, before, keepMapped)
  const after: AppUser = {
    ...kept,
    ...account,
    scope: draft.scope,
    overrides: draft.overrides,
    userNameTyped: draft.userName !== undefined,
    lastUpdated: clock.iso(),
  }
  const renamed = after.userName !== before.userName
  const differs = renamed || !sameProfile(after.profile, before.profile)
  if (
    !differs &&
    after.scope === before.scope &&
    after.groupId === before.groupId &&
    sameProfile(after.overrides, before.overrides)
  ) {
    return false
  }
  tx.put('appUsers', after.id, after)
  const target = [appUserTarget(after, displayNameOf(user)), appTarget(app), userTarget(user)]
  recordEvent(tx, clock, { eventType: 'application.user_membership.update', actor, target })
  if (renamed) recordEvent(tx, clock, { eventType: 'application.user_membership.change_username', actor, target })
  if (differs) queueProfilePush(change, app, after)
  return differs
}

/** Queue a push of the whole profile, if profiles are pushed at all and there is an account to push to. */
export function queueProfilePush(change: Change, app: OktaApp, appUser: AppUser): boolean {
  if (appUser.externalId === undefined || app.provisioning?.toApp.updateAttributes !== true) return false
  const job = queueJob(change, app, { kind: 'push-profile', appUserId: appUser.id }, appUser.userName)
  if (job === undefined) return false
  change.tx.put('appUsers', appUser.id, { ...appUser, syncState: 'SYNCING' })
  return true
}

/** The draft an existing assignment amounts to. */
export function draftOf({ scope, overrides, userName, userNameTyped }: AppUser): AccountDraft {
  return { scope, overrides, ...(userNameTyped ? { userName } : {}) }
}

/**
 * Bring a person's assignment to an app in line with their state, their groups and their profile. `keepMapped`: only groups
 * changed, so mapped values are left as they are.
 */
export function settleAssignment(change: Change, app: OktaApp, user: OktaUser, keepMapped = false): void {
  const { tx } = change
  const existing = appUserOf(tx, app.id, user.id)
  const isGone = user.status === 'DEPROVISIONED'
  const byGroup = !isGone && assignedGroupsOf(tx, app.id, user.id).length > 0
  if (existing === undefined) {
    if (byGroup) createAppUser(change, app, user, { scope: 'GROUP', overrides: {} })
    return
  }
  if (isGone || (existing.scope === 'GROUP' && !byGroup)) {
    // Of an app that is inactive, assignments are left untouched by what happens to people (reference sheet 4.2).
    if (!isGone || app.status === 'ACTIVE') removeAppUser(change, app, existing, user)
    return
  }
  refreshAppUser(change, app, user, existing, draftOf(existing), keepMapped)
}

/** Groups by their rules, then every app that concerns the person, then the groups that are pushed. */
export function settleEverywhere(change: Change, user: OktaUser, keepMapped = false): void {
  const { joined, left } = applyGroupRules(change, user)
  settleApps(change, user, [...joined, ...left], keepMapped)
}

/** The apps of somebody whose memberships of `moved` have just changed: a member is pushed once there is an account. */
export function settleApps(change: Change, user: OktaUser, moved: readonly OktaGroup[], keepMapped = false): void {
  for (const app of appsOf(change.tx, user.id)) settleAssignment(change, app, user, keepMapped)
  for (const mapping of moved.flatMap(({ id }) => change.tx.find('groupPushMappings', 'group', id))) {
    const app = change.tx.get('apps', mapping.appId)
    if (app !== undefined) queueMemberships(change, app, mapping)
  }
}

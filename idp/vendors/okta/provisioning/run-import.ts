import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import {
  type AppUser,
  appPersonKey,
  type ImportSafeguard,
  type ImportSchedule,
  type OktaApp,
  ORG_SAFEGUARD,
} from '../apps/records.ts'
import { appUserOf, displayNameOf, removeAppUser, settleApps, settleEverywhere } from '../assignments/settle.ts'
import type { OktaReader, OktaSystem, OktaUser, OktaUserProfile } from '../collections.ts'
import { SYSTEM_ACTOR } from '../commands/actor.ts'
import { applyGroupRules } from '../groups/rules/apply.ts'
import { mappedValue, sameProfile } from '../profiles/app-profile.ts'
import { expressionScope } from '../profiles/expression-scope.ts'
import { mappingOf, schemaOf } from '../profiles/read.ts'
import type { Profile } from '../profiles/records.ts'
import { appTarget, appUserTarget, newTransactionId, recordEvent, userTarget } from '../system-log/record-event.ts'
import type { LogActor } from '../system-log/records.ts'
import type { JsonObject } from './external-name.ts'
import { createMatcher, type ImportedAccount, loginOfAccount, type Match } from './import-match.ts'
import { followDeactivation, followReactivation } from './import-sourcing.ts'
import { reasonOf } from './outcome.ts'
import type { Change } from './queue.ts'
import type { ImportCounts, ImportRow, ImportRun } from './records.ts'
import { PAGE_SIZE, type ResourceKind, type ScimAnswer, type ScimClient } from './scim-client.ts'
import { type ConnectedApp, clientOf, isConnected } from './target.ts'
import { profileOfResource } from './user-resource.ts'

/** Import (reference sheet 1.10, 2.5): read the app's users and groups, match them, and take over what the mapping says. */

const INTERVAL_MS: Readonly<Record<Exclude<ImportSchedule, 'never'>, number>> = {
  hourly: 3_600_000,
  daily: 24 * 3_600_000,
  weekly: 7 * 24 * 3_600_000,
}

/** Instant of the next import; `undefined` when it is not scheduled. */
export function nextImportAt(schedule: ImportSchedule, nowMs: number): string | undefined {
  return schedule === 'never' ? undefined : new Date(nowMs + INTERVAL_MS[schedule]).toISOString()
}

/** Everything of a kind, a hundred at a time: the page step is what was asked for, not what came. */
export async function readAll(client: ScimClient, kind: ResourceKind): Promise<ScimAnswer<readonly JsonObject[]>> {
  const found: JsonObject[] = []
  for (let startIndex = 1; ; startIndex += PAGE_SIZE) {
    const page = await client.page(kind, startIndex, PAGE_SIZE)
    if (!page.ok) return page
    found.push(...page.value.resources)
    if (startIndex + PAGE_SIZE > page.value.totalResults) return { ok: true, value: found }
  }
}

/** The schedule's own import: the next one is set first, so that a failure does not stop the series. */
export async function runScheduledImport(system: OktaSystem, appId: string): Promise<string> {
  await system.store.transact((tx) => {
    const app = tx.get('apps', appId)
    if (app?.provisioning === undefined) return
    const { nextImportAt: _, ...rest } = app.provisioning
    const next = nextImportAt(rest.toOkta.schedule, system.clock.now())
    tx.put('apps', appId, { ...app, provisioning: next === undefined ? rest : { ...rest, nextImportAt: next } })
  })
  const app = system.store.get('apps', appId)
  if (app === undefined || !isConnected(app)) return 'not connected'
  const run = await runImport(system, app, SYSTEM_ACTOR, true)
  return run.state === 'DONE' ? importLine(run.users) : `${run.state.toLowerCase()}: ${run.error ?? ''}`
}

/** The summary box of the Import tab. */
export function importLine(counts: ImportCounts | undefined, noun = 'users'): string {
  const { scanned, imported, updated, unchanged, removed } = counts ?? {
    scanned: 0,
    imported: 0,
    updated: 0,
    unchanged: 0,
    removed: 0,
  }
  return `${scanned} ${noun} scanned · ${imported} new ${noun} imported · ${updated} existing ${noun} updated · ${unchanged} existing ${noun} unchanged · ${removed} ${noun} removed`
}

/** Read the app, then apply what was read in one transaction. */
export async function runImport(
  system: OktaSystem,
  app: ConnectedApp,
  actor: LogActor,
  scheduled: boolean,
): Promise<ImportRun> {
  const { store, clock } = system
  const startedAt = clock.iso()
  const base = { appId: app.id, startedAt, scheduled }
  await store.transact((tx) => {
    tx.put('importRuns', app.id, { ...base, state: 'RUNNING' })
    recordEvent(tx, clock, { eventType: 'system.import.start', actor, target: [appTarget(app)] })
  })
  const client = clientOf(system, app)
  const users = await readAll(client, 'Users')
  const groups = users.ok && app.provisioning.importGroups ? await readAll(client, 'Groups') : undefined
  const failure = !users.ok ? users : groups !== undefined && !groups.ok ? groups : undefined
  return store.transact((tx): ImportRun => {
    const change: Change = { tx, clock, actor, transactionId: newTransactionId(tx) }
    const endedAt = clock.iso()
    const keep = (run: ImportRun): ImportRun => {
      tx.put('importRuns', app.id, run)
      return run
    }
    if (failure !== undefined || !users.ok) {
      const error = failure === undefined ? 'nothing was read' : reasonOf(failure)
      recordEvent(tx, clock, { eventType: 'system.import.complete', actor, target: [appTarget(app)], failure: error })
      return keep({ ...base, endedAt, state: 'FAILED', error })
    }
    const read = groups?.ok === true ? groups.value : undefined
    const groupCounts = read === undefined ? undefined : keepGroups(change, app, read)
    const { counts, missing } = applyUsers(change, app, users.value)
    const held = isOverSafeguard(tx, missing.length, app)
    if (held) {
      recordEvent(tx, clock, {
        eventType: 'system.import.roadblock',
        actor,
        target: [appTarget(app)],
        failure: `${missing.length} users would be unassigned`,
        warns: true,
      })
      return keep({
        ...base,
        endedAt,
        state: 'ROADBLOCK',
        users: counts,
        ...(groupCounts === undefined ? {} : { groups: groupCounts }),
        error: `Import safeguard: ${missing.length} users would lose ${app.label}.`,
        heldBack: missing.map(({ id }) => id),
      })
    }
    removeMissing(change, app, missing)
    recordEvent(tx, clock, { eventType: 'system.import.complete', actor, target: [appTarget(app)] })
    return keep({
      ...base,
      endedAt,
      state: 'DONE',
      users: { ...counts, removed: missing.length },
      ...(groupCounts === undefined ? {} : { groups: groupCounts }),
    })
  })
}

/** Whether so many losses are more than the app's own share allows, or the org's: of everybody's assignments to any app. */
function isOverSafeguard(tx: OktaReader, missing: number, app: ConnectedApp): boolean {
  const org = tx.get('org', 'org')?.importSafeguard ?? ORG_SAFEGUARD
  const isOver = ({ enabled, percent }: ImportSafeguard, assigned: number): boolean =>
    enabled && missing > 0 && missing * 100 > assigned * percent
  return (
    isOver(app.provisioning.toOkta.safeguard, tx.count('appUsers', 'app', app.id)) || isOver(org, tx.count('appUsers'))
  )
}

/**
 * Take the assignments away of those the app does not have any more. There is nothing left to deactivate. Where the app is the source
 * of people, they follow.
 */
export function removeMissing(change: Change, app: ConnectedApp, missing: readonly AppUser[]): void {
  for (const appUser of missing) {
    const user = change.tx.get('users', appUser.userId)
    if (user === undefined) continue
    const { externalId: _, ...gone } = appUser
    removeAppUser(change, app, gone, user)
    recordEvent(change.tx, change.clock, {
      eventType: 'system.import.user.delete',
      actor: change.actor,
      target: [appUserTarget(appUser, displayNameOf(user)), appTarget(app), userTarget(user)],
    })
    followDeactivation(change, app, user)
  }
}

/** Remember which groups the app has: what a push can be linked to. */
export function keepGroups({ tx }: Change, app: OktaApp, groups: readonly JsonObject[]): ImportCounts {
  const known = new Map(tx.find('appSideGroups', 'app', app.id).map((group) => [group.externalId, group]))
  const seen = new Set<string>()
  let imported = 0
  let updated = 0
  for (const group of groups) {
    const [externalId, name] = [String(group['id']), String(group['displayName'] ?? '')]
    seen.add(externalId)
    const before = known.get(externalId)
    if (before === undefined) imported += 1
    else if (before.name !== name) updated += 1
    tx.put('appSideGroups', `${app.id}/${externalId}`, { appId: app.id, externalId, name })
  }
  const removed = [...known.keys()].filter((id) => !seen.has(id))
  for (const id of removed) tx.delete('appSideGroups', `${app.id}/${id}`)
  return {
    scanned: groups.length,
    imported,
    updated,
    unchanged: groups.length - imported - updated,
    removed: removed.length,
  }
}

interface Applied {
  readonly counts: ImportCounts
  /** Accounts that are linked and not in the app any more. */
  readonly missing: readonly AppUser[]
}

function applyUsers(change: Change, app: ConnectedApp, resources: readonly JsonObject[]): Applied {
  const { tx } = change
  const { attributes } = schemaOf(tx, app.id)
  const seen = new Set<string>()
  const matchOf = createMatcher(change, app)
  const gone = deactivatedByApp(tx, app)
  let [imported, updated, unchanged] = [0, 0, 0]
  for (const resource of resources) {
    const externalId = String(resource['id'])
    seen.add(externalId)
    const [linked] = tx.find('appUsers', 'external', `${app.id}/${externalId}`)
    // The user name is kept beside the profile, not in it.
    const { userName: _, ...profile } = profileOfResource(resource, attributes)
    if (linked !== undefined) {
      if (updateLinked(change, app, linked, profile, resource['active'] !== false)) updated += 1
      else unchanged += 1
    } else if (resource['active'] !== false) {
      const account: ImportedAccount = { externalId, userName: String(resource['userName'] ?? ''), profile }
      const former = gone.get(externalId)
      const back = former && followReactivation(change, app, former)
      if (back !== undefined) {
        confirmRow(change, app, { appId: app.id, ...account, match: 'exact' }, back.id, false)
        updated += 1
      } else if (tx.get('importRows', `${app.id}/${externalId}`)?.match === 'ignore') {
        unchanged += 1
      } else {
        // Only active accounts are offered.
        offer(change, app, account, matchOf(account))
        imported += 1
      }
    }
  }
  for (const row of tx.find('importRows', 'app', app.id)) {
    if (!seen.has(row.externalId)) tx.delete('importRows', `${app.id}/${row.externalId}`)
  }
  const missing = tx
    .find('appUsers', 'app', app.id)
    .filter(({ externalId }) => externalId !== undefined && !seen.has(externalId))
  return { counts: { scanned: resources.length, imported, updated, unchanged, removed: 0 }, missing }
}

/** Put an account into Import Results, or confirm it at once where the settings say so. Nobody new is made under a taken name. */
function offer(change: Change, app: ConnectedApp, account: ImportedAccount, match: Match): void {
  const { tx } = change
  const key = `${app.id}/${account.externalId}`
  const row: ImportRow = { appId: app.id, ...account, ...match }
  const { confirmExact, confirmPartial, confirmNew, activateNew } = app.provisioning.toOkta
  const isTaken = (): boolean =>
    tx.find('users', 'login', loginOfAccount(change, app, account).toLowerCase()).length > 0
  const confirms =
    (match.match === 'exact' && confirmExact) ||
    (match.match === 'partial' && confirmPartial) ||
    (match.match === 'new' && confirmNew && !isTaken())
  tx.put('importRows', key, row)
  if (confirms) confirmRow(change, app, row, match.userId, activateNew)
}

/** People who were deactivated because their account in the app was, by the account's id there. */
function deactivatedByApp(tx: OktaReader, app: ConnectedApp): ReadonlyMap<string, OktaUser> {
  const found = new Map<string, OktaUser>()
  if (!app.provisioning.toOkta.isSource || !app.provisioning.toOkta.reactivateDeactivated) return found
  for (const [, { appId, externalId, userId, inactiveInApp }] of tx.entries('formerAppUsers')) {
    const user = appId === app.id && inactiveInApp === true ? tx.get('users', userId) : undefined
    if (user?.status === 'DEPROVISIONED') found.set(externalId, user)
  }
  return found
}

/**
 * Join an account with somebody, or with somebody new made from it. Nothing is sent: the account is there already.
 * @returns the person.
 */
export function confirmRow(
  change: Change,
  app: ConnectedApp,
  row: ImportRow,
  userId: string | undefined,
  activate: boolean,
): OktaUser {
  const { tx, clock, actor } = change
  const now = clock.iso()
  const user = userId === undefined ? makeUser(change, app, row, activate) : tx.get('users', userId)
  if (user === undefined) throw new Error(`There is no user ${userId}.`)
  const existing = appUserOf(tx, app.id, user.id)
  const appUser: AppUser = {
    ...(existing ?? {
      id: lettersOf(nextIdSeed(tx), '0ua', 17),
      appId: app.id,
      userId: user.id,
      scope: 'USER',
      overrides: {},
      fromGroup: [],
      created: now,
    }),
    userName: row.userName,
    userNameTyped: true,
    profile: row.profile,
    status: 'PROVISIONED',
    syncState: 'SYNCHRONIZED',
    externalId: row.externalId,
    beforeProvisioning: false,
    lastSync: now,
    statusChanged: now,
    lastUpdated: now,
  }
  tx.put('appUsers', appUser.id, appUser)
  tx.delete('importRows', `${app.id}/${row.externalId}`)
  tx.delete('formerAppUsers', appPersonKey(app.id, user.id))
  recordEvent(tx, clock, {
    eventType: 'application.user_membership.add',
    actor,
    target: [appUserTarget(appUser, displayNameOf(user)), appTarget(app), userTarget(user)],
  })
  if (userId === undefined) {
    const { joined } = applyGroupRules(change, user)
    if (joined.length > 0) settleApps(change, user, joined, true)
  }
  return user
}

/** What the mapping "{App} to Okta User" gives, over what the person has. */
function profileToOkta(
  change: Change,
  app: OktaApp,
  account: Profile,
  before?: OktaUserProfile,
): Record<string, Profile[string]> {
  const scope = expressionScope(change.tx, change.clock, { app, account })
  const values: Record<string, Profile[string]> = {}
  for (const [name, property] of Object.entries(mappingOf(change.tx, app.id, 'to-user').properties)) {
    if (before !== undefined && property.pushStatus === 'DONT_PUSH') continue
    const value = mappedValue(property, scope)
    if (value !== undefined) values[name] = value
  }
  return values
}

function makeUser(change: Change, app: ConnectedApp, row: ImportRow, activate: boolean): OktaUser {
  const { tx, clock, actor } = change
  const now = clock.iso()
  const mapped = profileToOkta(change, app, { ...row.profile, userName: row.userName })
  const email = String(mapped['email'] ?? row.profile['email'] ?? row.userName)
  const login = loginOfAccount(change, app, row)
  const user: OktaUser = {
    id: lettersOf(nextIdSeed(tx), '00u', 17),
    status: activate ? 'PROVISIONED' : 'STAGED',
    created: now,
    ...(activate ? { activated: now } : {}),
    statusChanged: now,
    lastUpdated: now,
    profile: {
      ...mapped,
      login,
      email,
      firstName: String(mapped['firstName'] ?? row.profile['givenName'] ?? ''),
      lastName: String(mapped['lastName'] ?? row.profile['familyName'] ?? ''),
    },
  }
  tx.put('users', user.id, user)
  recordEvent(tx, clock, { eventType: 'system.import.user.create', actor, target: [appTarget(app), userTarget(user)] })
  return user
}

/**
 * Take an account's values over. What belongs to people's names and addresses stays Okta's unless the app is their source; other
 * mapped attributes flow back (FID-OKTA-IMPORT-03).
 */
function updateLinked(
  change: Change,
  app: ConnectedApp,
  linked: AppUser,
  profile: Profile,
  isActive: boolean,
): boolean {
  const { tx, clock } = change
  const user = tx.get('users', linked.userId)
  if (user === undefined) return false
  const merged = { ...linked.profile, ...profile }
  const accountChanged = !sameProfile(merged, linked.profile)
  const cameBack = isActive && linked.inactiveInApp === true
  if (accountChanged || isActive === (linked.inactiveInApp === true)) {
    const { inactiveInApp: _, ...kept } = linked
    const seen = isActive ? kept : { ...kept, inactiveInApp: true as const }
    tx.put('appUsers', linked.id, { ...seen, profile: merged, lastSync: clock.iso() })
  }
  const current = takeOver(change, app, { ...linked, profile: merged }, user)
  const followed = isActive
    ? cameBack && followReactivation(change, app, current) !== undefined
    : followDeactivation(change, app, current)
  if (followed && !isActive) markFormer(change, app, current)
  return accountChanged || current !== user || followed
}

/**
 * The mapping "{App} to Okta User" for somebody whose account is linked. Names and addresses stay Okta's unless the app is the
 * source of people.
 * @returns the person as they are now; the same record when nothing differs.
 */
export function takeOver(change: Change, app: OktaApp, linked: AppUser, user: OktaUser): OktaUser {
  if (linked.externalId === undefined || app.provisioning === undefined) return user
  const { tx, clock, actor } = change
  const { isSource } = app.provisioning.toOkta
  const mapped = profileToOkta(change, app, { ...linked.profile, userName: linked.userName }, user.profile)
  const taken = Object.entries(mapped).filter(([name]) => isSource || !IDENTITY.has(name))
  if (taken.every(([name, value]) => JSON.stringify(user.profile[name]) === JSON.stringify(value))) return user
  const profile: OktaUserProfile = { ...user.profile, ...Object.fromEntries(taken) }
  const after: OktaUser = { ...user, profile, lastUpdated: clock.iso() }
  tx.put('users', user.id, after)
  recordEvent(tx, clock, {
    eventType: 'system.import.user.update',
    actor,
    target: [appTarget(app), userTarget(after)],
  })
  settleEverywhere(change, after)
  return after
}

/** Remember of whoever lost the account by its deactivation in the app that they come back with it. */
function markFormer({ tx }: Change, app: ConnectedApp, { id }: OktaUser): void {
  const key = appPersonKey(app.id, id)
  const former = tx.get('formerAppUsers', key)
  if (former !== undefined) tx.put('formerAppUsers', key, { ...former, inactiveInApp: true })
}

/** Attributes by which people are known: only their source changes them. */
const IDENTITY: ReadonlySet<string> = new Set(['login', 'email', 'firstName', 'lastName'])

import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import { hashPassword } from '#kit/secrets.ts'
import { displayNameOf, settleEverywhere } from '../assignments/settle.ts'
import type { OktaReader, OktaUser, OktaUserProfile, OktaUserStatus } from '../collections.ts'
import { profileProblems } from '../profiles/check-profile.ts'
import { schemaOf, USER_SCHEMA } from '../profiles/read.ts'
import type { ProfileValue } from '../profiles/records.ts'
import { type Change, queueJob } from '../provisioning/queue.ts'
import { endSessionsOf } from '../sign-in/session.ts'
import type { EventType } from '../system-log/event-types.ts'
import { recordEvent, userTarget } from '../system-log/record-event.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { inChange } from './in-change.ts'
import { knownGroup, knownUser } from './known.ts'
import { invalidFields, type OktaErrorCode, OktaRefusal } from './refusal.ts'
import { forgetTokensOf } from './tokens.ts'

/** People and their lifecycle (reference sheet 4). */

/** Shortest password the org takes. */
const SHORTEST_PASSWORD = 8

function checkPassword(password: string): void {
  if (password.length < SHORTEST_PASSWORD) {
    throw new OktaRefusal('E0000001', 'Api validation failed: password', [
      { field: 'password', summary: `Password requirements were not met. At least ${SHORTEST_PASSWORD} characters.` },
    ])
  }
}

/** Every problem of a profile, taken names among them. @throws {OktaRefusal} E0000001. */
function checkProfile(reader: OktaReader, profile: OktaUserProfile, exceptId?: string): void {
  const problems = profileProblems(schemaOf(reader, USER_SCHEMA).attributes, profile, { addresses: true })
  const taken = reader.find('users', 'login', profile.login.toLowerCase()).some(({ id }) => id !== exceptId)
  const causes = taken
    ? [
        ...problems,
        { field: 'login', summary: 'login: An object with this field already exists in the current organization' },
      ]
    : problems
  if (causes.length > 0) throw invalidFields(causes)
}

export interface NewPerson {
  readonly profile: OktaUserProfile
  readonly password?: string
  /** "Activate now"; later: the person stays Staged. */
  readonly activate: boolean
  /** The password given is for the first sign-in alone. */
  readonly mustChangePassword?: boolean
  readonly groupIds?: readonly string[]
}

/**
 * Add person. Activated with a password: Active, or Password expired where it must be changed; without: Pending user action; not
 * activated: Staged.
 * @throws {OktaRefusal} E0000001, E0000006, E0000007 for a group.
 */
export async function addPerson(deps: CommandDeps, actor: Actor, input: NewPerson): Promise<OktaUser> {
  if (input.password !== undefined) checkPassword(input.password)
  const passwordHash = input.password === undefined ? undefined : await hashPassword(input.password)
  return inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock, actor: by } = change
      const profile = trimmed(input.profile)
      checkProfile(tx, profile)
      const now = clock.iso()
      const user: OktaUser = {
        id: lettersOf(nextIdSeed(tx), '00u', 17),
        status: statusOf(input),
        created: now,
        ...(input.activate ? { activated: now } : {}),
        statusChanged: now,
        lastUpdated: now,
        profile,
        ...(passwordHash === undefined ? {} : { passwordHash }),
      }
      tx.put('users', user.id, user)
      for (const groupId of input.groupIds ?? []) {
        const group = knownGroup(tx, groupId)
        if (group.type !== 'BUILT_IN') tx.put('groupMembers', `${groupId}/${user.id}`, { groupId, userId: user.id })
      }
      const target = [userTarget(user)]
      recordEvent(tx, clock, { eventType: 'user.lifecycle.create', actor: by, target })
      if (input.activate) recordEvent(tx, clock, { eventType: 'user.lifecycle.activate', actor: by, target })
      settleEverywhere(change, user)
      return user
    },
    (user) => ({
      title: `${displayNameOf(user)} was added`,
      subject: user.profile.login,
      change: { type: 'user', id: user.id, after: user },
    }),
  )
}

function statusOf({ activate, password, mustChangePassword }: NewPerson): OktaUserStatus {
  if (!activate) return 'STAGED'
  if (password === undefined) return 'PROVISIONED'
  return mustChangePassword === true ? 'PASSWORD_EXPIRED' : 'ACTIVE'
}

function trimmed(profile: OktaUserProfile): OktaUserProfile {
  const entries = Object.entries(profile).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  ) as OktaUserProfile
}

export interface PersonEdit {
  readonly userId: string
  readonly profile: Readonly<Record<string, ProfileValue | null>>
  /** A new password, set in the same change. */
  readonly password?: string
}

/**
 * Edit a profile; `null` removes a value, `""` clears it and stays. Mapped values are computed again and pushed, the user name of
 * apps too where its format says so.
 * @throws {OktaRefusal} E0000001, E0000007, E0000038 for a password of somebody whose state takes none.
 */
export async function editPerson(deps: CommandDeps, actor: Actor, input: PersonEdit): Promise<OktaUser> {
  const { userId, profile, password } = input
  if (password !== undefined) checkPassword(password)
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  let before: OktaUser | undefined
  return inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock, actor: by } = change
      before = knownUser(tx, userId)
      const merged = trimmed(
        Object.fromEntries(
          Object.entries({ ...before.profile, ...profile }).filter(([, value]) => value !== null),
        ) as unknown as OktaUserProfile,
      )
      checkProfile(tx, merged, userId)
      const isSame = JSON.stringify(merged) === JSON.stringify(before.profile)
      const after: OktaUser = isSame ? before : { ...before, profile: merged, lastUpdated: clock.iso() }
      if (!isSame) {
        tx.put('users', userId, after)
        recordEvent(tx, clock, { eventType: 'user.account.update_profile', actor: by, target: [userTarget(after)] })
        settleEverywhere(change, after)
      }
      if (password === undefined || passwordHash === undefined) return after
      return keepPassword(deps, change, userId, password, passwordHash)
    },
    (after) =>
      after === before
        ? undefined
        : {
            title: `${displayNameOf(after)} was changed`,
            subject: after.profile.login,
            change: { type: 'user', id: userId, before, after },
          },
  )
}

/**
 * Give somebody a password; a person who was pending becomes active. It is pushed to apps that sync Okta passwords.
 * @throws {OktaRefusal} E0000001, E0000038 for somebody staged, deactivated or suspended.
 */
export async function setPassword(
  deps: CommandDeps,
  actor: Actor,
  { userId, password }: { readonly userId: string; readonly password: string },
): Promise<OktaUser> {
  checkPassword(password)
  const passwordHash = await hashPassword(password)
  return inChange(
    deps,
    actor,
    'people',
    (change) => keepPassword(deps, change, userId, password, passwordHash),
    (user) => ({
      title: `The password of ${displayNameOf(user)} was set`,
      subject: user.profile.login,
      change: { type: 'user', id: userId },
    }),
  )
}

const MAY_SET_PASSWORD: readonly OktaUserStatus[] = [
  'ACTIVE',
  'PROVISIONED',
  'RECOVERY',
  'PASSWORD_EXPIRED',
  'LOCKED_OUT',
]

/** Keep a password in a change under way, and push it where Okta passwords are synced. @throws {OktaRefusal} E0000038. */
export function keepPassword(
  { system }: CommandDeps,
  change: Change,
  userId: string,
  password: string,
  passwordHash: string,
): OktaUser {
  const { tx, clock } = change
  const before = knownUser(tx, userId)
  requireStatus(before, MAY_SET_PASSWORD)
  const after: OktaUser = { ...withStatus(change, before, 'ACTIVE'), passwordHash, passwordChanged: clock.iso() }
  tx.put('users', userId, after)
  recordEvent(tx, clock, {
    eventType: 'user.account.update_password',
    actor: change.actor,
    target: [userTarget(after)],
  })
  for (const appUser of tx.find('appUsers', 'user', userId)) {
    const app = tx.get('apps', appUser.appId)
    const toApp = app?.provisioning?.toApp
    if (app === undefined || appUser.externalId === undefined) continue
    if (toApp?.syncPassword !== true || toApp.passwordSource !== 'OKTA') continue
    const sealedPassword = system.vault.seal(password)
    queueJob(change, app, { kind: 'push-password', appUserId: appUser.id, sealedPassword }, appUser.userName)
  }
  return after
}

/** The person in a state, entered now unless they were in it. */
export function withStatus({ clock }: Change, user: OktaUser, status: OktaUserStatus): OktaUser {
  const now = clock.iso()
  return user.status === status
    ? { ...user, lastUpdated: now }
    : { ...user, status, statusChanged: now, lastUpdated: now }
}

/** @throws {OktaRefusal} E0000038, or the code given, for somebody in another state. */
export function requireStatus(
  user: OktaUser,
  allowed: readonly OktaUserStatus[],
  code: OktaErrorCode = 'E0000038',
): void {
  if (!allowed.includes(user.status)) {
    throw new OktaRefusal(
      code,
      code === 'E0000016'
        ? 'Activation failed because the user is already active'
        : "This operation is not allowed in the user's current status.",
    )
  }
}

export interface PersonInput {
  readonly userId: string
}

/** One transition: the state that is left, what it becomes, what the log says, what the apps hear. */
export function transition(
  deps: CommandDeps,
  actor: Actor,
  { userId }: PersonInput,
  verb: string,
  eventType: EventType,
  run: (change: Change, user: OktaUser) => OktaUser,
): Promise<OktaUser> {
  let before: OktaUser | undefined
  return inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock } = change
      before = knownUser(tx, userId)
      const after = run(change, before)
      tx.put('users', userId, after)
      recordEvent(tx, clock, { eventType, actor: change.actor, target: [userTarget(after)] })
      settleEverywhere(change, after)
      return after
    },
    (after) => ({
      title: `${displayNameOf(after)} was ${verb}`,
      subject: after.profile.login,
      change: { type: 'user', id: userId, before, after },
    }),
  )
}

/**
 * Activate somebody staged or deactivated. Assignments by groups come back, individual ones do not; a password was wiped.
 * @throws {OktaRefusal} E0000016 for somebody active, E0000038 for any other state.
 */
export function activatePerson(deps: CommandDeps, actor: Actor, input: PersonInput): Promise<OktaUser> {
  return transition(deps, actor, input, 'activated', 'user.lifecycle.activate', (change, user) => {
    if (user.status === 'ACTIVE' || user.status === 'PROVISIONED') requireStatus(user, [], 'E0000016')
    requireStatus(user, ['STAGED', 'DEPROVISIONED'])
    const status = user.passwordHash === undefined ? 'PROVISIONED' : 'ACTIVE'
    return { ...withStatus(change, user, status), activated: change.clock.iso() }
  })
}

/** From any state: sessions end, every assignment to an active app goes, and with it the accounts; the password is wiped. */
export function deactivatePerson(deps: CommandDeps, actor: Actor, input: PersonInput): Promise<OktaUser> {
  return transition(deps, actor, input, 'deactivated', 'user.lifecycle.deactivate', (change, user) => {
    if (user.status === 'DEPROVISIONED') requireStatus(user, [])
    const { passwordHash: _, passwordChanged: __, adminRoles: ___, ...kept } = withStatus(change, user, 'DEPROVISIONED')
    endSessionsOf(change.tx, user.id)
    forgetTokensOf(change.tx, user.id)
    return kept
  })
}

/** Nothing is sent: the account in the app goes on working. @throws {OktaRefusal} E0000038 unless they are active. */
export function suspendPerson(deps: CommandDeps, actor: Actor, input: PersonInput): Promise<OktaUser> {
  return transition(deps, actor, input, 'suspended', 'user.lifecycle.suspend', (change, user) => {
    requireStatus(user, ['ACTIVE'])
    endSessionsOf(change.tx, user.id)
    return withStatus(change, user, 'SUSPENDED')
  })
}

export function unsuspendPerson(deps: CommandDeps, actor: Actor, input: PersonInput): Promise<OktaUser> {
  return transition(deps, actor, input, 'unsuspended', 'user.lifecycle.unsuspend', (change, user) => {
    requireStatus(user, ['SUSPENDED'])
    return withStatus(change, user, 'ACTIVE')
  })
}

export function unlockPerson(deps: CommandDeps, actor: Actor, input: PersonInput): Promise<OktaUser> {
  return transition(deps, actor, input, 'unlocked', 'user.account.unlock_by_admin', (change, user) => {
    requireStatus(user, ['LOCKED_OUT'])
    return withStatus(change, user, 'ACTIVE')
  })
}

/**
 * Delete somebody deactivated, with their memberships, for good. Nothing is sent: their accounts were switched off before, and the
 * org never deletes accounts, unless the switch `deleted-person` says that it does.
 * @throws {OktaRefusal} E0000038 for somebody who is not deactivated.
 */
export function deletePerson(deps: CommandDeps, actor: Actor, { userId }: PersonInput): Promise<OktaUser> {
  return inChange(
    deps,
    actor,
    'people',
    (change) => {
      const { tx, clock, actor: by } = change
      const user = knownUser(tx, userId)
      requireStatus(user, ['DEPROVISIONED'])
      const target = [userTarget(user)]
      recordEvent(tx, clock, { eventType: 'user.lifecycle.delete.initiated', actor: by, target })
      forgetAccounts(deps, change, user)
      for (const { groupId } of tx.find('groupMembers', 'user', userId))
        tx.delete('groupMembers', `${groupId}/${userId}`)
      endSessionsOf(tx, userId)
      tx.delete('users', userId)
      recordEvent(tx, clock, { eventType: 'user.lifecycle.delete.completed', actor: by, target })
      return user
    },
    (user) => ({
      title: `${displayNameOf(user)} was deleted`,
      subject: user.profile.login,
      change: { type: 'user', id: userId, before: user },
    }),
  )
}

function forgetAccounts({ system }: CommandDeps, change: Change, user: OktaUser): void {
  const { tx } = change
  const deletes = system.switches.value('deleted-person') === 'delete'
  for (const former of tx.find('formerAppUsers', 'user', user.id)) {
    const app = tx.get('apps', former.appId)
    if (deletes && app !== undefined) queueJob(change, app, { kind: 'remove-user', former }, former.userName)
    tx.delete('formerAppUsers', `${former.appId}/${user.id}`)
  }
  for (const appUser of tx.find('appUsers', 'user', user.id)) tx.delete('appUsers', appUser.id)
}

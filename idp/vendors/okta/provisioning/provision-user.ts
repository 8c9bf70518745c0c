import { displayNameOf } from '../assignments/settle.ts'
import { valueProblem } from '../profiles/check-profile.ts'
import type { AttributeDefinition, Profile } from '../profiles/records.ts'
import type { JsonObject } from './external-name.ts'
import { failedBy, type Outcome, provisioningFailed, pushFailed, reasonOf, type Step, type Subject } from './outcome.ts'
import { PLACEHOLDER_LENGTH, randomPassword } from './password.ts'
import type { ScimAnswer, ScimClient, ScimFailure } from './scim-client.ts'
import type { ConnectedApp } from './target.ts'
import { type Account, creationOf, replacementOf } from './user-resource.ts'

/** Somebody to work on, at an app that is connected. */
export interface Work extends Subject {
  readonly app: ConnectedApp
  readonly attributes: readonly AttributeDefinition[]
  readonly client: ScimClient
}

const done = (eventType: Step['eventType']): Step => ({ eventType })
const failed = (eventType: Step['eventType'], failure: string): Step => ({ eventType, failure })

const VERIFY = 'application.provision.user.verify_exists'
const PUSH = 'application.provision.user.push'
const PUSH_PROFILE = 'application.provision.user.push_profile'
const REACTIVATE = 'application.provision.user.reactivate'

export function accountToSend({ attributes, appUser, user }: Work): Account {
  return { attributes, userName: appUser.userName, profile: appUser.profile, userId: user.id }
}

/** One `replace` without a path (reference sheet 2.3). */
export function replaceValue(value: JsonObject): JsonObject {
  return { op: 'replace', value }
}

/** `GET`, then `PUT` of what came back with the account's profile over it. */
export async function pushResource(work: Work, id: string, active?: boolean): Promise<ScimAnswer<JsonObject>> {
  const read = await work.client.read('Users', id)
  if (!read.ok) return read
  return work.client.replace('Users', id, replacementOf(read.value, accountToSend(work), active))
}

/** Assignment (reference sheet 2.2): look the user name up, then create, or link what is there and overwrite it. */
export async function provisionUser(work: Work): Promise<Outcome> {
  const { app, appUser, client } = work
  const { userName } = appUser
  const unfit = problemOf(work)
  if (unfit !== undefined) return refused(work, [], unfit)
  const found = await client.find('Users', userName)
  if (!found.ok) {
    const reason = `Error while verifying if user ${userName} exists: ${found.reason}`
    return failedBy(found, { ...failure(work, reason), steps: [failed(VERIFY, reason)] })
  }
  const { createUsers, updateAttributes } = app.provisioning.toApp
  if (found.value === null) {
    return createUsers
      ? createUser(work)
      : refused(work, [failed(VERIFY, 'Matching user not found')], 'Matching user not found')
  }
  const externalId = String(found.value['id'])
  if (createUsers || updateAttributes) return linkUser(work, externalId, found.value['active'] !== false)
  return { kind: 'done', steps: [done(VERIFY)], line: `${userName} linked`, change: linked(externalId) }
}

/** Values that could never be right are told without asking the app (reference sheet 3.4). */
function problemOf({ attributes, appUser }: Work): string | undefined {
  const values: Profile = { ...appUser.profile, userName: appUser.userName }
  return attributes
    .map((attribute) => valueProblem(attribute, values[attribute.name]))
    .find((each) => each !== undefined)
}

function linked(externalId: string): NonNullable<(Outcome & { kind: 'done' })['change']> {
  return { externalId, status: 'PROVISIONED', syncState: 'SYNCHRONIZED' }
}

function failure(
  work: Work,
  reason: string,
): { readonly message: string; readonly task: 'assignment'; readonly steps: readonly Step[] } {
  return { message: provisioningFailed(displayNameOf(work.user), work.app, reason), task: 'assignment', steps: [] }
}

function refused(work: Work, steps: readonly Step[], reason: string): Outcome {
  return { kind: 'failed', ...failure(work, reason), steps }
}

async function createUser(work: Work): Promise<Outcome> {
  const { appUser, client, user } = work
  const made = await client.create('Users', creationOf(accountToSend(work), randomPassword(PLACEHOLDER_LENGTH)))
  const prefix = `Error while creating user ${displayNameOf(user)}:`
  if (!made.ok) {
    const reason = made.status === 401 ? reasonOf(made) : `${prefix} ${made.reason}`
    return failedBy(made, { ...failure(work, reason), steps: [done(VERIFY), failed(PUSH, reason)] })
  }
  if (made.value === null) {
    const reason = `${prefix} Create new user returned empty user.`
    return refused(work, [done(VERIFY), failed(PUSH, reason)], reason)
  }
  return {
    kind: 'done',
    steps: [done(VERIFY), done(PUSH)],
    line: `${appUser.userName} created`,
    change: linked(String(made.value['id'])),
  }
}

/** An account with the same user name is linked without asking, switched on again where it was off, and overwritten. */
async function linkUser(work: Work, externalId: string, isActive: boolean): Promise<Outcome> {
  const { app, appUser, user } = work
  const steps: Step[] = [done(VERIFY)]
  const explain = (answer: ScimFailure): string =>
    pushFailed(appUser.userName, displayNameOf(user), app, reasonOf(answer))
  if (!isActive) {
    const on = await reactivate(work, externalId)
    if (!on.ok)
      return failedBy(on, { ...failure(work, reasonOf(on)), steps: [...steps, failed(REACTIVATE, reasonOf(on))] })
    steps.push(done(REACTIVATE))
  }
  const pushed = await pushResource(work, externalId)
  if (!pushed.ok) {
    // FID-OKTA-PROVISIONING-21: after a reactivation the account stays unlinked.
    const change = isActive ? { externalId, status: 'PROVISIONED' as const } : {}
    return failedBy(pushed, {
      steps: [...steps, failed(PUSH_PROFILE, reasonOf(pushed))],
      message: explain(pushed),
      task: 'assignment',
      change,
    })
  }
  return {
    kind: 'done',
    steps: [...steps, done(PUSH_PROFILE)],
    line: `${appUser.userName} linked${isActive ? '' : ' and reactivated'}`,
    change: linked(externalId),
  }
}

async function reactivate(work: Work, externalId: string): Promise<ScimAnswer<unknown>> {
  if (work.client.dialect === 'wizard') return pushResource(work, externalId, true)
  return work.client.patch('Users', externalId, [replaceValue({ active: true })])
}

/** A changed profile, the whole of it (reference sheet 2.3, Update). */
export async function pushProfile(work: Work): Promise<Outcome> {
  const { app, appUser, user } = work
  const { externalId } = appUser
  if (externalId === undefined) return { kind: 'moot', line: `${appUser.userName} has no account to push to` }
  const unfit = problemOf(work)
  const message = (reason: string): string => pushFailed(appUser.userName, displayNameOf(user), app, reason)
  if (unfit !== undefined) {
    return { kind: 'failed', steps: [failed(PUSH_PROFILE, unfit)], message: message(unfit), task: 'update' }
  }
  const pushed = await pushResource(work, externalId)
  if (pushed.ok) {
    return {
      kind: 'done',
      steps: [done(PUSH_PROFILE)],
      line: `${appUser.userName} updated`,
      change: { status: 'PROVISIONED', syncState: 'SYNCHRONIZED' },
    }
  }
  const reason =
    pushed.status === 404 ? `${reasonOf(pushed)} The user ${appUser.userName} does not exist.` : reasonOf(pushed)
  return failedBy(pushed, { steps: [failed(PUSH_PROFILE, reason)], message: message(reason), task: 'update' })
}

/** Sync Password: the app is told the password alone, or with the wizard's dialect the whole profile and it. */
export async function pushPassword(work: Work, password: string): Promise<Outcome> {
  const { app, appUser, client, user } = work
  const { externalId } = appUser
  const eventType = 'application.provision.user.push_password'
  if (externalId === undefined) return { kind: 'moot', line: `${appUser.userName} has no account to push to` }
  const pushed =
    client.dialect === 'wizard'
      ? await replacePassword(work, externalId, password)
      : await client.patch('Users', externalId, [replaceValue({ password })])
  if (pushed.ok)
    return { kind: 'done', steps: [done(eventType)], line: `password of ${appUser.userName} pushed`, change: {} }
  const reason = reasonOf(pushed)
  return failedBy(pushed, {
    steps: [failed(eventType, reason)],
    message: `Automatic password push of user ${displayNameOf(user)} to app ${app.label} failed: ${reason}`,
    task: 'update',
  })
}

async function replacePassword(work: Work, id: string, password: string): Promise<ScimAnswer<JsonObject>> {
  const read = await work.client.read('Users', id)
  if (!read.ok) return read
  return work.client.replace('Users', id, { ...replacementOf(read.value, accountToSend(work)), password })
}

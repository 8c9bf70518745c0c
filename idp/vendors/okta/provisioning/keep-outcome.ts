import type { AppUser, OktaApp } from '../apps/records.ts'
import { displayNameOf, touchMemberships, withoutError } from '../assignments/settle.ts'
import type { OktaSystem, OktaWriter } from '../collections.ts'
import { logActorOf } from '../commands/actor.ts'
import { appTarget, appUserTarget, groupTarget, recordEvent, userTarget } from '../system-log/record-event.ts'
import type { LogTarget } from '../system-log/records.ts'
import type { Outcome, Step } from './outcome.ts'
import { GENERATED_LENGTH, randomPassword } from './password.ts'
import type { GroupProgress } from './push-group.ts'
import { type Change, closeTasks, noteSyncEnd, openTask, queueJob } from './queue.ts'
import { nextPause } from './rate-limit.ts'
import type { ProvisioningJob } from './records.ts'
import type { JobResult } from './run-job.ts'
import { isConnected } from './target.ts'

/** What became of a job, for the summary of a run. */
export interface Kept {
  readonly result: 'done' | 'failed' | 'waits' | 'moot' | 'discarded'
  readonly line: string
}

/**
 * Write down what a job came to, and take it out of the queue, in one transaction. When the job is not in the store any more (the
 * state was replaced meanwhile) nothing is written.
 */
export async function keepOutcome(system: OktaSystem, job: ProvisioningJob, result: JobResult): Promise<Kept> {
  return system.store.transact((tx): Kept => {
    const known = tx.get('provisioningJobs', job.key)
    const app = tx.get('apps', job.appId)
    if (known?.transactionId !== job.transactionId || known.createdAt !== job.createdAt || app === undefined) {
      return { result: 'discarded', line: `${job.subject}: the state was replaced meanwhile` }
    }
    const change: Change = {
      tx,
      clock: system.clock,
      actor: logActorOf(tx, job.actorId),
      transactionId: job.transactionId,
    }
    const kept = settleJob(system, change, app, job, result)
    if (job.sync === true && tx.count('provisioningJobs', 'sync', job.transactionId) === 0) noteSyncEnd(change, app)
    return kept
  })
}

function settleJob(system: OktaSystem, change: Change, app: OktaApp, job: ProvisioningJob, result: JobResult): Kept {
  const { tx } = change
  const { outcome, progress } = result
  if (progress !== undefined && job.work.kind === 'push-group') keepProgress(change, job.work.mappingId, progress)
  switch (outcome.kind) {
    case 'wait': {
      const pause = nextPause(app.provisioning?.pause, outcome.seconds, change.clock.now())
      recordEvent(tx, change.clock, {
        eventType: 'application.integration.rate_limit_exceeded',
        actor: change.actor,
        target: [appTarget(app)],
        failure: outcome.detail,
        warns: true,
        jobId: job.transactionId,
      })
      if (job.work.kind === 'push-group' && pause !== undefined) {
        logSteps(change, app, job, [
          { eventType: 'application.provision.group_push.mapping.update.or.delete.failed', failure: outcome.detail },
        ])
      }
      if (pause === undefined) {
        const reason = `Too Many Requests. Errors reported by remote server: ${outcome.detail}`
        return fail(change, app, job, {
          kind: 'failed',
          steps: [],
          message: `Provisioning of ${job.subject} to app ${app.label} failed after repeated attempts: ${reason}`,
          task: job.work.kind === 'push-group' || job.work.kind === 'delete-group' ? 'group' : 'update',
        })
      }
      setPause(tx, app, pause)
      return { result: 'waits', line: `${job.subject}: rate limit, waits ${pause.waitSeconds} s` }
    }
    case 'moot':
      finish(change, app, job)
      return { result: 'moot', line: `${job.subject}: ${outcome.line}` }
    case 'done': {
      finish(change, app, job)
      succeed(system, change, app, job, outcome)
      return { result: 'done', line: outcome.line }
    }
    case 'failed':
      return fail(change, app, job, outcome)
  }
}

function setPause(tx: OktaWriter, app: OktaApp, pause: NonNullable<OktaApp['provisioning']>['pause']): void {
  const { provisioning } = app
  if (provisioning === undefined) return
  const { pause: _, ...rest } = provisioning
  tx.put('apps', app.id, { ...app, provisioning: pause === undefined ? rest : { ...rest, pause } })
}

function finish({ tx }: Change, app: OktaApp, job: ProvisioningJob): void {
  tx.delete('provisioningJobs', job.key)
  if (app.provisioning?.pause !== undefined) setPause(tx, app, undefined)
}

/** Id of the account a job is about. */
function appUserIdOf({ work }: ProvisioningJob): string | undefined {
  return 'appUserId' in work ? work.appUserId : undefined
}

function targetsOf({ tx }: Change, app: OktaApp, { work }: ProvisioningJob): readonly LogTarget[] {
  switch (work.kind) {
    case 'provision':
    case 'push-profile':
    case 'push-password': {
      const appUser = tx.get('appUsers', work.appUserId)
      const user = appUser === undefined ? undefined : tx.get('users', appUser.userId)
      return appUser === undefined || user === undefined
        ? [appTarget(app)]
        : [appUserTarget(appUser, displayNameOf(user)), appTarget(app), userTarget(user)]
    }
    case 'deactivate':
    case 'remove-user': {
      const { appUserId, displayName, userName, userId } = work.former
      return [
        { id: appUserId, type: 'AppUser', displayName, alternateId: userName },
        appTarget(app),
        { id: userId, type: 'User', displayName, alternateId: userName },
      ]
    }
    case 'push-group': {
      const mapping = tx.get('groupPushMappings', work.mappingId)
      const group = mapping === undefined ? undefined : tx.get('groups', mapping.groupId)
      return [...(group === undefined ? [] : [groupTarget(group)]), appTarget(app)]
    }
    case 'delete-group':
      return [{ id: work.targetGroupId, type: 'AppGroup', displayName: work.name }, appTarget(app)]
  }
}

function logSteps(change: Change, app: OktaApp, job: ProvisioningJob, steps: readonly Step[]): void {
  const target = targetsOf(change, app, job)
  for (const { eventType, failure } of steps) {
    recordEvent(change.tx, change.clock, {
      eventType,
      actor: change.actor,
      target,
      jobId: job.transactionId,
      debugData: { appname: app.name },
      ...(failure === undefined ? {} : { failure }),
    })
  }
}

function succeed(
  system: OktaSystem,
  change: Change,
  app: OktaApp,
  job: ProvisioningJob,
  outcome: Outcome & { kind: 'done' },
): void {
  const { tx, clock } = change
  logSteps(change, app, job, outcome.steps)
  const appUserId = appUserIdOf(job)
  if (appUserId === undefined) {
    if (job.work.kind === 'push-group') closeTasks(change, { mappingId: job.work.mappingId })
    // The app does not have it any more: a rule may push a group of that name again.
    if (job.work.kind === 'delete-group') tx.delete('appSideGroups', `${app.id}/${job.work.targetGroupId}`)
    if (job.work.kind === 'deactivate' || job.work.kind === 'remove-user') {
      closeTasks(change, { appId: app.id, userId: job.work.former.userId }, ['deprovision-failed', 'deprovision'])
    }
    return
  }
  const appUser = tx.get('appUsers', appUserId)
  if (appUser === undefined) {
    abandon(change, app, job, outcome)
    return
  }
  const after: AppUser = {
    ...withoutError(appUser),
    ...outcome.change,
    lastSync: clock.iso(),
    lastUpdated: clock.iso(),
  }
  const wasPassword = job.work.kind === 'push-password'
  tx.put(
    'appUsers',
    appUserId,
    wasPassword ? { ...appUser, lastSync: clock.iso() } : withStatusTime(appUser, after, clock.iso()),
  )
  if (wasPassword) return
  closeTasks(change, { appId: app.id, userId: appUser.userId }, [
    'assignment',
    'update',
    'deprovision',
    'deprovision-failed',
  ])
  if (job.work.kind !== 'provision') return
  pushRandomPassword(system, change, app, after)
  touchMemberships(change, app, appUser.userId)
}

function withStatusTime(before: AppUser, after: AppUser, now: string): AppUser {
  return before.status === after.status ? after : { ...after, statusChanged: now }
}

/** Unassigned while the account was being made: it must not go on working. */
function abandon(change: Change, app: OktaApp, { work }: ProvisioningJob, outcome: Outcome & { kind: 'done' }): void {
  const externalId = outcome.change?.externalId
  if (work.kind !== 'provision' || externalId === undefined || !isConnected(app)) return
  if (!app.provisioning.toApp.deactivateUsers) return
  const { appUserId } = work
  const former = { appId: app.id, appUserId, userId: '', displayName: '', userName: '', externalId, profile: {} }
  queueJob(change, app, { kind: 'deactivate', former }, 'an account without an assignment')
}

/** "Sync a randomly generated password": one of 16 characters at assignment (reference sheet 2.3). */
function pushRandomPassword({ vault }: OktaSystem, change: Change, app: OktaApp, appUser: AppUser): void {
  const toApp = app.provisioning?.toApp
  if (toApp?.syncPassword !== true || toApp.passwordSource !== 'RANDOM') return
  const sealedPassword = vault.seal(randomPassword(GENERATED_LENGTH))
  queueJob(change, app, { kind: 'push-password', appUserId: appUser.id, sealedPassword }, appUser.userName)
}

function fail(change: Change, app: OktaApp, job: ProvisioningJob, outcome: Outcome & { kind: 'failed' }): Kept {
  const { tx, clock } = change
  finish(change, app, job)
  logSteps(change, app, job, outcome.steps)
  const { message, task } = outcome
  if (message.includes('credentials used to connect')) {
    const note = { eventType: 'application.integration.authentication_failure', failure: message } as const
    recordEvent(tx, clock, { ...note, actor: change.actor, target: [appTarget(app)], jobId: job.transactionId })
  }
  const { work } = job
  const appUserId = appUserIdOf(job)
  const appUser = appUserId === undefined ? undefined : tx.get('appUsers', appUserId)
  if (appUser !== undefined) {
    tx.put('appUsers', appUser.id, {
      ...appUser,
      ...outcome.change,
      syncState: 'ERROR',
      error: message,
      lastUpdated: clock.iso(),
    })
  }
  const userId = appUser?.userId ?? ('former' in work ? work.former.userId : undefined)
  if (work.kind === 'push-group') markMapping(change, work.mappingId, message)
  if (userId !== undefined || work.kind === 'push-group' || work.kind === 'delete-group') {
    openTask(change, {
      kind: task,
      appId: app.id,
      message,
      work,
      ...(userId === undefined ? {} : { userId }),
      ...(work.kind === 'push-group' ? { mappingId: work.mappingId } : {}),
    })
  }
  return { result: 'failed', line: message }
}

function markMapping({ tx, clock }: Change, mappingId: string, error: string): void {
  const mapping = tx.get('groupPushMappings', mappingId)
  if (mapping === undefined) return
  tx.put('groupPushMappings', mappingId, { ...mapping, status: 'ERROR', error, lastUpdated: clock.iso() })
}

function keepProgress({ tx, clock }: Change, mappingId: string, progress: GroupProgress): void {
  const mapping = tx.get('groupPushMappings', mappingId)
  if (mapping === undefined) return
  const { members, ...rest } = progress
  const { error: _, ...kept } = mapping
  const now = clock.iso()
  tx.put('groupPushMappings', mappingId, {
    ...kept,
    ...rest,
    status: mapping.status === 'INACTIVE' ? 'INACTIVE' : 'ACTIVE',
    ...(members === undefined && rest.targetGroupId === undefined ? {} : { lastPush: now }),
    lastUpdated: now,
  })
  if (members === undefined) return
  const wanted = new Map(
    members.map(({ userId, externalId }) => [`${mappingId}/${externalId}`, { userId, externalId }]),
  )
  for (const key of [...tx.findKeys('pushedMembers', 'mapping', mappingId)]) {
    if (!wanted.delete(key)) tx.delete('pushedMembers', key)
  }
  for (const [key, member] of wanted) tx.put('pushedMembers', key, { mappingId, ...member })
}

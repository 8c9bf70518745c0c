import type { Clock } from '#kit/clock.ts'
import { lettersOf, nextIdSeed } from '#kit/ids.ts'
import type { OktaApp } from '../apps/records.ts'
import type { OktaWriter } from '../collections.ts'
import { appTarget, nextKey, recordEvent } from '../system-log/record-event.ts'
import type { LogActor } from '../system-log/records.ts'
import type { GroupPushMapping, JobWork, OktaTask, ProvisioningJob } from './records.ts'
import { isConnected } from './target.ts'

/** One command or outcome under way: what it writes shares an actor and a transaction id. */
export interface Change {
  readonly tx: OktaWriter
  readonly clock: Clock
  readonly actor: LogActor
  /** Id by which the System Log knows what belongs together. */
  readonly transactionId: string
  /** What is queued belongs to a sync job of everybody. */
  readonly sync?: true
}

/** Put work into the app's queue. Nothing is queued for an app that is not connected. */
export function queueJob(
  { tx, clock, actor, transactionId, sync }: Change,
  app: OktaApp,
  work: JobWork,
  subject: string,
): ProvisioningJob | undefined {
  if (!isConnected(app)) return undefined
  const key = nextKey(tx, 'jobs')
  const job: ProvisioningJob = {
    key,
    appId: app.id,
    work,
    subject,
    createdAt: clock.iso(),
    ...(actor.type === 'User' ? { actorId: actor.id } : {}),
    transactionId,
    ...(sync === true ? { sync } : {}),
  }
  tx.put('provisioningJobs', key, job)
  return job
}

/** Forget everything queued for an app: its integration was switched off, or it was deactivated. */
export function clearQueue(tx: OktaWriter, appId: string): number {
  const keys = [...tx.findKeys('provisioningJobs', 'app', appId)]
  for (const key of keys) tx.delete('provisioningJobs', key)
  return keys.length
}

/** Queue the memberships of a pushed group; what has not changed sends nothing. */
export function queueMemberships(change: Change, app: OktaApp, mapping: GroupPushMapping, overwrite = false): void {
  if (mapping.status === 'INACTIVE' || (!mapping.pushMemberships && !overwrite)) return
  if (!overwrite && isAwaited(change.tx, mapping)) return
  queueJob(change, app, { kind: 'push-group', mappingId: mapping.id, overwrite }, mapping.targetName)
}

/**
 * Whether a push of this group waits in the queue: it will send the members as they are when its turn comes. The first of the queue
 * may be under way already.
 */
function isAwaited(tx: OktaWriter, { id, appId }: GroupPushMapping): boolean {
  const [head] = tx.findPage('provisioningJobs', 'app', appId, 0, 1)
  return tx.find('provisioningJobs', 'mapping', id).some(({ key }) => key !== head?.key)
}

/** The last job of "Provision User" or "Force Sync" is done, or there was nobody to do it for. */
export function noteSyncEnd({ tx, clock, actor }: Change, app: OktaApp): void {
  const eventType = 'app.app_instance.provision_sync_job.completed'
  recordEvent(tx, clock, { eventType, actor, target: [appTarget(app)] })
}

/** Open a task. What was open about the same matter is replaced: one row per person, or per pushed group, and kind. */
export function openTask(
  { tx, clock }: Pick<Change, 'tx' | 'clock'>,
  task: Pick<OktaTask, 'kind' | 'appId' | 'message'> & Partial<Pick<OktaTask, 'userId' | 'mappingId' | 'work'>>,
): OktaTask {
  const known =
    task.userId !== undefined
      ? tx.find('tasks', 'person', `${task.appId}/${task.userId}`)
      : task.mappingId !== undefined
        ? tx.find('tasks', 'mapping', task.mappingId)
        : []
  const same = known.find(({ kind }) => kind === task.kind)
  const id = same?.id ?? lettersOf(nextIdSeed(tx), 'tsk', 17)
  const opened: OktaTask = { id, ...task, status: 'OPEN', created: clock.iso() }
  tx.put('tasks', id, opened)
  return opened
}

/** Close what is open about somebody in an app, or about a pushed group: it was done after all, or there is nothing left to do. */
export function closeTasks(
  { tx, clock }: Pick<Change, 'tx' | 'clock'>,
  about: { readonly appId: string; readonly userId: string } | { readonly mappingId: string },
  kinds: readonly OktaTask['kind'][] = ['assignment', 'update', 'group'],
): void {
  const open =
    'mappingId' in about
      ? tx.find('tasks', 'mapping', about.mappingId)
      : tx.find('tasks', 'person', `${about.appId}/${about.userId}`)
  for (const task of open) {
    if (kinds.includes(task.kind)) tx.put('tasks', task.id, { ...task, status: 'COMPLETED', completed: clock.iso() })
  }
}

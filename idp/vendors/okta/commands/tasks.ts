import { appUserOf } from '../assignments/settle.ts'
import type { OktaReader } from '../collections.ts'
import { queueJob } from '../provisioning/queue.ts'
import type { OktaTask } from '../provisioning/records.ts'
import type { Actor, CommandDeps } from './actor.ts'
import { inChange } from './in-change.ts'
import { notFound } from './refusal.ts'

/** Dashboard > Tasks (reference sheet 2.9). */

interface TaskInput {
  readonly taskIds: readonly string[]
}

function openTasks(reader: OktaReader, { taskIds }: TaskInput): readonly OktaTask[] {
  return taskIds
    .map((id) => {
      const task = reader.get('tasks', id)
      if (task === undefined) throw notFound('Task', id)
      return task
    })
    .filter(({ status }) => status === 'OPEN')
}

/**
 * "Retry Selected": the work is queued again; the task closes when it succeeds. What cannot be tried again (a manual to-do, an app
 * that is not connected) stays as it is.
 * @returns how many were queued.
 */
export function retryTasks(deps: CommandDeps, actor: Actor, input: TaskInput): Promise<number> {
  return inChange(
    deps,
    actor,
    'apps',
    (change) => {
      const { tx } = change
      return openTasks(tx, input).filter(({ work, appId, userId }) => {
        const app = tx.get('apps', appId)
        if (app === undefined || work === undefined) return false
        const appUser = userId === undefined ? undefined : appUserOf(tx, appId, userId)
        const queued = queueJob(change, app, work, appUser?.userName ?? app.label) !== undefined
        if (queued && appUser !== undefined) tx.put('appUsers', appUser.id, { ...appUser, syncState: 'SYNCING' })
        return queued
      }).length
    },
    (count) => ({
      title: `${count} tasks are tried again`,
      subject: 'Tasks',
      change: { type: 'tasks', id: input.taskIds.join(' ') },
    }),
  )
}

/** "Mark Selected Complete": nothing is sent; a manual deprovisioning is said to have been done. @returns how many. */
export function completeTasks(deps: CommandDeps, actor: Actor, input: TaskInput): Promise<number> {
  return inChange(
    deps,
    actor,
    'apps',
    ({ tx, clock }) => {
      const open = openTasks(tx, input)
      for (const task of open) tx.put('tasks', task.id, { ...task, status: 'COMPLETED', completed: clock.iso() })
      return open.length
    },
    (count) => ({
      title: `${count} tasks were marked complete`,
      subject: 'Tasks',
      change: { type: 'tasks', id: input.taskIds.join(' ') },
    }),
  )
}

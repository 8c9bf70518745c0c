import { Router } from 'express'
import { z } from 'zod'
import { listField, parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { completeTasks, retryTasks } from '../../commands/tasks.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../context.ts'
import { TasksPage } from './tasks-page.tsx'

const TasksForm = z.strictObject({
  kind: z.enum(['assignment', 'update', 'deprovision-failed', 'deprovision', 'group']),
  do: z.enum(['retry', 'complete', 'complete-all']),
  taskId: z.preprocess(listField, z.array(z.string().max(64)).max(5000)),
})

const countWords = (count: number): string => `${count} ${count === 1 ? 'task' : 'tasks'}`

/** Dashboard > Tasks. */
export function tasksRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/tasks', (req, res) => {
    const tasks = store.find('tasks', 'status', 'OPEN').map((task) => ({
      task,
      appLabel: store.get('apps', task.appId)?.label ?? '',
    }))
    res.type('html').send(renderPage(<TasksPage context={contextOf(deps, req, res)} tasks={tasks} />))
  })

  router.post('/tasks', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(TasksForm, req.body)
    if (!form.ok) return goSaying(deps, req, res, '/admin/tasks', 'Select what to do with the tasks.', 'danger')
    const { kind, taskId, do: act } = form.value
    const ofKind = store.find('tasks', 'status', 'OPEN').filter((task) => task.kind === kind)
    const taskIds = ofKind.map(({ id }) => id).filter((id) => act === 'complete-all' || taskId.includes(id))
    if (taskIds.length === 0) return goSaying(deps, req, res, '/admin/tasks', 'Select at least one task.', 'danger')
    if (act === 'retry') {
      await retryTasks(deps, actor, { taskIds })
      return goSaying(deps, req, res, '/admin/tasks', `${countWords(taskIds.length)} will be tried again.`)
    }
    await completeTasks(deps, actor, { taskIds })
    return goSaying(deps, req, res, '/admin/tasks', `${countWords(taskIds.length)} marked complete.`)
  })

  return router
}

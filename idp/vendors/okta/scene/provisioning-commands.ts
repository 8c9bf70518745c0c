import { z } from 'zod'
import { Refusal } from '#kit/http/errors.ts'
import { IMPORT_SCHEDULES, type OktaApp } from '../apps/records.ts'
import { forceSync, provisionUsers } from '../commands/assignments.ts'
import { saveApiIntegration, saveToApp, saveToOkta } from '../commands/integration.ts'
import { provisionable } from '../commands/known.ts'
import { OktaRefusal } from '../commands/refusal.ts'
import { completeTasks, retryTasks } from '../commands/tasks.ts'
import { appNamed } from './find.ts'
import { given, KIT, oktaCommand, type SceneDeps } from './okta-command.ts'

const app = z.string().optional()
const OfApp = z.strictObject({ app })
const box = z.boolean().optional()

const ToApp = z.strictObject({
  createUsers: box,
  updateAttributes: box,
  deactivateUsers: box,
  syncPassword: box,
  passwordSource: z.enum(['OKTA', 'RANDOM']).optional(),
  app,
})

const ToOkta = z.strictObject({
  schedule: z.enum(IMPORT_SCHEDULES).optional(),
  usernameFormat: z.enum(['email', 'app-username', 'custom']).optional(),
  customUsername: z.string().max(1000).optional(),
  exactMatch: z.enum(['username', 'email', 'custom']).optional(),
  matchAttribute: z.string().max(100).optional(),
  allowPartial: box,
  confirmExact: box,
  confirmPartial: box,
  confirmNew: box,
  activateNew: box,
  isSource: box,
  whenDeactivated: z.enum(['nothing', 'deactivate', 'suspend']).optional(),
  reactivateSuspended: box,
  reactivateDeactivated: box,
  safeguard: z.strictObject({ enabled: z.boolean(), percent: z.int().min(1).max(100) }).optional(),
  app,
})

/** The Provisioning tab of an app, its queue and the tasks. */
export function provisioningCommands(deps: SceneDeps) {
  const { system, runner, rules } = deps

  /** The settings of To App and To Okta are there once the integration has been saved. */
  function configured(name: string | undefined) {
    const known = provisionable(system.store, appNamed(deps, name).id)
    if (known.provisioning.configured) return known
    throw new OktaRefusal('E0000001', `The API integration of ${known.label} is not enabled.`)
  }
  const tellProvisioning = ({ id, provisioning }: OktaApp) => ({
    appId: id,
    enabled: provisioning?.enabled ?? false,
    toApp: { ...provisioning?.toApp },
  })
  /** Open tasks, of one app if it is named. */
  function openTaskIds(name: string | undefined): readonly string[] {
    const appId = name === undefined ? undefined : appNamed(deps, name).id
    const open = system.store.find('tasks', 'status', 'OPEN')
    return open.filter((task) => appId === undefined || task.appId === appId).map(({ id }) => id)
  }

  return [
    oktaCommand(
      'connect',
      'Configure API Integration: the credentials are tested, and saved when the app accepts them. Every feature is off at first.',
      z.strictObject({
        token: z.string(),
        importGroups: z.boolean().default(true),
        /** SCIM base URL, of a custom app. */
        baseUrl: z.string().optional(),
        app,
      }),
      async ({ token, importGroups, baseUrl, app: name }) => {
        const { id: appId } = appNamed(deps, name)
        const address = baseUrl === undefined ? {} : { baseUrl }
        const test = await saveApiIntegration(deps, KIT, { appId, enabled: true, token, importGroups, ...address })
        if (test.ok) return { appId, message: test.message }
        throw new Refusal('connection_failed', 422, test.message, { hint: 'Correct "token", or the address.' })
      },
    ),
    oktaCommand(
      'disconnect',
      'Switches the API integration off: what was queued is forgotten, assignments stay.',
      OfApp,
      async (input) => {
        const { id: appId, provisioning } = configured(input.app)
        const { importGroups } = provisioning
        const { message } = await saveApiIntegration(deps, KIT, { appId, enabled: false, importGroups })
        return { appId, message }
      },
    ),
    oktaCommand(
      'set-to-app',
      'Switches features of To App on and off; what is left out stays. People assigned before are not caught up with: see provision-user and force-sync.',
      ToApp,
      async ({ app: name, ...change }) => {
        const { id: appId, provisioning } = configured(name)
        const settings = { ...provisioning.toApp, ...given(change) }
        return tellProvisioning(await saveToApp(deps, KIT, { appId, settings }))
      },
    ),
    oktaCommand('set-to-okta', 'Changes settings of To Okta; what is left out stays.', ToOkta, async (input) => {
      const { app: name, ...change } = input
      const { id: appId, provisioning } = configured(name)
      const settings = { ...provisioning.toOkta, ...given(change) }
      await saveToOkta(deps, KIT, { appId, settings })
      return { appId, toOkta: settings }
    }),
    oktaCommand(
      'provision-user',
      'Provision User: creates the accounts of everybody who was assigned before provisioning was on.',
      OfApp,
      async (input) => ({ queued: await provisionUsers(deps, KIT, { appId: appNamed(deps, input.app).id }) }),
    ),
    oktaCommand('force-sync', 'Force Sync: applies the mappings again and pushes everybody.', OfApp, async (input) => ({
      queued: await forceSync(deps, KIT, { appId: appNamed(deps, input.app).id }),
    })),
    oktaCommand(
      'run-jobs',
      'Runs what is due now, and waits for its end: group rules, then the queues of the apps.',
      z.strictObject({}),
      async () => {
        await rules.runDue()
        const { ran, waiting, summary } = await runner.runDue()
        return { ran: ran.map((job) => ({ ...job })), waiting, summary }
      },
    ),
    oktaCommand(
      'retry-tasks',
      'Retry Selected, of all open tasks; with an app of those alone.',
      OfApp,
      async (input) => ({ queued: await retryTasks(deps, KIT, { taskIds: openTaskIds(input.app) }) }),
    ),
    oktaCommand(
      'complete-tasks',
      'Mark Selected Complete, of all open tasks; with an app of those alone. Nothing is sent.',
      OfApp,
      async (input) => ({ completed: await completeTasks(deps, KIT, { taskIds: openTaskIds(input.app) }) }),
    ),
  ]
}

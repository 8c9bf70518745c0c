import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import type { OktaApp } from '../../../apps/records.ts'
import { mustAdminister } from '../../../commands/actor.ts'
import {
  addPushRule,
  deletePushRule,
  pushGroupByName,
  pushNow,
  refreshAppGroups,
  retryAllGroups,
  setGroupPush,
  setPushRule,
  setRenameAppGroups,
  unlinkGroup,
} from '../../../commands/push-groups.ts'
import { notFound } from '../../../commands/refusal.ts'
import type { GroupPushMapping, GroupPushRule } from '../../../provisioning/records.ts'
import { type ConsoleDeps, contextOf, goSaying } from '../../context.ts'
import { type FormView, problemsOf } from '../../form-view.tsx'
import { queryText } from '../../read-query.ts'
import { appHref } from '../app-href.ts'
import { APP_PATH, provisionedAppOf } from '../app-of.ts'
import { bulkPushRoutes } from './bulk-routes.tsx'
import {
  LeavePage,
  PUSH_LISTS,
  PushByNamePage,
  PushByRulePage,
  PushGroupsPage,
  type PushList,
  PushSettingsPage,
} from './push-page.tsx'

const box = z
  .literal('true')
  .optional()
  .transform((value) => value === 'true')
const operator = z.enum(['starts-with', 'ends-with', 'contains'])

const ByNameForm = z
  .strictObject({
    groupId: z.string().min(1, 'Select a group.').max(64),
    pushMemberships: box,
    action: z.enum(['create', 'link']),
    name: z.string().trim().max(255).default(''),
    targetGroupId: z.string().max(255).default(''),
    do: z.enum(['save', 'another']),
  })
  .refine(({ action, targetGroupId }) => action === 'create' || targetGroupId !== '', {
    path: ['targetGroupId'],
    message: 'Select the group to link.',
  })
const ByRuleForm = z.strictObject({
  name: z.string().trim().max(255),
  nameOperator: operator,
  groupName: z.string().trim().max(255).default(''),
  descriptionOperator: operator,
  groupDescription: z.string().trim().max(255).default(''),
  pushMemberships: box,
})
const SettingsForm = z.strictObject({ rename: box })
const LeaveForm = z.strictObject({ target: z.enum(['delete', 'leave']) })

/** The Push Groups tab (reference sheet 1.9). */
export function pushRoutes(deps: ConsoleDeps): Router {
  const { store } = deps.system
  const router = Router()
  const at = `${APP_PATH}/push`
  const appFrom = (req: Request): OktaApp => provisionedAppOf(deps, req).app
  const managed = (req: Request, res: Response) => {
    const context = contextOf(deps, req, res)
    mustAdminister(store, context.actor, 'apps')
    return { context, app: appFrom(req) }
  }
  const say = (req: Request, res: Response, app: OktaApp, text: string, ok = true): Promise<void> =>
    goSaying(deps, req, res, appHref(app, 'push'), text, ok ? 'success' : 'danger')

  router.use(bulkPushRoutes(deps))

  router.get(at, (req, res) => {
    const app = appFrom(req)
    const asked = queryText(req, 'list')
    const list: PushList = PUSH_LISTS.find((each) => each.list === asked)?.list ?? 'all'
    const isListed = (mapping: GroupPushMapping): boolean => {
      switch (list) {
        case 'all':
          return true
        case 'errors':
          return mapping.status === 'ERROR'
        case 'name':
          return mapping.ruleId === undefined
        case 'rule':
          return mapping.ruleId !== undefined
      }
    }
    const rows = store
      .find('groupPushMappings', 'app', app.id)
      .filter(isListed)
      .map((mapping) => ({ mapping, group: store.get('groups', mapping.groupId) }))
    const rules = store.find('groupPushRules', 'app', app.id)
    const view = { list, rows, rules, waiting: store.count('provisioningJobs', 'app', app.id) }
    res.type('html').send(renderPage(<PushGroupsPage context={contextOf(deps, req, res)} app={app} view={view} />))
  })

  const showByName = (req: Request, res: Response, sent?: FormView): void => {
    const { context, app } = managed(req, res)
    const groups = Array.from(store.entries('groups'), ([, group]) => group).filter(
      ({ id, type }) => type === 'OKTA_GROUP' && store.count('groupPushMappings', 'appGroup', `${app.id}/${id}`) === 0,
    )
    const appGroups = store.find('appSideGroups', 'app', app.id)
    const view = sent ?? { values: { pushMemberships: 'true', action: 'create' }, problems: {} }
    const page = <PushByNamePage context={context} app={app} groups={groups} appGroups={appGroups} view={view} />
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(page))
  }

  router.get(`${at}/by-name`, (req, res) => showByName(req, res))

  router.post(`${at}/by-name`, async (req, res) => {
    const { context, app } = managed(req, res)
    const form = parseForm(ByNameForm, req.body)
    if (!form.ok) return showByName(req, res, form)
    const { groupId, pushMemberships, action, name, targetGroupId } = form.value
    try {
      const mapping = await pushGroupByName(deps, context.actor, {
        appId: app.id,
        groupId,
        pushMemberships,
        action:
          action === 'link' ? { kind: 'link', targetGroupId } : { kind: 'create', ...(name === '' ? {} : { name }) },
      })
      const to = appHref(app, form.value.do === 'another' ? 'push/by-name' : 'push')
      return await goSaying(deps, req, res, to, `${mapping.targetName} is being pushed.`)
    } catch (error) {
      const values = { groupId, action, name, targetGroupId, pushMemberships: String(pushMemberships) }
      return showByName(req, res, { values, problems: problemsOf(error) })
    }
  })

  const showByRule = (req: Request, res: Response, sent?: FormView): void => {
    const { context, app } = managed(req, res)
    const view = sent ?? { values: { pushMemberships: 'true' }, problems: {} }
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(<PushByRulePage context={context} app={app} view={view} />))
  }

  router.get(`${at}/by-rule`, (req, res) => showByRule(req, res))

  router.post(`${at}/by-rule`, async (req, res) => {
    const { context, app } = managed(req, res)
    const form = parseForm(ByRuleForm, req.body)
    if (!form.ok) return showByRule(req, res, form)
    const { name, nameOperator, groupName, descriptionOperator, groupDescription, pushMemberships } = form.value
    try {
      await addPushRule(deps, context.actor, {
        appId: app.id,
        name,
        pushMemberships,
        ...(groupName === '' ? {} : { groupName: { operator: nameOperator, value: groupName } }),
        ...(groupDescription === ''
          ? {}
          : { groupDescription: { operator: descriptionOperator, value: groupDescription } }),
      })
    } catch (error) {
      const values = { ...form.value, pushMemberships: String(pushMemberships) }
      return showByRule(req, res, { values, problems: problemsOf(error) })
    }
    return goSaying(deps, req, res, `${appHref(app, 'push')}?list=rule`, `The rule ${name} was created.`)
  })

  router.get(`${at}/settings`, (req, res) => {
    res.type('html').send(renderPage(<PushSettingsPage {...managed(req, res)} />))
  })

  router.post(`${at}/settings`, async (req, res) => {
    const { context, app } = managed(req, res)
    const form = parseForm(SettingsForm, req.body)
    await setRenameAppGroups(deps, context.actor, { appId: app.id, rename: form.ok && form.value.rename })
    await say(req, res, app, 'The group push settings were saved.')
  })

  router.post(`${at}/refresh`, async (req, res) => {
    const { context, app } = managed(req, res)
    const outcome = await refreshAppGroups(deps, context.actor, { appId: app.id })
    const text = outcome.ok ? `${outcome.counts.scanned} groups of ${app.label} were read.` : outcome.message
    await say(req, res, app, text, outcome.ok)
  })

  router.post(`${at}/retry-all`, async (req, res) => {
    const { context, app } = managed(req, res)
    const count = await retryAllGroups(deps, context.actor, { appId: app.id })
    await say(req, res, app, `${count} ${count === 1 ? 'group is' : 'groups are'} being pushed again.`)
  })

  const mappingOf = (req: Request, app: OktaApp): GroupPushMapping => {
    const id = String(req.params['mappingId'])
    const mapping = store.get('groupPushMappings', id)
    if (mapping?.appId !== app.id) throw notFound('GroupPushMapping', id)
    return mapping
  }

  router.post(`${at}/mapping/:mappingId/push-now`, async (req, res) => {
    const { context, app } = managed(req, res)
    const { id, targetName } = mappingOf(req, app)
    await pushNow(deps, context.actor, { mappingId: id })
    await say(req, res, app, `${targetName} is being pushed.`)
  })

  router.post([`${at}/mapping/:mappingId/activate`, `${at}/mapping/:mappingId/deactivate`], async (req, res) => {
    const { context, app } = managed(req, res)
    const { id, targetName } = mappingOf(req, app)
    const active = req.path.endsWith('/activate')
    await setGroupPush(deps, context.actor, { mappingId: id, active })
    await say(req, res, app, `The push of ${targetName} was ${active ? 'activated' : 'deactivated'}.`)
  })

  router.get(`${at}/mapping/:mappingId/unlink`, (req, res) => {
    const { context, app } = managed(req, res)
    const { id, targetName } = mappingOf(req, app)
    const page = (
      <LeavePage
        context={context}
        app={app}
        title="Unlink pushed group"
        subject={targetName}
        action={appHref(app, `push/mapping/${id}/unlink`)}
        confirmLabel="Unlink"
      />
    )
    res.type('html').send(renderPage(page))
  })

  router.post(`${at}/mapping/:mappingId/unlink`, async (req, res) => {
    const { context, app } = managed(req, res)
    const { id, targetName } = mappingOf(req, app)
    const form = parseForm(LeaveForm, req.body)
    if (!form.ok) return say(req, res, app, 'Choose what happens to the group in the app.', false)
    await unlinkGroup(deps, context.actor, { mappingId: id, deleteTarget: form.value.target === 'delete' })
    return say(req, res, app, `${targetName} was unlinked.`)
  })

  const ruleOf = (req: Request, app: OktaApp): GroupPushRule => {
    const id = String(req.params['ruleId'])
    const rule = store.get('groupPushRules', id)
    if (rule?.appId !== app.id) throw notFound('GroupPushRule', id)
    return rule
  }

  router.post([`${at}/rule/:ruleId/activate`, `${at}/rule/:ruleId/deactivate`], async (req, res) => {
    const { context, app } = managed(req, res)
    const { id, name } = ruleOf(req, app)
    const active = req.path.endsWith('/activate')
    await setPushRule(deps, context.actor, { ruleId: id, active })
    await say(req, res, app, `The rule ${name} was ${active ? 'activated' : 'deactivated'}.`)
  })

  router.get(`${at}/rule/:ruleId/delete`, (req, res) => {
    const { context, app } = managed(req, res)
    const { id, name } = ruleOf(req, app)
    const page = (
      <LeavePage
        context={context}
        app={app}
        title="Delete Rule"
        subject={name}
        action={appHref(app, `push/rule/${id}/delete`)}
        confirmLabel="Delete Rule"
      />
    )
    res.type('html').send(renderPage(page))
  })

  router.post(`${at}/rule/:ruleId/delete`, async (req, res) => {
    const { context, app } = managed(req, res)
    const { id, name } = ruleOf(req, app)
    const form = parseForm(LeaveForm, req.body)
    if (!form.ok) return say(req, res, app, 'Choose what happens to the groups in the app.', false)
    await deletePushRule(deps, context.actor, { ruleId: id, deleteTargets: form.value.target === 'delete' })
    return say(req, res, app, `The rule ${name} was deleted.`)
  })

  return router
}

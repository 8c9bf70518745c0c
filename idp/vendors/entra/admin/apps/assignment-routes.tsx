import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { assignableRoles, roleNameOf } from '#idp/core/directory/assignments.ts'
import type { AppRoleAssignment, ServicePrincipal } from '#idp/core/directory/records.ts'
import { foldText } from '#idp/core/directory/search-words.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageApp } from '../../commands/actor.ts'
import { assignToApp, principalNames, removeAssignments } from '../../commands/assignments.ts'
import { groupsUnavailable } from '../../tenant-plan.ts'
import { type AdminDeps, goSaying, say } from '../context.ts'
import { countWords, problemsOf, readIds } from '../forms.ts'
import { PICKER_FIELDS } from '../picker-form.ts'
import { readPicker } from '../read-picker.ts'
import { type ListRequest, listRequestOf, pagerOf, queryList, queryText } from '../read-query.ts'
import { appContextOf } from './app-context.ts'
import { appHref } from './app-page.tsx'
import {
  AddAssignmentPage,
  type AddAssignmentView,
  type AssignedRow,
  AssignmentsPage,
  RemoveAssignmentsPage,
} from './assignments-page.tsx'

const AssignForm = z.strictObject({
  ...PICKER_FIELDS,
  role: z.string().max(64).default(''),
  do: z.enum(['pick', 'search', 'select', 'assign']),
})

/** Users and groups of an app: `/{appId}/users`, `/users/add`, `/users/remove`. */
export function assignmentRoutes(deps: AdminDeps): Router {
  const { system } = deps
  const { store } = system
  const router = Router()

  const rowOf = (app: ServicePrincipal, assignment: AppRoleAssignment): AssignedRow => ({
    assignmentId: assignment.id,
    name: principalNames(store, assignment.principalId).displayName,
    href: `/admin/${assignment.principalType === 'User' ? 'users' : 'groups'}/${assignment.principalId}`,
    type: assignment.principalType,
    role: roleNameOf(app, assignment.appRoleId) ?? 'Role no longer offered',
  })
  /** People in the recycle bin keep their assignments for a restore; the list shows the living. */
  const isShown = ({ principalId, principalType }: AppRoleAssignment): boolean =>
    store.get(principalType === 'User' ? 'users' : 'groups', principalId)?.deletedDateTime === undefined

  /** One page of an app's assignments. Without a text it costs the page, with one it looks at them all. */
  const findAssigned = (
    appId: string,
    { text, offset, limit }: ListRequest,
  ): { readonly found: readonly AppRoleAssignment[]; readonly total: number } => {
    if (text === '') {
      const total = store.count('appRoleAssignments', 'resource', appId)
      return { found: store.findPage('appRoleAssignments', 'resource', appId, offset, limit), total }
    }
    const wanted = foldText(text)
    const all = store
      .find('appRoleAssignments', 'resource', appId)
      .filter((each) => foldText(principalNames(store, each.principalId).displayName).includes(wanted))
    return { found: all.slice(offset, offset + limit), total: all.length }
  }

  router.get('/:appId/users', (req, res) => {
    const { context, app, readOnly } = appContextOf(deps, req, res)
    const request = listRequestOf(req)
    const { found, total } = findAssigned(app.id, request)
    const rows = found.filter(isShown).map((each) => rowOf(app, each))
    const shown = { count: found.length, total, hasMore: request.offset + found.length < total }
    const pager = pagerOf(request, shown, 'assignments', appHref(app.id, 'users'))
    const view = { app, rows, text: request.text, pager, readOnly }
    res.type('html').send(renderPage(<AssignmentsPage context={context} view={view} />))
  })

  interface Draft {
    readonly ids: readonly string[]
    readonly roleId: string
    /** Search text of the open pane. */
    readonly pickText?: string
    readonly problems?: Readonly<Record<string, string>>
    readonly status?: number
  }

  const showAdd = (req: Request, res: Response, draft: Draft): void => {
    const { context, app } = appContextOf(deps, req, res)
    mustManageApp(store, context.actor, app.id)
    const picker = readPicker(store, {
      tenantId: context.tenant.id,
      text: draft.pickText ?? '',
      selectedIds: draft.ids,
      kinds: groupsUnavailable(system.switches) === undefined ? ['User', 'Group'] : ['User'],
      unavailable: (id) =>
        store.count('appRoleAssignments', 'pair', `${app.id}/${id}`) > 0 ? 'Already assigned' : undefined,
    })
    const view: AddAssignmentView = {
      app,
      selected: picker.selected,
      roles: assignableRoles(app),
      roleId: draft.roleId,
      groupsUnavailable: groupsUnavailable(system.switches),
      picker: draft.pickText === undefined ? undefined : picker,
      problems: draft.problems ?? {},
    }
    res
      .status(draft.status ?? 200)
      .type('html')
      .send(renderPage(<AddAssignmentPage context={context} view={view} />))
  }

  router.get('/:appId/users/add', (req, res) => {
    showAdd(req, res, { ids: queryList(req, 'id'), roleId: queryText(req, 'role') })
  })

  router.post('/:appId/users/add', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    const form = parseForm(AssignForm, req.body)
    if (!form.ok) {
      showAdd(req, res, { ids: [], roleId: '', problems: { '': 'The form could not be read.' }, status: 422 })
      return
    }
    const { id: ids, role: roleId, q } = form.value
    switch (form.value.do) {
      case 'pick':
      case 'search':
        showAdd(req, res, { ids, roleId, pickText: q })
        return
      case 'select':
        showAdd(req, res, { ids, roleId })
        return
      case 'assign':
        try {
          const input = { appId: app.id, principalIds: ids, ...(roleId === '' ? {} : { appRoleId: roleId }) }
          const made = await assignToApp(deps, context.actor, input)
          const text = `Application assignment successful: ${countWords(made.length, 'assignment')} to ${app.displayName}.`
          await goSaying(deps, req, res, appHref(app.id, 'users'), text)
        } catch (error) {
          showAdd(req, res, { ids, roleId, problems: problemsOf(error), status: 422 })
        }
    }
  })

  router.get('/:appId/users/remove', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    mustManageApp(store, context.actor, app.id)
    const rows = queryList(req, 'id').flatMap((id) => {
      const assignment = store.get('appRoleAssignments', id)
      return assignment?.resourceId === app.id ? [rowOf(app, assignment)] : []
    })
    if (rows.length === 0) {
      await say(deps, req, 'Tick the users and groups to remove first.', 'warning')
      res.redirect(303, appHref(app.id, 'users'))
      return
    }
    res.type('html').send(renderPage(<RemoveAssignmentsPage context={context} view={{ app, rows }} />))
  })

  router.post('/:appId/users/remove', async (req, res) => {
    const { context, app } = appContextOf(deps, req, res)
    const removed = await removeAssignments(deps, context.actor, { appId: app.id, assignmentIds: readIds(req.body) })
    const text = `${countWords(removed.length, 'assignment')} to ${app.displayName} removed.`
    await goSaying(deps, req, res, appHref(app.id, 'users'), text)
  })

  return router
}

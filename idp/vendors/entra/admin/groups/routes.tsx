import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { liveGroup } from '#idp/core/directory/groups.ts'
import type { DirectoryGroup, GroupMember } from '#idp/core/directory/records.ts'
import { searchGroups } from '#idp/core/directory/search.ts'
import { parseForm } from '#kit/http/forms.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageUsers } from '../../commands/actor.ts'
import { addGroup, editGroup, removeGroup } from '../../commands/groups.ts'
import { type AdminContext, type AdminDeps, contextOf, goSaying } from '../context.ts'
import type { FormView } from '../form-problem.tsx'
import { problemsOf } from '../forms.ts'
import { PICKER_FIELDS } from '../picker-form.ts'
import { readPicker } from '../read-picker.ts'
import { listRequestOf, pagerOf, queryList, queryText } from '../read-query.ts'
import { usersReadOnly } from '../users/users-read-only.ts'
import { deletedGroupRoutes } from './deleted-group-routes.tsx'
import { GroupPropertiesPage, NewGroupPage } from './group-form-pages.tsx'
import { GroupListPage } from './group-list-page.tsx'
import { DeleteGroupPage, GroupOverviewPage } from './group-overview-page.tsx'
import { groupHref } from './group-page.tsx'
import { memberRoutes } from './member-routes.tsx'

const GROUP_FIELDS = {
  displayName: z.string().trim().default(''),
  description: z.string().trim().default(''),
}

const NewGroupForm = z.strictObject({
  ...GROUP_FIELDS,
  ...PICKER_FIELDS,
  do: z.enum(['pick', 'search', 'select', 'create']),
})
const EditGroupForm = z.strictObject(GROUP_FIELDS)

/** Groups: the list, New group, the pages of each group. Mount at `/groups`. */
export function groupRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  /** Members in the recycle bin keep their membership for a restore; pages show the living. */
  const isShown = ({ memberId, memberType }: GroupMember): boolean =>
    store.get(memberType === 'user' ? 'users' : 'groups', memberId)?.deletedDateTime === undefined

  const groupOf = (req: Request, { tenant }: AdminContext): DirectoryGroup =>
    liveGroup(store, tenant.id, String(req.params['groupId']))

  router.get('/', (req, res) => {
    const context = contextOf(deps, req, res)
    const request = listRequestOf(req)
    const page = searchGroups(store, context.tenant.id, request)
    const shown = { count: page.items.length, total: page.total, hasMore: page.hasMore }
    const view = {
      groups: page.items.map((group) => ({ group, members: store.count('groupMembers', 'group', group.id) })),
      total: page.total,
      text: request.text,
      pager: pagerOf(request, shown, 'groups', '/admin/groups'),
      readOnly: usersReadOnly(context),
    }
    res.type('html').send(renderPage(<GroupListPage context={context} view={view} />))
  })

  interface NewDraft extends FormView {
    readonly ids: readonly string[]
    readonly pickText?: string
  }

  const showNew = (req: Request, res: Response, draft: NewDraft, status = 200): void => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    const { ids: selectedIds, pickText, values, problems } = draft
    const picker = readPicker(store, {
      tenantId: context.tenant.id,
      text: pickText ?? '',
      selectedIds,
      kinds: ['User', 'Group'],
    })
    const open = pickText === undefined ? undefined : picker
    const view = { values, problems, selected: picker.selected, picker: open }
    res
      .status(status)
      .type('html')
      .send(renderPage(<NewGroupPage context={context} view={view} />))
  }

  router.get('/new', (req, res) => {
    const values = { displayName: queryText(req, 'displayName'), description: queryText(req, 'description') }
    showNew(req, res, { values, problems: {}, ids: queryList(req, 'id') })
  })

  router.post('/new', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(NewGroupForm, req.body)
    if (!form.ok) return showNew(req, res, { values: form.values, problems: form.problems, ids: [] }, 422)
    const { displayName, description, id: ids, q } = form.value
    const draft = { values: { displayName, description }, problems: {}, ids }
    if (form.value.do === 'pick' || form.value.do === 'search') return showNew(req, res, { ...draft, pickText: q })
    if (form.value.do === 'select') return showNew(req, res, draft)
    try {
      const group = await addGroup(deps, actor, { displayName, description, memberIds: ids })
      await goSaying(deps, req, res, groupHref(group.id), `The group ${group.displayName} was created.`)
    } catch (error) {
      showNew(req, res, { ...draft, problems: problemsOf(error) }, 422)
    }
  })

  router.use(deletedGroupRoutes(deps))

  router.get('/:groupId', (req, res) => {
    const context = contextOf(deps, req, res)
    const group = groupOf(req, context)
    const pairs = store.find('groupMembers', 'group', group.id).filter(isShown)
    const users = pairs.filter((pair) => pair.memberType === 'user').length
    const view = {
      group,
      users,
      groups: pairs.length - users,
      memberOf: store.find('groupMembers', 'member', group.id).flatMap(({ groupId }) => {
        const parent = store.get('groups', groupId)
        return parent === undefined || parent.deletedDateTime !== undefined ? [] : [parent]
      }),
      applications: store.find('appRoleAssignments', 'principal', group.id).flatMap(({ resourceId }) => {
        const app = store.get('servicePrincipals', resourceId)
        return app === undefined ? [] : [{ id: app.id, name: app.displayName }]
      }),
      readOnly: usersReadOnly(context),
    }
    res.type('html').send(renderPage(<GroupOverviewPage context={context} view={view} />))
  })

  const showProperties = (req: Request, res: Response, sent?: FormView): void => {
    const context = contextOf(deps, req, res)
    const group = groupOf(req, context)
    const stored = { displayName: group.displayName, description: group.description ?? '' }
    const view = sent ?? { values: stored, problems: {} }
    const page = <GroupPropertiesPage context={context} group={group} view={view} readOnly={usersReadOnly(context)} />
    res
      .status(sent === undefined ? 200 : 422)
      .type('html')
      .send(renderPage(page))
  }

  router.get('/:groupId/properties', (req, res) => showProperties(req, res))

  router.post('/:groupId/properties', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const form = parseForm(EditGroupForm, req.body)
    if (!form.ok) return showProperties(req, res, form)
    const { displayName, description } = form.value
    try {
      const patch = { displayName, description: description || null }
      const group = await editGroup(deps, actor, { groupId: req.params.groupId, patch })
      const text = `The properties of ${group.displayName} were saved.`
      await goSaying(deps, req, res, groupHref(group.id, 'properties'), text)
    } catch (error) {
      showProperties(req, res, { values: { displayName, description }, problems: problemsOf(error) })
    }
  })

  router.get('/:groupId/delete', (req, res) => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    res.type('html').send(renderPage(<DeleteGroupPage context={context} group={groupOf(req, context)} />))
  })

  router.post('/:groupId/delete', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const group = await removeGroup(deps, actor, { groupId: req.params.groupId })
    const text = `The group ${group.displayName} was deleted. Deleted groups can be restored for 30 days.`
    await goSaying(deps, req, res, '/admin/groups', text)
  })

  router.use(memberRoutes(deps))
  return router
}

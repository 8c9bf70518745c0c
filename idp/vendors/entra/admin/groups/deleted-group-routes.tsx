import { Router } from 'express'
import { notFound } from '#idp/core/directory/refusal.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageUsers } from '../../commands/actor.ts'
import { deleteGroupPermanently, restoreDeletedGroup } from '../../commands/deleted-groups.ts'
import { type AdminDeps, contextOf, goSaying } from '../context.ts'
import { listRequestOf, pagerOf } from '../read-query.ts'
import { usersReadOnly } from '../users/users-read-only.ts'
import { DeletedGroupsPage, DeleteGroupPermanentlyPage } from './deleted-groups-page.tsx'
import { groupHref } from './group-page.tsx'
import { DELETED_GROUPS } from './groups-menu.ts'

/** The groups' recycle bin: `/deleted`, `/deleted/{groupId}/restore`, `/deleted/{groupId}/delete`. */
export function deletedGroupRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/deleted', (req, res) => {
    const context = contextOf(deps, req, res)
    const request = listRequestOf(req)
    const total = store.count('groups', 'deleted', context.tenant.id)
    const groups = store.findPage('groups', 'deleted', context.tenant.id, request.offset, request.limit)
    const shown = { count: groups.length, total, hasMore: request.offset + groups.length < total }
    const pager = pagerOf(request, shown, 'groups', DELETED_GROUPS)
    const view = { groups, pager, readOnly: usersReadOnly(context) }
    res.type('html').send(renderPage(<DeletedGroupsPage context={context} view={view} />))
  })

  router.post('/deleted/:groupId/restore', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const group = await restoreDeletedGroup(deps, actor, { groupId: req.params.groupId })
    await goSaying(deps, req, res, groupHref(group.id), `The group ${group.displayName} was restored.`)
  })

  router.get('/deleted/:groupId/delete', (req, res) => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    const group = store.get('groups', req.params.groupId)
    if (group?.tenantId !== context.tenant.id || group.deletedDateTime === undefined) {
      throw notFound('deleted group', req.params.groupId)
    }
    res.type('html').send(renderPage(<DeleteGroupPermanentlyPage context={context} group={group} />))
  })

  router.post('/deleted/:groupId/delete', async (req, res) => {
    const { actor } = contextOf(deps, req, res)
    const group = await deleteGroupPermanently(deps, actor, { groupId: req.params.groupId })
    await goSaying(deps, req, res, DELETED_GROUPS, `The group ${group.displayName} was deleted permanently.`)
  })

  return router
}

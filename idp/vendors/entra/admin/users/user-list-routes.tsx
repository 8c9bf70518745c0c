import { type Request, type Response, Router } from 'express'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { EXAMINED_AT_MOST, searchUsers } from '#idp/core/directory/search.ts'
import { renderPage } from '#kit/ui/render.ts'
import { mustManageUsers } from '../../commands/actor.ts'
import { deleteUsers, deleteUsersPermanently, restoreUsers } from '../../commands/deleted-users.ts'
import { type AdminContext, type AdminDeps, contextOf, say } from '../context.ts'
import { countWords, problemsOf, readIds } from '../forms.ts'
import { type ListRequest, listRequestOf, pagerOf, queryList, queryText } from '../read-query.ts'
import { ConfirmUsersPage, type UserQuestion } from './confirm-users-page.tsx'
import { DeletedUsersPage } from './deleted-users-page.tsx'
import { USER_FILTERS, UserListPage, type UserListView } from './user-list-page.tsx'
import { DELETED } from './users-menu.ts'
import { usersReadOnly } from './users-read-only.ts'

/** The list of users, the recycle bin, and what is done to several at once. */
export function userListRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/', (req, res) => {
    const context = contextOf(deps, req, res)
    const filter = USER_FILTERS.find(({ value }) => value === queryText(req, 'show'))?.value ?? ''
    const view = { ...listUsers(deps, context, listRequestOf(req), filter), readOnly: usersReadOnly(context) }
    res.type('html').send(renderPage(<UserListPage context={context} view={view} />))
  })

  router.get('/deleted', (req, res) => {
    const context = contextOf(deps, req, res)
    const request = listRequestOf(req)
    const total = store.count('users', 'deleted', context.tenant.id)
    const users = store.findPage('users', 'deleted', context.tenant.id, request.offset, request.limit)
    const shown = { count: users.length, total, hasMore: request.offset + users.length < total }
    const view = { users, pager: pagerOf(request, shown, 'users', DELETED), readOnly: usersReadOnly(context) }
    res.type('html').send(renderPage(<DeletedUsersPage context={context} view={view} />))
  })

  const ask = async (req: Request, res: Response, question: UserQuestion, back: string): Promise<void> => {
    const context = contextOf(deps, req, res)
    mustManageUsers(store, context.actor)
    const users = queryList(req, 'id').flatMap((id) => {
      const user = store.get('users', id)
      const isThere = user?.tenantId === context.tenant.id
      const isDeleted = user?.deletedDateTime !== undefined
      return user !== undefined && isThere && isDeleted === (question !== 'delete') ? [user] : []
    })
    if (users.length === 0) {
      await say(deps, req, 'Tick the users first.', 'warning')
      res.redirect(303, back)
      return
    }
    res.type('html').send(renderPage(<ConfirmUsersPage context={context} question={question} users={users} />))
  }
  router.get('/delete', (req, res) => ask(req, res, 'delete', '/admin/users'))
  router.get('/deleted/confirm', (req, res) =>
    ask(req, res, queryText(req, 'do') === 'restore' ? 'restore' : 'delete-permanently', DELETED),
  )

  const act =
    (command: typeof deleteUsers, back: string, words: (users: readonly DirectoryUser[]) => string) =>
    async (req: Request, res: Response): Promise<void> => {
      const { actor } = contextOf(deps, req, res)
      try {
        const users = await command(deps, actor, { userIds: readIds(req.body) })
        await say(deps, req, words(users))
      } catch (error) {
        await say(deps, req, Object.values(problemsOf(error)).join(' '), 'danger')
      }
      res.redirect(303, back)
    }
  const named = (users: readonly DirectoryUser[]): string =>
    users.length === 1 ? (users[0]?.displayName ?? '') : countWords(users.length, 'user')
  router.post(
    '/delete',
    act(deleteUsers, '/admin/users', (users) => `${named(users)} deleted. Deleted users can be restored for 30 days.`),
  )
  router.post(
    '/deleted/restore',
    act(restoreUsers, DELETED, (users) => `${named(users)} restored.`),
  )
  router.post(
    '/deleted/delete',
    act(deleteUsersPermanently, DELETED, (users) => `${named(users)} deleted permanently.`),
  )

  return router
}

function listUsers(
  { system }: AdminDeps,
  { tenant }: AdminContext,
  request: ListRequest,
  filter: (typeof USER_FILTERS)[number]['value'],
): Omit<UserListView, 'readOnly'> {
  const { text, offset, limit } = request
  const query = { show: filter }
  if (filter === '') {
    const page = searchUsers(system.store, tenant.id, { text, offset, limit })
    const shown = { count: page.items.length, total: page.total, hasMore: page.hasMore }
    const pager = pagerOf(request, shown, 'users', '/admin/users', query)
    return { users: page.items, total: page.total, text, filter, isCut: !page.isComplete, pager }
  }
  const all = searchUsers(system.store, tenant.id, { text, offset: 0, limit: EXAMINED_AT_MOST })
  const fitting = all.items.filter((user) => fits(user, filter))
  const users = fitting.slice(offset, offset + limit)
  const shown = { count: users.length, total: fitting.length, hasMore: offset + users.length < fitting.length }
  const pager = pagerOf(request, shown, 'users', '/admin/users', query)
  return { users, total: fitting.length, text, filter, isCut: all.hasMore || !all.isComplete, pager }
}

function fits(user: DirectoryUser, filter: 'member' | 'guest' | 'blocked'): boolean {
  switch (filter) {
    case 'member':
      return user.userType === 'Member'
    case 'guest':
      return user.userType === 'Guest'
    case 'blocked':
      return !user.accountEnabled
  }
}

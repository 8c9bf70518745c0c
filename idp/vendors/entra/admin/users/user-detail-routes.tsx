import { type Request, type Response, Router } from 'express'
import { roleNameOf } from '#idp/core/directory/assignments.ts'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import { renderPage } from '#kit/ui/render.ts'
import { rolesOf } from '../../sign-in/accounts.ts'
import { type AdminContext, type AdminDeps, contextOf } from '../context.ts'
import {
  type AssignedApp,
  UserApplicationsPage,
  UserGroupsPage,
  UserOverviewPage,
  UserRolesPage,
  type UserView,
} from './user-detail-pages.tsx'
import { usersReadOnly } from './users-read-only.ts'

/** The pages of one user that show: overview, groups, applications, roles. */
export function userDetailRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  const read = (req: Request, res: Response): { readonly context: AdminContext; readonly view: UserView } => {
    const context = contextOf(deps, req, res)
    const user = liveUser(store, context.tenant.id, String(req.params['userId']))
    const manager = user.managerId === undefined ? undefined : store.get('users', user.managerId)
    const isThere = manager !== undefined && manager.deletedDateTime === undefined
    return { context, view: { user, manager: isThere ? manager : undefined, readOnly: usersReadOnly(context) } }
  }

  const groupsOf = (userId: string) =>
    store.find('groupMembers', 'member', userId).flatMap(({ groupId }) => {
      const group = store.get('groups', groupId)
      return group === undefined || group.deletedDateTime !== undefined ? [] : [group]
    })

  const applicationsOf = (user: DirectoryUser): readonly AssignedApp[] => {
    const holders = [
      { id: user.id, by: 'Direct' },
      ...groupsOf(user.id).map(({ id, displayName }) => ({ id, by: `Group: ${displayName}` })),
    ]
    return holders.flatMap(({ id, by }) =>
      store.find('appRoleAssignments', 'principal', id).flatMap(({ resourceId, appRoleId }) => {
        const app = store.get('servicePrincipals', resourceId)
        if (app === undefined) return []
        return [{ appId: app.id, name: app.displayName, role: roleNameOf(app, appRoleId) ?? '-', by }]
      }),
    )
  }

  router.get('/:userId', (req, res) => {
    const { context, view } = read(req, res)
    const { user } = view
    const counted = {
      ...view,
      groups: groupsOf(user.id).length,
      applications: applicationsOf(user).length,
      roles: rolesOf(store, user.id).length,
    }
    res.type('html').send(renderPage(<UserOverviewPage context={context} view={counted} />))
  })

  router.get('/:userId/groups', (req, res) => {
    const { context, view } = read(req, res)
    res.type('html').send(renderPage(<UserGroupsPage context={context} view={view} groups={groupsOf(view.user.id)} />))
  })

  router.get('/:userId/applications', (req, res) => {
    const { context, view } = read(req, res)
    const applications = applicationsOf(view.user)
    res
      .type('html')
      .send(renderPage(<UserApplicationsPage context={context} view={view} applications={applications} />))
  })

  router.get('/:userId/roles', (req, res) => {
    const { context, view } = read(req, res)
    const roles = rolesOf(store, view.user.id)
    res.type('html').send(renderPage(<UserRolesPage context={context} view={view} roles={roles} />))
  })

  return router
}

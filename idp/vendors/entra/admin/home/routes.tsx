import { Router } from 'express'
import { searchGroups, searchUsers } from '#idp/core/directory/search.ts'
import { foldText } from '#idp/core/directory/search-words.ts'
import { Refusal } from '#kit/http/errors.ts'
import { renderPage } from '#kit/ui/render.ts'
import { DIRECTORY_ROLES, type DirectoryRole } from '../../roles.ts'
import { planOfTenant } from '../../tenant-plan.ts'
import { type AdminContext, type AdminDeps, contextOf } from '../context.ts'
import { mayRead } from '../may-read.ts'
import { queryText } from '../read-query.ts'
import { HomePage, NoRolePage, OverviewPage, type TenantCounts } from './home-pages.tsx'
import { RolePage, RolesPage, type RoleView } from './roles-pages.tsx'
import { SearchPage } from './search-page.tsx'

/** Matches of each kind the global search shows. */
const FOUND_OF_EACH = 10

/** Home alone: the page everybody who is signed in may see. */
export function homeRoute(deps: AdminDeps): Router {
  const router = Router()
  router.get('/', (req, res) => {
    const context = contextOf(deps, req, res)
    res.type('html')
    if (mayRead(deps.system.store, context.standing)) {
      res.send(renderPage(<HomePage context={context} counts={countTenant(deps, context)} />))
    } else {
      res.status(403).send(renderPage(<NoRolePage context={context} />))
    }
  })
  return router
}

/** Overview, search and roles. */
export function directoryRoutes(deps: AdminDeps): Router {
  const { store } = deps.system
  const router = Router()

  router.get('/overview', (req, res) => {
    const context = contextOf(deps, req, res)
    res
      .type('html')
      .send(
        renderPage(
          <OverviewPage
            context={context}
            counts={countTenant(deps, context)}
            plan={planOfTenant(deps.system.switches).name}
          />,
        ),
      )
  })

  router.get('/search', (req, res) => {
    const context = contextOf(deps, req, res)
    const text = queryText(req, 'q')
    const request = { text, offset: 0, limit: FOUND_OF_EACH }
    const isMatch = (name: string): boolean => foldText(name).includes(foldText(text))
    const { id } = context.tenant
    const view = {
      text,
      users: text === '' ? [] : searchUsers(store, id, request).items,
      groups: text === '' ? [] : searchGroups(store, id, request).items,
      apps:
        text === ''
          ? []
          : store
              .find('servicePrincipals', 'tenant', id)
              .filter((app) => isMatch(app.displayName) || app.id === text || app.appId === text)
              .slice(0, FOUND_OF_EACH),
    }
    res.type('html').send(renderPage(<SearchPage context={context} view={view} />))
  })

  const holdersOf = (tenantId: string, role: DirectoryRole): RoleView => ({
    role,
    holders: store.find('directoryRoles', 'role', `${tenantId}/${role.templateId}`).flatMap(({ userId }) => {
      const user = store.get('users', userId)
      return user === undefined || user.deletedDateTime !== undefined ? [] : [user]
    }),
  })

  router.get('/roles', (req, res) => {
    const context = contextOf(deps, req, res)
    const roles = DIRECTORY_ROLES.map((role) => holdersOf(context.tenant.id, role))
    res.type('html').send(renderPage(<RolesPage context={context} roles={roles} />))
  })

  router.get('/roles/:templateId', (req, res) => {
    const context = contextOf(deps, req, res)
    const role = DIRECTORY_ROLES.find((each) => each.templateId === req.params.templateId)
    if (role === undefined) throw new Refusal('not_found', 404, `There is no role '${req.params.templateId}'.`)
    res.type('html').send(renderPage(<RolePage context={context} view={holdersOf(context.tenant.id, role)} />))
  })

  return router
}

function countTenant(deps: AdminDeps, { tenant }: AdminContext): TenantCounts {
  const { store } = deps.system
  return {
    users: store.count('users', 'live', tenant.id),
    groups: store.count('groups', 'live', tenant.id),
    enterpriseApps: store.find('servicePrincipals', 'tenant', tenant.id).filter((app) => !app.firstParty).length,
    registrations: store.find('applications', 'tenant', tenant.id).filter(({ firstParty }) => !firstParty).length,
    deletedUsers: store.count('users', 'deleted', tenant.id),
  }
}

import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { DirectoryUser } from '#idp/core/directory/records.ts'
import { searchUsers } from '#idp/core/directory/search.ts'
import { liveUser } from '#idp/core/directory/users.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { changeUser } from '../../commands/change-user.ts'
import { deleteUsers } from '../../commands/deleted-users.ts'
import { addUser, editUser } from '../../commands/users.ts'
import { admitMyself, admitReader, mustBeOpen, openPartOf, type ProfileAccess } from '../admission/profile-access.ts'
import { mustSupport, satisfies } from '../filter.ts'
import { admit, contextOf, type GraphDeps, type GraphPlace } from '../graph-call.ts'
import { missing, unsupportedQuery } from '../graph-error.ts'
import { collectPage, type ListQuery, readListQuery, readSelect, selected, sendPage } from '../list-query.ts'
import { ObjectReference, readBody } from '../read-body.ts'
import { userNamed } from './named-user.ts'
import { NewUserBody, UserChangeBody, userPropertiesOf } from './user-body.ts'
import { DEFAULT_USER_PROPERTIES, userResource } from './user-resource.ts'

const READ: readonly ApplicationPermission[] = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
]
const WRITE: readonly ApplicationPermission[] = ['User.ReadWrite.All', 'Directory.ReadWrite.All']
const ENABLE: readonly ApplicationPermission[] = ['User.EnableDisableAccount.All', ...WRITE]

const TEXT = ['eq', 'startswith'] as const

/** Properties users can be filtered by. */
const FILTERABLE = {
  id: ['eq'],
  userPrincipalName: TEXT,
  mail: TEXT,
  displayName: TEXT,
  givenName: TEXT,
  surname: TEXT,
  mailNickname: TEXT,
  jobTitle: TEXT,
  department: TEXT,
  employeeId: TEXT,
  country: TEXT,
  city: TEXT,
  state: TEXT,
  officeLocation: ['eq'],
  usageLocation: ['eq'],
  accountEnabled: ['eq'],
  userType: ['eq'],
} as const

const ManagerReference = z.strictObject({ '@odata.id': ObjectReference })

/** Users: list, count, get, create, update, delete, the manager (reference 11.7). The groups are `membership-routes.ts`. */
export function userRoutes(deps: GraphDeps): Router {
  const { store } = deps.system
  const router = Router()

  const userOf = (call: GraphPlace, req: Request): DirectoryUser => userNamed(store, call, String(req.params['userId']))

  const project = (
    call: GraphPlace,
    user: DirectoryUser,
    select: readonly string[],
    open?: readonly string[],
  ): object => {
    const whole = openPartOf(userResource(user), open)
    if (select.length > 0 || call.version === 'beta') return selected(whole, select, 'user')
    const shown = DEFAULT_USER_PROPERTIES.filter((name) => Object.hasOwn(whole, name))
    return selected(whole, shown, 'user')
  }

  const sendUser = (
    { call, properties }: ProfileAccess,
    res: Response,
    user: DirectoryUser,
    select: readonly string[],
    status = 200,
  ): void => {
    mustBeOpen({ properties }, select)
    const names = select.length === 0 ? '' : `(${select.join(',')})`
    res.status(status).json({ ...contextOf(call, `users${names}/$entity`), ...project(call, user, select, properties) })
  }

  /** Where a filter points into an index, those it can mean; else everybody, by position. */
  const candidates = (call: GraphPlace, { filter }: ListQuery) => {
    const tenantId = call.tenant.id
    const exact = (path: string): string | undefined => {
      const found = filter.find((clause) => clause.path === path && clause.operator === 'eq')
      return typeof found?.value === 'string' ? found.value.toLowerCase() : undefined
    }
    const [id, name, mail] = [exact('id'), exact('userPrincipalName'), exact('mail')]
    const few = (users: readonly (DirectoryUser | undefined)[]) => {
      const live = users.filter((user) => user?.tenantId === tenantId && user.deletedDateTime === undefined)
      return (offset: number, limit: number) => live.slice(offset, offset + limit) as readonly DirectoryUser[]
    }
    if (id !== undefined) return few([store.get('users', id)])
    if (name !== undefined) return few(store.find('users', 'userPrincipalName', name))
    if (mail !== undefined) return few(store.find('users', 'mail', `${tenantId}/${mail}`))
    const start = filter.find(({ path }) => ['displayName', 'userPrincipalName', 'mail'].includes(path))
    if (typeof start?.value === 'string' && start.value.trim().length >= 3) {
      const text = start.value
      return (offset: number, limit: number) => searchUsers(store, tenantId, { text, offset, limit }).items
    }
    return (offset: number, limit: number) => store.findPage('users', 'live', tenantId, offset, limit)
  }

  router.get('/users', (req, res) => {
    const { call, properties } = admitReader(res, READ, 'list')
    const query = readListQuery(req, { filter: true, count: true })
    mustSupport(query.filter, FILTERABLE, 'User')
    mustBeOpen({ properties }, [...query.select, ...query.filter.map(({ path }) => path)])
    if (query.count && query.filter.length > 0)
      throw unsupportedQuery('$count of a filtered list is not supported here.')
    const page = collectPage(query, candidates(call, query), (user) =>
      satisfies(userResource(user), query.filter, false) ? project(call, user, query.select, properties) : undefined,
    )
    const total = store.count('users', 'live', call.tenant.id)
    sendPage(req, res, call, { context: 'users', page: { ...page, total }, query })
  })

  router.get('/users/\\$count', (_req, res) => {
    const call = admit(res, READ)
    res.type('text/plain').send(String(store.count('users', 'live', call.tenant.id)))
  })

  router.post('/users', async (req, res) => {
    const call = admit(res, WRITE)
    const {
      accountEnabled,
      passwordProfile,
      'manager@odata.bind': managerId,
      ...body
    } = readBody(NewUserBody, req, 'User')
    const { user } = await addUser(deps, call.actor, {
      userPrincipalName: body.userPrincipalName,
      displayName: body.displayName,
      password: passwordProfile.password,
      mustChange: passwordProfile.forceChangePasswordNextSignIn ?? false,
      accountEnabled,
      properties: { ...userPropertiesOf(body), ...(managerId === undefined ? {} : { managerId }) },
    })
    res.setHeader('location', `${call.base}/users/${user.id}`)
    sendUser({ call, properties: undefined }, res, user, [], 201)
  })

  router.get('/users/:userId', (req, res) => {
    const access = admitReader(res, READ, 'get')
    sendUser(access, res, userOf(access.call, req), readSelect(req))
  })

  router.get('/me', (req, res) => {
    const call = admitMyself(res)
    sendUser({ call, properties: undefined }, res, call.person, readSelect(req))
  })

  router.patch('/users/:userId', async (req, res) => {
    const { accountEnabled, passwordProfile, ...body } = readBody(UserChangeBody, req, 'User')
    const isOnlyEnabling =
      accountEnabled !== undefined && passwordProfile === undefined && Object.keys(body).length === 0
    const call = admit(res, isOnlyEnabling ? ENABLE : WRITE)
    await changeUser(deps, call.actor, {
      userId: userOf(call, req).id,
      patch: userPropertiesOf(body),
      ...(accountEnabled === undefined ? {} : { accountEnabled }),
      ...(passwordProfile === undefined
        ? {}
        : {
            password: passwordProfile.password,
            mustChange: passwordProfile.forceChangePasswordNextSignIn ?? false,
          }),
    })
    res.status(204).end()
  })

  router.delete('/users/:userId', async (req, res) => {
    const call = admit(res, WRITE)
    await deleteUsers(deps, call.actor, { userIds: [userOf(call, req).id] })
    res.status(204).end()
  })

  router.get('/users/:userId/manager', (req, res) => {
    const call = admit(res, READ)
    const { managerId } = userOf(call, req)
    if (managerId === undefined) throw missing('manager')
    const manager = liveUser(store, call.tenant.id, managerId)
    const select = readSelect(req)
    res.json({
      ...contextOf(call, 'directoryObjects/$entity'),
      '@odata.type': '#microsoft.graph.user',
      ...project(call, manager, select),
    })
  })

  router.put('/users/:userId/manager/\\$ref', async (req, res) => {
    const call = admit(res, WRITE)
    const { '@odata.id': managerId } = readBody(ManagerReference, req, 'DirectoryObject')
    await editUser(deps, call.actor, { userId: userOf(call, req).id, patch: { managerId } })
    res.status(204).end()
  })

  router.delete('/users/:userId/manager/\\$ref', async (req, res) => {
    const call = admit(res, WRITE)
    const user = userOf(call, req)
    if (user.managerId === undefined) throw missing('manager')
    await editUser(deps, call.actor, { userId: user.id, patch: { managerId: null } })
    res.status(204).end()
  })

  return router
}

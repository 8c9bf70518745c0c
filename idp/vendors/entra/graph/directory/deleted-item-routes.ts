import { type Request, Router } from 'express'
import type { Application, DirectoryGroup, DirectoryUser } from '#idp/core/directory/records.ts'
import type { EntraReader } from '../../collections.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { deleteGroupPermanently, restoreDeletedGroup } from '../../commands/deleted-groups.ts'
import { deleteUsersPermanently, restoreUsers } from '../../commands/deleted-users.ts'
import {
  deleteRegistrationPermanently,
  restoreRegistration,
} from '../../commands/registrations/deleted-registrations.ts'
import { admit, contextOf, type GraphCall, type GraphDeps } from '../graph-call.ts'
import { GraphError, missing } from '../graph-error.ts'
import { collectPage, readListQuery, readSelect, selected, sendPage } from '../list-query.ts'
import { applicationResource } from './app-resources.ts'
import { groupResource } from './group-resource.ts'
import { userResource } from './user-resource.ts'

type Kind = 'user' | 'group' | 'application'

/** Permissions of one kind of object, for looking and for restoring and purging. */
const NEEDED: Readonly<Record<Kind, Readonly<Record<'read' | 'write', readonly ApplicationPermission[]>>>> = {
  user: {
    read: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    write: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  group: {
    read: ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    write: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  },
  application: {
    read: ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
    write: ['Application.ReadWrite.All', 'Application.ReadWrite.OwnedBy', 'Directory.ReadWrite.All'],
  },
}

type Deleted =
  | { readonly kind: 'user'; readonly record: DirectoryUser }
  | { readonly kind: 'group'; readonly record: DirectoryGroup }
  | { readonly kind: 'application'; readonly record: Application }

function resourceOf(reader: EntraReader, deleted: Deleted): object {
  switch (deleted.kind) {
    case 'user':
      return userResource(deleted.record)
    case 'group':
      return groupResource(deleted.record)
    case 'application':
      return applicationResource(reader, deleted.record)
  }
}

/** The recycle bin: `directory/deletedItems` by type, one item, restore, purge (reference 11.7). */
export function deletedItemRoutes(deps: GraphDeps): Router {
  const { store } = deps.system
  const router = Router()

  /** @throws {GraphError} `Request_ResourceNotFound` for what is not in the bin. @throws {Refusal} `permission_needed`. */
  const itemOf = (req: Request, res: Parameters<typeof admit>[0], access: 'read' | 'write') => {
    const id = String(req.params['itemId']).toLowerCase()
    const user = store.get('users', id)
    const application = store.get('applications', id)
    const kind: Kind = user !== undefined ? 'user' : application !== undefined ? 'application' : 'group'
    const call = admit(res, NEEDED[kind][access])
    const group = store.get('groups', id)
    const deleted: Deleted | undefined =
      user !== undefined
        ? { kind: 'user', record: user }
        : application !== undefined
          ? { kind: 'application', record: application }
          : group && { kind: 'group', record: group }
    const isThere = deleted?.record.tenantId === call.tenant.id && deleted.record.deletedDateTime !== undefined
    if (deleted === undefined || !isThere) throw missing(String(req.params['itemId']))
    return { call, deleted }
  }

  const answerOf = (call: GraphCall, deleted: Deleted, select: readonly string[] = []): object => ({
    ...contextOf(call, 'directoryObjects/$entity'),
    '@odata.type': `#microsoft.graph.${deleted.kind}`,
    ...selected(resourceOf(store, deleted), select, deleted.kind),
  })

  for (const kind of ['user', 'group'] as const) {
    router.get(`/directory/deletedItems/microsoft.graph.${kind}`, (req, res) => {
      const call = admit(res, NEEDED[kind].read)
      const query = readListQuery(req)
      const { id: tenantId } = call.tenant
      const page =
        kind === 'user'
          ? collectPage(
              query,
              (offset, limit) => store.findPage('users', 'deleted', tenantId, offset, limit),
              (record) => selected(userResource(record), query.select, kind),
            )
          : collectPage(
              query,
              (offset, limit) => store.findPage('groups', 'deleted', tenantId, offset, limit),
              (record) => selected(groupResource(record), query.select, kind),
            )
      sendPage(req, res, call, { context: `directory/deletedItems/microsoft.graph.${kind}`, page, query })
    })
  }

  router.get('/directory/deletedItems/microsoft.graph.application', (req, res) => {
    const call = admit(res, NEEDED.application.read)
    const query = readListQuery(req)
    const page = collectPage(
      query,
      (offset, limit) => store.findPage('applications', 'deleted', call.tenant.id, offset, limit),
      (record) => selected(applicationResource(store, record), query.select, 'application'),
    )
    sendPage(req, res, call, { context: 'directory/deletedItems/microsoft.graph.application', page, query })
  })

  router.get('/directory/deletedItems', () => {
    throw new GraphError(
      'Request_BadRequest',
      400,
      'Name a type: directory/deletedItems/microsoft.graph.user, .group or .application.',
    )
  })

  router.get('/directory/deletedItems/:itemId', (req, res) => {
    const { call, deleted } = itemOf(req, res, 'read')
    res.json(answerOf(call, deleted, readSelect(req)))
  })

  router.post('/directory/deletedItems/:itemId/restore', async (req, res) => {
    const { call, deleted } = itemOf(req, res, 'write')
    const { id } = deleted.record
    if (deleted.kind === 'group') {
      const record = await restoreDeletedGroup(deps, call.actor, { groupId: id })
      res.json(answerOf(call, { kind: 'group', record }))
      return
    }
    if (deleted.kind === 'application') {
      const record = await restoreRegistration(deps, call.actor, { applicationId: id })
      res.json(answerOf(call, { kind: 'application', record }))
      return
    }
    const [record = deleted.record] = await restoreUsers(deps, call.actor, { userIds: [id] })
    res.json(answerOf(call, { kind: 'user', record }))
  })

  router.delete('/directory/deletedItems/:itemId', async (req, res) => {
    const { call, deleted } = itemOf(req, res, 'write')
    const { id } = deleted.record
    if (deleted.kind === 'group') await deleteGroupPermanently(deps, call.actor, { groupId: id })
    else if (deleted.kind === 'application')
      await deleteRegistrationPermanently(deps, call.actor, { applicationId: id })
    else await deleteUsersPermanently(deps, call.actor, { userIds: [id] })
    res.status(204).end()
  })

  return router
}

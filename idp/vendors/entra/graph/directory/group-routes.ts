import { type Request, Router } from 'express'
import { z } from 'zod'
import type { DirectoryGroup } from '#idp/core/directory/records.ts'
import { searchGroups } from '#idp/core/directory/search.ts'
import type { ApplicationPermission } from '../../commands/application-permissions.ts'
import { addGroup, addGroupMembers, editGroup, removeGroup, removeGroupMembers } from '../../commands/groups.ts'
import { mustSupport, satisfies } from '../filter.ts'
import { admit, contextOf, type GraphCall, type GraphDeps } from '../graph-call.ts'
import { badRequest, missing, unsupportedQuery } from '../graph-error.ts'
import { collectPage, type ListQuery, readListQuery, readSelect, selected, sendPage } from '../list-query.ts'
import { ObjectReference, readBody } from '../read-body.ts'
import { groupResource } from './group-resource.ts'
import { userResource } from './user-resource.ts'

const DIRECTORY: readonly ApplicationPermission[] = ['Directory.Read.All', 'Directory.ReadWrite.All']
const READ: readonly ApplicationPermission[] = ['Group.Read.All', 'Group.ReadWrite.All', ...DIRECTORY]
const WRITE: readonly ApplicationPermission[] = ['Group.ReadWrite.All', 'Directory.ReadWrite.All']
const READ_MEMBERS: readonly ApplicationPermission[] = ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...READ]
const WRITE_MEMBERS: readonly ApplicationPermission[] = ['GroupMember.ReadWrite.All', ...WRITE]

/** Members one call may add (Graph v1.0, Add members). */
const MOST_MEMBERS = 20

const FILTERABLE = {
  id: ['eq'],
  displayName: ['eq', 'startswith'],
  mailNickname: ['eq', 'startswith'],
  securityEnabled: ['eq'],
  mailEnabled: ['eq'],
} as const

const Members = z.array(ObjectReference).max(MOST_MEMBERS).optional()

const NewGroupBody = z.strictObject({
  displayName: z.string().min(1).max(256),
  description: z.string().max(1_024).nullable().optional(),
  mailEnabled: z.boolean(),
  mailNickname: z.string().min(1).max(64),
  securityEnabled: z.boolean(),
  groupTypes: z.array(z.string().max(64)).max(8).optional(),
  'members@odata.bind': Members,
})

const GroupChangeBody = z.strictObject({
  displayName: z.string().min(1).max(256).optional(),
  description: z.string().max(1_024).nullable().optional(),
  mailNickname: z.string().min(1).max(64).optional(),
  'members@odata.bind': Members,
})

const MemberReference = z.strictObject({ '@odata.id': ObjectReference })

/** Groups: list, get, create, update, delete, and their members (reference 11.7). */
export function groupRoutes(deps: GraphDeps): Router {
  const { store } = deps.system
  const router = Router()

  const groupOf = (call: GraphCall, req: Request): DirectoryGroup => {
    const key = String(req.params['groupId'])
    const group = store.get('groups', key.toLowerCase())
    if (group === undefined || group.tenantId !== call.tenant.id || group.deletedDateTime !== undefined) {
      throw missing(key)
    }
    return group
  }

  const candidates = (call: GraphCall, { filter }: ListQuery) => {
    const tenantId = call.tenant.id
    const named = filter.find(({ path, operator }) => path === 'displayName' && operator === 'eq')
    if (typeof named?.value === 'string') {
      const key = `${tenantId}/${named.value.toLowerCase()}`
      return (offset: number, limit: number) => store.findPage('groups', 'displayName', key, offset, limit)
    }
    const start = filter.find(({ path }) => path === 'displayName')?.value
    if (typeof start === 'string' && start.trim().length >= 3) {
      return (offset: number, limit: number) => searchGroups(store, tenantId, { text: start, offset, limit }).items
    }
    return (offset: number, limit: number) => store.findPage('groups', 'live', tenantId, offset, limit)
  }

  router.get('/groups', (req, res) => {
    const call = admit(res, READ)
    const query = readListQuery(req, { filter: true, count: true })
    mustSupport(query.filter, FILTERABLE, 'Group')
    if (query.count && query.filter.length > 0)
      throw unsupportedQuery('$count of a filtered list is not supported here.')
    const page = collectPage(query, candidates(call, query), (group) => {
      const whole = groupResource(group)
      return satisfies(whole, query.filter, false) ? selected(whole, query.select, 'group') : undefined
    })
    const total = store.count('groups', 'live', call.tenant.id)
    sendPage(req, res, call, { context: 'groups', page: { ...page, total }, query })
  })

  router.get('/groups/\\$count', (_req, res) => {
    const call = admit(res, READ)
    res.type('text/plain').send(String(store.count('groups', 'live', call.tenant.id)))
  })

  router.post('/groups', async (req, res) => {
    const call = admit(res, WRITE)
    const body = readBody(NewGroupBody, req, 'Group')
    if (body.mailEnabled || !body.securityEnabled || (body.groupTypes?.length ?? 0) > 0) {
      throw badRequest(
        'This service creates security groups only: securityEnabled true, mailEnabled false, no groupTypes.',
      )
    }
    const { displayName, mailNickname, description, 'members@odata.bind': memberIds } = body
    const group = await addGroup(deps, call.actor, {
      displayName,
      mailNickname,
      ...(description ? { description } : {}),
      ...(memberIds === undefined ? {} : { memberIds }),
    })
    res.setHeader('location', `${call.base}/groups/${group.id}`)
    res.status(201).json({ ...contextOf(call, 'groups/$entity'), ...groupResource(group) })
  })

  router.get('/groups/:groupId', (req, res) => {
    const call = admit(res, READ)
    const group = selected(groupResource(groupOf(call, req)), readSelect(req), 'group')
    res.json({ ...contextOf(call, 'groups/$entity'), ...group })
  })

  router.patch('/groups/:groupId', async (req, res) => {
    const { 'members@odata.bind': memberIds, ...patch } = readBody(GroupChangeBody, req, 'Group')
    const isChange = Object.keys(patch).length > 0
    const call = admit(res, memberIds !== undefined && !isChange ? WRITE_MEMBERS : WRITE)
    const { id: groupId } = groupOf(call, req)
    if (memberIds !== undefined && isChange) {
      throw badRequest('Members are added in a request of their own, not together with other properties.')
    }
    if (memberIds !== undefined) await addGroupMembers(deps, call.actor, { groupId, memberIds })
    else {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
      await editGroup(deps, call.actor, { groupId, patch: given })
    }
    res.status(204).end()
  })

  router.delete('/groups/:groupId', async (req, res) => {
    const call = admit(res, WRITE)
    await removeGroup(deps, call.actor, { groupId: groupOf(call, req).id })
    res.status(204).end()
  })

  router.get('/groups/:groupId/members', (req, res) => {
    const call = admit(res, READ_MEMBERS)
    const group = groupOf(call, req)
    const query = readListQuery(req)
    const page = collectPage(
      query,
      (offset, limit) => store.findPage('groupMembers', 'group', group.id, offset, limit),
      ({ memberId, memberType }) => {
        const record = memberType === 'user' ? store.get('users', memberId) : store.get('groups', memberId)
        if (record === undefined || record.deletedDateTime !== undefined) return undefined
        const whole = 'userPrincipalName' in record ? userResource(record) : groupResource(record)
        return { '@odata.type': `#microsoft.graph.${memberType}`, ...selected(whole, query.select, memberType) }
      },
    )
    sendPage(req, res, call, { context: 'directoryObjects', page, query })
  })

  router.post('/groups/:groupId/members/\\$ref', async (req, res) => {
    const call = admit(res, WRITE_MEMBERS)
    const { '@odata.id': memberId } = readBody(MemberReference, req, 'DirectoryObject')
    await addGroupMembers(deps, call.actor, { groupId: groupOf(call, req).id, memberIds: [memberId] })
    res.status(204).end()
  })

  router.delete('/groups/:groupId/members/:memberId/\\$ref', async (req, res) => {
    const call = admit(res, WRITE_MEMBERS)
    const { id: groupId } = groupOf(call, req)
    await removeGroupMembers(deps, call.actor, { groupId, memberIds: [String(req.params['memberId']).toLowerCase()] })
    res.status(204).end()
  })

  return router
}

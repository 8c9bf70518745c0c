import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import { equalityOf, type Filter } from '#kit/scim/filter.ts'
import type { OktaGroup, OktaGroupMember, OktaReader, OktaUser } from '../../collections.ts'
import { addGroup, addMember, deleteGroup, editGroup, removeMember } from '../../commands/groups.ts'
import { knownGroup } from '../../commands/known.ts'
import { invalidValue } from '../api-error.ts'
import { appResource } from '../apps/app-resource.ts'
import { type ApiCall, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { type Listing, listingOf, pageQuery, readPage } from '../paging.ts'
import { parseSearch, type SearchOperator, satisfies } from '../search-expression.ts'
import { type ApiAnswer, NOTHING, ok, pageOf } from '../send.ts'
import { userOf } from '../users/find-user.ts'
import { placeOf } from '../users/user-place.ts'
import { userRow } from '../users/user-resource.ts'
import { groupResource } from './group-resource.ts'

/** `/groups` (reference sheet 6.3), but for rules. */

const GroupBody = z.object({
  profile: z.object({ name: z.string(), description: z.string().max(1024).nullish() }),
})

const GroupsQuery = z.object({
  ...pageQuery({ usual: 10_000, most: 10_000 }),
  q: z.string().optional(),
  filter: z.string().optional(),
  search: z.string().optional(),
})

const TIMES: readonly SearchOperator[] = ['eq', 'gt', 'ge', 'lt', 'le', 'pr']
const TEXTS: readonly SearchOperator[] = ['eq', 'ne', 'sw', 'co', 'ew', 'pr']
const SEARCHABLE: Readonly<Record<string, readonly SearchOperator[]>> = {
  id: ['eq'],
  type: ['eq'],
  created: TIMES,
  lastUpdated: TIMES,
  lastMembershipUpdated: TIMES,
  'profile.name': TEXTS,
  'profile.description': TEXTS,
}

const keyOf = ({ id }: OktaGroup): string => id

function everyGroup(reader: OktaReader): Listing<OktaGroup> {
  return { count: () => reader.count('groups'), page: (offset, limit) => reader.page('groups', offset, limit), keyOf }
}

/** Groups an index says may satisfy an expression; without one all of them. */
function candidates(reader: OktaReader, expression: Filter): Listing<OktaGroup> {
  const equalities = equalityOf(expression)
  const id = equalities.find(({ attribute }) => attribute === 'id')?.value
  if (id !== undefined) return listingOf([reader.get('groups', id) ?? []].flat(), keyOf)
  const name = equalities.find(({ attribute }) => attribute === 'profile.name')?.value
  return name === undefined ? everyGroup(reader) : listingOf(reader.find('groups', 'name', name.toLowerCase()), keyOf)
}

/** @throws {ApiError} E0000001 for more than one way to search, E0000031. */
function listGroups(call: ApiCall<z.output<typeof GroupsQuery>>): ApiAnswer {
  const { reader, query, base } = call
  const { q = '', filter = '', search = '' } = query
  if ([q, filter, search].filter((each) => each !== '').length > 1) {
    throw invalidValue('search', 'q, filter and search cannot be used together')
  }
  const render = (group: OktaGroup) => groupResource(base, group)
  const text = search === '' ? filter : search
  if (text === '') {
    const wanted = q.toLowerCase()
    const keep = ({ name }: OktaGroup): boolean => name.toLowerCase().startsWith(wanted)
    return pageOf(readPage(call, query, { ...everyGroup(reader), keep }), render)
  }
  const expression = parseSearch(text, (path) => (Object.hasOwn(SEARCHABLE, path) ? SEARCHABLE[path] : undefined))
  const keep = (group: OktaGroup): boolean => satisfies(render(group), expression)
  return pageOf(readPage(call, query, { ...candidates(reader, expression), keep }), render)
}

/** The group the path names. @throws {OktaRefusal} E0000007. */
function namedGroup(call: OpenCall): OktaGroup {
  const group = knownGroup(call.reader, paramOf(call, 'id'))
  nameSubject(group.name)
  return group
}

function listMembers(call: ApiCall<{ readonly limit: number; readonly after?: string | undefined }>): ApiAnswer {
  const { reader, query } = call
  const group = namedGroup(call)
  const place = placeOf(call)
  if (group.type === 'BUILT_IN') {
    const everybody: Listing<OktaUser> = {
      count: () => reader.count('users'),
      page: (offset, limit) => reader.page('users', offset, limit),
      keyOf: ({ id }) => id,
    }
    return pageOf(readPage(call, query, everybody), (user) => userRow(place, user))
  }
  const members: Listing<OktaGroupMember> = {
    count: () => reader.count('groupMembers', 'group', group.id),
    page: (offset, limit) => reader.findPage('groupMembers', 'group', group.id, offset, limit),
    keyOf: ({ userId }) => userId,
    keep: ({ userId }) => reader.has('users', userId),
  }
  const page = readPage(call, query, members)
  const items = page.items.flatMap(({ userId }) => reader.get('users', userId) ?? [])
  return pageOf({ ...page, items }, (user) => userRow(place, user))
}

export const GROUP_ROUTES = [
  defineRoute({
    name: 'okta.api.groups.list',
    method: 'GET',
    path: '/groups',
    query: GroupsQuery,
    handle: listGroups,
  }),
  defineRoute({
    name: 'okta.api.groups.create',
    method: 'POST',
    path: '/groups',
    body: GroupBody,
    handle: async ({ deps, actor, base, body }) => {
      const { name, description } = body.profile
      nameSubject(name)
      return ok(groupResource(base, await addGroup(deps, actor, { name, description: description ?? '' })))
    },
  }),
  defineRoute({
    name: 'okta.api.groups.get',
    method: 'GET',
    path: '/groups/{id}',
    handle: (call) => ok(groupResource(call.base, namedGroup(call))),
  }),
  defineRoute({
    name: 'okta.api.groups.replace',
    method: 'PUT',
    path: '/groups/{id}',
    body: GroupBody,
    handle: async (call) => {
      const { name, description } = call.body.profile
      const groupId = namedGroup(call).id
      const group = await editGroup(call.deps, call.actor, { groupId, name, description: description ?? '' })
      return ok(groupResource(call.base, group))
    },
  }),
  defineRoute({
    name: 'okta.api.groups.delete',
    method: 'DELETE',
    path: '/groups/{id}',
    handle: async (call) => {
      await deleteGroup(call.deps, call.actor, { groupId: namedGroup(call).id })
      return NOTHING
    },
  }),
  defineRoute({
    name: 'okta.api.groups.users',
    method: 'GET',
    path: '/groups/{id}/users',
    query: z.object(pageQuery({ usual: 1_000, most: 1_000 })),
    handle: listMembers,
  }),
  defineRoute({
    name: 'okta.api.groups.apps',
    method: 'GET',
    path: '/groups/{id}/apps',
    query: z.object(pageQuery({ usual: 20, most: 200 })),
    handle: (call) => {
      const { reader, system } = call
      const assigned = reader.find('appGroups', 'group', namedGroup(call).id)
      const apps = assigned.flatMap(({ appId }) => reader.get('apps', appId) ?? [])
      const page = readPage(
        call,
        call.query,
        listingOf(apps, ({ id }) => id),
      )
      return pageOf(page, (app) => appResource(reader, system.origin, app))
    },
  }),
  defineRoute({
    name: 'okta.api.groups.add-user',
    method: 'PUT',
    path: '/groups/{id}/users/{userId}',
    handle: async (call) => {
      const groupId = namedGroup(call).id
      await addMember(call.deps, call.actor, { groupId, userId: userOf(call, paramOf(call, 'userId')).id })
      return NOTHING
    },
  }),
  defineRoute({
    name: 'okta.api.groups.remove-user',
    method: 'DELETE',
    path: '/groups/{id}/users/{userId}',
    handle: async (call) => {
      const groupId = namedGroup(call).id
      await removeMember(call.deps, call.actor, { groupId, userId: userOf(call, paramOf(call, 'userId')).id })
      return NOTHING
    },
  }),
]

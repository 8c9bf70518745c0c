import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import type { OktaUser } from '../../collections.ts'
import { addPerson, deactivatePerson, deletePerson, editPerson } from '../../commands/people.ts'
import { clearSessions } from '../../commands/reset-password.ts'
import { sendActivation } from '../../commands/sign-in-links.ts'
import { embedPath } from '../../dashboard/assigned-tiles.ts'
import { groupIdsOf } from '../../groups/membership.ts'
import { type ApiCall, defineRoute, flag, type OpenCall, paramOf } from '../define-route.ts'
import { groupResource } from '../groups/group-resource.ts'
import { NOTHING, ok } from '../send.ts'
import { userOf } from './find-user.ts'
import { listUsers, UsersQuery } from './list-users.ts'
import { checkType, NewUserBody, newProfileOf, passwordOf, replacementOf, UserChangeBody } from './user-body.ts'
import { placeOf } from './user-place.ts'
import { userResource } from './user-resource.ts'

/** `/users` (reference sheet 6.3). */

/** The person the path names: the journal's line is about them. `me` is the owner of the token. */
export function namedUser(call: OpenCall & { readonly owner: OktaUser }): OktaUser {
  const reference = paramOf(call, 'id')
  const user = reference === 'me' ? call.owner : userOf(call, reference)
  nameSubject(user.profile.login)
  return user
}

const CreateQuery = z.object({
  activate: flag(true),
  provider: flag(false),
  nextLogin: z.enum(['changePassword']).optional(),
})

/** Nothing of passwords is kept that `strict` could check more strictly. */
const StrictQuery = z.object({ strict: flag(false) })

async function change(
  call: ApiCall<unknown, z.output<typeof UserChangeBody>>,
  profile: Parameters<typeof editPerson>[2]['profile'],
) {
  const user = namedUser(call)
  const password = passwordOf(call.body.credentials)
  const after = await editPerson(call.deps, call.actor, {
    userId: user.id,
    profile,
    ...(password === undefined ? {} : { password }),
  })
  return ok(userResource(placeOf(call), after))
}

export const USER_ROUTES = [
  defineRoute({
    name: 'okta.api.users.list',
    method: 'GET',
    path: '/users',
    query: UsersQuery,
    handle: listUsers,
  }),
  defineRoute({
    name: 'okta.api.users.create',
    method: 'POST',
    path: '/users',
    query: CreateQuery,
    body: NewUserBody,
    handle: async (call) => {
      const { query, body } = call
      checkType(call, body.type)
      const password = passwordOf(body.credentials)
      const profile = newProfileOf(body.profile)
      nameSubject(profile.login)
      const user = await addPerson(call.deps, call.actor, {
        profile,
        activate: query.activate,
        mustChangePassword: query.nextLogin === 'changePassword',
        ...(password === undefined ? {} : { password }),
        ...(body.groupIds === undefined ? {} : { groupIds: body.groupIds }),
      })
      // Who has no password yet is sent the link to choose one, as by the console.
      if (user.status === 'PROVISIONED') await sendActivation(call.deps, call.actor, { userId: user.id })
      return ok(userResource(placeOf(call), user))
    },
  }),
  defineRoute({
    name: 'okta.api.users.get',
    method: 'GET',
    path: '/users/{id}',
    handle: (call) => ok(userResource(placeOf(call), namedUser(call))),
  }),
  defineRoute({
    name: 'okta.api.users.update',
    method: 'POST',
    path: '/users/{id}',
    query: StrictQuery,
    body: UserChangeBody,
    handle: (call) => change(call, call.body.profile ?? {}),
  }),
  defineRoute({
    name: 'okta.api.users.replace',
    method: 'PUT',
    path: '/users/{id}',
    query: StrictQuery,
    body: UserChangeBody.required({ profile: true }),
    handle: (call) => change(call, replacementOf(call, call.body.profile)),
  }),
  defineRoute({
    name: 'okta.api.users.delete',
    method: 'DELETE',
    path: '/users/{id}',
    handle: async (call) => {
      const { id, status } = namedUser(call)
      const end = status === 'DEPROVISIONED' ? deletePerson : deactivatePerson
      await end(call.deps, call.actor, { userId: id })
      return NOTHING
    },
  }),
  defineRoute({
    name: 'okta.api.users.groups',
    method: 'GET',
    path: '/users/{id}/groups',
    handle: (call) => {
      const groups = groupIdsOf(call.reader, namedUser(call).id).flatMap((id) => call.reader.get('groups', id) ?? [])
      return { kind: 'page', items: groups.map((group) => groupResource(call.base, group)), cursor: undefined }
    },
  }),
  defineRoute({
    name: 'okta.api.users.app-links',
    method: 'GET',
    path: '/users/{id}/appLinks',
    handle: (call) => {
      const { reader, system } = call
      const links = reader.find('appUsers', 'user', namedUser(call).id).flatMap(({ id, appId }) => {
        const app = reader.get('apps', appId)
        if (app === undefined || app.status !== 'ACTIVE') return []
        return [
          {
            id: app.embedKey,
            label: app.label,
            linkUrl: `${system.origin}${embedPath(app)}`,
            logoUrl: null,
            appName: app.name,
            appInstanceId: app.id,
            appAssignmentId: id,
            credentialsSetup: false,
            hidden: app.visibility.hideWeb,
            sortOrder: 0,
          },
        ]
      })
      return ok(links)
    },
  }),
  defineRoute({
    name: 'okta.api.users.clear-sessions',
    method: 'DELETE',
    path: '/users/{id}/sessions',
    handle: async (call) => {
      await clearSessions(call.deps, call.actor, { userId: namedUser(call).id })
      return NOTHING
    },
  }),
]

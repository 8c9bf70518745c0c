import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import type { AppUser } from '../../apps/records.ts'
import type { OktaReader } from '../../collections.ts'
import { assignPerson, editAssignment, unassignPerson } from '../../commands/assignments.ts'
import { knownUser } from '../../commands/known.ts'
import { type ApiRoute, defineRoute, type OpenCall } from '../define-route.ts'
import { type Listing, pageQuery, readPage } from '../paging.ts'
import { NOTHING, ok, pageOf } from '../send.ts'
import { userOf } from '../users/find-user.ts'
import { placeOf } from '../users/user-place.ts'
import { userResource } from '../users/user-resource.ts'
import {
  AssignInput,
  checkCredentials,
  checkMapped,
  EditInput,
  formOf,
  valuesAfter,
  withoutNulls,
} from './app-user-body.ts'
import { appUserResource } from './app-user-resource.ts'
import { appOfCall, appUserOfCall, mustManageApps } from './known-app.ts'

/** People assigned to an app (reference sheet 6.3). */

const Expand = { expand: z.enum(['user', ''], 'Only user can be expanded').optional() }

function show(call: OpenCall, appUser: AppUser, expand: string | undefined): object {
  const resource = appUserResource(call.reader, call.system.origin, appUser)
  if (expand !== 'user') return resource
  return { ...resource, _embedded: { user: userResource(placeOf(call), knownUser(call.reader, appUser.userId)) } }
}

/** `q` is the beginning of the user name in the app, or of the person's first name, last name or e-mail. */
function listing(reader: OktaReader, appId: string, q: string): Listing<AppUser> {
  const beginning = q.toLowerCase()
  const all: Listing<AppUser> = {
    count: () => reader.count('appUsers', 'app', appId),
    page: (offset, limit) => reader.findPage('appUsers', 'app', appId, offset, limit),
    keyOf: ({ id }) => id,
  }
  if (q === '') return all
  return {
    ...all,
    keep: ({ userName, userId }) => {
      const profile = reader.get('users', userId)?.profile
      const texts = [userName, profile?.firstName ?? '', profile?.lastName ?? '', profile?.email ?? '']
      return texts.some((text) => text.toLowerCase().startsWith(beginning))
    },
  }
}

export const APP_USER_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.apps.users.list',
    method: 'GET',
    path: '/apps/{appId}/users',
    query: z.object({ ...pageQuery({ usual: 50, most: 500 }), q: z.string().trim().max(128).optional(), ...Expand }),
    handle(call) {
      const { q = '', expand } = call.query
      const page = readPage(call, call.query, listing(call.reader, appOfCall(call).id, q))
      return pageOf(page, (appUser) => show(call, appUser, expand))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.users.assign',
    method: 'POST',
    path: '/apps/{appId}/users',
    body: AssignInput,
    async handle(call) {
      const { deps, actor, body, reader } = call
      const app = appOfCall(call)
      const user = userOf(call, body.id)
      nameSubject(user.profile.login)
      checkCredentials(body)
      checkMapped(reader, app, body, { form: formOf(deps, app, user.id) })
      const userName = body.credentials?.userName ?? undefined
      const appUser = await assignPerson(deps, actor, {
        appId: app.id,
        userId: user.id,
        values: withoutNulls(body.profile ?? {}),
        ...(userName === undefined ? {} : { userName }),
      })
      return ok(show(call, appUser, undefined))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.users.get',
    method: 'GET',
    path: '/apps/{appId}/users/{userId}',
    query: z.object(Expand),
    handle: (call) => ok(show(call, appUserOfCall(call), call.query.expand)),
  }),
  defineRoute({
    name: 'okta.api.apps.users.update',
    method: 'POST',
    path: '/apps/{appId}/users/{userId}',
    body: EditInput,
    async handle(call) {
      const { deps, actor, body, reader } = call
      mustManageApps(call)
      const app = appOfCall(call)
      const before = appUserOfCall(call)
      nameSubject(before.userName)
      checkCredentials(body)
      checkMapped(reader, app, body, { form: formOf(deps, app, before.userId), before })
      const userName = body.credentials?.userName ?? undefined
      const values = valuesAfter(before, body)
      const says =
        (userName !== undefined && userName !== before.userName) || Object.keys(body.profile ?? {}).length > 0
      const scope = body.scope ?? (says ? 'USER' : before.scope)
      // Said again as it is: nothing to do, and no event.
      if (
        scope === before.scope &&
        (!says || isDeepStrictEqual([values, userName ?? before.userName], [before.overrides, before.userName]))
      ) {
        return ok(show(call, before, undefined))
      }
      const after = await editAssignment(deps, actor, {
        appUserId: before.id,
        scope,
        values,
        ...(userName === undefined ? {} : { userName }),
      })
      return ok(show(call, after, undefined))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.users.unassign',
    method: 'DELETE',
    path: '/apps/{appId}/users/{userId}',
    async handle(call) {
      const appUser = appUserOfCall(call)
      nameSubject(appUser.userName)
      await unassignPerson(call.deps, call.actor, { appUserId: appUser.id })
      return NOTHING
    },
  }),
]

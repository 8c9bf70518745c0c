import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import { type AppGroup, appGroupKey } from '../../apps/records.ts'
import { assignGroup, editGroupAssignment, setGroupPriority, unassignGroup } from '../../commands/assignments.ts'
import { knownAppGroup, knownGroup } from '../../commands/known.ts'
import { type ApiCall, type ApiRoute, defineRoute, type OpenCall, paramOf } from '../define-route.ts'
import { listingOf, pageQuery, readPage } from '../paging.ts'
import { type ApiAnswer, NOTHING, ok, pageOf } from '../send.ts'
import { type AppGroupDraft, AppGroupInput, AppGroupPatch, draftOfInput, draftOfPatch } from './app-group-body.ts'
import { appGroupResource } from './app-group-resource.ts'
import { appOfCall, mustManageApps } from './known-app.ts'

/** Groups assigned to an app (reference sheet 1.8, 6.3), the highest priority first. */

const PATH = '/apps/{appId}/groups/{groupId}'

function appGroupOfCall(call: OpenCall): AppGroup {
  return knownAppGroup(call.reader, appOfCall(call).id, paramOf(call, 'groupId'))
}

/** Bring an assignment to what is wanted; what holds already is not done again. */
async function settle(call: ApiCall<unknown, unknown>, before: AppGroup, wanted: AppGroupDraft): Promise<ApiAnswer> {
  const { appId, groupId } = before
  if (wanted.profile !== undefined && !isDeepStrictEqual(wanted.profile, before.profile)) {
    await editGroupAssignment(call.deps, call.actor, { appId, groupId, profile: wanted.profile })
  }
  if (wanted.priority !== undefined && wanted.priority !== before.priority) {
    await setGroupPriority(call.deps, call.actor, { appId, groupId, priority: wanted.priority })
  }
  return ok(appGroupResource(call.system.origin, knownAppGroup(call.reader, appId, groupId)))
}

export const APP_GROUP_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.apps.groups.list',
    method: 'GET',
    path: '/apps/{appId}/groups',
    query: z.object({ ...pageQuery({ usual: 20, most: 200 }), q: z.string().trim().max(128).optional() }),
    handle(call) {
      const beginning = (call.query.q ?? '').toLowerCase()
      const assigned = call.reader
        .find('appGroups', 'app', appOfCall(call).id)
        .filter(({ groupId }) => (call.reader.get('groups', groupId)?.name ?? '').toLowerCase().startsWith(beginning))
        .toSorted((one, other) => one.priority - other.priority)
      const page = readPage(
        call,
        call.query,
        listingOf(assigned, ({ groupId }) => groupId),
      )
      return pageOf(page, (appGroup) => appGroupResource(call.system.origin, appGroup))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.groups.get',
    method: 'GET',
    path: PATH,
    handle: (call) => ok(appGroupResource(call.system.origin, appGroupOfCall(call))),
  }),
  defineRoute({
    name: 'okta.api.apps.groups.assign',
    method: 'PUT',
    path: PATH,
    body: AppGroupInput.prefault({}),
    async handle(call) {
      mustManageApps(call)
      const app = appOfCall(call)
      const group = knownGroup(call.reader, paramOf(call, 'groupId'))
      nameSubject(group.name)
      const wanted = draftOfInput(call.body)
      const known = call.reader.get('appGroups', appGroupKey(app.id, group.id))
      if (known !== undefined) return settle(call, known, wanted)
      const { profile = {} } = wanted
      await assignGroup(call.deps, call.actor, { appId: app.id, groupId: group.id, profile })
      return settle(call, knownAppGroup(call.reader, app.id, group.id), wanted)
    },
  }),
  defineRoute({
    name: 'okta.api.apps.groups.update',
    method: 'PATCH',
    path: PATH,
    body: AppGroupPatch,
    handle(call) {
      mustManageApps(call)
      const before = appGroupOfCall(call)
      nameSubject(call.reader.get('groups', before.groupId)?.name ?? before.groupId)
      return settle(call, before, draftOfPatch(before, call.body))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.groups.unassign',
    method: 'DELETE',
    path: PATH,
    async handle(call) {
      const { appId, groupId } = appGroupOfCall(call)
      nameSubject(call.reader.get('groups', groupId)?.name ?? groupId)
      await unassignGroup(call.deps, call.actor, { appId, groupId })
      return NOTHING
    },
  }),
]

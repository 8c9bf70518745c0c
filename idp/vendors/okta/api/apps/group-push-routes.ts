import { z } from 'zod'
import { nameSubject } from '#kit/http/record.ts'
import { pushGroupByName, refreshAppGroups, setGroupPush, unlinkGroup } from '../../commands/push-groups.ts'
import type { GroupPushMapping } from '../../provisioning/records.ts'
import { ApiError, invalidValue, resourceNotFound } from '../api-error.ts'
import { type ApiCall, type ApiRoute, defineRoute, flag, type OpenCall, paramOf } from '../define-route.ts'
import { type Listing, pageQuery, readPage } from '../paging.ts'
import { created, NOTHING, ok, pageOf } from '../send.ts'
import { appOfCall, mustManageApps } from './known-app.ts'
import { pushMappingResource, pushMappingStatus } from './push-mapping-resource.ts'

/** Push Groups by script (reference sheet 1.9, 6.3). */

const LIST = '/apps/{appId}/group-push/mappings'
const ONE = `${LIST}/{mappingId}`

const Status = z.enum(['ACTIVE', 'INACTIVE'])

const PushInput = z.object({
  sourceGroupId: z.string().min(1).max(40),
  targetGroupId: z.string().min(1).max(255).nullish(),
  targetGroupName: z.string().trim().min(1).max(255).nullish(),
  status: Status.default('ACTIVE'),
})

function mappingOfCall(call: OpenCall): GroupPushMapping {
  const app = appOfCall(call)
  const id = paramOf(call, 'mappingId')
  const mapping = call.reader.get('groupPushMappings', id)
  if (mapping === undefined || mapping.appId !== app.id) throw resourceNotFound('GroupPushMapping', id)
  return mapping
}

/** Create the group in the app under a name, or link the one of an id. @throws {ApiError} E0000001 for both or neither. */
function actionOf({ targetGroupId, targetGroupName }: z.output<typeof PushInput>) {
  const [id, name] = [targetGroupId ?? undefined, targetGroupName ?? undefined]
  if (id !== undefined && name === undefined) return { kind: 'link', targetGroupId: id } as const
  if (id === undefined && name !== undefined) return { kind: 'create', name } as const
  throw invalidValue('targetGroupId', 'Either targetGroupId or targetGroupName must be given')
}

/** A group of the app is linked by what was last read of it; one that is not known is looked for once more. */
async function lookForTarget(call: ApiCall<undefined, unknown>, appId: string, targetGroupId: string): Promise<void> {
  if (call.reader.get('appSideGroups', `${appId}/${targetGroupId}`) !== undefined) return
  const refresh = await refreshAppGroups(call.deps, call.actor, { appId })
  if (!refresh.ok) throw new ApiError('E0000059', { causes: [refresh.message] })
}

export const GROUP_PUSH_ROUTES: readonly ApiRoute[] = [
  defineRoute({
    name: 'okta.api.apps.group-push.list',
    method: 'GET',
    path: LIST,
    query: z.object({
      ...pageQuery({ usual: 100, most: 1000 }),
      sourceGroupId: z.string().optional(),
      status: z.enum(['ACTIVE', 'INACTIVE', 'ERROR']).optional(),
    }),
    handle(call) {
      const { id: appId } = appOfCall(call)
      const { sourceGroupId, status } = call.query
      const listing: Listing<GroupPushMapping> = {
        count: () => call.reader.count('groupPushMappings', 'app', appId),
        page: (offset, limit) => call.reader.findPage('groupPushMappings', 'app', appId, offset, limit),
        keyOf: ({ id }) => id,
        keep: (mapping) =>
          (sourceGroupId ?? mapping.groupId) === mapping.groupId &&
          (status === undefined || status === pushMappingStatus(mapping)),
      }
      return pageOf(readPage(call, call.query, listing), (mapping) => pushMappingResource(call.system.origin, mapping))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.group-push.create',
    method: 'POST',
    path: LIST,
    body: PushInput,
    async handle(call) {
      mustManageApps(call)
      const { id: appId, label } = appOfCall(call)
      const { sourceGroupId: groupId, status } = call.body
      nameSubject(call.reader.get('groups', groupId)?.name ?? label)
      const action = actionOf(call.body)
      if (action.kind === 'link') await lookForTarget(call, appId, action.targetGroupId)
      const inactive = status === 'INACTIVE'
      const mapping = await pushGroupByName(call.deps, call.actor, {
        appId,
        groupId,
        action,
        pushMemberships: true,
        inactive,
      })
      return created(pushMappingResource(call.system.origin, mapping))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.group-push.get',
    method: 'GET',
    path: ONE,
    handle: (call) => ok(pushMappingResource(call.system.origin, mappingOfCall(call))),
  }),
  defineRoute({
    name: 'okta.api.apps.group-push.update',
    method: 'PATCH',
    path: ONE,
    body: z.object({ status: Status }),
    async handle(call) {
      mustManageApps(call)
      const mapping = mappingOfCall(call)
      nameSubject(mapping.targetName)
      const active = call.body.status === 'ACTIVE'
      if (active !== (mapping.status !== 'INACTIVE')) {
        await setGroupPush(call.deps, call.actor, { mappingId: mapping.id, active })
      }
      return ok(pushMappingResource(call.system.origin, mappingOfCall(call)))
    },
  }),
  defineRoute({
    name: 'okta.api.apps.group-push.delete',
    method: 'DELETE',
    path: ONE,
    query: z.object({ deleteTargetGroup: flag(false) }),
    async handle(call) {
      mustManageApps(call)
      const mapping = mappingOfCall(call)
      nameSubject(mapping.targetName)
      if (mapping.status !== 'INACTIVE') {
        throw new ApiError('E0000001', {
          summary: 'Api validation failed: status',
          causes: ['status: Only a mapping that is INACTIVE can be deleted'],
        })
      }
      await unlinkGroup(call.deps, call.actor, { mappingId: mapping.id, deleteTarget: call.query.deleteTargetGroup })
      return NOTHING
    },
  }),
]

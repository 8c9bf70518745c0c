import type { Router } from 'express'
import { nameSubject } from '#kit/http/record.ts'
import { badRequest } from '#kit/scim/errors.ts'
import { equalityOf, type Filter } from '#kit/scim/filter.ts'
import { isObject, type JsonObject, ownKey } from '#kit/scim/json.ts'
import { extractMemberOperations, type MemberChanges } from '#kit/scim/member-operations.ts'
import { applyPatch } from '#kit/scim/patch.ts'
import { parsePatch } from '#kit/scim/patch-request.ts'
import { createProjection } from '#kit/scim/projection.ts'
import { readResource, refuseImmutableChanges } from '#kit/scim/resource.ts'
import type { SearchRequest } from '#kit/scim/search.ts'
import { createGroup, deleteGroup, type GroupChange, type MemberChange, updateGroup } from '../commands/groups.ts'
import { notFound } from '../domain/refusal.ts'
import type { DirectoryGroup } from '../records.ts'
import type { Answer } from './answer.ts'
import { isUnmodified, requireVersion } from './conditions.ts'
import type { Leniency } from './dialects/tolerated.ts'
import { memberIdsOf, renderGroup, renderGroupHead } from './group-resource.ts'
import { createSource, list, mentions, queryOf, type Source } from './list.ts'
import { textOf } from './office-words.ts'
import { type Call, idOf, type Operations, type Wish } from './operation.ts'
import { DIALPAD_GROUP_TYPE } from './resource-types.ts'
import { versionOf } from './user-resource.ts'

/** A PATCH of a group with more members than this is answered without a body (FID-DIALPAD-SCIM-07). */
const BODY_UP_TO_MEMBERS = 200

/** `/Groups`. Members are changed without being loaded, and shown only where they are asked for. */
export function mountGroups(router: Router, operation: Operations): void {
  router
    .route('/Groups')
    .get(
      operation('scim.groups.list', false, (call) => {
        const request = queryOf(call)
        return list(call, request, [groupSource(call, request)])
      }),
    )
    .post(
      operation('scim.groups.create', true, async (call) => {
        const resource = readResource(call.body, DIALPAD_GROUP_TYPE, groupDialect(call))
        const displayName = textOf(resource, 'displayName') ?? ''
        nameSubject(displayName)
        const group = await createGroup(call.system, call.actor, {
          companyId: call.company.id,
          displayName,
          externalId: textOf(resource, 'externalId'),
          memberIds: memberIdsOf(resource) ?? [],
        })
        return groupAnswer(call, group, 201)
      }),
    )

  router
    .route('/Groups/:id')
    .get(
      operation('scim.groups.get', false, (call) => {
        const group = visibleGroup(call)
        const version = versionOf(group)
        return isUnmodified(call, version) ? { status: 304, headers: { ETag: version } } : groupAnswer(call, group, 200)
      }),
    )
    .put(
      operation('scim.groups.replace', true, async (call) => {
        const group = visibleGroup(call)
        requireVersion(call, versionOf(group))
        const resource = readResource(call.body, DIALPAD_GROUP_TYPE, groupDialect(call))
        refuseImmutableChanges(renderGroupHead(group, call.base), resource, DIALPAD_GROUP_TYPE)
        const listsMembers = isObject(call.body) && ownKey(call.body, 'members') !== undefined
        const changed = await updateGroup(call.system, call.actor, group.id, {
          ...headChange(resource),
          ...(listsMembers ? { members: [{ kind: 'replace', userIds: memberIdsOf(resource) ?? [] }] } : {}),
        })
        return groupAnswer(call, changed, 200)
      }),
    )
    .patch(
      operation('scim.groups.patch', true, async (call) => {
        const group = visibleGroup(call)
        requireVersion(call, versionOf(group))
        const dialect = groupDialect(call)
        const { members, rest } = extractMemberOperations(parsePatch(call.body, dialect), dialect)
        const head = applyPatch(renderGroupHead(group, call.base), rest, DIALPAD_GROUP_TYPE, dialect).resource
        requireName(group, head, dialect)
        const changed = await updateGroup(call.system, call.actor, group.id, {
          ...headChange(head),
          members: memberChangesOf(members),
        })
        return patchAnswer(call, changed)
      }),
    )
    .delete(
      operation('scim.groups.delete', false, async (call) => {
        const group = visibleGroup(call)
        requireVersion(call, versionOf(group))
        await deleteGroup(call.system, call.actor, group.id)
        return { status: 204 }
      }),
    )
}

/** A Directory group has the RFC's attributes and no others: where further ones are understood, they are passed over. */
function groupDialect({ dialect }: Call): Leniency {
  const undescribedAttributes = dialect.undescribedAttributes === 'keep' ? 'ignore' : 'refuse'
  return { ...dialect, undescribedAttributes, urns: DIALPAD_GROUP_TYPE.urns }
}

/** The name is frozen; that a PATCH with another one succeeds all the same is for the clients that always send it. */
function requireName(group: DirectoryGroup, head: JsonObject, dialect: Leniency): void {
  if (dialect.passOverRename || textOf(head, 'displayName') === group.displayName) return
  throw badRequest('mutability', `The name of a group cannot be changed: it stays "${group.displayName}".`)
}

function headChange(resource: JsonObject): GroupChange {
  const displayName = textOf(resource, 'displayName')
  const externalId = textOf(resource, 'externalId') ?? null
  return { ...(displayName === undefined ? {} : { displayName }), externalId }
}

function memberChangesOf(changes: MemberChanges): readonly MemberChange[] {
  if (changes.replaceAll !== undefined) return [{ kind: 'replace', userIds: changes.replaceAll }]
  return [
    ...(changes.remove.length > 0 ? [{ kind: 'remove', userIds: changes.remove } as const] : []),
    ...(changes.add.length > 0 ? [{ kind: 'add', userIds: changes.add } as const] : []),
  ]
}

/** @throws {DialpadRefusal} 404. */
function visibleGroup(call: Call): DirectoryGroup {
  const id = idOf(call)
  const group = call.system.store.get('groups', id)
  if (group === undefined || group.companyId !== call.company.id) throw notFound('Group', id)
  nameSubject(group.displayName)
  return group
}

function patchAnswer(call: Call, group: DirectoryGroup): Answer {
  const rule = call.system.switches.value('group-patch-answer')
  const members = call.system.store.count('groupMembers', 'group', group.id)
  const mayBeBrief = rule === '204' || (rule === 'auto' && members > BODY_UP_TO_MEMBERS)
  // Who asks for attributes is to get them (RFC 7644 §3.5.2).
  const isBrief = mayBeBrief && call.wish.attributes.length === 0
  return isBrief ? { status: 204, headers: { ETag: versionOf(group) } } : groupAnswer(call, group, 200)
}

function groupAnswer(call: Call, group: DirectoryGroup, status: 200 | 201): Answer {
  const render = showsMembers(call.wish) ? renderGroup : renderHeadOnly
  const resource = render(call.system.store, group, call.base)
  return {
    status,
    body: createProjection(DIALPAD_GROUP_TYPE, call.wish)(resource),
    headers: { ETag: versionOf(group), ...(status === 201 ? { Location: `${call.base}/Groups/${group.id}` } : {}) },
  }
}

const renderHeadOnly: typeof renderGroup = (_reader, group, base) => renderGroupHead(group, base)

/** Whether members appear in what is asked for: they are loaded for that alone. */
function showsMembers({ attributes, excludedAttributes }: Wish): boolean {
  const isMembers = (name: string): boolean => /^(.*:)?members(\.|$)/i.test(name)
  const isAllMembers = (name: string): boolean => /^(.*:)?members$/i.test(name)
  return (attributes.length === 0 || attributes.some(isMembers)) && !excludedAttributes.some(isAllMembers)
}

/** Every group of the key's company. */
export function groupSource(call: Call, request: SearchRequest): Source {
  const { store } = call.system
  const { company } = call
  const needsMembers =
    showsMembers(request) ||
    (request.filter !== undefined && mentions(request.filter, 'members')) ||
    request.sortBy?.name.toLowerCase() === 'members'
  const render = needsMembers ? renderGroup : renderHeadOnly
  return createSource<DirectoryGroup>({
    type: DIALPAD_GROUP_TYPE,
    total: () => store.count('groups', 'company', company.id),
    page: (offset, limit) => store.findPage('groups', 'company', company.id, offset, limit),
    lookUp: (filter) => lookUp(call, filter)?.filter((group) => group.companyId === company.id),
    all: () => groupsOf(store, company.id),
    render: (group) => render(store, group, call.base),
  })
}

function* groupsOf(store: Call['system']['store'], companyId: string): Generator<DirectoryGroup> {
  for (const key of store.findKeys('groups', 'company', companyId)) {
    const group = store.get('groups', key)
    if (group !== undefined) yield group
  }
}

function lookUp(call: Call, filter: Filter): readonly DirectoryGroup[] | undefined {
  const { store } = call.system
  const byId = (id: string): readonly DirectoryGroup[] => {
    const group = store.get('groups', id)
    return group === undefined ? [] : [group]
  }
  for (const { attribute, value } of equalityOf(filter)) {
    switch (attribute) {
      case 'id':
        return byId(value)
      case 'displayname':
        return store.find('groups', 'name', `${call.company.id}/${value.toLowerCase()}`)
      case 'externalid':
        return store.find('groups', 'externalId', value)
      case 'members':
      case 'members.value':
        return store.find('groupMembers', 'user', value).flatMap(({ groupId }) => byId(groupId))
    }
  }
  return undefined
}

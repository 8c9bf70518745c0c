import { GROUP_SCHEMA_URN } from '#kit/scim/core-schemas.ts'
import { isObject, type JsonObject, own } from '#kit/scim/json.ts'
import type { Reader } from '#kit/store/store.ts'
import { present } from '../domain/present.ts'
import { displayName } from '../domain/user-states.ts'
import type { DialpadShape, DirectoryGroup } from '../records.ts'
import { versionOf } from './user-resource.ts'

/** A Directory group as SCIM shows it (reference sheet 1.10). */

/** The resource without its members: costs the same for a group of twenty thousand. */
export function renderGroupHead(group: DirectoryGroup, base: string): JsonObject {
  return {
    schemas: [GROUP_SCHEMA_URN],
    id: group.id,
    ...present({ externalId: group.externalId }),
    displayName: group.displayName,
    meta: {
      resourceType: 'Group',
      created: group.createdAt,
      lastModified: group.modifiedAt,
      location: `${base}/Groups/${group.id}`,
      version: versionOf(group),
    },
  }
}

/** The resource with all its members. A group without any has no `members` (RFC 7643 §2.5). */
export function renderGroup(reader: Reader<DialpadShape>, group: DirectoryGroup, base: string): JsonObject {
  const { meta, ...head } = renderGroupHead(group, base)
  const members = reader.find('groupMembers', 'group', group.id).map(({ userId }) => {
    const user = reader.get('users', userId)
    return {
      value: userId,
      $ref: `${base}/Users/${userId}`,
      type: 'User',
      ...(user === undefined ? {} : { display: displayName(user) }),
    }
  })
  return { ...head, ...(members.length > 0 ? { members } : {}), meta }
}

/** Ids of the members a POST or PUT lists; `undefined` when it lists none and so leaves them alone. */
export function memberIdsOf(resource: JsonObject): readonly string[] | undefined {
  const members = own(resource, 'members')
  if (!Array.isArray(members)) return undefined
  return members.flatMap((member) => {
    const id = isObject(member) ? own(member, 'value') : undefined
    return typeof id === 'string' ? [id] : []
  })
}

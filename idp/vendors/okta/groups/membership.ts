import type { Reader } from '#kit/store/store.ts'
import type { OktaDirectoryShape, OktaGroup } from '../collections.ts'

/** Memberships; those of the built-in group are not stored: everybody is in it. */

type DirectoryReader = Reader<OktaDirectoryShape>

function builtIn(reader: DirectoryReader): OktaGroup | undefined {
  return reader.find('groups', 'name', 'everyone').find(({ type }) => type === 'BUILT_IN')
}

/** Groups of a person, the built-in one first. */
export function groupIdsOf(reader: DirectoryReader, userId: string): readonly string[] {
  const everyone = builtIn(reader)
  const own = reader.find('groupMembers', 'user', userId).map(({ groupId }) => groupId)
  return everyone === undefined ? own : [everyone.id, ...own]
}

/** Members of a group; of the built-in one everybody. */
export function memberIdsOf(reader: DirectoryReader, groupId: string): readonly string[] {
  if (reader.get('groups', groupId)?.type === 'BUILT_IN') return Array.from(reader.entries('users'), ([id]) => id)
  return reader.find('groupMembers', 'group', groupId).map(({ userId }) => userId)
}

export function isMember(reader: DirectoryReader, groupId: string, userId: string): boolean {
  return reader.get('groups', groupId)?.type === 'BUILT_IN' || reader.has('groupMembers', `${groupId}/${userId}`)
}

/** How many members a group has. */
export function memberCountOf(reader: DirectoryReader, groupId: string): number {
  return reader.get('groups', groupId)?.type === 'BUILT_IN'
    ? reader.count('users')
    : reader.count('groupMembers', 'group', groupId)
}

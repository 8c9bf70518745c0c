import { changeKey, newestChange } from '#idp/core/directory/change-feed.ts'
import type { DirectoryChange, DirectoryShape } from '#idp/core/directory/records.ts'
import type { Reader } from '#kit/store/store.ts'
import { readGroup, readUser } from './directory-objects.ts'
import type { ObjectKind } from './records.ts'
import type { ProvisioningSource, SourceScope, SourceSlice } from './source.ts'

type Directory = Reader<DirectoryShape>

/** Up to `limit` keys after `after`; when `after` is no longer among them, from the beginning. */
function keysAfter(
  keys: () => Iterable<string>,
  after: string | null,
  limit: number,
): { keys: string[]; next: string | null } {
  const found: string[] = []
  let reached = after === null
  for (const key of keys()) {
    if (!reached) {
      reached = key === after
      continue
    }
    if (found.length === limit) return { keys: found, next: found.at(-1) ?? null }
    found.push(key)
  }
  return reached ? { keys: found, next: null } : keysAfter(keys, null, limit)
}

/** Place in a list of parents with children: `parent` alone, or `parent|child`. */
function parsePlace(cursor: string | null): { parent: string | null; child: string | null } {
  if (cursor === null) return { parent: null, child: null }
  const [parent = '', child] = cursor.split('|')
  return { parent, child: child ?? null }
}

/** People assigned: direct assignments as they come, each assigned group followed by its immediate members. */
function assignedUsers(directory: Directory, scope: SourceScope, cursor: string | null, limit: number): SourceSlice {
  const place = parsePlace(cursor)
  const assignments = () => directory.findKeys('appRoleAssignments', 'resource', scope.servicePrincipalId)
  if (place.child !== null && place.parent !== null) {
    const groupId = directory.get('appRoleAssignments', place.parent)?.principalId
    if (groupId !== undefined) {
      const { ids, next } = memberSlice(directory, groupId, place.child === '' ? null : place.child, limit)
      return { ids, next: `${place.parent}${next === null ? '' : `|${next}`}` }
    }
  }
  const { keys, next } = keysAfter(assignments, place.parent, limit)
  const ids: string[] = []
  for (const key of keys) {
    const assignment = directory.get('appRoleAssignments', key)
    if (assignment === undefined) continue
    if (assignment.principalType === 'Group') return { ids, next: `${key}|` }
    ids.push(assignment.principalId)
  }
  return { ids, next }
}

/** Immediate user members of one group, by key. */
function memberSlice(directory: Directory, groupId: string, after: string | null, limit: number): SourceSlice {
  const { keys, next } = keysAfter(() => directory.findKeys('groupMembers', 'group', groupId), after, limit)
  const ids = keys.flatMap((key) => {
    const pair = directory.get('groupMembers', key)
    return pair?.memberType === 'user' ? [pair.memberId] : []
  })
  return { ids, next }
}

function assignedGroups(directory: Directory, scope: SourceScope, cursor: string | null, limit: number): SourceSlice {
  const { keys, next } = keysAfter(
    () => directory.findKeys('appRoleAssignments', 'resource', scope.servicePrincipalId),
    cursor,
    limit,
  )
  const ids = keys.flatMap((key) => {
    const assignment = directory.get('appRoleAssignments', key)
    return assignment?.principalType === 'Group' ? [assignment.principalId] : []
  })
  return { ids, next }
}

function everybody(
  directory: Directory,
  scope: SourceScope,
  kind: ObjectKind,
  cursor: string | null,
  limit: number,
): SourceSlice {
  const collection = kind === 'User' ? 'users' : 'groups'
  const { keys, next } = keysAfter(() => directory.findKeys(collection, 'live', scope.tenantId), cursor, limit)
  return { ids: keys, next }
}

/** The group whose immediate members a change concerns: its assignment changed, or it was deleted or restored. */
function concernedGroup(directory: Directory, scope: SourceScope, change: DirectoryChange): string | null {
  if (scope.scope === 'all') return null
  if (change.objectType === 'assignment') {
    const { assignment } = change
    return assignment?.resourceId === scope.servicePrincipalId && assignment.principalType === 'Group'
      ? assignment.principalId
      : null
  }
  if (change.objectType !== 'group') return null
  return directory.count('appRoleAssignments', 'pair', `${scope.servicePrincipalId}/${change.objectId}`) > 0
    ? change.objectId
    : null
}

/** The object of the kind asked for that a change names itself. */
function namedObject(scope: SourceScope, kind: ObjectKind, change: DirectoryChange): string | null {
  if (change.objectType === 'assignment') {
    const { assignment } = change
    return assignment?.resourceId === scope.servicePrincipalId && assignment.principalType === kind
      ? assignment.principalId
      : null
  }
  return change.objectType === (kind === 'User' ? 'user' : 'group') ? change.objectId : null
}

/**
 * The directory of `idp/core/directory` as a {@link ProvisioningSource}. Attribute names are the directory's;
 * `IsSoftDeleted` and `appRoleAssignments` are computed for the app asked about.
 */
export function createDirectorySource(directory: Directory): ProvisioningSource {
  return {
    read: (scope, kind, id) => (kind === 'User' ? readUser(directory, scope, id) : readGroup(directory, scope, id)),
    kindOf(tenantId, id) {
      if (directory.get('users', id)?.tenantId === tenantId) return 'User'
      return directory.get('groups', id)?.tenantId === tenantId ? 'Group' : undefined
    },
    countCandidates(scope, kind) {
      if (scope.scope === 'all') return directory.count(kind === 'User' ? 'users' : 'groups', 'live', scope.tenantId)
      const assignments = directory.find('appRoleAssignments', 'resource', scope.servicePrincipalId)
      const groups = assignments.filter((assignment) => assignment.principalType === 'Group')
      if (kind === 'Group') return groups.length
      const members = groups.reduce(
        (sum, { principalId }) => sum + directory.count('groupMembers', 'group', principalId),
        0,
      )
      return assignments.length - groups.length + members
    },
    candidates(scope, kind, cursor, limit) {
      if (scope.scope === 'all') return everybody(directory, scope, kind, cursor, limit)
      return kind === 'User'
        ? assignedUsers(directory, scope, cursor, limit)
        : assignedGroups(directory, scope, cursor, limit)
    },
    newestChange: () => newestChange(directory),
    changed(scope, kind, range, cursor, limit) {
      const place = parsePlace(cursor)
      if (place.parent !== null && place.child !== null) {
        const groupId = place.child.slice(0, place.child.indexOf('/'))
        const after = place.child.slice(groupId.length + 1)
        const { ids, next } = memberSlice(directory, groupId, after === '' ? null : after, limit)
        const followOn = `${place.parent}${next === null ? '' : `|${groupId}/${next}`}`
        // A group that merely changed leaves its members alone, unless it was deleted or restored.
        const isGroupChange = directory.get('directoryChanges', place.parent)?.objectType === 'group'
        return { ids, next: followOn, ...(isGroupChange ? { onlyIfMoved: true as const } : {}) }
      }
      const ids: string[] = []
      const changes = directory.after('directoryChanges', place.parent ?? changeKey(range.from), limit)
      for (const [key, change] of changes) {
        if (change.seq > range.upTo) return { ids, next: null }
        if (change.tenantId !== scope.tenantId) continue
        const named = namedObject(scope, kind, change)
        if (named !== null) ids.push(named)
        const groupId = kind === 'User' ? concernedGroup(directory, scope, change) : null
        if (groupId !== null) return { ids, next: `${key}|${groupId}/` }
      }
      return { ids, next: changes.length < limit ? null : (changes.at(-1)?.[0] ?? null) }
    },
    *members(groupId) {
      for (const key of directory.findKeys('groupMembers', 'group', groupId)) {
        const pair = directory.get('groupMembers', key)
        if (pair?.memberType === 'user') yield pair.memberId
      }
    },
  }
}

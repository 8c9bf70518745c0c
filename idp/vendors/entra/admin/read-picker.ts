import type { DirectoryGroup, DirectoryUser } from '#idp/core/directory/records.ts'
import { searchGroups, searchUsers } from '#idp/core/directory/search.ts'
import type { EntraReader } from '../collections.ts'

/** Entries of each kind a picker shows at once. */
const SHOWN = 25

/** Somebody, or some group, that can be picked. */
export interface PickerEntry {
  readonly id: string
  readonly name: string
  /** User principal name, or the group's description. */
  readonly detail: string
  readonly type: 'User' | 'Group'
  /** Why it cannot be picked. */
  readonly unavailable?: string
}

export interface PickerView {
  readonly text: string
  readonly selected: readonly PickerEntry[]
  /** Matches that are not selected yet. */
  readonly results: readonly PickerEntry[]
  /** There is more than is shown. */
  readonly hasMore: boolean
}

export interface PickerRequest {
  readonly tenantId: string
  readonly text: string
  readonly selectedIds: readonly string[]
  readonly kinds: readonly PickerEntry['type'][]
  /** Why an id cannot be picked: it is there already. */
  readonly unavailable?: (id: string) => string | undefined
}

/** Users and groups to pick from, and those picked so far. Ids that name nobody in the tenant are left out. */
export function readPicker(reader: EntraReader, request: PickerRequest): PickerView {
  const { tenantId, text, kinds } = request
  const wanted = { text, offset: 0, limit: SHOWN }
  const groups = kinds.includes('Group') ? searchGroups(reader, tenantId, wanted) : undefined
  const users = kinds.includes('User') ? searchUsers(reader, tenantId, wanted) : undefined
  const selected = request.selectedIds.flatMap((id) => entryOf(reader, tenantId, id) ?? [])
  const isSelected = new Set(selected.map((entry) => entry.id))
  const found = [...(groups?.items ?? []).map(groupEntry), ...(users?.items ?? []).map(userEntry)]
  return {
    text,
    selected,
    results: found
      .filter((entry) => !isSelected.has(entry.id))
      .map((entry) => {
        const reason = request.unavailable?.(entry.id)
        return reason === undefined ? entry : { ...entry, unavailable: reason }
      }),
    hasMore: [groups, users].some((page) => page !== undefined && (page.hasMore || !page.isComplete)),
  }
}

function entryOf(reader: EntraReader, tenantId: string, id: string): PickerEntry | undefined {
  const user = reader.get('users', id)
  if (user?.tenantId === tenantId && user.deletedDateTime === undefined) return userEntry(user)
  const group = reader.get('groups', id)
  return group?.tenantId === tenantId && group.deletedDateTime === undefined ? groupEntry(group) : undefined
}

function userEntry(user: DirectoryUser): PickerEntry {
  return { id: user.id, name: user.displayName, detail: user.userPrincipalName, type: 'User' }
}

function groupEntry(group: DirectoryGroup): PickerEntry {
  return { id: group.id, name: group.displayName, detail: group.description ?? '', type: 'Group' }
}

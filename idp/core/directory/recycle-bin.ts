import type { Reader } from '#kit/store/store.ts'
import type { DirectoryShape } from './records.ts'

/** How long deleted users, groups and app registrations stay restorable: 30 times 24 hours of virtual time (reference 1.3). */
const RECYCLE_BIN_MS = 30 * 24 * 60 * 60 * 1000

/** Instant, in milliseconds, at which an object deleted at `deletedDateTime` goes for good. */
export function hardDeleteAt(deletedDateTime: string): number {
  return Date.parse(deletedDateTime) + RECYCLE_BIN_MS
}

/** A user, group or app registration in the recycle bin and the virtual instant, milliseconds, at which it goes. */
export interface PendingHardDelete {
  readonly kind: 'user' | 'group' | 'application'
  readonly id: string
  readonly displayName: string
  readonly at: number
}

/** Everything in a tenant's recycle bin, the earliest to go first. Cost: what is in the bin. */
export function pendingHardDeletes(reader: Reader<DirectoryShape>, tenantId: string): readonly PendingHardDelete[] {
  const pending: PendingHardDelete[] = []
  for (const user of reader.find('users', 'deleted', tenantId)) {
    if (user.deletedDateTime === undefined) continue
    pending.push({ kind: 'user', id: user.id, displayName: user.displayName, at: hardDeleteAt(user.deletedDateTime) })
  }
  for (const group of reader.find('groups', 'deleted', tenantId)) {
    if (group.deletedDateTime === undefined) continue
    pending.push({
      kind: 'group',
      id: group.id,
      displayName: group.displayName,
      at: hardDeleteAt(group.deletedDateTime),
    })
  }
  for (const application of reader.find('applications', 'deleted', tenantId)) {
    const { id, displayName, deletedDateTime } = application
    if (deletedDateTime === undefined) continue
    pending.push({ kind: 'application', id, displayName, at: hardDeleteAt(deletedDateTime) })
  }
  return pending.sort((one, other) => one.at - other.at)
}

import type { Reader, Writer } from '#kit/store/store.ts'
import type { DirectoryChange, DirectoryShape } from './records.ts'

/** What a change is about; its number is given by {@link recordChange}. */
export type ChangeNote = Omit<DirectoryChange, 'seq'>

/** Key of a change in `directoryChanges`: fifteen digits, so that keys ascend as numbers do. */
export function changeKey(seq: number): string {
  return String(seq).padStart(15, '0')
}

/** Number of the newest change; 0 in a new directory. The watermark of a reader that has read everything. */
export function newestChange(reader: Reader<DirectoryShape>): number {
  return reader.get('directoryCounter', 'seq')?.seq ?? 0
}

/**
 * Put `note` at the end of the change feed and drop the object's older entry, so the feed holds one entry per object and
 * reading on from a watermark costs what has changed since.
 *
 * @returns the number given, which the caller keeps in the object's `changeSeq` where it has one.
 */
export function recordChange(tx: Writer<DirectoryShape>, note: ChangeNote): number {
  for (const older of tx.find('directoryChanges', 'object', `${note.objectType}/${note.objectId}`)) {
    tx.delete('directoryChanges', changeKey(older.seq))
  }
  const seq = newestChange(tx) + 1
  tx.put('directoryCounter', 'seq', { seq })
  tx.put('directoryChanges', changeKey(seq), { seq, ...note })
  return seq
}

/**
 * Note that a user or group has changed without a value of its own being different (a membership was added, an object it
 * refers to went away). Objects that are gone are passed over.
 */
export function touchObject(tx: Writer<DirectoryShape>, objectType: 'user' | 'group', objectId: string): void {
  if (objectType === 'user') {
    const user = tx.get('users', objectId)
    if (user === undefined) return
    const changeSeq = recordChange(tx, { tenantId: user.tenantId, objectType, objectId, change: 'changed' })
    tx.put('users', objectId, { ...user, changeSeq })
    return
  }
  const group = tx.get('groups', objectId)
  if (group === undefined) return
  const changeSeq = recordChange(tx, { tenantId: group.tenantId, objectType, objectId, change: 'changed' })
  tx.put('groups', objectId, { ...group, changeSeq })
}

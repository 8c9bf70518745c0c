import type { Reader, Writer } from '#kit/store/store.ts'
import type { EngineShape, ProvisioningLogEntry } from './records.ts'

/** How long an entry is kept, and how many at most; whichever is reached first. */
export const LOG_KEPT_MS = 30 * 24 * 60 * 60 * 1000
/** Entries. */
export const LOG_KEPT_ENTRIES = 20_000

/** Old entries removed with each new one at most, so that no single write pays for a long silence. */
const TRIM_AT_ONCE = 20

/** The entry of an object in a cycle, when that cycle has dealt with it. */
export function entryOf(
  reader: Reader<EngineShape>,
  cycleId: string,
  sourceId: string,
): ProvisioningLogEntry | undefined {
  return reader.find('provisioningLogs', 'cycleObject', `${cycleId}/${sourceId}`)[0]
}

/** Put an entry at the end of the log and drop what is too old or too much. @returns the entry with its key. */
export function appendEntry(tx: Writer<EngineShape>, entry: Omit<ProvisioningLogEntry, 'key'>): ProvisioningLogEntry {
  const value = (tx.get('provisioningCounters', 'log')?.value ?? 0) + 1
  const key = String(value).padStart(15, '0')
  const kept: ProvisioningLogEntry = { key, ...entry }
  tx.put('provisioningCounters', 'log', { value })
  tx.put('provisioningLogs', key, kept)
  trimLog(tx, Date.parse(entry.at))
  return kept
}

function trimLog(tx: Writer<EngineShape>, nowMs: number): void {
  let surplus = tx.count('provisioningLogs') - LOG_KEPT_ENTRIES
  for (const [key, entry] of tx.after('provisioningLogs', null, TRIM_AT_ONCE)) {
    if (surplus <= 0 && nowMs - Date.parse(entry.at) <= LOG_KEPT_MS) return
    tx.delete('provisioningLogs', key)
    surplus -= 1
  }
}

import type { LogAction, LogStatus, ProvisioningLogEntry } from '#idp/engine/records.ts'
import type { EntraReader } from '../../collections.ts'

/** Whose entries: of one app, or of everything in a tenant. */
export type LogPlace =
  | { readonly kind: 'app'; readonly servicePrincipalId: string }
  | { readonly kind: 'tenant'; readonly tenantId: string }

export interface LogFilter {
  /** Beginning or part of a name or id of the source or the target; case does not matter. Empty: everybody. */
  readonly identity: string
  readonly action?: LogAction | undefined
  readonly status?: LogStatus | undefined
  /** Virtual milliseconds; entries before are left out. */
  readonly sinceMs?: number | undefined
}

export interface LogSlice {
  readonly entries: readonly ProvisioningLogEntry[]
  readonly hasMore: boolean
}

/** Entries looked at in one go. */
const STEP = 200

/** The tenant is the second part of a job's id, without dashes: it outlives the app and the job. */
export function isOfTenant({ jobId }: Pick<ProvisioningLogEntry, 'jobId'>, tenantId: string): boolean {
  return jobId.split('.')[1] === tenantId.replaceAll('-', '')
}

/** Newest first, in order of writing. */
function* newestFirst(reader: EntraReader, place: LogPlace): Generator<ProvisioningLogEntry> {
  const { kind } = place
  const total =
    kind === 'app'
      ? reader.count('provisioningLogs', 'servicePrincipal', place.servicePrincipalId)
      : reader.count('provisioningLogs')
  for (let end = total; end > 0; end -= STEP) {
    const start = Math.max(0, end - STEP)
    const slice =
      kind === 'app'
        ? reader.findPage('provisioningLogs', 'servicePrincipal', place.servicePrincipalId, start, end - start)
        : reader.page('provisioningLogs', start, end - start)
    yield* slice.toReversed()
  }
}

function matches(entry: ProvisioningLogEntry, { identity, action, status, sinceMs }: LogFilter): boolean {
  if (action !== undefined && entry.action !== action) return false
  if (status !== undefined && entry.status !== status) return false
  if (sinceMs !== undefined && Date.parse(entry.at) < sinceMs) return false
  if (identity === '') return true
  const { source, target } = entry
  const names = [source.displayName, source.name, source.id, target?.displayName, target?.id]
  return names.some((name) => name?.toLowerCase().includes(identity.toLowerCase()))
}

/**
 * Entries of a place that pass the filter, newest first. Cost: the entries up to the page asked for; the log holds 20,000 at
 * most.
 */
export function findEntries(
  reader: EntraReader,
  place: LogPlace,
  filter: LogFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): LogSlice {
  const entries: ProvisioningLogEntry[] = []
  let found = 0
  for (const entry of newestFirst(reader, place)) {
    if (place.kind === 'tenant' && !isOfTenant(entry, place.tenantId)) continue
    if (!matches(entry, filter)) continue
    found += 1
    if (found <= offset) continue
    if (entries.length === limit) return { entries, hasMore: true }
    entries.push(entry)
  }
  return { entries, hasMore: false }
}

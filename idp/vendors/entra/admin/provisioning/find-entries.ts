import { LOG_KEPT_MS } from '#idp/engine/provisioning-log.ts'
import type { LogAction, LogStatus, ProvisioningLogEntry } from '#idp/engine/records.ts'
import type { EntraReader } from '../../collections.ts'
import { SOURCE_SYSTEM } from '../../provisioning/phrasing.ts'

/** Whose entries: of some apps, or of everything in a tenant. */
export type LogPlace =
  | { readonly kind: 'apps'; readonly servicePrincipalIds: readonly string[] }
  | { readonly kind: 'tenant'; readonly tenantId: string }

/** Every condition given must hold; an absent or empty one asks for nothing. Exact ones are found by index. */
export interface LogFilter {
  /** Part of a name or id of the source or the target; case does not matter. */
  readonly identity?: string | undefined
  readonly action?: LogAction | undefined
  readonly status?: LogStatus | undefined
  readonly jobId?: string | undefined
  readonly cycleId?: string | undefined
  readonly changeId?: string | undefined
  /** Part of the system's name; case does not matter. */
  readonly sourceSystem?: string | undefined
  readonly targetSystem?: string | undefined
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
function tenantKey(tenantId: string): string {
  return tenantId.replaceAll('-', '')
}

/** Whether the entry is about this tenant. */
export function isOfTenant({ jobId }: Pick<ProvisioningLogEntry, 'jobId'>, tenantId: string): boolean {
  return jobId.split('.')[1] === tenantKey(tenantId)
}

/** What the target of an entry is called; an app that was deleted has no name any more. */
export function targetNameOf(
  reader: EntraReader,
  { servicePrincipalId }: Pick<ProvisioningLogEntry, 'servicePrincipalId'>,
): string {
  return reader.get('servicePrincipals', servicePrincipalId)?.displayName ?? 'Deleted application'
}

interface Shelf {
  readonly index: string
  readonly value: string
}

const LARGEST_FIRST = (one: ProvisioningLogEntry, other: ProvisioningLogEntry): number => (one.key < other.key ? 1 : -1)

/** Entries of one shelf, newest first, from a position on. */
function* newestOf(reader: EntraReader, { index, value }: Shelf, skip = 0): Generator<ProvisioningLogEntry> {
  for (let end = reader.count('provisioningLogs', index, value) - skip; end > 0; end -= STEP) {
    const start = Math.max(0, end - STEP)
    yield* reader.findPage('provisioningLogs', index, value, start, end - start).toReversed()
  }
}

/** Several shelves as one, newest first. */
function* merged(reader: EntraReader, shelves: readonly Shelf[]): Generator<ProvisioningLogEntry> {
  const lines = shelves.map((shelf) => newestOf(reader, shelf))
  const heads = lines.map((line) => line.next())
  for (;;) {
    const [newest] = heads.flatMap((head) => (head.done ? [] : [head.value])).sort(LARGEST_FIRST)
    if (newest === undefined) return
    yield newest
    const from = heads.findIndex((head) => !head.done && head.value === newest)
    const line = lines[from]
    if (line !== undefined) heads[from] = line.next()
  }
}

/** The shelf that holds everything of one app or tenant, or of its entries the few a condition of the filter finds. */
function shelfOf(reader: EntraReader, place: Shelf, filter: LogFilter): Shelf {
  const { jobId, cycleId, changeId, status, action } = filter
  const shelves: readonly (Shelf | undefined)[] = [
    changeId ? { index: 'change', value: changeId } : undefined,
    cycleId ? { index: 'cycle', value: cycleId } : undefined,
    jobId ? { index: 'job', value: jobId } : undefined,
    status ? { index: 'status', value: `${place.value}/${status}` } : undefined,
    action ? { index: 'action', value: `${place.value}/${action}` } : undefined,
  ]
  let best = place
  let fewest = reader.count('provisioningLogs', place.index, place.value)
  for (const shelf of shelves) {
    if (shelf === undefined) continue
    const count = reader.count('provisioningLogs', shelf.index, shelf.value)
    if (count < fewest) [best, fewest] = [shelf, count]
  }
  return best
}

function holds(text: string, ...values: readonly (string | undefined)[]): boolean {
  return values.some((value) => value?.toLowerCase().includes(text.toLowerCase()))
}

function matches(reader: EntraReader, entry: ProvisioningLogEntry, filter: LogFilter): boolean {
  const { identity, action, status, jobId, cycleId, changeId, sourceSystem, targetSystem } = filter
  if (action !== undefined && entry.action !== action) return false
  if (status !== undefined && entry.status !== status) return false
  if (jobId && entry.jobId !== jobId) return false
  if (cycleId && entry.cycleId !== cycleId) return false
  if (changeId && entry.changeId !== changeId) return false
  if (sourceSystem && !holds(sourceSystem, SOURCE_SYSTEM)) return false
  if (targetSystem && !holds(targetSystem, targetNameOf(reader, entry))) return false
  if (!identity) return true
  const { source, target } = entry
  return holds(identity, source.displayName, source.name, source.id, target?.displayName, target?.id)
}

function isHere(entry: ProvisioningLogEntry, place: LogPlace): boolean {
  return place.kind === 'tenant'
    ? isOfTenant(entry, place.tenantId)
    : place.servicePrincipalIds.includes(entry.servicePrincipalId)
}

function placeShelves(place: LogPlace): readonly Shelf[] {
  return place.kind === 'tenant'
    ? [{ index: 'tenant', value: tenantKey(place.tenantId) }]
    : place.servicePrincipalIds.map((value) => ({ index: 'servicePrincipal', value }))
}

/**
 * Entries of a place that pass the filter, newest first, none older than 30 virtual days, whether they have been dropped yet
 * or not. Lazy: costs what is looked at, which is what the narrowest exact condition finds.
 */
export function* entriesOf(
  reader: EntraReader,
  place: LogPlace,
  nowMs: number,
  filter: LogFilter = {},
): Generator<ProvisioningLogEntry> {
  const oldest = Math.max(nowMs - LOG_KEPT_MS, filter.sinceMs ?? 0)
  const shelves = placeShelves(place).map((shelf) => shelfOf(reader, shelf, filter))
  for (const entry of merged(reader, shelves)) {
    if (Date.parse(entry.at) < oldest) return
    if (isHere(entry, place) && matches(reader, entry, filter)) yield entry
  }
}

/**
 * A page of {@link entriesOf}. Without a filter, or with a date alone, its cost does not depend on the page: what comes before
 * is stepped over, not read.
 */
export function findEntries(
  reader: EntraReader,
  place: LogPlace,
  nowMs: number,
  filter: LogFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): LogSlice {
  const { sinceMs = 0, ...conditions } = filter
  const [only, ...others] = placeShelves(place)
  const isPlain = Object.values(conditions).every((value) => value === undefined || value === '')
  const steps = isPlain && only !== undefined && others.length === 0
  const oldest = Math.max(nowMs - LOG_KEPT_MS, sinceMs)
  const entries: ProvisioningLogEntry[] = []
  let before = steps ? 0 : offset
  for (const entry of steps ? newestOf(reader, only, offset) : entriesOf(reader, place, nowMs, filter)) {
    if (Date.parse(entry.at) < oldest) break
    if (before > 0) {
      before -= 1
      continue
    }
    if (entries.length === limit) return { entries, hasMore: true }
    entries.push(entry)
  }
  return { entries, hasMore: false }
}

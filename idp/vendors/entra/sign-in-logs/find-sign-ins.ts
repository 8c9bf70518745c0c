import type { EntraReader } from '../collections.ts'
import { SIGN_INS_KEPT_MS } from './record-sign-in.ts'
import type { SignInEntry, SignInKind, SignInStatus } from './records.ts'

/** Every condition given must hold; an absent one asks for nothing. Exact ones are found by index. */
export interface SignInFilter {
  readonly kind?: SignInKind | undefined
  readonly status?: SignInStatus | undefined
  readonly errorCode?: number | undefined
  /** Object id, exactly. */
  readonly userId?: string | undefined
  /** Application (client) id, exactly. */
  readonly appId?: string | undefined
  readonly id?: string | undefined
  readonly correlationId?: string | undefined
  /** Part of the person's name, user principal name or id; case does not matter. */
  readonly user?: string | undefined
  /** Part of the application's name or id; case does not matter. */
  readonly application?: string | undefined
  /** Virtual milliseconds, included. */
  readonly sinceMs?: number | undefined
}

export interface SignInSlice {
  readonly entries: readonly SignInEntry[]
  readonly hasMore: boolean
}

/** Entries read in one go. */
const STEP = 200

const KINDS: readonly SignInKind[] = ['interactiveUser', 'nonInteractiveUser', 'servicePrincipal']

/** The index to walk: the filter's exact condition that the fewest entries meet. */
function narrowest(reader: EntraReader, tenantId: string, filter: SignInFilter): readonly [string, string] {
  const { id, correlationId, userId, appId, errorCode, status, kind } = filter
  const named = { id, correlation: correlationId, user: userId, app: appId, code: errorCode, status, kind }
  const filed = Object.entries(named).flatMap(([index, value]) =>
    value === undefined ? [] : [[index, `${tenantId}/${value}`] as const],
  )
  const counted = filed.map((each) => ({ each, count: reader.count('signInLogs', each[0], each[1]) }))
  const [best] = counted.toSorted((one, other) => one.count - other.count)
  return best?.each ?? ['kind', `${tenantId}/interactiveUser`]
}

const holds = (text: string, ...values: readonly (string | undefined)[]): boolean =>
  values.some((value) => value?.toLowerCase().includes(text.toLowerCase()))

function matches(entry: SignInEntry, filter: SignInFilter): boolean {
  const { kind, status, errorCode, userId, appId, id, correlationId, user = '', application = '' } = filter
  if (kind !== undefined && entry.kind !== kind) return false
  if (status !== undefined && entry.status !== status) return false
  if (errorCode !== undefined && entry.errorCode !== errorCode) return false
  if (userId !== undefined && entry.user?.id !== userId) return false
  if (appId !== undefined && entry.app.appId !== appId) return false
  if (id !== undefined && entry.id !== id) return false
  if (correlationId !== undefined && entry.correlationId !== correlationId) return false
  if (user !== '' && !holds(user, entry.user?.displayName, entry.user?.userPrincipalName, entry.user?.id)) return false
  return application === '' || holds(application, entry.app.displayName, entry.app.appId)
}

/**
 * Entries of a tenant, newest first, not older than 30 virtual days. Without a kind the three lists are told apart by nothing but the
 * order of their numbers. Reads as far as it is consumed.
 */
export function* signIns(
  reader: EntraReader,
  tenantId: string,
  nowMs: number,
  filter: SignInFilter,
): Generator<SignInEntry> {
  const isOpen = Object.entries(filter).every(
    ([name, value]) => value === undefined || ['user', 'application', 'sinceMs'].includes(name),
  )
  const walks = isOpen
    ? KINDS.map((kind) => newestFirst(reader, ['kind', `${tenantId}/${kind}`]))
    : [newestFirst(reader, narrowest(reader, tenantId, filter))]
  const oldest = Math.max(nowMs - SIGN_INS_KEPT_MS, filter.sinceMs ?? 0)
  for (const entry of merged(walks)) {
    if (Date.parse(entry.at) < oldest) return
    if (matches(entry, filter)) yield entry
  }
}

function* newestFirst(reader: EntraReader, [index, value]: readonly [string, string]): Generator<SignInEntry> {
  for (let end = reader.count('signInLogs', index, value); end > 0; end -= STEP) {
    const from = Math.max(end - STEP, 0)
    yield* reader.findPage('signInLogs', index, value, from, end - from).toReversed()
  }
}

/** Several walks as one, by their numbers. */
function* merged(walks: readonly Generator<SignInEntry>[]): Generator<SignInEntry> {
  const heads = walks.map((walk) => ({ walk, next: walk.next() }))
  for (;;) {
    let best: (typeof heads)[number] | undefined
    for (const head of heads) {
      if (head.next.done) continue
      if (best === undefined || (!best.next.done && head.next.value.key > best.next.value.key)) best = head
    }
    if (best === undefined || best.next.done) return
    yield best.next.value
    best.next = best.walk.next()
  }
}

/** One page of {@link signIns}. */
export function findSignIns(
  reader: EntraReader,
  tenantId: string,
  nowMs: number,
  filter: SignInFilter,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): SignInSlice {
  const entries: SignInEntry[] = []
  let found = 0
  for (const entry of signIns(reader, tenantId, nowMs, filter)) {
    found += 1
    if (found <= offset) continue
    if (entries.length === limit) return { entries, hasMore: true }
    entries.push(entry)
  }
  return { entries, hasMore: false }
}

/** One entry by its Request ID, of this tenant, not older than 30 virtual days. */
export function signInById(reader: EntraReader, tenantId: string, nowMs: number, id: string): SignInEntry | undefined {
  return findSignIns(reader, tenantId, nowMs, { id }, { offset: 0, limit: 1 }).entries[0]
}

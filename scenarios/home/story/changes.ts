import type { MergedEntry } from '../timeline/join-ends.ts'

/** Something that happened to somebody, and why, as far as the journals tell. */
export interface StoryChange {
  readonly entry: MergedEntry
  /** The request that caused it: a call of another system, or the form or call of a person. */
  readonly request?: MergedEntry
  /** The earlier change in the system that sent the request. */
  readonly source?: MergedEntry
}

const REFUSED_FROM = 400

/** A request of one system to another that was refused: nothing changed, and that is what is to be told. */
function isRefusedCall({ from, to, response, kind }: MergedEntry): boolean {
  return kind === 'scim' && from !== undefined && to !== undefined && (response?.status ?? 0) >= REFUSED_FROM
}

/**
 * The changes among `items`, which are from old to new, each with its cause: of the same trace the request; and where another
 * system sent it, the newest change before it there. `related` are changes of groups and apps that may have been the reason. Pure;
 * each list is walked once.
 */
export function changesOf(items: readonly MergedEntry[], related: readonly MergedEntry[]): readonly StoryChange[] {
  const requests = new Map<string, MergedEntry>()
  for (const item of items) if (isWriting(item)) requests.set(item.correlationId, item)
  const newestOf = new Map<string, MergedEntry>()
  const all = [...items, ...related.filter(({ id }) => !items.some((item) => item.id === id))]
    .map((item, index) => ({ item, index }))
    .sort((one, other) => compare(one.item.at, other.item.at) || one.index - other.index)
    .map(({ item }) => item)
  const isOwn = new Set(items)
  const changes: StoryChange[] = []
  for (const item of all) {
    if (isOwn.has(item) && (item.kind === 'state' || isRefusedCall(item))) {
      const request = item.kind === 'state' ? requests.get(item.correlationId) : item
      const source = request?.from === undefined || request.from === item.to ? undefined : newestOf.get(request.from)
      changes.push({
        entry: item,
        ...(request === undefined || request === item ? {} : { request }),
        ...(source === undefined ? {} : { source }),
      })
    }
    // What a service did itself, on demand or by a cycle, is no reason of its own.
    if (item.kind === 'state' && item.change?.type !== 'provisioning') newestOf.set(item.system, item)
  }
  return changes
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** A request that may have changed something. */
function isWriting({ request }: MergedEntry): boolean {
  const { method } = request ?? {}
  return method !== undefined && method !== 'GET' && method !== 'HEAD'
}

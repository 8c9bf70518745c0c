/**
 * Entries in order of insertion, in chunks of a few hundred, so that reading at a position, taking out and putting back
 * cost about the square root of the number held. The order is that of `seq`, which an entry keeps for life: whatever is
 * put back (an undone delete) finds its old place.
 */

export interface Entry<T> {
  readonly seq: number
  readonly key: string
  record: T
}

export interface Order<T> {
  readonly chunks: Entry<T>[][]
  size: number
}

const CHUNK = 512

export function createOrder<T>(): Order<T> {
  return { chunks: [], size: 0 }
}

/** Position of the first element for which `isAtOrPast` holds; the length when there is none. */
function lowerBound<E>(sorted: readonly E[], isAtOrPast: (element: E) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isAtOrPast(sorted[middle] as E)) high = middle
    else low = middle + 1
  }
  return low
}

/** Index of the chunk that holds, or would hold, `seq`. */
function chunkAt<T>(order: Order<T>, seq: number): number {
  return Math.max(0, lowerBound(order.chunks, (chunk) => (chunk[0]?.seq ?? 0) > seq) - 1)
}

export function insertEntry<T>(order: Order<T>, entry: Entry<T>): void {
  order.size += 1
  const last = order.chunks.at(-1)
  if (last === undefined || (last.at(-1)?.seq ?? -1) < entry.seq) {
    if (last === undefined || last.length >= CHUNK) order.chunks.push([entry])
    else last.push(entry)
    return
  }
  const at = chunkAt(order, entry.seq)
  const chunk = order.chunks[at] ?? []
  chunk.splice(
    lowerBound(chunk, (each) => each.seq > entry.seq),
    0,
    entry,
  )
  if (chunk.length > 2 * CHUNK) order.chunks.splice(at + 1, 0, chunk.splice(CHUNK))
}

export function removeEntry<T>(order: Order<T>, entry: Entry<T>): void {
  const at = chunkAt(order, entry.seq)
  const chunk = order.chunks[at] ?? []
  const position = lowerBound(chunk, (each) => each.seq >= entry.seq)
  if (chunk[position] !== entry) throw new Error(`The order does not hold ${JSON.stringify(entry.key)}.`)
  chunk.splice(position, 1)
  order.size -= 1
  const next = order.chunks[at + 1]
  if (chunk.length === 0) order.chunks.splice(at, 1)
  else if (next !== undefined && chunk.length + next.length <= CHUNK / 2) {
    chunk.push(...next)
    order.chunks.splice(at + 1, 1)
  }
}

/** At most `limit` entries from position `offset`; both count as 0 when negative. */
export function sliceOrder<T>(order: Order<T>, offset: number, limit: number): Entry<T>[] {
  const found: Entry<T>[] = []
  let skip = Math.max(0, offset)
  let wanted = Math.max(0, limit)
  if (skip >= order.size) return found
  for (const chunk of order.chunks) {
    if (skip >= chunk.length) {
      skip -= chunk.length
      continue
    }
    const end = Math.min(chunk.length, skip + wanted)
    for (let index = skip; index < end; index += 1) found.push(chunk[index] as Entry<T>)
    wanted -= end - skip
    skip = 0
    if (wanted <= 0) break
  }
  return found
}

/** At most `limit` entries whose key is greater than `key`, where keys ascend with the order. */
export function sliceAfterKey<T>(order: Order<T>, key: string, limit: number): Entry<T>[] {
  const at = Math.max(0, lowerBound(order.chunks, (chunk) => (chunk[0]?.key ?? '') > key) - 1)
  const found: Entry<T>[] = []
  for (let index = at; index < order.chunks.length && found.length < limit; index += 1) {
    const chunk = order.chunks[index] ?? []
    const from = index === at ? lowerBound(chunk, (each) => each.key > key) : 0
    for (const entry of chunk.slice(from, from + limit - found.length)) found.push(entry)
  }
  return found
}

/**
 * Every entry there is at the start, chunk by chunk. The order may be changed meanwhile: what is added is not visited,
 * what was taken out may still be, so the caller checks.
 */
export function* walkOrder<T>(order: Order<T>): Generator<Entry<T>, void, undefined> {
  const lastSeq = order.chunks.at(-1)?.at(-1)?.seq ?? -1
  let passed = -1
  while (passed < lastSeq) {
    const chunk = order.chunks[lowerBound(order.chunks, (each) => (each.at(-1)?.seq ?? -1) > passed)]
    if (chunk === undefined) return
    for (const entry of chunk.slice(lowerBound(chunk, (each) => each.seq > passed))) {
      if (entry.seq > lastSeq) return
      passed = entry.seq
      yield entry
    }
  }
}

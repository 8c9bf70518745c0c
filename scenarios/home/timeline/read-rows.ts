import type { JournalKind } from '#kit/journal.ts'
import { formatCursor, type JournalCursor } from './cursor.ts'
import type { MergedEntry } from './join-ends.ts'
import type { JournalReader } from './read-journals.ts'
import { groupOf } from './rows.ts'

/** Which entries of the timeline are wanted. */
export interface TimelineFilter {
  /** Sent or received by this system. */
  readonly system?: string
  readonly kind?: JournalKind
  /** Part of the subject or of the title, in any case. */
  readonly subject?: string
  /** Pages that somebody only looked at, too: left out otherwise, they bury what was done. */
  readonly views?: 'shown'
  /** Virtual time, ISO 8601: nothing before it. */
  readonly since?: string
}

/** Somebody looked at a page, and saw it. */
function isPageView({ kind, request, response }: MergedEntry): boolean {
  return kind === 'http-in' && request?.method === 'GET' && (response?.status ?? 0) < 400
}

export interface TimelineSlice {
  /** Newest first. */
  readonly items: readonly MergedEntry[]
  /** Where older ones begin; `undefined` when there are none. */
  readonly older: string | undefined
  readonly unreachable: readonly string[]
}

/** Pages of the journals looked through for entries that pass a filter, before the reader is asked to go on. */
const MOST_PAGES = 8
const LOOKED_AT = 60

function passes(item: MergedEntry, { system, kind, subject, views, since }: TimelineFilter): boolean {
  const words = subject?.toLowerCase()
  return (
    (system === undefined || Object.hasOwn(item.seqs, system)) &&
    (kind === undefined ? views === 'shown' || !isPageView(item) : item.kind === kind) &&
    (since === undefined || item.virtualAt >= since) &&
    (words === undefined || `${item.subject ?? ''} ${item.title}`.toLowerCase().includes(words))
  )
}

/** About `limit` entries that pass `filter`, newest first, before `cursor`. */
export async function readSlice(
  reader: JournalReader,
  filter: TimelineFilter,
  cursor: JournalCursor,
  limit: number,
): Promise<TimelineSlice> {
  const items: MergedEntry[] = []
  let place = cursor
  for (let pages = 1; ; pages += 1) {
    const page = await reader.backward(place, Math.min(limit, LOOKED_AT))
    items.push(...page.items.filter((item) => passes(item, filter)))
    place = page.next
    const told = new Set(items.map((item) => groupOf(item) ?? item.id)).size
    if (page.isEnd || pages >= MOST_PAGES || told >= limit / 2) {
      return { items, older: page.isEnd ? undefined : formatCursor(place), unreachable: page.unreachable }
    }
  }
}

import { Refusal } from '#kit/http/errors.ts'
import type { JournalCursor } from '../timeline/cursor.ts'
import type { MergedEntry } from '../timeline/join-ends.ts'
import type { JournalReader } from '../timeline/read-journals.ts'
import { readSlice, type TimelineFilter } from '../timeline/read-rows.ts'

/** Entries of a picture and of an export at most: more than anybody reads, and a file of a few megabytes. */
export const MOST_SELECTED = 200
export const USUAL_SELECTED = 25

/** Which entries to look at: those of a trace, or the newest that pass a filter. */
export interface SelectionQuery {
  readonly trace?: string | undefined
  readonly last: number
  readonly filter: TimelineFilter
  readonly before: JournalCursor
}

export interface Selection {
  /** From old to new. */
  readonly items: readonly MergedEntry[]
  readonly unreachable: readonly string[]
}

/**
 * Read what was asked for: one look at each journal for a trace, else pages of the newest entries, never all of them.
 * @throws Refusal `not_found` (404) for a trace of which nothing is kept.
 */
export async function readSelection(
  reader: JournalReader,
  { trace, last, filter, before }: SelectionQuery,
): Promise<Selection> {
  if (trace !== undefined) {
    const { items, unreachable } = await reader.trace(trace)
    if (items.length === 0) {
      throw new Refusal('not_found', 404, 'Nothing of this trace is kept.', {
        hint: 'Journals are bounded, and emptied by a reset. Start from the timeline.',
      })
    }
    return { items: items.slice(-MOST_SELECTED), unreachable }
  }
  const { items, unreachable } = await readSlice(reader, filter, before, 2 * last)
  return { items: items.slice(0, last).reverse(), unreachable }
}

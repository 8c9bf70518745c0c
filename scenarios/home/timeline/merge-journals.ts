import type { JournalEntry } from '#kit/journal.ts'
import { pairEnds } from './join-ends.ts'

/** Which way a journal is read. */
export type Direction = 'forward' | 'backward'

/**
 * Several journals, each in the direction of reading, as one: by wall time, and never against the order of a single journal.
 * Pure.
 */
export function mergeJournals(
  journals: readonly (readonly JournalEntry[])[],
  direction: Direction,
): readonly JournalEntry[] {
  const places = journals.map(() => 0)
  const merged: JournalEntry[] = []
  for (;;) {
    let next: { readonly entry: JournalEntry; readonly index: number } | undefined
    for (const [index, journal] of journals.entries()) {
      const entry = journal[places[index] ?? 0]
      if (entry === undefined) continue
      const other = next?.entry.at ?? ''
      // Where times are alike the journals keep their order, so that both directions tell the same story.
      const comesFirst = direction === 'forward' ? entry.at < other : entry.at >= other
      if (next === undefined || comesFirst) next = { entry, index }
    }
    if (next === undefined) return merged
    merged.push(next.entry)
    places[next.index] = (places[next.index] ?? 0) + 1
  }
}

/**
 * How many of `entries` make a page of about `limit`: as many as do not tear the two ends of an exchange apart, rather fewer than more.
 * Pure.
 */
export function pageLength(entries: readonly JournalEntry[], limit: number): number {
  if (entries.length <= limit) return entries.length
  const pairs = pairEnds(entries)
  const placeOf = new Map(entries.map((entry, index) => [entry, index]))
  let farthest = -1
  let best = 0
  for (const [index, entry] of entries.entries()) {
    const other = pairs.get(entry)
    farthest = Math.max(farthest, index, other === undefined ? index : (placeOf.get(other) ?? index))
    if (farthest !== index) continue
    if (index + 1 > limit) return best > 0 ? best : index + 1
    best = index + 1
  }
  return best > 0 ? best : entries.length
}

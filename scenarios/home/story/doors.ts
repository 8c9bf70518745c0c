import { z } from 'zod'
import type { MergedEntry } from '../timeline/join-ends.ts'
import type { StoryChange } from './changes.ts'

/** A way in that said no after somebody was suspended or deleted, and how long after the directory's decision that was. */
interface ClosedDoor {
  readonly door: string
  /** Why, in the words of the system that refused. */
  readonly reason: string
  /** The first refusal since. */
  readonly entry: MergedEntry
  /** Milliseconds since the decision: by the clock of the systems, and by that on the wall. */
  readonly after: { readonly virtualMs: number; readonly wallMs: number }
}

export interface ClosedDoors {
  /** What began it: the unassignment in the directory, or the suspension itself where it was made by hand. */
  readonly since: MergedEntry
  readonly doors: readonly ClosedDoor[]
}

/** The system accounts are provisioned to. */
const TARGET = 'dialpad'

const Refusal = z.looseObject({ door: z.string(), reason: z.string() })

/**
 * Every door that was found closed since the last suspension or deletion, the record itself among them, in the order they were tried; what
 * the directory refused before its cycle came too. `items` are from old to new. Pure.
 *
 * @returns `undefined` for somebody who was never suspended or deleted.
 */
export function closedDoors(items: readonly MergedEntry[], changes: readonly StoryChange[]): ClosedDoors | undefined {
  const end = changes.findLast(
    ({ entry }) =>
      entry.system === TARGET && entry.change?.type !== 'door' && / (suspended|deleted)$/.test(entry.title),
  )
  if (end === undefined) return undefined
  const since = end.source ?? end.entry
  const from = Date.parse(since.at)
  const after = (entry: MergedEntry): ClosedDoor['after'] => ({
    virtualMs: Date.parse(entry.virtualAt) - Date.parse(since.virtualAt),
    wallMs: Date.parse(entry.at) - from,
  })
  const record: ClosedDoor = {
    door: 'Record of the directory',
    reason: `the account is ${end.entry.title.split(' ').at(-1)}`,
    entry: end.entry,
    after: after(end.entry),
  }
  const doors = new Map<string, ClosedDoor>()
  for (const entry of items) {
    if (entry.change?.type !== 'door' || Date.parse(entry.at) < from) continue
    const { success, data } = Refusal.safeParse(entry.change.after)
    if (success && !doors.has(data.door)) doors.set(data.door, { ...data, entry, after: after(entry) })
  }
  const all = [record, ...doors.values()].toSorted((one, other) => one.after.wallMs - other.after.wallMs)
  return { since, doors: all }
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** `40 min 2 s`, `1 h 20 min`, `0.4 s`: short, and exact enough to compare. */
export function durationText(ms: number): string {
  if (ms < 10_000) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`
  const [hours, minutes, seconds] = [
    Math.floor(ms / HOUR_MS),
    Math.floor((ms % HOUR_MS) / MINUTE_MS),
    Math.floor((ms % MINUTE_MS) / 1000),
  ]
  const parts = [
    hours > 0 ? `${hours} h` : '',
    minutes > 0 ? `${minutes} min` : '',
    seconds > 0 && hours === 0 ? `${seconds} s` : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

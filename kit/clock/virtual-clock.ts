import type { Clock } from '#kit/clock.ts'
import type { Store } from '#kit/store/store.ts'
import type { ClockRecord, KitShape } from '#kit/system/collections.ts'

/** Latest instant the clock can be moved to: the last millisecond of year 9999, where ISO dates still have four digits. */
export const LATEST_MS = Date.UTC(10_000, 0, 1) - 1

/** Virtual time of `record` when the wall shows `wallMs`. A wall clock set back never turns virtual time back beyond the anchor. */
export function virtualAt(record: ClockRecord, wallMs: number): number {
  if (record.frozen) return record.anchorVirtualMs
  const elapsed = Math.max(0, wallMs - record.anchorWallMs)
  return Math.min(LATEST_MS, Math.floor(record.anchorVirtualMs + elapsed * record.rate))
}

/** The clock of a system: moved by its schedule and its control API, read by everybody. */
export interface VirtualClock extends Clock {
  readonly frozen: boolean
  readonly rate: number
  /** Virtual minus wall time, milliseconds. */
  offsetMs(): number
  /** Wall milliseconds until virtual time reaches `virtualMs`, 0 when it has; `null` while time stands still before it. */
  wallMsUntil(virtualMs: number): number | null
  /** Stand still at this moment until {@link release}. */
  hold(): Promise<void>
  /** Move to `virtualMs` and stand still there until {@link release}. @throws RangeError when that is in the past. */
  holdAt(virtualMs: number): Promise<void>
  /** Go on from where the clock is held. */
  release(): Promise<void>
  setFrozen(frozen: boolean): Promise<void>
  setRate(rate: number): Promise<void>
  /** The record that continues from this moment: what is written into a snapshot. */
  snapshot(): ClockRecord
  /** The stored record was replaced: forget what is held, and that time once was later. */
  forget(): void
}

/**
 * Virtual time over the stored {@link ClockRecord}, so that a restart continues where the record says. Within one life of the
 * store it never goes back, whatever the wall clock does. Before the seed it shows wall time.
 */
export function createVirtualClock(store: Store<KitShape>, wall: () => number): VirtualClock {
  let heldMs: number | null = null
  let latestSeenMs = Number.NEGATIVE_INFINITY

  function record(): ClockRecord {
    const stored = store.get('kitClock', 'clock')
    if (stored !== undefined) return stored
    const nowMs = wall()
    return { anchorWallMs: nowMs, anchorVirtualMs: nowMs, rate: 1, frozen: false }
  }

  function now(): number {
    latestSeenMs = Math.max(latestSeenMs, heldMs ?? virtualAt(record(), wall()))
    return latestSeenMs
  }

  const write = (next: ClockRecord): Promise<void> => store.transact((tx) => tx.put('kitClock', 'clock', next))
  const anchoredNow = (): ClockRecord => ({ ...record(), anchorWallMs: wall(), anchorVirtualMs: now() })

  return {
    now,
    iso: () => new Date(now()).toISOString(),
    get frozen() {
      return record().frozen
    },
    get rate() {
      return record().rate
    },
    offsetMs: () => now() - Math.floor(wall()),
    wallMsUntil(virtualMs) {
      const remaining = virtualMs - now()
      if (remaining <= 0) return 0
      const { frozen, rate } = record()
      return frozen || heldMs !== null ? null : Math.ceil(remaining / rate)
    },
    async hold() {
      heldMs = now()
      await write(anchoredNow())
    },
    async holdAt(virtualMs) {
      // Compared with the latest instant anybody has seen, not with a new one: a caller who holds at `now()` may be a millisecond late.
      if (latestSeenMs === Number.NEGATIVE_INFINITY) now()
      if (virtualMs < latestSeenMs) throw new RangeError('Virtual time never goes backwards.')
      heldMs = virtualMs
      await write(anchoredNow())
    },
    async release() {
      if (heldMs === null) return
      const next = anchoredNow()
      heldMs = null
      await write(next)
    },
    setFrozen: (frozen) => write({ ...anchoredNow(), frozen }),
    setRate: (rate) => write({ ...anchoredNow(), rate }),
    snapshot: anchoredNow,
    forget() {
      heldMs = null
      latestSeenMs = Number.NEGATIVE_INFINITY
    },
  }
}

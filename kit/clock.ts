/**
 * Virtual time, and the work that falls due in it.
 *
 * Product code asks a {@link Clock}; nobody else reads the wall clock or sleeps. The rule which expiry is virtual and
 * which is wall-clock stands in `docs/architecture.md`, "Two clocks".
 */

/** Tells the virtual time. Milliseconds since the epoch, UTC. */
export interface Clock {
  now(): number
  /** The same instant as ISO 8601 UTC with milliseconds. */
  iso(): string
}

/** What `GET /_kit/clock` answers. */
export interface ClockReading {
  readonly now: string
  /** Virtual minus wall time, in milliseconds, at this moment. */
  readonly offsetMs: number
  readonly frozen: boolean
  /** Virtual seconds per wall second while not frozen. */
  readonly rate: number
  /** ISO instant of the earliest due work, `null` when nothing is scheduled. */
  readonly nextDue: string | null
}

/** One piece of scheduled work. `id` names it for good: the same work listed twice carries the same id. */
export interface DueItem {
  readonly id: string
  /** Words for people: `Provisioning of the phone system`; what came of it is added to it with a colon. */
  readonly what: string
  /** Virtual instant in milliseconds. */
  readonly at: number
}

/** Something that schedules work: computed from the state, never from timers of its own. */
export interface DueSource {
  /** Everything scheduled at present; cheap, it is asked often. */
  list(): readonly DueItem[]
  /**
   * Do one item that has fallen due. Afterwards `list()` must no longer hold that item at that instant.
   * @returns one line for people: `Incremental cycle: 1 updated, 0 failed`.
   */
  run(item: DueItem): Promise<string>
}

/** One line of what an advance of the clock ran. */
export interface RanItem {
  readonly system: string
  readonly what: string
  readonly at: string
  readonly summary: string
}

import type { DueItem, DueSource, RanItem } from '#kit/clock.ts'
import { createTraceId, runInContext } from '#kit/context.ts'
import type { Schedule } from '#kit/system/system.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** Longest wait of the timer, wall milliseconds: notices work that a source forgot to announce, and a wall clock that jumped. */
const SAFETY_TICK_MS = 20_000

/** What the schedule tells about the work it did. */
export interface ScheduleReport {
  /** Called within the context of the work, so that what is recorded belongs to it. */
  ran(item: RanItem): void
  /** The sources could not even be asked, or the clock not be kept: a bug, or a disk that is full. */
  failed(error: unknown): void
}

export interface ScheduleDeps {
  readonly system: string
  readonly clock: VirtualClock
  readonly report: ScheduleReport
}

/** The schedule of a system, as the control API drives it. */
export interface RunningSchedule extends Schedule {
  /** Everything scheduled, earliest first. */
  list(): readonly DueItem[]
  /**
   * Move the clock to the instant `target` names when its turn comes (moves wait for each other and for work under way),
   * stopping at every due instant up to it, in order; there the work runs and is awaited.
   * @returns what ran. @throws whatever `target` throws, with nothing moved.
   */
  advance(target: (nowMs: number) => number, causeSeq?: () => number): Promise<readonly RanItem[]>
  /** Change the clock's pace when no move is under way. */
  adjust(change: () => Promise<void>): Promise<void>
  /** The state was replaced: what is under way ends with the item it is at, and nothing is remembered. */
  interrupt(): void
  /** Start no further work. Resolves when the work under way has ended. */
  close(): Promise<void>
}

interface Candidate {
  readonly item: DueItem
  readonly source: DueSource
  readonly key: string
}

/**
 * Work in virtual time. Left alone, it runs when virtual time reaches it; {@link RunningSchedule.advance} runs it in order
 * without waiting. No two runs overlap: moves and live work form one queue. Equal instants run in order of registration.
 *
 * An item that fails says so in its summary and does not run again at that instant, so it never blocks the clock.
 */
export function createSchedule({ system, clock, report }: ScheduleDeps): RunningSchedule {
  const sources: DueSource[] = []
  /** Items done at an instant they are still listed at (a failure): key to instant. */
  const spent = new Map<string, number>()
  let generation = 0
  let closed = false
  let queue: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let armPending = false

  function* candidates(): Generator<Candidate> {
    for (const [index, source] of sources.entries()) {
      for (const item of source.list()) {
        const key = `${index}/${item.id}`
        const spentAt = spent.get(key)
        if (spentAt === item.at) continue
        if (spentAt !== undefined) spent.delete(key)
        yield { item, source, key }
      }
    }
  }

  function earliest(): Candidate | undefined {
    let first: Candidate | undefined
    for (const candidate of candidates())
      if (first === undefined || candidate.item.at < first.item.at) first = candidate
    return first
  }

  function enqueue<R>(work: () => Promise<R>): Promise<R> {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }

  async function runOne({ item, source, key }: Candidate, causeSeq: number | undefined): Promise<RanItem> {
    const started = generation
    const at = clock.iso()
    const context = { traceId: createTraceId(), ...(causeSeq === undefined ? {} : { causeSeq }) }
    return runInContext(context, async () => {
      const summary = await summaryOf(source, item)
      const ran = { system, what: item.what, at, summary }
      if (generation === started) {
        if (source.list().some((each) => each.id === item.id && each.at === item.at)) spent.set(key, item.at)
        report.ran(ran)
      }
      return ran
    })
  }

  /** Run what is due up to `targetMs`; `hold` makes time stand still at each instant. */
  async function runDue(targetMs: number, hold: boolean, causeSeq?: number): Promise<RanItem[]> {
    const started = generation
    const ran: RanItem[] = []
    while (!closed && generation === started) {
      const next = earliest()
      if (next === undefined || next.item.at > targetMs) break
      if (hold) await clock.holdAt(Math.max(next.item.at, clock.now()))
      if (generation !== started) break
      ran.push(await runOne(next, causeSeq))
    }
    return ran
  }

  function arm(): void {
    armPending = false
    clearTimeout(timer)
    if (closed) return
    timer = setTimeout(onTimer, waitMs()).unref()
  }

  function waitMs(): number {
    try {
      const next = earliest()
      const wait = next === undefined ? null : clock.wallMsUntil(next.item.at)
      return Math.min(wait ?? SAFETY_TICK_MS, SAFETY_TICK_MS)
    } catch (error) {
      report.failed(error)
      return SAFETY_TICK_MS
    }
  }

  function onTimer(): void {
    enqueue(() => runDue(clock.now(), false))
      .catch(report.failed)
      .finally(arm)
  }

  /** Many changes in one turn of the event loop cost one look at the sources. */
  function touch(): void {
    if (armPending || closed) return
    armPending = true
    setImmediate(arm).unref()
  }

  return {
    register(source) {
      sources.push(source)
      touch()
    },
    touch,
    list: () => Array.from(candidates(), (candidate) => candidate.item).sort((one, other) => one.at - other.at),
    advance(target, causeSeq) {
      return enqueue(async () => {
        const started = generation
        // From here on `now` stays the same until it is moved: what is decided about it holds.
        await clock.hold()
        try {
          const targetMs = target(clock.now())
          const ran = await runDue(targetMs, true, causeSeq?.())
          if (generation === started && !closed) await clock.holdAt(Math.max(targetMs, clock.now()))
          return ran
        } finally {
          await clock.release()
          touch()
        }
      })
    },
    adjust(change) {
      return enqueue(async () => {
        await change()
        touch()
      })
    },
    interrupt() {
      generation += 1
      spent.clear()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await queue
    },
  }
}

async function summaryOf(source: DueSource, item: DueItem): Promise<string> {
  try {
    return await source.run(item)
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`
  }
}

import { parseDuration } from '#kit/clock/duration.ts'
import type { RunningSchedule } from '#kit/clock/schedule.ts'
import { LATEST_MS, type VirtualClock } from '#kit/clock/virtual-clock.ts'
import type { ClockReading, RanItem } from '#kit/clock.ts'
import { Refusal } from '#kit/http/errors.ts'
import type { Journal } from '#kit/journal.ts'
import type { ClockAnswer, ClockCommand } from './system-control.ts'

/** Virtual seconds per wall second: from a thousandth to a day in a second. */
const [SLOWEST_RATE, FASTEST_RATE] = [0.001, 86_400]

export interface ClockMovesDeps {
  readonly clock: VirtualClock
  readonly schedule: RunningSchedule
  readonly journal: Journal
}

export interface ClockMoves {
  reading(): ClockReading
  /** See `SystemControl.moveClock`. */
  move(command: ClockCommand): Promise<ClockAnswer>
}

/** The commands that move or pace a system's clock, each journalled. */
export function createClockMoves({ clock, schedule, journal }: ClockMovesDeps): ClockMoves {
  function reading(): ClockReading {
    const next = schedule.list()[0]
    return {
      now: clock.iso(),
      offsetMs: clock.offsetMs(),
      frozen: clock.frozen,
      rate: clock.rate,
      nextDue: next === undefined ? null : new Date(next.at).toISOString(),
    }
  }

  const note = (title: string): number => journal.record({ kind: 'clock', title }).seq

  function travel(command: ClockJourney): Promise<readonly RanItem[]> {
    let targetMs = 0
    return schedule.advance(
      (nowMs) => {
        targetMs = destinationOf(command, nowMs)
        return targetMs
      },
      () => note(`Clock moved to ${new Date(targetMs).toISOString()}`),
    )
  }

  async function apply(command: ClockCommand): Promise<readonly RanItem[]> {
    switch (command.kind) {
      case 'advance':
      case 'set':
        return travel(command)
      case 'frozen':
        await schedule.adjust(() => clock.setFrozen(command.frozen))
        note(command.frozen ? 'Clock frozen' : 'Clock running')
        return []
      case 'rate':
        if (!(command.rate >= SLOWEST_RATE && command.rate <= FASTEST_RATE)) {
          throw new Refusal('invalid_rate', 422, `The clock cannot run at rate ${command.rate}.`, {
            hint: `Choose ${SLOWEST_RATE} to ${FASTEST_RATE} virtual seconds per second, or freeze the clock.`,
          })
        }
        await schedule.adjust(() => clock.setRate(command.rate))
        note(`Clock running at rate ${command.rate}`)
        return []
    }
  }

  return {
    reading,
    async move(command) {
      const ran = await apply(command)
      return { ...reading(), ran }
    },
  }
}

/** The commands that lead to another instant. */
export type ClockJourney = Extract<ClockCommand, { readonly kind: 'advance' | 'set' }>

/**
 * The instant a journey ends at when it begins at `nowMs`; milliseconds.
 * @throws Refusal `clock_backwards` (409), `invalid_duration`, `invalid_instant`, `too_late` (422).
 */
export function destinationOf(command: ClockJourney, nowMs: number): number {
  const targetMs = command.kind === 'advance' ? nowMs + durationOf(command.duration) : instantOf(command.instant)
  if (targetMs < nowMs) throw backwards()
  if (targetMs > LATEST_MS) {
    throw new Refusal('too_late', 422, 'The clock ends with the year 9999.', { hint: 'Choose an earlier time.' })
  }
  return targetMs
}

function durationOf(text: string): number {
  const durationMs = parseDuration(text)
  if (durationMs !== undefined) return durationMs
  throw new Refusal('invalid_duration', 422, `"${text}" is not a duration.`, {
    hint: 'Write an ISO 8601 duration of weeks, days, hours, minutes or seconds: PT40M, P30D, P1DT12H.',
  })
}

function instantOf(text: string): number {
  const instant = parseInstant(text)
  if (instant !== undefined) return instant
  throw new Refusal('invalid_instant', 422, `"${text}" is not a point in time.`, {
    hint: 'Write ISO 8601 in UTC: 2026-01-31T09:00:00.000Z.',
  })
}

function backwards(): Refusal {
  return new Refusal('clock_backwards', 409, 'The clock never goes backwards.', {
    hint: 'Reset the system or restore a snapshot to return to an earlier time.',
  })
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/

/** Milliseconds of an ISO 8601 instant in UTC; `undefined` for anything else, 30 February included. */
function parseInstant(text: string): number | undefined {
  if (!INSTANT.test(text)) return undefined
  const ms = Date.parse(text)
  // Date.parse takes 2026-02-30 for 2 March.
  return Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text.slice(0, 19)) ? undefined : ms
}

import type { Department, LineSettings, Weekday } from '../records.ts'

/** Departments and main lines (reference sheet 3.10, 4.5): limits, defaults, and whether somebody answers now. */

/** Most operators a department may have. */
export const MOST_OPERATORS = 25
export const NAME_LENGTH = 100
export const DESCRIPTION_LENGTH = 256
/** Seconds a line may ring before it goes to voicemail. */
export const RING_SECONDS = { least: 10, most: 45, unset: 30 } as const

const WORKDAY: readonly string[] = ['08:00', '18:00']

/** Hours of a day; nothing set means 8 to 18 on workdays and none at the weekend. */
export function hoursOf(line: LineSettings, day: Weekday): readonly string[] {
  return line.hours?.[day] ?? (day === 'saturday' || day === 'sunday' ? [] : WORKDAY)
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/** Opening and closing times in turn, each later than the one before. */
export function isHours(times: readonly string[]): boolean {
  return (
    times.length % 2 === 0 &&
    times.every((time, index) => TIME.test(time) && (index === 0 || time > (times[index - 1] ?? '')))
  )
}

/**
 * Whether the line takes calls at this moment: always, unless hours are switched on. There are no holidays in the simulation.
 *
 * @param timezone A name of the tz database; for one that nobody knows, UTC is taken.
 */
export function isOpen(line: LineSettings, timezone: string, nowMs: number): boolean {
  if (line.hoursOn !== true) return true
  const { day, time } = localTime(timezone, nowMs)
  const times = hoursOf(line, day)
  return times.some((opening, index) => index % 2 === 0 && opening <= time && time < (times[index + 1] ?? opening))
}

function localTime(timezone: string, nowMs: number): { readonly day: Weekday; readonly time: string } {
  const parts = formatterFor(timezone).formatToParts(nowMs)
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? ''
  return { day: part('weekday').toLowerCase() as Weekday, time: `${part('hour')}:${part('minute')}` }
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const options = { weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone })
  } catch {
    // Offices keep the name of their timezone as it was typed.
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  }
}

/** The target of a change-log line. */
export function departmentTarget(department: Department): { type: string; id: string; name: string } {
  return { type: 'department', id: department.id, name: department.name }
}

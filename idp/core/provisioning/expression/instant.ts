/**
 * Instants of the mapping language: milliseconds since 1970, always in UTC. Between functions they travel as texts of the form
 * `3/1/2026 10:00:00 PM`, so that is what reading and writing come down to. Plain `Date` arithmetic is enough: without time
 * zones a day has 24 hours, and only months need care.
 */

/** Calendar fields of an instant; month and day from 1. */
export interface DateFields {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly millisecond: number
}

/** Years the language knows. */
const FIRST_YEAR = 1
const LAST_YEAR = 9999

/** The instant of these fields; `undefined` for a date or time that does not exist. */
export function instantOf(fields: DateFields, offsetMinutes = 0): number | undefined {
  const { year, month, day, hour, minute, second, millisecond } = fields
  if (year < FIRST_YEAR || year > LAST_YEAR || hour > 23 || minute > 59 || second > 59) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  date.setUTCHours(hour, minute, second, millisecond)
  return within(date.getTime() - offsetMinutes * 60_000)
}

export function fieldsOf(instant: number): DateFields {
  const date = new Date(instant)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  }
}

/** The instant, when it lies in the years 1 to 9999. */
export function within(instant: number): number | undefined {
  const year = new Date(instant).getUTCFullYear()
  return year >= FIRST_YEAR && year <= LAST_YEAR ? instant : undefined
}

const two = (number: number): string => String(number).padStart(2, '0')

/** `M/d/yyyy h:mm:ss tt`, as `CDate` and `Now` write it. */
export function dateText(instant: number): string {
  const { year, month, day, hour, minute, second } = fieldsOf(instant)
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)}:${two(second)} ${hour < 12 ? 'AM' : 'PM'}`
  return `${month}/${day}/${String(year).padStart(4, '0')} ${clock}`
}

/** RFC 7643 §2.3.5: `2026-03-02T08:00:00Z`, with milliseconds when there are any. */
export function isoText(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}

const OFFSET = '(?:\\s*(?<offset>Z|[+-]\\d{2}:?\\d{2}))?'
const ISO = new RegExp(
  `^(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})(?:[T ](?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d{1,7}))?)?)?${OFFSET}$`,
  'i',
)
const AMERICAN = new RegExp(
  `^(?<month>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4})(?:\\s+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d{1,7}))?)?(?:\\s*(?<half>AM|PM))?)?${OFFSET}$`,
  'i',
)

/** The hour of a day from the hour of a half; `undefined` when there is no such hour. */
export function hourOfDay(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.toUpperCase().startsWith('P') ? 12 : 0)
}

/** Minutes east of Greenwich. */
export function offsetMinutesOf(offset: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(offset ?? '') ?? []
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return sign === '-' ? -size : size
}

/**
 * Read a date as people and directories write it: ISO 8601 with or without a time and an offset (`2026-03-02+02:00` too), or
 * month/day/year with a clock of twelve or twenty-four hours. Without an offset it is UTC; fractions beyond milliseconds are
 * dropped.
 *
 * @returns `undefined` for anything else.
 */
export function readDate(text: string): number | undefined {
  const groups = (ISO.exec(text.trim()) ?? AMERICAN.exec(text.trim()))?.groups
  if (groups === undefined) return undefined
  const number = (name: string): number => Number(groups[name] ?? 0)
  const hour = hourOfDay(number('hour'), groups['half'])
  if (hour === undefined) return undefined
  return instantOf(
    {
      year: number('year'),
      month: number('month'),
      day: number('day'),
      hour,
      minute: number('minute'),
      second: number('second'),
      millisecond: Number((groups['fraction'] ?? '').padEnd(3, '0').slice(0, 3)),
    },
    offsetMinutesOf(groups['offset']),
  )
}

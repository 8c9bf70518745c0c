import { formatDate, parseDate } from './date-pattern.ts'
import { type ExpressionFunction, required } from './function-definition.ts'
import { type DateFields, dateText, fieldsOf, instantOf, readDate, within } from './instant.ts'
import { integerOf, type Nullable, onText, textOf } from './values.ts'

/** Lengths of the intervals that always have the same, in milliseconds. */
const FIXED: Readonly<Record<string, number>> = {
  ww: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  n: 60_000,
  s: 1_000,
}
const MONTHS_IN: Readonly<Record<string, number>> = { yyyy: 12, m: 1 }

/** Hundreds of nanoseconds from 1601, where file times begin, to 1970. */
const FILE_TIME_OF_1970 = 116_444_736_000_000_000n

function dateOf(value: Nullable): number | null {
  return onText(value, (text) => {
    const instant = readDate(text)
    if (instant === undefined) throw new Error(`'${text}' is no date that can be read.`)
    return instant
  })
}

function intervalOf(value: Nullable): string {
  const interval = textOf(value) ?? ''
  if (Object.hasOwn(FIXED, interval) || Object.hasOwn(MONTHS_IN, interval)) return interval
  throw new Error(`The interval is yyyy, m, d, ww, h, n or s, not '${interval}'.`)
}

function checked(instant: number | undefined): string {
  if (instant === undefined) throw new Error('The date is outside of the years 1 to 9999.')
  return dateText(instant)
}

/** The same day so many months on; the last of the month where that has no such day. */
function addMonths(instant: number, months: number): number | undefined {
  const fields = fieldsOf(instant)
  const index = fields.year * 12 + fields.month - 1 + months
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  const moved = (day: number): DateFields => ({ ...fields, year, month, day })
  for (const day of [fields.day, 30, 29, 28]) {
    const found = day <= fields.day ? instantOf(moved(day)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function monthsSinceYearZero(instant: number): number {
  const { year, month } = fieldsOf(instant)
  return year * 12 + month
}

/** Years and months by the calendar, all else in whole units that have passed. */
function difference(interval: string, from: number, to: number): number {
  if (interval === 'yyyy') return fieldsOf(to).year - fieldsOf(from).year
  if (interval === 'm') return monthsSinceYearZero(to) - monthsSinceYearZero(from)
  // A zero has no sign in the language.
  return Math.trunc((to - from) / (FIXED[interval] ?? 1)) + 0
}

/** How a text may be read; only the first changes anything here, where all is UTC. */
const STYLES: ReadonlySet<string> = new Set([
  'AllowWhiteSpaces',
  'AllowLeadingWhite',
  'AllowTrailingWhite',
  'AllowInnerWhite',
  'AdjustToUniversal',
  'AssumeLocal',
  'AssumeUniversal',
  'NoCurrentDateDefault',
  'None',
  'RoundtripKind',
])

function stylesOf(value: Nullable): readonly string[] {
  const styles = (textOf(value) ?? '').split(',').flatMap((style) => (style.trim() === '' ? [] : [style.trim()]))
  const unknown = styles.find((style) => !STYLES.has(style))
  if (unknown !== undefined) throw new Error(`There is no date style '${unknown}'.`)
  return styles
}

/** Functions on dates (reference 5.3). Dates are UTC and written as `M/d/yyyy h:mm:ss tt`. */
export const DATE_FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'CDate',
    description: 'A date as a UTC date, written month/day/year with a twelve-hour clock.',
    parameters: [required('expression')],
    evaluate: ({ argument }) => {
      const date = dateOf(argument(0))
      return date === null ? null : dateText(date)
    },
  },
  {
    name: 'DateAdd',
    description:
      'A date so many years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s) later.',
    parameters: [required('interval'), required('value'), required('date')],
    evaluate: ({ argument }) => {
      const interval = intervalOf(argument(0))
      const number = integerOf(argument(1), 'The number of intervals')
      const date = dateOf(argument(2))
      if (date === null) return null
      const months = MONTHS_IN[interval]
      return checked(
        months === undefined ? within(date + number * (FIXED[interval] ?? 0)) : addMonths(date, number * months),
      )
    },
  },
  {
    name: 'DateDiff',
    description:
      'From the first date to the second, in years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).',
    parameters: [required('interval'), required('date1'), required('date2')],
    evaluate: ({ argument }) => {
      const interval = intervalOf(argument(0))
      const [from, to] = [dateOf(argument(1)), dateOf(argument(2))]
      return from === null || to === null ? null : difference(interval, from, to)
    },
  },
  {
    name: 'DateFromNum',
    description: 'The date of a file time: hundreds of nanoseconds since 1601.',
    parameters: [required('value')],
    evaluate: ({ argument }) =>
      onText(argument(0), (text) => {
        if (!/^\d+$/.test(text.trim())) throw new Error(`'${text}' is no file time.`)
        return checked(within(Number((BigInt(text.trim()) - FILE_TIME_OF_1970) / 10_000n)))
      }),
  },
  {
    name: 'FormatDateTime',
    description:
      'A date read in one pattern and written in another; without an input pattern the usual forms are read.',
    parameters: [required('source'), required('dateTimeStyles'), required('inputFormat'), required('outputFormat')],
    evaluate: ({ argument }) =>
      onText(argument(0), (source) => {
        const styles = stylesOf(argument(1))
        const text = styles.some((style) => style.startsWith('Allow')) ? source.trim() : source
        const pattern = textOf(argument(2)) ?? ''
        const instant = pattern === '' ? readDate(text) : parseDate(text, pattern)
        if (instant === undefined) {
          throw new Error(
            pattern === ''
              ? `'${source}' is no date that can be read.`
              : `'${source}' is no date of the form ${pattern}.`,
          )
        }
        const output = textOf(argument(3)) ?? ''
        return output === '' ? dateText(instant) : formatDate(instant, output)
      }),
  },
  {
    name: 'NumFromDate',
    description: 'The file time of a date: hundreds of nanoseconds since 1601.',
    parameters: [required('value')],
    // As text: a number of eighteen digits has no exact double.
    evaluate: ({ argument }) => {
      const date = dateOf(argument(0))
      return date === null ? null : String(BigInt(date) * 10_000n + FILE_TIME_OF_1970)
    },
  },
]

import { type DateFields, fieldsOf, hourOfDay, instantOf, offsetMinutesOf } from './instant.ts'

/** Patterns of one letter stand for these (invariant culture). */
const STANDARD: Readonly<Record<string, string>> = {
  d: 'MM/dd/yyyy',
  D: 'dddd, dd MMMM yyyy',
  f: 'dddd, dd MMMM yyyy HH:mm',
  F: 'dddd, dd MMMM yyyy HH:mm:ss',
  g: 'MM/dd/yyyy HH:mm',
  G: 'MM/dd/yyyy HH:mm:ss',
  m: 'MMMM dd',
  M: 'MMMM dd',
  o: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  O: "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
  r: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  R: "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
  s: "yyyy-MM-dd'T'HH:mm:ss",
  t: 'HH:mm',
  T: 'HH:mm:ss',
  u: "yyyy-MM-dd HH:mm:ss'Z'",
  y: 'yyyy MMMM',
  Y: 'yyyy MMMM',
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const SPECIFIER = /^(?:y+|M{1,}|d{1,}|H{1,2}|h{1,2}|m{1,2}|s{1,2}|f{1,7}|F{1,7}|t{1,2}|z{1,3}|K)/

type Part = { readonly kind: 'field'; readonly letters: string } | { readonly kind: 'literal'; readonly text: string }

/** Cut a .NET date pattern into fields and literal text. @throws {Error} for a quotation mark without its partner. */
function partsOf(given: string): readonly Part[] {
  const pattern = STANDARD[given] ?? given
  const parts: Part[] = []
  let at = 0
  while (at < pattern.length) {
    const rest = pattern.slice(at)
    const mark = rest.charAt(0)
    if (mark === "'" || mark === '"') {
      const end = rest.indexOf(mark, 1)
      if (end < 0) throw new Error(`The date pattern ${given} has a quotation mark without its partner.`)
      parts.push({ kind: 'literal', text: rest.slice(1, end) })
      at += end + 1
    } else if (mark === '\\' && rest.length > 1) {
      parts.push({ kind: 'literal', text: rest.charAt(1) })
      at += 2
    } else if (mark === '%' && rest.length > 1) {
      at += 1
    } else {
      const letters = SPECIFIER.exec(rest)?.[0]
      parts.push(letters === undefined ? { kind: 'literal', text: mark } : { kind: 'field', letters })
      at += letters?.length ?? 1
    }
  }
  return parts
}

const padded = (number: number, letters: string): string => String(number).padStart(letters.length, '0')

function weekdayOf(fields: DateFields): string {
  return WEEKDAYS[new Date(instantOf(fields) ?? 0).getUTCDay()] ?? ''
}

function written(letters: string, fields: DateFields): string {
  const { year, month, day, hour, minute, second, millisecond } = fields
  const fraction = String(millisecond).padStart(3, '0').padEnd(letters.length, '0').slice(0, letters.length)
  switch (letters.charAt(0)) {
    case 'y':
      return letters.length <= 2 ? padded(year % 100, letters) : padded(year, letters)
    case 'M': {
      const name = MONTHS[month - 1] ?? ''
      return letters.length === 3 ? name.slice(0, 3) : letters.length > 3 ? name : padded(month, letters)
    }
    case 'd':
      if (letters.length === 3) return weekdayOf(fields).slice(0, 3)
      return letters.length > 3 ? weekdayOf(fields) : padded(day, letters)
    case 'H':
      return padded(hour, letters)
    case 'h':
      return padded(hour % 12 === 0 ? 12 : hour % 12, letters)
    case 'm':
      return padded(minute, letters)
    case 's':
      return padded(second, letters)
    case 'f':
      return fraction
    case 'F':
      return fraction.replace(/0+$/, '')
    case 't':
      return (hour < 12 ? 'AM' : 'PM').slice(0, letters.length)
    case 'z':
      return ['+0', '+00', '+00:00'][letters.length - 1] ?? ''
    default:
      return 'Z'
  }
}

/**
 * Write an instant in a .NET date pattern: letters for the fields in the invariant culture, quoted and escaped text as it is,
 * single standard letters as their patterns. In UTC, so an offset is always none.
 *
 * @throws {Error} for a pattern that cannot be read.
 */
export function formatDate(instant: number, pattern: string): string {
  const fields = fieldsOf(instant)
  return partsOf(pattern)
    .map((part) => (part.kind === 'literal' ? part.text : written(part.letters, fields)))
    .join('')
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

function readerFor(letters: string): string {
  const { length } = letters
  switch (letters.charAt(0)) {
    case 'y':
      return length <= 2 ? `\\d{${length},2}` : length === 3 ? '\\d{3,4}' : `\\d{${length}}`
    case 'M':
      if (length === 3) return MONTHS.map((name) => name.slice(0, 3)).join('|')
      return length > 3 ? MONTHS.join('|') : `\\d{${length},2}`
    case 'd':
      if (length === 3) return WEEKDAYS.map((name) => name.slice(0, 3)).join('|')
      return length > 3 ? WEEKDAYS.join('|') : `\\d{${length},2}`
    case 'f':
      return `\\d{${length}}`
    case 'F':
      return `\\d{0,${length}}`
    case 't':
      return length === 1 ? '[AP]' : 'AM|PM'
    case 'z':
      return length === 3 ? '[+-]\\d{2}:\\d{2}' : '[+-]\\d{1,2}'
    case 'K':
      return 'Z|[+-]\\d{2}:\\d{2}|'
    default:
      return `\\d{${length},2}`
  }
}

/** Two-digit years: 30 to 99 are the last century's. */
const fullYear = (digits: string): number =>
  digits.length > 2 ? Number(digits) : Number(digits) + (Number(digits) < 30 ? 2000 : 1900)

/**
 * Read a text written in a .NET date pattern. Fields the pattern lacks are the beginning of a day of January 2000; without an
 * offset it is UTC.
 *
 * @returns `undefined` when the text is not of that form, or no date.
 * @throws {Error} for a pattern that cannot be read.
 */
export function parseDate(text: string, pattern: string): number | undefined {
  const parts = partsOf(pattern)
  const letters = parts.flatMap((part) => (part.kind === 'field' ? [part.letters] : []))
  const names = letters.map((each) => (each.length > 2 && each.startsWith('d') ? 'weekday' : each.charAt(0)))
  // Two readings of one field could contradict each other, and many keep the matcher busy for good.
  if (new Set(names).size < names.length) throw new Error(`The date pattern ${pattern} names a field twice.`)
  const source = parts.map((part) => (part.kind === 'literal' ? escaped(part.text) : `(${readerFor(part.letters)})`))
  const match = new RegExp(`^${source.join('')}$`, 'i').exec(text)
  if (match === null) return undefined
  const found = new Map(names.map((name, index) => [name, match[index + 1] ?? '']))
  const number = (letter: string, otherwise: number): number => Number(found.get(letter) ?? otherwise)
  const named = MONTHS.findIndex(
    (name) => name.slice(0, 3).toLowerCase() === (found.get('M') ?? '').slice(0, 3).toLowerCase(),
  )
  const half = found.get('t')
  const hour = found.has('h') ? hourOfDay(number('h', 0), half ?? 'AM') : number('H', 0)
  if (hour === undefined) return undefined
  return instantOf(
    {
      year: fullYear(found.get('y') ?? '2000'),
      month: named >= 0 ? named + 1 : number('M', 1),
      day: number('d', 1),
      hour,
      minute: number('m', 0),
      second: number('s', 0),
      millisecond: Number((found.get('f') ?? found.get('F') ?? '').padEnd(3, '0').slice(0, 3)),
    },
    offsetMinutesOf(found.get('z') ?? found.get('K')),
  )
}

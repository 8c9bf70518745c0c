import type { SourceValue } from '../types.ts'
import { ExpressionError } from './error.ts'
import { isEmpty, listOf, type Nullable, textOf } from './values.ts'
import { withoutDiacritics } from './without-diacritics.ts'

/** One row of the function table. */
export interface ExpressionFunction {
  readonly name: string
  readonly fewest: number
  readonly most: number
  readonly isEven?: true
  /** Index of the argument that is a comparison. */
  readonly conditionAt?: number
  /** `argument(i)` is evaluated when asked for, so the branch of an IIF not taken never is; null where nothing was given. @throws {Error} with a message; the evaluator adds the position. */
  readonly evaluate: (argument: (index: number) => Nullable, count: number) => Nullable
}

const MANY = Number.POSITIVE_INFINITY

/**
 * The functions there are, one row each (reference 5.3). To add one, add its row; one that needs more than a few lines
 * gets a file of its own.
 */
const FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'Append',
    fewest: 2,
    most: 2,
    evaluate: (argument) => {
      const source = textOf(argument(0))
      return source === null ? null : source + (textOf(argument(1)) ?? '')
    },
  },
  {
    name: 'Coalesce',
    fewest: 1,
    most: MANY,
    evaluate: (argument, count) => firstOf(count, (index) => argument(index)),
  },
  {
    name: 'IIF',
    fewest: 3,
    most: 3,
    conditionAt: 0,
    evaluate: (argument) => (argument(0) === true ? argument(1) : argument(2)),
  },
  {
    name: 'IgnoreFlowIfNullOrEmpty',
    fewest: 1,
    most: 1,
    evaluate: (argument) => {
      const value = argument(0)
      return isEmpty(value) ? null : value
    },
  },
  { name: 'IsNull', fewest: 1, most: 1, evaluate: (argument) => argument(0) === null },
  { name: 'IsNullOrEmpty', fewest: 1, most: 1, evaluate: (argument) => isEmpty(argument(0)) },
  { name: 'IsPresent', fewest: 1, most: 1, evaluate: (argument) => !isEmpty(argument(0)) },
  {
    name: 'Item',
    fewest: 2,
    most: 2,
    evaluate: (argument) => listOf(argument(0))[integerOf(argument(1), 'The index') - 1] ?? null,
  },
  {
    name: 'Join',
    fewest: 2,
    most: MANY,
    evaluate: (argument, count) => {
      const parts: string[] = []
      for (let index = 1; index < count; index += 1) parts.push(...listOf(argument(index)))
      return parts.length === 0 ? null : parts.join(textOf(argument(0)) ?? '')
    },
  },
  {
    name: 'Left',
    fewest: 2,
    most: 2,
    evaluate: (argument) => {
      const text = textOf(argument(0)) ?? ''
      const length = integerOf(argument(1), 'The number of characters')
      return length < 0 ? text : text.slice(0, length)
    },
  },
  {
    name: 'Mid',
    fewest: 3,
    most: 3,
    evaluate: (argument) => {
      const start = integerOf(argument(1), 'The start')
      const length = integerOf(argument(2), 'The length')
      if (start < 1) throw new Error('The start counts from 1.')
      if (length < 0) throw new Error('The length cannot be negative.')
      return (textOf(argument(0)) ?? '').slice(start - 1, start - 1 + length)
    },
  },
  {
    name: 'NormalizeDiacritics',
    fewest: 1,
    most: 1,
    evaluate: (argument) => onText(argument(0), withoutDiacritics),
  },
  {
    name: 'Not',
    fewest: 1,
    most: 1,
    evaluate: (argument) => onText(argument(0), flipped),
  },
  {
    name: 'SingleAppRoleAssignment',
    fewest: 1,
    most: 1,
    evaluate: (argument) => listOf(argument(0))[0] ?? null,
  },
  {
    name: 'StripSpaces',
    fewest: 1,
    most: 1,
    evaluate: (argument) => onText(argument(0), (text) => text.replaceAll(' ', '')),
  },
  {
    name: 'Switch',
    fewest: 4,
    most: MANY,
    isEven: true,
    evaluate: (argument, count) => {
      const source = textOf(argument(0)) ?? ''
      for (let index = 2; index < count; index += 2) {
        if ((textOf(argument(index)) ?? '') === source) return argument(index + 1)
      }
      return argument(1)
    },
  },
  {
    name: 'ToLower',
    fewest: 1,
    most: 2,
    evaluate: (argument) => onText(argument(0), (text) => text.toLocaleLowerCase(cultureOf(argument(1)))),
  },
  {
    name: 'ToUpper',
    fewest: 1,
    most: 2,
    evaluate: (argument) => onText(argument(0), (text) => text.toLocaleUpperCase(cultureOf(argument(1)))),
  },
]

/** Functions the language has and this service does not evaluate; named so that the refusal can say so. */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  'AppRoleAssignments',
  'AppRoleAssignmentsComplex',
  'AssertiveAppRoleAssignmentsComplex',
  'BitAnd',
  'CBool',
  'CDate',
  'ConvertToBase64',
  'ConvertToUTF8Hex',
  'Count',
  'CStr',
  'DateAdd',
  'DateDiff',
  'DateFromNum',
  'DefaultDomain',
  'FormatDateTime',
  'Guid',
  'InStr',
  'IsString',
  'Now',
  'NumFromDate',
  'PCase',
  'RandomString',
  'Redact',
  'RemoveDuplicates',
  'Replace',
  'SelectUniqueValue',
  'Split',
  'Word',
])

const BY_NAME: ReadonlyMap<string, ExpressionFunction> = new Map(FUNCTIONS.map((each) => [each.name, each]))

/** Names of the functions that can be used. */
const FUNCTION_NAMES: readonly string[] = FUNCTIONS.map((each) => each.name)

/** @throws {ExpressionError} at `position`, saying whether the name is unknown, misspelt in case, or not available. */
export function functionNamed(name: string, position: number): ExpressionFunction {
  const found = BY_NAME.get(name)
  if (found !== undefined) return found
  if (UNAVAILABLE.has(name)) throw new ExpressionError(position, `The function ${name} is not available.`)
  const alike = [...FUNCTION_NAMES, ...UNAVAILABLE].find((known) => known.toLowerCase() === name.toLowerCase())
  const hint = alike === undefined ? '' : ` Names are case-sensitive: write ${alike}.`
  throw new ExpressionError(position, `There is no function ${name}.${hint}`)
}

function firstOf(count: number, read: (index: number) => Nullable): SourceValue | null {
  for (let index = 0; index < count; index += 1) {
    const value = read(index)
    if (value !== null) return value
  }
  return null
}

function onText(value: Nullable, change: (text: string) => string): string | null {
  const text = textOf(value)
  return text === null ? null : change(text)
}

function flipped(text: string): string {
  if (text === 'True') return 'False'
  if (text === 'False') return 'True'
  throw new Error(`Not takes True or False, and was given '${text}'.`)
}

function integerOf(value: Nullable, what: string): number {
  const number = typeof value === 'number' ? value : Number(textOf(value) ?? Number.NaN)
  if (!Number.isInteger(number)) throw new Error(`${what} is a whole number.`)
  return number
}

/** Invariant unless a culture is given: the root locale has no special letters. */
function cultureOf(value: Nullable): string {
  const culture = textOf(value)
  if (culture === null || culture === '') return 'und'
  try {
    return Intl.getCanonicalLocales(culture)[0] ?? 'und'
  } catch (cause) {
    throw new Error(`There is no culture '${culture}'.`, { cause })
  }
}

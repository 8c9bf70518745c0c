import { type ExpressionEnvironment, randomBelow } from './environment.ts'
import { type ExpressionFunction, optional, required } from './function-definition.ts'
import { dateText } from './instant.ts'
import { integerOf, type Nullable, textOf } from './values.ts'

/** Longest random text (reference 5.3). */
const LONGEST_RANDOM = 256

const DIGITS = '0123456789'
const SPECIALS = '!@#$%^&*()-_=+[]{};:,.<>?/|~'
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const SMALL = 'abcdefghijklmnopqrstuvwxyz'

/** A GUID in the form of RFC 9562 version 4. */
function randomGuid(environment: ExpressionEnvironment): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = randomBelow(environment, 16)
    return (place === 'x' ? digit : (digit & 0x3) | 0x8).toString(16)
  })
}

interface RandomRecipe {
  readonly length: number
  /** Characters of each kind, and how many of them at least. */
  readonly kinds: readonly (readonly [characters: string, atLeast: number])[]
}

/** The least of every kind first, the rest letters and digits, and special characters when any were asked for; then shuffled. */
function randomText(environment: ExpressionEnvironment, { length, kinds }: RandomRecipe): string {
  const pick = (characters: string): string => characters.charAt(randomBelow(environment, characters.length))
  const picked = kinds.flatMap(([characters, atLeast]) => Array.from({ length: atLeast }, () => pick(characters)))
  const rest = kinds
    .filter(([characters, atLeast]) => atLeast > 0 || !SPECIALS.includes(characters))
    .map(([characters]) => characters)
    .join('')
  while (picked.length < length) picked.push(pick(rest))
  for (let last = picked.length - 1; last > 0; last -= 1) {
    const other = randomBelow(environment, last + 1)
    const kept = picked[last] ?? ''
    picked[last] = picked[other] ?? ''
    picked[other] = kept
  }
  return picked.join('')
}

function recipeOf(argument: (index: number) => Nullable): RandomRecipe {
  const length = integerOf(argument(0), 'The length')
  if (length < 0 || length > LONGEST_RANDOM) throw new Error(`The length is at most ${LONGEST_RANDOM}.`)
  const avoided = textOf(argument(5)) ?? ''
  const least = (index: number, what: string): number => {
    const number = argument(index) === null ? 0 : integerOf(argument(index), what)
    if (number < 0) throw new Error(`${what} cannot be negative.`)
    return number
  }
  const without = (characters: string): string =>
    Array.from(characters)
      .filter((each) => !avoided.includes(each))
      .join('')
  const kinds = [
    [without(DIGITS), least(1, 'The number of digits')],
    [without(SPECIALS), least(2, 'The number of special characters')],
    [without(CAPITALS), least(3, 'The number of capitals')],
    [without(SMALL), least(4, 'The number of small letters')],
  ] as const
  if (kinds.some(([characters, atLeast]) => characters === '' && atLeast > 0)) {
    throw new Error('Every character of a kind that is asked for is to be avoided.')
  }
  if (kinds.every(([characters], index) => characters === '' || index === 1)) {
    throw new Error('No letter and no digit is left to choose from.')
  }
  if (kinds.reduce((sum, [, atLeast]) => sum + atLeast, 0) > length) {
    throw new Error('The length is less than the characters asked for.')
  }
  return { length, kinds }
}

/** Functions whose result depends on when, where and by what chance they are evaluated (reference 5.3). */
export const ENVIRONMENT_FUNCTIONS: readonly ExpressionFunction[] = [
  {
    name: 'DefaultDomain',
    description: 'The primary domain of the tenant.',
    parameters: [],
    evaluate: ({ environment }) => environment().defaultDomain,
  },
  {
    name: 'Guid',
    description: 'A new random GUID at every evaluation.',
    parameters: [],
    evaluate: ({ environment }) => randomGuid(environment()),
  },
  {
    name: 'Now',
    description: 'The time of the evaluation in UTC, as month/day/year and a twelve-hour clock.',
    parameters: [],
    evaluate: ({ environment }) => dateText(environment().now),
  },
  {
    name: 'RandomString',
    description:
      'A random text of up to 256 characters with at least so many digits, special characters, capitals and small letters.',
    parameters: [
      required('length'),
      required('minimumNumbers'),
      required('minimumSpecialCharacters'),
      required('minimumCapital'),
      required('minimumLowerCase'),
      optional('charactersToAvoid'),
    ],
    evaluate: ({ argument, environment }) => randomText(environment(), recipeOf(argument)),
  },
]

import { CONVERSION_FUNCTIONS } from './conversion-functions.ts'
import { DATE_FUNCTIONS } from './date-functions.ts'
import { ENVIRONMENT_FUNCTIONS } from './environment-functions.ts'
import { ExpressionError } from './error.ts'
import type { ExpressionFunction } from './function-definition.ts'
import { LIST_FUNCTIONS } from './list-functions.ts'
import { LOGIC_FUNCTIONS } from './logic-functions.ts'
import { REPLACE_FUNCTION } from './replace-function.ts'
import { ROLE_FUNCTIONS } from './role-functions.ts'
import { TEXT_FUNCTIONS } from './text-functions.ts'

/** Every function of the language (reference 5.3), by name. To add one, add its row to the table of its theme. */
export const ALL_FUNCTIONS: readonly ExpressionFunction[] = [
  ...TEXT_FUNCTIONS,
  REPLACE_FUNCTION,
  ...LIST_FUNCTIONS,
  ...LOGIC_FUNCTIONS,
  ...CONVERSION_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...ROLE_FUNCTIONS,
  ...ENVIRONMENT_FUNCTIONS,
].toSorted((one, other) => one.name.localeCompare(other.name, 'en'))

const BY_NAME: ReadonlyMap<string, ExpressionFunction> = new Map(ALL_FUNCTIONS.map((row) => [row.name, row]))

/** @throws {ExpressionError} at `position`, saying whether the name is unknown or misspelt in case. */
export function functionNamed(name: string, position: number): ExpressionFunction {
  const found = BY_NAME.get(name)
  if (found !== undefined) return found
  const alike = ALL_FUNCTIONS.find((known) => known.name.toLowerCase() === name.toLowerCase())
  const hint = alike === undefined ? '' : ` Names are case-sensitive: write ${alike.name}.`
  throw new ExpressionError(position, `There is no function ${name}.${hint}`)
}

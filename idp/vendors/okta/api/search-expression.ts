import { ScimError } from '#kit/scim/errors.ts'
import { type ComparisonOperator, type ComparisonValue, type Filter, parseFilter } from '#kit/scim/filter.ts'
import { printAttributePath } from '#kit/scim/path.ts'
import { ApiError } from './api-error.ts'

/**
 * Expressions of `filter` and `search`: SCIM's grammar with Okta's paths (`profile.department eq "Sales" and status eq "ACTIVE"`).
 * Texts compare without case, instants by time.
 */

/** An operator of an expression; `pr` asks whether there is a value. */
export type SearchOperator = ComparisonOperator | 'pr'

/** Operators a path takes; `undefined` for a path that does not exist. */
export type Abilities = (path: string) => readonly SearchOperator[] | undefined

function badSearch(why: string): ApiError {
  return new ApiError('E0000031', { causes: [why] })
}

/** Longer ones are refused, so that an expression costs little to try on a record. */
const MOST_CLAUSES = 50

/**
 * Read an expression.
 * @throws {ApiError} E0000031 for what cannot be read, a path or an operator the list does not know, and too many clauses.
 */
export function parseSearch(text: string, abilities: Abilities): Filter {
  const filter = readFilter(text)
  let clauses = 0
  const check = (each: Filter): void => {
    clauses += 1
    if (clauses > MOST_CLAUSES) throw badSearch(`An expression has at most ${MOST_CLAUSES} clauses here.`)
    switch (each.kind) {
      case 'and':
      case 'or':
        for (const inner of each.filters) check(inner)
        break
      case 'not':
        check(each.filter)
        break
      case 'element':
        throw badSearch('Brackets are not supported in expressions.')
      case 'present':
      case 'compare': {
        const path = printAttributePath(each.path)
        const operator = each.kind === 'present' ? 'pr' : each.operator
        const operators = abilities(path)
        if (operators === undefined) throw badSearch(`Unrecognized attribute '${path}' in the search expression.`)
        if (!operators.includes(operator)) throw badSearch(`The operator '${operator}' is not supported for '${path}'.`)
      }
    }
  }
  check(filter)
  return filter
}

function readFilter(text: string): Filter {
  try {
    return parseFilter(text)
  } catch (error) {
    if (error instanceof ScimError) throw badSearch('The expression cannot be read.')
    throw error
  }
}

/** Whether a resource satisfies an expression. @param resource As it is rendered, or its members in question. */
export function satisfies(resource: object, filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((each) => satisfies(resource, each))
    case 'or':
      return filter.filters.some((each) => satisfies(resource, each))
    case 'not':
      return !satisfies(resource, filter.filter)
    case 'present':
      return valuesAt(resource, printAttributePath(filter.path)).length > 0
    case 'compare': {
      const { operator, value } = filter
      const values = valuesAt(resource, printAttributePath(filter.path))
      if (operator === 'ne') return !values.some((held) => holds('eq', held, value))
      return values.some((held) => holds(operator, held, value))
    }
    case 'element':
      return false
  }
}

/** Every value at a path, those of the members of lists; none where something on the way is missing or null. */
function valuesAt(resource: unknown, path: string): readonly unknown[] {
  let values: readonly unknown[] = [resource]
  for (const name of path.split('.')) {
    values = values.flatMap((value) => {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return []
      return (value as Readonly<Record<string, unknown>>)[name]
    })
  }
  return values.filter((value) => value !== null && value !== undefined && value !== '')
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(t\d{2}:\d{2}(:\d{2}(\.\d+)?)?(z|[+-]\d{2}:\d{2})?)?$/

/** Negative, nought or positive; `undefined` where two values cannot be compared. */
function orderOf(held: unknown, wanted: ComparisonValue): number | undefined {
  if (typeof held === 'number' && typeof wanted === 'number') return held - wanted
  if (typeof held === 'boolean' && typeof wanted === 'boolean') return held === wanted ? 0 : undefined
  if (typeof held !== 'string' || typeof wanted !== 'string') return undefined
  const [one, other] = [held.toLowerCase(), wanted.toLowerCase()]
  if (INSTANT.test(one) && INSTANT.test(other)) return Date.parse(one.toUpperCase()) - Date.parse(other.toUpperCase())
  return one === other ? 0 : one < other ? -1 : 1
}

function holds(operator: ComparisonOperator, held: unknown, wanted: ComparisonValue): boolean {
  const texts =
    typeof held === 'string' && typeof wanted === 'string'
      ? ([held.toLowerCase(), wanted.toLowerCase()] as const)
      : undefined
  const order = orderOf(held, wanted)
  switch (operator) {
    case 'eq':
      return order === 0
    case 'ne':
      return order !== 0
    case 'gt':
      return order !== undefined && order > 0
    case 'ge':
      return order !== undefined && order >= 0
    case 'lt':
      return order !== undefined && order < 0
    case 'le':
      return order !== undefined && order <= 0
    case 'co':
      return texts?.[0].includes(texts[1]) === true
    case 'sw':
      return texts?.[0].startsWith(texts[1]) === true
    case 'ew':
      return texts?.[0].endsWith(texts[1]) === true
  }
}

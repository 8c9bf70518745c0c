import type { AttributeDefinition, ScopingClause, ScopingFilter } from '../types.ts'
import { integerOf } from './judge.ts'
import { scopingOperatorOf } from './operators.ts'
import { readPattern } from './pattern.ts'

/** A source attribute as the check needs to know it. */
export type ScopingAttribute = Pick<AttributeDefinition, 'name' | 'type' | 'multiValued'>

/** Fields of the editor a problem can stand beside. `clauses`: of the filter as a whole. */
export type ScopingField = 'title' | 'clauses' | 'attribute' | 'operator' | 'value'

/** What must be put right, and where: filter and clause are counted from 0. */
export interface ScopingProblem {
  readonly filter: number
  readonly clause?: number
  readonly field: ScopingField
  readonly message: string
}

export const MOST_FILTERS = 50
export const MOST_CLAUSES = 50
const LONGEST_TITLE = 120
const LONGEST_VALUE = 1_000

/** Attributes no filter can be about, whatever their type (reference 4.3); `IsSoftDeleted` follows from the filters itself. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'approleassignments',
  'issoftdeleted',
  'manager',
  'members',
  'usertype',
])

/** Attributes a filter can be about, of those the source has: the choice of the editor. */
export function scopingAttributes(attributes: readonly ScopingAttribute[]): readonly ScopingAttribute[] {
  return attributes.filter((attribute) => whyUnsupported(attribute) === undefined)
}

function whyUnsupported({ name, type, multiValued }: ScopingAttribute): string | undefined {
  if (UNSUPPORTED.has(name.toLowerCase())) return `Scoping filters cannot be about ${name}.`
  if (multiValued) return `${name} can hold several values: scoping filters cannot be about such attributes.`
  if (type === 'DateTime') return `${name} is a date: scoping filters cannot be about dates.`
  return type === 'Reference' ? `${name} refers to another object: scoping filters cannot be about it.` : undefined
}

function attributeProblem(name: string, attributes: readonly ScopingAttribute[]): string | undefined {
  if (name === '') return 'Choose an attribute.'
  const known = attributes.find((attribute) => attribute.name === name)
  if (known !== undefined) return whyUnsupported(known)
  if (UNSUPPORTED.has(name.toLowerCase())) return `Scoping filters cannot be about ${name}.`
  const near = attributes.find((attribute) => attribute.name.toLowerCase() === name.toLowerCase())
  return near === undefined
    ? `The source has no attribute ${name}.`
    : `The source has no attribute ${name}. Attribute names are case-sensitive: it is ${near.name}.`
}

function operatorProblem(clause: ScopingClause, attribute: ScopingAttribute | undefined): string | undefined {
  const operator = scopingOperatorOf(clause.operator)
  if (operator === undefined || operator.name !== clause.operator) {
    return clause.operator === ('' as string) ? 'Choose an operator.' : `There is no operator ${clause.operator}.`
  }
  if (attribute === undefined || operator.supportedAttributeTypes.includes(attribute.type)) return undefined
  return `${operator.label} cannot be used with ${attribute.name}, which is of type ${attribute.type}.`
}

function valueProblem({ operator: name, value }: ScopingClause): string | undefined {
  const operator = scopingOperatorOf(name)
  if (operator === undefined) return undefined
  if (operator.arity === 'Unary') return value === '' ? undefined : `${operator.label} takes no value.`
  if (value === '') return `${operator.label} needs a value.`
  if (value.length > LONGEST_VALUE) return `A value has at most ${LONGEST_VALUE} characters.`
  if (operator.name === 'GREATER_THAN' || operator.name === 'GREATER_THAN_OR_EQUALS') {
    return integerOf(value) === null ? `${operator.label} compares with an integer.` : undefined
  }
  if (operator.name !== 'REGEX MATCH' && operator.name !== 'NOT REGEX MATCH') return undefined
  const pattern = readPattern(value)
  return pattern.ok ? undefined : pattern.message
}

function titleProblem(title: string, earlier: readonly ScopingFilter[]): string | undefined {
  if (title.trim() === '') return 'A scoping filter needs a title.'
  if (title.length > LONGEST_TITLE) return `A title has at most ${LONGEST_TITLE} characters.`
  const isTaken = earlier.some((other) => other.title.trim().toLowerCase() === title.trim().toLowerCase())
  return isTaken ? `There is a scoping filter called ${title.trim()} already.` : undefined
}

/**
 * What must be put right before the scoping filters of a mapping are saved (reference 4.1 to 4.3): every filter has a title
 * of its own and a clause at least, every clause an attribute of the source a filter can be about, an operator that fits
 * its type, and a value where the operator takes one: an integer, or a regular expression that can be used, where it asks
 * for that.
 *
 * @param attributes The source attributes of the kind of object the mapping is for.
 * @returns the problems in the order of filters, clauses and fields; empty for filters that can be saved.
 */
export function checkScopingFilters(
  filters: readonly ScopingFilter[],
  attributes: readonly ScopingAttribute[],
): readonly ScopingProblem[] {
  const problems: ScopingProblem[] = []
  filters.forEach((entry, filter) => {
    const add = (field: ScopingField, message: string | undefined, clause?: number): void => {
      if (message !== undefined) problems.push({ filter, field, message, ...(clause === undefined ? {} : { clause }) })
    }
    if (filter === MOST_FILTERS) add('clauses', `A mapping has at most ${MOST_FILTERS} scoping filters.`)
    add('title', titleProblem(entry.title, filters.slice(0, filter)))
    if (entry.clauses.length === 0) add('clauses', 'A scoping filter needs at least one clause.')
    if (entry.clauses.length > MOST_CLAUSES) add('clauses', `A scoping filter has at most ${MOST_CLAUSES} clauses.`)
    entry.clauses.slice(0, MOST_CLAUSES).forEach((clause, index) => {
      const wrongAttribute = attributeProblem(clause.attribute, attributes)
      const attribute = attributes.find(({ name }) => wrongAttribute === undefined && name === clause.attribute)
      add('attribute', wrongAttribute, index)
      add('operator', operatorProblem(clause, attribute), index)
      add('value', valueProblem(clause), index)
    })
  })
  return problems
}

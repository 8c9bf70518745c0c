import { isEmpty, textOf } from '../expression/values.ts'
import type { ScopingClause, ScopingFilter, SourceAttributes, SourceValue } from '../types.ts'
import { clauseText } from './clause-text.ts'
import { readPattern } from './pattern.ts'

/** What the filters of a mapping come to for one object. */
export interface ScopingResult {
  /** One of the filters lets it through, or there are none. */
  readonly passes: boolean
  /** What every clause came to, by its text ({@link clauseText}); empty without filters. */
  readonly clauses: Readonly<Record<string, boolean>>
  /** Clauses that could not be judged and so are false: an attribute to be compared as an integer is none. */
  readonly notIntegers: readonly string[]
}

/** Judges one object after the other by the same filters. */
export type ScopingJudge = (attributes: SourceAttributes) => ScopingResult

/** The result where no filters are defined. */
export const ALL_RECORDS: ScopingResult = { passes: true, clauses: {}, notIntegers: [] }

type Verdict = boolean | 'not-an-integer'
type ClauseTest = (value: SourceValue | null) => Verdict

const INTEGER = /^[+-]?\d+$/

/** The integer a text says, of any size; `null` when it says none. */
export function integerOf(text: string): bigint | null {
  const trimmed = text.trim()
  return INTEGER.test(trimmed) ? BigInt(trimmed.replace(/^\+/, '')) : null
}

/** A clause on text: false for an attribute without a value, and for a list, which no clause can be about (reference 4.3). */
function onText(test: (text: string) => Verdict): ClauseTest {
  return (value) => {
    const isList = typeof value === 'object' && value !== null
    const text = isList ? null : textOf(value)
    return text === null || text === '' ? false : test(text)
  }
}

function onIntegers(limit: string, test: (value: bigint, limit: bigint) => boolean): ClauseTest {
  const bound = integerOf(limit)
  return onText((text) => {
    const value = integerOf(text)
    return value === null || bound === null ? 'not-an-integer' : test(value, bound)
  })
}

function onPattern(pattern: string, expected: boolean): ClauseTest {
  const read = readPattern(pattern)
  return onText((text) => read.ok && read.matches(text) === expected)
}

function testOf({ operator, value: operand }: ScopingClause): ClauseTest {
  switch (operator) {
    case 'EQUALS':
      return onText((text) => text === operand)
    case 'NOT EQUALS':
      return onText((text) => text !== operand)
    case 'IS TRUE':
      return (value) => value === true
    case 'IS FALSE':
      return (value) => value === false
    case 'IS NULL':
      return (value) => isEmpty(value)
    case 'IS NOT NULL':
      return (value) => !isEmpty(value)
    case 'REGEX MATCH':
      return onPattern(operand, true)
    case 'NOT REGEX MATCH':
      return onPattern(operand, false)
    case 'GREATER_THAN':
      return onIntegers(operand, (value, limit) => value > limit)
    case 'GREATER_THAN_OR_EQUALS':
      return onIntegers(operand, (value, limit) => value >= limit)
    case 'INCLUDES':
      return onText((text) => text.includes(operand))
    case 'ENDS_WITH':
      return onText((text) => text.endsWith(operand))
    case '&':
      return onText((text) => operand.includes(text))
    case '!&':
      return onText((text) => !operand.includes(text))
  }
}

/**
 * Make ready to judge objects by scoping filters: the clauses of one filter must all hold, one filter is enough, and without
 * any filter every record passes. Each object is judged alone (reference 4.1).
 *
 * A clause about an attribute without a value is false, `NOT EQUALS` too; only `IS NULL` is true for it (4.2, 4.3). Texts
 * are compared to the letter. A filter without clauses, and one whose regular expression cannot be read, lets nobody
 * through: both are refused before they are saved.
 */
export function createScopingJudge(filters: readonly ScopingFilter[]): ScopingJudge {
  if (filters.length === 0) return () => ALL_RECORDS
  const prepared = filters.map(({ title, clauses }) =>
    clauses.map((clause) => ({ label: clauseText(title, clause), attribute: clause.attribute, test: testOf(clause) })),
  )
  return (attributes) => {
    const results: Record<string, boolean> = {}
    const notIntegers: string[] = []
    let passes = false
    for (const clauses of prepared) {
      let holds = clauses.length > 0
      for (const { label, attribute, test } of clauses) {
        const verdict = test(Object.hasOwn(attributes, attribute) ? (attributes[attribute] ?? null) : null)
        if (verdict === 'not-an-integer') notIntegers.push(label)
        results[label] = verdict === true
        holds &&= verdict === true
      }
      passes ||= holds
    }
    return { passes, clauses: results, notIntegers }
  }
}

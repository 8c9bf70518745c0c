import type { SourceAttributes, SourceValue } from '../types.ts'
import type { ExpressionEnvironment } from './environment.ts'
import { ExpressionError } from './error.ts'
import { evaluateExpression } from './evaluate.ts'
import { parseExpression } from './parser.ts'
import { listOf, textOf } from './values.ts'

/** What an expression came to for one object, or why it cannot be used. */
export type ExpressionTest =
  | {
      readonly ok: true
      readonly value: SourceValue | null
      /** The value in words: `True`, the values of a list after one another; `null` when nothing would flow. */
      readonly shown: string | null
    }
  | {
      readonly ok: false
      /** Counted from 0. */
      readonly position: number
      readonly message: string
    }

/**
 * Try an expression on the attributes of one object: the live test of the expression builder. Changes nothing, and never
 * throws for what somebody typed.
 */
export function testExpression(
  text: string,
  source: SourceAttributes,
  environment: ExpressionEnvironment,
): ExpressionTest {
  try {
    const value = evaluateExpression(parseExpression(text), source, environment)
    return { ok: true, value, shown: Array.isArray(value) ? listOf(value).join(', ') : textOf(value) }
  } catch (problem) {
    if (!(problem instanceof ExpressionError)) throw problem
    return { ok: false, position: problem.position, message: problem.message }
  }
}

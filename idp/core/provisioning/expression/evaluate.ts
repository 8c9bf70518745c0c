import type { SourceAttributes, SourceValue } from '../types.ts'
import type { ExpressionEnvironment } from './environment.ts'
import { ExpressionError } from './error.ts'
import type { ComparisonOperator } from './lexer.ts'
import type { Expression, Operand } from './parser.ts'
import { mustFit, type Nullable, textOf } from './values.ts'

/**
 * The value of an expression for one source object; `null` when nothing is to flow. An attribute the object lacks is null.
 *
 * @param environment Time, chance and place; without it, functions that need them fail.
 * @throws {ExpressionError} at the call at fault: a comparison with null (reference 5.3, IIF), a number that is none, a
 *   value `Not` cannot flip.
 */
export function evaluateExpression(
  expression: Expression,
  source: SourceAttributes,
  environment?: ExpressionEnvironment,
): SourceValue | null {
  return evaluateOperand(expression, source, environment)
}

/** The value of a part of an expression, by itself. @throws {ExpressionError} as {@link evaluateExpression} does. */
export function evaluateOperand(
  operand: Operand,
  source: SourceAttributes,
  environment?: ExpressionEnvironment,
): SourceValue | null {
  return resolve(operand, { source, environment })
}

interface Given {
  readonly source: SourceAttributes
  readonly environment: ExpressionEnvironment | undefined
}

function resolve(operand: Operand, given: Given): Nullable {
  switch (operand.kind) {
    case 'empty':
      return null
    case 'literal':
    case 'constant':
      return operand.value
    case 'attribute':
      return Object.hasOwn(given.source, operand.name) ? (given.source[operand.name] ?? null) : null
    case 'comparison':
      return compare(operand, given)
    case 'call':
      return callValue(operand, given)
  }
}

/** Arguments are evaluated when they are asked for, and once: a function that asks again would double the work at every level. */
function callValue({ call, args, position }: Expression, given: Given): Nullable {
  const known = new Map<number, Nullable>()
  try {
    const value = call.evaluate({
      count: args.length,
      argument(index) {
        const operand = args[index]
        if (operand === undefined) return null
        const before = known.get(index)
        if (before !== undefined) return before
        const argument = resolve(operand, given)
        known.set(index, argument)
        return argument
      },
      environment() {
        if (given.environment === undefined) throw new Error('Neither time nor chance is known here.')
        return given.environment
      },
    })
    if (typeof value === 'string') mustFit(value.length)
    return value
  } catch (problem) {
    if (problem instanceof ExpressionError || !(problem instanceof Error)) throw problem
    throw new ExpressionError(position, `${call.name}: ${problem.message}`)
  }
}

function compare(operand: Extract<Operand, { kind: 'comparison' }>, given: Given): boolean {
  const left = textOf(resolve(operand.left, given))
  const right = textOf(resolve(operand.right, given))
  if (left === null || right === null) {
    throw new ExpressionError(operand.position, 'A comparison with a value that is null fails.')
  }
  return holds(operand.operator, orderOf(left, right))
}

/** Numbers by value, all else by its characters, capitals apart. */
function orderOf(left: string, right: string): number {
  const numbers = [Number(left), Number(right)] as const
  const isNumeric = left.trim() !== '' && right.trim() !== '' && numbers.every((number) => Number.isFinite(number))
  if (isNumeric) return numbers[0] - numbers[1]
  return left === right ? 0 : left < right ? -1 : 1
}

function holds(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0
    case '<>':
      return order !== 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
  }
}

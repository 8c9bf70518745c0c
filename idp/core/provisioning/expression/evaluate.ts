import type { SourceAttributes, SourceValue } from '../types.ts'
import { ExpressionError } from './error.ts'
import type { ComparisonOperator } from './lexer.ts'
import type { Expression, Operand } from './parser.ts'
import { type Nullable, textOf } from './values.ts'

/**
 * The value of an expression for one source object; `null` when nothing is to flow. An attribute the object lacks is null.
 *
 * @throws {ExpressionError} at the call at fault: a comparison with null (reference 5.3, IIF), a number that is none, a
 *   value `Not` cannot flip.
 */
export function evaluateExpression(expression: Expression, source: SourceAttributes): SourceValue | null {
  return resolve(expression, source)
}

function resolve(operand: Operand, source: SourceAttributes): Nullable {
  switch (operand.kind) {
    case 'empty':
      return null
    case 'literal':
      return operand.value
    case 'attribute':
      return Object.hasOwn(source, operand.name) ? (source[operand.name] ?? null) : null
    case 'comparison':
      return compare(operand, source)
    case 'call':
      return callValue(operand, source)
  }
}

function callValue({ call, args, position }: Expression, source: SourceAttributes): Nullable {
  const argument = (index: number): Nullable => {
    const operand = args[index]
    return operand === undefined ? null : resolve(operand, source)
  }
  try {
    return call.evaluate(argument, args.length)
  } catch (problem) {
    if (problem instanceof ExpressionError || !(problem instanceof Error)) throw problem
    throw new ExpressionError(position, `${call.name}: ${problem.message}`)
  }
}

function compare(operand: Extract<Operand, { kind: 'comparison' }>, source: SourceAttributes): boolean {
  const left = textOf(resolve(operand.left, source))
  const right = textOf(resolve(operand.right, source))
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

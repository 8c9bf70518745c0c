import { ExpressionError } from './error.ts'
import { BadArgument, FUNCTIONS } from './functions.ts'
import { type Node, type Operator, parseExpression } from './parser.ts'
import { type ExpressionScope, type ExpressionValue, isList, textOf } from './values.ts'

/**
 * Compute an expression of the language of reference sheet 3.7. Pure; names of functions and attributes are case-sensitive.
 * @throws {ExpressionError} with the place of the problem.
 */
export function evaluateExpression(source: string, scope: ExpressionScope): ExpressionValue {
  return compute(parseExpression(source), scope)
}

/** What a page shows beside an expression: the value for one person, or what is wrong and where. */
export type ExpressionPreview =
  | { readonly ok: true; readonly value: ExpressionValue }
  | { readonly ok: false; readonly message: string; readonly position: number }

export function previewExpression(source: string, scope: ExpressionScope): ExpressionPreview {
  try {
    return { ok: true, value: evaluateExpression(source, scope) }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { ok: false, message: error.message, position: error.position }
  }
}

function compute(node: Node, scope: ExpressionScope): ExpressionValue {
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'list':
      return node.items.map((item) => compute(item, scope))
    case 'reference':
      return lookUp(node, scope)
    case 'not':
      return !isTrue(compute(node.operand, scope))
    case 'choice':
      return isTrue(compute(node.condition, scope)) ? compute(node.yes, scope) : compute(node.no, scope)
    case 'binary':
      return combine(node, scope)
    case 'call':
      return call(node, scope)
  }
}

function isTrue(value: ExpressionValue): boolean {
  return value === true
}

function lookUp({ scope: name, attribute, at }: Node & { kind: 'reference' }, scope: ExpressionScope): ExpressionValue {
  const reference = Object.hasOwn(scope.references, name) ? scope.references[name] : undefined
  if (reference === undefined) throw new ExpressionError(`"${name}" is not known here.`, at)
  const value = reference(attribute)
  if (value === undefined) throw new ExpressionError(`Invalid property ${attribute} in expression.`, at)
  return value
}

function combine({ operator, left, right }: Node & { kind: 'binary' }, scope: ExpressionScope): ExpressionValue {
  const first = compute(left, scope)
  // What does not matter is not computed, so that a check for null can guard what follows it.
  if (operator === '&&') return isTrue(first) && isTrue(compute(right, scope))
  if (operator === '||') return isTrue(first) || isTrue(compute(right, scope))
  const second = compute(right, scope)
  switch (operator) {
    case '==':
      return isSame(first, second)
    case '!=':
      return !isSame(first, second)
    case '+':
      return typeof first === 'number' && typeof second === 'number' ? first + second : textOf(first) + textOf(second)
    case '-':
      return Number(textOf(first)) - Number(textOf(second))
    default:
      return compare(operator, first, second)
  }
}

function compare(operator: Exclude<Operator, '+' | '-'>, first: ExpressionValue, second: ExpressionValue): boolean {
  if (first === null || second === null) return false
  const [one, other] =
    typeof first === 'number' && typeof second === 'number' ? [first, second] : [textOf(first), textOf(second)]
  switch (operator) {
    case '<':
      return one < other
    case '>':
      return one > other
    case '<=':
      return one <= other
    default:
      return one >= other
  }
}

function isSame(one: ExpressionValue, other: ExpressionValue): boolean {
  if (one === null || other === null) return one === other
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((each, index) => isSame(each, other[index] ?? null))
  }
  return one === other
}

function call({ name, args, at }: Node & { kind: 'call' }, scope: ExpressionScope): ExpressionValue {
  const definition = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  if (definition === undefined) throw new ExpressionError(`There is no function ${name}.`, at)
  const [least, most] = definition.arity
  if (args.length < least || args.length > most) {
    const wanted =
      least === most ? String(least) : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`
    throw new ExpressionError(
      `${name} takes ${wanted} argument${wanted.endsWith('1') ? '' : 's'}, not ${args.length}.`,
      at,
    )
  }
  const values = args.map((argument) => compute(argument, scope))
  try {
    return definition.run(values, scope)
  } catch (error) {
    if (error instanceof BadArgument) throw new ExpressionError(`${name}: ${error.message}`, at)
    throw error
  }
}

import { ExpressionError } from './error.ts'
import { arityOf, type ExpressionFunction } from './function-definition.ts'
import { functionNamed } from './functions.ts'
import { type ComparisonOperator, type Token, tokenize } from './lexer.ts'

/** A part of an expression. `empty` is an argument left out: `Switch([x], , "a", "b")`. */
export type Operand =
  | {
      readonly kind: 'call'
      readonly call: ExpressionFunction
      readonly args: readonly Operand[]
      readonly position: number
    }
  | { readonly kind: 'attribute'; readonly name: string; readonly position: number }
  | { readonly kind: 'literal'; readonly value: string | number; readonly position: number }
  | { readonly kind: 'constant'; readonly value: NamedConstant; readonly position: number }
  | {
      readonly kind: 'comparison'
      readonly operator: ComparisonOperator
      readonly left: Operand
      readonly right: Operand
      readonly position: number
    }
  | { readonly kind: 'empty'; readonly position: number }

/** Names that stand for themselves: how `InStr` compares. */
const NAMED_CONSTANTS = ['vbBinaryCompare', 'vbTextCompare'] as const
export type NamedConstant = (typeof NAMED_CONSTANTS)[number]

/** A whole expression: a function call. */
export type Expression = Extract<Operand, { kind: 'call' }>

/** Longest expression, in characters (reference 5.2). */
export const LONGEST_EXPRESSION = 10_000
/** The one function that is no part of another. */
const TOP_ONLY = 'SelectUniqueValue'
/** Calls inside calls. Deeper ones are refused rather than left to exhaust the stack. */
const DEEPEST_NESTING = 100

/**
 * Read an expression of the mapping language (reference 5.3): function calls only at top level; arguments are `[attribute]`,
 * "text", numbers (`&HF` in hexadecimal), calls, comparisons of two of these, or nothing. Names are case-sensitive.
 *
 * @throws {ExpressionError} with the position, for what cannot be read, a function that does not exist, a wrong number of
 *   arguments, and `SelectUniqueValue` anywhere but at the top.
 */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST_EXPRESSION) {
    throw new ExpressionError(LONGEST_EXPRESSION, `An expression has at most ${LONGEST_EXPRESSION} characters.`)
  }
  const reader = createTokenReader(tokenize(text))
  const first = reader.peek()
  if (first.kind !== 'name') {
    throw new ExpressionError(first.position, 'An expression is a function call, such as ToLower([mail]).')
  }
  const expression = readCall(reader, 1)
  const rest = reader.peek()
  if (rest.kind !== 'end') {
    throw new ExpressionError(rest.position, 'The expression ends before this; only one function stands at the top.')
  }
  return expression
}

interface TokenReader {
  peek(): Token
  next(): Token
}

function createTokenReader(tokens: readonly Token[]): TokenReader {
  let index = 0
  const end: Token = { kind: 'end', position: 0 }
  const peek = (): Token => tokens[index] ?? tokens.at(-1) ?? end
  return {
    peek,
    next() {
      const token = peek()
      index += 1
      return token
    },
  }
}

function readCall(reader: TokenReader, depth: number): Expression {
  const name = reader.next()
  if (name.kind !== 'name') throw new ExpressionError(name.position, 'A function name is expected here.')
  if (depth > DEEPEST_NESTING) {
    throw new ExpressionError(name.position, `Functions are nested at most ${DEEPEST_NESTING} deep.`)
  }
  const open = reader.next()
  if (open.kind !== '(') {
    throw new ExpressionError(open.position, `After ${name.text} an opening parenthesis is expected.`)
  }
  const call = functionNamed(name.text, name.position)
  const args = readArguments(reader, depth)
  const problem =
    depth > 1 && call.name === TOP_ONLY ? `${TOP_ONLY} stands only at the top.` : argumentProblem(call, args)
  if (problem !== undefined) throw new ExpressionError(name.position, problem)
  return { kind: 'call', call, args, position: name.position }
}

function readArguments(reader: TokenReader, depth: number): readonly Operand[] {
  if (reader.peek().kind === ')') {
    reader.next()
    return []
  }
  const args: Operand[] = []
  for (;;) {
    args.push(readArgument(reader, depth))
    const separator = reader.next()
    if (separator.kind === ')') return args
    if (separator.kind !== ',') {
      throw new ExpressionError(separator.position, 'A comma or a closing parenthesis is expected here.')
    }
  }
}

function readArgument(reader: TokenReader, depth: number): Operand {
  const first = reader.peek()
  if (first.kind === ',' || first.kind === ')') return { kind: 'empty', position: first.position }
  const left = readValue(reader, depth)
  const operator = reader.peek()
  if (operator.kind !== 'operator') return left
  reader.next()
  const right = readValue(reader, depth)
  return { kind: 'comparison', operator: operator.operator, left, right, position: operator.position }
}

function readValue(reader: TokenReader, depth: number): Operand {
  const token = reader.peek()
  switch (token.kind) {
    case 'name': {
      const constant = NAMED_CONSTANTS.find((known) => known === token.text)
      if (constant === undefined) return readCall(reader, depth + 1)
      reader.next()
      return { kind: 'constant', value: constant, position: token.position }
    }
    case 'attribute':
      reader.next()
      return { kind: 'attribute', name: token.name, position: token.position }
    case 'string':
    case 'number':
      reader.next()
      return { kind: 'literal', value: token.value, position: token.position }
    default:
      throw new ExpressionError(token.position, 'An attribute, a text, a number or a function is expected here.')
  }
}

function argumentProblem(call: ExpressionFunction, args: readonly Operand[]): string | undefined {
  const { name, parameters } = call
  const { fewest, most } = arityOf(call)
  if (args.length < fewest || args.length > most) {
    const wanted =
      most === Number.POSITIVE_INFINITY ? `at least ${fewest}` : fewest === most ? `${fewest}` : `${fewest} to ${most}`
    return `${name} takes ${wanted} argument${wanted === '1' ? '' : 's'}; ${args.length} given.`
  }
  if (call.isEven === true && args.length % 2 !== 0)
    return `${name} takes an even number of arguments; ${args.length} given.`
  for (const [index, arg] of args.entries()) {
    const comparison = parameters[index]?.comparison
    if (comparison === 'only' && arg.kind !== 'comparison') {
      return `${name} needs a comparison as argument ${index + 1}, such as [country] = "US".`
    }
    if (comparison === undefined && arg.kind === 'comparison')
      return `${name} takes no comparison as argument ${index + 1}.`
  }
  return undefined
}

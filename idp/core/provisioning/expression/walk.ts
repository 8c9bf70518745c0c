import { ExpressionError } from './error.ts'
import { type Expression, type Operand, parseExpression } from './parser.ts'

/** An expression and everything inside it, outermost first. */
export function* partsOf(operand: Operand): Generator<Operand> {
  yield operand
  if (operand.kind === 'call') for (const arg of operand.args) yield* partsOf(arg)
  if (operand.kind === 'comparison') {
    yield* partsOf(operand.left)
    yield* partsOf(operand.right)
  }
}

/** Names of the source attributes an expression reads, each once, with where it first does. */
export function attributesIn(operand: Operand): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  for (const part of partsOf(operand)) {
    if (part.kind === 'attribute' && !names.has(part.name)) names.set(part.name, part.position)
  }
  return names
}

/** The calls of a function in an expression. */
export function callsOf(operand: Operand, name: string): readonly Expression[] {
  return [...partsOf(operand)].filter((part): part is Expression => part.kind === 'call' && part.call.name === name)
}

/** The expression; `undefined` for a text that cannot be read. */
export function readableExpression(text: string): Expression | undefined {
  try {
    return parseExpression(text)
  } catch (problem) {
    if (problem instanceof ExpressionError) return undefined
    throw problem
  }
}

import { ExpressionError } from './error.ts'
import { readTokens, type Token } from './lexer.ts'

export type Operator = '==' | '!=' | '<' | '>' | '<=' | '>=' | '&&' | '||' | '+' | '-'

export type Node =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly at: number }
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly at: number }
  /** `user.firstName`. */
  | { readonly kind: 'reference'; readonly scope: string; readonly attribute: string; readonly at: number }
  /** `String.append(…)`, `isMemberOfGroupName(…)`, `user.getInternalProperty(…)`. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: number }
  | { readonly kind: 'not'; readonly operand: Node; readonly at: number }
  | {
      readonly kind: 'binary'
      readonly operator: Operator
      readonly left: Node
      readonly right: Node
      readonly at: number
    }
  | { readonly kind: 'choice'; readonly condition: Node; readonly yes: Node; readonly no: Node; readonly at: number }

const WORDS: Readonly<Record<string, string | number | boolean | null>> = { true: true, false: false, null: null }

/** Words that stand for a sign. */
const WORD_OPERATORS: Readonly<Record<string, Operator>> = { AND: '&&', OR: '||', and: '&&', or: '||' }

/** From the loosest to the tightest. */
const LEVELS: readonly (readonly Operator[])[] = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-']]

/** Deeper nesting is refused: nobody writes it, and it must not exhaust the stack. */
const DEEPEST = 100

/** Read an expression of the subset in reference sheet 3.7. @throws {ExpressionError} with the place. */
export function parseExpression(source: string): Node {
  const tokens = readTokens(source)
  let next = 0
  let depth = 0
  const peek = (): Token => tokens[next] ?? { kind: 'end', at: source.length }
  const take = (): Token => {
    const token = peek()
    next += 1
    return token
  }
  const isSign = (text: string): boolean => {
    const token = peek()
    return token.kind === 'sign' && token.text === text
  }
  const expect = (text: string): void => {
    if (!isSign(text)) throw unexpected(peek(), `"${text}" is missing here.`)
    take()
  }

  function whole(): Node {
    depth += 1
    if (depth > DEEPEST) throw new ExpressionError('The expression is nested too deeply.', peek().at)
    const condition = level(0)
    if (!isSign('?')) {
      depth -= 1
      return condition
    }
    const { at } = take()
    const yes = whole()
    expect(':')
    const no = whole()
    depth -= 1
    return { kind: 'choice', condition, yes, no, at }
  }

  function operatorAt(operators: readonly Operator[]): Operator | undefined {
    const token = peek()
    if (token.kind === 'sign') return operators.find((each) => each === token.text)
    const word = token.kind === 'name' ? WORD_OPERATORS[token.text] : undefined
    return word !== undefined && operators.includes(word) ? word : undefined
  }

  function level(index: number): Node {
    const operators = LEVELS[index]
    if (operators === undefined) return unary()
    let left = level(index + 1)
    for (let operator = operatorAt(operators); operator !== undefined; operator = operatorAt(operators)) {
      const { at } = take()
      left = { kind: 'binary', operator, left, right: level(index + 1), at }
    }
    return left
  }

  function unary(): Node {
    if (!isSign('!')) return primary()
    const { at } = take()
    return { kind: 'not', operand: unary(), at }
  }

  function argumentsUntil(close: string): readonly Node[] {
    const found: Node[] = []
    while (!isSign(close)) {
      if (found.length > 0) expect(',')
      found.push(whole())
    }
    take()
    return found
  }

  function primary(): Node {
    const token = take()
    switch (token.kind) {
      case 'text':
      case 'number':
        return { kind: 'literal', value: token.value, at: token.at }
      case 'name':
        return named(token.text, token.at)
      case 'sign': {
        if (token.text === '(') {
          const inner = whole()
          expect(')')
          return inner
        }
        if (token.text === '{') return { kind: 'list', items: argumentsUntil('}'), at: token.at }
        if (token.text === '-') {
          const number = take()
          if (number.kind === 'number') return { kind: 'literal', value: -number.value, at: token.at }
        }
        throw unexpected(token, 'A value is missing here.')
      }
      case 'end':
        throw unexpected(token, 'A value is missing here.')
    }
  }

  function named(first: string, at: number): Node {
    if (Object.hasOwn(WORDS, first)) return { kind: 'literal', value: WORDS[first] ?? null, at }
    const parts = [first]
    while (isSign('.')) {
      take()
      const token = take()
      if (token.kind !== 'name') throw unexpected(token, 'A name is missing after the dot.')
      parts.push(token.text)
    }
    if (isSign('(')) {
      take()
      return { kind: 'call', name: parts.join('.'), args: argumentsUntil(')'), at }
    }
    const [scope, ...rest] = parts
    if (scope === undefined || rest.length === 0) {
      throw new ExpressionError(`"${first}" is not known. Attributes are written as user.${first}.`, at)
    }
    return { kind: 'reference', scope, attribute: rest.join('.'), at }
  }

  const root = whole()
  const rest = peek()
  if (rest.kind !== 'end') throw unexpected(rest, 'The expression should have ended here.')
  return root
}

function unexpected(token: Token, message: string): ExpressionError {
  return new ExpressionError(token.kind === 'end' ? `The expression ends too early. ${message}` : message, token.at)
}

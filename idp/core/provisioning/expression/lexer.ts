import { ExpressionError } from './error.ts'

export type ComparisonOperator = '=' | '<>' | '>' | '>=' | '<' | '<='

export type Token =
  | { readonly kind: 'name'; readonly text: string; readonly position: number }
  | { readonly kind: 'attribute'; readonly name: string; readonly position: number }
  | { readonly kind: 'string'; readonly value: string; readonly position: number }
  | { readonly kind: 'number'; readonly value: number; readonly position: number }
  | { readonly kind: 'operator'; readonly operator: ComparisonOperator; readonly position: number }
  | { readonly kind: '(' | ')' | ','; readonly position: number }
  | { readonly kind: 'end'; readonly position: number }

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y
const NUMBER = /-?\d+(?:\.\d+)?/y
/** Hexadecimal, as BitAnd takes it. Thirteen digits are exact in a double. */
const HEXADECIMAL = /&[Hh][0-9A-Fa-f]{1,13}(?![0-9A-Za-z_])/y
const OPERATOR = /<>|>=|<=|=|>|</y
const BLANK = /\s+/y

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position
  return pattern.exec(text)?.[0]
}

/** Cut an expression into tokens; the last is always `end`. @throws {ExpressionError} at the first character that fits nothing. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  let position = 0
  while (position < text.length) {
    const blank = matchAt(BLANK, text, position)
    if (blank !== undefined) {
      position += blank.length
      continue
    }
    const [token, length] = readToken(text, position)
    tokens.push(token)
    position += length
  }
  tokens.push({ kind: 'end', position })
  return tokens
}

function readToken(text: string, position: number): readonly [Token, length: number] {
  const character = text.charAt(position)
  if (character === '(' || character === ')' || character === ',') return [{ kind: character, position }, 1]
  if (character === '[') return readAttribute(text, position)
  if (character === '"') return readString(text, position)
  const name = matchAt(NAME, text, position)
  if (name !== undefined) return [{ kind: 'name', text: name, position }, name.length]
  const number = matchAt(NUMBER, text, position)
  if (number !== undefined) return [{ kind: 'number', value: Number(number), position }, number.length]
  const hexadecimal = matchAt(HEXADECIMAL, text, position)
  if (hexadecimal !== undefined) {
    return [{ kind: 'number', value: Number(`0x${hexadecimal.slice(2)}`), position }, hexadecimal.length]
  }
  const operator = matchAt(OPERATOR, text, position)
  if (operator !== undefined) {
    return [{ kind: 'operator', operator: operator as ComparisonOperator, position }, operator.length]
  }
  throw new ExpressionError(position, `The character ${character} is not expected here.`)
}

function readAttribute(text: string, position: number): readonly [Token, length: number] {
  const end = text.indexOf(']', position)
  if (end < 0) throw new ExpressionError(position, 'The attribute name has no closing bracket.')
  const name = text.slice(position + 1, end).trim()
  if (name === '' || name.includes('[')) {
    throw new ExpressionError(position, 'Between the brackets stands one attribute name.')
  }
  return [{ kind: 'attribute', name, position }, end + 1 - position]
}

/** A backslash stands before a quotation mark or another backslash; before anything else it means itself. */
function readString(text: string, start: number): readonly [Token, length: number] {
  let value = ''
  for (let position = start + 1; position < text.length; position += 1) {
    const character = text.charAt(position)
    if (character === '"') return [{ kind: 'string', value, position: start }, position + 1 - start]
    const next = text.charAt(position + 1)
    if (character === '\\' && (next === '"' || next === '\\')) {
      value += next
      position += 1
    } else {
      value += character
    }
  }
  throw new ExpressionError(start, 'The text has no closing quotation mark.')
}

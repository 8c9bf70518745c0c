import { ExpressionError } from './error.ts'

export type Token =
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly at: number }

const SIGNS = ['==', '!=', '<=', '>=', '&&', '||', '?', ':', '+', '-', '(', ')', '{', '}', ',', '.', '!', '<', '>']

/** A text in single or double quotes; a backslash takes the next character as it is. */
function readText(source: string, start: number): { readonly value: string; readonly next: number } {
  const quote = source[start]
  let value = ''
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at]
    if (character === quote) return { value, next: at + 1 }
    if (character === '\\' && at + 1 < source.length) at += 1
    value += source[at]
  }
  throw new ExpressionError('A quotation mark is not closed.', start)
}

/** @throws {ExpressionError} for a character that belongs to nothing, and for a text without its end. */
export function readTokens(source: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const rest = source.slice(at)
    const blank = /^\s+/.exec(rest)
    if (blank !== null) {
      at += blank[0].length
      continue
    }
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(rest)
    const number = /^\d+(\.\d+)?/.exec(rest)
    const sign = SIGNS.find((each) => rest.startsWith(each))
    if (rest.startsWith('"') || rest.startsWith("'")) {
      const { value, next } = readText(source, at)
      tokens.push({ kind: 'text', value, at })
      at = next
    } else if (name !== null) {
      tokens.push({ kind: 'name', text: name[0], at })
      at += name[0].length
    } else if (number !== null) {
      tokens.push({ kind: 'number', value: Number(number[0]), at })
      at += number[0].length
    } else if (sign !== undefined) {
      tokens.push({ kind: 'sign', text: sign, at })
      at += sign.length
    } else {
      throw new ExpressionError(`Unexpected "${rest.charAt(0)}".`, at)
    }
  }
  return [...tokens, { kind: 'end', at: source.length }]
}

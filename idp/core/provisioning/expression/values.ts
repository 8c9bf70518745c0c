import type { SourceValue } from '../types.ts'

/** A value on its way through an expression. */
export type Nullable = SourceValue | null

/** As text: booleans are `True` and `False`, a list is its first value, an empty list is null. */
export function textOf(value: Nullable): string | null {
  if (value === null) return null
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return numberText(value)
  return value[0] ?? null
}

/** A number in digits, never with an exponent: what the language reads back. */
export function numberText(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 21 }).replace(/^-0$/, '0')
}

/** As a list: a single value is a list of one, null of none. */
export function listOf(value: Nullable): readonly string[] {
  if (typeof value === 'object' && value !== null) return value
  const text = textOf(value)
  return text === null ? [] : [text]
}

/** Null, an empty text or an empty list. */
export function isEmpty(value: Nullable): boolean {
  return value === null || value === '' || (typeof value === 'object' && value.length === 0)
}

/** Change the text of a value; null stays null. */
export function onText<T>(value: Nullable, change: (text: string) => T): T | null {
  const text = textOf(value)
  return text === null ? null : change(text)
}

/** As a whole number. @throws {Error} for anything else; `what` begins the message. */
export function integerOf(value: Nullable, what: string): number {
  const text = textOf(value)?.trim() ?? ''
  const number = text === '' ? Number.NaN : Number(text)
  if (!Number.isInteger(number)) throw new Error(`${what} is a whole number.`)
  return number
}

/** Longest text a function may come to, in characters: many times what any attribute of a target takes. */
export const LONGEST_VALUE = 32_768

/**
 * Judged before a text is made, wherever a function can make it many times longer than what it was given: functions in
 * functions would multiply it until the memory ends.
 *
 * @throws {Error} for a longer one.
 */
export function mustFit(length: number): void {
  if (length > LONGEST_VALUE) throw new Error(`The result has more than ${LONGEST_VALUE} characters.`)
}

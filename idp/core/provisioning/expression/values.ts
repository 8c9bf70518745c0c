import type { SourceValue } from '../types.ts'

/** A value on its way through an expression. */
export type Nullable = SourceValue | null

/** As text: booleans are `True` and `False`, a list is its first value, an empty list is null. */
export function textOf(value: Nullable): string | null {
  if (value === null) return null
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  return value[0] ?? null
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

/** What an expression yields; `null` is an attribute without a value. */
export type ExpressionValue = string | number | boolean | null | readonly ExpressionValue[]

/** Looks an attribute up: `null` when it has no value, `undefined` when there is no such attribute. */
export type Reference = (attribute: string) => ExpressionValue | undefined

export interface GroupFacts {
  readonly id: string
  readonly name: string
  readonly type: string
}

/** Everything an expression may ask. */
export interface ExpressionScope {
  /** `user`, `appuser`, `source`, `org`, `app`. */
  readonly references: Readonly<Record<string, Reference>>
  /** Groups of the person. */
  readonly groups: readonly GroupFacts[]
  /** `user.getInternalProperty("id")`, `("status")`. */
  readonly internal: Readonly<Record<string, string>>
  /** Virtual now, ISO. */
  readonly nowIso: string
}

/** A reference to the members of a record; whatever it lacks is unknown. */
export function referenceTo(values: Readonly<Record<string, ExpressionValue | undefined>>): Reference {
  return (attribute) => (Object.hasOwn(values, attribute) ? (values[attribute] ?? null) : undefined)
}

/** As text; `null` is the empty text, as it is when joined with `+` (assumed). */
export function textOf(value: ExpressionValue): string {
  if (value === null) return ''
  return isList(value) ? value.map(textOf).join(',') : String(value)
}

export function isList(value: ExpressionValue): value is readonly ExpressionValue[] {
  return Array.isArray(value)
}

import type { AadstsCode } from '../aadsts.ts'

/** Why a request is refused, before it is worded. */
export interface TokenRefusal {
  readonly kind: 'refused'
  readonly code: AadstsCode
  readonly values: Readonly<Record<string, string>>
  /** Another OAuth error than the number's own. */
  readonly as?: string
}

/** Refuse by that number, filling its words with `values`. */
export const refused = (
  code: AadstsCode,
  values: Readonly<Record<string, string>> = {},
  as?: string,
): TokenRefusal => ({
  kind: 'refused',
  code,
  values,
  ...(as === undefined ? {} : { as }),
})

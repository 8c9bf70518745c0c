import type { Negative } from './negative.ts'
import { OIDC_NEGATIVES } from './oidc.ts'
import { SAML_NEGATIVES } from './saml.ts'

/** What can go wrong with a sign-in, one entry for each flaw of the identity providers. */
export const NEGATIVES: readonly Negative[] = [...OIDC_NEGATIVES, ...SAML_NEGATIVES]

/** Raised for a negative there is none of, or not from that provider. */
export class UnknownNegative extends Error {
  override readonly name = 'UnknownNegative'
}

/** @throws {UnknownNegative} */
export function findNegative(id: string): Negative {
  const found = NEGATIVES.find((each) => each.id === id)
  if (found !== undefined) return found
  throw new UnknownNegative(`There is no negative "${id}". There are: ${NEGATIVES.map((each) => each.id).join(', ')}.`)
}

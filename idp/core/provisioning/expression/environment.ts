/**
 * What an expression may ask of the world. Handed in, so that evaluating stays a function of its arguments: the time is the
 * virtual one, and a caller that wants the same GUID twice brings a `random` of its own.
 */
export interface ExpressionEnvironment {
  /** Virtual time in milliseconds since 1970: `Now()`. */
  readonly now: number
  /** The next random number, 0 included and 1 not: `Guid()`, `RandomString(…)`. */
  readonly random: () => number
  /** The tenant's primary domain: `DefaultDomain()`. */
  readonly defaultDomain: string
}

/** A whole random number from 0 to `below` - 1. */
export function randomBelow({ random }: Pick<ExpressionEnvironment, 'random'>, below: number): number {
  return Math.floor(random() * below)
}

import { InvalidArgumentError } from 'commander'

/** Where a command writes: results to `out`, what a person should know besides to `err`. */
export interface Terminal {
  readonly out: (line: string) => void
  readonly err: (line: string) => void
}

/** What commands are given: the terminal, and a place for the exit status of a run that ended as it should but failed. */
export interface CommandDeps extends Terminal {
  readonly endWith: (status: number) => void
}

/** A mistake of whoever typed the command; the message says what to type instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Parse a whole number of an option. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Give a whole number.')
  return value
}

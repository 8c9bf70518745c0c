import type { Cause } from '../../lab.ts'

/** What is suspected first where Dialpad does not do what a directory asks for, and is not it. */

export const KEY: Cause = { cause: 'The API key is refused.', because: 'People do arrive.' }
export const MAPPING: Cause = { cause: 'The office is not mapped.', because: 'It is sent: look at the request.' }
export const FULL: Cause = { cause: 'The office has no license left.', because: 'It has: see Licenses.' }
export const REFUSED: Cause = { cause: 'The API key was revoked.', because: 'Then the answer would be 401.' }
export const URL_WRONG: Cause = {
  cause: 'The Tenant URL is wrong.',
  because: 'It worked until an hour ago, and nobody has touched it.',
}
export const LICENCES: Cause = {
  cause: 'No license is left.',
  because: 'Then only creations would fail, and with 400.',
}

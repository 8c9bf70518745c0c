import type { Cause } from '../../lab.ts'

/** What is suspected first in Okta, and is not it. */

export const NOT_ASSIGNED: Cause = { cause: 'The person is not assigned.', because: 'They are: see Assignments.' }
export const TOKEN: Cause = { cause: 'The API token is refused.', because: 'There would be a task that says so.' }
export const SEATS: Cause = {
  cause: 'Dialpad has no license left.',
  because: 'Then there would be a task with its answer.',
}

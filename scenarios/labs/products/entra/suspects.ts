import type { Cause } from '../../lab.ts'

/** What is suspected first in Entra, and is not it. */

export const STOPPED: Cause = {
  cause: 'Provisioning is stopped.',
  because: 'Cycles run every 40 minutes; the Overview says so.',
}
export const KEY: Cause = {
  cause: 'The API key is refused.',
  because: 'Then the job would be in quarantine. It is not.',
}
export const UNASSIGNED: Cause = {
  cause: 'The person is not assigned.',
  because: 'Users and groups leads to them.',
}

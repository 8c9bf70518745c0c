import type { LedgerRow } from '#kit/ledger.ts'

const OKTA = 'https://developer.okta.com/docs'
const HELP = 'https://support.okta.com/help/s/article'

/** What the Management API of this twin does as the real one does, and how sure we are. */
export const OKTA_API_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-OKTA-API-1',
    behaviour:
      'A token has the rights its owner has at each call. It is refused with E0000011 once it is revoked, was not used for 30 days, or its owner is no longer active; without any credentials the answer is 403 E0000005.',
    fidelity: 'documented',
    source: `${HELP}/How-an-API-Token-is-expired-and-get-deactivated`,
  },
  {
    id: 'FID-OKTA-API-2',
    behaviour: 'OAuth access tokens with okta.* scopes are not taken by the Management API: E0000011.',
    fidelity: 'absent',
    source: `${OKTA}/guides/implement-oauth-for-okta/main`,
  },
  {
    id: 'FID-OKTA-API-3',
    behaviour:
      'Calls a minute that a token has for each family of addresses (users, groups, logs); off: the headers show 600 and nothing is refused. Windows are of virtual time, and so are X-Rate-Limit-Reset and Date.',
    fidelity: 'simplified',
    source: `${OKTA}/reference/rate-limits`,
    switch: { id: 'api-rate-limit', values: ['off', '600', '60', '10'], default: 'off' },
  },
]

import type { LedgerRow } from '#kit/ledger.ts'

/** What this org does as the real product does, so far. */
export const OKTA_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-OKTA-DIRECTORY-1',
    behaviour:
      'People have the states of the real directory; the world has active people, one staged and one suspended.',
    fidelity: 'proven',
    source: 'Okta API reference, Users: lifecycle and status',
    test: 'idp/vendors/okta/world.test.ts: one person is staged, one suspended, everybody else active',
  },
  {
    id: 'FID-OKTA-DIRECTORY-2',
    behaviour: 'Groups hold people only: a nested group of the cast becomes its people.',
    fidelity: 'proven',
    source: 'Okta API reference, Groups: membership',
    test: 'idp/vendors/okta/world.test.ts: a group inside a group becomes its people',
  },
  {
    id: 'FID-OKTA-PAGES-1',
    behaviour: 'Sign-in, dashboard, admin console and provisioning.',
    fidelity: 'absent',
    source: 'none published',
  },
]

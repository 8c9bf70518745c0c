import type { LedgerRow } from '#kit/ledger.ts'
import { PORTAL_LEDGER } from './portal/fidelity.ts'
import { DIALECTS } from './scim/dialects/all.ts'
import { switchOf } from './scim/dialects/tolerated.ts'

/**
 * What the sandbox does as Dialpad does, and how sure we are. Little of Dialpad's SCIM is published: `assumed` rows are decisions
 * of ours where no source speaks.
 */

const FAQ = 'Dialpad help, okta-saml-scim-faqs'
const OKTA_SCIM = 'Dialpad help, manage-users-with-okta-scim'
const AZURE_SCIM = 'Dialpad help, microsoft-azure-scim'
const NONE = 'none published'

const SCIM_TESTS = 'dialpad-sandbox/test'

/** One row for each habit of the dialects, from the tables the server works by. */
const DIALECT_ROWS: readonly LedgerRow[] = DIALECTS.flatMap(({ client, habits }) =>
  habits.map((habit) => ({
    id: `FID-DIALPAD-DIALECT-${habit.id}`,
    behaviour: `${client}: ${habit.what} ${habit.kind === 'plain' ? `Plain SCIM (${habit.rule}).` : `Switched off: ${habit.without}.`}`,
    fidelity: 'proven',
    source: habit.source,
    test: `${SCIM_TESTS}/scim-dialects.test.ts: ${habit.id}`,
    ...(habit.kind === 'plain' ? {} : { switch: { id: switchOf(habit), values: ['on', 'off'], default: 'on' } }),
  })),
)

export const DIALPAD_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-DIALPAD-SCIM-01',
    behaviour:
      'SCIM 2.0 at /scim, the same address for every customer; the API key decides the company. /scim/v2 answers alike.',
    fidelity: 'documented',
    source: `${AZURE_SCIM}; learn.microsoft.com dialpad-provisioning-tutorial`,
    test: `${SCIM_TESTS}/scim-users.test.ts: the alias /scim/v2 answers alike, with its own locations`,
  },
  {
    id: 'FID-DIALPAD-SCIM-02',
    behaviour:
      'An unknown, expired or revoked key is refused with 401; one whose creator is no Company Admin any more with 403.',
    fidelity: 'assumed',
    source: 'Dialpad help asks for admin permission when the connection test fails; statuses: none published',
    test: `${SCIM_TESTS}/refusals/catalogue.ts: an expired key`,
  },
  {
    id: 'FID-DIALPAD-SCIM-03',
    behaviour: "The direct number is returned as a phoneNumbers entry of type 'Dialpad' and never written.",
    fidelity: 'documented',
    source: 'Dialpad help, syncing-dialpad-phone-numbers-to-okta',
    test: `${SCIM_TESTS}/scim-users.test.ts: the direct number is shown with type Dialpad and never written`,
  },
  {
    id: 'FID-DIALPAD-SCIM-04',
    behaviour:
      'Attributes without a field of their own are stored and echoed; a password is accepted and never stored.',
    fidelity: 'assumed',
    source: NONE,
    test: `${SCIM_TESTS}/scim-users.test.ts: what Dialpad has no field for is stored and echoed, a password is not`,
  },
  {
    id: 'FID-DIALPAD-SCIM-05',
    behaviour:
      'Custom attributes (officeName, licenseType …) belong to the standard enterprise extension; in another namespace they are kept and have no effect.',
    fidelity: 'documented',
    source: FAQ,
    test: `${SCIM_TESTS}/scim-users.test.ts: a licence in a wrong namespace is ignored`,
  },
  {
    id: 'FID-DIALPAD-SCIM-06',
    behaviour:
      'Refusals are SCIM Errors: duplicate address 409, foreign domain, unknown licence and no licence left 400.',
    fidelity: 'assumed',
    source: NONE,
    test: `${SCIM_TESTS}/refusals/catalogue.ts: an address of a foreign domain`,
  },
  {
    id: 'FID-DIALPAD-SCIM-07',
    behaviour:
      'A PATCH of a group answers 200 with the group, beyond 200 members 204. Values of the switch: auto, 200, 204.',
    fidelity: 'assumed',
    source: 'RFC 7644 §3.5.2 allows both',
    test: `${SCIM_TESTS}/scim-groups.test.ts: a group of more than 200 members is patched without a body`,
    switch: { id: 'group-patch-answer', values: ['auto', '200', '204'], default: 'auto' },
  },
  {
    id: 'FID-DIALPAD-SCIM-08',
    behaviour:
      'The dialects of provisioning services are understood, each habit by its own switch (FID-DIALPAD-DIALECT). With strict only what RFC 7644 says, whatever the other switches say.',
    fidelity: 'assumed',
    source: 'Dialpad is in the galleries of both services; what its server tolerates: none published',
    test: `${SCIM_TESTS}/scim-strict.test.ts: creates, finds, replaces, patches, groups and deletes`,
    switch: { id: 'scim-dialect', values: ['tolerant', 'strict'], default: 'tolerant' },
  },
  {
    id: 'FID-DIALPAD-SCIM-09',
    behaviour:
      'A key may call so many times a minute of virtual time, then it is answered 429 with Retry-After. Off unless switched on: no limit is published for SCIM; 1200 is that of the REST API, 60 one to see it with.',
    fidelity: 'assumed',
    source: 'developers.dialpad.com, rate limits of the REST API; for SCIM: none published',
    test: `${SCIM_TESTS}/scim-rate-limit.test.ts: counts each key by the minute of virtual time, and says how long to wait`,
    switch: { id: 'scim-rate-limit', values: ['off', '1200', '60'], default: 'off' },
  },
  {
    id: 'FID-DIALPAD-OFFICE-01',
    behaviour:
      'The office is chosen by exact name, then by country, then by the company setting; department chooses the office, not a Dialpad department.',
    fidelity: 'documented',
    source: FAQ,
    test: 'dialpad-sandbox/domain/offices.test.ts: the exact name wins over the country',
  },
  {
    id: 'FID-DIALPAD-OFFICE-02',
    behaviour:
      'The Office Specification Field names the attribute that is read first; names are compared with case and without trimming.',
    fidelity: 'assumed',
    source: `${FAQ}: the setting exists, its effect is inferred from its name`,
    test: 'dialpad-sandbox/domain/offices.test.ts: a trailing blank is no match',
  },
  {
    id: 'FID-DIALPAD-OFFICE-03',
    behaviour:
      'A later change of the office attribute moves the person if the office has that name and a free licence (else 400); across countries the number stays behind.',
    fidelity: 'assumed',
    source: 'Dialpad API v2: moving a user between offices',
    test: 'dialpad-sandbox/commands/users.test.ts: moving to an office in another country leaves the number behind',
  },
  {
    id: 'FID-DIALPAD-LICENCE-01',
    behaviour: 'All published spellings of licenseType are understood without case; none means Talk / Connect.',
    fidelity: 'documented',
    source: `${OKTA_SCIM}; ${FAQ}`,
    test: 'dialpad-sandbox/domain/licences.test.ts: every spelling is understood without case',
  },
  {
    id: 'FID-DIALPAD-LICENCE-02',
    behaviour: 'When licences run out the person is refused, or one more is bought, by a company setting.',
    fidelity: 'assumed',
    source: 'Dialpad help, manage-dialpad-license-billing; the status is not published',
    test: `${SCIM_TESTS}/refusals/catalogue.ts: no licence left`,
  },
  {
    id: 'FID-DIALPAD-NUMBER-01',
    behaviour:
      'A new person gets a number of the reserved pool, else a new one of the area code; the Support licence brings none.',
    fidelity: 'documented',
    source: `${FAQ}; ${OKTA_SCIM}`,
    test: 'dialpad-sandbox/commands/users.test.ts: the reserved pool is used before new numbers',
  },
  {
    id: 'FID-DIALPAD-USER-01',
    behaviour: 'active:false suspends: the licence is free, the number stays, the person is found by search only.',
    fidelity: 'documented',
    source: `${FAQ}; that the number stays: none published`,
    test: 'dialpad-sandbox/commands/users.test.ts: suspending frees the seat and keeps the number',
  },
  {
    id: 'FID-DIALPAD-USER-02',
    behaviour:
      'Deleting puts the number on hold for 72 hours, then among the Reserved Numbers; the person is restorable that long.',
    fidelity: 'documented',
    source: 'Dialpad help, add-remove-team-members',
    test: 'dialpad-sandbox/commands/users.test.ts: a deleted number is on hold for 72 hours, then reserved',
  },
  {
    id: 'FID-DIALPAD-USER-03',
    behaviour: 'A new primary address keeps the old one as a secondary one.',
    fidelity: 'documented',
    source: 'Dialpad help, change-an-email-address',
    test: 'dialpad-sandbox/commands/users.test.ts: a new address keeps the old one as secondary',
  },
  {
    id: 'FID-DIALPAD-USER-04',
    behaviour: 'The last Company Admin can be neither suspended nor deleted nor demoted.',
    fidelity: 'assumed',
    source: NONE,
    test: 'dialpad-sandbox/commands/users.test.ts: the last Company Admin is protected',
  },
  {
    id: 'FID-DIALPAD-USER-05',
    behaviour:
      'People created by SCIM are active at once; people invited in the portal are pending until they sign in.',
    fidelity: 'assumed',
    source: NONE,
    test: `${SCIM_TESTS}/portal-users.test.ts: invites by mail; the person is pending until they follow the link and choose a password`,
  },
  {
    id: 'FID-DIALPAD-USER-06',
    behaviour: 'Suspending or deleting somebody ends their session with the next request.',
    fidelity: 'assumed',
    source: 'Dialpad help, manage-team-accounts (older text on sessions)',
  },
  {
    id: 'FID-DIALPAD-GROUP-01',
    behaviour: 'A pushed group is kept as a Directory group; what the product makes of it is not published.',
    fidelity: 'assumed',
    source: NONE,
  },
  {
    id: 'FID-DIALPAD-GROUP-02',
    behaviour: 'A group rename is answered with success and the old name, and noted in the change log.',
    fidelity: 'documented',
    source: 'learn.microsoft.com dialpad-provisioning-tutorial, connector limitations',
    test: `${SCIM_TESTS}/scim-groups.test.ts: a rename is answered with success and the old name`,
  },
  {
    id: 'FID-DIALPAD-KEY-01',
    behaviour: 'A new key is shown once; with click-to-show it stays readable, as in the portal of 2019.',
    fidelity: 'documented',
    source: `${AZURE_SCIM} (2025); learn.microsoft.com dialpad-provisioning-tutorial (2019)`,
    switch: { id: 'api-key-display', values: ['once', 'click-to-show'], default: 'once' },
    test: 'dialpad-sandbox/commands/api-keys.test.ts: a key is kept as a hash, and sealed only while the switch says so',
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-01',
    behaviour:
      'Log in with Microsoft is a real OpenID Connect login of the gallery app: whoever consents adds the app to their tenant.',
    fidelity: 'documented',
    source: `${AZURE_SCIM}; learn.microsoft.com dialpad-provisioning-tutorial`,
    test: `${SCIM_TESTS}/portal-microsoft.test.ts: asks as the Dialpad app, with state, nonce and PKCE, and keeps none of them in the clear`,
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-02',
    behaviour:
      'A person is pinned to the immutable id of their work account; one that was deleted and made anew is another one.',
    fidelity: 'documented',
    source: 'Dialpad help, make-changes-to-your-profile',
    test: `${SCIM_TESTS}/portal-microsoft.test.ts: an account made anew in the directory is another one`,
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-03',
    behaviour:
      'A company signs in with one Microsoft tenant; the permissions asked for are contacts, calendars and basic profiles.',
    fidelity: 'assumed',
    source: 'Dialpad help ja 210668706 names contacts and calendar; the list is not published',
    test: `${SCIM_TESTS}/portal-microsoft.test.ts: another organization is refused, whatever address its token claims`,
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-04',
    behaviour: 'Administrators of the Microsoft tenant become Company Admin by themselves.',
    fidelity: 'absent',
    source: 'Dialpad help, admin-permissions-in-dialpad',
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-05',
    behaviour:
      'After five wrong passwords an address waits 15 minutes; a browser stays logged in for 14 days of no use.',
    fidelity: 'assumed',
    source: NONE,
    test: `${SCIM_TESTS}/portal-login.test.ts: after five wrong passwords an address waits 15 minutes of virtual time, the right password included`,
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-06',
    behaviour: 'Google, and SAML under Login with another provider, are named on the login and cannot be used.',
    fidelity: 'absent',
    source: 'Dialpad help, okta-single-sign-on-via-saml',
    test: `${SCIM_TESTS}/portal-login.test.ts: Google is there and cannot be used`,
  },
  {
    id: 'FID-DIALPAD-SIGN-UP-01',
    behaviour:
      'Whoever signs up first is Company Admin: company name, number of employees, first office, five trial licenses. No checkout, and the address is not verified by a message.',
    fidelity: 'simplified',
    source: 'Dialpad help ja 360026444152',
    test: `${SCIM_TESTS}/portal-sign-up.test.ts: makes the company of the organization, with its first Company Admin`,
  },
  ...PORTAL_LEDGER,
  {
    id: 'FID-DIALPAD-LOG-01',
    behaviour: 'The change log has the published fields; its codes for provisioning are ours.',
    fidelity: 'simplified',
    source: 'Dialpad developers, change-log-events and change-log-action-types',
  },
  ...DIALECT_ROWS,
]

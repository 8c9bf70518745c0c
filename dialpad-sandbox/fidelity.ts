import type { LedgerRow } from '#kit/ledger.ts'
import { PORTAL_LEDGER } from './portal/fidelity.ts'
import { SCIM_LEDGER } from './scim/fidelity.ts'
import { SIGN_IN_LEDGER } from './sign-in/fidelity.ts'
import { SAML_LEDGER } from './sign-in/saml/fidelity.ts'

/**
 * What the sandbox does as Dialpad does, and how sure we are. Little of Dialpad's SCIM is published: `assumed` rows are decisions
 * of ours where no source speaks.
 */

const AZURE_SCIM = 'Dialpad help, microsoft-azure-scim'
const NONE = 'none published'

const SCIM_TESTS = 'dialpad-sandbox/test'

export const DIALPAD_LEDGER: readonly LedgerRow[] = [
  ...SCIM_LEDGER,
  {
    id: 'FID-DIALPAD-KEY-01',
    behaviour: 'A new key is shown once; with click-to-show it stays readable, as in the portal of 2019.',
    fidelity: 'documented',
    source: `${AZURE_SCIM} (2025); learn.microsoft.com dialpad-provisioning-tutorial (2019)`,
    switch: { id: 'api-key-display', values: ['once', 'click-to-show'], default: 'once' },
    test: 'dialpad-sandbox/commands/api-keys.test.ts: a key is kept as a hash, and sealed only while the switch says so',
  },
  {
    id: 'FID-DIALPAD-KEY-02',
    behaviour: 'Additional Scopes can be given to a key and are shown with it. Nothing of the simulation asks for one.',
    fidelity: 'simplified',
    source: 'developers.dialpad.com, API keys; Dialpad OpenAPI document',
    test: 'dialpad-sandbox/test/portal-api-keys.test.ts: additional scopes are chosen from the published list, shown, and change nothing of what a directory may',
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
    behaviour:
      'Administrators of the Microsoft tenant become Company Admin by themselves: those whose ID token names the role Global Administrator (wids), at their first sign-in with Microsoft; what they are made later stays.',
    fidelity: 'assumed',
    source: `Dialpad help, admin-permissions-in-dialpad; which roles, by which claim and how often: ${NONE}`,
    test: `${SCIM_TESTS}/portal-microsoft.test.ts: become Company Admin at their first sign-in, which the change log tells`,
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-07',
    behaviour:
      'Prevent users from logging in with other SSO providers closes passwords, Microsoft and invitations to everybody, Company Admins too. Who is logged in stays so.',
    fidelity: 'documented',
    source: `Dialpad help, okta-saml-scim-faqs (2024); what becomes of sessions: ${NONE}`,
    test: `${SCIM_TESTS}/portal-lockout.test.ts: a password lets nobody in, the Company Admin neither, and is judged first`,
  },
  {
    id: 'FID-DIALPAD-SIGN-IN-08',
    behaviour:
      'Locked out, a Company Admin who has proved who they are opens the other ways in again at the login. The product has no such page.',
    fidelity: 'assumed',
    source: NONE,
    test: `${SCIM_TESTS}/portal-lockout.test.ts: is for a Company Admin who has just proved who they are, by password or Microsoft, and asks first`,
  },
  {
    id: 'FID-DIALPAD-BILL-01',
    behaviour:
      'A company whose payment fails is on hold the same day and suspended 30 days later; its users keep their states.',
    fidelity: 'documented',
    source: 'Dialpad help, on-hold-suspended-accounts',
    test: `${SCIM_TESTS}/company-suspension.test.ts: ends 30 days later to the millisecond`,
  },
  {
    id: 'FID-DIALPAD-BILL-02',
    behaviour:
      'On hold everything goes on, with a warning in the portal. Suspended, only Company Admins log in, the portal is looked at and not changed until the bill is paid, SCIM and REST answer 403; GET /company tells the state. A button of Billing, or POST /_kit/billing, makes a payment fail.',
    fidelity: 'assumed',
    source: NONE,
    test: `${SCIM_TESTS}/company-suspension.test.ts: refuses directories and API keys, in their own words; the company itself tells its state`,
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
    behaviour: 'Google is named on the login and cannot be used.',
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
  ...SIGN_IN_LEDGER,
  ...SAML_LEDGER,
  ...PORTAL_LEDGER,
  {
    id: 'FID-DIALPAD-LOG-01',
    behaviour: 'The change log has the published fields; its codes for provisioning are ours.',
    fidelity: 'simplified',
    source: 'Dialpad developers, change-log-events and change-log-action-types',
  },
]

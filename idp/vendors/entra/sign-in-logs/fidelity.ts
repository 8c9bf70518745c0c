import type { LedgerRow } from '#kit/ledger.ts'

const DOCS = 'https://learn.microsoft.com/en-us/entra'
const LOGS = 'idp/vendors/entra/sign-in-logs/test/sign-in-logs.test.ts'
const STATES = 'idp/vendors/entra/sign-in/states/test/sign-in-states.test.ts'
const PAGES = 'idp/vendors/entra/admin/sign-in-logs/sign-in-pages.test.ts'

/** What sign-in logs and the states of a sign-in do as the real ones do, and how sure we are. */
export const ENTRA_SIGN_IN_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-SIGNINLOG-1',
    behaviour:
      'Interactive sign-ins, renewals, and applications by themselves are in three lists, with status Success, Failure or Interrupted, the error’s number and reason, and the ids the error showed.',
    fidelity: 'proven',
    source: `${DOCS}/identity/monitoring-health/concept-sign-ins`,
    test: `${LOGS}: an invalid and an expired secret, a late code, a code used twice: by the number, under the ids the answer showed`,
  },
  {
    id: 'FID-ENTRA-SIGNINLOG-2',
    behaviour: 'Entries are kept for 30 virtual days, 20,000 at most, and are there at once; real ones take minutes.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/monitoring-health/reference-reports-data-retention`,
    test: `${LOGS}: for 30 virtual days; older entries are dropped with new ones`,
  },
  {
    id: 'FID-ENTRA-SIGNINLOG-3',
    behaviour:
      'Requests refused before anybody is known (a redirect address that is not registered, an unknown application) are a page only.',
    fidelity: 'assumed',
    source: `${DOCS}/identity/monitoring-health/concept-sign-in-log-activity-details`,
    test: `${LOGS}: a redirect address that is not registered, or an unknown application, is a page only: nobody is known yet`,
  },
  {
    id: 'FID-ENTRA-SIGNINLOG-5',
    behaviour:
      'One correlation ID for a sign-in: its pages, its entries, and errors about its code; the client’s own where it sends client-request-id, which is told back with return-client-request-id. That a code goes on under it without being told is ours.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/monitoring-health/concept-sign-in-log-activity-details`,
    test: `${LOGS}: is one for the whole sign-in, of the client’s choice: on pages, in the log, and in the error about its code`,
  },
  {
    id: 'FID-ENTRA-SIGNINLOG-4',
    behaviour:
      'Graph v1.0 lists interactive sign-ins, beta all of them with their details. Device, location, risk, Conditional Access details and managed identities are not there.',
    fidelity: 'simplified',
    source: 'https://learn.microsoft.com/en-us/graph/api/resources/signin',
    test: `${PAGES}: lists interactive sign-ins, in beta all of them with their details; by filter; by id`,
  },
  {
    id: 'FID-ENTRA-STATE-1',
    behaviour:
      'A password that has to be changed is changed at the sign-in (AADSTS50055), the old one is refused; what was signed in to ends with the change. Passwords expire by an administrator or the kit only, not by age, and only the current one is remembered.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/authentication/concept-password-policies`,
    test: `${STATES}: leaves what was signed in to alone until it is changed, and ends it then`,
  },
  {
    id: 'FID-ENTRA-STATE-2',
    behaviour:
      'Per-user MFA is Disabled, Enabled or Enforced; the first registration enforces it. The one method is an authenticator app with codes (RFC 6238), which the kit home shows in place of a phone; approvals, texts and calls are not there.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/authentication/howto-mfa-userstates`,
    test: `${STATES}: of somebody who has registered nothing leads through the registration; from then on it is enforced`,
  },
  {
    id: 'FID-ENTRA-STATE-3',
    behaviour:
      'Where a second factor is required since the sign-in, silent requests and renewals are refused with AADSTS50076 or 50079, and an interactive one asks for the code alone.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/reference-error-codes`,
    test: `${STATES}: required since the sign-in: silent requests and renewals are refused, an interactive one asks for the code alone`,
  },
  {
    id: 'FID-ENTRA-STATE-4',
    behaviour:
      'Sign-in frequency ends sessions and refresh tokens by the age of their sign-in (AADSTS70044), in virtual time. It is one setting for all users and apps; other Conditional Access is not there, and its change is not audited.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/conditional-access/concept-session-lifetime`,
    test: `${STATES}: sends people and refresh tokens to sign in again when their sign-in is too old (virtual time)`,
  },
  {
    id: 'FID-ENTRA-STATE-5',
    behaviour:
      'A browser offers every account that has signed in with it, up to twelve, and forgets them when told, signing out who is signed in. "Don’t show this again" keeps the answer that was given.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/v2-oauth2-auth-code-flow; fundamentals/how-to-manage-stay-signed-in-prompt`,
    test: `${STATES}: offers every account that has signed in, asks for the password of one that is signed out, and forgets it when told`,
  },
  {
    id: 'FID-ENTRA-STATE-6',
    behaviour:
      'login_hint stands in the field of the name, or picks the session of that account; domain_hint changes nothing, since no domain here has its people sign in elsewhere.',
    fidelity: 'simplified',
    source: `${DOCS}/identity-platform/v2-oauth2-auth-code-flow`,
    test: `${STATES}: is told who is wanted: login_hint stands in the field, whoever is signed in; domain_hint changes nothing`,
  },
]

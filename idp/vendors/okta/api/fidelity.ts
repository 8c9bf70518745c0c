import type { LedgerRow } from '#kit/ledger.ts'

const DEVELOPER = 'https://developer.okta.com/docs'
const MANAGEMENT = `${DEVELOPER}/api/openapi/okta-management/management/tag`
const SUPPORT = 'https://support.okta.com/help/s/article'
const TESTS = 'idp/vendors/okta/api/test'
const CORE = `${TESTS}/core.test.ts`
const USERS = `${TESTS}/users.test.ts`
const GROUPS = `${TESTS}/groups.test.ts`
const LOGS = `${TESTS}/logs.test.ts`
const AUTHN = `${TESTS}/authn.test.ts`
const TOKENS = 'idp/vendors/okta/console/test/tokens.test.ts'

/** What the Management API of this twin does as the real one does, and how sure we are. */
export const OKTA_API_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-OKTA-API-1',
    behaviour:
      'A token has the rights its owner has at each call. It is refused with E0000011 once it is revoked, was not used for 30 days, or its owner is no longer active; it ends with the account of its owner.',
    fidelity: 'proven',
    source: `${SUPPORT}/How-an-API-Token-is-expired-and-get-deactivated`,
    test: `${CORE}: unused for 30 days it expires; each use begins the time anew`,
  },
  {
    id: 'FID-OKTA-API-2',
    behaviour:
      'OAuth access tokens with okta.* scopes are not taken by the Management API (E0000011), and neither is the cookie of a session, but for /sessions/me.',
    fidelity: 'absent',
    source: `${DEVELOPER}/guides/implement-oauth-for-okta/main`,
  },
  {
    id: 'FID-OKTA-API-3',
    behaviour:
      'Calls a minute that a token has for each family of addresses (users, groups, logs); off: the headers show 600 and nothing is refused. Windows are of virtual time, and so are X-Rate-Limit-Reset and Date.',
    fidelity: 'simplified',
    source: `${DEVELOPER}/reference/rate-limits`,
    switch: { id: 'api-rate-limit', values: ['off', '600', '60', '10'], default: 'off' },
  },
  {
    id: 'FID-OKTA-API-4',
    behaviour:
      'Without credentials the answer is 403 E0000005, whatever the address; with a bad token 401 E0000011. Unknown addresses are E0000008 and other methods E0000022 for holders of a token only.',
    fidelity: 'assumed',
    source: `${DEVELOPER}/reference/error-codes`,
    test: `${CORE}: is refused without credentials, with unknown ones, as Bearer, and with bad ones of any form`,
  },
  {
    id: 'FID-OKTA-API-5',
    behaviour:
      'Errors have errorCode, errorSummary, errorLink, errorId and errorCauses; causes name the member in front. What a body breaks is E0000001, one that is not well-formed E0000003; another media type is 415 E0000021.',
    fidelity: 'proven',
    source: `${DEVELOPER}/reference/error-codes`,
    test: `${CORE}: names every member at fault`,
  },
  {
    id: 'FID-OKTA-API-6',
    behaviour:
      'Every answer has X-Okta-Request-Id, X-Rate-Limit-Limit, -Remaining and -Reset, and the plain type application/json.',
    fidelity: 'proven',
    source: `${DEVELOPER}/reference/core-okta-api`,
    test: `${CORE}: names its request and its rate limit: %s %s`,
  },
  {
    id: 'FID-OKTA-API-7',
    behaviour:
      'Lists say in header lines of their own where they are and where they go on; the cursor is opaque and belongs to one list with its filters. A page may be shorter than its limit and still have a next one.',
    fidelity: 'proven',
    source: `${DEVELOPER}/reference/core-okta-api/#pagination`,
    test: `${CORE}: of a list has its links in header lines of their own`,
  },
  {
    id: 'FID-OKTA-API-8',
    behaviour:
      'People are made staged, pending, active or with an expired password by activate, nextLogin and whether there is a password; a pending one is sent the activation mail.',
    fidelity: 'proven',
    source: `${MANAGEMENT}/User/`,
    test: `${USERS}: %s with %s`,
  },
  {
    id: 'FID-OKTA-API-9',
    behaviour:
      'q finds beginnings of first name, last name and e-mail, ten unless told; filter knows id, status, lastUpdated, login, e-mail and the names; search knows every attribute. The plain list and q hide the deactivated. Anything else is E0000031.',
    fidelity: 'proven',
    source: `${MANAGEMENT}/User/`,
    test: `${USERS}: and q hide the deactivated, search shows them; rows have the link to themselves alone`,
  },
  {
    id: 'FID-OKTA-API-10',
    behaviour:
      'Search sees what was just written, where the real one lags; sortBy is refused with E0000031. Hashed passwords, password hooks and other providers are E0000001; a recovery question is read over.',
    fidelity: 'simplified',
    source: `${MANAGEMENT}/User/`,
  },
  {
    id: 'FID-OKTA-API-11',
    behaviour:
      'POST of somebody changes what it names, PUT makes null what it does not; strict has nothing to check, as no earlier passwords are kept.',
    fidelity: 'proven',
    source: `${MANAGEMENT}/User/`,
    test: `${USERS}: PUT replaces: what it does not name is null`,
  },
  {
    id: 'FID-OKTA-API-12',
    behaviour:
      'Lifecycle calls move people through their states, and the links of a person name those the state allows. What it does not allow is 403 E0000038, activating somebody active 403 E0000016. DELETE deactivates first and deletes then.',
    fidelity: 'proven',
    source: `${MANAGEMENT}/UserLifecycle/`,
    test: `${USERS}: what the state does not allow is 403: E0000038, or E0000016 for somebody active`,
  },
  {
    id: 'FID-OKTA-API-13',
    behaviour:
      'activate, reactivate and reset_password send a mail, or with sendEmail=false give its link; expire_password answers the person, or a temporary password. There are no factors: reset_factors is noted in the log.',
    fidelity: 'documented',
    source: `${MANAGEMENT}/UserLifecycle/`,
    test: `${USERS}: activate and reactivate give a link that opens the account, once, and in no journal`,
  },
  {
    id: 'FID-OKTA-API-14',
    behaviour:
      'Groups are made, found, replaced and deleted; members join and leave. A name in use is E0000001, and Everyone is not changed. lastMembershipUpdated is the last change of the group itself.',
    fidelity: 'simplified',
    source: `${MANAGEMENT}/Group/`,
    test: `${GROUPS}: are made, read, replaced and deleted`,
  },
  {
    id: 'FID-OKTA-API-15',
    behaviour:
      'Group rules are expressions, inactive when made, and changed or deleted only while inactive. PUT changes the groups of a rule too, which the real one does not; groups cannot be excluded.',
    fidelity: 'simplified',
    source: `${MANAGEMENT}/GroupRule/`,
    test: `${GROUPS}: are made inactive, activated, deactivated, replaced and deleted`,
  },
  {
    id: 'FID-OKTA-API-16',
    behaviour:
      'The log gives the last seven days, oldest first; without an end there is always a next page to poll. filter, q, since, until and sortOrder as published.',
    fidelity: 'proven',
    source: `${MANAGEMENT}/SystemLog/`,
    test: `${LOGS}: comes oldest first, in pages that lead to an end which polls on`,
  },
  {
    id: 'FID-OKTA-API-17',
    behaviour:
      'Events have every key of the real ones; what is not known of the client, its place and its device is null.',
    fidelity: 'simplified',
    source: `${MANAGEMENT}/SystemLog/`,
    test: `${LOGS}: has every key of the real one`,
  },
  {
    id: 'FID-OKTA-API-18',
    behaviour:
      'Sign-in by the API ends in SUCCESS, PASSWORD_EXPIRED or LOCKED_OUT, or is E0000004 whatever was wrong. Locked accounts are told as by a policy that shows lock-outs. There are no second factors.',
    fidelity: 'simplified',
    source: `${DEVELOPER}/reference/api/authn/`,
    test: `${AUTHN}: wrong ten times locks the account`,
  },
  {
    id: 'FID-OKTA-API-19',
    behaviour:
      'A session token opens a session once, within five minutes. The answer sets the cookie of the session, which the real one leaves to a redirect.',
    fidelity: 'simplified',
    source: `${MANAGEMENT}/Session/`,
    test: `${AUTHN}: gives a session token, which opens a session once, whose cookie is good for the dashboard`,
  },
  {
    id: 'FID-OKTA-API-20',
    behaviour:
      'Super, Group and Read-only Administrators create tokens, Application Administrators do not. The value is shown once and kept as a hash. A Super Administrator revokes any token, others their own.',
    fidelity: 'proven',
    source: `${SUPPORT}/what-happens-to-the-api-token-if-the-user-s-password-expires`,
    test: `${TOKENS}: a token is created, shown once, listed with its last use, and revoked after a question`,
  },
  {
    id: 'FID-OKTA-API-21',
    behaviour: 'The published JavaScript client works unmodified, waiting out a rate limit included.',
    fidelity: 'proven',
    source: 'https://github.com/okta/okta-sdk-nodejs',
    test: `${TESTS}/client.test.ts: waits out a rate limit by itself`,
  },
]

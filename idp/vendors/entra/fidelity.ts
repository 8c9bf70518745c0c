import type { LedgerRow } from '#kit/ledger.ts'

const TESTS = 'idp/vendors/entra/sign-in/test'
const DOCS = 'https://learn.microsoft.com/en-us/entra'

/** What this vendor's twin does as the real service does, and how sure we are. First: sign-in, consent, tokens, sessions. */
export const ENTRA_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-ENTRA-SIGNIN-1',
    behaviour:
      'Discovery at common and organizations names the issuer with the placeholder {tenantid}; tokens carry the issuer of the account’s tenant.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/v2-protocols-oidc`,
    test: `${TESTS}/code-flow.test.ts: signs anybody in at /%s; the issuer is the account’s tenant`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-2',
    behaviour:
      'Issuers are local addresses, because clients fetch what they name; the real ones are at login.microsoftonline.com.',
    fidelity: 'simplified',
    source: 'none published',
  },
  {
    id: 'FID-ENTRA-SIGNIN-3',
    behaviour: 'offline_access gives a refresh token without prompt=consent.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/scopes-oidc`,
    test: `${TESTS}/code-flow.test.ts: signs a person in, with consent the first time only, and renews its tokens with rotation`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-4',
    behaviour:
      'A refresh token is replaced at every use and the old one is refused; its use again ends the whole grant. Entra replaces it too, but keeps the old one valid.',
    fidelity: 'simplified',
    source: `${DOCS}/identity-platform/refresh-tokens`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-5',
    behaviour:
      'A session lasts a day without use, ninety days when the person stays signed in; refresh tokens ninety days. All virtual time.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/configurable-token-lifetimes`,
    test: `${TESTS}/sessions.test.ts: lasts for weeks when the person stays signed in, and its refresh token for ninety idle days`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-7',
    behaviour:
      'Access tokens for Graph are of version 1.0 and name it by its id. They carry no aio, rh, ipaddr or xms_ claims, which clients are to ignore, and uti names the token.',
    fidelity: 'simplified',
    source: `${DOCS}/identity-platform/access-tokens`,
    test: 'idp/vendors/entra/graph/test/person-tokens.test.ts: is signed for Graph, names person, application and permissions, and is good for userinfo too',
  },
  {
    id: 'FID-ENTRA-SIGNIN-8',
    behaviour:
      'An unregistered redirect URI shows AADSTS50011 and never redirects; the port of a loopback http address does not matter, except for the products of the kit, which are answered at their own ports only.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/reply-url`,
    test: `${TESTS}/refusals.test.ts: an unregistered redirect`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-9',
    behaviour:
      'Errors carry the published AADSTS numbers and OAuth codes, with trace id, correlation id and timestamp; the sentences are ours.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/reference-error-codes`,
    test: `${TESTS}/every-refusal.test.ts: AADSTS$code on a $on: $what`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-10',
    behaviour:
      'Ten wrong passwords lock an account for a minute, each further one for twice as long, up to an hour. The real thresholds grow by rules that are not published.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/authentication/howto-password-smart-lockout`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-11',
    behaviour: 'Signing out needs no id_token_hint to return to a registered address, and asks nothing.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/v2-protocols-oidc`,
    test: `${TESTS}/sessions.test.ts: goes to a registered address without an id_token_hint, and to no other`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-12',
    behaviour: 'One account per browser session; signing in as somebody else ends the session of the first.',
    fidelity: 'simplified',
    source: `${DOCS}/identity-platform/single-multi-account`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-13',
    behaviour: 'Guests sign in at their home tenant; the address of the inviting tenant refuses them with AADSTS50020.',
    fidelity: 'absent',
    source: `${DOCS}/external-id/what-is-b2b`,
  },
  {
    id: 'FID-ENTRA-SIGNIN-14',
    behaviour:
      'An application whose manifest says groupMembershipClaims DirectoryRole gets wids, the template ids of the person’s directory roles; userinfo does not. Without roles there is no wids: the id that stands for plain users is left out.',
    fidelity: 'simplified',
    source: `${DOCS}/identity-platform/access-token-claims-reference; reference-app-manifest`,
    test: `${TESTS}/code-flow.test.ts: an application that asks for directory roles is told them, and no other is`,
  },
  {
    id: 'FID-ENTRA-CONSENT-1',
    behaviour:
      'Consent brings the application into the tenant as a service principal and records a grant, for the person or, by an administrator, for the organization. A deleted service principal is asked for again.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/user-admin-consent-overview`,
    test: `${TESTS}/code-flow.test.ts: comes into the tenant by consent, and an administrator can consent for everybody`,
  },
  {
    id: 'FID-ENTRA-CONSENT-2',
    behaviour:
      'The consent page lists what the request asks for and, at a first consent, User.Read and offline_access; not what is registered besides. An administrator who ticks the box grants the same for everybody.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/consent-types-developer`,
    test: 'idp/vendors/entra/sign-in/consent/test/consent.test.ts: names what the request asks for and what any first consent holds, not what is registered besides',
  },
  {
    id: 'FID-ENTRA-CONSENT-12',
    behaviour:
      'A request for .default asks for everything registered, of whatever API, and for nothing once something of the resource has been consented to; prompt=consent asks again.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/scopes-oidc`,
    test: 'idp/vendors/entra/sign-in/consent/test/consent.test.ts: names everything registered for .default, of whatever API, until something of the resource is consented to',
  },
  {
    id: 'FID-ENTRA-CONSENT-13',
    behaviour: 'Devices that ask for .default are asked for what is registered of that API alone.',
    fidelity: 'simplified',
    source: `${DOCS}/identity-platform/v2-oauth2-device-code`,
  },
  {
    id: 'FID-ENTRA-CONSENT-14',
    behaviour:
      'prompt is one of login, none, consent and select_account; anything else, several at once, and version 1’s admin_consent at the endpoint of version 2 are AADSTS90023. Administrators are sent to adminconsent instead.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/v2-oauth2-auth-code-flow`,
    test: `${TESTS}/refusals.test.ts: the prompt of version 1 for admin consent`,
  },
  {
    id: 'FID-ENTRA-CONSENT-15',
    behaviour:
      'Reviewers are mailed who asks for which app and why, with a link to the request; who asked is mailed the decision and its words. The sentences are ours.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/configure-admin-consent-workflow`,
    test: 'idp/vendors/entra/admin/consent/test/requests.test.ts: is mailed who asks for what and why, with the way to the request; who asked, the answer and its words',
  },
  {
    id: 'FID-ENTRA-CONSENT-3',
    behaviour: 'The permissions Dialpad asks for are not published; eight that fit its features are used.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-ENTRA-CONSENT-4',
    behaviour:
      'Where members may not consent, or a permission is for administrators, the member sees "Need admin approval"; where the organization takes requests they ask with a justification, reviewers are told by mail and approve, deny or block, requests expire in virtual days, and who asked is told by mail.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/configure-admin-consent-workflow; review-admin-consent-requests`,
    test: 'idp/vendors/entra/admin/consent/test/requests.test.ts: who may grant approves: everybody has consented, and who asked is mailed and gets in',
  },
  {
    id: 'FID-ENTRA-CONSENT-5',
    behaviour:
      'Groups as reviewers, reminders before a request expires, and requests read through Graph are not there; a reviewer named later reviews requests made before. Changes of these settings are journalled, not audited.',
    fidelity: 'absent',
    source: `${DOCS}/identity/enterprise-apps/configure-admin-consent-workflow`,
  },
  {
    id: 'FID-ENTRA-CONSENT-6',
    behaviour:
      'User consent settings: not allowed, for selected permissions, allowed; each decides the next sign-in, and consent given before stays.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/configure-user-consent`,
    test: 'idp/vendors/entra/admin/consent/test/requests.test.ts: are changed by who may, on pages of their own, and decide the next sign-in',
  },
  {
    id: 'FID-ENTRA-CONSENT-7',
    behaviour:
      'No publisher is verified: for selected permissions people may grant to apps registered in their own organization only. Permission classifications are a list of Graph permissions to tick, with none ticked at first; the middle and high classes, and permissions of other APIs, are left out.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/enterprise-apps/configure-permission-classifications`,
  },
  {
    id: 'FID-ENTRA-CONSENT-8',
    behaviour:
      'Admin consent by a link: v2.0/adminconsent with scopes, `.default` with application permissions, and adminconsent for everything registered; the answer carries admin_consent, tenant, scope and state, a refusal error, error_description and state.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/v2-admin-consent`,
    test: 'idp/vendors/entra/sign-in/consent/test/admin-consent.test.ts: is asked on behalf of the organization, and the application is told',
  },
  {
    id: 'FID-ENTRA-CONSENT-9',
    behaviour:
      'People are asked only for what nobody has consented to for them yet; prompt=consent asks for everything, prompt=none answers consent_required with AADSTS65001. Permissions of other APIs stand in their publisher’s words.',
    fidelity: 'proven',
    source: `${DOCS}/identity-platform/permissions-consent-overview; consent-types-developer`,
    test: 'idp/vendors/entra/sign-in/consent/test/consent.test.ts: asks only for what is new, for everything with prompt=consent, and for nothing with prompt=none',
  },
  {
    id: 'FID-ENTRA-CONSENT-10',
    behaviour:
      'Permissions are revoked for the organization, for one person, or one by one, and count from the next token and sign-in on; access tokens already issued live on until they end.',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/manage-application-permissions`,
    test: 'idp/vendors/entra/sign-in/consent/test/consent.test.ts: a person’s consent taken back is asked for again; the token already issued lives on, the next one is refused',
  },
  {
    id: 'FID-ENTRA-CONSENT-11',
    behaviour:
      'People see in My Apps what they consented to, and revoke it after a question, all of it for one app; the next sign-in asks again. What an administrator granted is shown and stays.',
    fidelity: 'proven',
    source: 'https://support.microsoft.com: Edit or revoke application permissions in the My Apps portal',
    test: 'idp/vendors/entra/my-apps/test/my-apps.test.ts: shows what one consented to; revoking asks first, and the next sign-in asks for consent again',
  },
  {
    id: 'FID-ENTRA-ACCESS-1',
    behaviour:
      'With "Assignment required?" only people assigned directly or by a group they are a direct member of get in (AADSTS50105).',
    fidelity: 'proven',
    source: `${DOCS}/identity/enterprise-apps/assign-user-or-group-access-portal`,
    test: `${TESTS}/refusals.test.ts: somebody who is not assigned where assignment is required, and everybody where the app is disabled`,
  },
  {
    id: 'FID-ENTRA-ACCESS-2',
    behaviour:
      'Blocking, deleting, or changing the password of a person ends sessions, codes and tokens at their next use. The real service takes up to an hour for access tokens already out.',
    fidelity: 'simplified',
    source: `${DOCS}/identity/users/users-revoke-access`,
    test: `${TESTS}/sessions.test.ts: ends when the person is blocked or deleted`,
  },
  {
    id: 'FID-ENTRA-ADMIN-1',
    behaviour:
      'The admin center is a client of the sign-in service and lets people without a role in as far as pages that need none; a page that needs one names it.',
    fidelity: 'assumed',
    source: `${DOCS}/identity/role-based-access-control/permissions-reference`,
    test: `${TESTS}/admin-session.test.ts: refuses a page to people without a role, names the roles and offers another account`,
  },
  {
    id: 'FID-ENTRA-FLAWS-1',
    behaviour:
      'Flaws are for trying out applications: a fault rule makes one code, ID token or SAML answer wrong (see docs/negatives.md). The token is signed with the key in force unless the key is what is wrong; certificate and key of a stranger are made for it and published nowhere.',
    fidelity: 'proven',
    source: 'our choice: the real service has no such switch',
    test: 'scenarios/wire-tests/negatives.test.ts: an application by openid-client or node-saml refuses:',
  },
  {
    id: 'FID-ENTRA-FLAWS-2',
    behaviour:
      'A code that is replayed belongs to the proof key of its own sign-in, so an application with PKCE is told of the verifier (invalid_grant) before the code is told to be used up.',
    fidelity: 'assumed',
    source: 'RFC 7636 §4.6; the order of the two checks: none published',
    test: 'scenarios/wire-tests/negatives.test.ts: a replay waits until there is something to repeat',
  },
]

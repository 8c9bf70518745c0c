import type { LedgerRow } from '#kit/ledger.ts'

const TESTS = 'idp/vendors/entra/sign-in/test'
const MSAL = 'scenarios/e2e/msal.spec.ts'
const VERSION_ONE =
  'https://learn.microsoft.com/en-us/previous-versions/azure/active-directory/azuread-dev/v1-protocols-oauth-code'
const DOCS = 'https://learn.microsoft.com/en-us/entra/identity-platform'

/** A page of the platform's documentation by its name; another one by its address. */
function addressOf(source: string): string {
  return source.startsWith('https:') ? source : `${DOCS}/${source}`
}

function proven(number: number, behaviour: string, source: string, test: string): LedgerRow {
  return { id: `FID-ENTRA-TOKENS-${number}`, behaviour, fidelity: 'proven', source: addressOf(source), test }
}

function other(
  number: number,
  fidelity: 'documented' | 'simplified' | 'assumed' | 'absent',
  behaviour: string,
  source: string,
): LedgerRow {
  return { id: `FID-ENTRA-TOKENS-${number}`, behaviour, fidelity, source: addressOf(source) }
}

/** Tokens, how clients prove themselves, devices, keys and discovery. */
export const ENTRA_TOKENS_LEDGER: readonly LedgerRow[] = [
  proven(
    1,
    'An access token is for one resource: Graph, or an API of a registration, named by any of its Application ID URIs or its client id. A refresh token gives tokens for any resource consented to; a request that names two is refused (AADSTS28000).',
    'v2-oauth2-auth-code-flow',
    `${TESTS}/api-tokens.test.ts: is one of several a refresh token gives: each request names one resource`,
  ),
  proven(
    2,
    'An API gets version 1.0 or 2.0 tokens as requestedAccessTokenVersion says, with the audience, issuer and claims of that version; roles are the API’s own.',
    'access-tokens',
    `${TESTS}/api-tokens.test.ts: names the API, the client and the scopes, in the version the API asks for`,
  ),
  proven(
    3,
    'Applications an API trusts beforehand need no consent for the scopes it lists.',
    'permissions-consent-overview',
    `${TESTS}/api-tokens.test.ts: is not asked for without consent: the person is, unless the API trusts the client`,
  ),
  proven(
    4,
    'Optional claims of the registration go into ID tokens: acct, auth_time, ctry, email, family_name, given_name, ipaddr, login_hint, sid, upn, verified_primary_email, xms_pl and more; nothing else does.',
    'optional-claims-reference',
    `${TESTS}/claims.test.ts: carries the optional claims of the registration`,
  ),
  other(
    5,
    'simplified',
    'ipaddr is 127.0.0.1 for everybody, tenant_region_scope EU, xms_tpl en; aio, rh, c_hash and the on-premises claims are left out.',
    'optional-claims-reference',
  ),
  proven(
    6,
    'Group claims list security groups with nested ones, or all, or those assigned to the application; beyond 200 the token names where to ask instead (overage). cloud_displayname and emit_as_roles shape them; groups have no on-premises names, so those formats give object ids.',
    'optional-claims',
    `${TESTS}/claims.test.ts: names where groups are asked for when there are too many`,
  ),
  proven(
    7,
    'The overage names getMemberObjects of this twin’s Graph, which answers it to a token with User.Read; hasgroups, which stands in tokens of the implicit flow, has no place here.',
    'access-token-claims-reference',
    'idp/vendors/entra/graph/test/memberships.test.ts: answer a token whose groups were too many, at the address it names',
  ),
  proven(
    8,
    'client_info=1 is answered with uid and utid, in the authorization answer and with the tokens; client libraries name accounts by them.',
    'v2-oauth2-auth-code-flow',
    `${TESTS}/claims.test.ts: stands in both answers when it is asked for, and names account and tenant`,
  ),
  proven(
    9,
    'The platform of the reply address decides what a client shows: web addresses a secret or certificate, installed apps and single-page apps none (AADSTS700025).',
    'reply-url',
    `${TESTS}/client-proof.test.ts: an installed app at a loopback address needs no secret and shows none`,
  ),
  proven(
    10,
    'Codes and refresh tokens of single-page apps are redeemed across origins only (AADSTS9002327), those of others never (AADSTS9002326).',
    'v2-oauth2-auth-code-flow',
    `${TESTS}/client-proof.test.ts: a single-page app’s code and refresh token are good across origins only, and without a secret`,
  ),
  proven(
    11,
    'Refresh tokens of single-page apps end 24 hours after the sign-in, however often they are renewed (AADSTS700084).',
    'refresh-tokens',
    `${TESTS}/client-proof.test.ts: a single-page app renews for a day and no longer, however often it does`,
  ),
  proven(
    12,
    'A client proves itself by an assertion signed with the key of a certificate, RS256 or PS256, named by x5t or x5t#S256; wrong key, audience, application, time and an expired certificate have each their number.',
    'certificate-credentials',
    `${TESTS}/client-proof.test.ts: is accepted with %s, and the token tells`,
  ),
  proven(
    13,
    'Device code flow, at a tenant, common or organizations: pending, declined, expired and unknown codes are told apart; without public client flows a secret is needed (AADSTS7000218).',
    'v2-oauth2-device-code',
    `${TESTS}/device-flow.test.ts: is told to wait, and that its code is over`,
  ),
  other(
    14,
    'simplified',
    'The question whether one is trying to sign in to the application comes before the sign-in, not after it.',
    'v2-oauth2-device-code',
  ),
  other(
    15,
    'absent',
    'A device that polls too often is answered authorization_pending as before; the platform documents no slow_down either.',
    'v2-oauth2-device-code',
  ),
  proven(
    16,
    'Keys are published with their certificate, by whose thumbprint they are called. Several may be: the newest signs, older ones verify until they are retired.',
    'signing-key-rollover',
    `${TESTS}/discovery.test.ts: roll over: the new one signs, the old ones verify until they are retired`,
  ),
  proven(
    17,
    'Discovery of version 1 names the issuer and keys of version 1.0 tokens; instance discovery names the document and the host names of the service. Scripts may read them all.',
    'v2-protocols-oidc',
    `${TESTS}/discovery.test.ts: of version 1 names the issuer of version 1.0 tokens, whose keys verify them`,
  ),
  proven(
    18,
    'The endpoints of version 1 (authorize, token, devicecode, logout) take a resource, which has to be among the registered permissions (AADSTS650057) and the same for sign-in and code; ID tokens are of version 1.0 under the real issuer, answers have version 1’s members as texts. Endpoints of version 2 refuse a resource (AADSTS901002).',
    VERSION_ONE,
    `${TESTS}/version-one.test.ts: gives tokens of version 1.0 for the resource that is named, with the members of version 1`,
  ),
  other(
    19,
    'absent',
    'Resource owner password, implicit and hybrid flows, and federated identity credentials.',
    'authentication-flows-app-scenarios',
  ),
  proven(
    20,
    'Every error answer names its number, trace id, correlation id, timestamp and where it is explained; suberror says consent_required or basic_action where client libraries read it.',
    'reference-error-codes',
    `${TESTS}/discovery.test.ts: every number an error names is explained where it says`,
  ),
  proven(
    21,
    'Signing out opens the front-channel logout URLs of the applications signed in to, with issuer and session. The kit’s own products end their sessions by themselves.',
    'v2-protocols-oidc',
    `${TESTS}/sessions.test.ts: tells the applications signed in to, in frames, which session ends, and then goes on`,
  ),
  proven(
    22,
    'msal-browser signs in, renews across origins and signs out; msal-node does so as a web application, by itself with secret and certificate, and on a device.',
    'msal-overview',
    `${MSAL}: msal-browser signs in, renews, is refused what nobody consented to, and signs out`,
  ),
  proven(
    23,
    'Over https the session’s cookie is sent across sites (SameSite=None), so that a hidden frame of an application finds it. Browsers do not take that over http: there a frame finds the session from pages of the same scheme and host alone.',
    'msal-js-sso',
    `${MSAL}: msal-browser finds the session in a hidden frame and a pop-up, and calls Graph from the page`,
  ),
  other(
    24,
    'simplified',
    'Version 1’s prompt=admin_consent shows the consent page, where an administrator may consent for the organization, to others as well; its answer has no admin_consent. ID tokens come with every sign-in and are signed. Proof keys are S256; plain ones, which version 1 takes, are refused, and so are tokens an application asks for itself. The number for a code of another resource, 70000, is assumed.',
    VERSION_ONE,
  ),
  proven(
    25,
    'On-behalf-of: an API exchanges the access token of a person that is for it for one of another API, Graph or its own, with what it was consented to (AADSTS65001). Assertions of another audience (500131), forged or of another tenant (50013), expired (500133), of an application (7000114), ID tokens (240002) and those of people since blocked (50057) or revoked (50173) are refused; msal-node caches and renews.',
    'v2-oauth2-on-behalf-of-flow',
    `${TESTS}/on-behalf-of.test.ts: msal-node gets a token for Graph, keeps it, and is told of a consent that is missing`,
  ),
  other(
    26,
    'simplified',
    'Combined consent by knownClientApplications and SAML assertions for an access token are left out; multi-factor authentication and sign-in frequency are judged when the person signs in and renews, not again at the exchange. The OAuth error of 7000114 and 240002, invalid_grant, is assumed.',
    'v2-oauth2-on-behalf-of-flow',
  ),
  {
    id: 'FID-ENTRA-TOKENS-27',
    behaviour:
      'A client secret whose start lies in the future does not count: AADSTS7000215, as for one that is not there. Which number the real service gives is not published.',
    fidelity: 'assumed',
    source: `${DOCS}/reference-error-codes`,
    test: `${TESTS}/client-proof.test.ts: does not count before its start, nor after its end`,
  },
  {
    id: 'FID-ENTRA-TOKENS-28',
    behaviour:
      'A token answer lists its scopes as the request wrote them, with the name of the resource in front or without, and .default where that was asked for: client libraries find their tokens by them. That .default is listed is known from their caches.',
    fidelity: 'proven',
    source: `${DOCS}/v2-oauth2-auth-code-flow`,
    test: `${TESTS}/on-behalf-of.test.ts: msal-node gets a token for Graph, keeps it, and is told of a consent that is missing`,
  },
  {
    id: 'FID-ENTRA-TOKENS-29',
    behaviour:
      'A token request with a parameter twice is refused whatever the two say: AADSTS9000411, at the endpoints of both versions.',
    fidelity: 'proven',
    source: 'https://www.rfc-editor.org/rfc/rfc6749#section-3.2',
    test: `${TESTS}/refusals.test.ts: a parameter twice, of which one might be judged and the other redeemed`,
  },
]

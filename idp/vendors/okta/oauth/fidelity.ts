import type { LedgerRow } from '#kit/ledger.ts'

const API = 'developer.okta.com: OpenID Connect and OAuth 2.0 API; reference of the Management API'
const HELP = 'help.okta.com: Create OpenID Connect app integrations; API Access Management'
const FLOWS = 'idp/vendors/okta/oauth/test/flows.test.ts'
const REFUSALS = 'idp/vendors/okta/oauth/test/refusals.test.ts'
const SESSIONS = 'idp/vendors/okta/oauth/test/consent-and-sessions.test.ts'
const LOG = 'idp/vendors/okta/oauth/test/system-log.test.ts'
const ENDPOINTS = 'idp/vendors/okta/oauth/test/endpoints.test.ts'
const VERIFIER = 'idp/vendors/okta/oauth/test/jwt-verifier.test.ts'
const AUTH_JS = 'scenarios/e2e/okta-auth-js.spec.ts'
const MANAGEMENT = 'idp/vendors/okta/oauth/test/management-api.test.ts'

function proven(number: string, behaviour: string, source: string, test: string): LedgerRow {
  return { id: `FID-OKTA-OAUTH-${number}`, behaviour, fidelity: 'proven', source, test }
}

function row(
  number: string,
  fidelity: 'documented' | 'simplified' | 'assumed' | 'absent',
  behaviour: string,
  source = API,
): LedgerRow {
  return { id: `FID-OKTA-OAUTH-${number}`, behaviour, fidelity, source }
}

/** OpenID Connect and OAuth: the org's authorization server and custom ones. */
export const OKTA_OAUTH_LEDGER: readonly LedgerRow[] = [
  proven(
    '01',
    'Org and custom authorization servers stand at the addresses Okta’s libraries put together; ID tokens have ver, jti, amr, idp and auth_time, access tokens cid, uid, scp, and the login as sub.',
    API,
    `${FLOWS}: signs somebody in with code and PKCE; the ID token has Okta’s claims`,
  ),
  row(
    '02',
    'absent',
    'Response types other than code (implicit, hybrid), the grants password, device code, CIBA and token exchange, pushed authorization requests, dynamic registration at /oauth2/v1/clients, device_sso, DPoP, request objects, client_secret_jwt. Discovery does not name them, and they are refused by name.',
  ),
  proven(
    '03',
    'userinfo takes an access token whose audience is the API of a custom server.',
    API,
    `${FLOWS}: userinfo takes the access token, whose audience may be an API, and tells the rest`,
  ),
  proven(
    '04',
    'An ID token that comes with an access token has the short form (name, preferred_username, email); the rest is at userinfo.',
    API,
    `${FLOWS}: signs somebody in with code and PKCE; the ID token has Okta’s claims`,
  ),
  proven(
    '05',
    'One session is for dashboard, console, SAML and every authorization server; signing out by ID token ends it.',
    API,
    `${FLOWS}: one sign-in is for the dashboard and every server: nobody is asked twice`,
  ),
  proven(
    '06',
    'An unknown client or redirect address is told to the person on a page, with 400, and never sent to an address.',
    API,
    `${REFUSALS}: an address nobody registered`,
  ),
  row(
    '07',
    'assumed',
    'Redirect addresses compare character for character. The two samples alone take any loopback port, and so do their trusted origins: a rule of the kit, marked on their pages.',
    HELP,
  ),
  row(
    '08',
    'absent',
    'Client credentials at the org server for okta.* scopes: the Management API takes API tokens only. A client with a secret is told to use private_key_jwt, as the real one does.',
  ),
  proven(
    '09',
    'Access policies decide in order: clients, grant, scopes, groups; nothing that fits is access_denied, Policy evaluation failed.',
    API,
    `${MANAGEMENT}: gives what its scopes, claims and policies say`,
  ),
  proven(
    '10',
    'Somebody who is not assigned is refused with access_denied, signed in before or for this.',
    API,
    `${REFUSALS}: a person who is not assigned, signed in before or for this`,
  ),
  proven(
    '11',
    'A refresh token rotates at each use; the one before is refused.',
    API,
    `${FLOWS}: gives a refresh token with offline_access, and replaces it at each use`,
  ),
  row(
    '12',
    'simplified',
    'The grace period for a rotated refresh token is nought. A persistent token ends when the window of its rule is over, used or not, counted from its issue.',
  ),
  proven(
    '13',
    'Keys of each server roll over on command; what the old one signed is accepted until it is retired.',
    API,
    `${VERIFIER}: keys roll over on command: what the old one signed is accepted until it is retired`,
  ),
  row('14', 'simplified', 'Keys do not rotate by themselves four times a year: rotation is manual.'),
  proven(
    '15',
    '@okta/jwt-verifier verifies access and ID tokens, and refuses another audience, issuer and nonce.',
    API,
    `${VERIFIER}: another audience, another issuer, another nonce`,
  ),
  proven(
    '16',
    '@okta/okta-auth-js signs in, renews by refresh token and by a frame (okta_post_message), and signs out.',
    API,
    `${AUTH_JS}: signs in by redirect with PKCE, renews its tokens, reads userinfo, signs out`,
  ),
  proven(
    '17',
    'Scripts of an origin that is not trusted get no answer.',
    HELP,
    `${AUTH_JS}: is refused at an origin nobody trusts: the browser keeps the answer from the script`,
  ),
  proven(
    '18',
    'OpenID Connect apps by the Management API: client id is the app’s id, secrets can be exchanged without a gap.',
    API,
    `${MANAGEMENT}: exchange one secret for another without a gap`,
  ),
  row(
    '19',
    'assumed',
    'Words of some refusals that no document gives: missing parameters, bad prompts, client credentials with scopes of people, consent under prompt=none.',
  ),
  row('20', 'assumed', 'Introspection answers any client of the org about tokens of the server that is asked.'),
  row('21', 'simplified', 'An assertion of a client (private_key_jwt) may be used more than once before it expires.'),
  row(
    '22',
    'simplified',
    'FLEXIBLE consent, exclusions in rules, inline hooks, token preview and per-client rate limits are not offered.',
    HELP,
  ),
  proven(
    '24',
    'The System Log tells of refused authorization and token requests: illegal_redirect_uri, no_matching_scope, no_matching_policy, user_not_assigned, with the address and the scopes that were asked for.',
    'support.okta.com: the redirect_uri parameter must be a Login redirect URI; System Log event types',
    `${LOG}: an address that is not registered, and the address`,
  ),
  row('25', 'assumed', 'The System Log’s reason for a client whose credentials are refused: invalid_client.'),
  proven(
    '26',
    'Scripts of an origin that a sign-in redirect URI of the client has are given tokens, whether or not the origin is trusted; for metadata and userinfo it has to be.',
    'github.com/okta/okta-developer-docs, pull request 1678',
    `${ENDPOINTS}: get tokens, and nothing else`,
  ),
  proven(
    '27',
    'Where tokens are asked for, a client nobody knows is told so in the envelope of the Management API, any other refusal as OAuth has it.',
    'support.okta.com: invalid_client error returned when requesting OAuth tokens',
    `${REFUSALS}: a wrong secret, none, an unknown client`,
  ),
  proven(
    '28',
    'login_hint is typed already; prompt=login and max_age ask anew, and the session there is goes on until somebody has signed in.',
    API,
    `${SESSIONS}: a sign-in that was asked for anew and left again has signed nobody out`,
  ),
  row('23', 'simplified', 'An access token carries nbf and a typ header that the real one does not have.'),
]

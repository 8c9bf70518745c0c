import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { okta } from '../../acts/commands.ts'
import { asksForToken, keepsOldSecret, scriptLooksAround, sendsToOkta, signsInByOkta } from '../../acts/okta-sign-in.ts'
import { ruledOut } from '../../causes.ts'
import { getsToken, hasSignInUri, isInOrg, originIsTrusted, serverHasScope } from '../../checks.ts'
import { enter, fill, press, pressIn, tick, turnTo } from '../../hands/steps.ts'
import { oktaOwnApp, oktaServer } from '../../hands/ways.ts'
import type { Cause, Lab } from '../../lab.ts'
import { OKTA_APPLICATIONS, OKTA_SERVERS } from '../../places.ts'

/** The org's own applications: where answers go, what they prove themselves with, what the authorization server has for them. */

const BOARD = 'Shift Board'
const OLD_URI = 'https://board.brightwave.example/login/callback'
const NEW_ORIGIN = 'https://shifts.brightwave.example'
const NEW_URI = `${NEW_ORIGIN}/login/callback`
const PAYROLL = 'Payroll Sync'
const SCOPE = 'shifts:read'
const PERSON = PEOPLE.supporter

const web = (everybody: boolean) =>
  okta('create-oidc-app', { label: BOARD, type: 'web', redirectUris: [OLD_URI], everybody })
const single = okta('create-oidc-app', { label: BOARD, type: 'browser', redirectUris: [NEW_URI], everybody: true })
const service = okta('create-oidc-app', { label: PAYROLL, type: 'service' })
const scope = okta('create-scope', { name: SCOPE })

const UNREGISTERED: Cause = {
  cause: 'The address of the answer is none of the sign-in redirect URIs.',
  because: 'Then Okta would show a page, and answer nobody.',
}
const BAD_SECRET: Cause = {
  cause: 'The client secret is not the right one.',
  because: 'Then it would be invalid_client, at the token endpoint.',
}
const NO_SCOPE: Cause = {
  cause: 'The authorization server does not have the scope.',
  because: 'Then it would be invalid_scope.',
}
const NO_POLICY: Cause = {
  cause: 'No access policy of the authorization server is for the client.',
  because: 'Then it would be access_denied, "Policy evaluation failed".',
}
const NOT_ASSIGNED: Cause = {
  cause: 'The person is not assigned to the app.',
  because: 'Then it would be access_denied, "User is not assigned to the client application".',
}
const INACTIVE: Cause = {
  cause: 'The app was deactivated.',
  because: 'It is active; else its client id would be unknown.',
}

type Told = Omit<Lab, 'product' | 'world' | 'source'>
const inOrg = (told: Told): Lab => ({ ...told, product: 'Okta', world: 'brightwave', source: 'okta 6.1' })

export const OKTA_SIGN_IN_LABS: readonly Lab[] = [
  inOrg({
    id: 'okta-redirect-uri-missing',
    title: 'Four hundred, and no way back',
    grade: 1,
    fault: 'okta-redirect-uri-missing',
    where: OKTA_APPLICATIONS,
    breakIt: [web(true), sendsToOkta(BOARD, { redirectUri: NEW_URI })],
    symptom: `${BOARD} has a new address since this morning. "Sign in" ends at a page of Okta that says 400 Bad Request.`,
    right: {
      cause: `The address ${BOARD} wants the answer at is none of its sign-in redirect URIs.`,
      because: 'The page says so, and the System Log has illegal_redirect_uri with the address.',
    },
    wrong: [
      ruledOut(NOT_ASSIGNED, 'That is told to the application, and nobody has been asked who they are.'),
      ruledOut(BAD_SECRET, 'A secret is shown for tokens, which come later.'),
      ruledOut(INACTIVE, 'Then the page would say that the client_id is invalid.'),
    ],
    mend: 'General of the app, General Settings, Edit: add the address to Sign-in redirect URIs, Save.',
    control: { press: 'Edit General Settings' },
    explanation:
      'Addresses are compared character for character, with scheme, port and every slash. Okta sends nobody to an address it does not know, not even with an error: it could be anybody’s. So the application’s own log stays empty, and the System Log is where to look.',
    hints: [
      'Who shows the error, Okta or the application?',
      'Compare debugData of the event illegal_redirect_uri in the System Log with the app’s General tab.',
      'Applications, Shift Board, General: Edit General Settings, a line more in Sign-in redirect URIs, Save.',
    ],
    solve: [okta('add-redirect-uri', { app: BOARD, uri: NEW_URI })],
    mendByHand: [
      ...oktaOwnApp(BOARD, 'General'),
      press('Edit General Settings'),
      fill('Sign-in redirect URIs', `${OLD_URI}\n${NEW_URI}`),
      press('Save'),
    ],
    checks: [hasSignInUri(BOARD, NEW_URI)],
  }),
  inOrg({
    id: 'okta-app-unassigned',
    title: 'Known to Okta, not to the app',
    grade: 1,
    fault: 'okta-app-unassigned',
    where: OKTA_APPLICATIONS,
    breakIt: [web(false), signsInByOkta(BOARD, PERSON.address, { redirectUri: OLD_URI })],
    symptom: `${PERSON.name} signs in to Okta without trouble, and ${BOARD} then says "access_denied". The dashboard works.`,
    right: {
      cause: `${PERSON.name} is not assigned to ${BOARD}.`,
      because: 'access_denied with "User is not assigned to the client application", after the password.',
    },
    wrong: [
      ruledOut(NO_POLICY, 'The words would be "Policy evaluation failed"; the default policy is for all clients.'),
      ruledOut(UNREGISTERED, 'The application was told, so Okta knows its address.'),
      { cause: 'The password has expired.', because: 'Then nobody would come to the dashboard.' },
    ],
    mend: 'Assignments of the app: Assign, Assign to People, the person, Save and Go Back.',
    control: { press: 'Assign' },
    explanation:
      'Whoever may sign in to the org may still not use an app. People get it by name, by a group, or all of them at once with Federation Broker Mode, which also takes the tile and the list away.',
    hints: [
      'Was it before or after the password?',
      'Look for the person under Assignments of the app.',
      'Applications, Shift Board, Assignments: Assign, Assign to People.',
    ],
    solve: [okta('assign-person', { person: PERSON.address, app: BOARD })],
    mendByHand: [
      ...oktaOwnApp(BOARD, 'Assignments'),
      press('Assign'),
      press('Assign to People'),
      fill('Search people', PERSON.name),
      enter,
      pressIn(PERSON.name, 'Assign'),
      press('Save and Go Back'),
    ],
    checks: [isInOrg(BOARD)],
  }),
  inOrg({
    id: 'okta-client-secret-wrong',
    title: 'Two secrets, one of them dead',
    grade: 2,
    fault: 'okta-client-secret-wrong',
    where: OKTA_APPLICATIONS,
    breakIt: [service, scope, keepsOldSecret(PAYROLL, { scope: SCOPE })],
    symptom: `Secrets were exchanged on Friday, by the book. ${PAYROLL} has had no token since, and its settings have not been touched.`,
    right: {
      cause: `${PAYROLL} still sends the secret that was deactivated.`,
      because: 'invalid_client: only an active secret counts, and the app has a newer one.',
    },
    wrong: [
      ruledOut(NO_SCOPE, 'Then it would be invalid_scope, and the default server has the scope.'),
      ruledOut(NO_POLICY, 'That is judged once the client is believed.'),
      ruledOut(INACTIVE, 'Then the answer would be that the client_id is invalid.'),
    ],
    mend: 'Give the application the new secret; until then activate the old one on the General tab, and deactivate it when nobody uses it any more.',
    control: { press: 'Activate', within: 'Client secrets' },
    explanation:
      'An app may have two active secrets so that nobody has to hurry: make the new one, change the application over, watch the System Log, and only then deactivate the old one. Here the last step came second.',
    hints: [
      'Does it get no token, or one that may do nothing?',
      'Look at Client secrets of the app: how many are there, and since when?',
      'Applications, Payroll Sync, General: activate the old secret, or let the application have the new one.',
    ],
    solve: [asksForToken(PAYROLL, { scope: SCOPE })],
    mendByHand: [...oktaOwnApp(PAYROLL, 'General'), pressIn('Inactive', 'Activate')],
    checks: [isInOrg(PAYROLL)],
  }),
  inOrg({
    id: 'okta-scope-missing',
    title: 'Not on the menu',
    grade: 2,
    fault: 'okta-scope-missing',
    where: OKTA_SERVERS,
    breakIt: [web(true), sendsToOkta(BOARD, { redirectUri: OLD_URI, scope: `openid profile ${SCOPE}` })],
    symptom: `The new release of ${BOARD} calls an API. Nobody gets as far as the password: it says that one or more scopes are not configured.`,
    right: {
      cause: `The default authorization server has no scope ${SCOPE}.`,
      because: 'invalid_scope: a server gives nothing it does not know, and refuses the whole request.',
    },
    wrong: [
      ruledOut(NOT_ASSIGNED, 'Nobody has been asked who they are.'),
      ruledOut(NO_POLICY, 'Then it would be access_denied.'),
      {
        cause: 'People have to consent to the scope.',
        because: 'Then a page would ask them, after the password.',
      },
    ],
    mend: 'Security > API, default, Scopes: Add Scope with that very name.',
    control: { press: 'Add Scope' },
    explanation:
      'Scopes of an API are made at a custom authorization server, each for itself; their names count letter by letter, upper and lower case too. The org’s own server has those of OpenID Connect and no others.',
    hints: [
      'Which word is in error?',
      'Compare the scopes asked for (System Log, requestedScopes) with those of the authorization server.',
      'Security, API, default, Scopes: Add Scope.',
    ],
    solve: [scope],
    mendByHand: [...oktaServer('default', 'Scopes'), press('Add Scope'), fill('Name', SCOPE), press('Save')],
    checks: [isInOrg(BOARD), serverHasScope('default', SCOPE)],
  }),
  inOrg({
    id: 'okta-policy-without-client',
    title: 'Everybody but you',
    grade: 3,
    fault: 'okta-policy-without-client',
    where: OKTA_SERVERS,
    breakIt: [
      web(true),
      service,
      scope,
      okta('set-policy-clients', { apps: [BOARD] }),
      asksForToken(PAYROLL, { scope: SCOPE }),
    ],
    symptom: `${PAYROLL} is new, has the right secret and asks for a scope that is there. It gets access_denied; ${BOARD} works.`,
    right: {
      cause: 'The access policy of the authorization server is for another client.',
      because: '"Policy evaluation failed": without a policy for the client nothing is given out.',
    },
    wrong: [
      ruledOut(BAD_SECRET, 'Then it would be invalid_client.'),
      ruledOut(NO_SCOPE, 'It is there, and the error is another.'),
      ruledOut(NOT_ASSIGNED, 'A client that asks for itself has nobody to assign.'),
    ],
    mend: 'Security > API, default, Access Policies: edit the policy, assign it to the client too, or to all clients.',
    control: { press: 'Edit Default Policy' },
    explanation:
      'Policies are looked at in order, those for the client only; the first rule that fits the grant, the scopes and the person decides. No rule at all means no, and the words are the same whatever did not fit: client, grant, scope or group.',
    hints: [
      'Is it the client that is not believed, or what it asks for that is not given?',
      'Look at the policies of the authorization server, one by one: for whom are they?',
      'Security, API, default, Access Policies: Edit, All clients.',
    ],
    solve: [okta('set-policy-clients', {}), asksForToken(PAYROLL, { scope: SCOPE })],
    mendByHand: [
      ...oktaServer('default', 'Access Policies'),
      press('Edit Default Policy'),
      tick('All clients'),
      press('Save'),
    ],
    checks: [isInOrg(PAYROLL)],
  }),
  inOrg({
    id: 'okta-org-server-asked',
    title: 'The front desk has no keys',
    grade: 3,
    fault: 'okta-org-server-asked',
    where: OKTA_SERVERS,
    breakIt: [service, scope, asksForToken(PAYROLL, { scope: SCOPE, server: 'org' })],
    symptom: `${PAYROLL} has the right client id, the right secret, and "OKTA_ISSUER" is the address everybody knows. Okta says invalid_client.`,
    right: {
      cause: `The issuer ${PAYROLL} is set to is the org itself, and not the custom authorization server.`,
      because: 'The token endpoint is /oauth2/v1/token. That server gives a client with a secret nothing of its own.',
    },
    wrong: [
      ruledOut(BAD_SECRET, 'It was made a minute ago, and the words name the authentication method, not the secret.'),
      ruledOut(NO_POLICY, 'The org server has no policies; the default one lets all clients in.'),
      ruledOut(NO_SCOPE, 'The default server has it; the org server was not even asked for it yet.'),
    ],
    mend: 'Let the application use the Issuer URI of the custom server, as the list of Authorization Servers shows it: …/oauth2/default.',
    control: { press: 'default' },
    explanation:
      'An org has one server of its own, for Okta itself and for signing people in, and custom ones for the company’s APIs. Tokens of the org server are no use to an API: what is in them is Okta’s business. The issuer in the settings of a library decides which one is asked.',
    hints: [
      'Read the whole of error_description.',
      'Which path does the token request have, and which Issuer URI is in the list?',
      'The application has to ask at /oauth2/default/v1/token.',
    ],
    solve: [asksForToken(PAYROLL, { scope: SCOPE })],
    checks: [getsToken(PAYROLL)],
  }),
  inOrg({
    id: 'okta-origin-not-trusted',
    title: 'Answered, and not heard',
    grade: 2,
    fault: 'okta-origin-not-trusted',
    where: OKTA_APPLICATIONS,
    breakIt: [single, scriptLooksAround(NEW_ORIGIN)],
    symptom: `${BOARD}, a page full of scripts now, stays white. The console of the browser says "blocked by CORS policy"; Okta has logged nothing.`,
    right: {
      cause: `${NEW_ORIGIN} is not among the trusted origins.`,
      because: 'Okta answers, without Access-Control-Allow-Origin, and the browser keeps the answer from the script.',
    },
    wrong: [
      ruledOut(UNREGISTERED, 'It is registered, and nobody has been sent to sign in yet.'),
      ruledOut(BAD_SECRET, 'A page of scripts keeps no secret, and has none.'),
      {
        cause: 'The network of the office blocks Okta.',
        because: 'The call was answered with 200; the browser threw the answer away.',
      },
    ],
    mend: 'Security > API > Trusted Origins: Add Origin with the origin of the page, CORS.',
    control: { press: 'Add Origin' },
    explanation:
      'An origin is scheme, host and port, without a path. For its tokens a script needs no more than its redirect URI; for the metadata, userinfo and the session the origin has to be trusted. curl and the server side never see the difference: only browsers ask for permission.',
    hints: [
      'Who refuses, Okta or the browser?',
      'Open the address of the metadata by itself: it works. What is different when a script asks?',
      'Security, API, Trusted Origins: Add Origin.',
    ],
    solve: [okta('add-trusted-origin', { origin: NEW_ORIGIN })],
    mendByHand: [
      turnTo('okta', '/admin/access/api/trusted-origins'),
      press('Add Origin'),
      fill('Origin name', BOARD),
      fill('Origin URL', NEW_ORIGIN),
      tick('Cross-Origin Resource Sharing (CORS)'),
      press('Save'),
    ],
    checks: [isInOrg(BOARD), originIsTrusted(NEW_ORIGIN)],
  }),
]

import type { LedgerRow } from '#kit/ledger.ts'

const PROTOCOL = 'learn.microsoft.com: Single Sign-On SAML protocol'
const TOKEN = 'learn.microsoft.com: SAML token claims reference; Customize SAML token claims'
const SIGN_OUT = 'learn.microsoft.com: Single Sign-Out SAML protocol'
const SET_UP = 'learn.microsoft.com: Enable SAML single sign-on for an enterprise application'
const CERTIFICATES = 'learn.microsoft.com: Manage certificates for federated single sign-on'
const DIALPAD_HELP = 'help.dialpad.com: Integrating Azure SAML with Dialpad'
const TESTS = 'idp/vendors/entra/saml/test/single-sign-on.test.ts'
const WIRE = 'scenarios/wire-tests/entra-saml.test.ts'

function proven(number: string, behaviour: string, source: string, test: string): LedgerRow {
  return { id: `FID-ENTRA-SAML-${number}`, behaviour, fidelity: 'proven', source, test }
}

/** Single sign-on by SAML. */
export const ENTRA_SAML_LEDGER: readonly LedgerRow[] = [
  proven(
    '01',
    'Requests come to /{tenant}/saml2 by redirect; the app is found by its identifier, the answer goes to a registered reply URL with RelayState as it came, issued by https://sts.windows.net/{tenant}/.',
    PROTOCOL,
    `${TESTS}: by redirect: signed in, answered to the reply URL, RelayState as it came, accepted by node-saml`,
  ),
  proven('02', 'Requests come by form, too.', PROTOCOL, `${TESTS}: by form: kept, and answered after the sign-in`),
  proven(
    '03',
    'ForceAuthn asks for the password again.',
    PROTOCOL,
    `${TESTS}: that forces authentication asks for the password again`,
  ),
  proven(
    '04',
    'IsPassive gets NoPassive where somebody would have to be asked.',
    PROTOCOL,
    `${TESTS}: that forbids asking gets NoPassive where somebody would have to be asked`,
  ),
  proven(
    '05',
    'A persistent NameID is asked for by NameIDPolicy and is another one for each app.',
    PROTOCOL,
    `${TESTS}: persistent identifiers are one of its own for each app`,
  ),
  proven(
    '06',
    'Flaws of a request are pages with AADSTS750054, 75005, 700016, 50011, 75008, 75003; nobody is sent anywhere.',
    'learn.microsoft.com: authentication and authorization error codes',
    `${TESTS}: %s is refused with a page`,
  ),
  proven(
    '07',
    'The user access URL opens the app without a request, with the relay state that is set up; with a Sign on URL it leads there.',
    SET_UP,
    `${TESTS}: the user access URL answers without InResponseTo, with the relay state that is set up`,
  ),
  proven(
    '08',
    'Assignment required and a disabled app are refused as for every app, with AADSTS50105 and AADSTS7000112.',
    SET_UP,
    `${TESTS}: somebody who is not assigned where assignment is required is refused with AADSTS50105`,
  ),
  proven(
    '09',
    'Claims are attributes or constants with or without a namespace; groups by id or name; what is empty is left out.',
    TOKEN,
    `${TESTS}: three claims of one’s own, a constant, the groups: what an answer says`,
  ),
  proven(
    '10',
    'A certificate of three years is made when SAML is chosen; a new one is inactive, stands in the metadata, and signs when it is made active.',
    CERTIFICATES,
    `${TESTS}: a rollover: a new one waits, then signs; who holds the old one refuses`,
  ),
  proven(
    '11',
    'Signing Option and Signing Algorithm: the assertion by SHA-256 unless changed.',
    CERTIFICATES,
    `${TESTS}: what is signed, and by which algorithm, is chosen`,
  ),
  proven(
    '12',
    'Two apps of a directory cannot have the same identifier.',
    SET_UP,
    `${TESTS}: two apps of a directory cannot share an identifier`,
  ),
  proven(
    '13',
    'Dialpad, which is OpenID Connect in the gallery, takes SAML by the SAML Toolkit and its provider Custom, with three claims.',
    DIALPAD_HELP,
    `${WIRE}: the values of each side pasted into the other, a person lands in the account`,
  ),
  {
    id: 'FID-ENTRA-SAML-14',
    behaviour:
      'Identifiers and reply URLs of SAML belong to the enterprise app here; in the real product they stand in its registration as well.',
    fidelity: 'simplified',
    source: SET_UP,
  },
  {
    id: 'FID-ENTRA-SAML-15',
    behaviour:
      'Verification of signed requests, token encryption, claim transformations and conditions, upload of metadata, password-based and linked sign-on, mails before a certificate expires: absent.',
    fidelity: 'absent',
    source: SET_UP,
  },
  {
    id: 'FID-ENTRA-SAML-16',
    behaviour:
      'Metadata has the identity provider’s part alone, without WS-Federation; it names every certificate of the app, the active one first (which of them the real one names is not published).',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-ENTRA-SAML-17',
    behaviour:
      'Answers hold from five minutes back to an hour on; more than 150 groups are left out of an answer without the link the real one puts there.',
    fidelity: 'simplified',
    source: TOKEN,
  },
  proven(
    '18',
    'An address that belongs to no tenant, and one that could be any, is refused.',
    PROTOCOL,
    `${TESTS}: at an address that is no tenant`,
  ),
  proven(
    '19',
    'A LogoutRequest by redirect to /{tenant}/saml2 ends the session of the browser, for applications of OpenID Connect as well, and the browser goes to the Logout Url with a LogoutResponse: Success, InResponseTo, RelayState as it came.',
    SIGN_OUT,
    `${TESTS}: from the app: the answer goes to the Logout Url, node-saml accepts it, and the session is over for every app`,
  ),
  proven(
    '20',
    'The NameID of a LogoutRequest is not considered, nor are its signature, Destination and NotOnOrAfter; sent again it does no more.',
    SIGN_OUT,
    `${TESTS}: whoever the request names, the session of this browser ends; sent again, nothing more does`,
  ),
  proven(
    '21',
    'An issuer nobody set up (AADSTS700016), a message that is none (75005), and a LogoutRequest by form, which is not supported, end nothing and lead nowhere.',
    SIGN_OUT,
    `${TESTS}: an app nobody set up, and a message that is none, end nothing and lead nowhere`,
  ),
  proven(
    '22',
    'Without a Logout Url the browser stays at the page that says the session is over; it is never sent to another address.',
    SIGN_OUT,
    `${TESTS}: without a Logout Url, and with one that is not on this machine, nobody is sent anywhere, and the session is over`,
  ),
  {
    id: 'FID-ENTRA-SAML-23',
    behaviour:
      'The LogoutResponse is issued by https://sts.windows.net/{tenant}/, the entity id of the metadata, which applications compare it with; the article names https://login.microsoftonline.com/{tenant}/ by now, and sts.windows.net before. The address is signed with the key of the app’s active certificate. A browser nobody is signed in with gets Success. The numbers of refusals are those of sign-on.',
    fidelity: 'assumed',
    source: `${SIGN_OUT}; its earlier editions; reports of users`,
  },
  {
    id: 'FID-ENTRA-SAML-24',
    behaviour:
      'Other SAML applications of the session get no LogoutRequest, and a LogoutResponse is not understood; applications of OpenID Connect are told by their front-channel logout URL. A browser has one session here, so nobody chooses which one ends.',
    fidelity: 'absent',
    source: SIGN_OUT,
  },
]

import type { LedgerRow } from '#kit/ledger.ts'
import { ANSWER_CLOCK } from './answer-clock.ts'

const DOCUMENTS = 'developer.okta.com and help.okta.com: SAML app integrations'
const FOR_DIALPAD = 'saml-doc.okta.com: How to Configure SAML 2.0 for Dialpad'
const DIALPAD_HELP = 'help.dialpad.com: Okta SSO'
const SINGLE_LOGOUT = 'help.okta.com: Configure Single Logout in app integrations'
const ANSWERS = 'idp/vendors/okta/saml/test/answers.test.ts'
const FLOWS = 'idp/vendors/okta/saml/test/flows.test.ts'
const PAGES = 'idp/vendors/okta/saml/test/sign-on-pages.test.ts'
const LOGOUT = 'idp/vendors/okta/saml/test/single-logout.test.ts'
const WIRE = 'scenarios/wire-tests/okta-saml.test.ts'

function proven(number: string, behaviour: string, source: string, test: string): LedgerRow {
  return { id: `FID-OKTA-SAML-${number}`, behaviour, fidelity: 'proven', source, test }
}

/** Single sign-on by SAML. */
export const OKTA_SAML_LEDGER: readonly LedgerRow[] = [
  proven(
    '01',
    "Metadata is public; its entity id is http, at www.okta.com, by the exk id, and both bindings lead to the org's https or local address.",
    DOCUMENTS,
    `${ANSWERS}: metadata names the issuer, one certificate in lines of 76, both bindings, and no logout`,
  ),
  proven(
    '02',
    'Each app has a certificate of its own: RSA 2048, SHA-256, ten years, the subject of the real org.',
    DOCUMENTS,
    `${ANSWERS}: the certificate of an app is RSA 2048 for ten years, with the subject of the real one`,
  ),
  proven(
    '03',
    'Response and assertion are both signed by RSA-SHA256; id of digits, issuer with the entity format, five minutes on either side, bearer, PasswordProtectedTransport.',
    DOCUMENTS,
    `${ANSWERS}: an answer has every part of the table`,
  ),
  {
    id: 'FID-OKTA-SAML-04',
    behaviour:
      'Signatures are exclusive canonical forms without the list of inclusive namespaces (PrefixList="xs") of the real ones: the signing library has no way to say it, and receivers do not depend on it.',
    fidelity: 'simplified',
    source: DOCUMENTS,
  },
  proven(
    '05',
    "NameID is the assignment's user name, whatever the person's address is.",
    DOCUMENTS,
    `${ANSWERS}: NameID is the user name of the assignment, not the address of the person`,
  ),
  proven(
    '06',
    'Attribute statements are expressions; names are case-sensitive; group attribute statements send the names of the groups that pass a filter.',
    FOR_DIALPAD,
    `${ANSWERS}: attributes are expressions and groups that pass a filter; what is empty is left out`,
  ),
  proven(
    '07',
    'The tile and the embed link answer without InResponseTo, with the Default Relay State.',
    DOCUMENTS,
    `${FLOWS}: the embed link answers without InResponseTo, with the Default Relay State or none`,
  ),
  proven(
    '08',
    'A request comes by redirect or by form, waits for a sign-in, and its RelayState comes back byte for byte.',
    DOCUMENTS,
    `${FLOWS}: a request waits for the sign-in, and its RelayState comes back byte for byte`,
  ),
  proven(
    '09',
    'Somebody who is not assigned sees 403 App Not Assigned, and the System Log an attempt.',
    DOCUMENTS,
    `${FLOWS}: somebody who is not assigned sees 403 App Not Assigned, and the log says so`,
  ),
  proven(
    '10',
    'A wrong id and a deactivated app are a page that is not found (assumed in the real product).',
    DOCUMENTS,
    `${FLOWS}: a wrong id, and an app that is switched off, are not found`,
  ),
  proven(
    '11',
    'A request that forces authentication asks for the password again, unless Disable Force Authentication is set, as it is by default.',
    DOCUMENTS,
    `${FLOWS}: ForceAuthn asks for the password again, unless it is disabled`,
  ),
  proven(
    '12',
    'A request that forbids asking gets NoPassive, signed and without an assertion, where somebody would have to be asked.',
    'SAML core §3.4.1',
    `${FLOWS}: IsPassive gets NoPassive where somebody would have to be asked`,
  ),
  proven(
    '13',
    'The values of the setup instructions, pasted into Dialpad as they are, sign people in from the tile and from the Login Url.',
    DIALPAD_HELP,
    `${WIRE}: the values of each side are pasted into the other, and the tile lands in the account`,
  ),
  proven(
    '14',
    'A new certificate is inactive until it is activated; then the app refuses every answer until it has the new one.',
    DOCUMENTS,
    `${WIRE}: a rollover breaks the sign-in until Dialpad has the new certificate`,
  ),
  proven(
    '15',
    'Single sign-on and provisioning are independent of each other.',
    'help.dialpad.com Okta SAML and SCIM FAQs',
    `${WIRE}: with provisioning broken the tile still works, and the other way round`,
  ),
  {
    id: 'FID-OKTA-SAML-16',
    behaviour:
      'The clock that dates answers agrees with that of the service. A training fault lets it be ten minutes slow or fast, which the service refuses as expired or not yet valid.',
    fidelity: 'proven',
    source: 'SAML core §2.5.1.2; reference sheet 8.2',
    test: `${WIRE}: a clock that is wrong: an assertion is not yet valid, or expired (%s)`,
    switch: { id: ANSWER_CLOCK, values: ['right', 'ten-minutes-slow', 'ten-minutes-fast'], default: 'right' },
  },
  {
    id: 'FID-OKTA-SAML-17',
    behaviour:
      'There is no encryption of assertions, no signed request is demanded, and attributes come from statements alone, not from the authorization server.',
    fidelity: 'absent',
    source: DOCUMENTS,
  },
  {
    id: 'FID-OKTA-SAML-18',
    behaviour:
      'The Dialpad app sends NameID as emailAddress and metadata names unspecified beside it; a format a request asks for is not looked at.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-OKTA-SAML-19',
    behaviour:
      'An app of the integration wizard has its SAML settings (Single sign-on URL, Audience URI, Name ID format) on the Sign On tab; the real console has them in a wizard of its own.',
    fidelity: 'simplified',
    source: DOCUMENTS,
  },
  {
    id: 'FID-OKTA-SAML-20',
    behaviour:
      'Secure Web Authentication, Password reveal and the authentication policy of the Sign On tab have no page; attributes are edited on a page of their own.',
    fidelity: 'absent',
    source: 'reference sheet 1.5',
  },
  proven(
    '21',
    'The form with the answer goes to the address on this machine behind the one that was typed; Destination and Recipient stay as typed. A host elsewhere has to be allowed first.',
    'our choice: nothing leaves this machine unless allowed',
    `${FLOWS}: the form goes to the address on this machine, and nowhere else unless allowed`,
  ),
  proven(
    '22',
    'Sign On refuses addresses that are none and expressions that cannot be computed, beside their fields.',
    'reference sheet 1.5',
    `${PAGES}: what cannot be saved is told beside its field, and nothing is saved`,
  ),
  proven(
    '23',
    'A certificate is made with its app; an app of a world gets its own when it is first needed.',
    'our choice: worlds are made without randomness',
    `${PAGES}: an app of a world gets its certificate at first need, once, and keeps it`,
  ),
  proven(
    '24',
    'Single Logout is begun by the app alone, and switched on for apps of the integration wizard: Allow application to initiate Single Logout, Single Logout URL, SP Issuer, Signature Certificate. The session of the org ends, the answer is signed and posted to the Single Logout URL, and metadata, Sign out URL and setup instructions name the address.',
    SINGLE_LOGOUT,
    `${LOGOUT}: ends the session by a signed request, and node-saml accepts the answer at the Single Logout URL`,
  ),
  proven(
    '25',
    'A request has to be signed with the key of the Signature Certificate, in its address or in the message, and to come from SP Issuer; else the answer says AuthnFailed, the System Log why, and the session stays.',
    `${SINGLE_LOGOUT}; reports of users on the status`,
    `${LOGOUT}: a request that is not signed, by another key, altered, or of another issuer, ends nothing and is answered so`,
  ),
  proven(
    '26',
    'Without the settings, switched off, deactivated, and for apps of the catalog, there is no address for Single Logout.',
    SINGLE_LOGOUT,
    `${LOGOUT}: an app that is not set up, switched off, or of the catalog has no such address`,
  ),
  {
    id: 'FID-OKTA-SAML-27',
    behaviour:
      'A request that names another person than the one signed in is answered with RequestDenied, one that comes when nobody is signed in with Success; Destination and NotOnOrAfter are held against it. SHA-1 signatures are taken, and the dates of the Signature Certificate are not looked at.',
    fidelity: 'assumed',
    source: 'none published',
  },
  {
    id: 'FID-OKTA-SAML-28',
    behaviour:
      'Single Logout has a page of its own on the Sign On tab, and the certificate is pasted; the real console has it among the advanced settings of its wizard, and takes a file.',
    fidelity: 'simplified',
    source: SINGLE_LOGOUT,
  },
  {
    id: 'FID-OKTA-SAML-29',
    behaviour:
      'Front-channel logout, by which the org tells other apps of the session, which the real one has as early access: absent.',
    fidelity: 'absent',
    source: SINGLE_LOGOUT,
  },
]

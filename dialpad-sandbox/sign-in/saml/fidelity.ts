import type { LedgerRow } from '#kit/ledger.ts'

/** What logging in with SAML does as Dialpad does, and how sure we are. */

const TESTS = 'dialpad-sandbox/test'
const NONE = 'none published'
const OKTA_SAML = 'Dialpad help, okta-single-sign-on-via-saml'
const PROFILE = 'SAML 2.0 profiles §4.1.4'

export const SAML_LEDGER: readonly LedgerRow[] = [
  {
    id: 'FID-DIALPAD-SAML-01',
    behaviour:
      'Login with another provider: the company’s domain leads to its identity provider, and the answer ends signed in where the login began.',
    fidelity: 'proven',
    source: OKTA_SAML,
    test: `${TESTS}/saml-sign-in.test.ts: ends signed in, where it began`,
  },
  {
    id: 'FID-DIALPAD-SAML-02',
    behaviour: 'The identity provider can begin: a tile or an embed link signs in.',
    fidelity: 'documented',
    source: `${OKTA_SAML}; saml-doc.okta.com, How to Configure SAML 2.0 for Dialpad`,
    test: `${TESTS}/saml-sign-in.test.ts: signs in: the provider began`,
  },
  {
    id: 'FID-DIALPAD-SAML-03',
    behaviour:
      'The Login Url is the SP SSO Url, visited. An e-mail address serves in place of the company’s domain. Requests are sent by redirect, under the product’s entity id, and leave the address for the answer to the provider.',
    fidelity: 'assumed',
    source: `that there is a Login Url: saml-doc.okta.com; its form: ${NONE}`,
    test: `${TESTS}/portal-settings.test.ts: the Login Url comes with the settings, for the provider that is saved`,
  },
  {
    id: 'FID-DIALPAD-SAML-04',
    behaviour:
      'Answers may name the service as the product has it (https://dialpad.com/…) or as it is on this machine; metadata has the product’s entity id and the local address.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/saml-sign-in.test.ts: is accepted under both names of the service, wholly signed or the assertion alone`,
  },
  {
    id: 'FID-DIALPAD-SAML-05',
    behaviour:
      'The account is the one with the address of the NameID, which is why the username format has to be Email; nobody is made at a first sign-in: an unknown address has no Dialpad account.',
    fidelity: 'assumed',
    source: `OneLogin, Configuring SAML for Dialpad: create users first; the words: ${NONE}`,
    test: `${TESTS}/saml-sign-in.test.ts: signs in nobody who is suspended, deleted or unknown, and makes nobody`,
  },
  {
    id: 'FID-DIALPAD-SAML-06',
    behaviour:
      'The attribute Email is needed in this spelling; the provider Custom may write email. FirstName and LastName are not looked at, since nobody is made from them.',
    fidelity: 'assumed',
    source:
      'Google Workspace guide to Dialpad SAML marks three attributes required; JumpCloud’s guide maps email alone',
    test: `${TESTS}/saml-sign-in.test.ts: needs the attribute Email in this spelling; custom providers may write email`,
  },
  {
    id: 'FID-DIALPAD-SAML-07',
    behaviour: 'The assertion is to be signed; the answer around it may be.',
    fidelity: 'documented',
    source: 'Google Workspace guide to Dialpad SAML: Signed Response left unchecked',
    test: `${TESTS}/saml-refusals.test.ts: $name`,
  },
  {
    id: 'FID-DIALPAD-SAML-08',
    behaviour:
      'Unsigned, altered, wrapped, replayed, misaddressed, untimely and weakly signed answers are refused, as what reaches a parser too early is. The journal names the reason; the page has words of ours.',
    fidelity: 'assumed',
    source: `${PROFILE}; core §5.4; what exactly the product checks: ${NONE}`,
    test: `${TESTS}/saml-refusals.test.ts: $name`,
  },
  {
    id: 'FID-DIALPAD-SAML-09',
    behaviour:
      'Clocks may differ by a minute. Assertions are judged by wall time; a certificate that has run out, by the virtual clock.',
    fidelity: 'assumed',
    source: NONE,
    test: `${TESTS}/saml-sign-in.test.ts: is judged by wall time, a minute either way, and by nothing the virtual clock says`,
  },
  {
    id: 'FID-DIALPAD-SAML-10',
    behaviour: 'One certificate is kept: after a rollover logins fail until the new one is pasted.',
    fidelity: 'documented',
    source: OKTA_SAML,
    test: `${TESTS}/saml-sign-in.test.ts: a new certificate takes the place of the old one at once`,
  },
  {
    id: 'FID-DIALPAD-SAML-12',
    behaviour:
      'An answer sent to the entity id, by a provider that has the two addresses swapped, is judged and refused.',
    fidelity: 'assumed',
    source: NONE,
    test: 'scenarios/wire-tests/okta-saml.test.ts: SP SSO URL and SP Entity ID swapped: the answer goes to the wrong place',
  },
  {
    id: 'FID-DIALPAD-SAML-11',
    behaviour: 'Single logout, signed requests and encrypted assertions.',
    fidelity: 'absent',
    source: NONE,
    test: `${TESTS}/saml-refusals.test.ts: $name`,
  },
]

import { okta } from '../../acts/commands.ts'
import { setUpSaml, statements } from '../../acts/saml.ts'
import { ruledOut } from '../../causes.ts'
import { copy, fill, note, paste, press } from '../../hands/steps.ts'
import { dialpadSettings, oktaApp } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { ATTRIBUTE, CERTIFICATE, ISSUER, SWAPPED, samlLab } from './saml-lab.ts'

/** What Okta and Dialpad have been told of each other for signing in. */

export const SAML_LABS: readonly Lab[] = [
  samlLab(
    {
      id: 'saml-issuer',
      title: 'An s too many',
      grade: 2,
      fault: 'saml-issuer-differs',
      symptom: 'Log in with Okta ends with an error about the issuer.',
      right: ISSUER,
      wrong: [
        ruledOut(CERTIFICATE, 'It is the same.'),
        ruledOut(SWAPPED, 'They stand where they should.'),
        ruledOut(ATTRIBUTE, 'Email is written as it should be.'),
      ],
      mend: 'Dialpad, SAML: copy the issuer into IdP Entity ID exactly: it begins with http, though it looks like a mistake.',
      control: { fill: 'IdP Entity ID' },
      explanation: "Okta's issuer is a name, not an address: nobody opens it.",
      source: 'okta 8.2, dialpad F21',
      hints: [
        'Read the error at Dialpad.',
        'Compare both issuers letter by letter.',
        'Dialpad, SAML: paste the Issuer of the setup page into IdP Entity ID, Save.',
      ],
      mendByHand: [
        ...oktaApp('Sign On'),
        press('View SAML setup instructions'),
        copy('IdP Entity ID (Issuer)'),
        ...dialpadSettings('SAML'),
        paste('IdP Entity ID'),
        press('Save'),
      ],
    },
    [setUpSaml({ dialpad: ({ issuer }) => ({ idpEntityId: issuer.replace('http:', 'https:') }) })],
  ),
  samlLab(
    {
      id: 'saml-sso-address',
      title: 'The wrong door',
      grade: 1,
      fault: 'saml-sso-address-wrong',
      symptom: 'Log in with Okta leads to a page that does not exist.',
      right: {
        cause: 'The IdP SSO URL at Dialpad is not that of the app.',
        because: 'Dialpad sends people there.',
      },
      wrong: [
        ruledOut(CERTIFICATE, 'Nobody has come as far as a signature.'),
        ruledOut(ISSUER, 'They are the same.'),
        ruledOut(ATTRIBUTE, 'Nobody has come as far as an assertion.'),
      ],
      mend: 'Dialpad, SAML: paste the Sign-on URL of the app into IdP SSO URL again, Save.',
      control: { fill: 'IdP SSO URL' },
      explanation:
        'Had other ways to log in been prevented too, everybody would be locked out, administrators included.',
      source: 'dialpad F21, F22',
      hints: [
        'Which address is in the browser?',
        "Compare it with the app's setup page.",
        'Dialpad, SAML: IdP SSO URL, Save.',
      ],
      mendByHand: [
        ...oktaApp('Sign On'),
        press('View SAML setup instructions'),
        copy('IdP SSO URL'),
        ...dialpadSettings('SAML'),
        paste('IdP SSO URL'),
        press('Save'),
      ],
    },
    [setUpSaml({ dialpad: ({ ssoUrl }) => ({ idpSsoUrl: ssoUrl.replace(/\/dialpad\/[^/]+\//, '/dialpad/') }) })],
  ),
  samlLab(
    {
      id: 'saml-certificate',
      title: "Yesterday's signature",
      grade: 2,
      fault: 'saml-certificate-differs',
      symptom:
        'Log in with Okta worked until this morning. Now Dialpad says that the signature is not valid, for everybody.',
      right: {
        cause: 'Okta signs with a new certificate; Dialpad still has the old one.',
        because: 'A second certificate was generated and activated in Okta. Nobody tells Dialpad by itself.',
      },
      wrong: [
        ruledOut(ISSUER, 'They are the same.'),
        ruledOut(SWAPPED, 'The assertion arrived at the right address.'),
        ruledOut(ATTRIBUTE, 'Nobody has come as far as an attribute.'),
      ],
      mend: 'Dialpad, SAML: paste the certificate that is active in Okta, Save.',
      control: { fill: 'Certificate' },
      explanation:
        'Give the new certificate to the service provider first, then activate it: Okta lets both wait side by side.',
      source: 'okta 8.2, dialpad F21',
      hints: [
        'What can Dialpad not verify?',
        'Compare the active certificate of Sign On with the one at Dialpad.',
        'Okta, Sign On: copy the active certificate. Dialpad, SAML: paste it, Save.',
      ],
      mendByHand: [
        ...oktaApp('Sign On'),
        press('View SAML setup instructions'),
        note('Certificate'),
        ...dialpadSettings('SAML'),
        paste('Certificate'),
        press('Save'),
      ],
    },
    [setUpSaml(), okta('generate-certificate', {}), okta('activate-certificate', {})],
  ),
  samlLab(
    {
      id: 'saml-swapped',
      title: 'Crossed wires',
      grade: 2,
      fault: 'saml-addresses-swapped',
      symptom: 'The tile of Dialpad ends with an error about destination and audience.',
      right: SWAPPED,
      wrong: [
        ruledOut(CERTIFICATE, 'It is the same.'),
        ruledOut(ISSUER, 'They are the same.'),
        ruledOut(ATTRIBUTE, 'Email is written as it should be.'),
      ],
      mend: 'Okta, Sign On: SP SSO URL and SP Entity ID in their own places, Save.',
      control: { press: 'Edit' },
      explanation: 'The ACS is where the assertion is sent; the entity id is for whom it is.',
      source: 'okta 8.2',
      hints: [
        'Where is the assertion sent?',
        'Which of the two addresses is that of the metadata?',
        'Okta, Sign On, Edit: exchange the two, Save.',
      ],
      mendByHand: [
        ...dialpadSettings('SAML'),
        copy('SP SSO Url'),
        ...oktaApp('Sign On'),
        press('Edit'),
        paste('SP SSO URL'),
        press('Save'),
        ...dialpadSettings('SAML'),
        copy('SP Entity ID'),
        ...oktaApp('Sign On'),
        press('Edit'),
        paste('SP Entity ID'),
        press('Save'),
      ],
    },
    [setUpSaml({ okta: ({ acs, entityId }) => ({ acsUrl: entityId, spEntityId: acs }) })],
  ),
  samlLab(
    {
      id: 'saml-attribute-case',
      title: 'Small letters',
      grade: 2,
      fault: 'saml-attribute-case',
      symptom: 'Okta signs in, Dialpad refuses: no e-mail in the assertion.',
      right: ATTRIBUTE,
      wrong: [
        ruledOut(CERTIFICATE, 'It is the same.'),
        ruledOut(ISSUER, 'They are the same.'),
        ruledOut(SWAPPED, 'The assertion arrived.'),
      ],
      mend: 'Okta, Sign On: name the attribute Email, with a capital, Save.',
      control: { press: 'Edit' },
      explanation: 'Names of SAML attributes are compared exactly.',
      source: 'okta 8.2',
      hints: [
        'Look at the assertion.',
        'Compare the names of its attributes with what Dialpad reads.',
        'Okta, Sign On, Attributes (Optional), Edit: Email, Save.',
      ],
      mendByHand: [
        ...oktaApp('Sign On'),
        press('Edit Attributes (Optional)'),
        fill('Name', 'Email', 'Attribute statement 3'),
        press('Save'),
      ],
    },
    [setUpSaml({ okta: () => ({ attributeStatements: statements('email') }) })],
  ),
]

import type { Act } from '../../acts/act.ts'
import { entra } from '../../acts/commands.ts'
import { CLAIMS, DIALPAD_ACS, DIALPAD_ENTITY_ID, SAML_APP, setUpEntraSaml, tellDialpad } from '../../acts/entra-saml.ts'
import { ruledOut } from '../../causes.ts'
import { entraSamlIsSetUp } from '../../checks.ts'
import { copy, download, fill, paste, press } from '../../hands/steps.ts'
import { dialpadSettings, enterpriseApp } from '../../hands/ways.ts'
import type { Cause, Lab } from '../../lab.ts'
import { DIALPAD_LOGIN } from '../../places.ts'

/** What Entra and Dialpad have been told of each other for signing in by SAML, provider Custom. */

const IDENTIFIER: Cause = {
  cause: 'The Identifier (Entity ID) in Entra is not what Dialpad calls itself.',
  because: 'AADSTS700016: Entra finds no app of that name in the tenant.',
}
const REPLY_URL: Cause = {
  cause: 'The Reply URL in Entra is not where Dialpad takes answers.',
  because: 'AADSTS50011: Dialpad asks for an answer at an address that is not in the configuration.',
}
const EMAIL: Cause = {
  cause: 'No claim is called Email.',
  because: 'Dialpad reads FirstName, LastName and Email, without a namespace.',
}
const NAME_ID: Cause = {
  cause: 'The Unique User Identifier is no e-mail address.',
  because: 'Dialpad looks for a person of that address, and there is none.',
}
const CERTIFICATE: Cause = {
  cause: 'Entra signs with another certificate than Dialpad has.',
  because: 'The signature cannot be checked.',
}
const ISSUER: Cause = {
  cause: "Dialpad expects another issuer than Entra's.",
  because: 'The IdP Entity ID at Dialpad differs from the Microsoft Entra Identifier.',
}

type Told = Omit<Lab, 'product' | 'world' | 'where' | 'checks'>
const lab = (told: Told): Lab => ({
  ...told,
  product: 'Entra',
  world: 'brightwave',
  where: DIALPAD_LOGIN,
  checks: [entraSamlIsSetUp],
})

const app = SAML_APP
const withClaims = (claims: Readonly<Record<string, string>>): Act => setUpEntraSaml({ entra: { claims } })
const { Email: _email, ...withoutEmail } = CLAIMS
const TENANT_IN_ISSUER = /[0-9a-f-]{36}/

export const ENTRA_SAML_LABS: readonly Lab[] = [
  lab({
    id: 'entra-saml-identifier',
    title: 'Known by another name',
    grade: 2,
    fault: 'entra-saml-identifier',
    breakIt: [setUpEntraSaml({ entra: { identifier: DIALPAD_ENTITY_ID.replace('/api/', '/') } })],
    symptom: 'The Login Url of Dialpad leads to Entra, which says that it does not know the application.',
    right: IDENTIFIER,
    wrong: [
      ruledOut(REPLY_URL, 'Entra has not come as far as an answer.'),
      ruledOut(CERTIFICATE, 'Nothing has been signed yet.'),
      ruledOut(EMAIL, 'Nothing has been said of anybody yet.'),
    ],
    mend: 'Basic SAML Configuration: paste the SP Entity ID of Dialpad into Identifier (Entity ID), Save.',
    control: { fill: 'Identifier (Entity ID)' },
    explanation:
      'The identifier is a name that is compared, not an address that is opened: a letter more or less is another application.',
    source: 'dialpad F21, AADSTS700016',
    hints: [
      'Which name does the error give?',
      "Compare it with Identifier (Entity ID) and with Dialpad's SAML page, letter by letter.",
      'Single sign-on, Basic SAML Configuration, Edit.',
    ],
    solve: [entra('edit-saml-app', { app, identifier: DIALPAD_ENTITY_ID })],
    mendByHand: [
      ...enterpriseApp(SAML_APP, 'Single sign-on'),
      press('Edit Basic SAML Configuration'),
      fill('Identifier (Entity ID)', DIALPAD_ENTITY_ID),
      press('Save'),
    ],
  }),
  lab({
    id: 'entra-saml-reply-url',
    title: 'Return to sender',
    grade: 2,
    fault: 'entra-saml-reply-url',
    breakIt: [setUpEntraSaml({ entra: { replyUrl: DIALPAD_ACS.replace('/custom/', '/azure/') } })],
    symptom: 'The Login Url of Dialpad leads to a page of Entra about a reply address that does not match.',
    right: REPLY_URL,
    wrong: [
      ruledOut(IDENTIFIER, 'The error names the app, so it was found.'),
      ruledOut(ISSUER, 'No assertion has been made.'),
      ruledOut(NAME_ID, 'Nobody has been named yet.'),
    ],
    mend: 'Basic SAML Configuration: paste the SP SSO Url of Dialpad into Reply URL, Save.',
    control: { fill: 'Reply URL (Assertion Consumer Service URL)' },
    explanation:
      'Entra posts a signed statement about a person only to addresses an administrator has named. The provider in the path must be the one chosen at Dialpad: custom.',
    source: 'dialpad F21, AADSTS50011',
    hints: [
      'Which address does the error give?',
      'Compare it with the Reply URL.',
      'Single sign-on, Basic SAML Configuration, Edit.',
    ],
    solve: [entra('edit-saml-app', { app, replyUrl: DIALPAD_ACS })],
    mendByHand: [
      ...enterpriseApp(SAML_APP, 'Single sign-on'),
      press('Edit Basic SAML Configuration'),
      fill('Reply URL (Assertion Consumer Service URL)', DIALPAD_ACS),
      press('Save'),
    ],
  }),
  lab({
    id: 'entra-saml-email-claim',
    title: 'Three claims, two written',
    grade: 2,
    fault: 'entra-saml-email-claim',
    breakIt: [withClaims(withoutEmail)],
    symptom: 'Entra signs people in, Dialpad refuses them: something is missing in the assertion.',
    right: EMAIL,
    wrong: [
      ruledOut(CERTIFICATE, 'The signature was accepted.'),
      ruledOut(IDENTIFIER, 'Entra has answered.'),
      ruledOut(REPLY_URL, 'The answer has arrived.'),
    ],
    mend: 'Attributes & Claims: add a claim Email without a namespace, source user.mail.',
    control: { press: 'Add new claim' },
    explanation:
      'Every app begins with a claim emailaddress in a namespace of web services. For Dialpad that is another claim: it reads the name Email, with nothing in front.',
    source: 'dialpad F21',
    hints: [
      'Which claims does Dialpad read?',
      'Compare them with Attributes & Claims, namespaces included.',
      'Attributes & Claims: Add new claim, Email, user.mail, Save.',
    ],
    solve: [entra('set-saml-claim', { app, name: 'Email', source: 'user.mail' })],
    mendByHand: [
      ...enterpriseApp(SAML_APP, 'Single sign-on'),
      press('Edit Attributes & Claims'),
      press('Add new claim'),
      fill('Name', 'Email'),
      fill('Source attribute', 'user.mail'),
      press('Save'),
    ],
  }),
  lab({
    id: 'entra-saml-name-id',
    title: 'A number, not a name',
    grade: 3,
    fault: 'entra-saml-name-id',
    breakIt: [setUpEntraSaml({ entra: { nameId: 'user.objectid' } })],
    symptom: 'Entra signs people in; Dialpad then says that they have no account, and they have one.',
    right: NAME_ID,
    wrong: [
      ruledOut(EMAIL, 'It is there, and says the right address.'),
      ruledOut(CERTIFICATE, 'The signature was accepted.'),
      { cause: 'The accounts were deleted at Dialpad.', because: 'They are in the list of users, active.' },
    ],
    mend: 'Attributes & Claims: Unique User Identifier (Name ID), source user.userprincipalname, Save.',
    control: { press: 'Unique User Identifier (Name ID)' },
    explanation:
      'The Name ID says who it is; the other claims say what is known of them. An object id never changes, which is why some apps want it. Dialpad wants the address.',
    source: 'dialpad F21',
    hints: [
      'Under which name does Dialpad look for the person?',
      'Open the assertion in the timeline and read its NameID.',
      'Attributes & Claims: open Unique User Identifier (Name ID), choose user.userprincipalname, Save.',
    ],
    solve: [entra('edit-saml-app', { app, nameId: 'user.userprincipalname' })],
    mendByHand: [
      ...enterpriseApp(SAML_APP, 'Single sign-on'),
      press('Edit Attributes & Claims'),
      press('Unique User Identifier (Name ID)'),
      fill('Source attribute', 'user.userprincipalname'),
      press('Save'),
    ],
  }),
  lab({
    id: 'entra-saml-certificate',
    title: 'Renewed, on one side',
    grade: 2,
    fault: 'entra-saml-certificate',
    breakIt: [setUpEntraSaml(), entra('roll-saml-certificate', { app })],
    symptom:
      'A colleague has "renewed the certificate" in Entra before it runs out. Nobody gets into Dialpad by SAML since.',
    right: CERTIFICATE,
    wrong: [
      ruledOut(ISSUER, 'They are the same.'),
      ruledOut(REPLY_URL, 'The answer has arrived.'),
      ruledOut(NAME_ID, 'It is the address, as before.'),
    ],
    mend: 'Download Certificate (Base64) in Entra, paste it at Dialpad, SAML, Save.',
    control: { fill: 'Certificate' },
    explanation:
      'A new certificate waits inactive until somebody makes it active. Give it to the other side first; where the other side holds one certificate only, as Dialpad does, change over when nobody works.',
    source: 'dialpad F21',
    hints: [
      'What can Dialpad not verify?',
      'Compare the active certificate in Entra with the one at Dialpad.',
      'Entra, Single sign-on: Certificate (Base64). Dialpad, SAML: paste it, Save.',
    ],
    solve: [tellDialpad],
    mendByHand: [
      ...enterpriseApp(SAML_APP, 'Single sign-on'),
      download('Download Certificate (Base64)'),
      ...dialpadSettings('SAML'),
      paste('Certificate'),
      press('Save'),
    ],
  }),
  lab({
    id: 'entra-saml-issuer',
    title: 'Signed by a stranger',
    grade: 2,
    fault: 'entra-saml-issuer',
    breakIt: [
      setUpEntraSaml({
        dialpad: ({ entraIdentifier }) => ({
          idpEntityId: entraIdentifier.replace(TENANT_IN_ISSUER, '00000000-1111-4222-8333-444444444444'),
        }),
      }),
    ],
    symptom: 'Entra signs people in; Dialpad says that the answer comes from somebody it does not know.',
    right: ISSUER,
    wrong: [
      ruledOut(CERTIFICATE, 'It is the same.'),
      ruledOut(IDENTIFIER, 'That is what Dialpad is called, not who answers.'),
      ruledOut(EMAIL, 'Nobody has looked at claims yet.'),
    ],
    mend: 'Dialpad, SAML: paste the Microsoft Entra Identifier into IdP Entity ID, Save.',
    control: { fill: 'IdP Entity ID' },
    explanation:
      'The issuer holds the id of the tenant. Values copied from the documentation, or from a test tenant, look right at a glance.',
    source: 'dialpad F21',
    hints: [
      'Whose name does Dialpad give in the error?',
      'Compare IdP Entity ID with the Microsoft Entra Identifier.',
      'Dialpad, SAML: IdP Entity ID, Save.',
    ],
    solve: [tellDialpad],
    mendByHand: [
      ...enterpriseApp(SAML_APP, 'Single sign-on'),
      copy('Microsoft Entra Identifier'),
      ...dialpadSettings('SAML'),
      paste('IdP Entity ID'),
      press('Save'),
    ],
  }),
]

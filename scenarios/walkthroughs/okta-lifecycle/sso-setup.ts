import { finding, missing } from '../finding.ts'
import { openAppTab } from '../okta-pages.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { logInToDialpad } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureOkta } from '../witness/okta.ts'
import { markJournals, pagesSince } from '../witness/okta-since.ts'
import { tellOpened } from '../witness/pages-opened.ts'
import { KEPT } from './hero.ts'

const inOkta = { article: 'okta-sso', section: 'Configure Dialpad attributes in Okta' } as const
const inDialpad = { article: 'okta-sso', section: 'Configure Okta identity provider attributes into Dialpad' } as const

/** The other half of what 004 takes for granted: single sign-on by SAML. It and provisioning know nothing of each other. */
export const SSO_SETUP_STEPS: readonly Step[] = [
  {
    id: 'okta-sso/sp/1',
    title: 'Copy what Dialpad says about itself',
    say: 'In a new tab go to the Dialpad Admin Settings: Company Settings, Authentication, SAML. Select Okta as provider, and copy the two addresses.',
    source: inOkta,
    at: {
      page: 'Dialpad, SAML',
      labels: [
        'Admin settings',
        'Company Settings',
        'Authentication',
        'SAML',
        'Choose your provider',
        'SP SSO Url',
        'SP Entity ID',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await logInToDialpad(desk, PEOPLE.owner)
      await desk.press('Admin settings')
      await desk.press('Company Settings', { within: 'Main' })
      await desk.see('Authentication', { within: 'Main' })
      await desk.press('SAML', { within: 'Main' })
      await desk.choose('Choose your provider', 'Okta')
      await desk.press('Choose')
      await desk.see('Give these to Okta')
      walk.keep.set('acsUrl', await desk.copy('SP SSO Url'))
      walk.keep.set('spEntityId', await desk.copy('SP Entity ID'))
    },
    async check(walk) {
      const [acsUrl, entityId] = [walk.keep.get('acsUrl'), walk.keep.get('spEntityId')]
      return finding(
        `Answers go to ${acsUrl}; the service calls itself ${entityId}.`,
        acsUrl.includes('/saml/sso/okta/'),
        entityId.includes('/saml/metadata/okta/'),
      )
    },
    hints: [
      "In Dialpad's admin portal, under Company Settings.",
      'The addresses change with the provider: choose it first, copy then.',
      'Press SAML under Authentication, choose Okta, press Choose, and copy SP SSO Url and SP Entity ID.',
    ],
    wrong: [
      {
        mistake: 'The addresses were copied with another provider chosen.',
        sign: 'Dialpad answers "No such SAML login", or speaks of another destination.',
      },
      {
        mistake: 'The two were swapped in Okta.',
        sign: 'Okta cannot take the answer anywhere, or Dialpad says SAML error: destination.',
      },
    ],
  },
  {
    id: 'okta-sso/sp/2',
    title: 'Paste it into Okta',
    say: 'In Okta open the tab Sign On and select Edit. Paste both under Advanced Sign-on Settings, choose Email as Application username format under Credentials Details, and save.',
    source: inOkta,
    at: {
      page: 'Okta, Dialpad, Sign On',
      labels: [
        'Sign On',
        'Edit',
        'Advanced Sign-on Settings',
        'SP SSO URL',
        'SP Entity ID',
        'Credentials Details',
        'Application username format',
        'Save',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Sign On')
      await desk.press('Edit')
      await desk.see('Advanced Sign-on Settings')
      await desk.fill('SP SSO URL', walk.keep.get('acsUrl'))
      await desk.fill('SP Entity ID', walk.keep.get('spEntityId'))
      await desk.see('Credentials Details')
      await desk.choose('Application username format', 'Email')
      await desk.press('Save')
      await desk.see('View SAML setup instructions')
    },
    async check(walk) {
      const { app } = await pictureOkta(walk.control.okta)
      if (app === undefined) return missing('Dialpad among the apps of the org')
      const { acsUrl, spEntityId, usernameTemplate } = app.signOn
      return finding(
        `Okta will answer to ${acsUrl || 'nowhere'}, for ${spEntityId || 'nobody'}, and name people by ${usernameTemplate.format}.`,
        acsUrl === walk.keep.get('acsUrl'),
        spEntityId === walk.keep.get('spEntityId'),
        usernameTemplate.format === 'email',
      )
    },
    hints: [
      'Among the tabs of Dialpad in Okta, beside General.',
      'Three things on one form: two addresses, and what people are called in Dialpad.',
      'Press Sign On, Edit; paste SP SSO URL and SP Entity ID; choose Email; press Save.',
    ],
    wrong: [
      {
        mistake: 'The format stayed Okta username, and usernames are no addresses.',
        sign: 'No Dialpad account for this email; provisioning is answered with 400.',
      },
      { mistake: 'A blank or a slash was added to SP Entity ID.', sign: 'Dialpad says SAML error: audience.' },
    ],
  },
  {
    id: 'okta-sso/idp/1',
    title: 'Note what Okta says about itself',
    say: 'Still on Sign On select View SAML setup instructions. Take note of IdP SSO URL, IdP Entity ID (Issuer) and Certificate.',
    source: inDialpad,
    at: {
      page: 'Okta, How to Configure SAML 2.0 for Dialpad',
      labels: ['View SAML setup instructions', 'IdP SSO URL', 'IdP Entity ID (Issuer)', 'Certificate'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('View SAML setup instructions')
      walk.keep.set('idpSsoUrl', await desk.copy('IdP SSO URL'))
      walk.keep.set('idpEntityId', await desk.copy('IdP Entity ID (Issuer)'))
      await desk.see('Certificate')
      walk.keep.set('idpCertificate', await desk.read('Certificate'))
    },
    async check(walk) {
      const { app } = await pictureOkta(walk.control.okta)
      const seen = await pagesSince(walk, 'okta', '/setup/help/SAML_2_0/instructions')
      const issuer = walk.keep.get('idpEntityId')
      return finding(
        `${await tellOpened(walk, 'okta', 'The instructions', seen)} The issuer is ${issuer}.`,
        seen > 0,
        issuer === `http://www.okta.com/${app?.samlKey}`,
        walk.keep.get('idpSsoUrl').includes(`/${app?.samlKey}/sso/saml`),
        walk.keep.get('idpCertificate').includes('BEGIN CERTIFICATE'),
      )
    },
    hints: [
      'On Sign On, in the card SAML 2.0.',
      'The page is made for this app: its values are those to be pasted. The issuer begins with http and not https, and that is right.',
      'Press View SAML setup instructions and copy the three values.',
    ],
    wrong: [
      { mistake: 'The issuer was "corrected" to https.', sign: 'Dialpad says SAML error: issuer mismatch.' },
      { mistake: 'Values of another app were taken.', sign: 'The certificate does not fit: SAML error: signature.' },
    ],
  },
  {
    id: 'okta-sso/idp/2',
    title: 'Paste it into Dialpad',
    say: "Go back to Dialpad's SAML page, paste the three values, and select Save. Copy the Login Url that appears.",
    source: inDialpad,
    at: { page: 'Dialpad, SAML', labels: ['IdP SSO URL', 'IdP Entity ID', 'Certificate', 'Save', 'Login Url'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.fill('IdP SSO URL', walk.keep.get('idpSsoUrl'))
      await desk.fill('IdP Entity ID', walk.keep.get('idpEntityId'))
      await desk.fill('Certificate', walk.keep.get('idpCertificate'))
      await desk.press('Save')
      await desk.see('SAML settings for Okta are saved.')
      walk.keep.set(KEPT.loginUrl, await desk.copy('Login Url'))
    },
    async check(walk) {
      const saml = (await pictureDialpad(walk.control.dialpad)).companies[0]?.saml
      if (saml === undefined) return { ok: false, found: 'The company has no SAML settings in Dialpad yet.' }
      return finding(
        `Dialpad trusts ${saml.idpEntityId} as ${saml.provider}; people log in at ${walk.keep.get(KEPT.loginUrl)}.`,
        saml.provider === 'okta',
        saml.idpEntityId === walk.keep.get('idpEntityId'),
        saml.idpSsoUrl === walk.keep.get('idpSsoUrl'),
      )
    },
    hints: [
      "Dialpad's tab, where the two addresses came from.",
      'The certificate may have its BEGIN and END lines: Dialpad takes them off.',
      'Paste IdP SSO URL, IdP Entity ID and Certificate, press Save, copy Login Url.',
    ],
    wrong: [
      {
        mistake: 'Prevent users from logging in with other SSO providers was checked.',
        sign: 'It asks first: if a value is wrong, everybody is locked out.',
      },
      { mistake: 'A part of the certificate is missing.', sign: 'The form says that this is no certificate.' },
    ],
  },
]

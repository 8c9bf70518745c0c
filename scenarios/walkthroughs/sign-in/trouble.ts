import { finding, missing } from '../finding.ts'
import { GROUP, PEOPLE } from '../people.ts'
import type { Step, Walk } from '../walkthrough.ts'
import { signInToEntraIfAsked } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import {
  AT_HOME,
  bare,
  COLLEAGUE,
  consentsAskedSince,
  ELSEWHERE,
  LOGIN_PATH,
  markSignIns,
  PRIVATE,
  pictureSamlApp,
  refusalsSince,
  SAML_APP,
  samlSince,
} from './company.ts'
import { logInWithMicrosoft } from './consent.ts'
import { keepWhatEntraTells, openApp, pasteIntoDialpad } from './saml.ts'

const rolling = { article: 'saml-certificates', section: 'Renew a certificate that will soon expire' } as const
const requiring = { article: 'app-properties', section: 'Assignment required?' } as const
const reviewing = { article: 'app-permissions', section: 'Review and revoke permissions' } as const

/** The colleague opens Dialpad's Login Url at home; who is signed in to Entra there types nothing. */
export async function openLoginUrl(walk: Walk, browser = AT_HOME): Promise<void> {
  const desk = await walk.desk('dialpad', browser)
  await desk.open(LOGIN_PATH)
  await signInToEntraIfAsked(desk, COLLEAGUE.address)
}

/** A new certificate, and made active. */
export async function rollCertificate(walk: Walk): Promise<void> {
  const desk = await openApp(walk, SAML_APP, 'Single sign-on')
  await desk.press('Edit SAML Certificates')
  await desk.press('New Certificate')
  await desk.pressInRow('Inactive', 'Actions')
  await desk.pressInRow('Inactive', 'Make certificate active')
  await desk.press('Make certificate active')
}

/** Assign a group, or a person, to the app with SAML. */
export async function assignToSamlApp(walk: Walk, name: string): Promise<void> {
  const desk = await openApp(walk, SAML_APP, 'Users and groups')
  await desk.press('Add user/group')
  await desk.press('Users and groups: None Selected')
  await desk.fill('Search', name, { within: 'Users and groups' })
  await desk.press('Search', { within: 'Users and groups' })
  await desk.tick(name, true, { within: 'Users and groups' })
  await desk.press('Select', { within: 'Users and groups' })
  await desk.press('Assign')
}

/** What goes wrong later, how it shows, and how it is mended. */
export const TROUBLE_STEPS: readonly Step[] = [
  {
    id: 'sign-in/trouble/1',
    title: 'A certificate is renewed on one side',
    say: `Make a New Certificate for ${SAML_APP} and make it active, as somebody does before the old one runs out. Then let ${COLLEAGUE.name} (${COLLEAGUE.address}) open the Login Url of Dialpad, ${LOGIN_PATH}, at home.`,
    source: rolling,
    at: {
      page: `Entra, ${SAML_APP}, SAML Signing Certificate`,
      labels: ['Edit SAML Certificates', 'New Certificate', 'Make certificate active', 'SAML error: signature'],
    },
    setup: markSignIns,
    async solve(walk) {
      await rollCertificate(walk)
      await openLoginUrl(walk)
      await (await walk.desk('dialpad', AT_HOME)).see('SAML error: signature')
    },
    async check(walk) {
      const answers = await samlSince(walk)
      const app = await pictureSamlApp(walk)
      return finding(
        `Certificates of ${SAML_APP}: ${app?.certificates.length ?? 0}. SAML answers: ${answers.join(', ') || 'none'}.`,
        answers.includes('refused: signature'),
      )
    },
    hints: [
      'The third card of Single sign-on, Edit.',
      'A new certificate signs nothing until it is made active.',
      `Edit SAML Certificates, New Certificate, Actions, Make certificate active; then ${LOGIN_PATH} of Dialpad in a private window.`,
    ],
    wrong: [
      { mistake: 'The new certificate was made, and not made active.', sign: 'Nothing changes: the old one signs.' },
      { mistake: 'Nobody tried to sign in.', sign: 'The first to find out is whoever logs in on Monday.' },
    ],
  },
  {
    id: 'sign-in/trouble/2',
    title: 'The other side is told',
    say: `Download the certificate again, paste it at Dialpad, where the provider is still Custom, and let ${COLLEAGUE.name} try once more.`,
    source: rolling,
    at: {
      page: 'Dialpad, SAML',
      labels: ['Download Certificate (Base64)', 'Certificate', 'Save', `Signed in as ${COLLEAGUE.name}`],
    },
    setup: markSignIns,
    async solve(walk) {
      await keepWhatEntraTells(walk)
      await pasteIntoDialpad(walk)
      await openLoginUrl(walk)
      await (await walk.desk('dialpad', AT_HOME)).see(`Signed in as ${COLLEAGUE.name}`)
    },
    async check(walk) {
      const saml = (await pictureDialpad(walk.control.dialpad)).companies[0]?.saml
      const app = await pictureSamlApp(walk)
      const answers = await samlSince(walk, COLLEAGUE.address)
      return finding(
        `Dialpad has ${bare(saml?.certificate ?? '') === bare(app?.active ?? '') ? 'the certificate that signs' : 'another certificate'}. SAML answers about ${COLLEAGUE.address}: ${answers.join(', ') || 'none'}.`,
        bare(saml?.certificate ?? '') === bare(app?.active ?? ''),
        answers.includes('accepted'),
      )
    },
    hints: [
      'The same file and the same field as before.',
      'Dialpad holds one certificate: the new one takes the place of the old.',
      `Entra: Download Certificate (Base64). Dialpad, SAML, Custom: Certificate, Save. Then ${LOGIN_PATH} again.`,
    ],
    wrong: [
      { mistake: 'The certificate from before was pasted again.', sign: 'SAML error: signature, as before.' },
      { mistake: 'Another provider was chosen before pasting.', sign: 'The Login Url says "No such SAML login".' },
    ],
  },
  {
    id: 'sign-in/trouble/3',
    title: 'Only those who are assigned',
    say: `Under Properties of ${SAML_APP} set Assignment required? to Yes, and save. Nobody is assigned: ${COLLEAGUE.name} opens the Login Url and is refused by Entra.`,
    source: requiring,
    at: {
      page: `Entra, ${SAML_APP}, Properties`,
      labels: ['Properties', 'Yes', 'Save', 'AADSTS50105'],
    },
    setup: markSignIns,
    async solve(walk) {
      const desk = await openApp(walk, SAML_APP, 'Properties')
      await desk.tick('Yes', true, { within: 'Assignment required?' })
      await desk.press('Save')
      await openLoginUrl(walk)
      await (await walk.desk('dialpad', AT_HOME)).see('AADSTS50105')
    },
    async check(walk) {
      const app = await pictureSamlApp(walk)
      const refused = await refusalsSince(walk, 50105)
      return finding(
        `Assignment is ${app?.appRoleAssignmentRequired ? 'required' : 'not required'}; assigned: ${app?.assigned.join(', ') || 'nobody'}; Entra has refused ${refused} times with AADSTS50105.`,
        app?.appRoleAssignmentRequired === true,
        refused > 0,
      )
    },
    hints: [
      'The properties of the app, not those of the registration.',
      'Who is to be refused has to try.',
      `Properties: Assignment required? Yes, Save. Then ${LOGIN_PATH} of Dialpad as ${COLLEAGUE.address}.`,
    ],
    wrong: [
      {
        mistake: 'Enabled for users to sign-in was set to No.',
        sign: 'AADSTS7000112: for everybody, assigned or not.',
      },
      { mistake: 'The setting was not saved.', sign: 'The colleague gets in as before.' },
    ],
  },
  {
    id: 'sign-in/trouble/4',
    title: 'Assign a group',
    say: `Assign the group ${GROUP}, of which ${COLLEAGUE.name} is a direct member, and let them try again.`,
    source: requiring,
    at: {
      page: `Entra, ${SAML_APP}, Users and groups`,
      labels: ['Users and groups', 'Add user/group', 'Assign', `Signed in as ${COLLEAGUE.name}`],
    },
    setup: markSignIns,
    async solve(walk) {
      await assignToSamlApp(walk, GROUP)
      await openLoginUrl(walk)
      await (await walk.desk('dialpad', AT_HOME)).see(`Signed in as ${COLLEAGUE.name}`)
    },
    async check(walk) {
      const app = await pictureSamlApp(walk)
      const answers = await samlSince(walk, COLLEAGUE.address)
      return finding(
        `Assigned: ${app?.assigned.join(', ') || 'nobody'}. SAML answers about ${COLLEAGUE.address}: ${answers.join(', ') || 'none'}.`,
        app?.appRoleAssignmentRequired === true,
        app?.assigned.includes(GROUP) === true,
        answers.includes('accepted'),
      )
    },
    hints: [
      'Users and groups of the app.',
      'Direct members of an assigned group count; members of a group inside it do not.',
      `Users and groups, Add user/group, ${GROUP}, Select, Assign; then ${LOGIN_PATH} again.`,
    ],
    wrong: [
      { mistake: 'A group they are not a member of was assigned.', sign: 'AADSTS50105, as before.' },
      { mistake: 'The requirement was switched off instead.', sign: 'Everybody of the tenant gets in.' },
    ],
  },
  {
    id: 'sign-in/trouble/5',
    title: 'A consent is revoked',
    say: `Open Permissions of the app Dialpad and revoke the admin consent. ${COLLEAGUE.name} logs in with Microsoft, in a browser that Dialpad does not know yet, and is asked for permissions.`,
    source: reviewing,
    at: {
      page: 'Entra, Dialpad, Permissions',
      labels: ['Permissions', 'Revoke permissions: Admin consent', 'Revoke', 'Permissions requested'],
    },
    setup: markSignIns,
    async solve(walk) {
      const desk = await openApp(walk, 'Dialpad', 'Permissions')
      await desk.press('Revoke permissions: Admin consent')
      await desk.press('Revoke')
      const there = await walk.desk('dialpad', ELSEWHERE)
      await logInWithMicrosoft(there, COLLEAGUE.address)
      await there.see('Permissions requested')
    },
    async check(walk) {
      const { app, grants } = await pictureEntra(walk.control.entra)
      if (app === undefined) return missing('enterprise app for Dialpad')
      const asked = await consentsAskedSince(walk)
      return finding(
        `Consents left: ${grants.length}; times that Entra has asked for one: ${asked}.`,
        grants.length === 0,
        asked > 0,
      )
    },
    hints: [
      'Permissions is under Security in the menu of the app.',
      'Revoking takes the permissions away, not the app.',
      `Permissions, Revoke permissions, Revoke; then Log in with Microsoft as ${COLLEAGUE.address} in a private window.`,
    ],
    wrong: [
      { mistake: 'The app was deleted.', sign: 'Assignments and provisioning are gone with it.' },
      { mistake: 'The revocation was not confirmed.', sign: 'The consent is still listed, and nobody is asked.' },
    ],
  },
  {
    id: 'sign-in/trouble/6',
    title: 'Consent again, for everybody',
    say: `In a browser where nobody is signed in log in to Dialpad with Microsoft as ${PEOPLE.owner}, tick "Consent on behalf of your organization", and accept.`,
    source: reviewing,
    at: {
      page: 'Entra, consent',
      labels: ['Log in with Microsoft', 'Consent on behalf of your organization', 'Accept'],
    },
    async solve(walk) {
      const desk = await walk.desk('dialpad', PRIVATE)
      await logInWithMicrosoft(desk, PEOPLE.owner)
      await desk.tick('Consent on behalf of your organization')
      await desk.press('Accept')
      await desk.see('Signed in as Marta Silva')
    },
    async check(walk) {
      const { grants } = await pictureEntra(walk.control.entra)
      return finding(
        `Consents: ${grants.map(({ consentType }) => (consentType === 'AllPrincipals' ? 'one for everybody' : 'one of a person')).join(', ') || 'none'}.`,
        grants.some(({ consentType }) => consentType === 'AllPrincipals'),
      )
    },
    hints: [
      'The consent comes back the way it came the first time.',
      'It takes an administrator, and the box for the organization.',
      `Log in with Microsoft as ${PEOPLE.owner}; tick Consent on behalf of your organization; Accept.`,
    ],
    wrong: [
      { mistake: 'The box was left empty.', sign: 'The consent is for one person; the others are asked.' },
      { mistake: 'An ordinary person accepted.', sign: 'They get in, for themselves alone.' },
    ],
  },
]

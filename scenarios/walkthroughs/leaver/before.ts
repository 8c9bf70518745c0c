import { openDialpadUser } from '../dialpad-portal.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Desk, Step, Walk } from '../walkthrough.ts'
import { signInToEntra, signInToEntraIfAsked } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { callWithTheirKey, markDoors, restAnswersSince, samlAcceptedSince, shownSince } from './doors.ts'
import { AT_HOME, KEPT, KEY_NAME, LEAVER, LOGIN_PATH, THEIR_BROWSER } from './leaver-person.ts'
import { setUpSaml } from './saml-scene.ts'

const provisioned = { article: '001', section: 'Setup Dialpad for provisioning' } as const
const requiring = { article: 'app-properties', section: 'Assignment required?' } as const

/** Log in to Dialpad with Microsoft, in a browser of theirs; signed in there already, nothing is typed. */
export async function logInWithMicrosoft(desk: Desk): Promise<void> {
  await desk.open('/')
  await desk.press('Log In')
  await desk.press('Use Dialpad online')
  await desk.press('Log in with Microsoft')
  await signInToEntraIfAsked(desk, LEAVER.address)
}

/** The admin center's page of Dialpad, for the administrator. */
export async function openDialpadApp(walk: Walk, page: string): Promise<Desk> {
  const desk = await walk.desk('entra')
  await desk.open('/admin')
  await signInToEntraIfAsked(desk, PEOPLE.owner)
  await desk.press('Enterprise apps', { within: 'Main' })
  await desk.press('Dialpad', { within: 'All applications' })
  await desk.press(page, { within: 'Pages of Dialpad' })
  return desk
}

/** Everything somebody can have: an admin's rights, a session, a key of their own, two ways of single sign-on. */
export const BEFORE_STEPS: readonly Step[] = [
  {
    id: 'leaver/1',
    title: 'Make somebody a Company Admin',
    say: `${LEAVER.name} looks after an integration, which takes an API key. Log in to Dialpad as Company Admin, open Users, their page, and add admin privileges.`,
    source: provisioned,
    at: { page: 'Dialpad, Users', labels: ['Users', LEAVER.name, 'Add admin privileges', 'is a Company Admin now.'] },
    async solve(walk) {
      const desk = await openDialpadUser(walk, LEAVER.name)
      await desk.see(LEAVER.name)
      await desk.press('Add admin privileges')
      await desk.press(`Add admin privileges ${LEAVER.name} (${LEAVER.address})`)
      await desk.see('is a Company Admin now.')
    },
    async check(walk) {
      const person = (await pictureDialpad(walk.control.dialpad)).person(LEAVER.address)
      if (person === undefined) return missing(`account of ${LEAVER.address} in Dialpad`)
      return finding(
        `${LEAVER.name} is ${person.state}, and ${person.isCompanyAdmin ? 'a Company Admin' : 'no Company Admin'}.`,
        person.isCompanyAdmin,
      )
    },
    hints: [
      'In the admin portal, Users.',
      'The page of the person has the button; it asks first.',
      `Select ${LEAVER.name}, Add admin privileges, and once more.`,
    ],
    wrong: [
      { mistake: 'They became Office Admin only.', sign: 'API Keys is missing from their menu.' },
      { mistake: 'The question was not answered.', sign: 'Their page still offers Add admin privileges.' },
    ],
  },
  {
    id: 'leaver/2',
    title: 'They log in with Microsoft',
    say: `In a browser of their own ${LEAVER.name} logs in to Dialpad with Microsoft. The tab stays open.`,
    source: { article: '001', section: 'Add Dialpad from the gallery' },
    at: {
      page: 'Dialpad, log-in',
      labels: ['Log In', 'Use Dialpad online', 'Log in with Microsoft', `Signed in as ${LEAVER.name}`],
    },
    async solve(walk) {
      const desk = await walk.desk('dialpad', THEIR_BROWSER)
      await logInWithMicrosoft(desk)
      await desk.see(`Signed in as ${LEAVER.name}`)
    },
    async check(walk) {
      const person = (await pictureDialpad(walk.control.dialpad)).person(LEAVER.address)
      return finding(
        `${LEAVER.name} is ${person?.microsoft === undefined ? 'not linked to a Microsoft account yet' : `linked to tenant ${person.microsoft.tenantId}`}.`,
        person?.microsoft !== undefined,
      )
    },
    hints: [
      'From now on Dialpad knows them by the immutable id of their work account, whatever their address becomes.',
    ],
  },
  {
    id: 'leaver/3',
    title: 'They make an API key, and a script uses it',
    say: `In the admin settings they open API Keys, add the key "${KEY_NAME}" and copy its value. Their script asks the REST API for the company, and is answered: curl -H "Authorization: Bearer KEY" with the address of Dialpad and /api/v2/company behind it.`,
    source: provisioned,
    at: { page: 'Dialpad, API Keys', labels: ['Admin settings', 'API Keys', 'Add key', 'Name', 'Save', 'API key'] },
    setup: markDoors,
    async solve(walk) {
      const desk = await walk.desk('dialpad', THEIR_BROWSER)
      await desk.press('Admin settings')
      await desk.press('API Keys', { within: 'Main' })
      await desk.press('Add key')
      await desk.fill('Name', KEY_NAME)
      await desk.press('Save')
      walk.keep.setSecret(KEPT.key, await desk.read('API key'))
      await desk.see('API key')
      await callWithTheirKey(walk)
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const key = keys.find(({ name }) => name === KEY_NAME)
      if (key === undefined) return missing(`key called "${KEY_NAME}"`)
      const answers = await restAnswersSince(walk)
      return finding(
        `A key "${key.name}" ending in ${key.last4}; the REST API answered ${answers.join(', ') || 'nobody'}.`,
        answers.includes(200),
      )
    },
    hints: ['A key acts with the rights of the admin who made it. Nobody sees that it is theirs, but in this list.'],
    wrong: [
      { mistake: 'The key is sent without "Bearer ".', sign: 'The REST API answers 401.' },
      { mistake: 'The page was left before the value was copied.', sign: 'It is shown once: make another key.' },
    ],
  },
  {
    id: 'leaver/4',
    title: 'They log in with SAML, too',
    say: `Brightwave has set up SAML with Entra as well. In another browser ${LEAVER.name} opens the Login Url ${LOGIN_PATH} of Dialpad, and signs in at Entra.`,
    source: { article: 'okta-saml', section: 'SP-initiated SSO' },
    at: { page: 'Dialpad, Login Url', labels: ['Sign in', `Signed in as ${LEAVER.name}`] },
    async setup(walk) {
      await setUpSaml(walk)
      await markDoors(walk)
    },
    async solve(walk) {
      const desk = await walk.desk('dialpad', AT_HOME)
      await desk.open(LOGIN_PATH)
      await desk.see('Sign in')
      await signInToEntra(desk, LEAVER.address)
      await desk.see(`Signed in as ${LEAVER.name}`)
    },
    async check(walk) {
      const accepted = await samlAcceptedSince(walk)
      return finding(`Dialpad accepted ${accepted} SAML answers about ${LEAVER.address}.`, accepted > 0)
    },
    hints: [
      'The address is that of the Login Url on the SAML page.',
      'It leads to Entra, and back with a signed answer.',
      `Open ${LOGIN_PATH} of Dialpad in a private window and sign in as ${LEAVER.address}.`,
    ],
  },
  {
    id: 'leaver/5',
    title: 'Require assignment',
    say: 'In the Entra admin center open Enterprise apps, Dialpad, Properties, and set Assignment required? to Yes. Without it Entra vouches for everybody of the tenant, assigned or not.',
    source: requiring,
    at: {
      page: 'Entra, Dialpad, Properties',
      labels: ['Enterprise apps', 'Dialpad', 'Properties', 'Yes', 'Save', 'The properties of Dialpad were saved.'],
    },
    async solve(walk) {
      const desk = await openDialpadApp(walk, 'Properties')
      await desk.press('Yes', { within: 'Assignment required?' })
      await desk.press('Save')
      await desk.see('The properties of Dialpad were saved.')
    },
    async check(walk) {
      const { app } = await pictureEntra(walk.control.entra)
      if (app === undefined) return missing('enterprise app for Dialpad')
      const required = app['appRoleAssignmentRequired'] === true
      return finding(`Assignment is ${required ? '' : 'not '}required for ${app.displayName}.`, required)
    },
    hints: [
      'Among the pages of the app at the left.',
      'It is about signing in; provisioning asks for an assignment in any case.',
      'Properties, Assignment required? Yes, Save.',
    ],
    wrong: [
      {
        mistake: 'Enabled for users to sign-in? was set to No.',
        sign: 'Nobody signs in to Dialpad any more: AADSTS7000112.',
      },
      { mistake: 'The page was left without Save.', sign: 'It says No when it is opened again.' },
    ],
  },
  {
    id: 'leaver/6',
    title: 'A tab stays open',
    say: `${LEAVER.name} has Dialpad open in a tab, logged in with Microsoft, as on any day.`,
    source: { article: 'how-it-works', section: 'Deprovisioning' },
    at: { page: 'Dialpad, account', labels: [`Signed in as ${LEAVER.name}`] },
    setup: markDoors,
    async solve(walk) {
      const desk = await walk.desk('dialpad', THEIR_BROWSER)
      await desk.open('/app')
      if (await desk.shows('Log in with Microsoft')) await logInWithMicrosoft(desk)
      await desk.see(`Signed in as ${LEAVER.name}`)
    },
    async check(walk) {
      const shown = await shownSince(walk, '/app')
      return finding(`The account page was shown ${shown} times.`, shown > 0)
    },
  },
]

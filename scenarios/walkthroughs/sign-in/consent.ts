import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Desk, Step } from '../walkthrough.ts'
import { signInToEntraIfAsked } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { COLLEAGUE, consentsAskedSince, markSignIns, THEIR_BROWSER } from './company.ts'

const source = { article: '003', section: 'Add Dialpad from the Azure gallery' } as const

/** From Dialpad's public page to its log-in with Microsoft; where somebody is signed in to Entra, nothing is typed. */
export async function logInWithMicrosoft(desk: Desk, address: string): Promise<void> {
  await desk.open('/')
  await desk.press('Log In')
  await desk.press('Use Dialpad online')
  await desk.press('Log in with Microsoft')
  await signInToEntraIfAsked(desk, address)
}

/** By OpenID Connect: an app comes into the tenant with a consent, and one of an administrator is for everybody. */
export const CONSENT_STEPS: readonly Step[] = [
  {
    id: 'sign-in/consent/1',
    title: 'An administrator is asked for permissions',
    say: 'Log in to Dialpad with Microsoft, as Company Admin. Nobody of the tenant has used Dialpad this way before: Entra shows what it asks for.',
    source: { ...source, also: '003/gallery/7' },
    at: {
      page: 'Dialpad, log-in',
      labels: ['Log In', 'Use Dialpad online', 'Log in with Microsoft', 'Permissions requested'],
    },
    setup: markSignIns,
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await logInWithMicrosoft(desk, PEOPLE.owner)
      await desk.see('Permissions requested')
    },
    async check(walk) {
      const { app } = await pictureEntra(walk.control.entra)
      const asked = await consentsAskedSince(walk)
      return finding(`Entra has asked ${asked} times; nothing is granted yet.`, asked > 0, app === undefined)
    },
    hints: [
      'Dialpad has a page to log in.',
      'Log in with Microsoft there, and sign in at Entra.',
      `Log In, Use Dialpad online, Log in with Microsoft, ${PEOPLE.owner}.`,
    ],
  },
  {
    id: 'sign-in/consent/2',
    title: 'Consent for everybody',
    say: 'Tick "Consent on behalf of your organization" and accept. Only a few administrators are offered that box; without it the consent is for yourself alone.',
    source: { ...source, also: '003/gallery/8' },
    at: {
      page: 'Entra, consent',
      labels: ['Consent on behalf of your organization', 'Accept', 'Signed in as Marta Silva'],
    },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.tick('Consent on behalf of your organization')
      await desk.press('Accept')
      await desk.see('Signed in as Marta Silva')
    },
    async check(walk) {
      const { app, grants } = await pictureEntra(walk.control.entra)
      if (app === undefined) return missing('enterprise app for Dialpad')
      const forAll = grants.some(({ consentType }) => consentType === 'AllPrincipals')
      return finding(
        `${app.displayName} is an enterprise app; the consent is ${forAll ? 'for everybody' : 'for one person'}.`,
        forAll,
      )
    },
    hints: [
      'Entra asks whether Dialpad may know you, and everybody else.',
      'One box on the page makes the consent one for the organization.',
      'Permissions requested: tick Consent on behalf of your organization, Accept.',
    ],
    wrong: [
      { mistake: 'The box was left empty.', sign: 'Everybody else is asked again, or refused.' },
      { mistake: 'Cancel was chosen.', sign: 'Dialpad says that access was declined, and no app appears.' },
    ],
  },
  {
    id: 'sign-in/consent/3',
    title: 'A colleague is not asked any more',
    say: `In a browser of their own ${COLLEAGUE.name} (${COLLEAGUE.address}) logs in to Dialpad with Microsoft: a password, and no question.`,
    source,
    at: { page: 'Dialpad, log-in', labels: ['Log in with Microsoft', `Signed in as ${COLLEAGUE.name}`] },
    async solve(walk) {
      const desk = await walk.desk('dialpad', THEIR_BROWSER)
      await logInWithMicrosoft(desk, COLLEAGUE.address)
      await desk.see(`Signed in as ${COLLEAGUE.name}`)
    },
    async check(walk) {
      const person = (await pictureDialpad(walk.control.dialpad)).person(COLLEAGUE.address)
      return finding(
        `${COLLEAGUE.name} is ${person?.microsoft === undefined ? 'not linked to a Microsoft account yet' : `linked to tenant ${person.microsoft.tenantId}`}.`,
        person?.microsoft !== undefined,
      )
    },
    hints: [
      'A private window is a browser of its own.',
      'Log in to Dialpad there as the colleague, with Microsoft.',
      `Log In, Use Dialpad online, Log in with Microsoft, ${COLLEAGUE.address}.`,
    ],
    wrong: [
      { mistake: 'The same browser was used.', sign: 'Entra remembers who you are: you are Marta again.' },
      { mistake: 'E-mail and password of Dialpad were used.', sign: 'Entra is not asked, and nobody is linked.' },
    ],
  },
]

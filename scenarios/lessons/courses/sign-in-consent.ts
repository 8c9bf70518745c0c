import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { COLLEAGUE, PRIVATE, THEIR_BROWSER } from '#scenarios/walkthroughs/sign-in/company.ts'
import { logInWithMicrosoft } from '#scenarios/walkthroughs/sign-in/consent.ts'
import { openApp } from '#scenarios/walkthroughs/sign-in/saml.ts'
import { SIGN_IN_WALKTHROUGH } from '#scenarios/walkthroughs/sign-in/sign-in.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { exchanges } from '#scenarios/walkthroughs/witness/exchanges.ts'
import type { Lesson, Mistake } from '../lesson.ts'
import { lessonsOf } from './okta-lesson.ts'
import { count, formsOf, visits } from './visits.ts'

const lesson = lessonsOf(SIGN_IN_WALKTHROUGH)

const grants = async (walk: Walk) => (await pictureEntra(walk.control.entra)).grants

/** An administrator consents, and for herself alone; in that browser. */
const forHerselfAlone = (browser?: string): Mistake => ({
  mistake: 'Accept was pressed, and the box for the organization left empty.',
  hint: 'That consent is yours alone. Revoke it under Permissions of Dialpad, log in with Microsoft again, tick the box and accept.',
  async attempt(walk) {
    const desk = await walk.desk('dialpad', browser)
    await logInWithMicrosoft(desk, PEOPLE.owner)
    await desk.press('Accept')
  },
  async shows(walk) {
    const all = await grants(walk)
    return all.length > 0 && !all.some(({ consentType }) => consentType === 'AllPrincipals')
  },
})

const cancelled = (browser?: string): Mistake => ({
  mistake: 'Cancel was chosen.',
  hint: 'Without consent Dialpad learns nothing. Log in with Microsoft once more, tick the box and accept.',
  async attempt(walk) {
    const desk = await walk.desk('dialpad', browser)
    await logInWithMicrosoft(desk, PEOPLE.owner)
    await desk.press('Cancel')
  },
  shows: async (walk) => (await count(walk, 'dialpad', { method: 'GET', url: 'error=access_denied' })) > 0,
})

/** Who has logged in with Microsoft, as Dialpad tells it. */
async function microsoftLogins(walk: Walk): Promise<readonly string[]> {
  const entries = await exchanges(walk.control.dialpad, { kind: 'state' })
  return entries.flatMap(({ title, subject }) =>
    title.endsWith('signed in with Microsoft') ? [`${title} ${subject ?? ''}`] : [],
  )
}

/** An app comes into the tenant with a consent. */
export const CONSENT_LESSONS: readonly Lesson[] = [
  lesson(['sign-in/consent/1', 'sign-in/consent/2'], {
    start: { system: 'dialpad', path: '/' },
    wrong: [forHerselfAlone(), cancelled()],
  }),
  lesson('sign-in/consent/3', {
    start: { system: 'dialpad', path: '/', browser: THEIR_BROWSER },
    wrong: [
      {
        mistake: 'E-mail and password of Dialpad were used.',
        hint: 'That way Entra is not asked. Log out, and log in with Microsoft.',
        attempt: async (walk) => logInToDialpad(await walk.desk('dialpad', THEIR_BROWSER), COLLEAGUE.address),
        shows: async (walk) => (await formsOf(walk, 'dialpad', { url: '/login' })) > 0,
      },
      {
        mistake: 'It was the administrator who logged in again.',
        hint: 'Entra remembers who you are. Use a private window, and sign in as the colleague.',
        attempt: async (walk) => logInWithMicrosoft(await walk.desk('dialpad', THEIR_BROWSER), PEOPLE.owner),
        shows: async (walk) => (await microsoftLogins(walk)).length > 0,
      },
    ],
  }),
]

/** A consent goes, and comes back. */
export const CONSENT_TROUBLE_LESSONS: readonly Lesson[] = [
  lesson('sign-in/trouble/5', {
    start: { system: 'entra', path: '/admin', as: PEOPLE.owner },
    wrong: [
      {
        mistake: 'The whole app was deleted.',
        hint: 'Assignments and provisioning are gone with it. Only the consent was to be revoked; begin this course again.',
        attempt: async (walk) => void (await walk.control.entra.run('remove-app', { app: 'Dialpad' })),
        shows: async (walk) => (await pictureEntra(walk.control.entra)).app === undefined,
      },
      {
        mistake: 'Entra asked whether to revoke, and nobody answered.',
        hint: 'It names what goes, and waits. Press Revoke.',
        async attempt(walk) {
          const desk = await openApp(walk, 'Dialpad', 'Permissions')
          await desk.press('Revoke permissions: Admin consent')
        },
        shows: async (walk) => (await visits(walk, '/revoke')) > 0 && (await grants(walk)).length > 0,
      },
      {
        mistake: 'The consent was revoked, and nobody logged in to see what it does.',
        hint: 'Log in to Dialpad with Microsoft as the colleague, in a private window, and look at what is asked.',
        async attempt(walk) {
          const desk = await openApp(walk, 'Dialpad', 'Permissions')
          await desk.press('Revoke permissions: Admin consent')
          await desk.press('Revoke')
        },
        shows: async (walk) => (await grants(walk)).length === 0,
      },
    ],
  }),
  lesson('sign-in/trouble/6', {
    start: { system: 'dialpad', path: '/', browser: PRIVATE },
    wrong: [forHerselfAlone(PRIVATE), cancelled(PRIVATE)],
  }),
]

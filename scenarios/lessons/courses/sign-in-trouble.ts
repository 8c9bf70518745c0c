import { PEOPLE, SALES } from '#scenarios/walkthroughs/people.ts'
import { AT_HOME, bare, LOGIN_PATH, pictureSamlApp, SAML_APP } from '#scenarios/walkthroughs/sign-in/company.ts'
import { keepWhatEntraTells, openApp, openDialpadSaml, pasteIntoDialpad } from '#scenarios/walkthroughs/sign-in/saml.ts'
import { SIGN_IN_WALKTHROUGH } from '#scenarios/walkthroughs/sign-in/sign-in.ts'
import { assignToSamlApp, rollCertificate } from '#scenarios/walkthroughs/sign-in/trouble.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import type { Lesson, Start } from '../lesson.ts'
import { lessonsOf } from './okta-lesson.ts'
import { formsOf } from './visits.ts'

const lesson = lessonsOf(SIGN_IN_WALKTHROUGH)

const AT_ENTRA: Start = { system: 'entra', path: '/admin', as: PEOPLE.owner }
/** Where the colleague tries. */
const AT_LOGIN_URL: Start = { system: 'dialpad', path: LOGIN_PATH, browser: AT_HOME }
const AT_DIALPAD: Start = { system: 'dialpad', path: '/admin/company', as: PEOPLE.owner }

/** Whether Dialpad checks with the certificate that signs. */
async function isTold(walk: Walk): Promise<boolean> {
  const saml = (await pictureDialpad(walk.control.dialpad)).companies[0]?.saml
  return bare(saml?.certificate ?? '') === bare((await pictureSamlApp(walk))?.active ?? '')
}

/** Answers a question of Properties. */
async function setProperty(walk: Walk, question: string, answer: string): Promise<void> {
  const desk = await openApp(walk, SAML_APP, 'Properties')
  await desk.tick(answer, true, { within: question })
  await desk.press('Save')
}

/** A certificate is renewed, an assignment required. */
export const SAML_TROUBLE_LESSONS: readonly Lesson[] = [
  lesson('sign-in/trouble/1', {
    start: [AT_ENTRA, AT_LOGIN_URL],
    wrong: [
      {
        mistake: 'A new certificate was made, and not made active.',
        hint: 'It waits, and the old one signs. Actions beside it: Make certificate active.',
        async attempt(walk) {
          const desk = await openApp(walk, SAML_APP, 'Single sign-on')
          await desk.press('Edit SAML Certificates')
          await desk.press('New Certificate')
        },
        shows: async (walk) => ((await pictureSamlApp(walk))?.certificates.length ?? 0) > 1 && (await isTold(walk)),
      },
      {
        mistake: 'The new certificate signs, and nobody has tried to log in.',
        hint: 'Open the Login Url of Dialpad as the colleague, and read what it says.',
        attempt: rollCertificate,
        shows: async (walk) => !(await isTold(walk)),
      },
    ],
  }),
  lesson('sign-in/trouble/2', {
    start: [AT_ENTRA, AT_DIALPAD, AT_LOGIN_URL],
    wrong: [
      {
        mistake: 'The old certificate was saved at Dialpad once more.',
        hint: 'It is the new one that signs. Download Certificate (Base64) again in Entra, and paste that.',
        async attempt(walk) {
          const desk = await openDialpadSaml(walk)
          await desk.press('Save')
        },
        shows: async (walk) =>
          (await formsOf(walk, 'dialpad', { url: '/authentication/saml/settings', status: 303 })) > 0 &&
          !(await isTold(walk)),
      },
      {
        mistake: 'Dialpad was told, and nobody has tried.',
        hint: 'Let the colleague open the Login Url again: only that shows that both sides agree.',
        async attempt(walk) {
          await keepWhatEntraTells(walk)
          await pasteIntoDialpad(walk)
        },
        shows: isTold,
      },
    ],
  }),
  lesson(['sign-in/trouble/3', 'sign-in/trouble/4'], {
    start: [AT_ENTRA, AT_LOGIN_URL],
    wrong: [
      {
        mistake: 'The app was switched off for everybody.',
        hint: 'That is the other question. Enabled for users to sign-in? Yes; Assignment required? Yes; Save.',
        attempt: (walk) => setProperty(walk, 'Enabled for users to sign-in?', 'No'),
        shows: async (walk) => (await pictureSamlApp(walk))?.accountEnabled === false,
      },
      {
        mistake: 'A group was assigned of which the colleague is no member.',
        hint: 'Then Entra refuses them as before. Remove it, and assign the group they are in.',
        async attempt(walk) {
          await setProperty(walk, 'Assignment required?', 'Yes')
          await assignToSamlApp(walk, SALES)
        },
        shows: async (walk) => (await pictureSamlApp(walk))?.assigned.includes(SALES) === true,
      },
      {
        mistake: 'Assignment is required, and nobody is assigned.',
        hint: 'Nobody gets in any more. Assign the group under Users and groups, and let the colleague try.',
        attempt: (walk) => setProperty(walk, 'Assignment required?', 'Yes'),
        async shows(walk) {
          const app = await pictureSamlApp(walk)
          return app?.appRoleAssignmentRequired === true && app.assigned.length === 0
        },
      },
    ],
  }),
]

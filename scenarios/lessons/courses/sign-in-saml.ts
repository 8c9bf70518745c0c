import { addressOf, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { KEPT, pictureSamlApp, SAML_APP, samlSince } from '#scenarios/walkthroughs/sign-in/company.ts'
import {
  addClaim,
  keepWhatEntraTells,
  openAdminCenter,
  openApp,
  openDialpadSaml,
  pasteIntoDialpad,
  saveBasic,
} from '#scenarios/walkthroughs/sign-in/saml.ts'
import { SIGN_IN_WALKTHROUGH } from '#scenarios/walkthroughs/sign-in/sign-in.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToEntra } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import type { Lesson, Start } from '../lesson.ts'
import { lessonsOf } from './okta-lesson.ts'
import { formsOf, visits } from './visits.ts'

const lesson = lessonsOf(SIGN_IN_WALKTHROUGH)

const AT_ENTRA: Start = { system: 'entra', path: '/admin', as: PEOPLE.owner }
const AT_DIALPAD: Start = { system: 'dialpad', path: '/admin/company', as: PEOPLE.owner }

const TOOLKIT = '/admin/apps/gallery/saml-toolkit'
const NAMESPACE = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const WITHOUT_ACCOUNT = addressOf('rosa.jimenez')

const settingsOf = async (walk: Walk) => (await pictureSamlApp(walk))?.settings
const samlOf = async (walk: Walk) => (await pictureDialpad(walk.control.dialpad)).companies[0]?.saml

/** The toolkit's Create, under a name. */
async function create(walk: Walk, name: string): Promise<void> {
  const desk = await openAdminCenter(walk)
  await desk.open(TOOLKIT)
  await desk.fill('Name', name)
  await desk.press('Create')
}

async function copyFromDialpad(walk: Walk, provider: string): Promise<readonly [acs: string, entityId: string]> {
  const desk = await openDialpadSaml(walk, provider)
  return [await desk.copy('SP SSO Url'), await desk.copy('SP Entity ID')]
}

async function toClaims(walk: Walk) {
  const desk = await openApp(walk, SAML_APP, 'Single sign-on')
  await desk.press('Edit Attributes & Claims')
  return desk
}

/** Both sides learn of each other. */
export const SAML_LESSONS: readonly Lesson[] = [
  lesson(['sign-in/saml/1', 'sign-in/saml/2'], {
    start: AT_ENTRA,
    wrong: [
      {
        mistake: 'The name stayed that of the toolkit.',
        hint: `It works, and nobody knows later what it is for. Delete it under Properties, and create another one called ${SAML_APP}.`,
        attempt: (walk) => create(walk, 'Microsoft Entra SAML Toolkit'),
        shows: async (walk) =>
          (await formsOf(walk, 'entra', { url: TOOLKIT, status: 303 })) > 0 &&
          (await pictureSamlApp(walk)) === undefined,
      },
      {
        mistake: 'The app was created, and no method chosen.',
        hint: 'Open Single sign-on in its menu, and press Select in the card SAML.',
        attempt: (walk) => create(walk, SAML_APP),
        shows: async (walk) => (await pictureSamlApp(walk)) !== undefined,
      },
      {
        mistake: "Dialpad's own entry was opened.",
        hint: 'That one has no Create button and no SAML. Search for SAML Toolkit.',
        attempt: async (walk) => (await openAdminCenter(walk)).open('/admin/apps/gallery/dialpad'),
        shows: async (walk) => (await visits(walk, '/admin/apps/gallery/dialpad')) > 0,
      },
    ],
  }),
  lesson(['sign-in/saml/3', 'sign-in/saml/4'], {
    start: [AT_DIALPAD, AT_ENTRA],
    wrong: [
      {
        mistake: 'The two addresses are swapped.',
        hint: 'The Identifier is what Dialpad is called, /api/saml/metadata; the Reply URL where answers go, /saml/sso.',
        async attempt(walk) {
          const [acs, entityId] = await copyFromDialpad(walk, 'Custom')
          await saveBasic(walk, acs, entityId)
        },
        shows: async (walk) =>
          (await settingsOf(walk))?.identifiers.some((each) => each.includes('/saml/sso/')) === true,
      },
      {
        mistake: 'The addresses are those of another provider.',
        hint: 'Dialpad has a pair for each provider. Choose Custom there, press Choose, and copy them again.',
        async attempt(walk) {
          const [acs, entityId] = await copyFromDialpad(walk, 'OneLogin')
          await saveBasic(walk, entityId, acs)
        },
        shows: async (walk) =>
          (await settingsOf(walk))?.replyUrls.some((each) => !each.includes('/saml/sso/custom/')) === true,
      },
    ],
  }),
  lesson('sign-in/saml/5', {
    start: AT_ENTRA,
    wrong: [
      {
        mistake: 'Email was given a namespace.',
        hint: 'For Dialpad that is another claim. Edit it, empty Namespace, and save.',
        async attempt(walk) {
          const desk = await toClaims(walk)
          await desk.press('Add new claim')
          await desk.fill('Name', 'Email')
          await desk.fill('Namespace', NAMESPACE)
          await desk.fill('Source attribute', 'user.mail')
          await desk.press('Save')
        },
        shows: async (walk) =>
          (await settingsOf(walk))?.claims.some((claim) => claim.name === 'Email' && claim.namespace !== undefined) ===
          true,
      },
      {
        mistake: 'A name was written in small letters.',
        hint: 'Case counts in names of claims. Edit it: Email, with a capital.',
        attempt: async (walk) => addClaim(await toClaims(walk), 'email', 'user.mail'),
        shows: async (walk) => (await settingsOf(walk))?.claims.some(({ name }) => name === 'email') === true,
      },
      {
        mistake: 'One claim of the three was added, and the others forgotten.',
        hint: 'Dialpad reads three: FirstName, LastName and Email. Add those that are missing.',
        attempt: async (walk) => addClaim(await toClaims(walk), 'Email', 'user.mail'),
        shows: async (walk) => (await settingsOf(walk))?.claims.some(({ name }) => name === 'Email') === true,
      },
    ],
  }),
  lesson(['sign-in/saml/6', 'sign-in/saml/7'], {
    start: [AT_ENTRA, AT_DIALPAD],
    wrong: [
      {
        mistake: 'Another provider was chosen at Dialpad.',
        hint: 'For Entra the provider is Custom. Choose it, press Choose, and paste the values there.',
        async attempt(walk) {
          await keepWhatEntraTells(walk)
          await pasteIntoDialpad(walk, 'OneLogin')
        },
        shows: async (walk) => ((await samlOf(walk))?.provider ?? 'custom') !== 'custom',
      },
      {
        mistake: 'Login URL and identifier are swapped.',
        hint: 'IdP SSO URL is where people are sent, and ends with /saml2. IdP Entity ID is what the tenant is called.',
        async attempt(walk) {
          await keepWhatEntraTells(walk)
          const [loginUrl, identifier] = [walk.keep.get(KEPT.loginUrl), walk.keep.get(KEPT.identifier)]
          walk.keep.set(KEPT.loginUrl, identifier)
          walk.keep.set(KEPT.identifier, loginUrl)
          await pasteIntoDialpad(walk)
        },
        shows: async (walk) => (await samlOf(walk))?.idpEntityId.endsWith('/saml2') === true,
      },
    ],
  }),
  lesson('sign-in/saml/8', {
    start: AT_ENTRA,
    wrong: [
      {
        mistake: 'Somebody was tried who has no account at Dialpad.',
        hint: 'SAML makes nobody an account there. Try it as yourself, or as somebody who is among the users of Dialpad.',
        async attempt(walk) {
          const desk = await openApp(walk, SAML_APP, 'Single sign-on')
          await desk.press('Test this application')
          const theirs = await walk.desk('entra', 'somebody else')
          await theirs.open(await desk.addressOf('Test sign in'))
          await signInToEntra(theirs, WITHOUT_ACCOUNT)
        },
        shows: async (walk) => (await samlSince(walk)).some((answer) => answer.startsWith('refused')),
      },
      {
        mistake: 'The pane was opened, and nothing tested.',
        hint: 'Press Test sign in: it opens a new tab.',
        async attempt(walk) {
          const desk = await openApp(walk, SAML_APP, 'Single sign-on')
          await desk.press('Test this application')
        },
        shows: async (walk) => (await visits(walk, '/sign-on/test')) > 0,
      },
    ],
  }),
]

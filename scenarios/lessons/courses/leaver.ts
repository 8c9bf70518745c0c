import { COMPANY } from '#kit/world/cast.ts'
import { openDialpadSettings, openDialpadUser } from '#scenarios/walkthroughs/dialpad-portal.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { logInWithMicrosoft, openDialpadApp } from '#scenarios/walkthroughs/leaver/before.ts'
import { refusedSince, restAnswersSince, unassignedSince } from '#scenarios/walkthroughs/leaver/doors.ts'
import { LEAVER_WALKTHROUGH } from '#scenarios/walkthroughs/leaver/leaver.ts'
import {
  AT_HOME,
  ELSEWHERE,
  KEPT,
  KEY_NAME,
  LEAVER,
  LOGIN_PATH,
  THEIR_BROWSER,
} from '#scenarios/walkthroughs/leaver/leaver-person.ts'
import { GROUP, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { exchanges } from '#scenarios/walkthroughs/witness/exchanges.ts'
import type { Course, Mistake, Start } from '../lesson.ts'
import { AT_KIT, clockMoves } from './provisioning-lessons.ts'
import { appPage, count, pagesOf, visits } from './visits.ts'

const KEYS = '/admin/company/authentication/api-keys'
/** The key of the provisioning, in the world this begins from. */
const PROVISIONING_KEY = 'Microsoft Entra provisioning'
const ANOTHER_PROVIDER = `/saml/sso/okta/${COMPANY.domain}`
const AGAIN = `${ELSEWHERE} again`

const atDialpad = (browser: string): Start => ({ system: 'dialpad', path: '/login', browser })
const atLoginUrl = (browser: string): Start => ({ system: 'dialpad', path: LOGIN_PATH, browser })

const leaverInDialpad = async (walk: Walk) => (await pictureDialpad(walk.control.dialpad)).person(LEAVER.address)
const keyNamed = async (walk: Walk, wanted: string) =>
  (await pictureDialpad(walk.control.dialpad)).keys.find(({ name }) => name === wanted)
const isMember = async (walk: Walk): Promise<boolean> =>
  (await pictureEntra(walk.control.entra)).membersOf(GROUP).includes(LEAVER.address)

/** Sign-ins with Microsoft that Dialpad has told of. */
async function microsoftLogins(walk: Walk): Promise<number> {
  const entries = await exchanges(walk.control.dialpad, { kind: 'state' })
  return entries.filter(({ title }) => title.endsWith('signed in with Microsoft')).length
}

/** As {@link LEAVER}: another key, and its value. */
async function makeKey(walk: Walk): Promise<string> {
  const desk = await walk.desk('dialpad', THEIR_BROWSER)
  await logInWithMicrosoft(desk)
  await desk.press('Admin settings')
  await desk.press('API Keys', { within: 'Main' })
  await desk.press('Add key')
  await desk.fill('Name', KEY_NAME)
  await desk.press('Save')
  return desk.read('API key')
}

/** The Login Url of a provider that is not the one set up. */
const wrongProvider = (browser: string): Mistake => ({
  mistake: 'The Login Url of another provider was opened.',
  hint: `The provider is part of the address. Brightwave has chosen Custom: ${LOGIN_PATH}.`,
  attempt: async (walk) => (await walk.desk('dialpad', browser)).open(ANOTHER_PROVIDER),
  shows: async (walk) => (await count(walk, 'dialpad', { url: ANOTHER_PROVIDER, status: 404 })) > 0,
})

export const LEAVER_COURSE: Course = {
  id: LEAVER_WALKTHROUGH.id,
  walkthrough: LEAVER_WALKTHROUGH,
  supplies: {
    [KEPT.key]: async (walk) => {
      const made = await walk.control.dialpad.call('POST', '/api-keys', { name: KEY_NAME, owner: LEAVER.address })
      return (made as { readonly secret: string }).secret
    },
  },
  lessons: [
    {
      steps: ['leaver/1'],
      start: { system: 'dialpad', path: '/admin/company/users', as: PEOPLE.owner },
      hints: [
        'Users is in the admin portal of Dialpad.',
        'The page of the person has the button, and it asks first.',
        `Users, ${LEAVER.name}, Add admin privileges, and once more.`,
      ],
      wrong: [
        {
          mistake: 'They were made Office Admin.',
          hint: 'An Office Admin has no API Keys. Add admin privileges on their own page makes a Company Admin.',
          async attempt(walk) {
            const desk = await openDialpadSettings(walk)
            await desk.open(`/admin/users/${(await leaverInDialpad(walk))?.id}/privileges`)
            await desk.tick('Toronto', true, { within: 'Office Admin' })
            await desk.press('Save')
          },
          shows: async (walk) => (await leaverInDialpad(walk))?.['officeAdminOf'] !== undefined,
        },
        {
          mistake: 'The question was not answered.',
          hint: 'Dialpad asks whether it should. Press Add admin privileges once more.',
          async attempt(walk) {
            const desk = await openDialpadUser(walk, LEAVER.name)
            await desk.press('Add admin privileges')
          },
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/add-admin' })) > 0,
        },
      ],
    },
    {
      steps: ['leaver/2', 'leaver/3'],
      start: atDialpad(THEIR_BROWSER),
      hints: [
        'In a browser of theirs, apart from yours: Log in with Microsoft, then the admin settings.',
        'The key is made under API Keys and shown once. A script sends it as Authorization: Bearer.',
        `Log in with Microsoft as ${LEAVER.address}; Admin settings, API Keys, Add key, ${KEY_NAME}, Save; then GET /api/v2/company of Dialpad with the key.`,
      ],
      wrong: [
        {
          mistake: 'The key was sent without "Bearer " before it.',
          hint: 'Dialpad answered 401. The header is Authorization: Bearer, a blank, and the key.',
          async attempt(walk) {
            const key = await makeKey(walk)
            await walk.fetch(`${walk.urls.dialpad}/api/v2/company`, { headers: { authorization: key } })
          },
          shows: async (walk) => (await restAnswersSince(walk)).includes(401),
        },
        {
          mistake: 'The key was made, and nothing asked with it.',
          hint: 'Ask the REST API for the company with it: GET /api/v2/company.',
          attempt: async (walk) => void (await makeKey(walk)),
          shows: async (walk) => (await keyNamed(walk, KEY_NAME)) !== undefined,
        },
      ],
    },
    {
      steps: ['leaver/4'],
      start: atLoginUrl(AT_HOME),
      hints: [
        'The address is the Login Url of the SAML page.',
        'Open it in a browser where nobody is signed in; it leads to Entra and back.',
        `Type ${LOGIN_PATH} behind the address of Dialpad, and sign in as ${LEAVER.address}.`,
      ],
      wrong: [
        {
          mistake: 'Log in with Microsoft was taken.',
          hint: `That is the other way in, by OpenID Connect. Open ${LOGIN_PATH} instead.`,
          attempt: async (walk) => logInWithMicrosoft(await walk.desk('dialpad', AT_HOME)),
          shows: async (walk) => (await microsoftLogins(walk)) > 0,
        },
        wrongProvider(AT_HOME),
      ],
    },
    {
      steps: ['leaver/5'],
      start: { system: 'entra', path: appPage('/properties'), as: PEOPLE.owner },
      hints: [
        'Properties is among the pages of the app.',
        'The question is about signing in, not about provisioning.',
        'Properties, Assignment required? Yes, Save.',
      ],
      wrong: [
        {
          mistake: 'Signing in was switched off for everybody.',
          hint: 'Enabled for users to sign-in? belongs on Yes. What is wanted is Assignment required?',
          async attempt(walk) {
            const desk = await openDialpadApp(walk, 'Properties')
            await desk.press('No', { within: 'Enabled for users to sign-in?' })
            await desk.press('Save')
          },
          shows: async (walk) => (await pictureEntra(walk.control.entra)).app?.['accountEnabled'] === false,
        },
        {
          mistake: 'Yes was chosen, and nothing saved.',
          hint: 'The choice counts with Save, at the end of the form.',
          async attempt(walk) {
            const desk = await openDialpadApp(walk, 'Properties')
            await desk.press('Yes', { within: 'Assignment required?' })
          },
          shows: async (walk) => (await visits(walk, await appPage('/properties')(walk))) > 0,
        },
      ],
    },
    {
      steps: ['leaver/6', 'leaver/7', 'leaver/8', 'leaver/9', 'leaver/10', 'leaver/11'],
      start: [atDialpad(THEIR_BROWSER), { system: 'entra', path: '/admin', as: PEOPLE.owner }, AT_KIT],
      needs: [KEPT.key],
      async check(walk) {
        const [person, refused] = [await leaverInDialpad(walk), await refusedSince(walk)]
        const stays = await isMember(walk)
        return finding(
          `${LEAVER.name} is ${stays ? 'still' : 'no longer'} a member of ${GROUP}, and ${person?.state ?? 'gone'} in Dialpad; refused since: ${refused.join(', ') || 'nothing'}.`,
          !stays,
          person?.state === 'suspended',
          refused.includes('Browser session'),
          refused.includes('API key'),
        )
      },
      hints: [
        'Two browsers: theirs with Dialpad open, yours with the group in Entra; and the clock on the home of the kit.',
        `Open Dialpad as ${LEAVER.name}, remove them from the group, try the doors; let the cycle come, and try again: reload the tab, call with the key.`,
        `Groups, ${GROUP}, Members, Select ${LEAVER.name}, Remove, Remove; on the home +40 min; reload their tab; GET /api/v2/company with their key.`,
      ],
      wrong: [
        {
          mistake: 'They were suspended in Dialpad by hand.',
          hint: 'The directory knows nothing of it, and the next push may bring them back. Remove them from the group in Entra.',
          async attempt(walk) {
            const desk = await openDialpadUser(walk, LEAVER.name)
            await desk.press('Suspend')
            await desk.press(`Suspend ${LEAVER.name} (${LEAVER.address})`)
          },
          shows: async (walk) => (await isMember(walk)) && (await leaverInDialpad(walk))?.state === 'suspended',
        },
        {
          mistake: 'They were removed, and no time has passed.',
          hint: 'Dialpad learns of it with the next cycle. Move the clock: +40 min on the home of the kit.',
          attempt: async (walk) => solveStep(walk, 'leaver/7'),
          shows: async (walk) => !(await isMember(walk)) && (await clockMoves(walk)) === 0,
        },
        {
          mistake: 'The account was suspended, and no door tried.',
          hint: 'Reload their tab, and call the REST API with their key.',
          async attempt(walk) {
            await solveStep(walk, 'leaver/7')
            await solveStep(walk, 'leaver/9')
          },
          shows: async (walk) => (await leaverInDialpad(walk))?.state === 'suspended',
        },
      ],
    },
    {
      steps: ['leaver/12'],
      start: atLoginUrl(AGAIN),
      hints: [
        'The Login Url, as before.',
        'In a browser where nobody is signed in. Entra lets them pass; look at what Dialpad says.',
        `Type ${LOGIN_PATH} behind the address of Dialpad, and sign in as ${LEAVER.address}.`,
      ],
      wrong: [
        {
          mistake: 'Log in with Microsoft was tried.',
          hint: `Entra refuses that one itself, since assignment is required there. Open ${LOGIN_PATH} instead.`,
          attempt: async (walk) => logInWithMicrosoft(await walk.desk('dialpad', AGAIN)),
          shows: async (walk) => (await unassignedSince(walk)) > 0,
        },
        wrongProvider(AGAIN),
      ],
    },
    {
      steps: ['leaver/13'],
      async check(walk) {
        const key = await keyNamed(walk, KEY_NAME)
        const { run } = await pictureEntra(walk.control.entra)
        return finding(
          `The key of the leaver is ${key?.revokedAt === undefined ? 'not revoked' : 'revoked'}; ${run?.quarantine === null ? 'no quarantine' : 'in quarantine'}.`,
          key?.revokedAt !== undefined,
          run?.quarantine === null,
        )
      },
      start: [{ system: 'dialpad', path: KEYS, as: PEOPLE.owner }, AT_KIT],
      hints: [
        'API Keys, under Authentication.',
        'Of the two keys it is the one the leaver made.',
        `Revoke in the row of ${KEY_NAME}, Revoke; on the home +40 min.`,
      ],
      wrong: [
        {
          mistake: 'The key of the provisioning was revoked.',
          hint: 'With the next change provisioning would be in quarantine. Begin the lesson again.',
          async attempt(walk) {
            const desk = await walk.desk('dialpad')
            await desk.open(KEYS)
            await desk.pressInRow(PROVISIONING_KEY, 'Revoke')
            await desk.press('Revoke')
          },
          shows: async (walk) => (await keyNamed(walk, PROVISIONING_KEY))?.revokedAt !== undefined,
        },
        {
          mistake: 'Dialpad asked, and was not answered.',
          hint: 'The key is still there. Press Revoke once more on the page that asks.',
          async attempt(walk) {
            const desk = await walk.desk('dialpad')
            await desk.open(KEYS)
            await desk.pressInRow(KEY_NAME, 'Revoke')
          },
          shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/revoke' })) > 0,
        },
      ],
    },
  ],
}

/** Do one instruction of the walkthrough, as it is done there. */
async function solveStep(walk: Walk, id: string): Promise<void> {
  await LEAVER_WALKTHROUGH.steps.find((step) => step.id === id)?.solve(walk)
}

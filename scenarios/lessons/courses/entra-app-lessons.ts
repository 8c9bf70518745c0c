import { assign } from '#scenarios/walkthroughs/entra-lifecycle/assign.ts'
import { SEPARATE } from '#scenarios/walkthroughs/entra-lifecycle/gallery.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { addressOf, GROUP, PEOPLE, SALES } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad, signInToEntra } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { exchanges } from '#scenarios/walkthroughs/witness/exchanges.ts'
import { tellOpened } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Lesson, Start } from '../lesson.ts'
import { appPage, count, formsOf, pagesOf, visits } from './visits.ts'

/** Lessons on the way of Dialpad into the tenant: the gallery, the consent, the first assignments. */

const GALLERY = '/admin/apps/gallery'
const PANE = `${GALLERY}/dialpad`
/** Where Entra sends a browser back to with what it says about somebody. */
const CALLBACK = '/login/microsoft/callback'
const ORDINARY = addressOf('rosa.jimenez')

/** How many pages of Entra were shown whose address, without its query, is `path`. */
async function shown(walk: Walk, path: string): Promise<number> {
  const entries = await exchanges(walk.control.entra, { kind: 'http-in', method: 'GET', url: path, status: 200 })
  return entries.filter(({ request }) => request?.url?.split('?')[0] === path).length
}

/** From the sign-in to the gallery; signs in by itself. */
export function toGalleryLesson(steps: readonly string[], as: string, menu: string): Lesson {
  const enter = async (walk: Walk, who: string) => {
    const desk = await walk.desk('entra')
    await desk.open('/admin')
    await signInToEntra(desk, who)
    return desk
  }
  return {
    steps,
    async check(walk) {
      const opened = await shown(walk, GALLERY)
      return finding(await tellOpened(walk, 'entra', 'The gallery', opened), opened > 0)
    },
    hints: [
      `It is in Entra, at /admin. The account needs an administrator role: ${as} has one.`,
      `The list of apps is ${menu}; what adds one is above the list.`,
      `Sign in as ${as}, select ${menu}, then New application.`,
    ],
    wrong: [
      {
        mistake: 'Signed in with an account that has no administrator role.',
        hint: `Such an account does not get in. Sign out, and in again as ${as}.`,
        attempt: async (walk) => void (await enter(walk, ORDINARY)),
        shows: async (walk) => (await visits(walk, '/admin', 403)) > 0,
      },
      {
        mistake: 'App registrations were opened.',
        hint: `Registrations are for apps you develop yourself. What others made is under ${menu}.`,
        attempt: async (walk) => (await enter(walk, as)).open('/admin/registrations'),
        shows: async (walk) => (await visits(walk, '/admin/registrations')) > 0,
      },
      {
        mistake: 'Dialpad was looked for among the apps you have already.',
        hint: 'It is not there yet. New application, above the list, leads to the gallery.',
        attempt: async (walk) => (await enter(walk, as)).open('/admin/apps?q=Dialpad'),
        shows: async (walk) => (await shown(walk, '/admin/apps')) > 0,
      },
    ],
  }
}

/** In the gallery, to Dialpad's pane. */
export function findInGalleryLesson(step: string): Lesson {
  return {
    steps: [step],
    start: { system: 'entra', path: GALLERY, as: PEOPLE.applications },
    async check(walk) {
      const opened = await shown(walk, PANE)
      return finding(await tellOpened(walk, 'entra', 'The pane of Dialpad', opened), opened > 0)
    },
    hints: [
      'The gallery has a field to search.',
      'Search for Dialpad. The tile that is found opens a pane about it.',
      'Type Dialpad into Search application, press Enter, select the tile Dialpad.',
    ],
    wrong: [
      {
        mistake: 'Searched, and selected nothing.',
        hint: 'What was found is a tile. Select the one of Dialpad: a pane opens.',
        async attempt(walk) {
          const desk = await walk.desk('entra')
          await desk.fill('Search application', 'Dialpad')
          await desk.enter()
        },
        shows: async (walk) => (await visits(walk, `${GALLERY}?q=`)) > 0,
      },
      {
        mistake: 'Searched in the list of apps you have.',
        hint: 'Dialpad is not among them yet. Go to New application and search there.',
        attempt: async (walk) => (await walk.desk('entra')).open('/admin/apps?q=Dialpad'),
        shows: async (walk) => (await visits(walk, '/admin/apps?q=')) > 0,
      },
    ],
  }
}

/** From the pane to the log-in of Dialpad, in a browser of its own. */
export function toLogInLesson(steps: readonly [string, string]): Lesson {
  return {
    steps,
    start: [
      { system: 'entra', path: `${PANE}?q=Dialpad`, as: PEOPLE.applications },
      { system: 'dialpad', path: '/', browser: SEPARATE },
    ],
    hints: [
      'The pane has no button to create the app: Dialpad itself asks to come in.',
      'Open the address under URL in another browser, and go to the log-in there.',
      'Copy the URL, open it in a separate browser; top right Log In, then Use Dialpad online.',
    ],
    wrong: [
      {
        mistake: 'Sign-up was chosen instead of log-in.',
        hint: 'Your company has an account already. Choose Log In, then Use Dialpad online.',
        attempt: async (walk) => (await walk.desk('dialpad', SEPARATE)).open('/signup'),
        shows: async (walk) => (await pagesOf(walk, 'dialpad', { url: '/signup' })) > 0,
      },
      {
        mistake: 'The public page was opened, and no log-in.',
        hint: 'That page is for everybody. Log In is at its top right; under it choose Use Dialpad online. Where your name is in its place, you are logged in already: use a private window.',
        attempt: async (walk) => (await walk.desk('dialpad', SEPARATE)).open('/'),
        shows: async (walk) =>
          (await exchanges(walk.control.dialpad, { kind: 'http-in', method: 'GET', status: 200 })).some(
            ({ request }) => request?.url === '/',
          ),
      },
    ],
  }
}

/** Log in with Microsoft and consent: the app comes into the tenant. */
export function consentLesson(steps: readonly [string, string]): Lesson {
  const toConsent = async (walk: Walk) => {
    const desk = await walk.desk('dialpad', SEPARATE)
    await desk.press('Log in with Microsoft')
    await signInToEntra(desk, PEOPLE.owner)
    return desk
  }
  return {
    steps,
    start: { system: 'dialpad', path: '/login', browser: SEPARATE },
    hints: [
      'The log-in of Dialpad offers more than a password.',
      'Log in with Microsoft, as the Company Admin, and agree to what Dialpad asks for.',
      `Log in with Microsoft, sign in as ${PEOPLE.owner}, then Accept below Permissions requested.`,
    ],
    wrong: [
      {
        mistake: 'Cancel was chosen instead of Accept.',
        hint: 'Without consent there is no app. Log in with Microsoft once more, and accept.',
        attempt: async (walk) => (await toConsent(walk)).press('Cancel'),
        shows: async (walk) => (await count(walk, 'dialpad', { method: 'GET', url: 'error=access_denied' })) > 0,
      },
      {
        mistake: 'Somebody else of the organization logged in.',
        hint: 'Entra knew your browser as somebody who has no Dialpad account. Select Use another Microsoft account, and sign in as the Company Admin.',
        async attempt(walk) {
          const desk = await walk.desk('dialpad', SEPARATE)
          await desk.press('Log in with Microsoft')
          await signInToEntra(desk, PEOPLE.applications)
          await desk.press('Accept')
        },
        shows: async (walk) => (await count(walk, 'dialpad', { method: 'GET', url: CALLBACK, status: 403 })) > 0,
      },
      {
        mistake: 'Logged in with e-mail and password.',
        hint: 'That way Entra is not asked, and no app appears. Log out, and log in with Microsoft.',
        async attempt(walk) {
          await logInToDialpad(await walk.desk('dialpad', SEPARATE), PEOPLE.owner)
        },
        shows: async (walk) => (await formsOf(walk, 'dialpad', { url: '/login', status: 303 })) > 0,
      },
      {
        mistake: 'The permissions were left unanswered.',
        hint: 'Dialpad waits for your answer. Select Accept below Permissions requested.',
        attempt: async (walk) => void (await toConsent(walk)),
        shows: async (walk) =>
          (await count(walk, 'dialpad', { method: 'GET', url: '/login/microsoft' })) > 0 &&
          (await count(walk, 'dialpad', { method: 'GET', url: CALLBACK })) === 0,
      },
    ],
  }
}

/** Users and groups of the app. */
export const atAssignments = (as: string): Start => ({ system: 'entra', path: appPage('/users'), as })

const isAssigned = async (walk: Walk, who: string): Promise<boolean> =>
  (await pictureEntra(walk.control.entra)).assigned.includes(who)

/** Pick `name` for Users and groups, without the last button. */
async function pick(walk: Walk, name: string): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.open(await appPage('/users')(walk))
  await desk.press('Add user/group')
  await desk.press('Users and groups: None Selected')
  await desk.fill('Search', name, { within: 'Users and groups' })
  await desk.press('Search', { within: 'Users and groups' })
  await desk.tick(name, true, { within: 'Users and groups' })
  await desk.press('Select', { within: 'Users and groups' })
}

async function assignNamed(walk: Walk, name: string): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.open(await appPage('/users')(walk))
  await assign(desk, name)
}

/** The first person is assigned. */
export function assignFirstLesson(step: string, as: string): Lesson {
  return {
    steps: [step],
    start: { system: 'entra', path: '/admin', as },
    hints: [
      'Every enterprise app says who may use it.',
      `Users and groups of Dialpad: add ${PEOPLE.first.name}, nobody else.`,
      `Dialpad, Users and groups, Add user/group, None Selected, search ${PEOPLE.first.name}, tick, Select, Assign.`,
    ],
    wrong: [
      {
        mistake: 'A whole group was assigned at once.',
        hint: `If something is wrong, it is wrong for all of them. Remove the group, and begin with ${PEOPLE.first.name}.`,
        attempt: (walk) => assignNamed(walk, GROUP),
        shows: (walk) => isAssigned(walk, GROUP),
      },
      {
        mistake: 'Somebody else was assigned.',
        hint: `Look at the name: it is ${PEOPLE.first.name} who is to be first. Remove the other assignment.`,
        attempt: (walk) => assignNamed(walk, PEOPLE.elsewhere.name),
        shows: async (walk) => (await pictureEntra(walk.control.entra)).assigned.length > 0,
      },
      {
        mistake: 'Somebody was selected, and Assign not pressed.',
        hint: 'Selecting only fills in the form. Select Assign at its end.',
        attempt: (walk) => pick(walk, PEOPLE.first.name),
        shows: async (walk) => (await formsOf(walk, 'entra', { url: '/users/add', status: 200 })) > 0,
      },
    ],
  }
}

/** The group follows. */
export function assignGroupLesson(step: string): Lesson {
  return {
    steps: [step],
    start: atAssignments(PEOPLE.applications),
    hints: [
      'Groups are assigned where people are.',
      `Add the group ${GROUP}: its direct members count.`,
      `Add user/group, None Selected, search ${GROUP}, tick it, Select, Assign.`,
    ],
    wrong: [
      {
        mistake: `Another group was assigned.`,
        hint: `That would give many people an account. Remove it, and assign ${GROUP}.`,
        attempt: (walk) => assignNamed(walk, SALES),
        shows: (walk) => isAssigned(walk, SALES),
      },
      {
        mistake: 'A member was assigned instead of the group.',
        hint: `The next who joins would be forgotten. Remove that person, and assign ${GROUP}.`,
        attempt: (walk) => assignNamed(walk, PEOPLE.supporter.name),
        shows: (walk) => isAssigned(walk, PEOPLE.supporter.address),
      },
    ],
  }
}

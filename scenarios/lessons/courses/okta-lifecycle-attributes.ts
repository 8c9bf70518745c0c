import { HERO, KEPT, RENAMED } from '#scenarios/walkthroughs/okta-lifecycle/hero.ts'
import { OKTA_LIFECYCLE } from '#scenarios/walkthroughs/okta-lifecycle/okta-lifecycle.ts'
import { openAppTab } from '#scenarios/walkthroughs/okta-pages.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import type { Lesson } from '../lesson.ts'
import { CONSOLE, callsOf, lessonsOf, mappingOf } from './okta-lesson.ts'
import { changeProfile, editMapping, refused, unsent } from './okta-profiles.ts'

const lesson = lessonsOf(OKTA_LIFECYCLE)
const { name } = RENAMED

const personIn = async (walk: Walk) => (await pictureOkta(walk.control.okta)).person(walk.keep.get(KEPT.oktaId))
const personInDialpad = async (walk: Walk) =>
  (await pictureDialpad(walk.control.dialpad)).person(walk.keep.get(KEPT.dialpadId))

/** Past Okta: a script changes the account in Dialpad. */
export async function changeInDialpad(walk: Walk, change: Readonly<Record<string, string>>): Promise<void> {
  const key = (await walk.control.dialpad.call('POST', '/api-keys', { name: 'By hand' })) as { readonly secret: string }
  const { status } = await walk.fetch(`${walk.urls.dialpad}/api/v2/users/${walk.keep.get(KEPT.dialpadId)}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(change),
  })
  if (status !== 200) throw new Error(`Dialpad answered the change by hand with ${status}.`)
}

async function switchUpdatesOff(walk: Walk): Promise<void> {
  const desk = await walk.desk('okta')
  await openAppTab(desk, 'Provisioning')
  await desk.press('To App', { within: 'Settings' })
  await desk.press('Edit')
  await desk.tick('Enable', false, { within: 'Update User Attributes' })
  await desk.press('Save')
}

/** What the profile of the one whose life is followed says in Okta. */
export const typedAs = async (walk: Walk, attribute: string): Promise<string> => {
  const value = (await personIn(walk))?.profile[attribute]
  return typeof value === 'string' ? value : ''
}

/** The rows of the table that need nothing but a profile, up to the office. */
export const STANDARD_LESSONS: readonly Lesson[] = [
  lesson('004/attributes/1', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Update User Attributes is off.',
        hint: 'Okta sends no changes. Provisioning > To App > Edit, check it, Save; then change the name once more.',
        async attempt(walk) {
          await switchUpdatesOff(walk)
          await changeProfile(walk, HERO.name, { 'First name': RENAMED.firstName })
        },
        shows: async (walk) =>
          (await pictureOkta(walk.control.okta)).app?.provisioning?.toApp.updateAttributes === false,
      },
      unsent(HERO.name, 'Display name', RENAMED.half, 'First name'),
    ],
  }),
  lesson('004/attributes/2', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The name was changed in Dialpad, by hand.',
        hint: 'The next push of anything puts the name of Okta back. Change it in Okta.',
        attempt: (walk) => changeInDialpad(walk, { last_name: RENAMED.lastName }),
        shows: async (walk) =>
          (await personInDialpad(walk))?.familyName === RENAMED.lastName && (await callsOf(walk, 'PUT')) === 0,
      },
      refused(
        RENAMED.half,
        'Last name',
        '',
        'The field was emptied.',
        'Everybody has a last name here: type the new one.',
      ),
    ],
  }),
  lesson('004/attributes/3', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Only Username was changed.',
        hint: 'The format is Email: Dialpad is sent Primary email. Change that one too.',
        attempt: (walk) => changeProfile(walk, name, { Username: RENAMED.address }),
        async shows(walk) {
          const person = await personIn(walk)
          return person?.profile.login === RENAMED.address && person.profile.email === HERO.address
        },
      },
      {
        mistake: 'Primary email has a typing error.',
        hint: `Dialpad was sent another address. It is ${RENAMED.address}.`,
        attempt: (walk) =>
          changeProfile(walk, name, {
            Username: RENAMED.address,
            'Primary email': RENAMED.address.replace('aydin', 'aidyn'),
          }),
        async shows(walk) {
          const email = (await personIn(walk))?.profile.email
          return email !== HERO.address && email !== RENAMED.address
        },
      },
    ],
  }),
  lesson('004/attributes/4', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The name of the office differs from Dialpad’s.',
        hint: 'No office is called so, and the country decides. Type the name as Dialpad has it: London.',
        attempt: (walk) => changeProfile(walk, name, { Department: 'London Office' }),
        shows: async (walk) => (await typedAs(walk, 'department')) !== 'London' && (await callsOf(walk, 'PUT')) > 0,
      },
      unsent(name, 'Division', 'London', 'Department'),
    ],
  }),
]

/** The rows between the two that are added with the Profile Editor. */
export const OTHER_LESSONS: readonly Lesson[] = [
  lesson('004/attributes/6', {
    start: CONSOLE,
    wrong: [
      refused(
        name,
        'Country code',
        'Canada',
        'The name of the country was typed.',
        'It is a code of two letters, ISO 3166: CA.',
      ),
      unsent(name, 'Locale', 'en_CA', 'Country code'),
    ],
  }),
  lesson('004/attributes/7', {
    start: CONSOLE,
    wrong: [
      unsent(name, 'Locale', 'fr_CA', 'Preferred language'),
      refused(
        name,
        'Preferred language',
        'French (Canada)',
        'The name of the language was typed.',
        'It is a code: fr_CA.',
      ),
    ],
  }),
  lesson('004/attributes/8', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The mapping of Title says Apply on: Create.',
        hint: 'New people get their title, and changes of it are lost. Set it back to Create and update; the title then goes out.',
        async attempt(walk) {
          await editMapping(await walk.desk('okta'), 'Title', {
            kind: 'from',
            option: 'Title | title',
            apply: 'Create',
          })
          await changeProfile(walk, name, { Title: 'Senior Support Agent' })
        },
        shows: async (walk) => (await mappingOf(walk, 'title'))?.pushStatus === 'DONT_PUSH',
      },
      unsent(name, 'User type', 'Senior Support Agent', 'Title'),
    ],
  }),
]

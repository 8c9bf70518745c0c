import { finding } from '#scenarios/walkthroughs/finding.ts'
import { ENTERPRISE_URN, HERO, KEPT, RENAMED } from '#scenarios/walkthroughs/okta-lifecycle/hero.ts'
import { OKTA_LIFECYCLE } from '#scenarios/walkthroughs/okta-lifecycle/okta-lifecycle.ts'
import { addAttribute, openAppTab } from '#scenarios/walkthroughs/okta-pages.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import type { Lesson } from '../lesson.ts'
import { CONSOLE, callsOf, lessonsOf, mappingOf } from './okta-lesson.ts'
import { changeProfile, editMapping, isMapped, mappingMistakes, refused, unsent } from './okta-profiles.ts'

const lesson = lessonsOf(OKTA_LIFECYCLE)
const { name } = RENAMED

const OFFICE_NAME = { displayName: 'Office name', variableName: 'officeName' } as const
const LICENSE_TYPE = { displayName: 'License type', variableName: 'licenseType' } as const
const MEMBERS = [
  'Dialpad Talk = dialpad_talk',
  'Dialpad Talk (Lite) = dialpad_lite',
  'Dialpad Contact Center = dialpad_support',
  'Dialpad Sell = dialpad_sell',
  'Dialpad TfB Offer = dialpad_tfb',
]

const personIn = async (walk: Walk) => (await pictureOkta(walk.control.okta)).person(walk.keep.get(KEPT.oktaId))
const personInDialpad = async (walk: Walk) =>
  (await pictureDialpad(walk.control.dialpad)).person(walk.keep.get(KEPT.dialpadId))

/** Past Okta: a script changes the account in Dialpad. */
export async function changeInDialpad(walk: Walk, change: Readonly<Record<string, string>>): Promise<void> {
  const key = (await walk.control.dialpad.call('POST', '/api-keys', { name: 'By hand' })) as { readonly secret: string }
  const { status } = await fetch(`${walk.urls.dialpad}/api/v2/users/${walk.keep.get(KEPT.dialpadId)}`, {
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

const typedAs = async (walk: Walk, attribute: string): Promise<string> => {
  const value = (await personIn(walk))?.profile[attribute]
  return typeof value === 'string' ? value : ''
}

const STANDARD_LESSONS: readonly Lesson[] = [
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

const OFFICE_LESSONS: readonly Lesson[] = [
  lesson('004/attributes/5/1', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The variable name is written in small letters.',
        hint: 'user.officeName finds nothing then: case counts, and the name cannot be changed. Delete it and add officeName.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'User (default)', { ...OFFICE_NAME, variableName: 'officename' }),
        shows: async (walk) => (await pictureOkta(walk.control.okta)).attribute('user', 'officename') !== undefined,
      },
      {
        mistake: 'It was added to Dialpad’s profile instead.',
        hint: 'There is nothing yet to fill it from. Add it to User (default) as well.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'Dialpad User', {
            ...OFFICE_NAME,
            external: { name: 'officeName', namespace: ENTERPRISE_URN },
          }),
        shows: async (walk) => (await pictureOkta(walk.control.okta)).attribute('app', 'officeName') !== undefined,
      },
    ],
  }),
  lesson('004/attributes/5/2', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'External namespace was left empty.',
        hint: 'It would never be sent, and nothing would say so. Delete the attribute, and add it with the namespace.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'Dialpad User', {
            ...OFFICE_NAME,
            external: { name: 'officeName', namespace: '' },
          }),
        async shows(walk) {
          const attribute = (await pictureOkta(walk.control.okta)).attribute('app', 'officeName')
          return attribute !== undefined && attribute.externalNamespace === undefined
        },
      },
      {
        mistake: 'The namespace is one of your own.',
        hint: `Dialpad passes over what it does not know. Delete the attribute, and add it with ${ENTERPRISE_URN}.`,
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'Dialpad User', {
            ...OFFICE_NAME,
            external: { name: 'officeName', namespace: 'urn:dialpad:office' },
          }),
        async shows(walk) {
          const attribute = (await pictureOkta(walk.control.okta)).attribute('app', 'officeName')
          return attribute?.externalNamespace !== undefined && attribute.externalNamespace !== ENTERPRISE_URN
        },
      },
    ],
  }),
  lesson('004/attributes/5/3', {
    start: CONSOLE,
    check: (walk) => isMapped(walk, 'officeName'),
    wrong: mappingMistakes(OFFICE_NAME, 'Toronto'),
  }),
  lesson('004/attributes/5/4', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Toronto was typed into Department.',
        hint: 'That moves them as well, and is not what is asked: the office by its own attribute, Office name.',
        attempt: (walk) => changeProfile(walk, name, { Department: 'Toronto' }),
        shows: async (walk) => (await typedAs(walk, 'department')) === 'Toronto',
      },
      {
        mistake: 'The name differs by a letter from the office.',
        hint: 'No office is called so; Department decides. Type the name as Dialpad has it: Toronto.',
        attempt: (walk) => changeProfile(walk, name, { 'Office name': 'Torronto' }),
        shows: async (walk) => !['', 'Toronto'].includes(await typedAs(walk, 'officeName')),
      },
    ],
  }),
]

const OTHER_LESSONS: readonly Lesson[] = [
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

const external = { name: 'licenseType', namespace: ENTERPRISE_URN }

const LICENSE_LESSONS: readonly Lesson[] = [
  lesson('004/attributes/9/1', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'A member of the list is misspelt: a hyphen for an underscore.',
        hint: 'Dialpad would answer 400. Delete the attribute of Dialpad, and add it with the values as the table has them.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          const members = MEMBERS.map((member) => member.replace('dialpad_talk', 'dialpad-talk'))
          await addAttribute(desk, 'User (default)', { ...LICENSE_TYPE, members })
          await addAttribute(desk, 'Dialpad User', { ...LICENSE_TYPE, members, external })
        },
        async shows(walk) {
          const attribute = (await pictureOkta(walk.control.okta)).attribute('app', 'licenseType')
          return attribute?.members?.some(({ value }) => value.includes('-')) === true
        },
      },
      {
        mistake: 'It is in the profile of people only.',
        hint: 'Dialpad has no such attribute yet. Add it to Dialpad User as well, with external name and namespace.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'User (default)', { ...LICENSE_TYPE, members: MEMBERS }),
        async shows(walk) {
          const okta = await pictureOkta(walk.control.okta)
          return (
            okta.attribute('user', 'licenseType') !== undefined && okta.attribute('app', 'licenseType') === undefined
          )
        },
      },
    ],
    async check(walk) {
      const okta = await pictureOkta(walk.control.okta)
      const values = MEMBERS.map((member) => member.split(' = ')[1])
      const ofApp = okta.attribute('app', 'licenseType')
      const ofPeople = okta.attribute('user', 'licenseType')
      const has = (members: readonly { readonly value: string }[] = []): boolean =>
        members.length === values.length && members.every(({ value }) => values.includes(value))
      return finding(
        `People ${ofPeople === undefined ? 'have no licenseType' : `have ${ofPeople.members?.length ?? 0} values`}, Dialpad ${ofApp === undefined ? 'has none' : `has ${ofApp.members?.map(({ value }) => value).join(', ') || 'no list'} in ${ofApp.externalNamespace ?? 'no namespace'}`}.`,
        has(ofPeople?.members),
        has(ofApp?.members),
        ofApp?.externalNamespace === ENTERPRISE_URN,
      )
    },
  }),
  lesson('004/attributes/9/2', {
    start: CONSOLE,
    check: (walk) => isMapped(walk, 'licenseType'),
    wrong: [
      mappingMistakes(LICENSE_TYPE, 'dialpad_talk')[0],
      {
        mistake: 'It was mapped from another attribute.',
        hint: 'Its values are no licenses. Choose License type as the Okta attribute.',
        attempt: async (walk) =>
          editMapping(await walk.desk('okta'), LICENSE_TYPE.displayName, {
            kind: 'from',
            option: 'User type | userType',
            apply: 'Create and update',
          }),
        shows: async (walk) => (await mappingOf(walk, 'licenseType'))?.expression === 'user.userType',
      },
    ],
  }),
  lesson('004/attributes/9/3', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'A license was chosen that the office does not own.',
        hint: 'Dialpad answered 400, and a task says so. Choose Dialpad Contact Center.',
        attempt: (walk) => changeProfile(walk, name, { 'License type': { choose: 'Dialpad Sell' } }),
        shows: async (walk) => (await callsOf(walk, 'PUT', 400)) > 0,
      },
      {
        mistake: 'Another license was chosen.',
        hint: 'Dialpad has taken it, and it is not the one that is asked for. Choose Dialpad Contact Center.',
        attempt: (walk) => changeProfile(walk, name, { 'License type': { choose: 'Dialpad Talk' } }),
        shows: async (walk) => !['', 'dialpad_support'].includes(await typedAs(walk, 'licenseType')),
      },
    ],
  }),
]

/** Seed 004, "Okta attributes mapped to Dialpad", row by row. */
export const ATTRIBUTE_LESSONS: readonly Lesson[] = [
  ...STANDARD_LESSONS,
  ...OFFICE_LESSONS,
  ...OTHER_LESSONS,
  ...LICENSE_LESSONS,
]

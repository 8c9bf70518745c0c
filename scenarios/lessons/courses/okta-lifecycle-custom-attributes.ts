import { finding } from '#scenarios/walkthroughs/finding.ts'
import { ENTERPRISE_URN, RENAMED } from '#scenarios/walkthroughs/okta-lifecycle/hero.ts'
import { OKTA_LIFECYCLE } from '#scenarios/walkthroughs/okta-lifecycle/okta-lifecycle.ts'
import { addAttribute } from '#scenarios/walkthroughs/okta-pages.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import type { Lesson } from '../lesson.ts'
import { appTab, CONSOLE, callsOf, lessonsOf, mappingOf } from './okta-lesson.ts'
import { typedAs } from './okta-lifecycle-attributes.ts'
import { changeProfile, editMapping, isMapped, mappingMistakes } from './okta-profiles.ts'

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

/** Row officeName of seed 004: four instructions, because nothing of it is there. */
export const OFFICE_LESSONS: readonly Lesson[] = [
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
    start: appTab('provisioning/to-app'),
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

const external = { name: 'licenseType', namespace: ENTERPRISE_URN }

/** Row licenseType of seed 004. */
export const LICENSE_LESSONS: readonly Lesson[] = [
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
    start: appTab('provisioning/to-app'),
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

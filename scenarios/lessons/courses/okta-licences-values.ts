import { ATTRIBUTE, HOLDERS, NAMESPACE, setLicence, VALUES } from '#scenarios/walkthroughs/okta-licences/licence.ts'
import { deleteAttribute } from '#scenarios/walkthroughs/okta-licences/namespace.ts'
import { OKTA_LICENCES } from '#scenarios/walkthroughs/okta-licences/okta-licences.ts'
import { addAttribute, turnToTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { letQueueEnd } from '#scenarios/walkthroughs/witness/okta-since.ts'
import type { Lesson, Mistake } from '../lesson.ts'
import {
  appPath,
  CONSOLE,
  callsOf,
  hasSeen,
  lessonsOf,
  mappingOf,
  NO_ADMINISTRATOR,
  PORTAL,
  pathsSeen,
  strayed,
} from './okta-lesson.ts'
import { isMapped, mappingMistakes } from './okta-profiles.ts'

const lesson = lessonsOf(OKTA_LICENCES)
const { variableName } = ATTRIBUTE
const external = { name: variableName, namespace: NAMESPACE }

const attributeOf = async (walk: Walk, profile: 'user' | 'app') =>
  (await pictureOkta(walk.control.okta)).attribute(profile, variableName)

/** What somebody's profile in Okta says. */
export async function typedFor(walk: Walk, address: string): Promise<string> {
  const value = (await pictureOkta(walk.control.okta)).person(address)?.profile[variableName]
  return typeof value === 'string' ? value : ''
}

/** The value was written into the profile of another person than the one that is meant. */
export function givenTo(
  other: { readonly name: string; readonly address: string },
  meant: { readonly name: string },
  value: string,
): Mistake {
  return {
    mistake: `The value was written into the profile of ${other.name}.`,
    hint: `It is ${meant.name} whose license is meant. Set the other profile back.`,
    attempt: (walk) => setLicence(walk, other.name, value),
    shows: async (walk) => (await typedFor(walk, other.address)) === value,
  }
}

/** Dialpad did not take the value. */
function refusedValue(name: string, value: string, mistake: string, hint: string): Mistake {
  return {
    mistake,
    hint,
    attempt: (walk) => setLicence(walk, name, value),
    shows: async (walk) => (await callsOf(walk, 'PUT', 400)) > 0,
  }
}

/** The attribute comes into both profiles, is left out without its namespace, and arrives with it. */
const NAMESPACE_LESSONS: readonly Lesson[] = [
  lesson('licences/1', {
    wrong: [
      NO_ADMINISTRATOR,
      {
        mistake: 'Sign On was taken.',
        hint: 'Sign On is about SAML. Press Provisioning, the tab beside it.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.open('/admin')
          await signInToOkta(desk, PEOPLE.owner)
          await desk.open(await appPath(walk, 'general'))
          await turnToTab(desk, 'Sign On')
        },
        shows: (walk) => hasSeen(walk, 'okta', '/signon'),
      },
    ],
  }),
  lesson('licences/2', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The variable name is written in small letters.',
        hint: 'user.licenseType finds nothing then: case counts. Delete it, and add licenseType.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'User (default)', { ...ATTRIBUTE, variableName: 'licensetype' }),
        shows: async (walk) => (await pictureOkta(walk.control.okta)).attribute('user', 'licensetype') !== undefined,
      },
      {
        mistake: 'It was added to Dialpad’s profile instead.',
        hint: 'There is nothing to fill it from yet. Add it to User (default) first.',
        attempt: async (walk) => addAttribute(await walk.desk('okta'), 'Dialpad User', { ...ATTRIBUTE, external }),
        shows: async (walk) => (await attributeOf(walk, 'app')) !== undefined,
      },
    ],
  }),
  lesson('licences/3', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'External namespace was filled in.',
        hint: 'That is right, and comes later. Delete the attribute and add it without, to see what happens then.',
        attempt: async (walk) => addAttribute(await walk.desk('okta'), 'Dialpad User', { ...ATTRIBUTE, external }),
        shows: async (walk) => (await attributeOf(walk, 'app'))?.externalNamespace !== undefined,
      },
      {
        mistake: 'The external name is not that of Dialpad.',
        hint: 'It is licenseType, letter by letter, and cannot be changed later. Delete the attribute and add it again.',
        attempt: async (walk) =>
          addAttribute(await walk.desk('okta'), 'Dialpad User', {
            ...ATTRIBUTE,
            external: { name: 'license', namespace: '' },
          }),
        async shows(walk) {
          const attribute = await attributeOf(walk, 'app')
          return attribute !== undefined && attribute.externalName !== variableName
        },
      },
    ],
  }),
  lesson('licences/4', {
    start: CONSOLE,
    check: (walk) => isMapped(walk, variableName),
    wrong: mappingMistakes(ATTRIBUTE, 'dialpad_talk'),
  }),
  lesson('licences/5', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The value is misspelt.',
        hint: 'It is not sent as yet, and will be refused when it is. Write dialpad_support.',
        attempt: (walk) => setLicence(walk, HOLDERS.support.name, 'dialpad-support'),
        shows: async (walk) => !['', 'dialpad_support'].includes(await typedFor(walk, HOLDERS.support.address)),
      },
      givenTo(HOLDERS.talk, HOLDERS.support, 'dialpad_support'),
    ],
  }),
  lesson('licences/6', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The attribute was deleted, and not added again.',
        hint: `Dialpad’s profile has none now. + Add Attribute, with External namespace ${NAMESPACE}.`,
        attempt: async (walk) => deleteAttribute(await walk.desk('okta')),
        shows: async (walk) => (await attributeOf(walk, 'app')) === undefined,
      },
      {
        mistake: 'The namespace is made up.',
        hint: `Dialpad passes over what it does not know. Delete the attribute, and add it with ${NAMESPACE}.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await deleteAttribute(desk)
          const made = { name: variableName, namespace: 'urn:ietf:params:scim:schemas:extension:dialpad:2.0:User' }
          await addAttribute(desk, 'Dialpad User', { ...ATTRIBUTE, external: made })
        },
        async shows(walk) {
          const namespace = (await attributeOf(walk, 'app'))?.externalNamespace
          return namespace !== undefined && namespace !== NAMESPACE
        },
      },
    ],
  }),
  lesson('licences/7', { start: CONSOLE, wrong: mappingMistakes(ATTRIBUTE, 'dialpad_talk') }),
]

/** Values that fit, one that does not, and a list that keeps those away. */
const FITTING_LESSONS: readonly Lesson[] = [
  lesson('licences/8', {
    start: PORTAL,
    wrong: [
      {
        mistake: 'Somebody else was opened.',
        hint: `The license that changed is that of ${HOLDERS.support.name}.`,
        async attempt(walk) {
          const desk = await walk.desk('dialpad')
          await desk.press('Users', { within: 'Main' })
          await desk.openRow(HOLDERS.sell.name)
        },
        shows: async (walk) => (await pathsSeen(walk, 'dialpad')).some((path) => path.startsWith('/admin/users/')),
      },
      strayed('Stopped at the list of users.', `Her license is there already. Open her too: ${HOLDERS.support.name}.`, {
        system: 'dialpad',
        to: '/admin/company/users',
        go: (desk) => desk.press('Users', { within: 'Main' }),
      }),
    ],
  }),
  lesson('licences/9', {
    start: CONSOLE,
    wrong: [
      refusedValue(
        HOLDERS.sell.name,
        'Dialpad Sell',
        'The name of the product was written.',
        'Dialpad takes the values of the table only, and answered 400. Write dialpad_sell.',
      ),
      givenTo(HOLDERS.talk, HOLDERS.sell, 'dialpad_sell'),
    ],
  }),
  lesson('licences/10', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The value was written correctly.',
        hint: 'That comes later. Write it with a hyphen once, to see where the refusal is told.',
        attempt: (walk) => setLicence(walk, HOLDERS.talk.name, 'dialpad_talk'),
        shows: async (walk) => (await typedFor(walk, HOLDERS.talk.address)) === 'dialpad_talk',
      },
      givenTo(HOLDERS.lite, HOLDERS.talk, 'dialpad-talk'),
    ],
  }),
  lesson('licences/11', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Mark Selected Complete was pressed.',
        hint: 'The task is gone, nothing was sent, and the account is in error still. The button beside it retries.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.press('Tasks', { within: 'Main' })
          await desk.tick('Select')
          await desk.press('Mark Selected Complete')
        },
        shows: async (walk) => (await pictureOkta(walk.control.okta)).tasks.length === 0,
      },
      strayed(
        'Nothing was ticked, or nothing was pressed.',
        'Tick the box before the task, and press Retry Selected.',
        {
          to: '/admin/tasks',
          async go(desk) {
            await desk.press('Tasks', { within: 'Main' })
            await desk.press('Retry Selected')
          },
        },
      ),
    ],
  }),
  lesson('licences/12', {
    start: CONSOLE,
    wrong: [
      refusedValue(
        HOLDERS.talk.name,
        'dialpad talk',
        'The value is misspelt again.',
        'Dialpad answered 400 as before: the two words are joined by an underscore.',
      ),
      {
        mistake: 'The field was emptied.',
        hint: 'Then Okta says nothing about the license. Write dialpad_talk.',
        attempt: (walk) => setLicence(walk, HOLDERS.talk.name, ''),
        shows: async (walk) => (await typedFor(walk, HOLDERS.talk.address)) === '',
      },
    ],
  }),
  lesson('licences/13', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Display name and value are swapped.',
        hint: 'Dialpad would be sent "Dialpad Talk". A line is display name = value: Dialpad Talk = dialpad_talk.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await deleteAttribute(desk)
          const members = VALUES.map(({ product, value }) => `${value} = ${product}`)
          await addAttribute(desk, 'Dialpad User', { ...ATTRIBUTE, external, members })
        },
        shows: async (walk) =>
          (await attributeOf(walk, 'app'))?.members?.some(({ value }) => value.includes(' ')) === true,
      },
      {
        mistake: 'The new attribute is not mapped.',
        hint: 'Deleting the old one took its mapping along. Map it again: Show Unmapped Attributes, Edit.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await deleteAttribute(desk)
          const members = VALUES.map(({ product, value }) => `${product} = ${value}`)
          await addAttribute(desk, 'Dialpad User', { ...ATTRIBUTE, external, members })
          await letQueueEnd(walk)
        },
        shows: async (walk) => (await mappingOf(walk, variableName)) === undefined,
      },
    ],
  }),
]

/** From the attribute to the list of its values. */
export const VALUE_LESSONS: readonly Lesson[] = [...NAMESPACE_LESSONS, ...FITTING_LESSONS]

import { openDialpadSettings } from '#scenarios/walkthroughs/dialpad-portal.ts'
import { addGroup, addToGroup } from '#scenarios/walkthroughs/okta-directory.ts'
import { ATTRIBUTE, HOLDERS, pictureLicence, setLicence } from '#scenarios/walkthroughs/okta-licences/licence.ts'
import { OKTA_LICENCES } from '#scenarios/walkthroughs/okta-licences/okta-licences.ts'
import { beginToAssign, openAppTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { pictureGroupPush } from '#scenarios/walkthroughs/witness/okta-groups.ts'
import { letQueueEnd } from '#scenarios/walkthroughs/witness/okta-since.ts'
import { pictureSeats } from '#scenarios/walkthroughs/witness/seats.ts'
import type { Lesson } from '../lesson.ts'
import { CONSOLE, callsOf, hasSeen, lessonsOf, PORTAL, strayed, wasRefused, wasTaken } from './okta-lesson.ts'
import { givenTo, typedFor } from './okta-licences-values.ts'
import { changeProfile } from './okta-profiles.ts'

const lesson = lessonsOf(OKTA_LICENCES)
const { displayName, variableName } = ATTRIBUTE
const SELLERS = 'Dialpad Sellers'
const SUPPORTERS = 'Dialpad Supporters'
const WHO = HOLDERS.talk

const ownedLite = async (walk: Walk, office: string): Promise<number> =>
  (await pictureSeats(walk.control.dialpad, office))['lite_lines'] ?? 0

/** Licenses > Purchase licenses, in Dialpad. */
async function buyLite(walk: Walk, office: string): Promise<void> {
  const portal = await openDialpadSettings(walk)
  await portal.press('Licenses', { within: 'Main' })
  await portal.press('Purchase licenses')
  await portal.choose('Office', office)
  await portal.choose('License', 'Talk (Lite)')
  await portal.fill('Quantity', '1')
  await portal.press('Next')
  await portal.press('Confirm Purchase')
}

/** Assign Dialpad to a group; with a license for its members where one is named. */
async function assignGroup(walk: Walk, group: string, product?: string): Promise<void> {
  const desk = await walk.desk('okta')
  await openAppTab(desk, 'Assignments')
  await desk.press('Assign')
  await desk.press('Assign to Groups')
  await desk.pressInRow(group, `Assign ${group}`)
  if (product !== undefined) await desk.choose(displayName, product)
  await desk.press('Save and Go Back')
  await desk.press('Done')
  await letQueueEnd(walk)
}

/** The pencil of somebody's row, filled in and saved. */
async function editAssignment(walk: Walk, product: string, overrides: boolean): Promise<void> {
  const desk = await walk.desk('okta')
  await openAppTab(desk, 'Assignments')
  await desk.press('People', { within: 'Filters' })
  await desk.pressInRow(WHO.name, 'Edit')
  if (overrides) await desk.tick('Administrator (overrides group)')
  await desk.choose(displayName, product)
  await desk.press('Save')
  await letQueueEnd(walk)
}

/** A list at the assignment, and licenses that run out. */
const SUPPLY: readonly Lesson[] = [
  lesson('licences/14', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The profile was corrected first.',
        hint: 'Then nothing is left to be refused. Write dialpad-sell into it again, and assign her with it.',
        attempt: (walk) => changeProfile(walk, PEOPLE.first.name, { [displayName]: 'dialpad_talk' }),
        shows: async (walk) => (await typedFor(walk, PEOPLE.first.address)) === 'dialpad_talk',
      },
      {
        mistake: 'The review was left after the refusal.',
        hint: `She is not assigned. Choose Dialpad Talk under ${displayName}, and press Save and Go Back again.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Assignments')
          await beginToAssign(desk, PEOPLE.first.name)
          await desk.press('Save and Go Back')
        },
        shows: (walk) => wasRefused(walk, 'okta', '/assignments/assign/people/'),
      },
    ],
  }),
  lesson('licences/15', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The value is misspelt.',
        hint: 'Dialpad refused it too, with other words: it is no license type at all. Write dialpad_lite.',
        attempt: (walk) => setLicence(walk, HOLDERS.lite.name, 'dialpad_light'),
        shows: async (walk) => !['', 'dialpad_lite'].includes(await typedFor(walk, HOLDERS.lite.address)),
      },
      givenTo(HOLDERS.support, HOLDERS.lite, 'dialpad_lite'),
    ],
  }),
  lesson('licences/16', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'It was bought for another office.',
        hint: 'Licenses belong to an office, and the task names it: Denver. Buy one there.',
        attempt: (walk) => buyLite(walk, 'Toronto'),
        shows: async (walk) => (await wasTaken(walk, 'dialpad', 'licen')) && (await ownedLite(walk, 'Denver')) === 0,
      },
      {
        mistake: 'It was bought, and the task was not retried.',
        hint: 'Nothing tells Okta of it. Dashboard > Tasks, tick the task, Retry Selected.',
        attempt: (walk) => buyLite(walk, 'Denver'),
        shows: async (walk) => (await ownedLite(walk, 'Denver')) > 0,
      },
    ],
  }),
  lesson('licences/17', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The value was written before Auto-purchase was saved.',
        hint: 'Dialpad refused it, and a task is open. Save Auto-purchase, then retry the task.',
        attempt: (walk) => setLicence(walk, HOLDERS.tfb.name, 'dialpad_tfb'),
        shows: async (walk) => (await callsOf(walk, 'PUT', 400)) > 0,
      },
      {
        mistake: 'Auto-purchase is on, and nobody needs a license yet.',
        hint: `Nothing is bought ahead. Write dialpad_tfb into the profile of ${HOLDERS.tfb.name}.`,
        async attempt(walk) {
          const portal = await openDialpadSettings(walk)
          await portal.press('SCIM', { within: 'Main' })
          await portal.tick('Auto-purchase')
          await portal.press('Save')
        },
        shows: (walk) => wasTaken(walk, 'dialpad', '/scim'),
      },
    ],
  }),
  lesson('licences/18', {
    start: PORTAL,
    wrong: [
      strayed('The list is filtered by another license.', 'Choose T-Mobile for Business, and press Filter.', {
        system: 'dialpad',
        to: 'licence=agents',
        async go(desk) {
          await desk.press('Users', { within: 'Main' })
          await desk.choose('License', 'Sell')
          await desk.press('Filter')
        },
      }),
      strayed('The list is not filtered.', 'Above it are two drop-downs. Choose a License, and press Filter.', {
        system: 'dialpad',
        to: '/admin/company/users',
        go: (desk) => desk.press('Users', { within: 'Main' }),
      }),
    ],
  }),
]

/** Groups and administrators decide. */
const DECIDING: readonly Lesson[] = [
  lesson('licences/19', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The group was assigned without a license.',
        hint: `It leaves the license to the mapping. Assignments > Groups, Edit beside ${SELLERS}, ${displayName}.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await addGroup(desk, SELLERS, 'Who sells by phone')
          await addToGroup(desk, SELLERS, WHO.name)
          await assignGroup(walk, SELLERS)
        },
        async shows(walk) {
          const { okta, account } = await pictureLicence(walk, WHO.address)
          return okta.assignedGroups.includes(SELLERS) && account?.profile[variableName] !== 'dialpad_sell'
        },
      },
      {
        mistake: 'The group was made, and not assigned.',
        hint: 'A group gives nobody an app by itself. Assignments > Assign > Assign to Groups.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await addGroup(desk, SELLERS, 'Who sells by phone')
          await addToGroup(desk, SELLERS, WHO.name)
        },
        shows: async (walk) => (await pictureGroupPush(walk.control.okta)).hasGroup(SELLERS),
      },
    ],
  }),
  lesson('licences/20', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Nobody is in the group.',
        hint: `It is assigned, and changes nothing for anybody. Put ${WHO.name} into it.`,
        async attempt(walk) {
          await addGroup(await walk.desk('okta'), SUPPORTERS, 'Who answers by phone')
          await assignGroup(walk, SUPPORTERS, 'Dialpad Contact Center')
        },
        async shows(walk) {
          const okta = await pictureOkta(walk.control.okta)
          return okta.assignedGroups.includes(SUPPORTERS) && okta.membersOf(SUPPORTERS).length === 0
        },
      },
      {
        mistake: 'The new group is last in priority.',
        hint: `The first group keeps winning. Assignments > Groups, Edit beside ${SUPPORTERS}, Priority 1, Save.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await addGroup(desk, SUPPORTERS, 'Who answers by phone')
          await addToGroup(desk, SUPPORTERS, WHO.name)
          await assignGroup(walk, SUPPORTERS, 'Dialpad Contact Center')
        },
        async shows(walk) {
          const { okta, person } = await pictureLicence(walk, WHO.address)
          return okta.assignedGroups.includes(SUPPORTERS) && person?.licence === 'agents'
        },
      },
    ],
  }),
  lesson('licences/21', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Another license was chosen.',
        hint: 'The administrator decides now, and for another license. Edit once more: Dialpad Talk.',
        attempt: (walk) => editAssignment(walk, 'Dialpad Sell', true),
        async shows(walk) {
          const { account, person } = await pictureLicence(walk, WHO.address)
          return account?.scope === 'USER' && person?.licence !== 'talk'
        },
      },
      {
        mistake: 'The source is Group still.',
        hint: 'Then the values come from the group. Choose Administrator (overrides group), and the license.',
        attempt: (walk) => editAssignment(walk, 'Dialpad Talk', false),
        shows: (walk) => hasSeen(walk, 'okta', '/assignments/user/'),
      },
    ],
  }),
]

/** What a license needs beyond its value: an office that has one, and somebody who decides. */
export const SUPPLY_LESSONS: readonly Lesson[] = [...SUPPLY, ...DECIDING]

import { openDialpadSettings, openDialpadUser } from '#scenarios/walkthroughs/dialpad-portal.ts'
import { importNow, numbersOf, PHONE, pictureRun } from '#scenarios/walkthroughs/okta-import-numbers/importing.ts'
import { LEAD } from '#scenarios/walkthroughs/okta-import-numbers/numbers.ts'
import { OKTA_IMPORT_NUMBERS } from '#scenarios/walkthroughs/okta-import-numbers/okta-import-numbers.ts'
import { beginToAssign, openAppTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { letQueueEnd } from '#scenarios/walkthroughs/witness/okta-since.ts'
import type { Lesson } from '../lesson.ts'
import { CONSOLE, callsOf, hasSeen, lessonsOf } from './okta-lesson.ts'
import { changeProfile } from './okta-profiles.ts'
import { formsOf } from './visits.ts'

const lesson = lessonsOf(OKTA_IMPORT_NUMBERS)
const GONE = [PEOPLE.supporter, PEOPLE.byHand] as const
const RESTORED = PEOPLE.byHand

/** Delete or suspend somebody in Dialpad. */
async function actInDialpad(walk: Walk, who: (typeof GONE)[number], action: 'Delete' | 'Suspend'): Promise<void> {
  const portal = await openDialpadUser(walk, who.name)
  await portal.press(action)
  await portal.press(`${action} ${who.name} (${who.address})`)
}

/** Provisioning > To Okta > Edit, with the form open then. */
async function editToOkta(walk: Walk) {
  const desk = await walk.desk('okta')
  await openAppTab(desk, 'Provisioning')
  await desk.press('To Okta', { within: 'Settings' })
  await desk.press('Edit', { within: 'Provisioning to Okta' })
  return desk
}

const hasImported = async (walk: Walk): Promise<boolean> => (await formsOf(walk, 'okta', { url: '/import/now' })) > 0

/** The import that runs by itself, and the safeguard. */
export const LATER_LESSONS: readonly Lesson[] = [
  lesson('numbers/9', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Another interval was chosen.',
        hint: 'It is saved, and it is not every day. Edit once more: Every day.',
        async attempt(walk) {
          const desk = await editToOkta(walk)
          await desk.choose('Schedule import', 'Every week')
          await desk.press('Save')
        },
        async shows(walk) {
          const { schedule } = await pictureRun(walk)
          return schedule !== 'never' && schedule !== 'daily'
        },
      },
      {
        mistake: 'Save was forgotten.',
        hint: 'The fields say Never, as before. Edit, Schedule import Every day, Save.',
        async attempt(walk) {
          const desk = await editToOkta(walk)
          await desk.choose('Schedule import', 'Every day')
          await desk.press('Cancel')
        },
        shows: (walk) => hasSeen(walk, 'okta', '/provisioning/to-okta/edit'),
      },
    ],
  }),
  lesson('numbers/10', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The number was typed into the profile in Okta.',
        hint: 'Dialpad never hears of it, and the next import writes its own number over it. Swap the number in Dialpad.',
        attempt: (walk) => changeProfile(walk, LEAD.name, { [PHONE.displayName]: '+17205550199' }),
        async shows(walk) {
          const picture = await pictureRun(walk)
          const { inOkta, inDialpad } = numbersOf(picture, LEAD.address)
          return inOkta !== walk.keep.get('numberBeforeSwap') && inOkta !== inDialpad
        },
      },
      {
        mistake: 'The number was swapped, and no day has passed.',
        hint: 'Okta learns of it with the import of the schedule. Kit home > Clock, Duration P1D, Advance.',
        async attempt(walk) {
          const portal = await openDialpadUser(walk, LEAD.name)
          await portal.press('Options')
          await portal.press('Swap number')
          await portal.tick('New number of an area code')
          await portal.press('Swap number')
        },
        shows: async (walk) =>
          numbersOf(await pictureRun(walk), LEAD.address).inDialpad !== walk.keep.get('numberBeforeSwap'),
      },
    ],
  }),
  lesson('numbers/11', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'They were suspended instead of deleted.',
        hint: 'Suspended users are still in the list, so nobody is missing. Delete the two.',
        async attempt(walk) {
          for (const who of GONE) await actInDialpad(walk, who, 'Suspend')
          await importNow(walk)
        },
        async shows(walk) {
          const { dialpad } = await pictureRun(walk)
          return GONE.some(({ address }) => dialpad.person(address)?.state === 'suspended')
        },
      },
      {
        mistake: 'Only one was deleted.',
        hint: 'One of seven is less than 20 %: the import went through. Delete the other one, too, and import again.',
        async attempt(walk) {
          await actInDialpad(walk, GONE[0], 'Delete')
          await importNow(walk)
        },
        async shows(walk) {
          const { dialpad } = await pictureRun(walk)
          return GONE.filter(({ address }) => dialpad.person(address)?.state === 'deleted').length === 1
        },
      },
      {
        mistake: 'Nobody has imported since.',
        hint: 'Okta does not know yet. Import > Import Now.',
        async attempt(walk) {
          for (const who of GONE) await actInDialpad(walk, who, 'Delete')
        },
        async shows(walk) {
          const { dialpad } = await pictureRun(walk)
          return GONE.every(({ address }) => dialpad.person(address)?.state === 'deleted') && !(await hasImported(walk))
        },
      },
    ],
  }),
  lesson('numbers/12', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The safeguard was switched off.',
        hint: 'It did its work: the next mistake in Dialpad would go through. Switch it on, and press Resume Import.',
        async attempt(walk) {
          const desk = await editToOkta(walk)
          await desk.tick('Enable app unassignment safeguard', false)
          await desk.press('Save')
        },
        shows: async (walk) => (await pictureRun(walk)).safeguard?.enabled === false,
      },
      {
        mistake: 'Import Now was pressed again.',
        hint: 'It stops at the same place. Only Resume Import goes on.',
        attempt: async (walk) => void (await importNow(walk)),
        shows: hasImported,
      },
    ],
  }),
  lesson('numbers/13', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'He was assigned in Okta before he was restored.',
        hint: 'Okta found nobody and made a second account, with another number. Unassign him, and restore the first one.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Assignments')
          await beginToAssign(desk, RESTORED.name)
          await desk.press('Save and Go Back')
          await letQueueEnd(walk)
        },
        shows: async (walk) => (await callsOf(walk, 'POST', 201)) > 0,
      },
      {
        mistake: 'He was restored, and not imported.',
        hint: 'Okta does not know that he is back. Import Now, tick him, and Confirm Assignments.',
        async attempt(walk) {
          const portal = await openDialpadSettings(walk)
          await portal.press('Users', { within: 'Main' })
          await portal.press('Deleted Users')
          await portal.pressInRow(RESTORED.name, 'Restore')
        },
        async shows(walk) {
          const restored = (await pictureRun(walk)).dialpad.person(RESTORED.address)?.state === 'active'
          return restored && (await pictureOkta(walk.control.okta)).account(RESTORED.address) === undefined
        },
      },
    ],
  }),
]

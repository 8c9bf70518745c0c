import { finding, missing } from '#scenarios/walkthroughs/finding.ts'
import { HERO, KEPT } from '#scenarios/walkthroughs/okta-lifecycle/hero.ts'
import { OKTA_LIFECYCLE } from '#scenarios/walkthroughs/okta-lifecycle/okta-lifecycle.ts'
import { openAppTab, openPerson, turnToTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { GROUP, PEOPLE, SALES } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { pictureGroupPush } from '#scenarios/walkthroughs/witness/okta-groups.ts'
import { letQueueEnd } from '#scenarios/walkthroughs/witness/okta-since.ts'
import type { Lesson } from '../lesson.ts'
import {
  appPath,
  appTab,
  CONSOLE,
  consolePage,
  lessonsOf,
  PORTAL,
  pathsSeen,
  portalPage,
  strayed,
} from './okta-lesson.ts'

const lesson = lessonsOf(OKTA_LIFECYCLE)

const endsAt = async (walk: Walk, path: string): Promise<boolean> =>
  (await pathsSeen(walk, 'okta')).some((each) => each.endsWith(path))

/** Seed 004, "Assign to Users". */
export const PEOPLE_LESSONS: readonly Lesson[] = [
  lesson('004/assign/1', {
    start: appTab('general'),
    wrong: [
      strayed(
        'Looked on the page of a person.',
        'It lists their apps. Who has Dialpad is on the tab Assignments of Dialpad.',
        {
          to: '/admin/user/',
          go: (desk) => openPerson(desk, HERO.name),
        },
      ),
      strayed(
        'Push Groups was taken.',
        'Pushing a group assigns nobody. People and groups get the app under Assignments.',
        {
          to: '/push',
          go: (desk) => turnToTab(desk, 'Push Groups'),
        },
      ),
    ],
  }),
  lesson('004/assign/2', {
    start: appTab('assignments'),
    wrong: [
      strayed(
        'Assign to Groups was taken.',
        'The list is headed Groups. Press Done, then Assign and Assign to People.',
        {
          to: '/assignments/assign/groups',
          async go(desk) {
            await desk.press('Assign')
            await desk.press('Assign to Groups')
          },
        },
      ),
      strayed('Looked in the directory.', 'There people are kept. On Assignments press Assign, and choose People.', {
        to: '/admin/users',
        go: (desk) => desk.press('People', { within: 'Main' }),
      }),
    ],
  }),
  lesson('004/assign/3', {
    start: appTab('assignments/assign/people'),
    wrong: [
      {
        mistake: 'Done was pressed at once.',
        hint: `The list closed and nobody is assigned. Assign, Assign to People, and then Assign beside ${HERO.name}.`,
        attempt: async (walk) => (await walk.desk('okta')).press('Done'),
        shows: (walk) => endsAt(walk, '/assignments'),
      },
      {
        mistake: 'The review is that of somebody else.',
        hint: `The heading says for whom it is. Press Cancel and take the row of ${HERO.name}.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.fill('Search people', PEOPLE.supporter.name)
          await desk.enter()
          await desk.pressInRow(PEOPLE.supporter.name, 'Assign')
        },
        shows: async (walk) => (await pathsSeen(walk, 'okta')).some((path) => path.includes('/assign/people/')),
      },
    ],
  }),
  lesson('004/assign/4', {
    start: consolePage((walk) => appPath(walk, `assignments/assign/people/${walk.keep.get(KEPT.oktaId)}`)),
    async check(walk) {
      await letQueueEnd(walk)
      const account = (await pictureOkta(walk.control.okta)).account(HERO.address)
      const person = (await pictureDialpad(walk.control.dialpad)).person(HERO.address)
      if (account === undefined) return missing(`assignment of Dialpad to ${HERO.address}`)
      if (person === undefined) return missing(`account of ${HERO.address} in Dialpad`)
      walk.keep.set(KEPT.dialpadId, person.id)
      return finding(
        `${account.userName} is assigned as ${account.scope === 'USER' ? 'Individual' : 'Group'}; in Dialpad ${person.id} is ${person.state}.`,
        account.userName === HERO.address,
        account.scope === 'USER',
        account.externalId === person.id,
        person.state === 'active',
      )
    },
    wrong: [
      {
        mistake: 'User Name is no e-mail address.',
        hint: 'Dialpad answers 400 and the row is red. Take the assignment away, and assign again with handle@domain.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.fill('User Name', 'elif.demir')
          await desk.press('Save and Go Back')
        },
        async shows(walk) {
          const account = (await pictureOkta(walk.control.okta)).account(HERO.address)
          return account !== undefined && !account.userName.includes('@')
        },
      },
      {
        mistake: 'Cancel was pressed.',
        hint: 'The row still offers Assign. Open the review again, and press Save and Go Back.',
        attempt: async (walk) => (await walk.desk('okta')).press('Cancel'),
        shows: (walk) => endsAt(walk, '/assignments/assign/people'),
      },
    ],
  }),
  lesson('004/assign/5', {
    start: [appTab('assignments/assign/people'), PORTAL],
    async check(walk) {
      const { tasks } = await pictureOkta(walk.control.okta)
      const seen = await endsAt(walk, '/assignments')
      return finding(
        `The list of assignments was ${seen ? '' : 'not '}opened; ${tasks.length} tasks are open.`,
        seen,
        tasks.length === 0,
      )
    },
    wrong: [
      strayed('Went on to the person instead.', 'Their page lists apps. Who has Dialpad, and how, is on Assignments.', {
        to: '/admin/user/',
        go: (desk) => openPerson(desk, HERO.name),
      }),
      strayed(
        'Looked in Dialpad instead.',
        'The account is there, too. How it came about, Individual or Group, only Okta says.',
        {
          system: 'dialpad',
          to: '/admin/company/users',
          go: (desk) => desk.press('Users', { within: 'Main' }),
        },
      ),
    ],
  }),
  lesson('004/assign/6', {
    start: appTab('assignments'),
    wrong: [
      {
        mistake: 'The group was pushed instead of assigned.',
        hint: 'A push makes a group in Dialpad, and no accounts. Assign the group under Assignments.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await turnToTab(desk, 'Push Groups')
          await desk.press('Push Groups', { within: 'Group push' })
          await desk.press('Find groups by name')
          await desk.choose('Group to push', GROUP)
          await desk.press('Save')
        },
        shows: async (walk) => (await pictureGroupPush(walk.control.okta)).push(GROUP) !== undefined,
      },
      {
        mistake: 'Another group was assigned.',
        hint: `Everybody in it has an account now. Take it away again, and assign ${GROUP}.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Assignments')
          await desk.press('Assign')
          await desk.press('Assign to Groups')
          await desk.pressInRow(SALES, 'Assign')
          await desk.press('Save and Go Back')
          await letQueueEnd(walk)
        },
        async shows(walk) {
          const { assignedGroups } = await pictureOkta(walk.control.okta)
          return assignedGroups.length > 0 && !assignedGroups.includes(GROUP)
        },
      },
    ],
  }),
  lesson('004/assign/7', {
    start: [portalPage('/admin/company/users'), CONSOLE],
    wrong: [
      {
        mistake: 'Somebody else was opened.',
        hint: `Search for ${HERO.name}: the one who was assigned individually.`,
        async attempt(walk) {
          const desk = await walk.desk('dialpad')
          await desk.openRow(PEOPLE.supporter.name)
        },
        shows: async (walk) => (await pathsSeen(walk, 'dialpad')).some((path) => path.startsWith('/admin/users/')),
      },
      strayed('Looked at the person in Okta.', 'Okta knows no number yet. Open the person in Dialpad, under Users.', {
        to: '/admin/user/',
        go: (desk) => openPerson(desk, HERO.name),
      }),
    ],
  }),
]

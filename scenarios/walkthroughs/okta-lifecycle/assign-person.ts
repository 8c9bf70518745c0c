import { finding, missing } from '../finding.ts'
import { turnToTab } from '../okta-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureOkta } from '../witness/okta.ts'
import { letQueueEnd, markJournals, methodsOf, pagesSince, sentSince } from '../witness/okta-since.ts'
import { tellOpened } from '../witness/pages-opened.ts'
import { HERO, KEPT } from './hero.ts'

const source = { article: '004', section: 'Assign to Users' } as const

/** Seed 004, "Assign to Users": one person. */
export const PERSON_STEPS: readonly Step[] = [
  {
    id: '004/assign/1',
    title: 'Navigate to Assignments',
    say: 'Navigate to the Assignments tab.',
    source,
    at: { page: 'Okta, Dialpad', labels: ['Assignments'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await turnToTab(desk, 'Assignments')
      await desk.see('No users found')
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'okta', '/assignments')
      return finding(await tellOpened(walk, 'okta', 'Assignments', seen), seen > 0)
    },
    hints: [
      'Among the tabs of Dialpad, behind Import.',
      'It lists who has the app; nobody has it yet.',
      'Press Assignments.',
    ],
    wrong: [
      {
        mistake: 'You look on the page of a person.',
        sign: 'Its tab Applications lists apps, and has no button to assign one.',
      },
      {
        mistake: 'You look among the tabs for Users.',
        sign: 'There is none: people and groups are both under Assignments.',
      },
    ],
  },
  {
    id: '004/assign/2',
    title: 'Assign to people',
    say: 'Select Assign, then People.',
    source,
    at: { page: 'Okta, Dialpad, Assignments', labels: ['Assign', 'People'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('Assign')
      await desk.see('People')
      await desk.press('Assign to People')
      await desk.see('Search people')
    },
    async check(walk) {
      const seen = await pagesSince(walk, 'okta', '/assignments/assign/people')
      return finding(await tellOpened(walk, 'okta', 'The list of people to choose from', seen), seen > 0)
    },
    hints: [
      'A button at the top of the tab opens a short menu.',
      'It asks whether people or groups are meant.',
      'Press Assign, then Assign to People.',
    ],
    wrong: [
      { mistake: 'Assign to Groups was taken.', sign: 'The list is headed Groups.' },
      {
        mistake: 'People at the left was pressed.',
        sign: 'It filters who is assigned already, and opens no list to choose from.',
      },
    ],
  },
  {
    id: '004/assign/3',
    title: 'Select Assign next to somebody',
    say: `Select Assign next to the individual: here ${HERO.name}. You are asked to review the assignment.`,
    source,
    at: { page: 'Okta, Dialpad, Assign to People', labels: ['Assign', 'User Name'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.fill('Search people', HERO.name)
      await desk.enter()
      await desk.pressInRow(HERO.name, 'Assign')
      await desk.see('User Name')
    },
    async check(walk) {
      const person = (await pictureOkta(walk.control.okta)).person(HERO.address)
      if (person === undefined) return missing(`person ${HERO.address} in the org`)
      walk.keep.set(KEPT.oktaId, person.id)
      const seen = await pagesSince(walk, 'okta', `/assignments/assign/people/${person.id}`)
      return finding(await tellOpened(walk, 'okta', `The review for ${HERO.address}`, seen), seen > 0)
    },
    hints: [
      'In the list that Assign to People has opened.',
      'Type the beginning of the name to find somebody among many.',
      `Search for ${HERO.name} and press Assign in that row.`,
    ],
    wrong: [
      { mistake: 'Done was pressed at once.', sign: 'The list closes and nobody is assigned.' },
      { mistake: 'Somebody of the same first name was taken.', sign: 'The heading of the review says for whom it is.' },
    ],
  },
  {
    id: '004/assign/4',
    title: 'Review, Save and Go Back',
    say: 'Review the username, which should be the e-mail address, and the other details. If everything looks good, select Save and Go Back.',
    source,
    at: { page: 'Okta, Dialpad, Assign to People', labels: ['User Name', 'Save and Go Back'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.see('User Name')
      walk.keep.set('reviewedUserName', await desk.read('User Name'))
      await desk.press('Save and Go Back')
      await desk.see(`Dialpad was assigned to ${HERO.name}.`)
    },
    async check(walk) {
      await letQueueEnd(walk)
      const account = (await pictureOkta(walk.control.okta)).account(HERO.address)
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const person = dialpad.person(HERO.address)
      if (account === undefined) return missing(`assignment of Dialpad to ${HERO.address}`)
      if (person === undefined) return missing(`account of ${HERO.address} in Dialpad`)
      walk.keep.set(KEPT.dialpadId, person.id)
      const sent = await sentSince(walk)
      return finding(
        `${account.userName} is assigned as ${account.scope === 'USER' ? 'Individual' : 'Group'}; Okta sent ${methodsOf(sent)}, and in Dialpad ${person.id} is ${person.state}.`,
        walk.keep.get('reviewedUserName') === HERO.address,
        account.scope === 'USER',
        account.externalId === person.id,
        person.state === 'active',
        methodsOf(sent).includes('GET, POST'),
      )
    },
    hints: [
      'The review stands where the list was.',
      'User Name is what Dialpad knows the person by: handle@domain. The rest comes from the Okta profile by the mappings of To App.',
      'Compare User Name with the address of the person and press Save and Go Back. That is when provisioning starts, not with Done.',
    ],
    wrong: [
      {
        mistake: 'User Name is no e-mail address.',
        sign: 'Dialpad answers 400, the row turns red, and Tasks tells why. Sign On > Application username format is where it comes from.',
      },
      { mistake: 'Cancel was pressed.', sign: 'The row still offers Assign.' },
      {
        mistake: 'To App was never saved with Create Users.',
        sign: 'A red mark beside the person: assigned before provisioning was enabled. Provision User makes up for it.',
      },
    ],
  },
  {
    id: '004/assign/5',
    title: 'Done',
    say: 'The row says Assigned. Select Done to see who has the app.',
    source,
    at: { page: 'Okta, Dialpad, Assignments', labels: ['Done', 'Individual'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('Done')
      await desk.see('Individual', { within: 'Assigned people' })
    },
    async check(walk) {
      const { app, tasks } = await pictureOkta(walk.control.okta)
      const seen = await pagesSince(walk, 'okta', `/instance/${app?.id}/assignments`)
      return finding(
        `${await tellOpened(walk, 'okta', 'The list of assignments', seen)} Open tasks: ${tasks.length}.`,
        seen > 0,
        tasks.length === 0,
      )
    },
    hints: [
      'At the foot of the list of people.',
      'Done closes the list. What was saved is saved.',
      'Press Done and look at the column Type.',
    ],
    wrong: [
      {
        mistake: 'The browser was closed instead.',
        sign: 'Nothing is lost: the assignment was made by Save and Go Back.',
      },
      {
        mistake: 'A red mark stands in the row.',
        sign: 'The job failed: the text beside it is that of the task under Dashboard > Tasks.',
      },
    ],
  },
]

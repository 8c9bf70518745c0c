import { finding, missing } from '../finding.ts'
import { GROUP, PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureOkta } from '../witness/okta.ts'
import { markJournals, pagesSince, sentSince } from '../witness/okta-since.ts'
import { tellOpened } from '../witness/pages-opened.ts'
import { PERSON_STEPS } from './assign-person.ts'
import { HERO } from './hero.ts'

const source = { article: '004', section: 'Assign to Users' } as const

const GROUP_STEPS: readonly Step[] = [
  {
    id: '004/assign/6',
    title: 'Assign a group',
    say: `You may also assign groups that exist in Okta: here ${GROUP}. Its members get the app, those who join later too.`,
    source,
    at: { page: 'Okta, Dialpad, Assignments', labels: ['Assign', 'Groups', 'Assign', 'Save and Go Back', 'Done'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await desk.press('Assign')
      await desk.see('Groups')
      await desk.press('Assign to Groups')
      await desk.pressInRow(GROUP, 'Assign')
      await desk.press('Save and Go Back')
      await desk.press('Done')
      await desk.see(GROUP, { within: 'Assigned groups' })
    },
    async check(walk) {
      const created = await sentSince(walk, 'POST', '/scim/Users')
      const okta = await pictureOkta(walk.control.okta)
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const members = okta.membersOf(GROUP)
      const active = members.filter((login) => dialpad.person(login)?.state === 'active')
      const linked = okta.account(PEOPLE.byHand.address)
      return finding(
        `${GROUP} has ${members.length} members, ${active.length} of them active in Dialpad; ${created.length} accounts were created. ${PEOPLE.byHand.name}, who had one, was ${linked?.externalId === undefined ? 'not linked' : 'linked to it'}.`,
        okta.assignedGroups.includes(GROUP),
        members.length > 0,
        active.length === members.length,
        created.length === members.length - 1,
        linked?.scope === 'GROUP',
        linked?.externalId === dialpad.person(PEOPLE.byHand.address)?.id,
      )
    },
    hints: [
      'The same menu Assign, its other half.',
      'The review asks for values all members are to share; leave them empty. Whoever has an account in Dialpad under the same address is linked to it.',
      `Press Assign, Assign to Groups, Assign beside ${GROUP}, Save and Go Back, Done.`,
    ],
    wrong: [
      {
        mistake: 'The group was pushed under Push Groups instead.',
        sign: 'Dialpad has the group, and nobody in it: pushing assigns no one.',
      },
      { mistake: 'You want to remove one member by ✕.', sign: 'Refused: who came by a group leaves by the group.' },
    ],
  },
  {
    id: '004/assign/7',
    title: 'See them in Dialpad',
    say: 'The people are in Dialpad, each with a number by the area code of their office. Look at one.',
    source,
    at: { page: 'Dialpad, Users', labels: ['Users', 'Search users', 'Account Details', 'Number'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.press('Users', { within: 'Main' })
      await desk.fill('Search users', HERO.name)
      await desk.enter()
      await desk.press(HERO.name, { within: 'Users found' })
      await desk.see('Account Details')
      await desk.see('Number')
    },
    async check(walk) {
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const person = dialpad.person(HERO.address)
      if (person === undefined) return missing(`account of ${HERO.address} in Dialpad`)
      const areaCode = dialpad.offices.find(({ name }) => name === person.office)?.areaCode ?? 'none'
      const seen = await pagesSince(walk, 'dialpad', `/users/${person.id}`)
      return finding(
        `${HERO.name} is in ${person.office}, area code ${areaCode}, with ${person.numbers.join(', ') || 'no number'}. ${await tellOpened(walk, 'dialpad', `The page of ${HERO.name}`, seen)}`,
        seen > 0,
        person.office === HERO.office,
        person.numbers.length === 1,
        person.numbers[0]?.includes(areaCode) === true,
      )
    },
    hints: [
      "In Dialpad's admin portal: Users, of the company or of an office.",
      'An exact name of an office decides; without one the country does. Reserved numbers of the office are given out first, then new ones of its area code.',
      `Press Users, search for ${HERO.name}, and press the name.`,
    ],
    wrong: [
      {
        mistake: 'The department in Okta is no office of Dialpad, as here.',
        sign: 'The person is in the office of their country, or in the one the SCIM settings name.',
      },
      {
        mistake: 'The office has no license left.',
        sign: 'Nobody appears, and the task in Okta says which license the office has none of.',
      },
    ],
  },
]

/** Seed 004, "Assign to Users": one person, then a group, and what has become of them. */
export const ASSIGN_STEPS: readonly Step[] = [...PERSON_STEPS, ...GROUP_STEPS]

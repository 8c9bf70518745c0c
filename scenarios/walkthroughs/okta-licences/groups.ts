import { finding } from '../finding.ts'
import { addGroup, addToGroup } from '../okta-directory.ts'
import { openAppTab } from '../okta-pages.ts'
import type { Desk, Step, Walk } from '../walkthrough.ts'
import { letQueueEnd, markJournals } from '../witness/okta-since.ts'
import { ATTRIBUTE, HOLDERS, pictureLicence, WHICH } from './licence.ts'

const { displayName, variableName } = ATTRIBUTE
const SELLERS = 'Dialpad Sellers'
const SUPPORTERS = 'Dialpad Supporters'
const WHO = HOLDERS.talk

async function openGroupAssignments(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('okta')
  await openAppTab(desk, 'Assignments')
  return desk
}

/** Assign the app to a group, with a licence for its members. */
async function assignWith(walk: Walk, group: string, product: string): Promise<void> {
  const desk = await openGroupAssignments(walk)
  await desk.press('Assign')
  await desk.press('Assign to Groups')
  await desk.pressInRow(group, `Assign ${group}`)
  await desk.choose(displayName, product)
  await desk.press('Save and Go Back')
  await desk.press('Done')
  await letQueueEnd(walk)
}

/** Licences by group: who wins when several say something. */
export const GROUP_STEPS: readonly Step[] = [
  {
    id: 'licences/19',
    title: 'A licence by group',
    say: `Add a group ${SELLERS} with ${WHO.name} in it, assign Dialpad to it, and choose Dialpad Sell under ${displayName}. A value of a group wins over the mapping: he gets Sell, whatever his profile says.`,
    source: WHICH,
    at: {
      page: 'Okta, Dialpad, Assignments',
      labels: [
        'Add group',
        'Assign people',
        'Assignments',
        'Assign',
        'Assign to Groups',
        displayName,
        'Save and Go Back',
        'Done',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await addGroup(desk, SELLERS, 'Who sells by phone')
      await addToGroup(desk, SELLERS, WHO.name)
      await assignWith(walk, SELLERS, 'Dialpad Sell')
    },
    async check(walk) {
      const { account, person, okta, hasSent, found } = await pictureLicence(walk, WHO.address)
      return finding(
        `${found} His profile in Okta still says ${String(okta.person(WHO.address)?.profile[variableName])}.`,
        okta.assignedGroups.includes(SELLERS),
        account?.profile[variableName] === 'dialpad_sell',
        hasSent('dialpad_sell'),
        person?.licence === 'agents',
      )
    },
    hints: [
      'Only attributes that are not User personal appear in the form of a group.',
      'A group that says nothing about an attribute leaves it to the next one, and at last to the mapping.',
      `Assign to Groups, Assign beside ${SELLERS}, ${displayName} Dialpad Sell, Save and Go Back.`,
    ],
    wrong: [
      {
        mistake: 'The attribute was added with User personal ticked.',
        sign: 'The form of the group does not show it.',
      },
      {
        mistake: 'The licence is expected to follow the profile again.',
        sign: 'It does not, as long as a group of the person says something.',
      },
    ],
  },
  {
    id: 'licences/20',
    title: 'Two groups: the higher one wins',
    say: `Add ${SUPPORTERS} with the same person, and assign it with Dialpad Contact Center. It is last in priority and changes nothing. Then Groups, Edit beside it, Priority 1, Save: now it decides.`,
    source: WHICH,
    at: {
      page: 'Okta, Dialpad, Assignments, Groups',
      labels: [
        'Add group',
        'Assign to Groups',
        displayName,
        'Save and Go Back',
        'Done',
        'Groups',
        'Edit',
        'Priority',
        'Save',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await addGroup(desk, SUPPORTERS, 'Who answers by phone')
      await addToGroup(desk, SUPPORTERS, WHO.name)
      await assignWith(walk, SUPPORTERS, 'Dialpad Contact Center')
      await openGroupAssignments(walk)
      await desk.press('Groups', { within: 'Filters' })
      await desk.pressInRow(SUPPORTERS, 'Edit')
      await desk.fill('Priority', '1')
      await desk.press('Save')
      await desk.see('The assignment was saved.')
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { account, person, okta, puts, found } = await pictureLicence(walk, WHO.address)
      if (!okta.assignedGroups.includes(SUPPORTERS)) return finding(`${SUPPORTERS} is not assigned.`, false)
      return finding(
        `Being last changed nothing; being first did. ${found}`,
        puts.length === 1,
        account?.profile[variableName] === 'dialpad_support',
        person?.licence === 'lite_support_agents',
      )
    },
    hints: [
      'Priority 1 is the highest; a group that is assigned later comes last.',
      'The list at the left of Assignments shows the groups and their priority.',
      `Groups, Edit beside ${SUPPORTERS}, Priority 1, Save.`,
    ],
    wrong: [
      {
        mistake: 'The order of assignment is thought to decide.',
        sign: 'The first group keeps winning, and the second looks as if it did nothing.',
      },
      {
        mistake: 'Combine values across groups is looked for.',
        sign: 'It is for lists only: a licence is one value.',
      },
    ],
  },
  {
    id: 'licences/21',
    title: 'An individual value wins over all groups',
    say: `People, Edit beside ${WHO.name}: Administrator (overrides group), Dialpad Talk, Save. From now on groups and profile may say what they will.`,
    source: WHICH,
    at: {
      page: 'Okta, Dialpad, Assignments, People',
      labels: ['Assignments', 'People', 'Edit', 'Administrator (overrides group)', displayName, 'Save'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await openGroupAssignments(walk)
      await desk.press('People', { within: 'Filters' })
      await desk.pressInRow(WHO.name, 'Edit')
      await desk.tick('Administrator (overrides group)')
      await desk.choose(displayName, 'Dialpad Talk')
      await desk.press('Save')
      await desk.see('The assignment was saved.')
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { account, person, hasSent, found } = await pictureLicence(walk, WHO.address)
      return finding(
        `${found} The assignment is ${account?.scope === 'USER' ? 'Individual' : 'by group'}.`,
        account?.scope === 'USER',
        hasSent('dialpad_talk'),
        person?.licence === 'talk',
      )
    },
    hints: [
      'The row changes from Group to Individual, and with it who decides.',
      'The pencil of a row that came by a group asks for the Assignment source.',
      `Edit beside ${WHO.name}, Administrator (overrides group), ${displayName} Dialpad Talk, Save.`,
    ],
    wrong: [
      {
        mistake: 'The value is changed while the source stays Group.',
        sign: 'The form refuses: the values come from the group.',
      },
      {
        mistake: 'A group is changed later, and the person forgotten.',
        sign: 'The change does not reach them: set the source back to Group.',
      },
    ],
  },
]

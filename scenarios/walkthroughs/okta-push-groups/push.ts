import { finding, missing } from '../finding.ts'
import { addToGroup, removeFromGroup } from '../okta-directory.ts'
import { beginToAssign, openAppTab } from '../okta-pages.ts'
import { addressOf, PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureOkta } from '../witness/okta.ts'
import { letQueueEnd, markJournals, methodsOf, pagesSince, sentSince } from '../witness/okta-since.ts'
import { bodiesOf, findByName, openPushGroups, pictureOf } from './pushing.ts'

/** The group that is pushed: five people, three of whom have Dialpad. */
export const PUSHED = 'Support'

const enabling = { article: 'group-push', section: 'Enable Group Push' } as const
const protocol = { article: 'okta-scim', section: 'Groups' } as const

const LEAD = addressOf('ada.okafor')

/** Push a group by name, and what happens to its members afterwards. */
export const PUSH_STEPS: readonly Step[] = [
  {
    id: 'push/2',
    title: `Push ${PUSHED} by name`,
    say: `Push Groups > Find groups by name: choose ${PUSHED}, leave Push group memberships immediately ticked, Create Group, Save.`,
    source: enabling,
    at: {
      page: 'Okta, Dialpad, Push Groups',
      labels: [
        'Push Groups',
        'Find groups by name',
        'Group to push',
        'Push group memberships immediately',
        'Match result & push action',
        'Create Group',
        'Save',
        'Active',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await findByName(walk, PUSHED)
      await desk.tick('Push group memberships immediately')
      await desk.see('Match result & push action')
      await desk.tick('Create Group')
      await desk.press('Save')
      await desk.see(`${PUSHED} is being pushed.`)
      await openPushGroups(walk)
      await desk.see('Active', { within: 'Pushed groups' })
    },
    async check(walk) {
      const { push, sent, members, found } = await pictureOf(walk, PUSHED)
      return finding(
        found,
        push?.status === 'ACTIVE',
        methodsOf(sent) === 'POST, PATCH, GET, PATCH',
        members.length === 3,
        members.includes(LEAD),
        bodiesOf(sent, 'PATCH').includes(`"displayName":"${PUSHED}"`),
      )
    },
    hints: [
      'The group goes first, then its members, then its name once more: that is how Okta does it every time.',
      'Create Group makes the group in Dialpad; an empty name means the name it has in Okta.',
      `On Push Groups press Push Groups, then Find groups by name; choose ${PUSHED} and press Save.`,
    ],
    wrong: [
      {
        mistake: 'Push group memberships immediately is unticked.',
        sign: 'Dialpad has the group, and nobody is in it until Push now.',
      },
      {
        mistake: 'The group that is assigned to the app is pushed as well.',
        sign: 'Members flap: leaving the group ends the assignment and the membership in a race. Use separate groups.',
      },
    ],
  },
  {
    id: 'push/3',
    title: 'See that a push assigns nobody',
    say: `${PEOPLE.first.name} is in ${PUSHED} and does not have Dialpad: look at Assignments. A push sends those members only who are assigned; it makes no accounts.`,
    source: protocol,
    at: {
      page: 'Okta, Dialpad, Assignments',
      labels: ['Assignments', 'People', 'Search assignments', 'No users found'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Assignments')
      await desk.press('People', { within: 'Filters' })
      await desk.fill('Search assignments', PEOPLE.first.name)
      await desk.enter()
      await desk.see('No users found')
    },
    async check(walk) {
      const okta = await pictureOkta(walk.control.okta)
      const { members } = await pictureOf(walk, PUSHED)
      const account = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.first.address)
      const sent = await sentSince(walk)
      const left = okta.membersOf(PUSHED).filter((address) => !members.includes(address))
      const searched = await pagesSince(walk, 'okta', `/assignments?q=${PEOPLE.first.name.replace(' ', '+')}`)
      return finding(
        `${okta.membersOf(PUSHED).length} are in ${PUSHED} in Okta, ${members.length} of them in Dialpad; ${left.map((each) => each.split('@')[0]).join(' and ')} are not assigned; ${sent.length} calls were made.`,
        searched > 0,
        left.includes(PEOPLE.first.address),
        okta.account(PEOPLE.first.address) === undefined,
        account === undefined,
        sent.length === 0,
      )
    },
    hints: [
      'Three things have to hold: in the group, assigned to the app, and the group is pushed.',
      'The list at the left of Assignments switches between people and groups.',
      `On Assignments search for ${PEOPLE.first.name}: nobody is found.`,
    ],
    wrong: [
      {
        mistake: 'A group is pushed to give its people Dialpad.',
        sign: 'The group is in Dialpad, smaller than in Okta or empty, and nobody got an account.',
      },
      {
        mistake: 'The missing member is added to Dialpad by hand.',
        sign: 'The account is not linked: nothing in Okta reaches it, and it stays when the person leaves.',
      },
    ],
  },
]

/** Members who come and go. */
export const MEMBER_STEPS: readonly Step[] = [
  {
    id: 'push/4',
    title: 'Assign the member who is missing',
    say: `Assign Dialpad to ${PEOPLE.first.name}. Her account is made, and in the same breath she joins the pushed group: nothing has to be pressed on Push Groups.`,
    source: protocol,
    at: {
      page: 'Okta, Dialpad, Assignments',
      labels: ['Assignments', 'Assign', 'Assign to People', 'Assign', 'Save and Go Back', 'Done'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Assignments')
      await beginToAssign(desk, PEOPLE.first.name)
      await desk.press('Save and Go Back')
      await desk.press('Done')
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { sent, members, found } = await pictureOf(walk, PUSHED)
      const made = await sentSince(walk, 'POST', '/scim/Users')
      return finding(
        `${made.length} account was made. ${found}`,
        made.length === 1,
        members.includes(PEOPLE.first.address),
        methodsOf(sent) === 'PATCH, GET, PATCH',
        bodiesOf(sent, 'PATCH').includes('"op":"add"'),
      )
    },
    hints: [
      'The member was waiting for an account: Okta sends the membership as soon as there is one.',
      'It is the ordinary assignment: Assign, Assign to People, Assign beside the name.',
      `Assign ${PEOPLE.first.name}, press Save and Go Back, then Done.`,
    ],
    wrong: [
      {
        mistake: 'Create Users is off.',
        sign: 'The row turns red with "Matching user not found", and the group stays as it was.',
      },
      {
        mistake: 'The dialog is closed with Cancel.',
        sign: 'Nobody is assigned: provisioning begins with Save and Go Back.',
      },
    ],
  },
  {
    id: 'push/5',
    title: 'Add a member',
    say: `Directory > Groups > ${PUSHED} > Assign people: add ${PEOPLE.seller.name}, who has Dialpad by another group. One addition goes to Dialpad, with the name of the group behind it.`,
    source: protocol,
    at: { page: `Okta, Groups, ${PUSHED}`, labels: ['Groups', PUSHED, 'Assign people', 'Done'] },
    setup: markJournals,
    async solve(walk) {
      await addToGroup(await walk.desk('okta'), PUSHED, PEOPLE.seller.name)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { sent, members, found } = await pictureOf(walk, PUSHED)
      const bodies = bodiesOf(sent, 'PATCH')
      return finding(
        found,
        members.includes(PEOPLE.seller.address),
        methodsOf(sent) === 'PATCH, GET, PATCH',
        bodies.includes('"op":"add"'),
        bodies.includes('"op":"replace"'),
      )
    },
    hints: [
      'Members are changed at the group, not at the app.',
      'Groups stands under Directory in the navigation at the left.',
      `Open ${PUSHED}, press Assign people, search for ${PEOPLE.seller.name} and press Assign, then Done.`,
    ],
    wrong: [
      {
        mistake: 'Somebody staged or deactivated is added.',
        sign: 'They are in the group in Okta, and nothing is sent.',
      },
      {
        mistake: 'The member is added to the group in Dialpad instead.',
        sign: 'Dialpad has no way to: a directory group is changed in the directory it comes from.',
      },
    ],
  },
  {
    id: 'push/6',
    title: 'Take a member out',
    say: `Remove ${PEOPLE.leaves.name} from ${PUSHED}. She leaves the group in Dialpad and keeps her account: she has Dialpad by another group.`,
    source: protocol,
    at: { page: `Okta, Groups, ${PUSHED}`, labels: ['Groups', PUSHED, `Remove ${PEOPLE.leaves.name}`] },
    setup: markJournals,
    async solve(walk) {
      await removeFromGroup(await walk.desk('okta'), PUSHED, PEOPLE.leaves.name)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { sent, members, found } = await pictureOf(walk, PUSHED)
      const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.leaves.address)
      if (person === undefined) return missing(`account of ${PEOPLE.leaves.name}`)
      return finding(
        `${found} ${PEOPLE.leaves.name} is ${person.state}.`,
        !members.includes(PEOPLE.leaves.address),
        person.state === 'active',
        bodiesOf(sent, 'PATCH').includes(`members[value eq \\"${person.id}\\"]`),
      )
    },
    hints: [
      'Leaving a pushed group is not losing the app: only the group that is assigned decides that.',
      'The cross stands in the row of the person on the People tab of the group.',
      `Open ${PUSHED}, press Remove beside ${PEOPLE.leaves.name} and confirm.`,
    ],
    wrong: [
      {
        mistake: 'Somebody is removed from the group that is assigned, instead of the one that is pushed.',
        sign: 'Their account is suspended: Okta sends active false.',
      },
      {
        mistake: 'The person is deactivated in Okta before they are removed.',
        sign: 'The account is suspended, and the removal from the group is not sent: they stay in it.',
      },
    ],
  },
]

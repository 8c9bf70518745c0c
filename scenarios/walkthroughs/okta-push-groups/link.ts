import { finding } from '../finding.ts'
import { SALES } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { letQueueEnd, markJournals, methodsOf } from '../witness/okta-since.ts'
import { bodiesOf, findByName, openPushGroups, pictureOf, unlink } from './pushing.ts'

/** What the second group is called in Dialpad at first. */
export const TEAM = 'Sales Team'

const linking = { article: 'group-push-operations', section: 'Group Push operations' } as const

/** Another name, letting go, and linking again. */
export const LINK_STEPS: readonly Step[] = [
  {
    id: 'push/12',
    title: 'Push a group under another name',
    say: `Find groups by name: ${SALES}, Create Group, and as Name in Dialpad ${TEAM}. Two of its people have Dialpad.`,
    source: linking,
    at: {
      page: 'Okta, Dialpad, Push Groups',
      labels: ['Push Groups', 'Find groups by name', 'Group to push', 'Create Group', 'Name in Dialpad', 'Save'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await findByName(walk, SALES)
      await desk.tick('Create Group')
      await desk.fill('Name in Dialpad', TEAM)
      await desk.press('Save')
      await desk.see(`${TEAM} is being pushed.`)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { push, dialpad, members, found } = await pictureOf(walk, SALES, TEAM)
      return finding(found, push?.status === 'ACTIVE', !dialpad.names.includes(SALES), members.length === 2)
    },
    hints: [
      'With renaming off the two names may differ for good.',
      'The name stands below Create Group in the same form.',
      `Choose ${SALES}, keep Create Group, write ${TEAM} and press Save.`,
    ],
    wrong: [
      {
        mistake: 'Renaming is on.',
        sign: `The first change of members asks Dialpad to call the group ${SALES} again.`,
      },
      {
        mistake: 'A name is given that another group in Dialpad has.',
        sign: 'Error: Dialpad refuses the second group of the name with 409.',
      },
    ],
  },
  {
    id: 'push/13',
    title: 'Unlink it and leave the group in Dialpad',
    say: 'Push Status > Unlink pushed group > Leave the group in the target app > Unlink. Nothing is sent; the group stays in Dialpad with its members, and nobody looks after it.',
    source: { article: 'group-push', section: 'Enable Group Push' },
    at: {
      page: 'Okta, Dialpad, Push Groups',
      labels: ['Active', 'Unlink pushed group', 'Leave the group in the target app', `Unlink ${TEAM}`],
    },
    setup: markJournals,
    async solve(walk) {
      await unlink(walk, SALES, 'Active', 'Leave the group in the target app', TEAM)
    },
    async check(walk) {
      const { push, okta, sent, members, found } = await pictureOf(walk, SALES, TEAM)
      return finding(found, push === undefined, okta.events('removed') > 0, sent.length === 0, members.length === 2)
    },
    hints: [
      'The dialog has two answers, and the recommended one deletes.',
      'Unlink pushed group is the last entry of the menu under Push Status.',
      `Press Active in the row of ${SALES}, Unlink pushed group, choose Leave and press Unlink.`,
    ],
    wrong: [
      {
        mistake: 'The answer that is chosen already is confirmed.',
        sign: 'The group is gone in Dialpad, with everything that was set up for it there.',
      },
      {
        mistake: 'The group that was left is pushed again with Create Group.',
        sign: 'Dialpad has the name already and refuses with 409: link it instead.',
      },
    ],
  },
  {
    id: 'push/14',
    title: 'Link a group that Dialpad has',
    say: `Press Refresh App Groups, so that Okta knows Dialpad's groups. Then Find groups by name: ${SALES}, Link Group, and as Group in Dialpad ${TEAM}.`,
    source: linking,
    at: {
      page: 'Okta, Dialpad, Push Groups',
      labels: ['Refresh App Groups', 'Find groups by name', 'Group to push', 'Link Group', 'Group in Dialpad', 'Save'],
    },
    setup: markJournals,
    async solve(walk) {
      const refreshing = await openPushGroups(walk)
      await refreshing.press('Refresh App Groups')
      await refreshing.see('groups of Dialpad were read.')
      const desk = await findByName(walk, SALES)
      await desk.tick('Link Group')
      await desk.choose('Group in Dialpad', TEAM)
      await desk.press('Save')
      await desk.see(`${TEAM} is being pushed.`)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { push, okta, sent, targetId, members, found } = await pictureOf(walk, SALES, TEAM)
      return finding(
        found,
        okta.appGroups.includes(TEAM),
        push?.status === 'ACTIVE',
        push?.targetGroupId !== undefined && push.targetGroupId === targetId,
        !methodsOf(sent).includes('POST'),
        bodiesOf(sent, 'PATCH').includes('"op":"replace","path":"members"'),
        members.length === 2,
      )
    },
    hints: [
      'Okta offers the groups it has read; one that was made since is not among them.',
      'Link Group is the other answer of Match result & push action.',
      `Refresh App Groups; then ${SALES}, Link Group, ${TEAM}, Save.`,
    ],
    wrong: [
      {
        mistake: 'Refresh App Groups is left out.',
        sign: 'The drop-down does not offer the group.',
      },
      {
        mistake: 'A group is linked whose members are somebody else’s work.',
        sign: 'They are overwritten at once: from then on Okta is their source.',
      },
    ],
  },
]

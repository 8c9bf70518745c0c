import { finding } from '../finding.ts'
import { removeFromGroup } from '../okta-directory.ts'
import { PEOPLE, SALES } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { meddleWithGroup } from '../witness/dialpad-groups.ts'
import { pictureOkta } from '../witness/okta.ts'
import { letQueueEnd, markJournals, methodsOf } from '../witness/okta-since.ts'
import { bodiesOf, findByName, openPushGroups, pictureOf, unlink } from './pushing.ts'

/** What the second group is called in Dialpad at first. */
const TEAM = 'Sales Team'

const linking = { article: 'group-push-operations', section: 'Group Push operations' } as const
const protocol = { article: 'okta-scim', section: 'Groups' } as const

/** Another name, letting go, linking again, and a group that is deleted in Dialpad. */
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
  {
    id: 'push/15',
    title: 'A group is deleted in Dialpad',
    say: `Somebody deleted ${TEAM} in Dialpad. Remove ${PEOPLE.byHand.name} from ${SALES}: the change is answered with 404, the push is in error, and a task says so. Look under Errors.`,
    source: protocol,
    at: {
      page: 'Okta, Dialpad, Push Groups, Errors',
      labels: ['Groups', SALES, 'Push Groups', 'Errors', 'Unable to update Group Push mapping', 'Error'],
    },
    async setup(walk) {
      await meddleWithGroup(walk, TEAM, { kind: 'delete' })
      await markJournals(walk)
    },
    async solve(walk) {
      await removeFromGroup(await walk.desk('okta'), SALES, PEOPLE.byHand.name)
      const desk = await openPushGroups(walk)
      await desk.press('Errors', { within: 'Pushed Groups' })
      await desk.see('Unable to update Group Push mapping')
      await desk.see('Error')
    },
    async check(walk) {
      const { push, sent, found } = await pictureOf(walk, SALES, TEAM)
      const { tasks } = await pictureOkta(walk.control.okta)
      const refused = sent.filter(({ response }) => response?.status === 404)
      return finding(
        `${found} ${refused.length} answered with 404. ${push?.error ?? 'No error.'}`,
        push?.status === 'ERROR',
        refused.length > 0,
        tasks.some((message) => message.includes(TEAM)),
      )
    },
    hints: [
      'Okta learns of it with the next change; until then the row says Active.',
      'The lists at the left of Push Groups have one for errors.',
      `Remove ${PEOPLE.byHand.name} from ${SALES}, go to Push Groups and press Errors.`,
    ],
    wrong: [
      {
        mistake: 'The group is looked for under Directory groups in Dialpad by its name in Okta.',
        sign: `It never had that name there: it was called ${TEAM}.`,
      },
      {
        mistake: 'The error is taken for a passing fault.',
        sign: 'It stays: only 429 is tried again by itself.',
      },
    ],
  },
  {
    id: 'push/16',
    title: 'Retry All Groups does not bring it back',
    say: 'Press Retry All Groups. The members are sent again, to a group that is not there: 404 as before.',
    source: linking,
    at: { page: 'Okta, Dialpad, Push Groups, Errors', labels: ['Retry All Groups', 'Errors', 'Error'] },
    setup: markJournals,
    async solve(walk) {
      const listing = await openPushGroups(walk)
      await listing.press('Errors', { within: 'Pushed Groups' })
      await listing.press('Retry All Groups')
      await listing.see('being pushed again.')
      const desk = await openPushGroups(walk)
      await desk.press('Errors', { within: 'Pushed Groups' })
      await desk.see('Error')
    },
    async check(walk) {
      const { push, sent, found } = await pictureOf(walk, SALES, TEAM)
      const refused = sent.filter(({ response }) => response?.status === 404)
      return finding(
        `${found} ${refused.length} answered with 404.`,
        push?.status === 'ERROR',
        refused.length > 0,
        methodsOf(sent) === 'PATCH',
      )
    },
    hints: [
      'Trying again helps where the cause is gone: a key that was renewed, a server that is up again.',
      'The button appears in the list of errors alone.',
      'Push Groups, Errors, Retry All Groups.',
    ],
    wrong: [
      {
        mistake: 'It is pressed over and over.',
        sign: 'Each time one call, and each time 404: Okta never makes a group it has an id for.',
      },
      {
        mistake: 'The task is marked complete.',
        sign: 'The task is gone, and the push stays in error: nothing was sent.',
      },
    ],
  },
  {
    id: 'push/17',
    title: 'Unlink, and push again',
    say: `Unlink the pushed group; leave it, since there is nothing to delete. Then push ${SALES} by name once more with Create Group: it is made under its own name, and the task is closed.`,
    source: linking,
    at: {
      page: 'Okta, Dialpad, Push Groups',
      labels: [
        'Error',
        'Unlink pushed group',
        'Leave the group in the target app',
        'Find groups by name',
        'Group to push',
        'Create Group',
        'Save',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      await unlink(walk, SALES, 'Error', 'Leave the group in the target app', TEAM)
      const desk = await findByName(walk, SALES)
      await desk.tick('Create Group')
      await desk.press('Save')
      await desk.see(`${SALES} is being pushed.`)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { push, sent, members, found } = await pictureOf(walk, SALES)
      const { tasks } = await pictureOkta(walk.control.okta)
      return finding(
        `${found} ${tasks.length} tasks are open.`,
        push?.status === 'ACTIVE',
        methodsOf(sent).startsWith('POST'),
        members.length === 1,
        tasks.length === 0,
      )
    },
    hints: [
      'What is linked to an id that is gone cannot be mended; it has to be let go.',
      'Unlinking closes the task of the push as well.',
      `Press Error in the row of ${SALES}, Unlink pushed group, Leave, Unlink; then Find groups by name, ${SALES}, Save.`,
    ],
    wrong: [
      {
        mistake: 'Delete the group in the target app is chosen.',
        sign: 'Okta sends DELETE, gets 404, and there is a task again.',
      },
      {
        mistake: 'The group is pushed again without unlinking.',
        sign: 'It is not offered: a group is pushed once to an app.',
      },
    ],
  },
]

import { finding } from '../finding.ts'
import { removeFromGroup } from '../okta-directory.ts'
import { PEOPLE, SALES } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { meddleWithGroup } from '../witness/dialpad-groups.ts'
import { pictureOkta } from '../witness/okta.ts'
import { letQueueEnd, markJournals, methodsOf } from '../witness/okta-since.ts'
import { TEAM } from './link.ts'
import { findByName, openPushGroups, pictureOf, unlink } from './pushing.ts'

const linking = { article: 'group-push-operations', section: 'Group Push operations' } as const
const protocol = { article: 'okta-scim', section: 'Groups' } as const

/** A group that is deleted in Dialpad, and what does and does not mend it. */
export const DELETED_STEPS: readonly Step[] = [
  {
    id: 'push/17',
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
    id: 'push/18',
    title: 'Retrying does not bring it back',
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
    id: 'push/19',
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

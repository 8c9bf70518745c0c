import { finding } from '../finding.ts'
import { addToGroup } from '../okta-directory.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureOkta } from '../witness/okta.ts'
import { letQueueEnd, markJournals, methodsOf } from '../witness/okta-since.ts'
import { RENAMED } from './names.ts'
import { PUSHED } from './push.ts'
import { openPushGroups, pictureOf } from './pushing.ts'

const source = { article: 'group-push-operations', section: 'Group Push operations' } as const

/** An error that passes: Dialpad does not answer for a while, and Retry All Groups once it does. */
export const OUTAGE_STEPS: readonly Step[] = [
  {
    id: 'push/15',
    title: 'Dialpad is down while a member is added',
    say: `Dialpad answers changes of groups with 503. Put ${PEOPLE.seller.name} back into ${RENAMED}: the push is in error, and Okta does not try again by itself.`,
    source,
    at: {
      page: 'Okta, Dialpad, Push Groups, Errors',
      labels: ['Groups', RENAMED, 'Assign people', 'Done', 'Push Groups', 'Errors', 'Error'],
    },
    async setup(walk) {
      await walk.control.dialpad.putFaults([{ on: 'scim.groups.patch', effect: { status: 503 } }])
      await markJournals(walk)
    },
    async solve(walk) {
      await addToGroup(await walk.desk('okta'), RENAMED, PEOPLE.seller.name)
      const desk = await openPushGroups(walk)
      await desk.press('Errors', { within: 'Pushed Groups' })
      await desk.see('Error')
    },
    async check(walk) {
      const { push, sent, members, found } = await pictureOf(walk, RENAMED, PUSHED)
      const { tasks } = await pictureOkta(walk.control.okta)
      return finding(
        `${found} Answered: ${sent.map(({ response }) => response?.status ?? '?').join(', ') || 'nothing, since nothing was sent'}. Open tasks: ${tasks.length}.`,
        push?.status === 'ERROR',
        sent.length === 1,
        sent[0]?.response?.status === 503,
        !members.includes(PEOPLE.seller.address),
        tasks.length === 1,
      )
    },
    hints: [
      'Of all answers only 429 makes Okta wait and try again.',
      'A push in error keeps its group and its link; nothing was lost.',
      `Add ${PEOPLE.seller.name} to ${RENAMED}; then Push Groups, Errors.`,
    ],
    wrong: [
      {
        mistake: 'The member is removed and added once more.',
        sign: 'Each of it is another call that fails, as long as Dialpad is down.',
      },
      {
        mistake: 'The group is unlinked with Delete.',
        sign: 'When Dialpad is back the group is gone, for an error that would have passed.',
      },
    ],
  },
  {
    id: 'push/16',
    title: 'Retry All Groups',
    say: 'Dialpad is up again, and Okta has not noticed. Under Errors press Retry All Groups: the members are sent, the push is active, the task is closed.',
    source,
    at: {
      page: 'Okta, Dialpad, Push Groups, Errors',
      labels: ['Push Groups', 'Errors', 'Retry All Groups', '1 group is being pushed again.'],
    },
    async setup(walk) {
      await walk.control.dialpad.clearFaults()
      await markJournals(walk)
    },
    async solve(walk) {
      const desk = await openPushGroups(walk)
      await desk.press('Errors', { within: 'Pushed Groups' })
      await desk.press('Retry All Groups')
      await desk.see('1 group is being pushed again.')
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { push, sent, members, found } = await pictureOf(walk, RENAMED, PUSHED)
      const { tasks } = await pictureOkta(walk.control.okta)
      return finding(
        `${found} ${tasks.length} tasks are open.`,
        push?.status === 'ACTIVE',
        methodsOf(sent) === 'PATCH, GET, PATCH',
        members.includes(PEOPLE.seller.address),
        tasks.length === 0,
      )
    },
    hints: [
      'Somebody has to say that it is worth trying again.',
      'The button appears in the list of errors, when there are any.',
      'Push Groups, Errors, Retry All Groups.',
    ],
    wrong: [
      {
        mistake: 'It is looked for on the list All.',
        sign: 'The button is not there.',
      },
      {
        mistake: 'The task is marked complete.',
        sign: 'Nothing is sent: the push stays in error.',
      },
    ],
  },
]

import { finding } from '../finding.ts'
import { removeFromGroup } from '../okta-directory.ts'
import { addressOf, PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { meddleWithGroup } from '../witness/dialpad-groups.ts'
import { letQueueEnd, markJournals } from '../witness/okta-since.ts'
import { RENAMED } from './names.ts'
import { PUSHED } from './push.ts'
import { actOnPush, bodiesOf, openPushGroups, pictureOf } from './pushing.ts'

const LEAD = addressOf('ada.okafor')
const source = { article: 'group-push', section: 'Enable Group Push' } as const

/** Push now, and pausing a push. */
export const REPAIR_STEPS: readonly Step[] = [
  {
    id: 'push/9',
    title: 'Repair an edit made in Dialpad',
    say: `A script took Ada Okafor out of ${PUSHED} in Dialpad, and Okta has not noticed. Push Status > Push now sends all members, whatever Dialpad has.`,
    source,
    at: { page: 'Okta, Dialpad, Push Groups', labels: ['Push Groups', 'Active', 'Push now'] },
    async setup(walk) {
      await meddleWithGroup(walk, PUSHED, { kind: 'remove-member', address: LEAD })
      await markJournals(walk)
    },
    async solve(walk) {
      const desk = await actOnPush(walk, RENAMED, 'Active', 'Push now')
      await desk.see('is being pushed.')
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { push, sent, members, found } = await pictureOf(walk, RENAMED, PUSHED)
      const bodies = bodiesOf(sent, 'PATCH')
      return finding(
        found,
        push?.status === 'ACTIVE',
        members.includes(LEAD),
        bodies.includes('"op":"replace","path":"members"'),
      )
    },
    hints: [
      'An ordinary change sends the difference from what Okta believes; Push now sends everything.',
      'The Push Status of a row is a menu.',
      `Press Active in the row of ${RENAMED}, then Push now.`,
    ],
    wrong: [
      {
        mistake: 'Ada is removed from the group in Okta and added again.',
        sign: 'She is back; others who went the same way stay missing, because only the difference is sent.',
      },
      {
        mistake: 'Force Sync is pressed under Provisioning.',
        sign: 'Profiles are sent again; memberships are no part of a profile.',
      },
    ],
  },
  {
    id: 'push/10',
    title: 'Pause the push',
    say: `Push Status > Deactivate group push. Then remove ${PEOPLE.seller.name} from ${RENAMED}: nothing is sent, and he stays in the group in Dialpad.`,
    source,
    at: {
      page: 'Okta, Dialpad, Push Groups',
      labels: ['Push Groups', 'Active', 'Deactivate group push', 'Groups', `Remove ${PEOPLE.seller.name}`],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await actOnPush(walk, RENAMED, 'Active', 'Deactivate group push')
      await desk.see('was deactivated.')
      await removeFromGroup(desk, RENAMED, PEOPLE.seller.name)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { push, okta, sent, members, found } = await pictureOf(walk, RENAMED, PUSHED)
      return finding(
        found,
        push?.status === 'INACTIVE',
        okta.events('deactivate_mapping') > 0,
        sent.length === 0,
        members.includes(PEOPLE.seller.address),
      )
    },
    hints: [
      'Deactivating keeps the group in Dialpad and the link to it; it only stops the sending.',
      'It is an entry of the menu under Push Status.',
      `Press Active in the row of ${RENAMED}, Deactivate group push; then remove ${PEOPLE.seller.name} from the group.`,
    ],
    wrong: [
      {
        mistake: 'The group is unlinked to pause it.',
        sign: 'The row is gone; unless Leave was chosen, so is the group in Dialpad.',
      },
      {
        mistake: 'A push that was paused is forgotten.',
        sign: 'Groups drift apart in silence: the row says Inactive, and nothing else does.',
      },
    ],
  },
  {
    id: 'push/11',
    title: 'Resume it',
    say: 'Push Status > Activate group push. Members are sent whole, so that what happened in the meantime arrives too.',
    source,
    at: { page: 'Okta, Dialpad, Push Groups', labels: ['Push Groups', 'Inactive', 'Activate group push', 'Active'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await actOnPush(walk, RENAMED, 'Inactive', 'Activate group push')
      await desk.see('was activated.')
      await openPushGroups(walk)
      await desk.see('Active', { within: 'Pushed groups' })
    },
    async check(walk) {
      const { push, sent, members, found } = await pictureOf(walk, RENAMED, PUSHED)
      return finding(
        found,
        push?.status === 'ACTIVE',
        !members.includes(PEOPLE.seller.address),
        members.includes(LEAD),
        bodiesOf(sent, 'PATCH').includes('"path":"members"'),
      )
    },
    hints: [
      'A push that resumes does not know what it has missed: it overwrites.',
      'The row says Inactive, and that is its menu.',
      `Press Inactive in the row of ${RENAMED}, then Activate group push.`,
    ],
    wrong: [
      {
        mistake: 'The members are corrected in Dialpad while the push is paused.',
        sign: 'They are gone after it resumes: Okta overwrites them.',
      },
      {
        mistake: 'Push now is looked for on a push that is inactive.',
        sign: 'The menu has no such entry until the push is active again.',
      },
    ],
  },
]

import { finding } from '../finding.ts'
import { addToGroup, openGroup } from '../okta-directory.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { letQueueEnd, markJournals } from '../witness/okta-since.ts'
import { PUSHED } from './push.ts'
import { bodiesOf, openPushGroups, pictureOf } from './pushing.ts'

/** What the pushed group is called in Okta from here on; Dialpad keeps the old name. */
export const RENAMED = 'Support Desk'

const rename = 'Rename app groups to match group name in Okta'

/** Dialpad does not rename groups: what that looks like, and the setting that fits. */
export const NAME_STEPS: readonly Step[] = [
  {
    id: 'push/7',
    title: 'Rename the group in Okta',
    say: `Call ${PUSHED} ${RENAMED}: Directory > Groups, Actions > Edit. Okta sends the new name, since renaming is on; Dialpad answers with success and keeps the old one.`,
    source: { article: '001', section: 'Connector limitations' },
    at: { page: `Okta, Groups, ${PUSHED}`, labels: ['Groups', PUSHED, 'Actions', 'Edit', 'Name', 'Save'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openGroup(desk, PUSHED)
      await desk.press('Actions')
      await desk.press('Edit')
      await desk.fill('Name', RENAMED)
      await desk.press('Save')
      await desk.see(RENAMED)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { okta, dialpad, sent, found } = await pictureOf(walk, RENAMED, PUSHED)
      const ignored = dialpad.notes('group_rename_ignored')
      return finding(
        `${found} Dialpad's change log: ${ignored.at(-1) ?? 'no rename'}.`,
        okta.hasGroup(RENAMED),
        bodiesOf(sent, 'PATCH').includes(`"displayName":"${RENAMED}"`),
        dialpad.names.includes(PUSHED),
        !dialpad.names.includes(RENAMED),
        ignored.length > 0,
      )
    },
    hints: [
      'Microsoft names this limit in its own tutorial; it is the same for every directory.',
      "Dialpad's change log is the only place that tells of the ignored rename.",
      `Open ${PUSHED}, press Actions, Edit, change the name and press Save.`,
    ],
    wrong: [
      {
        mistake: "Okta's column Group in Dialpad is believed.",
        sign: 'It shows the new name, because the call succeeded; Directory groups in Dialpad shows the old one.',
      },
      {
        mistake: 'The group is deleted and made again under the new name while it is pushed.',
        sign: 'The push is gone with the group, and the group in Dialpad stays behind with its members.',
      },
    ],
  },
  {
    id: 'push/8',
    title: 'Turn renaming off',
    say: `Group Push Settings: untick ${rename}, Save. Then put ${PEOPLE.leaves.name} back into the group: the call carries the name Dialpad has.`,
    source: { article: 'group-push', section: 'Enable Group Push' },
    at: {
      page: 'Okta, Dialpad, Push Groups',
      labels: ['Group Push Settings', rename, 'Save', 'Groups', RENAMED, 'Assign people', 'Done'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await openPushGroups(walk)
      await desk.press('Group Push Settings')
      await desk.tick(rename, false)
      await desk.press('Save')
      await desk.see('The group push settings were saved.')
      await addToGroup(desk, RENAMED, PEOPLE.leaves.name)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { okta, push, sent, members, found } = await pictureOf(walk, RENAMED, PUSHED)
      const bodies = bodiesOf(sent, 'PATCH')
      return finding(
        `Renaming is ${okta.renames ? 'on' : 'off'}; Okta now says ${push?.targetName} for the group in Dialpad. ${found}`,
        !okta.renames,
        push?.targetName === PUSHED,
        members.includes(PEOPLE.leaves.address),
        bodies.includes(`"displayName":"${PUSHED}"`),
        !bodies.includes(RENAMED),
      )
    },
    hints: [
      'The name goes along with every change of members; a server that cannot rename has to bear that.',
      'The gear beside Refresh App Groups opens the settings of group push.',
      `Untick the box and save; then Directory > Groups > ${RENAMED} > Assign people.`,
    ],
    wrong: [
      {
        mistake: 'Renaming stays on.',
        sign: 'Every change of members asks for the rename again, and Dialpad notes each one as ignored.',
      },
      {
        mistake: 'The setting is expected to rename the group back.',
        sign: 'Nothing is sent when it is saved; the right name comes with the next change of members.',
      },
    ],
  },
]

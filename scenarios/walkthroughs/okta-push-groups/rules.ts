import { finding } from '../finding.ts'
import { addGroup, addToGroup } from '../okta-directory.ts'
import { PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { letQueueEnd, markJournals, methodsOf } from '../witness/okta-since.ts'
import { RENAMED } from './names.ts'
import { PUSHED } from './push.ts'
import { openPushGroups, pictureOf, unlink } from './pushing.ts'

const RULE = 'Phone groups'
const PREFIX = 'Phone'
/** Made after the rule. */
const MANAGERS = 'Phone Managers'

const source = { article: 'group-push', section: 'Enable Group Push' } as const

/** Pushing by rule, and the two ways a group goes from Dialpad. */
export const RULE_STEPS: readonly Step[] = [
  {
    id: 'push/20',
    title: 'Push groups by rule',
    say: `Push Groups > Find groups by rule: a Rule name, Group name starts with ${PREFIX}, Create Rule. No group is called so yet, and nothing is sent.`,
    source,
    at: {
      page: 'Okta, Dialpad, Push Groups, By rule',
      labels: [
        'Push Groups',
        'Find groups by rule',
        'Rule name',
        'Group name',
        'Text in the group name',
        'Push group memberships immediately',
        'Create Rule',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await openPushGroups(walk)
      await desk.press('Push Groups', { within: 'Group push' })
      await desk.press('Find groups by rule')
      await desk.fill('Rule name', RULE)
      await desk.choose('Group name', 'starts with')
      await desk.fill('Text in the group name', PREFIX)
      await desk.tick('Push group memberships immediately')
      await desk.press('Create Rule')
      await desk.see(`The rule ${RULE} was created.`)
    },
    async check(walk) {
      const { okta, sent } = await pictureOf(walk, MANAGERS)
      const rule = okta.rules.find(({ name }) => name === RULE)
      const byRule = okta.pushes.filter(({ ruleId }) => ruleId !== undefined)
      return finding(
        `The rule is ${rule?.status ?? 'not there'}; it pushes ${byRule.length} groups; ${sent.length} calls were made.`,
        rule?.status === 'ACTIVE',
        byRule.length === 0,
        sent.length === 0,
      )
    },
    hints: [
      'A rule looks at names and descriptions, and at groups that are made later too.',
      'It is the second entry of the button Push Groups.',
      `Rule name ${RULE}, Group name starts with ${PREFIX}, Create Rule.`,
    ],
    wrong: [
      {
        mistake: 'The prefix is one that the assigned group has too.',
        sign: 'That group is pushed as well: the same group for assignment and push, which Okta does not support.',
      },
      {
        mistake: 'Both conditions are filled, and one of them fits no group.',
        sign: 'Nothing is pushed: both have to hold.',
      },
    ],
  },
  {
    id: 'push/21',
    title: 'Make a group that the rule finds',
    say: `Directory > Groups > Add group: ${MANAGERS}. It is pushed by itself. Put ${PEOPLE.supporter.name} into it, and he is in it in Dialpad.`,
    source,
    at: { page: 'Okta, Groups', labels: ['Groups', 'Add group', 'Name', 'Save', 'Assign people', 'Done'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await addGroup(desk, MANAGERS, 'Everybody who plans shifts')
      await addToGroup(desk, MANAGERS, PEOPLE.supporter.name)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { push, okta, members, sent, found } = await pictureOf(walk, MANAGERS)
      const rule = okta.rules.find(({ name }) => name === RULE)
      return finding(
        found,
        push?.status === 'ACTIVE',
        push?.ruleId !== undefined && push.ruleId === rule?.id,
        methodsOf(sent).startsWith('POST'),
        members.length === 1,
        members.includes(PEOPLE.supporter.address),
      )
    },
    hints: [
      'Nothing has to be done on Push Groups any more: the rule watches the groups.',
      'Add group stands at the top right of Directory > Groups.',
      `Add ${MANAGERS}, open it, press Assign people and assign ${PEOPLE.supporter.name}.`,
    ],
    wrong: [
      {
        mistake: 'Dialpad has a group of that name already.',
        sign: 'The rule makes no push; the System Log warns of the duplicate name.',
      },
      {
        mistake: 'The rule was deactivated.',
        sign: 'What it pushed stays pushed, and new groups are passed over.',
      },
    ],
  },
  {
    id: 'push/22',
    title: 'Unlink a group and delete it in Dialpad',
    say: `${RENAMED}: Push Status > Unlink pushed group > Delete the group in the target app > Unlink. The group goes from Dialpad; its people and their accounts stay.`,
    source,
    at: {
      page: 'Okta, Dialpad, Push Groups',
      labels: ['Active', 'Unlink pushed group', 'Delete the group in the target app (recommended)', `Unlink ${PUSHED}`],
    },
    setup: markJournals,
    async solve(walk) {
      await unlink(walk, RENAMED, 'Active', 'Delete the group in the target app (recommended)', PUSHED)
    },
    async check(walk) {
      const { push, okta, dialpad, sent, found } = await pictureOf(walk, RENAMED, PUSHED)
      const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.supporter.address)
      return finding(
        `${found} ${PEOPLE.supporter.name} is ${person?.state ?? 'gone'}.`,
        push === undefined,
        okta.hasGroup(RENAMED),
        !dialpad.names.includes(PUSHED),
        methodsOf(sent) === 'DELETE',
        person?.state === 'active',
      )
    },
    hints: [
      'A pushed group is no assignment: with it go memberships, never accounts.',
      'The recommended answer is chosen already.',
      `Press Active in the row of ${RENAMED}, Unlink pushed group, keep Delete and press Unlink.`,
    ],
    wrong: [
      {
        mistake: 'The group is deleted in Okta instead.',
        sign: 'The push is gone, and the group stays in Dialpad: deleting in Okta sends nothing.',
      },
      {
        mistake: 'People are expected to lose Dialpad.',
        sign: 'They stay active: their assignment comes from another group.',
      },
    ],
  },
  {
    id: 'push/23',
    title: 'Delete the rule with its groups',
    say: 'By rule > Push Status of the rule > Delete Rule > Delete the group in the target app. Every group the rule pushed goes from Dialpad, and stays in Okta.',
    source,
    at: {
      page: 'Okta, Dialpad, Push Groups, By rule',
      labels: [
        'By rule',
        'Active',
        'Delete Rule',
        'Delete the group in the target app (recommended)',
        `Delete Rule ${RULE}`,
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await openPushGroups(walk)
      await desk.press('By rule', { within: 'Pushed Groups' })
      await desk.pressInRow(RULE, 'Active')
      await desk.pressInRow(RULE, 'Delete Rule')
      await desk.tick('Delete the group in the target app (recommended)')
      await desk.press(`Delete Rule ${RULE}`)
      await desk.see(`The rule ${RULE} was deleted.`)
      await letQueueEnd(walk)
    },
    async check(walk) {
      const { okta, push, dialpad, sent, found } = await pictureOf(walk, MANAGERS)
      return finding(
        `${okta.rules.length} rules are left. ${found}`,
        okta.rules.length === 0,
        push === undefined,
        okta.hasGroup(MANAGERS),
        !dialpad.names.includes(MANAGERS),
        methodsOf(sent) === 'DELETE',
      )
    },
    hints: [
      'The rule asks the same as a single group does: delete what it pushed, or leave it.',
      'Rules have a list of their own at the left, By rule.',
      `By rule, press Active in the row of ${RULE}, Delete Rule, keep Delete and confirm.`,
    ],
    wrong: [
      {
        mistake: 'The rule is deactivated to be rid of its groups.',
        sign: 'They stay pushed: deactivating only stops it from finding more.',
      },
      {
        mistake: 'Leave is chosen, and the rule is made again later.',
        sign: 'Each of its groups is in error: Dialpad has the names already and refuses with 409.',
      },
    ],
  },
]

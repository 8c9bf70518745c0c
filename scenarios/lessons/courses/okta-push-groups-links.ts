import { addGroup, addToGroup, openGroup, removeFromGroup } from '#scenarios/walkthroughs/okta-directory.ts'
import { openAppTab } from '#scenarios/walkthroughs/okta-pages.ts'
import { TEAM } from '#scenarios/walkthroughs/okta-push-groups/link.ts'
import { RENAMED } from '#scenarios/walkthroughs/okta-push-groups/names.ts'
import { OKTA_PUSH_GROUPS } from '#scenarios/walkthroughs/okta-push-groups/okta-push-groups.ts'
import { PUSHED } from '#scenarios/walkthroughs/okta-push-groups/push.ts'
import { findByName, openPushGroups, pictureOf, unlink } from '#scenarios/walkthroughs/okta-push-groups/pushing.ts'
import { PEOPLE, SALES } from '#scenarios/walkthroughs/people.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpadGroups } from '#scenarios/walkthroughs/witness/dialpad-groups.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { pictureGroupPush } from '#scenarios/walkthroughs/witness/okta-groups.ts'
import { letQueueEnd } from '#scenarios/walkthroughs/witness/okta-since.ts'
import type { Lesson, Mistake } from '../lesson.ts'
import { CONSOLE, callsOf, hasSeen, lessonsOf, strayed } from './okta-lesson.ts'

const lesson = lessonsOf(OKTA_PUSH_GROUPS)
const LEAVE = 'Leave the group in the target app'
const DELETE = 'Delete the group in the target app (recommended)'
const MANAGERS = 'Phone Managers'
const RULE = 'Phone groups'

async function pushAs(walk: Walk, name: string): Promise<void> {
  const desk = await findByName(walk, SALES)
  await desk.tick('Create Group')
  if (name !== '') await desk.fill('Name in Dialpad', name)
  await desk.press('Save')
  await letQueueEnd(walk)
}

/** Dashboard > Tasks: the open task is marked as done. */
async function markComplete(walk: Walk): Promise<void> {
  const desk = await walk.desk('okta')
  await desk.press('Tasks', { within: 'Main' })
  await desk.tick('Select')
  await desk.press('Mark Selected Complete')
}

const MARKED_COMPLETE: Mistake = {
  mistake: 'The task was marked complete.',
  hint: 'The task is gone and nothing was sent: the push is in error still. Push Groups > Errors > Retry All Groups.',
  attempt: markComplete,
  async shows(walk) {
    const { tasks } = await pictureOkta(walk.control.okta)
    const { pushes } = await pictureGroupPush(walk.control.okta)
    return tasks.length === 0 && pushes.some(({ status }) => status === 'ERROR')
  },
}

/** The errors were looked at, and nothing was done about them. */
const LOOKED_AT_TASKS = strayed(
  'Looked under Tasks only.',
  'A task tells of it. What is to be done is under Push Groups, Errors.',
  {
    to: '/admin/tasks',
    go: (desk) => desk.press('Tasks', { within: 'Main' }),
  },
)

async function makeRule(walk: Walk, text: string, button: string): Promise<void> {
  const desk = await openPushGroups(walk)
  await desk.press('Push Groups', { within: 'Group push' })
  await desk.press('Find groups by rule')
  await desk.fill('Rule name', RULE)
  await desk.choose('Group name', 'starts with')
  await desk.fill('Text in the group name', text)
  await desk.press(button)
  await letQueueEnd(walk)
}

async function endRule(walk: Walk, action: string, answer?: string): Promise<void> {
  const desk = await openPushGroups(walk)
  await desk.press('By rule', { within: 'Pushed Groups' })
  await desk.pressInRow(RULE, 'Active')
  await desk.pressInRow(RULE, action)
  if (answer === undefined) return
  await desk.tick(answer)
  await desk.press(`${action} ${RULE}`)
  await letQueueEnd(walk)
}

/** Another name, letting go, linking again. */
const LINK_LESSONS: readonly Lesson[] = [
  lesson('push/12', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Name in Dialpad was left empty.',
        hint: `The group is called ${SALES} there, as in Okta. Unlink it with Delete, and push it again as ${TEAM}.`,
        attempt: (walk) => pushAs(walk, ''),
        shows: async (walk) => (await pictureDialpadGroups(walk.control.dialpad)).names.includes(SALES),
      },
      {
        mistake: 'The name is that of another group in Dialpad.',
        hint: `Dialpad refuses the second group of a name with 409. Unlink it, and push it again as ${TEAM}.`,
        attempt: (walk) => pushAs(walk, PUSHED),
        shows: async (walk) => (await callsOf(walk, 'POST', 409)) > 0,
      },
    ],
  }),
  lesson('push/13', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The answer that is chosen already was confirmed.',
        hint: 'It deletes: the group is gone in Dialpad. Push it again, and when you unlink choose Leave.',
        attempt: (walk) => unlink(walk, SALES, 'Active', DELETE, TEAM),
        shows: async (walk) => !(await pictureDialpadGroups(walk.control.dialpad)).names.includes(TEAM),
      },
      {
        mistake: 'The push was deactivated instead.',
        hint: 'It rests, and the link is kept. Unlink pushed group is the last entry of the menu.',
        async attempt(walk) {
          const desk = await openPushGroups(walk)
          await desk.pressInRow(SALES, 'Active')
          await desk.pressInRow(SALES, 'Deactivate group push')
        },
        shows: async (walk) => (await pictureGroupPush(walk.control.okta)).push(SALES)?.status === 'INACTIVE',
      },
    ],
  }),
  lesson('push/14', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Create Group was chosen instead of Link Group.',
        hint: 'Dialpad has the name already and refused with 409. Unlink it, and choose Link Group.',
        attempt: (walk) => pushAs(walk, TEAM),
        shows: async (walk) => (await callsOf(walk, 'POST', 409)) > 0,
      },
      {
        mistake: 'A second group was made, under another name.',
        hint: 'Now Dialpad has two of them. Unlink with Delete, and choose Link Group.',
        attempt: (walk) => pushAs(walk, ''),
        shows: async (walk) => (await callsOf(walk, 'POST', 201)) > 0,
      },
    ],
  }),
]

/** Errors that pass, and one that does not. */
const ERROR_LESSONS: readonly Lesson[] = [
  lesson('push/15', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The member was added and removed again.',
        hint: 'A call has failed, and now nothing is missing in Dialpad. Add the member once more, and look under Errors.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await addToGroup(desk, RENAMED, PEOPLE.seller.name)
          await letQueueEnd(walk)
          await removeFromGroup(desk, RENAMED, PEOPLE.seller.name)
          await letQueueEnd(walk)
        },
        shows: async (walk) =>
          (await callsOf(walk, 'PATCH', 503)) > 0 &&
          !(await pictureOkta(walk.control.okta)).membersOf(RENAMED).includes(PEOPLE.seller.address),
      },
      strayed(
        'Push Groups was looked at, and no member was added.',
        `Nothing has failed yet: Okta learns of it with a change. Add ${PEOPLE.seller.name} to ${RENAMED}.`,
        {
          to: '/push',
          go: (desk) => openAppTab(desk, 'Push Groups'),
        },
      ),
    ],
  }),
  lesson('push/16', { start: CONSOLE, wrong: [MARKED_COMPLETE, LOOKED_AT_TASKS] }),
  lesson('push/17', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Somebody was removed from another group.',
        hint: `Dialpad has taken that. It is ${SALES} whose group is gone: remove ${PEOPLE.byHand.name} there.`,
        async attempt(walk) {
          await removeFromGroup(await walk.desk('okta'), RENAMED, PEOPLE.seller.name)
          await letQueueEnd(walk)
        },
        shows: async (walk) => (await callsOf(walk, 'PATCH', 200)) > 0,
      },
      {
        mistake: 'Nobody was removed: the question stands open.',
        hint: 'The cross asks first. Press Remove once more.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openGroup(desk, SALES)
          await desk.press(`Remove ${PEOPLE.byHand.name}`)
        },
        shows: (walk) => hasSeen(walk, 'okta', '/remove'),
      },
    ],
  }),
  lesson('push/18', { start: CONSOLE, wrong: [MARKED_COMPLETE, LOOKED_AT_TASKS] }),
  lesson('push/19', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Delete the group in the target app was chosen.',
        hint: 'Okta sent DELETE for a group that is gone, and was told so: 404. Go on, and push the group by name.',
        attempt: (walk) => unlink(walk, SALES, 'Error', DELETE, TEAM),
        shows: async (walk) => (await callsOf(walk, 'DELETE')) > 0,
      },
      {
        mistake: 'It was unlinked, and not pushed again.',
        hint: `Dialpad has no group now. Find groups by name: ${SALES}, Create Group, Save.`,
        attempt: (walk) => unlink(walk, SALES, 'Error', LEAVE, TEAM),
        shows: async (walk) => (await pictureGroupPush(walk.control.okta)).push(SALES) === undefined,
      },
    ],
  }),
]

/** Pushing by rule, and the end. */
const RULE_LESSONS: readonly Lesson[] = [
  lesson('push/20', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The text fits the group that is assigned.',
        hint: 'The rule has pushed groups at once, the assigned one among them. Delete the rule, and let the text be Phone.',
        attempt: (walk) => makeRule(walk, 'Dialpad', 'Create Rule'),
        shows: async (walk) =>
          (await pictureGroupPush(walk.control.okta)).pushes.some(({ ruleId }) => ruleId !== undefined),
      },
      {
        mistake: 'The form was left with Cancel.',
        hint: 'There is no rule yet. Fill in the form, and press Create Rule.',
        attempt: (walk) => makeRule(walk, 'Phone', 'Cancel'),
        shows: (walk) => hasSeen(walk, 'okta', '/push/by-rule'),
      },
    ],
  }),
  lesson('push/21', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The name of the group does not begin with Phone.',
        hint: `The rule passes over it. Rename the group: Actions > Edit, Name ${MANAGERS}.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await addGroup(desk, 'Managers by phone', 'Everybody who plans shifts')
          await addToGroup(desk, 'Managers by phone', PEOPLE.supporter.name)
        },
        async shows(walk) {
          const okta = await pictureGroupPush(walk.control.okta)
          return okta.hasGroup('Managers by phone') && !okta.hasGroup(MANAGERS)
        },
      },
      {
        mistake: 'The group has no members yet.',
        hint: `Dialpad has it, and nobody is in it. Assign people: ${PEOPLE.supporter.name}.`,
        async attempt(walk) {
          await addGroup(await walk.desk('okta'), MANAGERS, 'Everybody who plans shifts')
          await letQueueEnd(walk)
        },
        async shows(walk) {
          const { targetId, members } = await pictureOf(walk, MANAGERS)
          return targetId !== undefined && members.length === 0
        },
      },
    ],
  }),
  lesson('push/22', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Leave was chosen.',
        hint: 'The group stays in Dialpad, and nobody looks after it. Link it again, and unlink it with Delete.',
        attempt: (walk) => unlink(walk, RENAMED, 'Active', LEAVE, PUSHED),
        async shows(walk) {
          const { push, targetId } = await pictureOf(walk, RENAMED, PUSHED)
          return push === undefined && targetId !== undefined
        },
      },
      {
        mistake: 'The push was deactivated.',
        hint: 'It rests, and the group is in Dialpad still. The last entry of the menu is Unlink pushed group.',
        async attempt(walk) {
          const desk = await openPushGroups(walk)
          await desk.pressInRow(RENAMED, 'Active')
          await desk.pressInRow(RENAMED, 'Deactivate group push')
        },
        shows: async (walk) => (await pictureGroupPush(walk.control.okta)).push(RENAMED)?.status === 'INACTIVE',
      },
    ],
  }),
  lesson('push/23', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The rule was deleted, and its groups were left.',
        hint: `They stay in Dialpad, and the same rule would meet 409. Link ${MANAGERS} again, and unlink it with Delete.`,
        attempt: (walk) => endRule(walk, 'Delete Rule', LEAVE),
        async shows(walk) {
          const { rules } = await pictureGroupPush(walk.control.okta)
          return rules.length === 0 && (await pictureDialpadGroups(walk.control.dialpad)).names.includes(MANAGERS)
        },
      },
      {
        mistake: 'The rule was deactivated.',
        hint: 'It finds no more groups, and what it pushed stays pushed. Choose Delete Rule.',
        attempt: (walk) => endRule(walk, 'Deactivate Rule'),
        shows: async (walk) =>
          (await pictureGroupPush(walk.control.okta)).rules.some(({ status }) => status !== 'ACTIVE'),
      },
    ],
  }),
]

/** Groups that are let go and linked again, that fail, and that a rule finds. */
export const GROUP_LINK_LESSONS: readonly Lesson[] = [...LINK_LESSONS, ...ERROR_LESSONS, ...RULE_LESSONS]

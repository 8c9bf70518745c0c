import { addToGroup, openGroup, removeFromGroup } from '#scenarios/walkthroughs/okta-directory.ts'
import { beginToAssign, openAppTab, openPerson } from '#scenarios/walkthroughs/okta-pages.ts'
import { RENAMED } from '#scenarios/walkthroughs/okta-push-groups/names.ts'
import { OKTA_PUSH_GROUPS } from '#scenarios/walkthroughs/okta-push-groups/okta-push-groups.ts'
import { PUSHED } from '#scenarios/walkthroughs/okta-push-groups/push.ts'
import { findByName, openPushGroups, pictureOf, unlink } from '#scenarios/walkthroughs/okta-push-groups/pushing.ts'
import { addressOf, GROUP, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { signInToOkta } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureOkta } from '#scenarios/walkthroughs/witness/okta.ts'
import { pictureGroupPush } from '#scenarios/walkthroughs/witness/okta-groups.ts'
import { letQueueEnd } from '#scenarios/walkthroughs/witness/okta-since.ts'
import type { Lesson } from '../lesson.ts'
import { CONSOLE, callsOf, hasSeen, lessonsOf, NO_ADMINISTRATOR, strayed, wasTaken } from './okta-lesson.ts'

const lesson = lessonsOf(OKTA_PUSH_GROUPS)
const LEAD = addressOf('ada.okafor')

/** A group is pushed, and its members come and go. */
const MEMBER_LESSONS: readonly Lesson[] = [
  lesson('push/1', {
    wrong: [
      NO_ADMINISTRATOR,
      {
        mistake: 'The groups of the directory were opened.',
        hint: 'Those are Okta’s own. What is pushed is on a tab of Dialpad: Applications, Dialpad, Push Groups.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.open('/admin')
          await signInToOkta(desk, PEOPLE.owner)
          await desk.press('Groups', { within: 'Main' })
        },
        shows: (walk) => hasSeen(walk, 'okta', '/admin/groups'),
      },
    ],
  }),
  lesson('push/2', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Push group memberships immediately was unticked.',
        hint: 'Dialpad has the group, and nobody is in it. Push Status > Push now makes up for it; or unlink, and push again.',
        async attempt(walk) {
          const desk = await findByName(walk, PUSHED)
          await desk.tick('Push group memberships immediately', false)
          await desk.press('Save')
          await letQueueEnd(walk)
        },
        async shows(walk) {
          const { push, targetId, members } = await pictureOf(walk, PUSHED)
          return push !== undefined && targetId !== undefined && members.length === 0
        },
      },
      {
        mistake: 'The group that is assigned was pushed.',
        hint: `The same group for both lets members flap. Unlink ${GROUP}, and push ${PUSHED}.`,
        async attempt(walk) {
          const desk = await findByName(walk, GROUP)
          await desk.press('Save')
          await letQueueEnd(walk)
        },
        shows: async (walk) => (await pictureGroupPush(walk.control.okta)).push(GROUP) !== undefined,
      },
    ],
  }),
  lesson('push/3', {
    start: CONSOLE,
    wrong: [
      {
        mistake: `${PEOPLE.first.name} was assigned already.`,
        hint: 'That comes next. First look: search for her on Assignments, and find nobody.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Assignments')
          await beginToAssign(desk, PEOPLE.first.name)
          await desk.press('Save and Go Back')
          await letQueueEnd(walk)
        },
        shows: async (walk) => (await pictureOkta(walk.control.okta)).account(PEOPLE.first.address) !== undefined,
      },
      strayed('Looked at the person.', 'Her page lists her apps. Look for her among the Assignments of Dialpad.', {
        to: '/admin/user/',
        go: (desk) => openPerson(desk, PEOPLE.first.name),
      }),
    ],
  }),
  lesson('push/4', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Create Users is off.',
        hint: 'The row is red: "Matching user not found". Check it under To App, and try again under Tasks.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Provisioning')
          await desk.press('To App', { within: 'Settings' })
          await desk.press('Edit')
          await desk.tick('Enable', false, { within: 'Create Users' })
          await desk.press('Save')
          await openAppTab(desk, 'Assignments')
          await beginToAssign(desk, PEOPLE.first.name)
          await desk.press('Save and Go Back')
          await letQueueEnd(walk)
        },
        shows: async (walk) => (await pictureOkta(walk.control.okta)).app?.provisioning?.toApp.createUsers === false,
      },
      strayed('The review was left with Cancel.', 'Nobody is assigned before Save and Go Back.', {
        to: '/assignments/assign/people/',
        async go(desk) {
          await openAppTab(desk, 'Assignments')
          await beginToAssign(desk, PEOPLE.first.name)
          await desk.press('Cancel')
        },
      }),
    ],
  }),
  lesson('push/5', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Somebody else was added.',
        hint: `The group has one more member, and not the one that is meant. Add ${PEOPLE.seller.name}.`,
        async attempt(walk) {
          await addToGroup(await walk.desk('okta'), PUSHED, PEOPLE.joins.name)
          await letQueueEnd(walk)
        },
        async shows(walk) {
          const members = (await pictureOkta(walk.control.okta)).membersOf(PUSHED)
          return members.includes(PEOPLE.joins.address) && !members.includes(PEOPLE.seller.address)
        },
      },
      strayed(
        'Looked for it on Push Groups.',
        'That tab says which groups are pushed. Members are changed at the group: Directory > Groups.',
        {
          to: '/push',
          go: (desk) => openAppTab(desk, 'Push Groups'),
        },
      ),
    ],
  }),
  lesson('push/6', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'She was taken out of the group that is assigned.',
        hint: `Her account is suspended: that group is why she has Dialpad. Put her back, and remove her from ${PUSHED}.`,
        async attempt(walk) {
          await removeFromGroup(await walk.desk('okta'), GROUP, PEOPLE.leaves.name)
          await letQueueEnd(walk)
        },
        shows: async (walk) =>
          (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.leaves.address)?.state === 'suspended',
      },
      {
        mistake: 'Somebody else was taken out.',
        hint: `Put them back, and remove ${PEOPLE.leaves.name}.`,
        async attempt(walk) {
          await removeFromGroup(await walk.desk('okta'), PUSHED, PEOPLE.supporter.name)
          await letQueueEnd(walk)
        },
        shows: async (walk) =>
          !(await pictureOkta(walk.control.okta)).membersOf(PUSHED).includes(PEOPLE.supporter.address),
      },
    ],
  }),
]

/** Dialpad keeps the name; an edit is mended; the push rests for a while. */
const KEEPING_LESSONS: readonly Lesson[] = [
  lesson('push/7', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The description was changed, and the name was not.',
        hint: `Okta sends names only. Change Name to ${RENAMED}.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openGroup(desk, PUSHED)
          await desk.press('Actions')
          await desk.press('Edit')
          await desk.fill('Description (optional)', RENAMED)
          await desk.press('Save')
        },
        async shows(walk) {
          return (
            (await wasTaken(walk, 'okta', '/admin/group/')) &&
            (await pictureGroupPush(walk.control.okta)).hasGroup(PUSHED)
          )
        },
      },
      {
        mistake: 'A second group was made under the new name.',
        hint: `Nothing pushes it. Delete it, and rename ${PUSHED}: Actions, Edit.`,
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await desk.press('Groups', { within: 'Main' })
          await desk.press('Add group')
          await desk.fill('Name', RENAMED)
          await desk.press('Save')
        },
        async shows(walk) {
          const okta = await pictureGroupPush(walk.control.okta)
          return okta.hasGroup(RENAMED) && okta.hasGroup(PUSHED)
        },
      },
    ],
  }),
  lesson('push/8', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'Renaming is on still.',
        hint: 'The change of members asked for the rename again. Group Push Settings: untick it, and change members once more.',
        async attempt(walk) {
          await addToGroup(await walk.desk('okta'), RENAMED, PEOPLE.leaves.name)
          await letQueueEnd(walk)
        },
        async shows(walk) {
          return (await pictureGroupPush(walk.control.okta)).renames && (await callsOf(walk, 'PATCH')) > 0
        },
      },
      {
        mistake: 'The setting was saved, and no member was changed.',
        hint: `Saving sends nothing. The right name comes with the next change of members: put ${PEOPLE.leaves.name} back.`,
        async attempt(walk) {
          const desk = await openPushGroups(walk)
          await desk.press('Group Push Settings')
          await desk.tick('Rename app groups to match group name in Okta', false)
          await desk.press('Save')
        },
        shows: async (walk) => !(await pictureGroupPush(walk.control.okta)).renames,
      },
    ],
  }),
  lesson('push/9', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The member was removed in Okta.',
        hint: 'Now Okta agrees with Dialpad, and both are wrong. Put Ada Okafor back; what else was lost, Push now brings.',
        async attempt(walk) {
          await removeFromGroup(await walk.desk('okta'), RENAMED, 'Ada Okafor')
          await letQueueEnd(walk)
        },
        shows: async (walk) => !(await pictureOkta(walk.control.okta)).membersOf(RENAMED).includes(LEAD),
      },
      {
        mistake: 'Force Sync was pressed.',
        hint: 'It sends profiles. Memberships are sent by Push now, in the menu of Push Status.',
        async attempt(walk) {
          const desk = await walk.desk('okta')
          await openAppTab(desk, 'Provisioning')
          await desk.press('To App', { within: 'Settings' })
          await desk.press('Force Sync')
          await desk.press('Force Sync')
          await letQueueEnd(walk)
        },
        shows: (walk) => wasTaken(walk, 'okta', '/force-sync'),
      },
    ],
  }),
  lesson('push/10', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The group was unlinked to pause it.',
        hint: 'The row is gone. Push the group again, linked to the one in Dialpad; then deactivate the push.',
        attempt: (walk) => unlink(walk, RENAMED, 'Active', 'Leave the group in the target app', PUSHED),
        shows: async (walk) => (await pictureGroupPush(walk.control.okta)).push(RENAMED) === undefined,
      },
      {
        mistake: 'The member was removed while the push was active.',
        hint: 'The change has gone to Dialpad. Put the member back, deactivate the push, and remove them again.',
        async attempt(walk) {
          await removeFromGroup(await walk.desk('okta'), RENAMED, PEOPLE.seller.name)
          await letQueueEnd(walk)
        },
        async shows(walk) {
          const { push, members } = await pictureOf(walk, RENAMED, PUSHED)
          return push?.status === 'ACTIVE' && !members.includes(PEOPLE.seller.address)
        },
      },
    ],
  }),
  lesson('push/11', {
    start: CONSOLE,
    wrong: [
      {
        mistake: 'The group was unlinked and deleted in Dialpad.',
        hint: 'The group is gone there with everything set up for it. Push it again with Create Group.',
        attempt: (walk) =>
          unlink(walk, RENAMED, 'Inactive', 'Delete the group in the target app (recommended)', PUSHED),
        shows: async (walk) => (await pictureGroupPush(walk.control.okta)).push(RENAMED) === undefined,
      },
      strayed(
        'Push Groups was looked at, and nothing was done.',
        'The row says Inactive: that is its menu. Press it, then Activate group push.',
        {
          to: '/push',
          go: (desk) => openAppTab(desk, 'Push Groups'),
        },
      ),
    ],
  }),
]

/** The life of one pushed group. */
export const GROUP_LIFE_LESSONS: readonly Lesson[] = [...MEMBER_LESSONS, ...KEEPING_LESSONS]

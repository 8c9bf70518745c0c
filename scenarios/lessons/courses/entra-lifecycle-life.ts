import { assign } from '#scenarios/walkthroughs/entra-lifecycle/assign.ts'
import { letCyclePass } from '#scenarios/walkthroughs/entra-lifecycle/cycles.ts'
import { SEPARATE } from '#scenarios/walkthroughs/entra-lifecycle/gallery.ts'
import { addressOf, GROUP, PEOPLE, SALES } from '#scenarios/walkthroughs/people.ts'
import { unassign } from '#scenarios/walkthroughs/provisioning-pages.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { logInToDialpad, signInToEntraIfAsked } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import type { Lesson, Mistake, Start } from '../lesson.ts'
import { AT_HOME, clockMoves } from './provisioning-lessons.ts'
import { appPage } from './visits.ts'

const { first, joins, leaves, supporter } = PEOPLE
const NEW_NAME = `${GROUP} (all)`
const OTHER = { address: addressOf('dmitri.volkov'), name: 'Dmitri Volkov' }

/** The admin center, for who looks after people and groups. */
const AT_PEOPLE: Start = { system: 'entra', path: '/admin', as: PEOPLE.owner, browser: SEPARATE }

const entra = (walk: Walk) => pictureEntra(walk.control.entra)
const stateInDialpad = async (walk: Walk, who: string) =>
  (await pictureDialpad(walk.control.dialpad)).person(who)?.state

/** What was changed in Entra is not at Dialpad yet, because no cycle has run. */
function notWaited(attempt: (walk: Walk) => Promise<void>, changed: (walk: Walk) => Promise<boolean>): Mistake {
  return {
    mistake: 'It was changed in Entra, and no cycle has run since.',
    hint: 'Entra sends what has changed every 40 minutes. On the kit home press +40 min.',
    attempt,
    shows: async (walk) => (await clockMoves(walk)) === 0 && (await changed(walk)),
  }
}

/** Nothing was changed, and only time passed. */
function onlyWaited(hint: string): Mistake {
  return {
    mistake: 'A cycle ran, and nothing had been changed.',
    hint,
    attempt: letCyclePass,
    shows: async (walk) => (await clockMoves(walk)) > 0,
  }
}

async function open(walk: Walk, path: string): Promise<Desk> {
  const desk = await walk.desk('entra', SEPARATE)
  await desk.open(path)
  if (await signInToEntraIfAsked(desk, PEOPLE.owner)) await desk.open(path)
  return desk
}

async function openPerson(walk: Walk, address: string, below = ''): Promise<Desk> {
  return open(walk, `/admin/users/${(await entra(walk)).person(address)?.id}${below}`)
}

async function giveTitle(walk: Walk, address: string, title: string): Promise<void> {
  const desk = await openPerson(walk, address, '/properties')
  await desk.fill('Job title', title)
  await desk.press('Save')
}

async function rename(walk: Walk, group: string, name: string): Promise<void> {
  const desk = await open(walk, '/admin/groups')
  await desk.press(group, { within: 'All groups' })
  await desk.press('Properties', { within: `Pages of ${group}` })
  await desk.fill('Group name', name)
  await desk.press('Save')
}

async function openMembers(walk: Walk): Promise<Desk> {
  const desk = await open(walk, '/admin/groups')
  await desk.press(NEW_NAME)
  await desk.press('Members', { within: `Pages of ${NEW_NAME}` })
  return desk
}

async function addMember(walk: Walk, name: string): Promise<void> {
  const desk = await openMembers(walk)
  await desk.press('Add members')
  await desk.fill('Search', name, { within: 'Add members' })
  await desk.press('Search', { within: 'Add members' })
  await desk.tick(name, true, { within: 'Add members' })
  await desk.press('Select', { within: 'Add members' })
}

async function removeMember(walk: Walk, name: string): Promise<void> {
  const desk = await openMembers(walk)
  await desk.tick(`Select ${name}`)
  await desk.press('Remove')
  await desk.press(`Remove ${name}`)
}

async function openAssigned(walk: Walk): Promise<Desk> {
  const desk = await walk.desk('entra')
  await desk.open(await appPage('/users')(walk))
  return desk
}

async function block(walk: Walk, address: string): Promise<void> {
  const desk = await openPerson(walk, address, '/block')
  await desk.press('Block sign-in')
}

/** Remember which account is theirs, also for who has not come here lesson by lesson. */
async function rememberAccount(walk: Walk): Promise<void> {
  const account = (await pictureDialpad(walk.control.dialpad)).person(first.address)
  if (account !== undefined) walk.keep.set('firstPersonId', account.id)
}

const isMember = async (walk: Walk, who: string) => (await entra(walk)).membersOf(NEW_NAME).includes(who)
const isAssigned = async (walk: Walk, who: string) => (await entra(walk)).assigned.includes(who)
const titleOf = async (walk: Walk, who: string) => (await entra(walk)).person(who)?.jobTitle
const TITLE = 'Senior Support Agent'

/** Seed 001, "Connector limitations", and what provisioning is for: people change, move, leave, come back, are deleted. */
export const LIFECYCLE_LIFE: readonly Lesson[] = [
  {
    steps: ['001/limits/1'],
    start: AT_PEOPLE,
    hints: [
      'Groups have properties as people have.',
      `Call the group ${GROUP} "${NEW_NAME}", and let a cycle pass: Dialpad keeps the old name.`,
      `Groups, ${GROUP}, Properties; Group name: ${NEW_NAME}; Save; on the kit home +40 min.`,
    ],
    wrong: [
      {
        mistake: 'Another group was renamed.',
        hint: `Nobody assigned it to Dialpad, so nothing is sent. Give it its name back, and rename ${GROUP}.`,
        attempt: (walk) => rename(walk, SALES, `${SALES} (all)`),
        shows: async (walk) => !(await entra(walk)).hasGroup(SALES),
      },
      notWaited(
        (walk) => rename(walk, GROUP, NEW_NAME),
        async (walk) => (await entra(walk)).hasGroup(NEW_NAME),
      ),
    ],
  },
  {
    steps: ['life/1'],
    start: AT_PEOPLE,
    hints: [
      'People are changed in Entra, under Users.',
      `Give ${first.name} the job title "${TITLE}", and let a cycle pass.`,
      `Users, search ${first.name}, Properties; Job title: ${TITLE}; Save; on the kit home +40 min.`,
    ],
    wrong: [
      {
        mistake: 'Somebody else got the title.',
        hint: `Look at the name: it is ${first.name} who gets it.`,
        attempt: (walk) => giveTitle(walk, supporter.address, TITLE),
        shows: async (walk) => (await titleOf(walk, supporter.address)) === TITLE,
      },
      {
        mistake: 'Another title was entered.',
        hint: `It differs from what was asked for. Enter "${TITLE}", letter for letter.`,
        attempt: (walk) => giveTitle(walk, first.address, 'Senior Suport Agent'),
        shows: async (walk) => !['Support Agent', TITLE].includes((await titleOf(walk, first.address)) ?? ''),
      },
      notWaited(
        (walk) => giveTitle(walk, first.address, TITLE),
        async (walk) => (await titleOf(walk, first.address)) === TITLE,
      ),
    ],
  },
  {
    steps: ['life/2'],
    start: AT_PEOPLE,
    hints: [
      `Members belong to the group: it is called "${NEW_NAME}" by now.`,
      `Add ${joins.name}, remove ${leaves.name}, and let a cycle pass.`,
      `Groups, ${NEW_NAME}, Members; Add members, ${joins.name}, Select; tick ${leaves.name}, Remove; on the kit home +40 min.`,
    ],
    wrong: [
      {
        mistake: 'The new member was added, and the other one not removed.',
        hint: `Both move: remove ${leaves.name} from the group too.`,
        attempt: (walk) => addMember(walk, joins.name),
        shows: async (walk) => (await isMember(walk, joins.address)) && (await isMember(walk, leaves.address)),
      },
      {
        mistake: 'The member was removed, and the new one not added.',
        hint: `Both move: add ${joins.name} to the group too.`,
        attempt: (walk) => removeMember(walk, leaves.name),
        shows: async (walk) => !(await isMember(walk, joins.address)) && !(await isMember(walk, leaves.address)),
      },
      {
        mistake: 'The new one was assigned to the app instead of becoming a member.',
        hint: `That gives an account, and no group. Remove the assignment, and add ${joins.name} to the group.`,
        async attempt(walk) {
          const desk = await open(walk, await appPage('/users')(walk))
          await assign(desk, joins.name)
        },
        shows: (walk) => isAssigned(walk, joins.address),
      },
    ],
  },
  {
    steps: ['life/3'],
    start: AT_HOME,
    hints: [
      'Who has Dialpad is said under Users and groups of the app.',
      `Remove ${first.name} there, and let a cycle pass.`,
      `Dialpad, Users and groups, tick ${first.name}, Remove, Remove; on the kit home +40 min.`,
    ],
    wrong: [
      {
        mistake: 'The group was removed.',
        hint: `Everybody in it would lose their account. Assign it again, and remove ${first.name}.`,
        attempt: async (walk) => unassign(await openAssigned(walk), NEW_NAME),
        shows: async (walk) => !(await isAssigned(walk, NEW_NAME)),
      },
      {
        mistake: 'The account was blocked from signing in.',
        hint: `That suspends too, and everywhere else as well. Unblock ${first.name}, and remove the assignment.`,
        attempt: (walk) => block(walk, first.address),
        shows: async (walk) => (await entra(walk)).person(first.address)?.accountEnabled === false,
      },
      notWaited(
        async (walk) => unassign(await openAssigned(walk), first.name),
        async (walk) => !(await isAssigned(walk, first.address)),
      ),
    ],
  },
  {
    steps: ['life/4'],
    start: AT_HOME,
    setup: rememberAccount,
    hints: [
      'The way back is the way in.',
      `Assign ${first.name} once more, and let a cycle pass: no second account is made.`,
      `Dialpad, Users and groups, Add user/group, ${first.name}, Select, Assign; on the kit home +40 min.`,
    ],
    wrong: [
      {
        mistake: 'Somebody else was assigned.',
        hint: `Look at the name: it is ${first.name} who comes back.`,
        attempt: async (walk) => assign(await openAssigned(walk), OTHER.name),
        shows: (walk) => isAssigned(walk, OTHER.address),
      },
      notWaited(
        async (walk) => assign(await openAssigned(walk), first.name),
        (walk) => isAssigned(walk, first.address),
      ),
      onlyWaited(`Nobody comes back by waiting. Assign ${first.name} under Users and groups of Dialpad.`),
    ],
  },
  {
    steps: ['life/5'],
    start: AT_PEOPLE,
    hints: [
      'Who leaves for good is deleted, under Users.',
      `Delete ${first.name}, and let a cycle pass: in Dialpad the account is suspended, not deleted.`,
      `Users, search ${first.name}, Delete, Delete; on the kit home +40 min.`,
    ],
    wrong: [
      {
        mistake: 'Sign-in was blocked instead.',
        hint: `Dialpad is told the same, and Entra keeps the account for ever. Delete ${first.name}.`,
        attempt: (walk) => block(walk, first.address),
        shows: async (walk) => {
          const person = (await entra(walk)).person(first.address)
          return person?.accountEnabled === false && person.deletedDateTime === undefined
        },
      },
      {
        mistake: 'The assignment was removed instead.',
        hint: `That takes Dialpad away, and nothing else. Delete ${first.name} under Users.`,
        async attempt(walk) {
          const desk = await open(walk, await appPage('/users')(walk))
          await unassign(desk, first.name)
        },
        shows: async (walk) =>
          !(await isAssigned(walk, first.address)) &&
          (await entra(walk)).person(first.address)?.deletedDateTime === undefined,
      },
      notWaited(
        async (walk) => {
          const desk = await openPerson(walk, first.address)
          await desk.press('Delete')
          await desk.press(`Delete ${first.name}`)
        },
        async (walk) => (await entra(walk)).person(first.address)?.deletedDateTime !== undefined,
      ),
    ],
  },
  {
    steps: ['life/6'],
    setup: rememberAccount,
    hints: [
      'The recycle bin empties itself after 30 days. The clock is yours.',
      'Move the clock of all systems by 30 days, then by one more cycle.',
      'Kit home, Clock; Duration: P30D; Advance; then +40 min.',
    ],
    wrong: [
      {
        mistake: 'Only one cycle passed.',
        hint: 'The account stays in the recycle bin for 30 days. Advance the clock by P30D.',
        attempt: letCyclePass,
        shows: async (walk) =>
          (await clockMoves(walk)) > 0 && (await entra(walk)).person(first.address)?.deletedDateTime !== undefined,
      },
      {
        mistake: 'The person was restored from the recycle bin.',
        hint: `The account is whole again, so nothing will be deleted. Delete ${first.name} once more, then wait 30 days.`,
        async attempt(walk) {
          const desk = await open(walk, '/admin/users/deleted')
          await desk.tick(`Select ${first.name}`)
          await desk.press('Restore')
          await desk.press('Restore')
        },
        shows: async (walk) => {
          const person = (await entra(walk)).person(first.address)
          return person !== undefined && person.deletedDateTime === undefined
        },
      },
      {
        mistake: 'The account was deleted in Dialpad by hand.',
        hint: 'What provisioning would do is to be seen. Advance the clock by P30D, then by 40 minutes.',
        async attempt(walk) {
          const desk = await walk.desk('dialpad')
          const id = (await pictureDialpad(walk.control.dialpad)).person(first.address)?.id
          await logInToDialpad(desk, PEOPLE.owner)
          await desk.open(`/admin/users/${id}/delete`)
          await desk.press(`Delete ${first.name} (${first.address})`)
        },
        shows: async (walk) => {
          const state = await stateInDialpad(walk, first.address)
          return state === undefined || state === 'deleted'
        },
      },
    ],
  },
]

import { assign } from '#scenarios/walkthroughs/entra-lifecycle/assign.ts'
import { ENTRA_ON_DEMAND } from '#scenarios/walkthroughs/entra-on-demand/entra-on-demand.ts'
import { FIVE, SIXTH } from '#scenarios/walkthroughs/entra-on-demand/groups-on-demand.ts'
import { chooseOnDemand, NEW_TITLE, onDemandEntries } from '#scenarios/walkthroughs/entra-on-demand/people-on-demand.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { PEOPLE, SALES } from '#scenarios/walkthroughs/people.ts'
import {
  askColleague,
  changePerson,
  letPass,
  openProvisioning,
  turnTo,
} from '#scenarios/walkthroughs/provisioning-pages.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { oftenOf } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Course, Start } from '../lesson.ts'
import {
  AT_KIT,
  asked,
  atProvisioning,
  clockMoves,
  cycleSince,
  demands,
  openingLesson,
  rememberCycle,
} from './provisioning-lessons.ts'
import { appPage, formsOf, visits } from './visits.ts'

const { joins, seller, blocked, elsewhere, byHand } = PEOPLE

/** The newest result about the person who joins. */
const resultPath = async (walk: Walk): Promise<string> => {
  const entry = (await onDemandEntries(walk, joins.name)).at(-1)
  return appPage(`/provisioning/on-demand/${entry?.key}`)(walk)
}
const AT_RESULT: Start = { ...atProvisioning(), path: resultPath }

const isAssigned = async (walk: Walk, who: string): Promise<boolean> =>
  (await pictureEntra(walk.control.entra)).assigned.includes(who)

async function assignByColleague(walk: Walk, name: string): Promise<void> {
  const desk = await askColleague(walk)
  await openProvisioning(desk)
  await turnTo(desk, 'Users and groups')
  await assign(desk, name)
}

async function provision(walk: Walk, name: string, members: readonly string[] = []): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.open(await appPage('/provisioning/on-demand')(walk))
  await chooseOnDemand(desk, name)
  for (const member of members) await desk.tick(member)
  await desk.press('Provision')
}

/** Members of the group that is provisioned who have an account in Dialpad, in the group there. */
async function insideSales(walk: Walk): Promise<readonly string[]> {
  const dialpad = await pictureDialpad(walk.control.dialpad)
  return [byHand, seller, joins]
    .filter(({ address }) => dialpad.person(address)?.groups.includes(SALES))
    .map(({ name }) => name)
}

export const ENTRA_ON_DEMAND_COURSE: Course = {
  id: ENTRA_ON_DEMAND.id,
  walkthrough: ENTRA_ON_DEMAND,
  lessons: [
    openingLesson('on-demand/1'),
    {
      steps: ['on-demand/2'],
      start: atProvisioning(),
      hints: [
        'It is a page of its own, beside the Overview of provisioning.',
        `Search for ${joins.name}, choose the name, and provision: that nothing is sent is what you are to see.`,
        `Provision on demand, ${joins.name} under Select a user or group, Search, the name, Provision.`,
      ],
      wrong: [
        {
          mistake: 'Somebody else was provisioned.',
          hint: `That one is assigned already, so there is nothing to learn. Provision ${joins.name}.`,
          async attempt(walk) {
            await provision(walk, seller.name)
          },
          shows: async (walk) => (await demands(walk)) > 0 && (await onDemandEntries(walk, joins.name)).length === 0,
        },
        {
          mistake: 'Preview was pressed instead of Provision.',
          hint: 'A preview tells what would be done, and leaves no result. Select Provision.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Provision on demand')
            await chooseOnDemand(desk, joins.name)
            await desk.press('Preview')
          },
          shows: async (walk) => (await formsOf(walk, 'entra', { url: '/on-demand', status: 200 })) > 0,
        },
        {
          mistake: 'The person was chosen and not provisioned.',
          hint: 'To choose somebody does nothing yet. Select Provision.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Provision on demand')
            await chooseOnDemand(desk, joins.name)
          },
          shows: async (walk) => (await visits(walk, '/on-demand?object=')) > 0,
        },
      ],
    },
    {
      steps: ['on-demand/3', 'on-demand/4'],
      start: AT_RESULT,
      hints: [
        'The card about the scope says which condition does not hold. What mends it is under Users and groups.',
        `Assign ${joins.name} there, come back to the result, and try again.`,
        `View details. In another tab: Users and groups, Add user/group, ${joins.name}, Select, Assign. On the result: Retry.`,
      ],
      wrong: [
        {
          mistake: 'Retry was pressed before the person was assigned.',
          hint: `Nothing has changed, so it is skipped again. Assign ${joins.name} under Users and groups, then select Retry.`,
          attempt: async (walk) => (await walk.desk('entra')).press('Retry'),
          shows: async (walk) => (await demands(walk)) > 0 && !(await isAssigned(walk, joins.address)),
        },
        {
          mistake: 'The person was assigned, and nothing tried again.',
          hint: 'A result stays what it was. Go back to it and select Retry.',
          attempt: (walk) => assignByColleague(walk, joins.name),
          shows: async (walk) => (await demands(walk)) === 0 && (await isAssigned(walk, joins.address)),
        },
        {
          mistake: 'Somebody else was assigned.',
          hint: `Look at the name. It is ${joins.name} who is missing among the assignments.`,
          attempt: (walk) => assignByColleague(walk, elsewhere.name),
          shows: (walk) => isAssigned(walk, elsewhere.address),
        },
      ],
    },
    {
      steps: ['on-demand/5'],
      start: AT_RESULT,
      hints: [
        'It is the result with the card "Test connection" that is to be tried again.',
        'Nothing has to be mended this time: Dialpad takes the key again.',
        'Select Retry on the result. Action: Create is what comes.',
      ],
      wrong: [
        {
          mistake: 'Somebody else was provisioned instead.',
          hint: `That has nothing to do with the failure. Open the result of ${joins.name} and select Retry.`,
          attempt: (walk) => provision(walk, seller.name),
          shows: async (walk) => (await demands(walk)) > 0,
        },
        {
          mistake: 'The account was looked for in the provisioning logs, and nothing tried again.',
          hint: 'On demand nothing is tried again by itself. Go back to the result and select Retry.',
          async attempt(walk) {
            await turnTo(await walk.desk('entra'), 'Provisioning logs')
          },
          shows: async (walk) => (await visits(walk, '/provisioning/logs')) > 0 && (await demands(walk)) === 0,
        },
      ],
    },
    {
      steps: ['on-demand/6', 'on-demand/7'],
      start: AT_RESULT,
      hints: [
        'Read the cards of the result first. The title is changed in the directory, under Users.',
        `Give ${joins.name} the title ${NEW_TITLE}, then provision the person once more.`,
        `View details of Perform action. Users, ${joins.name}, Properties, Job title, Save. Provision another object, ${joins.name}, Provision.`,
      ],
      wrong: [
        {
          mistake: 'The person was provisioned again before the title was changed.',
          hint: `There was nothing to send. Change the Job title of ${joins.name} first, to ${NEW_TITLE}.`,
          attempt: (walk) => provision(walk, joins.name),
          shows: async (walk) => (await demands(walk)) > 0 && (await titleInEntra(walk)) === 'Account Executive',
        },
        {
          mistake: 'The title was changed and nobody provisioned.',
          hint: 'Dialpad hears of it with the next cycle only, or on demand. Provision the person.',
          attempt: (walk) => changePerson(walk, joins.name, 'Job title', NEW_TITLE),
          shows: async (walk) => (await demands(walk)) === 0 && (await titleInEntra(walk)) === NEW_TITLE,
        },
        {
          mistake: 'The title was written in another way.',
          hint: `What is sent is what the directory says. Write ${NEW_TITLE}, and provision again.`,
          async attempt(walk) {
            await changePerson(walk, joins.name, 'Job title', 'Sen. Account Executive')
            await provision(walk, joins.name)
          },
          shows: async (walk) => (await titleInEntra(walk)) !== NEW_TITLE && (await demands(walk)) > 0,
        },
      ],
    },
    {
      steps: ['on-demand/8'],
      start: AT_RESULT,
      hints: [
        'It is about the result that says Action: Update.',
        'Try the same once more, with nothing changed meanwhile.',
        'Select Retry on that result.',
      ],
      wrong: [
        {
          mistake: 'Something was changed meanwhile, so there was something to send.',
          hint: 'Select Retry again: what was sent just now is in step with the directory.',
          async attempt(walk) {
            await changePerson(walk, joins.name, 'Job title', 'Key Account Manager')
            await provision(walk, joins.name)
          },
          shows: async (walk) => (await demands(walk)) > 0,
        },
        {
          mistake: 'The result was only looked at again.',
          hint: 'A result stays what it was, however often it is loaded. Retry does the same anew.',
          attempt: async (walk) => (await walk.desk('entra')).open(await resultPath(walk)),
          shows: async (walk) => (await visits(walk, await resultPath(walk))) > 0,
        },
      ],
    },
    {
      steps: ['on-demand/9'],
      start: AT_RESULT,
      async check(walk) {
        const person = (await pictureEntra(walk.control.entra)).person(blocked.address)
        const searched = await searchedFor(walk, blocked.name)
        return finding(
          `${blocked.name} was searched for ${oftenOf(searched)}; sign-in is ${person?.accountEnabled ? 'allowed' : 'blocked'}.`,
          person?.accountEnabled === false,
          searched > 0,
        )
      },
      hints: [
        'The search is the one of Provision on demand, not that of Users.',
        `Search for ${blocked.name}. That nobody is found is right.`,
        `Provision another object, ${blocked.name} under Select a user or group, Search.`,
      ],
      wrong: [
        {
          mistake: 'The name was misspelt.',
          hint: `Then nobody is found either, but for another reason. Write ${blocked.name}.`,
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.press('Provision another object')
            await desk.fill('Select a user or group', 'Viktor Hale')
            await desk.press('Search', { within: 'Users and groups' })
          },
          shows: async (walk) => (await asked(walk, '/provisioning/on-demand?', 'q')).length > 0,
        },
        {
          mistake: 'The person was looked up under Users.',
          hint: 'The directory knows disabled people. It is Provision on demand that does not offer them: search there.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.press('Users', { within: 'Main' })
            await desk.fill('Search', blocked.name, { within: 'All users' })
            await desk.press('Apply')
          },
          shows: async (walk) => (await visits(walk, '/admin/users')) > 0,
        },
      ],
    },
    {
      steps: ['on-demand/10', 'on-demand/11'],
      start: atProvisioning('/on-demand'),
      async check(walk) {
        const dialpad = await pictureDialpad(walk.control.dialpad)
        const inside = await insideSales(walk)
        const refused = await formsOf(walk, 'entra', { url: '/on-demand', status: 422 })
        return finding(
          `Six members were refused ${oftenOf(refused)}; the group ${SALES} is ${dialpad.groups.includes(SALES) ? 'there' : 'not there'} in Dialpad, with ${inside.join(', ') || 'nobody'}; ${elsewhere.name} has ${dialpad.person(elsewhere.address) === undefined ? 'no account' : 'an account'}.`,
          refused > 0,
          dialpad.groups.includes(SALES),
          inside.length === 3,
          dialpad.person(elsewhere.address) === undefined,
        )
      },
      hints: [
        'Assign the group first, under Users and groups. Its members are shown when it is chosen on Provision on demand.',
        'With six members ticked it is refused; with five the group is made.',
        `Choose ${SALES}; tick ${[...FIVE, SIXTH].join(', ')}; Provision. Untick ${SIXTH}; Provision.`,
      ],
      wrong: [
        {
          mistake: 'The group was not assigned.',
          hint: `A group that is not assigned is skipped, like a person. Assign ${SALES} under Users and groups.`,
          attempt: (walk) => provision(walk, SALES, FIVE),
          shows: async (walk) => (await demands(walk)) > 0 && !(await isAssigned(walk, SALES)),
        },
        {
          mistake: 'No member was ticked.',
          hint: 'The group was made, and nobody put into it. Choose it again and tick members, five at most.',
          async attempt(walk) {
            await assignByColleague(walk, SALES)
            await provision(walk, SALES)
          },
          shows: async (walk) => (await demands(walk)) > 0 && (await insideSales(walk)).length === 0,
        },
        {
          mistake: 'It was left at the refusal of six members.',
          hint: `Nothing was sent. Untick ${SIXTH} and select Provision again.`,
          async attempt(walk) {
            await assignByColleague(walk, SALES)
            await provision(walk, SALES, [...FIVE, SIXTH])
          },
          shows: async (walk) =>
            (await demands(walk)) === 0 && (await formsOf(walk, 'entra', { url: '/on-demand', status: 422 })) > 0,
        },
      ],
    },
    {
      steps: ['on-demand/12'],
      start: [AT_KIT, atProvisioning('/on-demand')],
      setup: rememberCycle,
      async check(walk) {
        const { membersOf } = await pictureEntra(walk.control.entra)
        const dialpad = await pictureDialpad(walk.control.dialpad)
        const members = membersOf(SALES)
        const inside = members.filter((address) => dialpad.person(address)?.groups.includes(SALES))
        const cycle = await cycleSince(walk)
        return finding(
          `${cycle === undefined ? 'No cycle has run since' : `${cycle.kind} cycle ${cycle.state}`}; ${inside.length} of ${members.length} members of ${SALES} are in its group in Dialpad.`,
          cycle?.kind === 'incremental',
          inside.length === members.length,
        )
      },
      hints: [
        'The clock of all systems is on the home of the kit.',
        'A cycle comes every forty minutes.',
        'Open the home and select +40 min.',
      ],
      wrong: [
        {
          mistake: 'Too little time was let pass.',
          hint: 'The next cycle is due forty minutes after the last. Let more time pass: +40 min.',
          attempt: (walk) => letPass(walk, 'PT5M'),
          shows: async (walk) => (await clockMoves(walk)) > 0 && (await cycleSince(walk)) === undefined,
        },
        {
          mistake: 'The group was provisioned on demand once more.',
          hint: 'Members without an account stay out of it: a group brings nobody along. The cycle creates them. Let forty minutes pass.',
          attempt: (walk) => provision(walk, SALES, [elsewhere.name]),
          shows: async (walk) => (await demands(walk)) > 0,
        },
      ],
    },
  ],
}

async function titleInEntra(walk: Walk): Promise<string | undefined> {
  return (await pictureEntra(walk.control.entra)).person(joins.address)?.jobTitle
}

/** How often the page was asked for somebody whose name begins like this: part of it is enough. */
async function searchedFor(walk: Walk, name: string): Promise<number> {
  const texts = await asked(walk, '/provisioning/on-demand?', 'q')
  return texts.filter((text) => name.toLowerCase().includes(text.trim().toLowerCase())).length
}

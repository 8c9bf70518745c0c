import { assign } from '#scenarios/walkthroughs/entra-lifecycle/assign.ts'
import { letCyclePass } from '#scenarios/walkthroughs/entra-lifecycle/cycles.ts'
import { ENTRA_LOGS } from '#scenarios/walkthroughs/entra-logs/entra-logs.ts'
import { newestEntry, searchLog } from '#scenarios/walkthroughs/entra-logs/entries.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { PEOPLE, SALES } from '#scenarios/walkthroughs/people.ts'
import { changePerson, turnTo } from '#scenarios/walkthroughs/provisioning-pages.ts'
import type { Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { signInToEntra } from '#scenarios/walkthroughs/ways-in.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { type EntraLogEntry, pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import type { Course, Mistake, Start } from '../lesson.ts'
import { LOG_DOWNLOAD_LESSONS } from './entra-logs-download.ts'
import { alsoLooked, atApp, atProvisioning, clockMoves, openingLesson, READER } from './provisioning-lessons.ts'
import { appPage, visits } from './visits.ts'

const { elsewhere, blocked } = PEOPLE

const LOGS = '/provisioning/logs'

/** Address of an entry's page below the app, and of one of its tabs. */
const pageOf = (entry: EntraLogEntry | undefined, tab = ''): string =>
  `${LOGS}/${entry?.key ?? 'none'}${tab === '' ? '' : `?tab=${tab}`}`

const entryPath =
  (tab = '') =>
  async (walk: Walk): Promise<string> =>
    pageOf(await newestEntry(walk, elsewhere.name), tab)

/** The page of the entry about the person who fails. */
const AT_ENTRY: Start = {
  ...atProvisioning(),
  path: async (walk) => appPage(await entryPath()(walk))(walk),
}

/** Another failure of the same cycle. */
async function otherFailure(walk: Walk): Promise<EntraLogEntry | undefined> {
  const { log } = await pictureEntra(walk.control.entra)
  return log.find(({ status, source }) => status === 'Failure' && source.displayName !== elsewhere.name)
}

/** The entry of somebody else who failed was opened. */
const OTHER_ENTRY: Mistake = {
  mistake: 'The entry about somebody else was opened.',
  hint: `It is about ${elsewhere.name}. Go back to the list and open the entry that bears the name.`,
  async attempt(walk) {
    const desk = await walk.desk('entra')
    await desk.open(await appPage(pageOf(await otherFailure(walk)))(walk))
  },
  shows: async (walk) => (await visits(walk, pageOf(await otherFailure(walk)))) > 0,
}

const otherTab = (label: string, tab: string, hint: string): Mistake => ({
  mistake: `It was looked for under ${label}.`,
  hint,
  attempt: async (walk) => (await walk.desk('entra')).press(label),
  shows: async (walk) => (await visits(walk, await entryPath(tab)(walk))) > 0,
})

async function assignInTurn(walk: Walk, ...names: readonly string[]): Promise<void> {
  const desk = await walk.desk('entra')
  await turnTo(desk, 'Users and groups')
  for (const name of names) await assign(desk, name)
}

const isAssigned = async (walk: Walk, who: string): Promise<boolean> =>
  (await pictureEntra(walk.control.entra)).assigned.includes(who)

async function filterStatus(walk: Walk, status: string): Promise<void> {
  const desk = await walk.desk('entra')
  await desk.choose('Status', status, { within: 'Provisioning logs' })
  await desk.press('Apply')
}

const officeOf = async (walk: Walk) => {
  const { offices, person } = await pictureDialpad(walk.control.dialpad)
  const { person: inEntra } = await pictureEntra(walk.control.entra)
  const office = inEntra(elsewhere.address)?.['physicalDeliveryOfficeName']
  return { office, isKnown: offices.some(({ name }) => name === office), account: person(elsewhere.address) }
}

export const ENTRA_LOGS_COURSE: Course = {
  id: ENTRA_LOGS.id,
  walkthrough: ENTRA_LOGS,
  supplies: {
    cycleId: async (walk) => (await newestEntry(walk, elsewhere.name))?.cycleId ?? '',
  },
  lessons: [
    openingLesson('logs/1'),
    {
      steps: ['logs/2'],
      start: atProvisioning(),
      hints: [
        'Who is assigned stands under Users and groups of the app; the clock is on the home of the kit.',
        `Assign the group ${SALES}, then ${blocked.name}, and move the clock by forty minutes.`,
        `Users and groups, Add user/group, ${SALES}, Select, Assign; the same for ${blocked.name}; on the home +40 min.`,
      ],
      wrong: [
        {
          mistake: `Only the group was assigned, not ${blocked.name}.`,
          hint: `Assign ${blocked.name} too, and let forty minutes pass again: somebody who is skipped belongs to the picture.`,
          async attempt(walk) {
            await assignInTurn(walk, SALES)
            await letCyclePass(walk)
          },
          shows: async (walk) => (await isAssigned(walk, SALES)) && !(await isAssigned(walk, blocked.address)),
        },
        {
          mistake: 'Both were assigned, and no time has passed.',
          hint: 'Nothing happens before the next cycle. Move the clock: +40 min on the home of the kit.',
          attempt: (walk) => assignInTurn(walk, SALES, blocked.name),
          shows: async (walk) => (await isAssigned(walk, blocked.address)) && (await clockMoves(walk)) === 0,
        },
      ],
    },
    {
      steps: ['logs/3'],
      start: atApp('/users'),
      hints: [
        'It is the log of the app: among the pages of its provisioning.',
        'Not the audit logs: they tell what administrators did.',
        'Provisioning, then Provisioning logs at the left.',
      ],
      wrong: [
        {
          mistake: 'The audit logs were opened.',
          hint: 'They tell who changed the configuration. What was done for each person stands in the Provisioning logs.',
          attempt: async (walk) => (await walk.desk('entra')).press('Audit logs', { within: 'Pages of Dialpad' }),
          shows: async (walk) => (await visits(walk, '/audit')) > 0,
        },
        {
          mistake: 'The provisioning logs of the whole tenant were opened.',
          hint: 'They hold the same entries and those of every other app. Open the app, Provisioning, Provisioning logs.',
          attempt: async (walk) => (await walk.desk('entra')).press('Provisioning logs', { within: 'Main' }),
          shows: async (walk) => (await visits(walk, '/admin/provisioning-logs')) > 0,
        },
      ],
    },
    {
      steps: ['logs/4'],
      start: atProvisioning('/logs'),
      hints: [
        'The filters are above the list.',
        'Choose a status; a filter counts once it is applied.',
        'Status: Failure, then Apply.',
      ],
      wrong: [
        {
          mistake: 'The status Skipped was chosen.',
          hint: 'Skipped is nothing gone wrong: there was nothing to do, or somebody is out of scope. Choose Failure.',
          attempt: (walk) => filterStatus(walk, 'Skipped'),
          shows: async (walk) => (await visits(walk, 'status=Skipped')) > 0,
        },
        {
          mistake: 'The action Create was chosen.',
          hint: 'The action says what was to be done, the status how it ended. Choose the status Failure.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.choose('Action', 'Create', { within: 'Provisioning logs' })
            await desk.press('Apply')
          },
          shows: async (walk) => (await visits(walk, 'action=Create')) > 0,
        },
      ],
    },
    {
      steps: ['logs/5'],
      start: atProvisioning('/logs?status=Failure'),
      check: alsoLooked(ENTRA_LOGS, 'logs/5', entryPath()),
      hints: [
        'Each line of the list opens an entry.',
        'The entry opens with its Steps, in the order in which they were done.',
        `Select the line of ${elsewhere.name}.`,
      ],
      wrong: [
        OTHER_ENTRY,
        {
          mistake: 'The person was looked up under Users.',
          hint: 'The directory does not know what became of them in Dialpad. Open the entry in the provisioning logs.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.press('Users', { within: 'Main' })
            await desk.fill('Search', elsewhere.name, { within: 'All users' })
            await desk.press('Apply')
          },
          shows: async (walk) => (await visits(walk, '/admin/users')) > 0,
        },
      ],
    },
    {
      steps: ['logs/6'],
      start: AT_ENTRY,
      check: alsoLooked(ENTRA_LOGS, 'logs/6', entryPath('troubleshooting')),
      hints: [
        'An entry has several tabs.',
        'Steps say where it failed; another tab says why, and what to do.',
        'Select Troubleshooting & Recommendations.',
      ],
      wrong: [
        otherTab('Summary', 'summary', 'There are the ids. The reason is under Troubleshooting & Recommendations.'),
        OTHER_ENTRY,
      ],
    },
    {
      steps: ['logs/7'],
      start: AT_ENTRY,
      check: alsoLooked(ENTRA_LOGS, 'logs/7', entryPath('modified')),
      hints: [
        'It is a tab of the same entry.',
        'The attributes stand there by their name in Dialpad; look for the office.',
        'Select Modified Properties.',
      ],
      wrong: [
        otherTab('JSON', 'json', 'It has everything, and is made for programs. Select Modified Properties.'),
        OTHER_ENTRY,
      ],
    },
    {
      steps: ['logs/8'],
      start: AT_ENTRY,
      check: alsoLooked(ENTRA_LOGS, 'logs/8', entryPath('summary')),
      hints: [
        'It is a tab of the same entry.',
        'Several ids stand there. The Cycle ID is the one that many entries share.',
        'Select Summary.',
      ],
      wrong: [
        otherTab('Modified Properties', 'modified', 'There are the values that were sent. The ids are under Summary.'),
        OTHER_ENTRY,
      ],
    },
    {
      steps: ['logs/9'],
      start: AT_ENTRY,
      check: alsoLooked(ENTRA_LOGS, 'logs/9', async (walk) =>
        pageOf(await newestEntry(walk, blocked.name), 'troubleshooting'),
      ),
      hints: [
        `Look for ${blocked.name} in the list, with any status.`,
        'An entry that says Skipped has a reason too, under the same tab as one that failed.',
        `Provisioning logs, Identity ${blocked.name}, Status All, Apply; open the entry; Troubleshooting & Recommendations.`,
      ],
      wrong: [
        {
          mistake: 'Only failures were looked at.',
          hint: `${blocked.name} was skipped, which is no failure. Set Status to All.`,
          async attempt(walk) {
            await turnTo(await walk.desk('entra'), 'Provisioning logs')
            await filterStatus(walk, 'Failure')
          },
          shows: async (walk) => (await visits(walk, 'status=Failure')) > 0,
        },
        {
          mistake: 'The entry was opened, and its reason not.',
          hint: 'The skip reason is under Troubleshooting & Recommendations of this entry.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Provisioning logs')
            await searchLog(desk, blocked.name)
            await desk.openRow('Skipped')
          },
          shows: async (walk) => (await visits(walk, pageOf(await newestEntry(walk, blocked.name)))) > 0,
        },
      ],
    },
    ...LOG_DOWNLOAD_LESSONS,
    {
      steps: ['logs/13'],
      start: atProvisioning('/logs'),
      async check(walk) {
        const { log } = await pictureEntra(walk.control.entra)
        const entries = log.filter(({ source }) => source.displayName === elsewhere.name)
        const { office, account } = await officeOf(walk)
        return finding(
          `${entries.map(({ action, status }) => `${action} ${status}`).join(', then ')}. Office location ${office}; in Dialpad ${account?.state ?? 'not there'}, in ${account?.office ?? 'no office'}.`,
          entries[0]?.status === 'Failure',
          entries.at(-1)?.status === 'Success',
          account?.state === 'active',
          account?.office === 'London',
        )
      },
      hints: [
        'The cause is in the directory: the Office location of the person.',
        'Give an office that Dialpad knows, London, and wait for the next cycle.',
        `Users, ${elsewhere.name}, Properties, Office location London, Save; +40 min on the home; Provisioning logs, Identity ${elsewhere.name}.`,
      ],
      wrong: [
        {
          mistake: 'The office was changed to another that Dialpad does not have.',
          hint: 'Dialpad compares the name with its own offices, letter by letter. Write London.',
          async attempt(walk) {
            await changePerson(walk, elsewhere.name, 'Office location', 'Lyon')
            await letCyclePass(walk)
          },
          shows: async (walk) => {
            const { office, isKnown } = await officeOf(walk)
            return office !== 'Lyon Part-Dieu' && !isKnown
          },
        },
        {
          mistake: 'The office was corrected, and no time has passed.',
          hint: 'The next cycle tries again. Move the clock: +40 min on the home of the kit.',
          attempt: (walk) => changePerson(walk, elsewhere.name, 'Office location', 'London'),
          shows: async (walk) => (await officeOf(walk)).isKnown && (await clockMoves(walk)) === 0,
        },
      ],
    },
    {
      steps: ['logs/14'],
      start: { system: 'entra', path: '/admin', as: PEOPLE.applications },
      hints: [
        'It is in the left navigation of the admin center, outside of any app.',
        'The column Target System says which app an entry is of.',
        'Select Provisioning logs at the left.',
      ],
      wrong: [
        {
          mistake: 'The logs of the app were opened again.',
          hint: 'These hold the entries of Dialpad alone. The ones meant are in the left navigation.',
          attempt: async (walk) => (await walk.desk('entra')).open(await appPage(LOGS)(walk)),
          shows: async (walk) => (await visits(walk, LOGS)) > 0,
        },
        {
          mistake: 'Signed in as somebody without the role for it.',
          hint: 'A Global Reader reads no provisioning logs. Sign in as a Cloud Application Administrator.',
          async attempt(walk) {
            const desk = await walk.desk('entra', 'reader')
            await desk.open('/admin')
            await signInToEntra(desk, READER)
            await desk.open('/admin/provisioning-logs')
          },
          shows: async (walk) => (await visits(walk, '/admin/provisioning-logs', 403)) > 0,
        },
      ],
    },
  ],
}

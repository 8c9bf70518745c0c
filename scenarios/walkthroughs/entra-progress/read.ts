import { assign } from '../entra-lifecycle/assign.ts'
import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import { askColleague, openProvisioning, turnTo } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'

const source = { article: 'progress', section: 'View the provisioning progress bar' } as const
const OVERVIEW = 'Entra, Dialpad, Provisioning, Overview'
const { first } = PEOPLE

/** What the Overview tells, and that a cycle comes every forty minutes. */
export const READ_STEPS: readonly Step[] = [
  {
    id: 'progress/2',
    title: 'Read the current cycle status',
    say: 'The Overview names the cycle that runs or was the last, shows how much of it is done, and counts the users and groups ever brought together.',
    source,
    at: {
      page: OVERVIEW,
      labels: [
        'Current cycle status',
        'Initial cycle completed.',
        '100% complete',
        'Statistics to date',
        'Users',
        'Groups',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Current cycle status')
      await desk.see('Initial cycle completed.')
      await desk.see('100% complete')
      await desk.see('Statistics to date')
      await desk.see('Users')
      await desk.see('Groups')
    },
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      return finding(
        `The last cycle was ${run?.lastExecution?.kind}, ${run?.lastExecution?.state}; ${run?.statistics.users} users and ${run?.statistics.groups} group.`,
        run?.lastExecution?.kind === 'initial',
        run?.cycle === null,
        run?.statistics.users === 5,
        run?.statistics.groups === 1,
      )
    },
    hints: ['The percentage counts pages of objects, not objects: with few people it jumps.'],
    wrong: [{ mistake: 'Start provisioning was forgotten.', sign: '"Initial cycle not run.", 0% complete.' }],
  },
  {
    id: 'progress/3',
    title: 'Unfold the details',
    say: 'View provisioning details tells when the last cycle completed, how long it took, since when all is in step, and the fixed interval. View technical information has the ids support asks for.',
    source,
    at: {
      page: OVERVIEW,
      labels: [
        'View provisioning details',
        'Completed',
        'Duration',
        'Steady state achieved',
        'Provisioning interval(fixed)',
        '40 minutes',
        'View technical information',
        'Activity ID',
        'Job ID',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('View provisioning details')
      for (const label of ['Completed', 'Duration', 'Steady state achieved']) await desk.see(label)
      await desk.see('Provisioning interval(fixed)')
      await desk.see('40 minutes')
      await desk.press('View technical information')
      await desk.see('Activity ID')
      const { job, run } = await pictureEntra(walk.control.entra)
      await desk.see(run?.lastExecution?.id ?? '')
      await desk.see('Job ID')
      await desk.see(job?.id ?? '')
    },
    async check(walk) {
      const { job, run } = await pictureEntra(walk.control.entra)
      const { lastExecution: last, nextRunAt } = run ?? {}
      if (last === undefined || !nextRunAt) return missing('cycle that has ended')
      const minutes = (Date.parse(nextRunAt) - Date.parse(last.timeBegan)) / 60_000
      return finding(
        `Job ${job?.id}; cycle ${last.id}; the next one ${minutes} minutes after the last.`,
        job?.id.startsWith('dialpad.') === true,
        minutes === 40,
        run?.steadyStateLastAchieved !== undefined,
      )
    },
  },
  {
    id: 'progress/4',
    title: 'Assign somebody, and see nothing happen',
    say: `A colleague assigns ${first.name}. Select Refresh: nothing has changed, because the next cycle is not due.`,
    source,
    at: { page: OVERVIEW, labels: ['Add user/group', 'Assign', 'Refresh', 'Initial cycle completed.'] },
    async solve(walk) {
      const colleague = await askColleague(walk)
      await openProvisioning(colleague)
      await turnTo(colleague, 'Users and groups')
      await assign(colleague, first.name)
      const desk = await walk.desk('entra')
      await desk.press('Refresh')
      await desk.see('Initial cycle completed.')
    },
    async check(walk) {
      const { run, assigned } = await pictureEntra(walk.control.entra)
      const person = (await pictureDialpad(walk.control.dialpad)).person(first.address)
      return finding(
        `${first.name} is ${assigned.includes(first.address) ? 'assigned' : 'not assigned'} and has ${person === undefined ? 'no account' : 'an account'}; the next cycle is due at ${run?.nextRunAt}.`,
        assigned.includes(first.address),
        person === undefined,
        run?.lastExecution?.kind === 'initial',
      )
    },
    wrong: [
      {
        mistake: 'The result is expected at once, and a ticket is written after five minutes.',
        sign: 'The Overview still shows the last cycle. Wait for the next, or provision on demand.',
      },
    ],
  },
  {
    id: 'progress/5',
    title: 'Let forty minutes pass',
    say: 'Move the clock by 40 minutes and select Refresh: an incremental cycle has run, and there is one user more.',
    source,
    at: { page: OVERVIEW, labels: ['+40 min', 'Refresh', 'Incremental cycle completed.', '100% complete'] },
    async solve(walk) {
      await letCyclePass(walk)
      const desk = await walk.desk('entra')
      await desk.press('Refresh')
      await desk.see('Incremental cycle completed.')
      await desk.see('100% complete')
    },
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      const person = (await pictureDialpad(walk.control.dialpad)).person(first.address)
      return finding(
        `${run?.lastExecution?.kind} cycle: ${run?.lastExecution?.counts.created} created; ${first.name} is ${person?.state ?? 'not there'}; ${run?.statistics.users} users to date.`,
        run?.lastExecution?.kind === 'incremental',
        person?.state === 'active',
        run?.statistics.users === 6,
      )
    },
  },
]

import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import { letCycleEnd, turnTo } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { tellCycle } from '../witness/tell-cycle.ts'
import { chooseScope } from './follow.ts'

const source = { article: 'progress', section: 'View the provisioning progress bar' } as const
const OVERVIEW = 'Entra, Dialpad, Provisioning, Overview'
const { elsewhere } = PEOPLE

/** Numbers that never fall, Stop and Start, and where to look for one person and for what was changed. */
export const CHANGE_STEPS: readonly Step[] = [
  {
    id: 'progress/9',
    title: 'See that the numbers never fall',
    say: 'Choose Sync only assigned users and groups again and restart: whoever is not assigned is suspended in Dialpad. Statistics to date stay, for they count who was ever brought together.',
    source,
    at: {
      page: OVERVIEW,
      labels: [
        'Properties',
        'Scope',
        'Apply',
        'Restart provisioning',
        'Initial cycle completed.',
        'Statistics to date',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await chooseScope(desk, 'Sync only assigned users and groups')
      await desk.press('Restart provisioning')
      await letCycleEnd(walk)
      await desk.see('Initial cycle completed.')
      await desk.see('Statistics to date')
    },
    async check(walk) {
      const { job, run } = await pictureEntra(walk.control.entra)
      const person = (await pictureDialpad(walk.control.dialpad)).person(elsewhere.address)
      const [users, groups] = [Number(walk.keep.get('users')), Number(walk.keep.get('groups'))]
      return finding(
        `${run?.lastExecution?.counts.disabled} disabled and ${run?.lastExecution?.counts.deleted} deleted, ${elsewhere.name} is ${person?.state}; still ${run?.statistics.users} users and ${run?.statistics.groups} groups to date.`,
        job?.scope === 'assigned',
        person?.state === 'suspended',
        run?.statistics.users === users,
        run?.statistics.groups === groups,
      )
    },
    wrong: [
      {
        mistake: 'Users under Statistics to date are taken for accounts in use.',
        sign: 'The number is greater than what Dialpad bills.',
      },
    ],
  },
  {
    id: 'progress/10',
    title: 'Stop',
    say: 'Select Stop provisioning: a running cycle would finish, and no other begins. Forty minutes later nothing has run.',
    source,
    at: { page: OVERVIEW, labels: ['Stop provisioning', 'Provisioning is stopped.', '+40 min'] },
    async solve(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      walk.keep.set('lastCycleId', run?.lastExecution?.id ?? '')
      const desk = await walk.desk('entra')
      await desk.press('Stop provisioning')
      await desk.see('Provisioning is stopped.')
      await letCyclePass(walk)
    },
    async check(walk) {
      const { job, run } = await pictureEntra(walk.control.entra)
      return finding(
        `The configuration is ${job?.state}; the last cycle is still ${run?.lastExecution?.id}.`,
        job?.state === 'Paused',
        run?.lastExecution?.id === walk.keep.get('lastCycleId'),
      )
    },
  },
  {
    id: 'progress/11',
    title: 'Start: it goes on where it was',
    say: 'Select Start provisioning: an incremental cycle runs at once. Unlike a restart it does not look at everybody again.',
    source,
    at: { page: OVERVIEW, labels: ['Start provisioning', 'Incremental cycle completed.'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Start provisioning')
      await letCycleEnd(walk)
      await desk.see('Incremental cycle completed.')
    },
    async check(walk) {
      const { job, run } = await pictureEntra(walk.control.entra)
      return finding(
        `The configuration is ${job?.state ?? 'not there'}; last: ${tellCycle(run?.lastExecution)}.`,
        job?.state === 'Active',
        run?.lastExecution?.kind === 'incremental',
        run?.lastExecution?.id !== walk.keep.get('lastCycleId'),
      )
    },
  },
  {
    id: 'progress/12',
    title: 'Look up one person',
    say: `The bar says nothing about a single person. Select View provisioning logs and look for ${elsewhere.name}: created, and later disabled.`,
    source: { article: 'progress', section: "Use provisioning logs to check a user's provisioning status" },
    at: {
      page: 'Entra, Dialpad, Provisioning logs',
      labels: ['View provisioning logs', 'Identity', 'Apply', 'Disable'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('View provisioning logs')
      await desk.fill('Identity', elsewhere.name, { within: 'Provisioning logs' })
      await desk.press('Apply')
      await desk.see(elsewhere.name)
      await desk.see('Disable', { within: 'Provisioning logs' })
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const actions = log
        .filter(({ source: { displayName } }) => displayName === elsewhere.name)
        .map((entry) => entry.action)
      return finding(
        `${elsewhere.name}: ${actions.join(', then ')}.`,
        actions[0] === 'Create',
        actions.at(-1) === 'Disable',
      )
    },
  },
  {
    id: 'progress/13',
    title: 'See who restarted it',
    say: 'What was changed in the configuration is in the audit logs. Open those of the app and filter by the activity Enable/restart provisioning configuration.',
    source: { article: 'progress', section: 'Audit changes to your provisioning configuration' },
    at: { page: 'Entra, Dialpad, Audit logs', labels: ['Audit logs', 'Activity', 'Apply', PEOPLE.applications] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Users and groups')
      await desk.press('Audit logs', { within: 'Pages of Dialpad' })
      await desk.choose('Activity', 'Enable/restart provisioning configuration')
      await desk.press('Apply')
      await desk.see(PEOPLE.applications, { within: 'Audit logs' })
    },
    async check(walk) {
      const { audit } = await pictureEntra(walk.control.entra)
      const count = (activity: string): number => audit.filter((event) => event.activity === activity).length
      const asked = await exchanges(walk.control.entra, { url: 'activity=Enable', status: 200 })
      const restarts = count('Enable/restart provisioning configuration')
      const stops = count('Disable/pause provisioning configuration')
      const starts = count('Enable/start provisioning configuration')
      return finding(
        `${restarts} restarts, ${stops} stop, ${starts} start.`,
        restarts === 2,
        stops === 1,
        starts === 1,
        asked.length > 0,
      )
    },
  },
]

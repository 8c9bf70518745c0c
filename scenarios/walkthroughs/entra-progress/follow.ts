import { finding, missing } from '../finding.ts'
import { letCycleEnd } from '../provisioning-pages.ts'
import type { Desk, Step } from '../walkthrough.ts'
import { pictureEntra } from '../witness/entra.ts'

const source = { article: 'progress', section: 'View the provisioning progress bar' } as const
const duration = { article: 'progress', section: 'How long will it take to provision users?' } as const
const OVERVIEW = 'Entra, Dialpad, Provisioning, Overview'
const PROPERTIES = 'Entra, Dialpad, Provisioning, Properties'

/** How slow Dialpad is made, so that a cycle can be watched. Wall milliseconds for one account, and for one group. */
const [SLOW_USER_MS, SLOW_GROUP_MS] = [300, 4_000]

/** On the Overview: choose who is in scope, and come back to it. */
export async function chooseScope(desk: Desk, scope: string): Promise<void> {
  await desk.press('Properties', { within: 'Overview' })
  await desk.press('Edit properties')
  await desk.choose('Scope', scope)
  await desk.press('Apply')
  await desk.see('Restart provisioning for the new scope to take effect.')
  await desk.press('Overview', { within: 'Overview' })
}

/** An initial cycle over everybody, watched while it runs. */
export const FOLLOW_STEPS: readonly Step[] = [
  {
    id: 'progress/6',
    title: 'Take everybody into scope',
    say: 'Under Properties choose the scope Sync all users and groups. It takes effect with a restart, and makes the initial cycle longer: everything in the tenant is looked at.',
    source: duration,
    at: { page: PROPERTIES, labels: ['Properties', 'Edit properties', 'Scope', 'Apply', 'Overview'] },
    async solve(walk) {
      await chooseScope(await walk.desk('entra'), 'Sync all users and groups')
    },
    async check(walk) {
      const { job, run } = await pictureEntra(walk.control.entra)
      return finding(
        `The scope is ${job?.scope}; ${run?.statistics.users} users so far.`,
        job?.scope === 'all',
        run?.statistics.users === 6,
      )
    },
    hints: [
      'Rule of thumb for an initial cycle over assigned users, groups and members: between 0.01 and 0.08 minutes for each.',
      'Creating accounts takes about twice as long as matching those that are there.',
    ],
    wrong: [
      {
        mistake: 'The scope was changed and provisioning not restarted.',
        sign: 'Cycles go on over what has changed only.',
      },
    ],
  },
  {
    id: 'progress/7',
    title: 'Restart, and follow the bar',
    say: 'Dialpad is slow today. Select Restart provisioning: an initial cycle is in progress, and the bar moves by pages.',
    source,
    at: { page: OVERVIEW, labels: ['Restart provisioning', 'Initial cycle in progress.', '50% complete'] },
    async setup(walk) {
      await walk.control.dialpad.putFaults([
        { on: 'scim.users.create', effect: { delayMs: SLOW_USER_MS } },
        { on: 'scim.groups.create', effect: { delayMs: SLOW_GROUP_MS } },
      ])
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Restart provisioning')
      await desk.see('Initial cycle in progress.')
      await desk.see('50% complete')
    },
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      if (!run?.cycle) return missing('cycle under way')
      walk.keep.set('cycleId', run.cycle.id)
      return finding(
        `The ${run.cycle.kind} cycle ${run.cycle.id} is under way.`,
        run.cycle.kind === 'initial',
        run.lastExecution?.id !== run.cycle.id,
      )
    },
  },
  {
    id: 'progress/8',
    title: 'See it through',
    say: 'Wait, and select Refresh: the initial cycle is complete, and Statistics to date have grown.',
    source,
    at: { page: OVERVIEW, labels: ['Initial cycle completed.', '100% complete', 'Refresh', 'Statistics to date'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await letCycleEnd(walk)
      await desk.see('Initial cycle completed.')
      await desk.see('100% complete')
      await desk.press('Refresh')
      await desk.see('Statistics to date')
      await walk.control.dialpad.clearFaults()
    },
    async check(walk) {
      const { run, log } = await pictureEntra(walk.control.entra)
      const { lastExecution: last, statistics } = run ?? {}
      if (last === undefined || statistics === undefined) return missing('cycle that has ended')
      const seconds = (Date.parse(last.timeEnded) - Date.parse(last.timeBegan)) / 1000
      const failed = log.filter(({ cycleId, status }) => cycleId === last.id && status === 'Failure')
      const whom = failed.map(({ source: { displayName }, outcome }) => `${displayName} (${outcome?.code})`)
      walk.keep.set('users', String(statistics.users))
      walk.keep.set('groups', String(statistics.groups))
      return finding(
        `${last.counts.created} created in ${seconds.toFixed(1)} s, ${last.counts.failed} failed: ${whom.join(', ')}; ${statistics.users} users and ${statistics.groups} groups to date.`,
        last.id === walk.keep.get('cycleId'),
        last.kind === 'initial',
        seconds >= SLOW_GROUP_MS / 1000,
        statistics.users > 20,
        statistics.groups > 1,
      )
    },
    hints: ['One person fails, a guest: the address has a domain Dialpad does not accept. The logs say InvalidDomain.'],
  },
]

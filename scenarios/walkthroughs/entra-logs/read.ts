import { assign } from '../entra-lifecycle/assign.ts'
import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE, SALES } from '../people.ts'
import { turnTo } from '../provisioning-pages.ts'
import type { Step, Walk } from '../walkthrough.ts'
import { logInToDialpad } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { tellCycle } from '../witness/tell-cycle.ts'
import { newestEntry, searchLog } from './entries.ts'

const contents = { article: 'log-contents', section: 'What do the logs show?' } as const
const known = { article: 'log-analysis', section: 'What you should know' } as const
const LOGS_PAGE = 'Entra, Dialpad, Provisioning logs'
const ENTRY_PAGE = 'Entra, Dialpad, Provisioning log details'
const { elsewhere, blocked } = PEOPLE

/** Dialpad creates nobody whose office it does not know. */
async function demandOffices(walk: Walk): Promise<void> {
  const desk = await walk.desk('dialpad')
  await logInToDialpad(desk, PEOPLE.owner)
  await desk.press('Admin settings')
  await desk.press('SCIM', { within: 'Main' })
  await desk.tick('Do not create the user', true, { within: 'When no office matches' })
  await desk.press('Save', { within: 'SCIM Configuration Settings' })
}

/** From a cycle with trouble to its reasons. */
export const READ_STEPS: readonly Step[] = [
  {
    id: 'logs/2',
    title: 'Give the next cycle something to do',
    say: `Assign the group ${SALES} and ${blocked.name}, and let forty minutes pass. Dialpad is set to create nobody whose office it does not know.`,
    source: { article: 'how-it-works', section: 'Incremental cycle' },
    at: {
      page: 'Entra, Dialpad, Users and groups',
      labels: ['Users and groups', 'Add user/group', 'Assign', '+40 min'],
    },
    setup: demandOffices,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Users and groups')
      await assign(desk, SALES)
      await assign(desk, blocked.name)
      await letCyclePass(walk)
    },
    async check(walk) {
      const { log, run } = await pictureEntra(walk.control.entra)
      const count = (status: string): number => log.filter((entry) => entry.status === status).length
      return finding(
        `Last: ${tellCycle(run?.lastExecution)}; in the log ${count('Success')} entries of success, ${count('Failure')} of failure, ${count('Skipped')} skipped.`,
        run?.lastExecution?.counts.failed === 2,
        count('Success') > 0,
        log.some(({ source, status }) => source.displayName === blocked.name && status === 'Skipped'),
      )
    },
  },
  {
    id: 'logs/3',
    title: 'Open the provisioning logs',
    say: 'Select Provisioning logs. Each entry tells when, whom, what was done, from where to where, and how it ended.',
    source: contents,
    at: {
      page: LOGS_PAGE,
      labels: ['Provisioning', 'Provisioning logs', 'Identity', 'Action', 'Source System', 'Target System', 'Status'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Provisioning', { within: 'Pages of Dialpad' })
      await turnTo(desk, 'Provisioning logs')
      for (const label of ['Identity', 'Action', 'Source System', 'Target System', 'Status']) await desk.see(label)
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const opened = await exchanges(walk.control.entra, { url: '/provisioning/logs', status: 200 })
      return finding(`The list is open; there are ${log.length} entries.`, opened.length > 0, log.length > 0)
    },
    hints: ['The source is still called Azure Active Directory in the logs.'],
    wrong: [
      {
        mistake: 'Somebody is looked for who is only in a group inside the assigned one.',
        sign: 'There is no entry about them at all: nested groups are not followed.',
      },
    ],
  },
  {
    id: 'logs/4',
    title: 'Filter by status',
    say: 'Choose the status Failure and apply: two people are left.',
    source: contents,
    at: { page: LOGS_PAGE, labels: ['Status', 'Apply', elsewhere.name] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.choose('Status', 'Failure', { within: 'Provisioning logs' })
      await desk.press('Apply')
      await desk.see(elsewhere.name)
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const asked = await exchanges(walk.control.entra, { url: 'status=Failure', status: 200 })
      const failed = log.filter(({ status }) => status === 'Failure').map(({ source }) => source.displayName)
      return finding(`Failed: ${failed.join(', ')}.`, asked.length > 0, failed.includes(elsewhere.name))
    },
  },
  {
    id: 'logs/5',
    title: 'Follow the steps of an entry',
    say: `Open the entry of ${elsewhere.name}. Under Steps: read from Entra, in scope, not found in Dialpad, and then the creation failed.`,
    source: contents,
    at: { page: ENTRY_PAGE, labels: ['Steps', 'EntryImport', 'EntrySynchronizationScoping', 'EntryExportAdd'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.openRow(elsewhere.name)
      for (const label of ['Steps', 'EntryImport', 'EntrySynchronizationScoping', 'EntryExportAdd']) {
        await desk.see(label)
      }
    },
    async check(walk) {
      const entry = await newestEntry(walk, elsewhere.name)
      if (entry === undefined) return missing(`entry about ${elsewhere.name}`)
      const steps = entry.steps.map(({ name, status }) => `${name} ${status}`)
      return finding(
        `${steps.join(', ')}.`,
        steps.at(-1) === 'EntryExportAdd Failure',
        steps.includes('EntrySynchronizationScoping Success'),
      )
    },
  },
  {
    id: 'logs/6',
    title: 'Read what went wrong and what to do',
    say: 'Under Troubleshooting & Recommendations stand the error code, the reason as the application gave it, and advice.',
    source: contents,
    at: {
      page: ENTRY_PAGE,
      labels: ['Troubleshooting & Recommendations', 'Error code', 'Reason', 'Recommendation'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Troubleshooting & Recommendations')
      for (const label of ['Error code', 'Reason', 'Recommendation']) await desk.see(label)
    },
    async check(walk) {
      const entry = await newestEntry(walk, elsewhere.name)
      return finding(
        `${entry?.outcome?.code}: ${entry?.outcome?.reason}`,
        entry?.status === 'Failure',
        entry?.outcome?.reason.toLowerCase().includes('office') === true,
      )
    },
  },
  {
    id: 'logs/7',
    title: 'See what was sent',
    say: 'Under Modified Properties stand the attributes with old and new value; after a failure those that were attempted. The office is one Dialpad does not have.',
    source: contents,
    at: {
      page: ENTRY_PAGE,
      labels: ['Modified Properties', 'Target attribute', 'Old value', 'New value', 'Lyon Part-Dieu'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Modified Properties')
      for (const label of ['Target attribute', 'Old value', 'New value', 'Lyon Part-Dieu']) await desk.see(label)
    },
    async check(walk) {
      const entry = await newestEntry(walk, elsewhere.name)
      const office = entry?.modified.find(({ name }) => name.endsWith('physicalDeliveryOfficeName'))
      const { offices } = await pictureDialpad(walk.control.dialpad)
      return finding(
        `Sent: ${office?.newValue}. Dialpad has ${offices.map(({ name }) => name).join(', ')}.`,
        office?.newValue === 'Lyon Part-Dieu',
        offices.every(({ name }) => name !== office?.newValue),
      )
    },
  },
  {
    id: 'logs/8',
    title: 'Note the ids',
    say: 'Summary gives the ids of the object on both sides, and of the change, the cycle and the job. The change ID is what support asks for.',
    source: contents,
    at: { page: ENTRY_PAGE, labels: ['Summary', 'Source ID', 'Change ID', 'Cycle ID', 'Job ID'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Summary')
      for (const label of ['Source ID', 'Change ID', 'Cycle ID', 'Job ID']) await desk.see(label)
      const entry = await newestEntry(walk, elsewhere.name)
      await desk.see(entry?.changeId ?? '')
      walk.keep.set('cycleId', entry?.cycleId ?? '')
    },
    async check(walk) {
      const entry = await newestEntry(walk, elsewhere.name)
      const { run } = await pictureEntra(walk.control.entra)
      return finding(
        `Change ${entry?.changeId} of cycle ${entry?.cycleId}.`,
        entry?.changeId !== undefined,
        entry?.cycleId === run?.lastExecution?.id,
      )
    },
  },
  {
    id: 'logs/9',
    title: 'Find out why somebody was skipped',
    say: `Go back to the list and look for ${blocked.name} by Identity. The entry says Skipped: assigned, but not active in Entra, so no account is made.`,
    source: known,
    at: {
      page: LOGS_PAGE,
      labels: ['Provisioning logs', 'Identity', 'Apply', 'Skipped', 'Troubleshooting & Recommendations', 'Skip reason'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Provisioning logs')
      await searchLog(desk, blocked.name)
      await desk.openRow('Skipped')
      await desk.press('Troubleshooting & Recommendations')
      await desk.see('Skip reason')
      await desk.see('NotEffectivelyEntitled')
    },
    async check(walk) {
      const entry = await newestEntry(walk, blocked.name)
      const scoping = entry?.steps.find(({ type }) => type === 'scoping')?.details ?? {}
      return finding(
        `${entry?.status}, ${entry?.outcome?.code}: active ${scoping['Active in the source system']}, assigned ${scoping['Assigned to the application']}.`,
        entry?.status === 'Skipped',
        entry?.outcome?.code === 'NotEffectivelyEntitled',
        scoping['Active in the source system'] === 'False',
        scoping['Assigned to the application'] === 'True',
      )
    },
    hints: ['Skipped entries are normal, above all when the scope is all users and groups.'],
    wrong: [{ mistake: 'Only failures are looked at.', sign: 'Somebody who is skipped is not among them.' }],
  },
]

import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import { changePerson, turnTo } from '../provisioning-pages.ts'
import type { Desk, Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { newestEntry, searchLog } from './entries.ts'

const download = { article: 'log-analysis', section: 'How to download the provisioning logs' } as const
const LOGS_PAGE = 'Entra, Dialpad, Provisioning logs'
const { elsewhere } = PEOPLE
/** The other one whose office Dialpad does not know. */
const ALSO_ELSEWHERE = 'Kenji Sato'

/** Take one of the files under Download, and read it. The menu stays open after a file was taken. */
async function takeFile(desk: Desk, label: string): Promise<string> {
  if (await desk.shows(label)) await desk.see('Download')
  else await desk.press('Download')
  return desk.download(label)
}

/** Lines that hold something, without the heading. */
const rowsOf = (csv: string): readonly string[] =>
  csv
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(1)

/** Take the logs away, and see in them that the trouble is over. */
export const DOWNLOAD_STEPS: readonly Step[] = [
  {
    id: 'logs/10',
    title: 'Narrow the list to one cycle',
    say: 'What is downloaded is what the filters leave. Reset them, add the filter Cycle ID, and enter the id from the Summary.',
    source: download,
    at: {
      page: LOGS_PAGE,
      labels: ['Provisioning logs', 'Add filters', 'Cycle ID', 'Apply'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Provisioning logs')
      await desk.press('Add filters')
      await desk.fill('Cycle ID', walk.keep.get('cycleId'))
      await desk.press('Apply')
      await desk.see(elsewhere.name)
    },
    async check(walk) {
      const cycleId = walk.keep.get('cycleId')
      const { log } = await pictureEntra(walk.control.entra)
      const asked = await exchanges(walk.control.entra, { url: `cycleId=${cycleId}`, status: 200 })
      const entries = log.filter((entry) => entry.cycleId === cycleId)
      return finding(`The cycle has ${entries.length} entries.`, asked.length > 0, entries.length > 0)
    },
  },
  {
    id: 'logs/11',
    title: 'Download as CSV: three files',
    say: 'Select Download and take the three CSV files: the entries, their steps, and the modified properties. The change ID joins them.',
    source: { article: 'log-analysis', section: 'CSV format' },
    at: {
      page: LOGS_PAGE,
      labels: [
        'Download',
        'CSV: ProvisioningLogs',
        'CSV: ProvisioningLogs_ProvisioningSteps',
        'CSV: ProvisioningLogs_ModifiedProperties',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      const logs = await takeFile(desk, 'CSV: ProvisioningLogs')
      const steps = await takeFile(desk, 'CSV: ProvisioningLogs_ProvisioningSteps')
      const modified = await takeFile(desk, 'CSV: ProvisioningLogs_ModifiedProperties')
      const changeId = (await newestEntry(walk, elsewhere.name))?.changeId ?? ''
      const joined = [logs, steps, modified].every((file) => file.includes(changeId))
      walk.keep.set('csvRows', String(rowsOf(logs).length))
      walk.keep.set('csvJoined', String(joined))
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const entries = log.filter(({ cycleId }) => cycleId === walk.keep.get('cycleId'))
      const answers = await exchanges(walk.control.entra, { url: '/logs/download/ProvisioningLogs', status: 200 })
      return finding(
        `${answers.length} files; ${walk.keep.get('csvRows')} rows for ${entries.length} entries; the change ID ${walk.keep.get('csvJoined') === 'true' ? 'is in all three' : 'is missing in one'}.`,
        answers.length === 3,
        Number(walk.keep.get('csvRows')) === entries.length,
        walk.keep.get('csvJoined') === 'true',
      )
    },
    wrong: [
      { mistake: 'A filter is still set.', sign: 'The files hold less than expected: only what the list shows.' },
    ],
  },
  {
    id: 'logs/12',
    title: 'Download as JSON',
    say: 'Download the same as JSON: one file, each entry as Graph answers it.',
    source: { article: 'log-analysis', section: 'JSON format' },
    at: { page: LOGS_PAGE, labels: ['Download', 'JSON'] },
    async solve(walk) {
      const entries: unknown = JSON.parse(await takeFile(await walk.desk('entra'), 'JSON'))
      walk.keep.set('jsonEntries', String(Array.isArray(entries) ? entries.length : 0))
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const entries = log.filter(({ cycleId }) => cycleId === walk.keep.get('cycleId'))
      return finding(
        `The file holds ${walk.keep.get('jsonEntries')} of ${entries.length} entries.`,
        Number(walk.keep.get('jsonEntries')) === entries.length,
      )
    },
  },
  {
    id: 'logs/13',
    title: 'Mend the cause, and see it in the logs',
    say: `A colleague corrects the offices of ${elsewhere.name} and ${ALSO_ELSEWHERE} in Entra. Forty minutes later the logs say Create, Success; the failure stays where it was, entries never change.`,
    source: { article: 'log-analysis', section: 'Error codes' },
    at: {
      page: LOGS_PAGE,
      labels: ['Office location', '+40 min', 'Provisioning logs', 'Identity', 'Create', 'Success'],
    },
    async solve(walk) {
      await changePerson(walk, elsewhere.name, 'Office location', 'London')
      await changePerson(walk, ALSO_ELSEWHERE, 'Office location', 'London')
      await letCyclePass(walk)
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Provisioning logs')
      await searchLog(desk, elsewhere.name)
      await desk.openRow('Create', 'Success')
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const entries = log.filter(({ source }) => source.displayName === elsewhere.name)
      const person = (await pictureDialpad(walk.control.dialpad)).person(elsewhere.address)
      return finding(
        `${entries.map(({ action, status }) => `${action} ${status}`).join(', then ')}; in Dialpad ${person?.state ?? 'not there'}, in ${person?.office ?? 'no office'}.`,
        entries.map(({ status }) => status).join() === 'Failure,Success',
        person?.state === 'active',
        person?.office === 'London',
      )
    },
  },
  {
    id: 'logs/14',
    title: 'See the whole tenant',
    say: 'The left navigation has Provisioning logs too: the entries of every app together. Reading them takes a role; owners see those of their own apps.',
    source: { article: 'log-analysis', section: 'How to view the provisioning logs' },
    at: { page: 'Entra, Provisioning logs', labels: ['Provisioning logs', 'Target System', 'Dialpad'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Provisioning logs', { within: 'Main' })
      await desk.see('Target System')
      await desk.see('Dialpad', { within: 'Provisioning logs' })
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const opened = await exchanges(walk.control.entra, { url: '/admin/provisioning-logs', status: 200 })
      return finding(`The list is open; entries are kept for 30 days, so far ${log.length}.`, opened.length > 0)
    },
  },
]

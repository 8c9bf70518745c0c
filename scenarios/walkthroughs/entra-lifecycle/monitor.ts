import { finding } from '../finding.ts'
import { GROUP, PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { letCyclePass } from './cycles.ts'
import { SEPARATE } from './gallery.ts'

const monitor = { article: '001', section: 'Monitor your deployment' } as const
const limits = { article: '001', section: 'Connector limitations' } as const

const RENAMED = `${GROUP} (all)`

/** Seed 001, "Monitor your deployment" and "Connector limitations". */
export const MONITOR_STEPS: readonly Step[] = [
  {
    id: '001/monitor/1',
    title: 'Read the provisioning logs',
    say: 'The provisioning logs tell which people were provisioned, and which were not.',
    source: monitor,
    at: { page: 'Entra, Dialpad, Provisioning logs', labels: ['Provisioning logs', 'Identity', 'Action', 'Status'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Provisioning logs', { within: 'Provisioning of Dialpad' })
      await desk.see('Identity')
      await desk.see('Action')
      await desk.see('Status')
      await desk.see(PEOPLE.byHand.name)
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const created = log.filter((entry) => entry.action === 'Create' && entry.status === 'Success')
      const failed = log.filter((entry) => entry.status === 'Failure')
      return finding(
        `${log.length} entries: ${created.length} created, ${failed.length} failures.`,
        created.length > 0,
        failed.length === 0,
      )
    },
  },
  {
    id: '001/monitor/2',
    title: 'Look at the progress bar',
    say: 'The progress bar on the Overview tells how far the cycle is; it counts pages, not people.',
    source: monitor,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Current cycle status', '100% complete', 'Statistics to date'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Overview', { within: 'Provisioning of Dialpad' })
      await desk.see('Current cycle status')
      await desk.see('100% complete')
      await desk.see('Statistics to date')
    },
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      return finding(
        run?.cycle ? 'A cycle is under way.' : 'No cycle is under way; the last one is complete.',
        !run?.cycle,
      )
    },
  },
  {
    id: '001/monitor/3',
    title: 'See that it is healthy',
    say: 'A configuration that cannot reach the application goes into quarantine, and the Overview says so. This one has not.',
    source: monitor,
    at: { page: 'Entra, Dialpad, Provisioning, Overview', labels: [] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Initial cycle completed.')
    },
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      return finding(run?.quarantine ? 'It is in quarantine.' : 'There is no quarantine.', !run?.quarantine)
    },
  },
  {
    id: '001/limits/1',
    title: 'Rename the group, in vain',
    say: 'Rename the group in Entra, and let the next cycle run: +40 min on the kit home. Dialpad does not support it: the new name is sent, and Dialpad keeps the old one.',
    source: limits,
    at: { page: 'Entra, Groups, Properties', labels: ['Groups', 'Properties', 'Group name', 'Save'] },
    async solve(walk) {
      const desk = await walk.desk('entra', SEPARATE)
      await desk.open('/admin')
      await desk.press('Groups', { within: 'Main' })
      await desk.press(GROUP)
      await desk.press('Properties', { within: `Pages of ${GROUP}` })
      await desk.fill('Group name', RENAMED)
      await desk.press('Save')
      await desk.see(`The properties of ${RENAMED} were saved.`)
      await letCyclePass(walk)
    },
    async check(walk) {
      const { hasGroup } = await pictureEntra(walk.control.entra)
      const { groups } = await pictureDialpad(walk.control.dialpad)
      const sent = await exchanges(walk.control.dialpad, { kind: 'scim', method: 'PATCH', url: '/scim/Groups/' })
      const named = sent.filter((entry) => entry.request?.body?.includes(RENAMED))
      return finding(
        `Entra has ${hasGroup(RENAMED) ? '' : 'no group '}"${RENAMED}"; ${named.length} PATCH told Dialpad, whose groups are: ${groups.join(', ')}.`,
        hasGroup(RENAMED),
        named.length > 0,
        groups.includes(GROUP),
        !groups.includes(RENAMED),
      )
    },
  },
]

import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding } from '../finding.ts'
import { GROUP } from '../people.ts'
import { openProvisioning, turnTo, unassign } from '../provisioning-pages.ts'
import type { Step, Walk } from '../walkthrough.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { mailsTo } from '../witness/mails.ts'
import { markDialpad } from '../witness/since.ts'
import { LEAVING, pictureDeletions } from './staged.ts'

const configuring = { article: 'deletions', section: 'Configure accidental deletion prevention' } as const
const recovering = { article: 'deletions', section: 'Recovering from an accidental deletion' } as const

/** Who is told. */
export const MAILBOX = 'it-ops@brightwave.example'
/** Deletions a cycle may send unasked. */
export const THRESHOLD = 3

/** Unassign the group, let the next cycle come, and look at the Overview. */
export async function loseGroup(walk: Walk): Promise<void> {
  const desk = await walk.desk('entra')
  await turnTo(desk, 'Users and groups')
  await unassign(desk, GROUP)
  await letCyclePass(walk)
  await desk.open('/admin')
  await openProvisioning(desk)
  await desk.see('Provisioning is in quarantine')
}

/** From the threshold to deletions that wait, and everything that tells of them. */
export const STAGE_STEPS: readonly Step[] = [
  {
    id: 'deletions/2',
    title: 'Set a threshold that fits',
    say: `Under Properties enable accidental deletions prevention with a threshold of ${THRESHOLD}, and a notification email address: the mail goes there.`,
    source: configuring,
    at: {
      page: 'Entra, Dialpad, Provisioning, Properties',
      labels: [
        'Properties',
        'Edit properties',
        'Notification email address',
        'Enable accidental deletions prevention',
        'Accidental deletion threshold',
        'Apply',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Properties', { within: 'Overview' })
      await desk.press('Edit properties')
      await desk.tick('Enable notification emails')
      await desk.fill('Notification email address', MAILBOX)
      await desk.tick('Enable accidental deletions prevention')
      await desk.fill('Accidental deletion threshold', String(THRESHOLD))
      await desk.press('Apply')
      await desk.see(MAILBOX)
    },
    async check(walk) {
      const { job } = await pictureEntra(walk.control.entra)
      return finding(
        `The prevention is ${job?.deletionGuard.enabled ? 'on' : 'off'}, the threshold ${job?.deletionGuard.threshold}; mails go to ${job?.notification.email || 'nobody'}.`,
        job?.deletionGuard.enabled === true,
        job?.deletionGuard.threshold === THRESHOLD,
        job?.notification.email === MAILBOX,
      )
    },
    hints: ['The portal of 2019 to 2025 calls the box Prevent accidental deletion and keeps it under Settings.'],
    wrong: [
      {
        mistake: 'The default of 500 is kept in a company of fifty.',
        sign: 'The guard never trips: everybody is suspended, and no banner comes.',
      },
    ],
  },
  {
    id: 'deletions/3',
    title: 'Unassign the whole group by mistake',
    say: `Remove the assignment of ${GROUP}. Five people and the group would go, more than ${THRESHOLD}: the next cycle sends none of them and goes into quarantine.`,
    source: { article: 'deletions', section: 'Test deletion prevention' },
    at: {
      page: 'Entra, Dialpad, Users and groups',
      labels: ['Users and groups', 'Remove', '+40 min', 'Provisioning', 'Provisioning is in quarantine'],
    },
    setup: markDialpad,
    solve: loseGroup,
    async check(walk) {
      const { staged, quarantine, sent, active, hasGroup, found } = await pictureDeletions(walk)
      return finding(
        found,
        staged === LEAVING,
        quarantine?.reason === 'TooManyDeletes',
        sent === 0,
        active === 5,
        hasGroup,
      )
    },
  },
  {
    id: 'deletions/4',
    title: 'Read the banner',
    say: 'It gives the reason TooManyDeletes and how many deletions wait, and offers two ways on: Allow deletes, and View provisioning logs. Take the second.',
    source: recovering,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Reason', 'TooManyDeletes', 'Staged deletions', 'Allow deletes', 'View provisioning logs'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Reason')
      await desk.see('TooManyDeletes')
      await desk.see('Staged deletions')
      await desk.see('Allow deletes')
      await desk.press('View provisioning logs')
    },
    async check(walk) {
      const { staged, quarantine, found } = await pictureDeletions(walk)
      const opened = await exchanges(walk.control.entra, { url: '/provisioning/logs', status: 200 })
      return finding(found, staged === LEAVING, quarantine?.reason === 'TooManyDeletes', opened.length > 0)
    },
  },
  {
    id: 'deletions/5',
    title: 'See who is to go, and why',
    say: 'In the provisioning logs filter by Action StagedDelete: six entries. Open one; its Steps show that the person is no longer assigned.',
    source: { article: 'deletions', section: 'How are these deletion events logged?' },
    at: {
      page: 'Entra, Dialpad, Provisioning logs',
      labels: ['Action', 'Apply', 'StagedDelete', 'Steps', 'Assigned to the application'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.choose('Action', 'StagedDelete')
      await desk.press('Apply')
      await desk.openRow('StagedDelete', 'Ben Castillo')
      await desk.see('Steps')
      await desk.see('Assigned to the application')
    },
    async check(walk) {
      const { log } = await pictureEntra(walk.control.entra)
      const entries = log.filter(({ action }) => action === 'StagedDelete')
      const reasons = entries.map(({ steps }) => steps.find(({ type }) => type === 'scoping')?.details)
      const unassigned = reasons.filter((details) => details?.['Assigned to the application'] === 'False')
      return finding(
        `${entries.length} entries: ${entries.map(({ source }) => source.displayName).join(', ')}; ${unassigned.length} not assigned.`,
        entries.length === LEAVING,
        unassigned.length === LEAVING,
      )
    },
  },
  {
    id: 'deletions/6',
    title: 'Find the mail and the audit entry',
    say: 'A mail went to the notification address, and the audit logs tell that the job is in quarantine because of the threshold.',
    source: { article: 'deletions', section: 'How are these deletion events logged?' },
    at: {
      page: 'Kit home, Mail, and Entra, Dialpad, Audit logs',
      labels: ['Mail', 'TooManyDeletes', 'Audit logs', 'Activity', 'Apply'],
    },
    async solve(walk) {
      const home = await walk.desk('kit')
      await home.open('/')
      await home.press('Mail', { within: 'Main' })
      await home.press('Provisioning of Dialpad is in quarantine')
      await home.see('TooManyDeletes')
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await desk.press('Enterprise apps', { within: 'Main' })
      await desk.press('Dialpad', { within: 'All applications' })
      await desk.press('Audit logs', { within: 'Pages of Dialpad' })
      await desk.choose('Activity', 'Quarantine')
      await desk.press('Apply')
      await desk.openRow('Quarantine')
      await desk.see('TooManyDeletes')
    },
    async check(walk) {
      const mails = await mailsTo(walk.control.kit, MAILBOX)
      const { audit } = await pictureEntra(walk.control.entra)
      const events = audit.filter(({ activity }) => activity === 'Quarantine')
      return finding(
        `${mails.length} mail: ${mails[0]?.subject}; ${events.length} audit event: ${events[0]?.reason}`,
        mails.length === 1,
        mails[0]?.text.includes('TooManyDeletes') === true,
        events.length === 1,
        events[0]?.reason.includes('TooManyDeletes') === true,
      )
    },
  },
]

import { assign } from '../entra-lifecycle/assign.ts'
import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import { askColleague, letPass, openProvisioning, turnTo } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { logInToDialpad } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { mailsTo } from '../witness/mails.ts'

const knowing = { article: 'quarantine', section: 'How do I know if my application is in quarantine?' } as const
const why = { article: 'quarantine', section: 'Why is my application in quarantine?' } as const

/** Who is told. */
export const MAILBOX = 'it-ops@brightwave.example'
/** The key of the connected world. */
export const KEY_NAME = 'Microsoft Entra provisioning'
const HOUR_MS = 60 * 60 * 1000

/** From a revoked key to everything that tells of it. */
export const ENTER_STEPS: readonly Step[] = [
  {
    id: 'quarantine/2',
    title: 'Say who is to be told',
    say: 'Select Properties on the Overview, edit them, enable notification emails and give an address. Without one nobody is told.',
    source: knowing,
    at: {
      page: 'Entra, Dialpad, Provisioning, Properties',
      labels: ['Properties', 'Edit properties', 'Enable notification emails', 'Notification email address', 'Apply'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Properties', { within: 'Overview' })
      await desk.press('Edit properties')
      await desk.tick('Enable notification emails')
      await desk.fill('Notification email address', MAILBOX)
      await desk.press('Apply')
      await desk.see(MAILBOX)
    },
    async check(walk) {
      const { job } = await pictureEntra(walk.control.entra)
      return finding(
        `Mails are ${job?.notification.enabled ? 'on' : 'off'}, to ${job?.notification.email}.`,
        job?.notification.enabled === true,
        job?.notification.email === MAILBOX,
      )
    },
    wrong: [{ mistake: 'The address was left empty.', sign: 'Quarantine comes, and no mail ever.' }],
  },
  {
    id: 'quarantine/3',
    title: 'Somebody revokes the key in Dialpad',
    say: 'In Dialpad an administrator opens Authentication > API Keys and revokes the key that Entra uses.',
    source: why,
    at: { page: 'Dialpad, API Keys', labels: ['API Keys', 'Revoke', 'Revoke this API key?', 'Revoke'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await logInToDialpad(desk, PEOPLE.owner)
      await desk.press('Admin settings')
      await desk.press('API Keys', { within: 'Main' })
      await desk.pressInRow(KEY_NAME, 'Revoke')
      await desk.see('Revoke this API key?')
      await desk.press('Revoke')
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const key = keys.find(({ name }) => name === KEY_NAME)
      if (key === undefined) return missing(`key called "${KEY_NAME}"`)
      return finding(
        `The key ending in ${key.last4} ${key.revokedAt === undefined ? 'is still valid' : `was revoked at ${key.revokedAt}`}.`,
        key.revokedAt !== undefined,
      )
    },
  },
  {
    id: 'quarantine/4',
    title: 'The next cycle meets it',
    say: `A colleague assigns ${PEOPLE.first.name}. Forty minutes later the cycle is refused, and at once provisioning is in quarantine: one refused key is enough.`,
    source: knowing,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Add user/group', 'Assign', '+40 min', 'Overview', 'Provisioning is in quarantine'],
    },
    async solve(walk) {
      const colleague = await askColleague(walk)
      await openProvisioning(colleague)
      await turnTo(colleague, 'Users and groups')
      await assign(colleague, PEOPLE.first.name)
      await letCyclePass(walk)
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Overview')
      await desk.see('Provisioning is in quarantine')
    },
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      const refused = await exchanges(walk.control.dialpad, { kind: 'scim', status: 401 })
      const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.first.address)
      return finding(
        `${run?.quarantine?.reason ?? 'No quarantine'}; Dialpad answered ${refused.length} calls with 401; ${PEOPLE.first.name} has ${person === undefined ? 'no account' : 'an account'}.`,
        run?.quarantine?.reason === 'EncounteredQuarantineException',
        refused.length > 0,
        person === undefined,
      )
    },
    hints: ['A cycle with nothing to do calls nobody: a dead key shows when the first change comes.'],
  },
  {
    id: 'quarantine/5',
    title: 'Read the banner',
    say: 'It names the reason, the error code, what the application said, and the next attempt: six hours after the first failure, no longer in forty minutes.',
    source: why,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Reason', 'EncounteredQuarantineException', 'Error code', 'Next attempt', 'Update credentials'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Reason')
      await desk.see('EncounteredQuarantineException')
      await desk.see('Error code')
      await desk.see('Next attempt')
      await desk.see('Update credentials')
    },
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      const { quarantine } = run ?? {}
      if (!quarantine) return missing('quarantine')
      const hours = (Date.parse(quarantine.nextAttempt) - Date.parse(quarantine.since)) / HOUR_MS
      return finding(
        `${quarantine.error.code}; next attempt ${hours} hours after the first failure.`,
        quarantine.error.code === 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
        hours === 6,
      )
    },
  },
  {
    id: 'quarantine/6',
    title: 'Read the mail',
    say: 'One mail was sent to the notification address. Open it in the inbox of the kit.',
    source: knowing,
    at: { page: 'Kit home, Mail', labels: ['Mail', 'is in quarantine', 'EncounteredQuarantineException'] },
    async solve(walk) {
      const home = await walk.desk('kit')
      await home.open('/')
      await home.press('Mail', { within: 'Main' })
      await home.see('is in quarantine')
      await home.press('Provisioning of Dialpad is in quarantine')
      await home.see('EncounteredQuarantineException')
    },
    async check(walk) {
      const mails = await mailsTo(walk.control.kit, MAILBOX)
      return finding(
        `${mails.length} mail to ${MAILBOX}, from ${mails[0]?.from}: ${mails[0]?.subject}.`,
        mails.length === 1,
        mails[0]?.text.includes('EncounteredQuarantineException') === true,
      )
    },
    hints: ['The real service may take a day to write, and writes again only when the reason changes.'],
  },
  {
    id: 'quarantine/7',
    title: 'Find it in the audit logs',
    say: 'The banner shows what is; the audit logs show what was. Open the Audit logs of the app and filter by Activity: Quarantine.',
    source: knowing,
    at: { page: 'Entra, Dialpad, Audit logs', labels: ['Audit logs', 'Activity', 'Apply', 'Failure'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await desk.press('Enterprise apps', { within: 'Main' })
      await desk.press('Dialpad', { within: 'All applications' })
      await desk.press('Audit logs', { within: 'Pages of Dialpad' })
      await desk.choose('Activity', 'Quarantine')
      await desk.press('Apply')
      await desk.see('Failure', { within: 'Audit logs' })
    },
    async check(walk) {
      const { audit } = await pictureEntra(walk.control.entra)
      const events = audit.filter(({ activity }) => activity === 'Quarantine')
      const asked = await exchanges(walk.control.entra, { url: 'activity=Quarantine', status: 200 })
      return finding(
        `${events.length} event: ${events[0]?.result}, ${events[0]?.reason}`,
        events.length === 1,
        events[0]?.result === 'failure',
        asked.length > 0,
      )
    },
  },
  {
    id: 'quarantine/8',
    title: 'Wait, in vain',
    say: 'Six hours later the service tries again, is refused again, and waits longer: the interval grows to a day, and after four weeks provisioning is disabled.',
    source: knowing,
    at: { page: 'Kit home, Clock', labels: ['Clock', 'Advance'] },
    solve: (walk) => letPass(walk, 'PT6H'),
    async check(walk) {
      const { run } = await pictureEntra(walk.control.entra)
      const mails = await mailsTo(walk.control.kit, MAILBOX)
      const { quarantine } = run ?? {}
      if (!quarantine) return missing('quarantine')
      const hours = (Date.parse(quarantine.nextAttempt) - Date.parse(quarantine.since)) / HOUR_MS
      return finding(
        `${quarantine.failedAttempts} attempts failed; the next is ${hours} hours after the first. Mails so far: ${mails.length}.`,
        quarantine.failedAttempts === 2,
        hours === 12,
        mails.length === 1,
      )
    },
  },
]

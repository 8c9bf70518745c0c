import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import { letCycleEnd, openProvisioning, turnTo } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { askedSince, markDialpad } from '../witness/since.ts'
import { tellCycle } from '../witness/tell-cycle.ts'

const source = { article: 'quarantine', section: 'How do I get my application out of quarantine?' } as const

/** Name of the key that takes its place. */
export const NEW_KEY = 'Microsoft Entra, second key'

/** A restart that does not help, a new key, and the restart that does. */
export const LEAVE_STEPS: readonly Step[] = [
  {
    id: 'quarantine/9',
    title: 'Restart before the cause is gone',
    say: 'Select Restart provisioning now: the quarantine is lifted, the initial cycle is refused at its first call, and provisioning is in quarantine again.',
    source,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Restart provisioning', 'Provisioning is in quarantine'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await openProvisioning(desk)
      await desk.press('Restart provisioning')
      await letCycleEnd(walk)
      await desk.see('Provisioning is in quarantine')
    },
    async check(walk) {
      const { run, audit } = await pictureEntra(walk.control.entra)
      const restarts = audit.filter(({ activity }) => activity === 'Enable/restart provisioning configuration')
      return finding(
        `Restarts: ${restarts.length}. Last: ${tellCycle(run?.lastExecution)}; failed attempts in quarantine: ${run?.quarantine?.failedAttempts ?? 'none, it is not in quarantine'}.`,
        restarts.length === 1,
        run?.lastExecution?.kind === 'initial',
        run?.lastExecution?.state === 'Failed',
        run?.quarantine?.failedAttempts === 1,
      )
    },
    wrong: [
      {
        mistake: 'Provisioning is restarted while the key is still dead.',
        sign: 'It is back in quarantine within seconds.',
      },
    ],
  },
  {
    id: 'quarantine/10',
    title: 'Make a new key',
    say: 'In Dialpad add a key and copy its value.',
    source,
    at: { page: 'Dialpad, API Keys', labels: ['Add key', 'Name', 'Save', 'API key'] },
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.press('Add key')
      await desk.fill('Name', NEW_KEY)
      await desk.press('Save')
      const value = await desk.read('API key')
      await desk.see('API key')
      walk.keep.setSecret('newKey', value)
    },
    async check(walk) {
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const key = keys.find(({ name }) => name === NEW_KEY)
      if (key === undefined) return missing(`key called "${NEW_KEY}"`)
      return finding(`A key "${key.name}" ending in ${key.last4}.`, walk.keep.get('newKey').endsWith(key.last4))
    },
  },
  {
    id: 'quarantine/11',
    title: 'Enter it the wrong way',
    say: 'Under Connectivity paste the key with "Bearer " before it, as some descriptions of APIs write it, and test the connection: it fails.',
    source,
    at: {
      page: 'Entra, Dialpad, Connectivity',
      labels: ['Connectivity', 'Secret Token', 'Test connection', 'You appear to have entered invalid credentials'],
    },
    setup: markDialpad,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Connectivity')
      await desk.fill('Secret Token', `Bearer ${walk.keep.get('newKey')}`)
      await desk.press('Test connection')
      await desk.see('You appear to have entered invalid credentials')
    },
    async check(walk) {
      const asked = await askedSince(walk, 'GET', '/scim/Users')
      const refused = asked.filter(({ response }) => response?.status === 401)
      const { run } = await pictureEntra(walk.control.entra)
      return finding(`Dialpad answered ${refused.length} calls with 401.`, refused.length > 0, run?.quarantine !== null)
    },
    wrong: [{ mistake: 'The key was pasted with "Bearer " before it.', sign: 'The test fails with 401.' }],
  },
  {
    id: 'quarantine/12',
    title: 'Test it and save it',
    say: 'Paste the bare key, test the connection, and save. The credentials are replaced; the quarantine stands until the next attempt or a restart.',
    source,
    at: {
      page: 'Entra, Dialpad, Connectivity',
      labels: ['Secret Token', 'Test connection', 'The supplied credentials are authorized', 'Save'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.fill('Secret Token', walk.keep.get('newKey'))
      await desk.press('Test connection')
      await desk.see('The supplied credentials are authorized')
      await desk.press('Save')
      await desk.see('The connection was tested and the credentials were saved.')
    },
    async check(walk) {
      const { run, audit } = await pictureEntra(walk.control.entra)
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const used = keys.find(({ name }) => name === NEW_KEY)?.lastUsedAt
      const saved = audit.filter(({ activity }) => activity === 'Update provisioning setting or credentials')
      return finding(
        `The new key was ${used === undefined ? 'not used yet' : `used at ${used}`}; the audit logs tell of ${saved.length} changed settings; ${run?.quarantine === null ? 'no quarantine' : 'still in quarantine'}.`,
        used !== undefined,
        saved.length === 2,
        run?.quarantine !== null,
      )
    },
  },
  {
    id: 'quarantine/13',
    title: 'Restart, and be healthy',
    say: `On the Overview select Restart provisioning. The initial cycle succeeds, the quarantine is gone, and ${PEOPLE.first.name} has an account.`,
    source,
    at: {
      page: 'Entra, Dialpad, Provisioning, Overview',
      labels: ['Overview', 'Restart provisioning', 'Initial cycle completed.'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Overview')
      await desk.press('Restart provisioning')
      await letCycleEnd(walk)
      await desk.see('Initial cycle completed.')
    },
    async check(walk) {
      const { run, audit } = await pictureEntra(walk.control.entra)
      const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.first.address)
      const quarantines = audit.filter(({ activity }) => activity === 'Quarantine')
      return finding(
        `Last: ${tellCycle(run?.lastExecution)}; ${run?.quarantine === null ? 'no quarantine' : 'in quarantine'}; ${PEOPLE.first.name} is ${person?.state ?? 'not there'}; the audit logs keep ${quarantines.length} entries about quarantine.`,
        run?.lastExecution?.state === 'Succeeded',
        run?.quarantine === null,
        person?.state === 'active',
        quarantines.length > 1,
      )
    },
  },
]

import { finding, missing } from '../finding.ts'
import { GROUP, PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { tellCycle } from '../witness/tell-cycle.ts'

const source = { article: '001', section: 'Configure automatic user provisioning to Dialpad' } as const

/** As the article prints it. */
const TENANT_URL = 'https://dialpad.com/scim'
const MAILBOX = 'it-ops@brightwave.example'

/** Seed 001, "Configure automatic user provisioning to Dialpad". */
export const CONFIGURE_STEPS: readonly Step[] = [
  {
    id: '001/config/1',
    title: 'Be in the admin center',
    say: 'Sign in to the Microsoft Entra admin center as at least a Cloud Application Administrator. The session of before still holds.',
    source,
    at: { page: 'Entra, Home', labels: ['Entra ID'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await desk.see('Entra ID', { within: 'Main' })
    },
    async check(walk) {
      const seen = await exchanges(walk.control.entra, { url: '/admin', status: 200 })
      return finding(`The admin center answered ${seen.length} times.`, seen.length > 0)
    },
  },
  {
    id: '001/config/2',
    title: 'Browse to Enterprise apps',
    say: 'Go to Entra ID > Enterprise apps.',
    source,
    at: { page: 'Entra, Enterprise apps', labels: ['Entra ID', 'Enterprise apps'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Entra ID', { within: 'Main' })
      await desk.press('Enterprise apps', { within: 'Main' })
    },
    async check(walk) {
      const { app } = await pictureEntra(walk.control.entra)
      return app === undefined
        ? missing('Dialpad among the enterprise apps')
        : finding(`${app.displayName} is among the apps.`)
    },
  },
  {
    id: '001/config/3',
    title: 'Select Dialpad',
    say: 'Select Dialpad in the list of applications.',
    source,
    at: { page: 'Entra, Enterprise apps, All applications', labels: ['Dialpad'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Dialpad', { within: 'All applications' })
    },
    async check(walk) {
      const opened = await exchanges(walk.control.entra, { url: `/admin/apps/${walk.keep.get('appId')}`, status: 200 })
      return finding('The app is open.', opened.length > 0)
    },
  },
  {
    id: '001/config/4',
    title: 'Select Provisioning',
    say: 'Select Provisioning in the menu of the app.',
    source,
    at: { page: 'Entra, Dialpad', labels: ['Provisioning'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Provisioning', { within: 'Pages of Dialpad' })
    },
    async check(walk) {
      const { job } = await pictureEntra(walk.control.entra)
      return finding(
        job === undefined ? 'There is no configuration yet.' : 'There is a configuration already.',
        job === undefined,
      )
    },
  },
  {
    id: '001/config/5',
    title: 'Set a new configuration',
    say: 'Choose + New configuration.',
    source,
    at: { page: 'Entra, Dialpad, Provisioning', labels: ['+ New configuration'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('+ New configuration')
      await desk.see('Admin Credentials')
    },
    async check(walk) {
      const opened = await exchanges(walk.control.entra, { url: '/provisioning/new', status: 200 })
      return finding('The form is open.', opened.length > 0)
    },
  },
  {
    id: '001/config/6',
    title: 'Enter the credentials and test the connection',
    say: 'Under Admin Credentials enter https://dialpad.com/scim as Tenant URL and the key from Dialpad as Secret Token, and test the connection.',
    source,
    at: {
      page: 'Entra, New provisioning configuration',
      labels: ['Admin Credentials', 'Tenant URL', 'Secret Token', 'Test Connection'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Admin Credentials')
      await desk.fill('Tenant URL', TENANT_URL)
      await desk.fill('Secret Token', walk.keep.get('apiKey'))
      await desk.press('Test Connection')
      await desk.see('The supplied credentials are authorized to enable provisioning')
    },
    async check(walk) {
      const asked = await exchanges(walk.control.entra, { kind: 'http-out', url: 'dialpad.com/scim/Users' })
      const answered = await exchanges(walk.control.dialpad, {
        kind: 'scim',
        method: 'GET',
        url: '/scim/Users',
        status: 200,
      })
      const { keys } = await pictureDialpad(walk.control.dialpad)
      const used = keys.some((key) => key.lastUsedAt !== undefined)
      return finding(
        `Entra asked ${asked.at(-1)?.request?.url ?? 'nobody'}; Dialpad answered ${answered.length} look-ups with 200, and its key ${used ? 'has' : 'has not'} been used.`,
        asked.length > 0,
        answered.length > 0,
        used,
      )
    },
    hints: ['The address goes to the Dialpad of this kit: outbound calls to dialpad.com never leave the machine.'],
    wrong: [
      { mistake: 'The Tenant URL lacks /scim.', sign: 'The test fails: what answers is no SCIM.' },
      { mistake: 'The key was cut, revoked or has expired.', sign: 'The test fails with 401.' },
    ],
  },
  {
    id: '001/config/7',
    title: 'Create the configuration',
    say: 'Select Create.',
    source,
    at: { page: 'Entra, New provisioning configuration', labels: ['Create'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Create')
      await desk.see('Initial cycle not run.')
    },
    async check(walk) {
      const { job } = await pictureEntra(walk.control.entra)
      if (job === undefined) return missing('provisioning configuration')
      walk.keep.set('jobId', job.id)
      return finding(
        `Configuration ${job.id} for ${job.tenantUrl}, ${job.state}.`,
        job.tenantUrl === TENANT_URL,
        job.state === 'Paused',
      )
    },
  },
  {
    id: '001/config/8',
    title: 'Open its properties',
    say: 'Select Properties on the Overview page.',
    source,
    at: { page: 'Entra, Dialpad, Provisioning, Overview', labels: ['Overview', 'Properties'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Overview', { within: 'Provisioning of Dialpad' })
      await desk.press('Properties', { within: 'Overview' })
    },
    async check(walk) {
      const { job } = await pictureEntra(walk.control.entra)
      return finding(
        `Notification mails are ${job?.notification.enabled ? 'on' : 'off'}, scope: ${job?.scope}.`,
        job?.scope === 'assigned',
      )
    },
  },
  {
    id: '001/config/9',
    title: 'Edit the properties',
    say: 'Select the pencil. Enable notification mails and give an address, enable the prevention of accidental deletions, and apply.',
    source,
    at: {
      page: 'Entra, Dialpad, Provisioning, Properties',
      labels: ['Edit properties', 'Enable notification emails', 'Enable accidental deletions prevention', 'Apply'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Edit properties')
      await desk.tick('Enable notification emails')
      await desk.fill('Notification email address', MAILBOX)
      await desk.tick('Enable accidental deletions prevention')
      await desk.press('Apply')
      await desk.see(MAILBOX)
    },
    async check(walk) {
      const { job } = await pictureEntra(walk.control.entra)
      return finding(
        `Mails to ${job?.notification.email}, deletions guarded from ${job?.deletionGuard.threshold} on.`,
        job?.notification.enabled === true,
        job?.notification.email === MAILBOX,
        job?.deletionGuard.enabled === true,
      )
    },
  },
  {
    id: '001/config/10',
    title: 'Open the attribute mapping of users',
    say: 'Select Attribute Mapping in the left panel, then users.',
    source,
    at: { page: 'Entra, Dialpad, Provisioning, Attribute Mapping', labels: ['Attribute Mapping', 'Users'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Attribute Mapping', { within: 'Provisioning of Dialpad' })
      await desk.press('Users', { within: 'Attribute Mapping' })
    },
    async check(walk) {
      const opened = await exchanges(walk.control.entra, { url: '/provisioning/mapping/users', status: 200 })
      return finding('The mapping of users is open.', opened.length > 0)
    },
  },
  {
    id: '001/config/11',
    title: 'Review the mapping and save it',
    say: 'Review which attributes flow to Dialpad, and which is marked as Matching: accounts are found by it. Save.',
    source,
    at: { page: 'Entra, Dialpad, Provisioning, Attribute Mapping', labels: ['Attribute Mapping', 'Matching', 'Save'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Attribute Mapping')
      await desk.see('Matching')
      await desk.press('Save')
    },
    async check(walk) {
      const { job } = await pictureEntra(walk.control.entra)
      const targets = job?.schema.users.attributeMappings.map((row) => row.targetAttributeName) ?? []
      return finding(
        `${targets.length} attributes flow, ${targets[0]} first.`,
        targets.includes('userName'),
        targets.includes('active'),
      )
    },
    wrong: [{ mistake: 'The row for active was removed.', sign: 'Leavers stay active.' }],
  },
  {
    id: '001/config/12',
    title: 'Try it with one person',
    say: 'Use provisioning on demand to see what happens to one person before everybody follows.',
    source,
    at: { page: 'Entra, Dialpad, Provision on demand', labels: ['Provision on demand', 'Provision'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Provision on demand', { within: 'Provisioning of Dialpad' })
      await desk.fill('Select a user or group', PEOPLE.first.name)
      await desk.enter()
      await desk.press(PEOPLE.first.name)
      await desk.press('Provision')
      await desk.see('Perform action')
    },
    async check(walk) {
      const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.first.address)
      const created = await exchanges(walk.control.dialpad, {
        kind: 'scim',
        method: 'POST',
        url: '/scim/Users',
        status: 201,
      })
      const { log } = await pictureEntra(walk.control.entra)
      if (person === undefined) return missing(`account of ${PEOPLE.first.address} in Dialpad`)
      walk.keep.set('firstPersonId', person.id)
      return finding(
        `${PEOPLE.first.name} is ${person.state} in ${person.office} with ${person.numbers.join(', ') || 'no number'}; ${created.length} account was created.`,
        person.office === PEOPLE.first.office,
        person.numbers.length === 1,
        created.length === 1,
        log.some((entry) => entry.trigger === 'onDemand' && entry.action === 'Create' && entry.status === 'Success'),
      )
    },
  },
  {
    id: '001/config/13',
    title: 'Start provisioning',
    say: 'Select Start provisioning on the Overview page. The initial cycle runs at once; the next follows 40 minutes later.',
    source,
    at: { page: 'Entra, Dialpad, Provisioning, Overview', labels: ['Overview', 'Start provisioning'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Overview', { within: 'Provisioning of Dialpad' })
      await desk.press('Start provisioning')
      await desk.see('Initial cycle completed.')
    },
    async check(walk) {
      const { job, run, membersOf } = await pictureEntra(walk.control.entra)
      const dialpad = await pictureDialpad(walk.control.dialpad)
      const people = membersOf(GROUP).map((address) => dialpad.person(address))
      const active = people.filter((person) => person?.state === 'active' && person.groups.includes(GROUP))
      const byHand = dialpad.person(PEOPLE.byHand.address)
      return finding(
        `The configuration is ${job?.state ?? 'not there'}. Last: ${tellCycle(run?.lastExecution)}; ${run?.lastExecution?.counts.created ?? 0} created, ${run?.lastExecution?.counts.failed ?? 0} failed; ${active.length} of ${people.length} members of ${GROUP} are active in Dialpad and in its group; ${PEOPLE.byHand.name}, who was there before, is of origin ${byHand?.origin ?? 'unknown: there is no account'}${byHand?.groups.includes(GROUP) ? ' and in the group' : ' and not in the group'}.`,
        job?.state === 'Active',
        run?.lastExecution?.state === 'Succeeded',
        active.length === people.length && people.length > 0,
        byHand?.origin === 'portal',
      )
    },
    wrong: [{ mistake: 'Start provisioning was forgotten.', sign: '"Initial cycle not run.", 0% complete.' }],
  },
]

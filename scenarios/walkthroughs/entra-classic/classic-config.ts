import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Step, StepSource, Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { tellCycle } from '../witness/tell-cycle.ts'

/** As the articles print it. */
const TENANT_URL = 'https://dialpad.com/scim'
const MAILBOX = 'it-ops@brightwave.example'

/** One edition of the chapter that configures provisioning in one long form. */
export interface ClassicEdition {
  readonly article: StepSource['article']
  readonly section: string
  /** Numbers of the instructions, in the order of the steps; several instructions may be one step. */
  readonly numbers: readonly string[]
  /** Prefix of the same instructions in another article. */
  readonly also?: string
  /** What the link of the mapping of users is called. */
  readonly mapping: string
}

const openJob = async (walk: Walk) => (await pictureEntra(walk.control.entra)).job
const ENTRA = 'Azure portal, Dialpad, Provisioning'

/** The chapter's steps: from the list of applications to the first cycle (reference 10.2). */
export function classicConfigSteps(edition: ClassicEdition): readonly Step[] {
  const { article, section, numbers, also, mapping } = edition
  const steps: readonly Omit<Step, 'id' | 'source'>[] = [
    {
      title: 'Go to all enterprise applications',
      say: 'In the Azure portal select Enterprise applications, then All applications.',
      at: { page: 'Azure portal', labels: ['Enterprise applications', 'All applications'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.press('Enterprise applications', { within: 'Main' })
        await desk.press('All applications', { within: 'Pages of Enterprise applications' })
      },
      async check(walk) {
        const { app } = await pictureEntra(walk.control.entra)
        return app === undefined
          ? missing('Dialpad among the enterprise applications')
          : finding(`${app.displayName} is among the applications.`)
      },
    },
    {
      title: 'Select Dialpad',
      say: 'Select Dialpad in the list of applications.',
      at: { page: 'Azure portal, All applications', labels: ['Dialpad'] },
      async solve(walk) {
        await (await walk.desk('entra')).press('Dialpad', { within: 'All applications' })
      },
      async check(walk) {
        const { app } = await pictureEntra(walk.control.entra)
        const opened = await exchanges(walk.control.entra, { url: `/admin/apps/${app?.id}`, status: 200 })
        return finding('The app is open.', opened.length > 0)
      },
    },
    {
      title: 'Select Provisioning',
      say: 'Select the Provisioning tab.',
      at: { page: 'Azure portal, Dialpad', labels: ['Provisioning'] },
      async solve(walk) {
        await (await walk.desk('entra')).press('Provisioning', { within: 'Pages of Dialpad' })
      },
      async check(walk) {
        const job = await openJob(walk)
        return finding(`There is ${job === undefined ? 'no' : 'a'} configuration.`, job === undefined)
      },
    },
    {
      title: 'Set the mode to Automatic',
      say: 'Set the Provisioning Mode to Automatic: the rest of the form appears.',
      at: { page: ENTRA, labels: ['Provisioning Mode', 'Admin Credentials'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.choose('Provisioning Mode', 'Automatic')
        await desk.see('Admin Credentials')
      },
      async check(walk) {
        const seen = await exchanges(walk.control.entra, { url: '/provisioning', status: 200 })
        return finding('The form is open; nothing is saved yet.', seen.length > 0, (await openJob(walk)) === undefined)
      },
    },
    {
      title: 'Enter the credentials and test the connection',
      say: 'Under Admin Credentials enter https://dialpad.com/scim as Tenant URL and the key as Secret Token, and select Test Connection.',
      at: { page: ENTRA, labels: ['Admin Credentials', 'Tenant URL', 'Secret Token', 'Test Connection'] },
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
        const { keys } = await pictureDialpad(walk.control.dialpad)
        const used = keys.some((key) => key.lastUsedAt !== undefined)
        return finding(
          `Entra asked ${asked.at(-1)?.request?.url ?? 'nobody'}; the key ${used ? 'has' : 'has not'} been used.`,
          asked.length > 0,
          used,
        )
      },
      wrong: [
        { mistake: 'The key was pasted with "Bearer " before it.', sign: 'The test fails with 401.' },
        { mistake: 'The Tenant URL lacks /scim.', sign: 'The test fails: what answers is no SCIM.' },
      ],
    },
    {
      title: 'Say who receives error notifications',
      say: 'Enter the address of a person or group in Notification Email and tick Send an email notification when a failure occurs.',
      at: { page: ENTRA, labels: ['Notification Email', 'Send an email notification when a failure occurs'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.fill('Notification Email', MAILBOX)
        await desk.tick('Send an email notification when a failure occurs')
      },
      async check(walk) {
        const job = await openJob(walk)
        return finding('The form is filled in; nothing is saved yet.', job === undefined)
      },
      wrong: [{ mistake: 'The address was left out.', sign: 'Save is refused: the older portal needs one.' }],
    },
    {
      title: 'Save',
      say: 'Select Save. Mappings and Settings appear.',
      at: { page: ENTRA, labels: ['Save', 'Mappings', 'Settings'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.press('Save', { within: 'Provisioning' })
        await desk.see('Mappings')
        await desk.see('Settings')
      },
      async check(walk) {
        const job = await openJob(walk)
        if (job === undefined) return missing('provisioning configuration')
        return finding(
          `Configuration for ${job.tenantUrl}, ${job.state}; mails to ${job.notification.email}.`,
          job.tenantUrl === TENANT_URL,
          job.state === 'Paused',
          job.notification.enabled,
          job.notification.email === MAILBOX,
        )
      },
    },
    {
      title: 'Open the mapping of users',
      say: `Under Mappings select ${mapping}.`,
      at: { page: ENTRA, labels: ['Mappings', mapping] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.see('Mappings')
        await desk.press(mapping)
      },
      async check(walk) {
        const opened = await exchanges(walk.control.entra, { url: '/provisioning/mapping/users', status: 200 })
        return finding('The mapping of users is open.', opened.length > 0)
      },
    },
    {
      title: 'Review the mapping and save it',
      say: 'Review the attributes that are synchronized. Those selected as Matching are what accounts are found by. Select Save.',
      at: { page: 'Azure portal, Dialpad, Attribute Mapping', labels: ['Attribute Mapping', 'Matching', 'Save'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.see('Attribute Mapping')
        await desk.see('Matching')
        await desk.press('Save')
      },
      async check(walk) {
        const rows = (await openJob(walk))?.schema.users.attributeMappings ?? []
        return finding(
          `${rows.length} attributes flow, ${rows[0]?.targetAttributeName} first.`,
          rows.some((row) => row.targetAttributeName === 'active'),
        )
      },
    },
    {
      title: 'See where scoping filters are set',
      say: 'Scoping filters are set under Source Object Scope, which says All records; an article of their own tells how.',
      at: { page: 'Azure portal, Dialpad, Attribute Mapping', labels: ['Source Object Scope', 'All records'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.see('Source Object Scope')
        await desk.see('All records')
      },
      async check(walk) {
        const filters = (await openJob(walk))?.schema.users.scopingFilters ?? []
        return finding(`There are ${filters.length} scoping filters.`, filters.length === 0)
      },
    },
    {
      title: 'Turn provisioning on',
      say: 'Under Settings change the Provisioning Status to On.',
      at: { page: ENTRA, labels: ['Settings', 'Provisioning Status', 'On'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.press('Provisioning', { within: 'Pages of Dialpad' })
        await desk.see('Settings')
        await desk.see('Provisioning Status')
        await desk.tick('On', true, { within: 'Provisioning Status' })
      },
      async check(walk) {
        const job = await openJob(walk)
        return finding(`The configuration is ${job?.state} until it is saved.`, job?.state === 'Paused')
      },
    },
    {
      title: 'Choose the scope',
      say: 'Say who is provisioned by choosing a value in Scope.',
      at: { page: ENTRA, labels: ['Scope'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.choose('Scope', 'Sync only assigned users and groups')
      },
      async check(walk) {
        const job = await openJob(walk)
        return finding(`The scope is ${job?.scope}.`, job?.scope === 'assigned')
      },
    },
    {
      title: 'Save: the initial synchronization starts',
      say: 'Select Save. The initial synchronization starts at once; Synchronization Details tells how far it is.',
      at: { page: ENTRA, labels: ['Save', 'Synchronization Details', 'Initial cycle completed.'] },
      async solve(walk) {
        const desk = await walk.desk('entra')
        await desk.press('Save', { within: 'Provisioning' })
        await desk.see('Synchronization Details')
        await desk.see('Initial cycle completed.')
      },
      async check(walk) {
        const { job, run, assigned } = await pictureEntra(walk.control.entra)
        const person = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.first.address)
        const last = run?.lastExecution
        return finding(
          `Last: ${tellCycle(last)}; ${last?.counts.created ?? 0} created. Assigned: ${assigned.join(', ') || 'nobody'}; ${PEOPLE.first.name} is ${person?.state ?? 'not there'}.`,
          job?.state === 'Active',
          last?.state === 'Succeeded',
          person?.state === 'active',
        )
      },
      wrong: [
        { mistake: 'Nobody was assigned before.', sign: 'The cycle completes, and Statistics to date show 0 users.' },
      ],
    },
  ]
  if (steps.length !== numbers.length) throw new Error(`${article} numbers ${numbers.length} of ${steps.length} steps.`)
  return steps.map((step, index) => {
    const number = numbers[index]
    const sameElsewhere = also === undefined ? {} : { also: `${also}${number}` }
    return { ...step, id: `${article}/config/${number}`, source: { article, section, ...sameElsewhere } }
  })
}

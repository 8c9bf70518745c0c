import { assign } from '../entra-lifecycle/assign.ts'
import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import { askColleague, changePerson, openProvisioning, turnTo, viewDetails } from '../provisioning-pages.ts'
import type { Desk, Step, Walk } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { type EntraLogEntry, pictureEntra } from '../witness/entra.ts'
import { exchanges } from '../witness/exchanges.ts'
import { askedSince, markDialpad } from '../witness/since.ts'

const using = { article: 'on-demand', section: 'How to use on-demand provisioning' } as const
const scope = { article: 'on-demand', section: 'Step 3: Determine if user is in scope' } as const
const action = { article: 'on-demand', section: 'Step 5: Perform action' } as const

const { joins, blocked } = PEOPLE
/** What the person becomes. */
export const NEW_TITLE = 'Senior Account Executive'

/** Find somebody on the page and choose them. */
export async function chooseOnDemand(desk: Desk, name: string): Promise<void> {
  await desk.fill('Select a user or group', name)
  await desk.press('Search', { within: 'Users and groups' })
  await desk.press(name, { within: 'Users and groups' })
  await desk.see('Selected user or group')
}

/** What was done on demand for somebody, newest last. */
export async function onDemandEntries(walk: Walk, name: string): Promise<readonly EntraLogEntry[]> {
  const { log } = await pictureEntra(walk.control.entra)
  return log.filter((entry) => entry.trigger === 'onDemand' && entry.source.displayName === name)
}

/** The newest entry of Provision on demand in words, as a sentence: what was tried, and how it ended. */
function tellEntry(entry: EntraLogEntry | undefined): string {
  if (entry === undefined) return `${joins.name} was not provisioned on demand yet.`
  const { action: tried, status, outcome } = entry
  return `The newest entry: ${tried}, ${status}${outcome === undefined ? '' : `, ${outcome.code}`}.`
}

/** One person: why nothing happens, what happens when something does, and who cannot be chosen. */
export const PEOPLE_STEPS: readonly Step[] = [
  {
    id: 'on-demand/2',
    title: 'Try somebody who is not assigned',
    say: `Select Provision on demand, search for ${joins.name} and select Provision. Nothing is sent: the person is not in scope.`,
    source: using,
    at: {
      page: 'Entra, Dialpad, Provision on demand',
      labels: [
        'Provision on demand',
        'Select a user or group',
        'Provision',
        'Determine if user is in scope',
        'Skipped',
      ],
    },
    setup: markDialpad,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Provision on demand')
      await chooseOnDemand(desk, joins.name)
      await desk.press('Provision')
      await desk.see('Determine if user is in scope')
      await desk.see('Skipped')
    },
    async check(walk) {
      const entry = (await onDemandEntries(walk, joins.name)).at(-1)
      const person = (await pictureDialpad(walk.control.dialpad)).person(joins.address)
      const created = await askedSince(walk, 'POST', '/scim/Users')
      return finding(
        `${tellEntry(entry)} ${created.length} accounts were created.`,
        entry?.status === 'Skipped',
        entry?.outcome?.code === 'NotEffectivelyEntitled',
        person === undefined,
        created.length === 0,
      )
    },
    wrong: [
      {
        mistake: 'Provisioning somebody who was not assigned first.',
        sign: 'Action: Other, Skipped, NotEffectivelyEntitled.',
      },
    ],
  },
  {
    id: 'on-demand/3',
    title: 'See which condition does not hold',
    say: 'Select View details of "Determine if user is in scope": the person is active, and not assigned to the application.',
    source: scope,
    at: {
      page: 'Entra, Dialpad, Provision on demand, result',
      labels: ['Determine if user is in scope', 'View details', 'Assigned to the application'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await viewDetails(desk, 'Determine if user is in scope')
      await desk.see('Assigned to the application')
    },
    async check(walk) {
      const entry = (await onDemandEntries(walk, joins.name)).at(-1)
      const details = entry?.steps.find(({ type }) => type === 'scoping')?.details ?? {}
      return finding(
        `Active in the source system: ${details['Active in the source system']}; assigned to the application: ${details['Assigned to the application']}.`,
        details['Active in the source system'] === 'True',
        details['Assigned to the application'] === 'False',
      )
    },
  },
  {
    id: 'on-demand/4',
    title: 'Assign, retry, and meet a connection that fails',
    say: `While the result stays open a colleague assigns ${joins.name}. Select Retry. Dialpad happens to refuse the key this once: a card "Test connection" comes first and says so.`,
    source: { article: 'on-demand', section: 'Step 1: Test connection' },
    at: {
      page: 'Entra, Dialpad, Provision on demand, result',
      labels: ['Add user/group', 'Assign', 'Retry', 'Test connection'],
    },
    async setup(walk) {
      await walk.control.dialpad.putFaults([{ on: 'scim.users.list', effect: { status: 401 }, times: 1 }])
    },
    async solve(walk) {
      const colleague = await askColleague(walk)
      await openProvisioning(colleague)
      await turnTo(colleague, 'Users and groups')
      await assign(colleague, joins.name)
      const desk = await walk.desk('entra')
      await desk.press('Retry')
      await desk.see('Test connection')
    },
    async check(walk) {
      const entry = (await onDemandEntries(walk, joins.name)).at(-1)
      const { run, assigned } = await pictureEntra(walk.control.entra)
      return finding(
        `${tellEntry(entry)} ${run?.quarantine ? 'The job is in quarantine.' : 'The job is not in quarantine: it was one object, on demand.'}`,
        assigned.includes(joins.address),
        entry?.status === 'Failure',
        entry?.outcome?.code === 'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
        run?.quarantine === null,
      )
    },
    hints: [
      'In the real product it may take minutes until an assignment is seen here; the simulation sees it at once.',
      'The card is there only when the connection fails.',
    ],
    wrong: [
      {
        mistake: 'The key was revoked, or the application cannot filter by the matching attribute.',
        sign: 'The card "Test connection" stays, however often you retry.',
      },
    ],
  },
  {
    id: 'on-demand/5',
    title: 'Retry',
    say: 'The trouble has passed. Select Retry: the account is created at once.',
    source: action,
    at: { page: 'Entra, Dialpad, Provision on demand, result', labels: ['Retry', 'Action: Create', 'Perform action'] },
    setup: markDialpad,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Retry')
      await desk.see('Action: Create')
      await desk.see('Perform action')
    },
    async check(walk) {
      const entry = (await onDemandEntries(walk, joins.name)).at(-1)
      const person = (await pictureDialpad(walk.control.dialpad)).person(joins.address)
      const created = await askedSince(walk, 'POST', '/scim/Users')
      if (person === undefined) return missing(`account of ${joins.address} in Dialpad`)
      return finding(
        `${entry?.action}, ${entry?.status}: ${joins.name} is ${person.state} in ${person.office}, by ${created.length} POST.`,
        entry?.action === 'Create',
        entry?.status === 'Success',
        person.state === 'active',
        created.length === 1,
      )
    },
  },
  {
    id: 'on-demand/6',
    title: 'Read the cards',
    say: 'One card for each step: what was imported, why the person is in scope, that no account matched, and which attributes were sent. Select View details of the last.',
    source: { article: 'on-demand', section: 'Understand the provisioning steps' },
    at: {
      page: 'Entra, Dialpad, Provision on demand, result',
      labels: [
        'Import user',
        'Determine if user is in scope',
        'Match user between source and target system',
        'Perform action',
        'View details',
        'Target attribute',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.see('Import user')
      await desk.see('Determine if user is in scope')
      await desk.see('Match user between source and target system')
      await viewDetails(desk, 'Perform action')
      await desk.see('Target attribute')
    },
    async check(walk) {
      const entry = (await onDemandEntries(walk, joins.name)).at(-1)
      const types = entry?.steps.map(({ type }) => type) ?? []
      const userName = entry?.modified.find(({ name }) => name === 'userName')
      return finding(
        `Steps: ${types.join(', ')}; ${entry?.modified.length} attributes, userName ${userName?.newValue}.`,
        types.join() === 'import,scoping,matching,export',
        userName?.newValue === joins.address,
        userName?.oldValue === null,
      )
    },
  },
  {
    id: 'on-demand/7',
    title: 'Provision a change',
    say: `A colleague gives ${joins.name} a new title. Provision another object, the same person: one attribute differs, and its old and new value are shown.`,
    source: action,
    at: {
      page: 'Entra, Dialpad, Provision on demand',
      labels: ['Provision another object', 'Select a user or group', 'Provision', 'Action: Update', 'Old value'],
    },
    setup: markDialpad,
    async solve(walk) {
      await changePerson(walk, joins.name, 'Job title', NEW_TITLE)
      const desk = await walk.desk('entra')
      await desk.press('Provision another object')
      await chooseOnDemand(desk, joins.name)
      await desk.press('Provision')
      await desk.see('Action: Update')
      await viewDetails(desk, 'Perform action')
      await desk.see('Old value')
    },
    async check(walk) {
      const entry = (await onDemandEntries(walk, joins.name)).at(-1)
      const person = (await pictureDialpad(walk.control.dialpad)).person(joins.address)
      const patches = await askedSince(walk, 'PATCH', '/scim/Users/')
      const names = entry?.modified.map(({ name }) => name) ?? []
      return finding(
        `The last entry about ${joins.name} changed ${names.length === 1 ? `${names.join()}, from "${entry?.modified[0]?.oldValue}" to "${entry?.modified[0]?.newValue}"` : `${names.length} attributes`}; the title in Dialpad is "${person?.title ?? ''}", by ${patches.length} PATCH.`,
        names.join() === 'title',
        person?.title === NEW_TITLE,
        patches.length === 1,
      )
    },
  },
  {
    id: 'on-demand/8',
    title: 'Once more: nothing is left to do',
    say: 'Select Retry: both systems agree, so the action is Other and nothing is sent.',
    source: action,
    at: { page: 'Entra, Dialpad, Provision on demand, result', labels: ['Retry', 'Action: Other', 'RedundantExport'] },
    setup: markDialpad,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Retry')
      await desk.see('Action: Other')
      await desk.see('RedundantExport')
    },
    async check(walk) {
      const entry = (await onDemandEntries(walk, joins.name)).at(-1)
      const patches = await askedSince(walk, 'PATCH', '/scim/Users/')
      return finding(
        `${tellEntry(entry)} ${patches.length} PATCH was sent.`,
        entry?.outcome?.code === 'RedundantExport',
        patches.length === 0,
      )
    },
  },
  {
    id: 'on-demand/9',
    title: 'Look for somebody who is blocked',
    say: `Search for ${blocked.name}, who may not sign in: disabled people cannot be chosen, so nobody is found.`,
    source: { article: 'on-demand', section: 'Known limitations' },
    at: {
      page: 'Entra, Dialpad, Provision on demand',
      labels: ['Provision another object', 'Select a user or group', 'Nobody was found'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Provision another object')
      await desk.fill('Select a user or group', blocked.name)
      await desk.press('Search', { within: 'Users and groups' })
      await desk.see('Nobody was found')
    },
    async check(walk) {
      const person = (await pictureEntra(walk.control.entra)).person(blocked.address)
      const searched = await exchanges(walk.control.entra, { url: '/on-demand?q=Victor', status: 200 })
      const entries = await onDemandEntries(walk, blocked.name)
      return finding(
        `${blocked.name} is there, and sign-in is ${person?.accountEnabled ? 'allowed' : 'blocked'}; nothing was provisioned.`,
        person?.accountEnabled === false,
        searched.length > 0,
        entries.length === 0,
      )
    },
    hints: [
      'Somebody who was unassigned can still be disabled on demand. Somebody disabled or deleted in Entra waits for a cycle.',
    ],
  },
]

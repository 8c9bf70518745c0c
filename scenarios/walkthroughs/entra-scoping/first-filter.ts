import { chooseOnDemand, onDemandEntries } from '../entra-on-demand/people-on-demand.ts'
import { finding } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import { openProvisioning, turnTo, viewDetails } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { askedSince, markDialpad } from '../witness/since.ts'
import { FILTER_TITLE, openScope, pictureScope, saveFilters } from './filters.ts'

const source = { article: 'scoping', section: 'Create a scoping filter' } as const
const SCOPE_PAGE = 'Entra, Dialpad, Attribute Mapping, Source Object Scope'

/** Define a filter, see what it would do, correct it, save it, and see what it did. */
export const FILTER_STEPS: readonly Step[] = [
  {
    id: 'scoping/2',
    title: 'Open Source Object Scope',
    say: 'Select Attribute Mapping, then Users. Source Object Scope says All records: a new configuration has no filters. Select it.',
    source,
    at: {
      page: 'Entra, Dialpad, Attribute Mapping',
      labels: ['Attribute Mapping', 'Users', 'Source Object Scope', 'All records', 'Add scoping filter'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Attribute Mapping')
      await desk.press('Users', { within: 'Attribute Mapping' })
      await openScope(desk, 'All records')
      await desk.see('Add scoping filter')
    },
    async check(walk) {
      const { filters, active, members, found } = await pictureScope(walk)
      return finding(found, filters.length === 0, active.length === members.length, members.length === 5)
    },
  },
  {
    id: 'scoping/3',
    title: 'Define a clause, in the wrong case',
    say: 'Select Add scoping filter: Attribute Name department, Operator EQUALS, Attribute Value support. Give it a Scoping Filter Title and select OK. The page tells who would drop out: everybody.',
    source,
    at: {
      page: SCOPE_PAGE,
      labels: [
        'Add scoping filter',
        'Attribute Name',
        'Operator',
        'Attribute Value',
        'Scoping Filter Title',
        'OK',
        'Saving takes objects out of scope',
      ],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Add scoping filter')
      await desk.choose('Attribute Name', 'department')
      await desk.choose('Operator', 'EQUALS')
      await desk.fill('Attribute Value', 'support')
      await desk.fill('Scoping Filter Title', FILTER_TITLE)
      await desk.press('OK')
      await desk.see('Saving takes objects out of scope')
      await desk.see('5 of the 5 people')
    },
    async check(walk) {
      const { filters, active, members, found } = await pictureScope(walk)
      return finding(`Nothing is saved yet. ${found}`, filters.length === 0, active.length === members.length)
    },
    wrong: [
      {
        mistake: 'The value is not written as in the directory: support instead of Support.',
        sign: 'The page warns that 5 of the 5 people provisioned now would leave scope. The real product only asks for a confirmation and names nobody.',
      },
    ],
  },
  {
    id: 'scoping/4',
    title: 'Think again',
    say: 'Select Save. The portal asks first, because everybody is looked at anew and whoever is out of scope is disabled. Answer No.',
    source,
    at: { page: 'Entra, Dialpad, Attribute Mapping, Save changes', labels: ['Save', 'Save changes?', 'No'] },
    setup: markDialpad,
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.press('Save', { within: 'Commands' })
      await desk.see('Save changes?')
      await desk.press('No')
      await desk.see('There are unsaved changes')
    },
    async check(walk) {
      const { filters, active, members, found } = await pictureScope(walk)
      const sent = await askedSince(walk, 'PATCH', '/scim/')
      return finding(
        `${found} Dialpad got ${sent.length} PATCH since.`,
        filters.length === 0,
        active.length === members.length,
        sent.length === 0,
      )
    },
  },
  {
    id: 'scoping/5',
    title: 'Correct the case',
    say: 'Back under Source Object Scope edit the filter: Support, as the directory writes it. Now two of five would drop out, those of Sales.',
    source,
    at: {
      page: SCOPE_PAGE,
      labels: ['Source Object Scope', `Edit ${FILTER_TITLE}`, 'Attribute Value', 'OK', '2 of the 5 people'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await openScope(desk, FILTER_TITLE)
      await desk.press(`Edit ${FILTER_TITLE}`)
      await desk.fill('Attribute Value', 'Support')
      await desk.press('OK')
      await desk.see('2 of the 5 people')
      await desk.see(PEOPLE.seller.name)
    },
    async check(walk) {
      const { filters, found } = await pictureScope(walk)
      return finding(`Nothing is saved yet. ${found}`, filters.length === 0)
    },
  },
  {
    id: 'scoping/6',
    title: 'Save, and confirm',
    say: 'Select Save and answer Yes: an initial cycle begins. Whoever dropped out is suspended in Dialpad, nobody is deleted.',
    source,
    at: {
      page: SCOPE_PAGE,
      labels: ['Save', 'Save changes?', 'Yes', 'The mapping was saved'],
    },
    async solve(walk) {
      await saveFilters(walk, await walk.desk('entra'))
    },
    async check(walk) {
      const { filters, active, last, found } = await pictureScope(walk)
      const seller = (await pictureDialpad(walk.control.dialpad)).person(PEOPLE.seller.address)
      return finding(
        `${last?.kind} cycle: ${last?.counts.disabled} disabled. ${found}`,
        filters.length === 1,
        last?.kind === 'initial',
        last?.counts.disabled === 2,
        active.length === 3,
        seller?.state === 'suspended',
      )
    },
    hints: [
      'SkipOutOfScopeDeletions, a secret set through Graph, keeps the accounts of whoever drops out; it has no page.',
      'With accidental deletions prevention the cycle stops when more drop out than the threshold allows.',
    ],
  },
  {
    id: 'scoping/7',
    title: 'Ask why somebody is out',
    say: `Provision ${PEOPLE.seller.name} on demand: the card of the scope shows title, attribute, operator and value of the clause, and that it does not hold.`,
    source: { article: 'on-demand', section: 'Step 3: Determine if user is in scope' },
    at: {
      page: 'Entra, Dialpad, Provision on demand',
      labels: ['Provision on demand', 'Provision', 'Determine if user is in scope', 'View details', FILTER_TITLE],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await openProvisioning(desk)
      await turnTo(desk, 'Provision on demand')
      await chooseOnDemand(desk, PEOPLE.seller.name)
      await desk.press('Provision')
      await viewDetails(desk, 'Determine if user is in scope')
      await desk.see(FILTER_TITLE)
    },
    async check(walk) {
      const entry = (await onDemandEntries(walk, PEOPLE.seller.name)).at(-1)
      const details = entry?.steps.find(({ type }) => type === 'scoping')?.details ?? {}
      const { assigned } = await pictureEntra(walk.control.entra)
      return finding(
        details['ScopeEvaluationResult'] === undefined
          ? `Nobody was asked about yet: there is no entry of Provision on demand. Assigned through ${assigned.join(', ') || 'nothing'}.`
          : `Assigned through ${assigned.join(', ')}: ${details['Assigned to the application']}; ${details['ScopeEvaluationResult']}.`,
        details['Assigned to the application'] === 'True',
        details['Scoping filter evaluation passed'] === 'False',
        details['ScopeEvaluationResult']?.includes('EQUALS') === true,
      )
    },
  },
]

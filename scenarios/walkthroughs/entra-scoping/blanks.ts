import { finding } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import { changePerson, turnTo } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { FILTER_TITLE, openScope, pictureScope, saveFilters } from './filters.ts'

const source = { article: 'scoping', section: 'Create a scoping filter' } as const
const construction = { article: 'scoping', section: 'Scoping filter construction' } as const
const SCOPE_PAGE = 'Entra, Dialpad, Attribute Mapping, Source Object Scope'

/** Name of the filter for people without a department. */
export const BLANK_TITLE = 'Without department'
const { supporter } = PEOPLE

/** People without a value: no clause about it holds for them but IS NULL. */
export const BLANK_STEPS: readonly Step[] = [
  {
    id: 'scoping/8',
    title: 'Say it the other way round, and lose the blanks',
    say: `A colleague clears the department of ${supporter.name}. Change the filter to NOT EQUALS Sales and save: one would think that everybody outside Sales stays, but a clause about an empty attribute does not hold.`,
    source,
    at: {
      page: SCOPE_PAGE,
      labels: ['Attribute Mapping', `Edit ${FILTER_TITLE}`, 'Operator', 'Attribute Value', 'OK', 'Save', 'Yes'],
    },
    async solve(walk) {
      await changePerson(walk, supporter.name, 'Department', '')
      const desk = await walk.desk('entra')
      await turnTo(desk, 'Attribute Mapping')
      await desk.press('Users', { within: 'Attribute Mapping' })
      await openScope(desk, FILTER_TITLE)
      await desk.press(`Edit ${FILTER_TITLE}`)
      await desk.choose('Operator', 'NOT EQUALS')
      await desk.fill('Attribute Value', 'Sales')
      await desk.press('OK')
      await saveFilters(walk, desk)
    },
    async check(walk) {
      const { active, found } = await pictureScope(walk)
      const blank = (await pictureEntra(walk.control.entra)).person(supporter.address)
      const account = (await pictureDialpad(walk.control.dialpad)).person(supporter.address)
      return finding(
        `${supporter.name} has ${blank?.department === undefined ? 'no department' : blank.department} and is ${account?.state}. ${found}`,
        blank?.department === undefined,
        account?.state === 'suspended',
        active.length === 2,
      )
    },
    wrong: [
      {
        mistake: 'NOT EQUALS is taken for "everybody else".',
        sign: 'People whose attribute is empty drop out too.',
      },
    ],
  },
  {
    id: 'scoping/9',
    title: 'Let the blanks in by a second filter',
    say: 'Clauses of one filter must all hold; of several filters one is enough. Add a second one: department IS NULL.',
    source: construction,
    at: {
      page: SCOPE_PAGE,
      labels: ['Add scoping filter', 'Attribute Name', 'Operator', 'Scoping Filter Title', 'OK', 'Save', 'Yes'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await openScope(desk, FILTER_TITLE)
      await desk.press('Add scoping filter')
      await desk.choose('Attribute Name', 'department')
      await desk.choose('Operator', 'IS NULL')
      await desk.fill('Scoping Filter Title', BLANK_TITLE)
      await desk.press('OK')
      await saveFilters(walk, desk)
    },
    async check(walk) {
      const { active, filters, found } = await pictureScope(walk)
      return finding(found, filters.length === 2, active.includes(supporter.address), active.length === 3)
    },
    wrong: [
      {
        mistake: 'IS NULL was added as a clause of the first filter.',
        sign: 'Nobody passes: both clauses would have to hold.',
      },
    ],
  },
  {
    id: 'scoping/10',
    title: 'Back to all records',
    say: 'Delete both filters and save: Source Object Scope says All records again, and whoever was suspended is active under the same account.',
    source,
    at: {
      page: SCOPE_PAGE,
      labels: [`Delete ${FILTER_TITLE}`, `Delete ${BLANK_TITLE}`, 'All records', 'Save', 'Yes'],
    },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await openScope(desk, `${FILTER_TITLE}, ${BLANK_TITLE}`)
      await desk.press(`Delete ${FILTER_TITLE}`)
      await desk.press(`Delete ${BLANK_TITLE}`)
      await desk.see('All records')
      await saveFilters(walk, desk)
    },
    async check(walk) {
      const { active, filters, members, last, found } = await pictureScope(walk)
      return finding(
        `${last?.kind} cycle: ${last?.counts.created} created, ${last?.counts.updated} updated. ${found}`,
        filters.length === 0,
        active.length === members.length,
        last?.counts.created === 0,
      )
    },
  },
]

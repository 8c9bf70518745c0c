import { chooseOnDemand, onDemandEntries } from '#scenarios/walkthroughs/entra-on-demand/people-on-demand.ts'
import { BLANK_TITLE } from '#scenarios/walkthroughs/entra-scoping/blanks.ts'
import { ENTRA_SCOPING } from '#scenarios/walkthroughs/entra-scoping/entra-scoping.ts'
import { FILTER_TITLE, openScope, pictureScope, saveFilters } from '#scenarios/walkthroughs/entra-scoping/filters.ts'
import { finding } from '#scenarios/walkthroughs/finding.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { changePerson, openProvisioning, turnTo } from '#scenarios/walkthroughs/provisioning-pages.ts'
import type { Desk, Walk } from '#scenarios/walkthroughs/walkthrough.ts'
import { pictureDialpad } from '#scenarios/walkthroughs/witness/dialpad.ts'
import { pictureEntra } from '#scenarios/walkthroughs/witness/entra.ts'
import { tellOpened } from '#scenarios/walkthroughs/witness/pages-opened.ts'
import type { Course } from '../lesson.ts'
import { AT_HOME, atProvisioning, demands, openingLesson } from './provisioning-lessons.ts'
import { formsOf, visits } from './visits.ts'

const SCOPING = '/provisioning/mapping/users/scoping'
const SAVE = '/provisioning/mapping/users/save'
const { seller, supporter } = PEOPLE

/** The saved filters, as values of their clauses. */
const clausesOf = async (walk: Walk) => (await pictureScope(walk)).filters.flatMap(({ clauses }) => clauses)

/** From the mapping of users: a filter on the department. */
async function filterDepartment(desk: Desk, value: string): Promise<void> {
  await openScope(desk, 'All records')
  await desk.press('Add scoping filter')
  await desk.choose('Attribute Name', 'department')
  await desk.choose('Operator', 'EQUALS')
  await desk.fill('Attribute Value', value)
  await desk.fill('Scoping Filter Title', FILTER_TITLE)
  await desk.press('OK')
}

/** To Source Object Scope, which says `now`. */
async function openFilters(walk: Walk, now = FILTER_TITLE): Promise<Desk> {
  const desk = await walk.desk('entra')
  await desk.open('/admin')
  await openProvisioning(desk)
  await turnTo(desk, 'Attribute Mapping')
  await desk.press('Users', { within: 'Attribute Mapping' })
  await openScope(desk, now)
  return desk
}

async function turnFilterRound(walk: Walk, value: string): Promise<void> {
  const desk = await openFilters(walk)
  await desk.press(`Edit ${FILTER_TITLE}`)
  await desk.choose('Operator', 'NOT EQUALS')
  await desk.fill('Attribute Value', value)
  await desk.press('OK')
  await saveFilters(walk, desk)
}

const departmentOf = async (walk: Walk) =>
  (await pictureEntra(walk.control.entra)).person(supporter.address)?.department

export const ENTRA_SCOPING_COURSE: Course = {
  id: ENTRA_SCOPING.id,
  walkthrough: ENTRA_SCOPING,
  lessons: [
    openingLesson('scoping/1'),
    {
      steps: ['scoping/2'],
      start: atProvisioning(),
      async check(walk) {
        const opened = await visits(walk, SCOPING)
        return finding(await tellOpened(walk, 'entra', 'Source Object Scope', opened), opened > 0)
      },
      hints: [
        'Filters belong to a mapping.',
        'The mapping of users says which of them are in scope.',
        'Attribute Mapping, Users, and below Source Object Scope the link All records.',
      ],
      wrong: [
        {
          mistake: 'Opened the mapping of groups.',
          hint: 'These are the groups. People are filtered in the mapping of users.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await desk.press('Attribute Mapping', { within: 'Provisioning of Dialpad' })
            await desk.press('Groups', { within: 'Attribute Mapping' })
          },
          shows: async (walk) => (await visits(walk, '/provisioning/mapping/groups')) > 0,
        },
        {
          mistake: 'Looked under Users and groups.',
          hint: 'There you choose who is assigned. A filter narrows the assigned people down, and belongs to the mapping.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await openProvisioning(desk)
            await desk.press('Users and groups', { within: 'Provisioning of Dialpad' })
          },
          shows: async (walk) => (await visits(walk, '/users')) > 0,
        },
      ],
    },
    {
      steps: ['scoping/3', 'scoping/4', 'scoping/5', 'scoping/6'],
      start: atProvisioning(SCOPING.replace('/provisioning', '')),
      async check(walk) {
        const { filters, active, found } = await pictureScope(walk)
        const clauses = await clausesOf(walk)
        const account = (await pictureDialpad(walk.control.dialpad)).person(seller.address)
        return finding(
          found,
          filters.length === 1,
          clauses.map(({ attribute, operator, value }) => `${attribute} ${operator} ${value}`).join() ===
            'department EQUALS Support',
          active.length === 3,
          account?.state === 'suspended',
        )
      },
      hints: [
        'All of it happens under Source Object Scope of the mapping of users.',
        'Write the value as the directory does, and save only when the page says that 2 of the 5 people would drop out.',
        'Add scoping filter: department, EQUALS, support, a title, OK. Save, No. Edit the filter: Support, OK. Save, Yes.',
      ],
      wrong: [
        {
          mistake: 'The filter was saved with the value in the wrong case.',
          hint: 'EQUALS compares to the letter: nobody is in "support", so everybody is suspended. Edit the filter, write Support as the directory does, and save again: the same accounts become active.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Attribute Mapping')
            await desk.press('Users', { within: 'Attribute Mapping' })
            await filterDepartment(desk, 'support')
            await saveFilters(walk, desk)
          },
          shows: async (walk) => (await clausesOf(walk)).some(({ value }) => value === 'support'),
        },
        {
          mistake: 'The question whether to save was answered with No, and it stayed at that.',
          hint: 'What is not saved does nothing: provisioning goes on with all records. Correct the filter, select Save, and answer Yes.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Attribute Mapping')
            await desk.press('Users', { within: 'Attribute Mapping' })
            await filterDepartment(desk, 'Support')
            await desk.press('Save', { within: 'Commands' })
            await desk.press('No')
          },
          shows: async (walk) => (await visits(walk, SAVE)) > 0 && (await clausesOf(walk)).length === 0,
        },
        {
          mistake: 'The filter was taken over with OK and never saved.',
          hint: 'OK puts it on the page only. Select Save above the filters, and answer Yes.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await turnTo(desk, 'Attribute Mapping')
            await desk.press('Users', { within: 'Attribute Mapping' })
            await filterDepartment(desk, 'Support')
          },
          shows: async (walk) =>
            (await formsOf(walk, 'entra', { url: `${SCOPING}/new`, status: 303 })) > 0 &&
            (await clausesOf(walk)).length === 0,
        },
      ],
    },
    {
      steps: ['scoping/7'],
      start: AT_HOME,
      hints: [
        'Provision on demand tells about one person why, and sends nothing for somebody out of scope.',
        `Provision ${seller.name}, and unfold what is behind "Determine if user is in scope".`,
        `Enterprise apps, Dialpad, Provisioning, Provision on demand; search for ${seller.name}, select the name, Provision, View details.`,
      ],
      wrong: [
        {
          mistake: 'Somebody else was provisioned on demand.',
          hint: `For somebody who is in scope the filter holds. Provision ${seller.name}, of Sales.`,
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await openProvisioning(desk)
            await turnTo(desk, 'Provision on demand')
            await chooseOnDemand(desk, supporter.name)
            await desk.press('Provision')
          },
          shows: async (walk) => (await demands(walk)) > 0 && (await onDemandEntries(walk, seller.name)).length === 0,
        },
        {
          mistake: `${seller.name} was chosen and not provisioned.`,
          hint: 'To choose somebody says nothing yet. Select Provision: the cards come with the result.',
          async attempt(walk) {
            const desk = await walk.desk('entra')
            await openProvisioning(desk)
            await turnTo(desk, 'Provision on demand')
            await chooseOnDemand(desk, seller.name)
          },
          shows: async (walk) => (await visits(walk, '/on-demand?object=')) > 0 && (await demands(walk)) === 0,
        },
      ],
    },
    {
      steps: ['scoping/8'],
      start: atProvisioning(),
      hints: [
        'The department is in the directory, the filter in the mapping of users.',
        `Empty the department of ${supporter.name}, and turn the operator round: NOT EQUALS Sales.`,
        `Users, ${supporter.name}, Properties, Department empty, Save. Then Attribute Mapping, Users, ${FILTER_TITLE}, Edit ${FILTER_TITLE}, Operator NOT EQUALS, Attribute Value Sales, OK, Save, Yes.`,
      ],
      wrong: [
        {
          mistake: `The department of ${supporter.name} was cleared and the filter left as it is.`,
          hint: 'The filter still says EQUALS. Edit it: NOT EQUALS, Sales.',
          attempt: (walk) => changePerson(walk, supporter.name, 'Department', ''),
          shows: async (walk) =>
            (await departmentOf(walk)) === undefined &&
            (await clausesOf(walk)).every(({ operator }) => operator === 'EQUALS'),
        },
        {
          mistake: 'NOT EQUALS was given the value in the wrong case.',
          hint: 'NOT EQUALS compares to the letter too: nobody is in "sales", so whoever has a department passes, those of Sales among them. Write Sales.',
          async attempt(walk) {
            await changePerson(walk, supporter.name, 'Department', '')
            await turnFilterRound(walk, 'sales')
          },
          shows: async (walk) => (await clausesOf(walk)).some(({ value }) => value === 'sales'),
        },
        {
          mistake: `The filter was turned round and ${supporter.name} still has a department.`,
          hint: 'It is about people without a value. Empty the department under Users, Properties; the cycle after sees it.',
          attempt: (walk) => turnFilterRound(walk, 'Sales'),
          shows: async (walk) =>
            (await departmentOf(walk)) !== undefined &&
            (await clausesOf(walk)).some(({ operator }) => operator === 'NOT EQUALS'),
        },
      ],
    },
    {
      steps: ['scoping/9'],
      start: atProvisioning('/mapping/users'),
      hints: [
        'It is a second filter beside the first, not a second clause in it.',
        'Of several filters one is enough; of the clauses of one all must hold.',
        `${FILTER_TITLE} below Source Object Scope, Add scoping filter, department, IS NULL, a title, OK, Save, Yes.`,
      ],
      wrong: [
        {
          mistake: 'IS NULL was added as a clause of the first filter.',
          hint: 'Both clauses would have to hold at once, so nobody passes. Remove the clause, and add a filter of its own.',
          async attempt(walk) {
            const desk = await openFilters(walk)
            await desk.press(`Edit ${FILTER_TITLE}`)
            await desk.press('Add new filter clause')
            await desk.choose('Attribute Name', 'department', { within: 'Clause 2' })
            await desk.choose('Operator', 'IS NULL', { within: 'Clause 2' })
            await desk.press('OK')
            await saveFilters(walk, desk)
          },
          shows: async (walk) => (await pictureScope(walk)).filters.some(({ clauses }) => clauses.length > 1),
        },
        {
          mistake: 'The second filter says IS NOT NULL.',
          hint: 'That lets in everybody who has a department, and again not those without. Choose IS NULL.',
          async attempt(walk) {
            const desk = await openFilters(walk)
            await desk.press('Add scoping filter')
            await desk.choose('Attribute Name', 'department')
            await desk.choose('Operator', 'IS NOT NULL')
            await desk.fill('Scoping Filter Title', 'With department')
            await desk.press('OK')
            await saveFilters(walk, desk)
          },
          shows: async (walk) => (await clausesOf(walk)).some(({ operator }) => operator === 'IS NOT NULL'),
        },
      ],
    },
    {
      steps: ['scoping/10'],
      start: atProvisioning('/mapping/users'),
      hints: [
        'Under Source Object Scope each filter has its own Delete.',
        'Delete both: with none left it says All records. Nothing changes before it is saved.',
        `Select ${FILTER_TITLE}, ${BLANK_TITLE}; then Delete ${FILTER_TITLE}, Delete ${BLANK_TITLE}, Save, Yes.`,
      ],
      wrong: [
        {
          mistake: 'One filter was deleted and the other left.',
          hint: 'As long as there is a filter, whoever passes none is out. Delete the other too, and save.',
          async attempt(walk) {
            const desk = await openFilters(walk, `${FILTER_TITLE}, ${BLANK_TITLE}`)
            await desk.press(`Delete ${FILTER_TITLE}`)
            await saveFilters(walk, desk)
          },
          shows: async (walk) => (await pictureScope(walk)).filters.length === 1,
        },
        {
          mistake: 'The filters were deleted and the mapping not saved.',
          hint: 'They are deleted when the mapping is saved. Select Save, and answer Yes.',
          async attempt(walk) {
            const desk = await openFilters(walk, `${FILTER_TITLE}, ${BLANK_TITLE}`)
            await desk.press(`Delete ${FILTER_TITLE}`)
          },
          shows: async (walk) =>
            (await formsOf(walk, 'entra', { url: `${SCOPING}/delete`, status: 303 })) > 0 &&
            (await pictureScope(walk)).filters.length === 2,
        },
      ],
    },
  ],
}

import { openDialpadSettings } from '../dialpad-portal.ts'
import { finding } from '../finding.ts'
import type { Step } from '../walkthrough.ts'
import { markJournals, pagesSince } from '../witness/okta-since.ts'
import { ATTRIBUTE, HOLDERS, pictureLicence, retryTask, setLicence, TABLE, VALUES, WHICH } from './licence.ts'

const { displayName } = ATTRIBUTE
const MISSPELT = 'dialpad-talk'
const REFUSED = 'is not a license type'

/** Values that fit, and one that does not. */
export const VALUE_STEPS: readonly Step[] = [
  {
    id: 'licences/8',
    title: 'See the product in Dialpad',
    say: `In Dialpad, Admin settings > Users: ${HOLDERS.support.name} has a Support license, the product the article still calls Contact Center. Open her.`,
    source: TABLE,
    at: { page: 'Dialpad, Users', labels: ['My Company', 'Users', HOLDERS.support.name, 'Support'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await openDialpadSettings(walk)
      await desk.press('Users', { within: 'Main' })
      await desk.openRow(HOLDERS.support.name, 'Support')
    },
    async check(walk) {
      const { person, found } = await pictureLicence(walk, HOLDERS.support.address)
      const opened = await pagesSince(walk, 'dialpad', `/users/${person?.id}`)
      return finding(found, opened > 0, person?.licence === 'lite_support_agents')
    },
    hints: [
      'Dialpad renamed its products twice; the values in SCIM stayed.',
      'The column License of Users names the product.',
      `Admin settings, Users, ${HOLDERS.support.name}.`,
    ],
    wrong: [
      {
        mistake: 'A product called Contact Center is looked for.',
        sign: 'There is none: today it is called Support.',
      },
      {
        mistake: 'Her number is expected to be gone.',
        sign: 'It is still there: only whoever is created with this licence gets none.',
      },
    ],
  },
  {
    id: 'licences/9',
    title: 'Sell',
    say: `Write dialpad_sell into the profile of ${HOLDERS.sell.name}: Dialpad Sell. London has two such licenses.`,
    source: TABLE,
    at: { page: `Okta, People, ${HOLDERS.sell.name}`, labels: ['People', 'Profile', 'Edit', displayName, 'Save'] },
    setup: markJournals,
    async solve(walk) {
      await setLicence(walk, HOLDERS.sell.name, 'dialpad_sell')
    },
    async check(walk) {
      const { person, hasSent, found } = await pictureLicence(walk, HOLDERS.sell.address)
      return finding(found, hasSent('dialpad_sell'), person?.licence === 'agents')
    },
    hints: [
      'From here on a licence is one field of a person.',
      'Directory > People finds by the beginning of a name.',
      `${HOLDERS.sell.name} > Profile > Edit, ${displayName} dialpad_sell, Save.`,
    ],
    wrong: [
      {
        mistake: 'The product name, Dialpad Sell, is written as the value.',
        sign: 'Dialpad refuses it: only the values of the table count.',
      },
      {
        mistake: 'The licence is changed in Dialpad by hand.',
        sign: 'The next push of any attribute writes the one of Okta over it.',
      },
    ],
  },
  {
    id: 'licences/10',
    title: 'A value that is misspelt',
    say: `Write ${MISSPELT} into the profile of ${HOLDERS.talk.name}, with a hyphen. Dialpad refuses with 400; Dashboard > Tasks says what Dialpad said.`,
    source: TABLE,
    at: {
      page: 'Okta, Tasks',
      labels: [
        'People',
        'Profile',
        'Edit',
        displayName,
        'Save',
        'Tasks',
        'Application updates encountered errors',
        REFUSED,
      ],
    },
    setup: markJournals,
    async solve(walk) {
      await setLicence(walk, HOLDERS.talk.name, MISSPELT)
      const desk = await walk.desk('okta')
      await desk.press('Tasks', { within: 'Main' })
      await desk.see('Application updates encountered errors')
      await desk.see(REFUSED)
    },
    async check(walk) {
      const { account, person, puts, okta, found } = await pictureLicence(walk, HOLDERS.talk.address)
      return finding(
        `${found} ${okta.tasks.at(-1) ?? 'No task.'}`,
        puts.at(-1)?.response?.status === 400,
        account?.syncState === 'ERROR',
        person?.licence === 'talk',
        okta.tasks.some((message) => message.includes(MISSPELT) && message.includes(REFUSED)),
      )
    },
    hints: [
      'Okta does not know what Dialpad takes: a string is a string.',
      'The switch unknown-licence lets Dialpad fall back to the default instead of refusing.',
      `${HOLDERS.talk.name} > Profile > Edit, ${displayName} ${MISSPELT}, Save; then Dashboard > Tasks.`,
    ],
    wrong: [
      {
        mistake: 'Only the licence is thought to be lost.',
        sign: 'The whole profile was refused: a title changed in the same breath is not there either.',
      },
      {
        mistake: 'The error is looked for on the page of the person.',
        sign: 'It is in the row of Assignments, and under Tasks.',
      },
    ],
  },
  {
    id: 'licences/11',
    title: 'Retry alone does not help',
    say: 'Tick the task and press Retry Selected. The profile goes as it is, and Dialpad refuses it again.',
    source: TABLE,
    at: { page: 'Okta, Tasks', labels: ['Tasks', REFUSED, 'Retry Selected', 'Tasks', REFUSED] },
    setup: markJournals,
    async solve(walk) {
      await retryTask(walk, REFUSED)
      const desk = await walk.desk('okta')
      await desk.press('Tasks', { within: 'Main' })
      await desk.see(REFUSED)
    },
    async check(walk) {
      const { puts, okta, found } = await pictureLicence(walk, HOLDERS.talk.address)
      return finding(
        `${found} ${okta.tasks.length} task is open.`,
        puts.length === 1,
        puts[0]?.response?.status === 400,
        okta.tasks.length === 1,
      )
    },
    hints: [
      'Retrying helps where the cause was mended elsewhere.',
      'The box stands before the text of the task.',
      'Dashboard > Tasks, tick it, Retry Selected.',
    ],
    wrong: [
      {
        mistake: 'Mark Selected Complete is pressed.',
        sign: 'The task is gone, nothing was sent, and the row of the person stays red.',
      },
      {
        mistake: 'Nothing is ticked.',
        sign: 'Select at least one task.',
      },
    ],
  },
  {
    id: 'licences/12',
    title: 'Talk: correct the value',
    say: `Write dialpad_talk into the profile of ${HOLDERS.talk.name}. The change is pushed by itself, and the task closes: nothing has to be retried.`,
    source: TABLE,
    at: { page: `Okta, People, ${HOLDERS.talk.name}`, labels: ['People', 'Profile', 'Edit', displayName, 'Save'] },
    setup: markJournals,
    async solve(walk) {
      await setLicence(walk, HOLDERS.talk.name, 'dialpad_talk')
    },
    async check(walk) {
      const { account, person, okta, hasSent, found } = await pictureLicence(walk, HOLDERS.talk.address)
      return finding(
        `${found} ${okta.tasks.length} tasks are open.`,
        hasSent('dialpad_talk'),
        person?.licence === 'talk',
        account?.syncState === 'SYNCHRONIZED',
        okta.tasks.length === 0,
      )
    },
    hints: [
      'The cause was in Okta, so it is mended in Okta.',
      'Case does not matter to Dialpad, letters do.',
      `${HOLDERS.talk.name} > Profile > Edit, ${displayName} dialpad_talk, Save.`,
    ],
    wrong: [
      {
        mistake: 'The value is corrected on the assignment instead of the profile.',
        sign: 'It is right from then on, and Individual: the profile no longer decides.',
      },
      {
        mistake: 'The field is emptied.',
        sign: 'Okta keeps an empty text, and Dialpad the licence it had.',
      },
    ],
  },
]

/** The five values stand beside one another. */
export const TABLE_STEP: Step = {
  id: 'licences/18',
  title: 'All five in Dialpad',
  say: 'Admin settings > Users: the column License shows Connect, Support, Sell, Talk (Lite) and T-Mobile for Business. Filter by the last.',
  source: WHICH,
  at: {
    page: 'Dialpad, Users',
    labels: ['Users', 'Connect', 'Support', 'Sell', 'Talk (Lite)', 'T-Mobile for Business', 'License', 'Filter'],
  },
  setup: markJournals,
  async solve(walk) {
    const desk = await openDialpadSettings(walk)
    await desk.press('Users', { within: 'Main' })
    for (const product of ['Connect', 'Support', 'Sell', 'Talk (Lite)', 'T-Mobile for Business']) {
      await desk.see(product, { within: 'Active or pending users' })
    }
    await desk.choose('License', 'T-Mobile for Business')
    await desk.press('Filter')
    await desk.see(HOLDERS.tfb.name)
  },
  async check(walk) {
    const { dialpad } = await pictureLicence(walk, HOLDERS.tfb.address)
    const filtered = await pagesSince(walk, 'dialpad', 'licence=magenta_lines')
    const held = Object.values(HOLDERS).map(({ address }) => dialpad.person(address)?.licence ?? 'none')
    return finding(
      `The five people hold ${held.join(', ')}.`,
      filtered > 0,
      VALUES.every(({ licence }) => held.includes(licence)),
    )
  },
  hints: [
    'The names are those of today; the table of the article has those of 2022.',
    'Users of the company lists every office; each office has a list of its own.',
    'Users, License T-Mobile for Business, Filter.',
  ],
  wrong: [
    {
      mistake: 'Connect is taken for a licence that nobody asked for.',
      sign: 'It is what Talk is called today, and what everybody gets whose request names none.',
    },
    {
      mistake: 'Somebody suspended is looked for.',
      sign: 'The list leaves them out; a search finds them.',
    },
  ],
}

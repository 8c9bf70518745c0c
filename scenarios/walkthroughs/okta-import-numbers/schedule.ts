import { openDialpadUser } from '../dialpad-portal.ts'
import { finding } from '../finding.ts'
import { openAppTab } from '../okta-pages.ts'
import { letPass } from '../provisioning-pages.ts'
import type { Step } from '../walkthrough.ts'
import { tellRun } from '../witness/okta-imports.ts'
import { markJournals } from '../witness/okta-since.ts'
import { numbersOf, pictureRun } from './importing.ts'
import { LEAD } from './numbers.ts'

const source = { article: 'import-users', section: 'Import users from an app' } as const

/** The import that runs by itself. */
export const SCHEDULE_STEPS: readonly Step[] = [
  {
    id: 'numbers/9',
    title: 'Import every day',
    say: 'Dialpad > Provisioning > To Okta > Edit: Schedule import Every day, Save.',
    source,
    at: {
      page: 'Okta, Dialpad, Provisioning, To Okta',
      labels: ['Provisioning', 'To Okta', 'Edit', 'Schedule import', 'Save'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Provisioning')
      await desk.press('To Okta', { within: 'Settings' })
      await desk.press('Edit', { within: 'Provisioning to Okta' })
      await desk.choose('Schedule import', 'Every day')
      await desk.press('Save')
      await desk.see('Edit', { within: 'Provisioning to Okta' })
    },
    async check(walk) {
      const { schedule, run } = await pictureRun(walk)
      const due = (await walk.control.okta.due()).find(({ what }) => what.startsWith('Import'))
      return finding(
        `Schedule import is ${schedule}; the next is due at ${due?.at ?? 'no time'}. ${tellRun(run)}`,
        schedule === 'daily',
        due !== undefined,
      )
    },
    hints: [
      'An import that nobody runs leaves Okta with the numbers of yesterday.',
      'To Okta is the second entry of the list at the left of Provisioning.',
      'Edit, Schedule import Every day, Save.',
    ],
    wrong: [
      {
        mistake: 'Save is forgotten.',
        sign: 'The fields are grey again, and say Never.',
      },
      {
        mistake: 'An import of the schedule is expected at once.',
        sign: 'The first comes after a day.',
      },
    ],
  },
  {
    id: 'numbers/10',
    title: 'A number changes, and a day passes',
    say: `In Dialpad, Users > ${LEAD.name} > Options > Swap number: a new number of the office's area code. Let a day pass on the kit home: the import of the schedule brings it.`,
    source,
    at: {
      page: 'Dialpad, Users, and kit home, Clock',
      labels: [
        'Users',
        LEAD.name,
        'Options',
        'Swap number',
        'New number of an area code',
        'Swap number',
        'Clock',
        'Advance',
      ],
    },
    async setup(walk) {
      await markJournals(walk)
      walk.keep.set('numberBeforeSwap', numbersOf(await pictureRun(walk), LEAD.address).inOkta ?? 'none')
    },
    async solve(walk) {
      const portal = await openDialpadUser(walk, LEAD.name)
      await portal.press('Options')
      await portal.press('Swap number')
      await portal.tick('New number of an area code')
      await portal.press('Swap number')
      await letPass(walk, 'P1D')
    },
    async check(walk) {
      const picture = await pictureRun(walk)
      const { run, hasReadUsers } = picture
      const before = walk.keep.get('numberBeforeSwap')
      const { inOkta, inDialpad } = numbersOf(picture, LEAD.address)
      return finding(
        `${tellRun(run)} ${LEAD.name}: ${before} before, ${inOkta ?? 'none'} in Okta and ${inDialpad ?? 'none'} in Dialpad now.`,
        run?.scheduled === true,
        hasReadUsers,
        inOkta !== undefined && inOkta === inDialpad,
        inOkta !== before,
      )
    },
    hints: [
      'Nothing tells Okta of a change in Dialpad: only an import sees it.',
      'The clock of all systems is on the kit home.',
      'Swap the number in Dialpad; then Clock, Duration P1D, Advance.',
    ],
    wrong: [
      {
        mistake: 'The number is typed into the profile in Okta.',
        sign: 'The next import writes Dialpad’s over it, and Dialpad never hears of it.',
      },
      {
        mistake: 'The clock of one system alone is moved.',
        sign: 'The import runs, and the two systems live in different days.',
      },
    ],
  },
]

import { openDialpadSettings, openDialpadUser } from '../dialpad-portal.ts'
import { finding } from '../finding.ts'
import { openAppTab } from '../okta-pages.ts'
import { PEOPLE } from '../people.ts'
import type { Step, Walk } from '../walkthrough.ts'
import { tellRun } from '../witness/okta-imports.ts'
import { markJournals } from '../witness/okta-since.ts'
import { confirm, importNow, pictureRun } from './importing.ts'

const STOPPED = 'Import stopped by the safeguard'
const DELETED = [PEOPLE.supporter, PEOPLE.byHand] as const
const source = { article: 'import-safeguards', section: 'App-level import safeguards' } as const

async function deleteInDialpad(walk: Walk, name: string): Promise<void> {
  const portal = await openDialpadUser(walk, name)
  await portal.press('Delete')
  await portal.see('Delete this user?')
  await portal.press(`Delete ${name} (${DELETED.find((each) => each.name === name)?.address})`)
  await portal.see('is deleted')
}

/** People who are gone in Dialpad: held back, let through, and one brought back. */
export const SAFEGUARD_STEPS: readonly Step[] = [
  {
    id: 'numbers/11',
    title: 'Too many are gone: the import stops',
    say: `In Dialpad somebody deletes ${DELETED[0].name} and ${DELETED[1].name}. Import Now: two of seven would lose the app, more than the safeguard's 20 %. The import stops, and nobody loses anything.`,
    source,
    at: {
      page: 'Dialpad, Users, and Okta, Dialpad, Import',
      labels: [
        'Users',
        DELETED[0].name,
        'Delete',
        'Delete this user?',
        'Import Now',
        STOPPED,
        '2 people would lose Dialpad.',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      for (const { name } of DELETED) await deleteInDialpad(walk, name)
      const desk = await importNow(walk)
      await desk.see(STOPPED)
      await desk.see('2 people would lose Dialpad.')
    },
    async check(walk) {
      const { run, okta, safeguard, written, events } = await pictureRun(walk)
      const kept = DELETED.filter(({ address }) => okta.account(address) !== undefined)
      return finding(
        `${tellRun(run)} ${run?.heldBack?.length ?? 0} are held back at ${safeguard?.percent} %; ${kept.length} of them are still assigned.`,
        run?.state === 'ROADBLOCK',
        run?.heldBack?.length === 2,
        safeguard?.enabled === true,
        kept.length === 2,
        events('roadblock') > 0,
        written.length === 0,
      )
    },
    hints: [
      'Somebody who is missing from the list is counted as removed; a page that failed to load would look the same.',
      'The share is that of the people who have the app; a second threshold counts the whole org.',
      'Delete the two in Dialpad, Users; then Import > Import Now. A day has passed: sign in again where you are asked to.',
    ],
    wrong: [
      {
        mistake: 'The safeguard is switched off because it stopped an import.',
        sign: 'The next mistake in Dialpad unassigns everybody in one run.',
      },
      {
        mistake: 'They are suspended instead of deleted.',
        sign: 'Nothing is held back: suspended users are still in the list.',
      },
    ],
  },
  {
    id: 'numbers/12',
    title: 'Resume the import',
    say: 'It was meant so: press Resume Import. The two lose their assignment; nothing is sent, since there is no account to deactivate.',
    source,
    at: {
      page: 'Okta, Dialpad, Import',
      labels: [STOPPED, 'Resume Import', 'The import went on: 2 people lost Dialpad.'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Import')
      await desk.see(STOPPED)
      await desk.press('Resume Import')
      await desk.see('The import went on: 2 people lost Dialpad.')
    },
    async check(walk) {
      const { run, okta, written } = await pictureRun(walk)
      const kept = DELETED.filter(({ address }) => okta.account(address) !== undefined)
      const people = DELETED.filter(({ address }) => okta.person(address)?.status === 'ACTIVE')
      return finding(
        `${tellRun(run)} ${kept.length} of the two are assigned; ${people.length} of them are active in Okta; ${written.length} calls changed something.`,
        run?.state === 'DONE',
        run?.users?.removed === 2,
        kept.length === 0,
        people.length === 2,
        written.length === 0,
      )
    },
    hints: [
      'Nobody is deactivated in Okta: Dialpad is not the source of people here.',
      'The button stands in the banner of the stopped import.',
      'Import, Resume Import.',
    ],
    wrong: [
      {
        mistake: 'Import Now is pressed again to get on.',
        sign: 'It stops at the same place: only Resume Import goes on.',
      },
      {
        mistake: 'It is resumed without asking who they are.',
        sign: 'They lose the app; bringing them back is work for each.',
      },
    ],
  },
  {
    id: 'numbers/13',
    title: 'Bring one back',
    say: `${DELETED[1].name} was deleted by mistake. In Dialpad, Users > Deleted Users > Restore, within 72 hours. Import Now: he is an exact match, and confirmed he is linked as before, with his number.`,
    source: { article: 'import-users', section: 'Import users from an app' },
    at: {
      page: 'Dialpad, Users, and Okta, Dialpad, Import',
      labels: ['Users', 'Deleted Users', 'Restore', 'Import Now', 'Exact match', 'Confirm Assignments'],
    },
    setup: markJournals,
    async solve(walk) {
      const portal = await openDialpadSettings(walk)
      await portal.press('Users', { within: 'Main' })
      await portal.press('Deleted Users')
      await portal.pressInRow(DELETED[1].name, 'Restore')
      await portal.see('is restored')
      const desk = await importNow(walk)
      await desk.see('Exact match')
      await confirm(desk, DELETED[1].address, false)
    },
    async check(walk) {
      const { run, okta, dialpad } = await pictureRun(walk)
      const { address, name } = DELETED[1]
      const account = okta.account(address)
      const person = dialpad.person(address)
      return finding(
        `${tellRun(run)} ${name} is ${person?.state ?? 'gone'} in Dialpad with ${person?.numbers.length ?? 0} number, and ${account === undefined ? 'not assigned' : 'linked'} in Okta.`,
        person?.state === 'active',
        account?.externalId !== undefined && account.externalId === person?.id,
      )
    },
    hints: [
      'The account is the old one, with its id: that is why it can be linked again.',
      'Deleted Users is a tab of Users in Dialpad.',
      `Restore ${DELETED[1].name}; then Import Now, tick him, Confirm Assignments.`,
    ],
    wrong: [
      {
        mistake: 'He is assigned in Okta before he is restored in Dialpad.',
        sign: 'Okta finds nobody and makes a second account, with another number.',
      },
      {
        mistake: 'It is left until after 72 hours.',
        sign: 'He is not in the list any more, and his number is in reserve.',
      },
    ],
  },
]

import { openDialpadSettings } from '../dialpad-portal.ts'
import { finding, missing } from '../finding.ts'
import { openAppTab } from '../okta-pages.ts'
import { addressOf, PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { tellRun } from '../witness/okta-imports.ts'
import { markJournals } from '../witness/okta-since.ts'
import { confirm, importNow, pictureRun } from './importing.ts'

const source = { article: 'import-users', section: 'Import users from an app' } as const

/** Somebody who is added in Dialpad by hand, and unknown to Okta. */
export const NEWCOMER = { address: addressOf('noor.haas'), given: 'Noor', family: 'Haas' } as const

/** Import now: accounts that match somebody, and one that is new. */
export const MATCH_STEPS: readonly Step[] = [
  {
    id: 'numbers/2',
    title: 'Import Now',
    say: 'Press Import Now. Okta reads Dialpad’s users and groups, a hundred at a time. Six users: five it knows, and the administrator, who has an account that nobody assigned. She is an exact match.',
    source,
    at: { page: 'Okta, Dialpad, Import', labels: ['Import Now', 'Last import', 'Import Results', 'Exact match'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await importNow(walk)
      await desk.see('Import Results')
      await desk.see('Exact match')
    },
    async check(walk) {
      const { run, rows, okta, hasReadUsers, hasReadGroups, written } = await pictureRun(walk)
      const [row] = rows
      return finding(
        `${tellRun(run)} To be confirmed: ${rows.map(({ userName, match }) => `${userName} (${match})`).join(', ') || 'nobody'}.`,
        run?.state === 'DONE',
        run?.users?.scanned === 6,
        rows.length === 1,
        row?.match === 'exact',
        row?.userId !== undefined && row.userId === okta.person(PEOPLE.owner)?.id,
        hasReadUsers,
        hasReadGroups,
        written.length === 0,
      )
    },
    hints: [
      'An import only reads: nothing changes in Dialpad.',
      'The accounts Okta made itself are known by their id, and need no confirmation.',
      'Dialpad > Import > Import Now, then read Import Results below.',
    ],
    wrong: [
      {
        mistake: 'Import Groups was unticked under Integration.',
        sign: 'Users are read and groups are not: Push Groups has none to link until Refresh App Groups.',
      },
      {
        mistake: 'Suspended users are expected among the results.',
        sign: 'They are counted as scanned and not offered: only active ones are.',
      },
    ],
  },
  {
    id: 'numbers/3',
    title: 'Confirm the match',
    say: `Tick ${PEOPLE.owner} and press Confirm Assignments. Her account is linked to her: she is assigned, individually, and nothing is sent.`,
    source,
    at: {
      page: 'Okta, Dialpad, Import',
      labels: [`Select ${PEOPLE.owner}`, 'Confirm Assignments', '1 user was confirmed.'],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Import')
      await confirm(desk, PEOPLE.owner, false)
    },
    async check(walk) {
      const { okta, dialpad, rows, written } = await pictureRun(walk)
      const account = okta.account(PEOPLE.owner)
      if (account === undefined) return missing(`assignment of ${PEOPLE.owner}`)
      return finding(
        `${PEOPLE.owner} is assigned (${account.scope}), with id ${account.externalId ?? 'none'} in Dialpad; ${rows.length} users wait; ${written.length} calls changed something.`,
        account.externalId !== undefined && account.externalId === dialpad.person(PEOPLE.owner)?.id,
        account.scope === 'USER',
        rows.length === 0,
        written.length === 0,
      )
    },
    hints: [
      'What is matched is a proposal until somebody confirms it.',
      'To Okta can confirm exact matches by itself.',
      'Tick the row, press Confirm Assignments.',
    ],
    wrong: [
      {
        mistake: 'Nothing is ticked.',
        sign: 'Tick at least one user.',
      },
      {
        mistake: 'The drop-down is left at New user for somebody who exists.',
        sign: 'It is refused, or there are two of them in Okta: the username decides.',
      },
    ],
  },
  {
    id: 'numbers/4',
    title: 'Somebody Okta does not know',
    say: `In Dialpad, Users > Add User: ${NEWCOMER.address}, office Denver. Import again: New user. Tick her and Auto-activate users after confirmation, and confirm: Okta makes a person from the account.`,
    source,
    at: {
      page: 'Dialpad, Users, and Okta, Dialpad, Import',
      labels: [
        'Users',
        'Add User',
        'Email addresses',
        'Office',
        'Next',
        'First name',
        'Last name',
        'Confirm',
        'Import Now',
        'New user',
        'Auto-activate users after confirmation',
        'Confirm Assignments',
      ],
    },
    setup: markJournals,
    async solve(walk) {
      const portal = await openDialpadSettings(walk)
      await portal.press('Users', { within: 'Main' })
      await portal.press('Add User')
      await portal.fill('Email addresses', NEWCOMER.address)
      await portal.choose('Office', 'Denver')
      await portal.press('Next')
      await portal.fill('First name', NEWCOMER.given)
      await portal.fill('Last name', NEWCOMER.family)
      await portal.press('Confirm')
      await portal.see(NEWCOMER.address)
      const desk = await importNow(walk)
      await desk.see('New user')
      await confirm(desk, NEWCOMER.address, true)
    },
    async check(walk) {
      const { okta, dialpad, run } = await pictureRun(walk)
      const person = okta.person(NEWCOMER.address)
      if (person === undefined) return missing(`person ${NEWCOMER.address} in Okta`)
      const account = okta.account(NEWCOMER.address)
      const { firstName, lastName } = person.profile
      return finding(
        `${tellRun(run)} ${firstName} ${lastName} is ${person.status} in Okta, ${dialpad.person(NEWCOMER.address)?.state ?? 'nobody'} in Dialpad.`,
        `${firstName} ${lastName}` === `${NEWCOMER.given} ${NEWCOMER.family}`,
        person.status === 'PROVISIONED',
        account?.externalId !== undefined && account.externalId === dialpad.person(NEWCOMER.address)?.id,
      )
    },
    hints: [
      'Without Auto-activate the person is staged, and cannot sign in.',
      'Add User stands at the top right of Users in Dialpad.',
      `Add ${NEWCOMER.address} in Denver; then Import Now, tick, Auto-activate, Confirm Assignments.`,
    ],
    wrong: [
      {
        mistake: 'The row is confirmed as New user although the person exists under another username.',
        sign: 'Okta has the person twice; choose Existing user I specify instead.',
      },
      {
        mistake: 'The row is cleared with Clear Unconfirmed Users.',
        sign: 'The next import offers it again; Ignore is what keeps it away.',
      },
    ],
  },
]

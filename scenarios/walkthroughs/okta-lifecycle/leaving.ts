import { finding, missing } from '../finding.ts'
import { actOnPerson, askOfPerson, beginToAssign, openAppTab, unassign } from '../okta-pages.ts'
import type { Step, Walk } from '../walkthrough.ts'
import { markJournals, methodsOf } from '../witness/okta-since.ts'
import { picture, type Sent } from './both-sides.ts'
import { RENAMED } from './hero.ts'

const updating = { article: 'okta-scim', section: 'Update a specific User (PUT)' } as const
const leaving = { article: 'okta-scim', section: 'Delete Users' } as const

const { name } = RENAMED

/** Marks the journals, and how many licenses are in use. */
async function markSeats(walk: Walk): Promise<void> {
  await markJournals(walk)
  walk.keep.set('seatsBefore', String((await picture(walk)).seats))
}

/** The last word was `active: false`, and nothing was deleted. */
function isDeactivation(sent: Sent): boolean {
  const last = sent.at(-1)?.request
  const deletes = sent.some(({ request }) => request?.method === 'DELETE')
  return !deletes && last?.method === 'PATCH' && last.body?.includes('"active":false') === true
}

/** Somebody loses the app, has it again, and leaves for good: single sign-on is tried in between. */
export const UNASSIGN_STEPS: readonly Step[] = [
  {
    id: 'life/4',
    title: 'Unassign: suspended in Dialpad',
    say: `Take the app from ${name}. Dialpad suspends the account, and its license is free for the next one. Nothing is deleted.`,
    source: leaving,
    at: { page: 'Okta, Dialpad, Assignments', labels: ['Assignments', 'Unassign', 'OK'] },
    setup: markSeats,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Assignments')
      await unassign(desk, name)
    },
    async check(walk) {
      const { sent, account, dialpad, seats } = await picture(walk)
      const before = Number(walk.keep.get('seatsBefore'))
      return finding(
        `${account === undefined ? 'Not assigned any more' : 'Still assigned'}; Okta sent ${methodsOf(sent)}; in Dialpad ${dialpad?.state ?? 'gone'}; licenses in use at ${dialpad?.office ?? 'no office'}: ${before} before, ${seats} now.`,
        account === undefined,
        isDeactivation(sent),
        dialpad?.state === 'suspended',
        seats === before - 1,
      )
    },
    hints: [
      'Applications > Dialpad > Assignments.',
      'Each row of an individual has a cross. Dialpad hides suspended people from its list: search by name.',
      `Press Unassign in the row of ${name}, then OK.`,
    ],
    wrong: [
      {
        mistake: 'Deactivate Users is off in To App.',
        sign: 'The person stays active in Dialpad, and Tasks asks to deprovision by hand.',
      },
      {
        mistake: 'The person also has the app by a group.',
        sign: 'They keep it: the row turns into one of type Group.',
      },
    ],
  },
]

export const RETURN_STEPS: readonly Step[] = [
  {
    id: 'life/5',
    title: 'Reassign: the same account is active again',
    say: `Assign ${name} again. Okta finds the account by its address, activates it and pushes the profile.`,
    source: updating,
    at: {
      page: 'Okta, Dialpad, Assignments',
      labels: ['Assignments', 'Assign', 'Assign to People', 'Assign', 'Save and Go Back', 'Done'],
    },
    setup: markSeats,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await openAppTab(desk, 'Assignments')
      await beginToAssign(desk, name)
      await desk.press('Save and Go Back')
      await desk.press('Done')
      await desk.see('Individual', { within: 'Assigned people' })
    },
    async check(walk) {
      const { sent, account, dialpad, seats } = await picture(walk)
      const before = Number(walk.keep.get('seatsBefore'))
      return finding(
        `Okta sent ${methodsOf(sent)}; in Dialpad ${dialpad?.state ?? 'gone'} under the same id; licenses in use: ${before} before, ${seats} now.`,
        methodsOf(sent).endsWith('GET, PATCH, GET, PUT'),
        account?.externalId === dialpad?.id,
        dialpad?.state === 'active',
        seats === before + 1,
      )
    },
    hints: [
      'Applications > Dialpad > Assignments, as the first time.',
      'It is an assignment like any other; that the account exists already is for Okta to find.',
      `Press Assign, Assign to People, Assign beside ${name}, Save and Go Back, Done.`,
    ],
    wrong: [
      {
        mistake: 'The account was reactivated in Dialpad by hand.',
        sign: 'They can call, and Okta neither knows nor updates it.',
      },
      {
        mistake: 'The office has no free license.',
        sign: 'The task says that no license is available; the account stays suspended.',
      },
    ],
  },
]

export const LEAVING_STEPS: readonly Step[] = [
  {
    id: 'life/6',
    title: 'Deactivate: every app is gone',
    say: `Deactivate ${name} in Okta. All their assignments are removed, and Dialpad suspends the account.`,
    source: leaving,
    at: { page: 'Okta, People', labels: ['More Actions', 'Deactivate', 'Apps that will be lost', 'Dialpad'] },
    setup: markSeats,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await askOfPerson(desk, name, 'Deactivate')
      await desk.see('Apps that will be lost')
      await desk.see('Dialpad')
      await desk.press(`Deactivate ${name}`)
      await desk.see('has been deactivated.')
    },
    async check(walk) {
      const { sent, okta, account, dialpad, seats } = await picture(walk)
      const before = Number(walk.keep.get('seatsBefore'))
      return finding(
        `In Okta ${okta?.status ?? 'gone'}, ${account === undefined ? 'without Dialpad' : 'with Dialpad'}; Okta sent ${methodsOf(sent)}; in Dialpad ${dialpad?.state ?? 'gone'}; licenses in use: ${before} before, ${seats} now.`,
        okta?.status === 'DEPROVISIONED',
        account === undefined,
        isDeactivation(sent),
        dialpad?.state === 'suspended',
        seats === before - 1,
      )
    },
    hints: [
      'The menu of the person again.',
      'The question lists the apps that are lost. This is what a leaver gets, rather than Suspend.',
      `Press More Actions, Deactivate, and Deactivate once more.`,
    ],
    wrong: [
      {
        mistake: 'They are activated again later, and expected to have Dialpad.',
        sign: 'Groups bring their apps back; what was assigned individually has to be assigned again.',
      },
      {
        mistake: 'The API integration was off at the time.',
        sign: 'Nothing was sent: the account in Dialpad stays active for ever.',
      },
    ],
  },
  {
    id: 'life/7',
    title: 'Delete: nothing is sent',
    say: `Delete ${name} in Okta for good. Okta never deletes in an app: the account stays suspended in Dialpad, until an admin deletes it there.`,
    source: leaving,
    at: { page: 'Okta, People', labels: ['More Actions', 'Delete'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await actOnPerson(desk, name, 'Delete')
      await desk.see('has been deleted.')
    },
    async check(walk) {
      const { sent, okta, dialpad } = await picture(walk)
      if (dialpad === undefined) return missing('account in Dialpad any more')
      return finding(
        `In Okta ${okta === undefined ? 'gone' : okta.status}; Okta sent ${methodsOf(sent)}; in Dialpad ${dialpad.state}.`,
        okta === undefined,
        sent.length === 0,
        dialpad.state === 'suspended',
      )
    },
    hints: [
      'Delete is offered once somebody is deactivated.',
      'It cannot be undone. In Dialpad look among suspended people: nothing has changed.',
      'Press More Actions, Delete, and Delete once more.',
    ],
    wrong: [
      {
        mistake: 'You expect Dialpad to forget the person, as its FAQ says.',
        sign: 'No request is made: delete the account in Dialpad by hand.',
      },
      { mistake: 'Delete is looked for on an active person.', sign: 'The menu does not offer it: deactivate first.' },
    ],
  },
]

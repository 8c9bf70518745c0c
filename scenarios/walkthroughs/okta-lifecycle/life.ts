import { finding, missing } from '../finding.ts'
import { actOnPerson, askOfPerson, beginToAssign, editProfile, openAppTab, unassign } from '../okta-pages.ts'
import type { Step, Walk } from '../walkthrough.ts'
import { type DialpadPerson, pictureDialpad } from '../witness/dialpad.ts'
import { type OktaAccount, type OktaPerson, pictureOkta } from '../witness/okta.ts'
import { markJournals, methodsOf, sentSince } from '../witness/okta-since.ts'
import { KEPT, RENAMED } from './hero.ts'

const updating = { article: 'okta-scim', section: 'Update a specific User (PUT)' } as const
const leaving = { article: 'okta-scim', section: 'Delete Users' } as const

const { name } = RENAMED
const TITLE_BY_HAND = 'Head of Everything'

/** Both sides of the hero, when nothing is under way any more. */
async function picture(walk: Walk): Promise<{
  readonly sent: Awaited<ReturnType<typeof sentSince>>
  readonly okta: OktaPerson | undefined
  readonly account: OktaAccount | undefined
  readonly dialpad: DialpadPerson | undefined
  /** Licenses in use at the office they are in. */
  readonly seats: number
}> {
  const sent = await sentSince(walk)
  const okta = await pictureOkta(walk.control.okta)
  const dialpad = await pictureDialpad(walk.control.dialpad)
  const person = dialpad.person(walk.keep.get(KEPT.dialpadId))
  return {
    sent,
    okta: okta.person(walk.keep.get(KEPT.oktaId)),
    account: okta.account(walk.keep.get(KEPT.oktaId)),
    dialpad: person,
    seats: dialpad.seatsTaken(person?.office ?? ''),
  }
}

async function markSeats(walk: Walk): Promise<void> {
  await markJournals(walk)
  walk.keep.set('seatsBefore', String((await picture(walk)).seats))
}

/** The last word was `active: false`, and nothing was deleted. */
function isDeactivation(sent: Awaited<ReturnType<typeof sentSince>>): boolean {
  const last = sent.at(-1)?.request
  const deletes = sent.some(({ request }) => request?.method === 'DELETE')
  return !deletes && last?.method === 'PATCH' && last.body?.includes('"active":false') === true
}

/** Somebody changes the job title in Dialpad, past Okta: by its API, with the key at hand. */
async function editByHand(walk: Walk): Promise<void> {
  const url = `${walk.urls.dialpad}/api/v2/users/${walk.keep.get(KEPT.dialpadId)}`
  const { status } = await fetch(url, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${walk.keep.get(KEPT.apiToken)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ job_title: TITLE_BY_HAND }),
  })
  if (status !== 200) throw new Error(`Dialpad answered the change by hand with ${status}.`)
}

/** While somebody stays: their profile changes, and they may not sign in for a while. */
export const STAYING_STEPS: readonly Step[] = [
  {
    id: 'life/1',
    title: 'One change carries the whole profile',
    say: `Somebody has changed the title of ${name} in Dialpad by hand. Change the language in Okta: Okta reads the account, lays the whole profile over it and writes it back, the title too.`,
    source: updating,
    at: { page: 'Okta, People, Profile', labels: ['Profile', 'Edit', 'Preferred language', 'Save'] },
    async setup(walk) {
      const before = (await pictureDialpad(walk.control.dialpad)).person(walk.keep.get(KEPT.dialpadId))
      walk.keep.set('titleBefore', before?.title ?? '')
      await editByHand(walk)
      await markJournals(walk)
    },
    async solve(walk) {
      await editProfile(await walk.desk('okta'), name, { 'Preferred language': 'en_GB' })
    },
    async check(walk) {
      const { sent, dialpad } = await picture(walk)
      return finding(
        `Okta sent ${methodsOf(sent)}. In Dialpad the language is ${dialpad?.language ?? 'none'} and the title "${dialpad?.title ?? ''}".`,
        methodsOf(sent).endsWith('GET, PUT'),
        dialpad?.language === 'en-GB',
        dialpad?.title === walk.keep.get('titleBefore'),
      )
    },
    hints: [
      `Directory > People > ${name} > Profile.`,
      'Any change of a mapped attribute will do; take the language.',
      'Press Edit, type en_GB into Preferred language, press Save, and look at the title in Dialpad.',
    ],
    wrong: [
      { mistake: 'Accounts are kept up in Dialpad and in Okta.', sign: 'Dialpad forgets its half with the next push.' },
      {
        mistake: 'Display name was changed, which is not mapped.',
        sign: 'Nothing is sent, and the title by hand stays.',
      },
    ],
  },
  {
    id: 'life/2',
    title: 'Suspend in Okta: Dialpad still rings',
    say: `Suspend ${name} in Okta. They can no longer sign in there, the assignment is kept, and Dialpad is told nothing: calls still work.`,
    source: leaving,
    at: { page: 'Okta, People', labels: ['More Actions', 'Suspend'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await actOnPerson(desk, name, 'Suspend')
      await desk.see('has been suspended.')
    },
    async check(walk) {
      const { sent, okta, account, dialpad } = await picture(walk)
      return finding(
        `In Okta ${okta?.status ?? 'gone'}, ${account === undefined ? 'not assigned' : 'assigned as before'}; Okta sent ${methodsOf(sent)}; in Dialpad ${dialpad?.state ?? 'gone'} with ${dialpad?.numbers.join(', ') || 'no number'}.`,
        okta?.status === 'SUSPENDED',
        account !== undefined,
        sent.length === 0,
        dialpad?.state === 'active',
        dialpad?.numbers.length === 1,
      )
    },
    hints: [
      'The page of the person, at the right of the name.',
      'What can be done to somebody is in one menu; it asks before it does it.',
      `Press More Actions, Suspend, and Suspend once more.`,
    ],
    wrong: [
      {
        mistake: 'A leaver is suspended and thought gone.',
        sign: 'Dialpad shows them active, with license and number. Deactivate, or unassign.',
      },
      { mistake: 'Deactivate was pressed.', sign: 'The assignment is gone and Dialpad suspends.' },
    ],
  },
  {
    id: 'life/3',
    title: 'Unsuspend',
    say: 'They are back: unsuspend. Nothing has to be sent, as nothing was.',
    source: leaving,
    at: { page: 'Okta, People', labels: ['More Actions', 'Unsuspend'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('okta')
      await actOnPerson(desk, name, 'Unsuspend')
      await desk.see('has been unsuspended.')
    },
    async check(walk) {
      const { sent, okta, dialpad } = await picture(walk)
      return finding(
        `In Okta ${okta?.status ?? 'gone'}; Okta sent ${methodsOf(sent)}; in Dialpad ${dialpad?.state ?? 'gone'}.`,
        okta?.status === 'ACTIVE',
        sent.length === 0,
        dialpad?.state === 'active',
      )
    },
    hints: [
      'The same menu.',
      'It offers what can be done in the state somebody is in.',
      'Press More Actions, Unsuspend, and Unsuspend once more.',
    ],
    wrong: [
      { mistake: 'You look for the person among Active.', sign: 'They are under Suspended, or found by name.' },
      { mistake: 'Activate is looked for.', sign: 'It is there for staged and deactivated people only.' },
    ],
  },
]

/** When somebody leaves, comes back, and leaves for good. */
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

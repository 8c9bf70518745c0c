import { finding, missing } from '../finding.ts'
import { PEOPLE } from '../people.ts'
import type { Step, Walk } from '../walkthrough.ts'
import { signInToOkta } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureOkta } from '../witness/okta.ts'
import { markJournals, samlSince } from '../witness/okta-since.ts'
import { KEPT, RENAMED, THEIR_BROWSER } from './hero.ts'

const fromOkta = { article: 'okta-saml', section: 'Supported Features' } as const
const fromDialpad = { article: 'okta-saml', section: 'SP-initiated SSO' } as const
const leaving = { article: 'okta-scim', section: 'Delete Users' } as const

/** Another browser of the same person, in which nobody is signed in. */
const AT_HOME = 'employee at home'
const COLLEAGUE = PEOPLE.supporter
const COLLEAGUES_BROWSER = 'colleague'

const ACCEPTED = 'SAML answer accepted'
const SUSPENDED = 'SAML answer refused: suspended'

/** How often the System Log tells of an event about somebody. */
async function eventsOf(walk: Walk, eventType: string, userId: string): Promise<number> {
  const { log } = await pictureOkta(walk.control.okta)
  return log.filter((event) => event.eventType === eventType && event.actor.id === userId).length
}

/** Somebody opens Dialpad from their dashboard: its tile leads to another tab. */
export async function pressTile(walk: Walk, who: string, address: string): Promise<void> {
  const dashboard = await walk.desk('okta', who)
  await dashboard.open('/')
  if (await dashboard.shows('Username')) await signInToOkta(dashboard, address)
  await dashboard.see('Dialpad')
  const there = await walk.desk('dialpad', who)
  await there.open(await dashboard.addressOf('Dialpad'))
}

/** Before anybody leaves: both ways in. */
export const SSO_BEFORE_STEPS: readonly Step[] = [
  {
    id: 'okta-saml/idp/1',
    title: 'Into Dialpad by the tile',
    say: `${RENAMED.name} signs in to Okta, in a browser of their own, and opens Dialpad from the dashboard: no password of Dialpad is asked for.`,
    source: fromOkta,
    at: { page: 'Okta, My Apps', labels: ['Username', 'Password', 'Dialpad', `Signed in as ${RENAMED.name}`] },
    setup: markJournals,
    async solve(walk) {
      await pressTile(walk, THEIR_BROWSER, RENAMED.address)
      await (await walk.desk('dialpad', THEIR_BROWSER)).see(`Signed in as ${RENAMED.name}`)
    },
    async check(walk) {
      const accepted = await samlSince(walk, ACCEPTED)
      const told = await eventsOf(walk, 'user.authentication.sso', walk.keep.get(KEPT.oktaId))
      return finding(
        `Okta tells of ${told} single sign-ons; Dialpad accepted ${accepted.length} answers, about ${accepted[0]?.subject ?? 'nobody'}.`,
        told > 0,
        accepted.some(({ subject }) => subject === RENAMED.address),
      )
    },
    hints: [
      "The org's address without /admin is everybody's dashboard.",
      'Sign in as the person, in a private window: a tile stands there for each app that is assigned.',
      `Sign in as ${RENAMED.address} and press the tile Dialpad.`,
    ],
    wrong: [
      {
        mistake: "You use the administrator's browser.",
        sign: 'The tile is missing, or somebody else is logged in to Dialpad.',
      },
      { mistake: 'The old username is typed.', sign: 'Unable to sign in: the username has changed.' },
    ],
  },
  {
    id: 'okta-saml/sp/1',
    title: 'Into Dialpad by the Login Url',
    say: 'The other way round: somebody opens the Login Url in a browser where nobody is signed in. Dialpad sends them to Okta, and Okta back.',
    source: fromDialpad,
    at: {
      page: 'Dialpad, Login Url',
      labels: ['Username', 'Password', 'Verify', `Signed in as ${RENAMED.name}`],
    },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('dialpad', AT_HOME)
      await desk.open(walk.keep.get(KEPT.loginUrl))
      await signInToOkta(desk, RENAMED.address)
      await desk.see(`Signed in as ${RENAMED.name}`)
    },
    async check(walk) {
      const accepted = await samlSince(walk, ACCEPTED)
      const asked = accepted.filter((entry) => entry.request?.body?.includes('InResponseTo='))
      return finding(
        `Dialpad accepted ${accepted.length} answers, about ${accepted[0]?.subject ?? 'nobody'}; ${asked.length} of them it had asked for.`,
        asked.some(({ subject }) => subject === RENAMED.address),
      )
    },
    hints: [
      "The address that Dialpad's SAML page shows as Login Url.",
      'Log In > Login with another provider, with the domain of the company, leads to the same place.',
      `Open the Login Url in a private window and sign in to Okta as ${RENAMED.address}.`,
    ],
    wrong: [
      { mistake: 'The back button is used after the login.', sign: '"This login is over": an answer counts once.' },
      {
        mistake: 'Okta and Dialpad disagree about the time by more than five minutes.',
        sign: 'SAML error: expired, or not yet valid.',
      },
    ],
  },
]

/** After the app was taken away. */
export const SSO_UNASSIGNED_STEPS: readonly Step[] = [
  {
    id: 'life/4/sso',
    title: 'Who has not the app does not get in',
    say: 'They can sign in to Okta as before, but the tile is gone, and a bookmark of it, the Embed Link on the tab General of the app, says 403 App Not Assigned.',
    source: leaving,
    at: { page: 'Okta, My Apps', labels: ['No apps yet', '403 App Not Assigned'] },
    async setup(walk) {
      await markJournals(walk)
      const { app } = await pictureOkta(walk.control.okta)
      walk.keep.set('bookmark', `/home/${app?.name}/${app?.id}/${app?.embedKey}`)
    },
    async solve(walk) {
      const desk = await walk.desk('okta', THEIR_BROWSER)
      await desk.open('/')
      // The suspension has ended their session.
      if (await desk.shows('Username')) await signInToOkta(desk, RENAMED.address)
      await desk.see('No apps yet')
      await desk.open(walk.keep.get('bookmark'))
      await desk.see('403 App Not Assigned')
    },
    async check(walk) {
      const refused = await eventsOf(walk, 'app.generic.unauth_app_access_attempt', walk.keep.get(KEPT.oktaId))
      const accepted = await samlSince(walk, ACCEPTED)
      return finding(
        `Okta refused ${refused} attempts, and Dialpad accepted ${accepted.length} answers since.`,
        refused > 0,
        accepted.length === 0,
      )
    },
    hints: [
      "In the person's own browser: dashboard, then the bookmark.",
      'Okta asks for an assignment with every single sign-on; Dialpad hears nothing of it.',
      'Reload the dashboard, then open the address the tile had.',
    ],
    wrong: [
      {
        mistake: 'A group still gives them the app.',
        sign: 'The tile is still there: Assignments says by which group.',
      },
      { mistake: 'Only the tile was hidden, under General > App Settings.', sign: 'The bookmark still works.' },
    ],
  },
]

/** Assigned in Okta, suspended in Dialpad: each side decides for itself. */
export const SSO_SUSPENDED_STEPS: readonly Step[] = [
  {
    id: 'life/5/suspend',
    title: 'Suspend somebody in Dialpad by hand',
    say: `An admin of Dialpad suspends ${COLLEAGUE.name}, who has the app by a group. Okta does not learn of it.`,
    source: leaving,
    at: { page: 'Dialpad, Users', labels: ['Users', 'Search users', 'Suspend'] },
    setup: markJournals,
    async solve(walk) {
      const desk = await walk.desk('dialpad')
      await desk.press('Users', { within: 'Main' })
      await desk.fill('Search users', COLLEAGUE.name)
      await desk.enter()
      await desk.press(COLLEAGUE.name, { within: 'Users found' })
      await desk.press('Suspend')
      await desk.press(`Suspend ${COLLEAGUE.name} (${COLLEAGUE.address})`)
      await desk.see('is suspended. The license is free.')
    },
    async check(walk) {
      const person = (await pictureDialpad(walk.control.dialpad)).person(COLLEAGUE.address)
      const account = (await pictureOkta(walk.control.okta)).account(COLLEAGUE.address)
      if (person === undefined) return missing(`account of ${COLLEAGUE.address} in Dialpad`)
      return finding(
        `${COLLEAGUE.name} is ${person.state} in Dialpad and ${account?.status ?? 'not assigned'} in Okta.`,
        person.state === 'suspended',
        account?.status === 'PROVISIONED',
      )
    },
    hints: [
      "Dialpad's admin portal, Users.",
      'The page of the person has the button; it asks first.',
      `Search for ${COLLEAGUE.name}, press the name, Suspend, and Suspend once more.`,
    ],
    wrong: [
      { mistake: 'Delete was pressed.', sign: 'They are under Deleted Users, restorable for 72 hours.' },
      {
        mistake: 'You expect Okta to activate them by itself.',
        sign: 'It sends back the state it has read: a push leaves them suspended.',
      },
    ],
  },
  {
    id: 'life/5/sso',
    title: 'Dialpad refuses whom it has suspended',
    say: `${COLLEAGUE.name} presses the tile. Okta vouches for them, as they are assigned; Dialpad says that the account is suspended.`,
    source: leaving,
    at: { page: 'Dialpad, log-in', labels: ['Username', 'Dialpad', 'This account is suspended'] },
    setup: markJournals,
    async solve(walk) {
      await pressTile(walk, COLLEAGUES_BROWSER, COLLEAGUE.address)
      await (await walk.desk('dialpad', COLLEAGUES_BROWSER)).see('This account is suspended')
    },
    async check(walk) {
      const refused = await samlSince(walk, SUSPENDED)
      const accepted = await samlSince(walk, ACCEPTED)
      return finding(
        `Dialpad refused ${refused.length} answers about ${refused[0]?.subject ?? 'anybody'} because of suspension, and accepted ${accepted.length}.`,
        refused.length > 0,
        refused[0]?.subject === COLLEAGUE.address,
        accepted.length === 0,
      )
    },
    hints: [
      "The colleague's own browser: Okta's dashboard.",
      'Single sign-on and provisioning are independent: one can work while the other says no.',
      `Sign in to Okta as ${COLLEAGUE.address} and press the tile Dialpad.`,
    ],
    wrong: [
      {
        mistake: "The fault is looked for in Okta's SAML settings.",
        sign: "Okta's System Log tells of a single sign-on with success; Dialpad's journal names the account.",
      },
      {
        mistake: 'The person is assigned once more.',
        sign: 'They are assigned already; reactivate the account in Dialpad, or unassign and assign again.',
      },
    ],
  },
]

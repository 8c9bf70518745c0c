import { openDialpadSettings } from '../dialpad-portal.ts'
import { letCyclePass } from '../entra-lifecycle/cycles.ts'
import { finding } from '../finding.ts'
import { GROUP, PEOPLE } from '../people.ts'
import type { Step } from '../walkthrough.ts'
import { signInToEntra, signInToEntraIfAsked } from '../ways-in.ts'
import { pictureDialpad } from '../witness/dialpad.ts'
import { pictureEntra } from '../witness/entra.ts'
import { logInWithMicrosoft } from './before.ts'
import {
  callWithTheirKey,
  markDoors,
  NOT_ASSIGNED,
  refusedSince,
  restAnswersSince,
  shownSince,
  unassignedSince,
} from './doors.ts'
import { ELSEWHERE, KEY_NAME, LEAVER, LOGIN_PATH, THEIR_BROWSER } from './leaver-person.ts'

const leaving = { article: 'how-it-works', section: 'Deprovisioning' } as const
const cycles = { article: 'how-it-works', section: 'Incremental cycle' } as const

/** Somebody is unassigned; what Entra refuses at once, and what Dialpad refuses with the cycle. */
export const LEAVING_STEPS: readonly Step[] = [
  {
    id: 'leaver/7',
    title: 'Unassign them',
    say: `In the Entra admin center open Groups, ${GROUP}, Members; select ${LEAVER.name} and remove them. The group is what assigned them to Dialpad.`,
    source: leaving,
    at: { page: 'Entra, Groups, Members', labels: ['Groups', GROUP, 'Members', 'Remove'] },
    async solve(walk) {
      const desk = await walk.desk('entra')
      await desk.open('/admin')
      await signInToEntraIfAsked(desk, PEOPLE.owner)
      await desk.press('Groups', { within: 'Main' })
      await desk.press(GROUP)
      await desk.press('Members', { within: `Pages of ${GROUP}` })
      await desk.tick(`Select ${LEAVER.name}`)
      await desk.press('Remove')
      await desk.press(`Remove ${LEAVER.name}`)
      await desk.see('Members')
    },
    async check(walk) {
      const { membersOf } = await pictureEntra(walk.control.entra)
      const isMember = membersOf(GROUP).includes(LEAVER.address)
      return finding(`${LEAVER.name} is ${isMember ? 'still' : 'no longer'} a member of ${GROUP}.`, !isMember)
    },
    hints: [
      'Everybody of the group has Dialpad by it.',
      'It asks before it removes; the account in Entra stays.',
      `Groups, ${GROUP}, Members, Select ${LEAVER.name}, Remove, Remove.`,
    ],
    wrong: [
      { mistake: 'They are assigned directly as well.', sign: 'Users and groups of the app still names them.' },
      { mistake: 'The group was unassigned.', sign: 'Everybody goes, and not one person.' },
    ],
  },
  {
    id: 'leaver/8',
    title: 'What is closed at once, and what is not',
    say: `Try the doors before the next cycle. Elsewhere, Log in with Microsoft ends at Entra; and Dialpad gets no new tokens for the open tab. An access token lasts an hour: to save the wait, retire its key on the command line, npm run kit -- command entra roll-signing-key '{"retire":true}', and the directory search of Add User says so. But the tab is open, and the key works.`,
    source: leaving,
    at: {
      page: 'Dialpad and Entra, log-in',
      labels: ['Log in with Microsoft', NOT_ASSIGNED, `Signed in as ${LEAVER.name}`, 'Search directory', NOT_ASSIGNED],
    },
    setup: markDoors,
    async solve(walk) {
      const elsewhere = await walk.desk('dialpad', ELSEWHERE)
      await logInWithMicrosoft(elsewhere)
      await elsewhere.see(NOT_ASSIGNED)
      const tab = await walk.desk('dialpad', THEIR_BROWSER)
      await tab.open('/app')
      await tab.see(`Signed in as ${LEAVER.name}`)
      await tab.open('/admin/company/users/add')
      await walk.control.entra.run('roll-signing-key', { retire: true })
      await tab.press('Search directory')
      await tab.see(NOT_ASSIGNED)
      await callWithTheirKey(walk)
    },
    async check(walk) {
      const [refused, byEntra] = [await refusedSince(walk), await unassignedSince(walk)]
      const [shown, answers] = [await shownSince(walk, '/app'), await restAnswersSince(walk)]
      return finding(
        `Entra refused ${byEntra} sign-ins with ${NOT_ASSIGNED}; told of Dialpad: ${refused.join(', ') || 'no refusal'}. The account page was shown ${shown} times, and the REST API answered ${answers.join(', ') || 'nobody'}.`,
        byEntra > 0,
        refused.includes('Tokens of the Microsoft login'),
        !refused.includes('Browser session'),
        shown > 0,
        answers.includes(200),
      )
    },
    hints: ['Single sign-on and provisioning are two things: one closes with the assignment, the other with a cycle.'],
    wrong: [
      {
        mistake: 'Assignment required? is No.',
        sign: 'Entra vouches for them until the account is suspended in Dialpad, or blocked.',
      },
    ],
  },
  {
    id: 'leaver/9',
    title: 'The cycle runs',
    say: 'Forty minutes later the cycle finds that they are no longer assigned, and sends active: false. Move the clock with the button +40 min.',
    source: cycles,
    at: { page: 'Kit home', labels: ['+40 min', 'in all systems'] },
    solve: letCyclePass,
    async check(walk) {
      const person = (await pictureDialpad(walk.control.dialpad)).person(LEAVER.address)
      return finding(`${LEAVER.name} is ${person?.state ?? 'gone'} in Dialpad.`, person?.state === 'suspended')
    },
    hints: ['The clock is on the home of the kit.'],
  },
  {
    id: 'leaver/10',
    title: 'The open tab',
    say: 'Reload the tab: Dialpad says that they were logged out, and why. The session is over for good, and with it the tokens of Microsoft that it held.',
    source: leaving,
    at: { page: 'Dialpad, log-in', labels: ['You were logged out'] },
    setup: markDoors,
    async solve(walk) {
      const desk = await walk.desk('dialpad', THEIR_BROWSER)
      await desk.open('/app')
      await desk.see('You were logged out')
    },
    async check(walk) {
      const refused = await refusedSince(walk)
      return finding(`Refused since: ${refused.join(', ') || 'nothing'}.`, refused.includes('Browser session'))
    },
    hints: ['The next request is enough, whichever page it asks for.'],
  },
  {
    id: 'leaver/11',
    title: 'Their API key',
    say: 'The script runs again: Dialpad answers 403, Company admin API key required, since a key is worth what its maker is. The list of keys, for a Company Admin, says so too.',
    source: leaving,
    at: {
      page: 'Dialpad, API Keys',
      labels: ['API Keys', KEY_NAME, 'Refused: creator is no Company Admin'],
    },
    setup: markDoors,
    async solve(walk) {
      await callWithTheirKey(walk)
      const desk = await openDialpadSettings(walk)
      await desk.press('API Keys', { within: 'Main' })
      await desk.see(KEY_NAME)
      await desk.see('Refused: creator is no Company Admin')
    },
    async check(walk) {
      const [refused, answers] = [await refusedSince(walk), await restAnswersSince(walk)]
      return finding(
        `The REST API answered ${answers.join(', ') || 'nobody'}; refused since: ${refused.join(', ') || 'nothing'}.`,
        answers.includes(403),
        !answers.includes(200),
        refused.includes('API key'),
      )
    },
    hints: ['It would work again if they came back as Company Admin: revoke what nobody needs.'],
    wrong: [
      {
        mistake: 'The key of the provisioning itself was made by the leaver.',
        sign: 'Every call of Entra is refused with 403, and provisioning goes into quarantine.',
      },
    ],
  },
  {
    id: 'leaver/12',
    title: 'Single sign-on with SAML',
    say: `In a browser where nobody is signed in they open the Login Url ${LOGIN_PATH} once more, and sign in at Entra. The SAML app in Entra is another one and still vouches for them; Dialpad refuses by itself.`,
    source: { article: 'okta-saml', section: 'SP-initiated SSO' },
    at: { page: 'Dialpad, log-in', labels: ['Sign in', 'This account is suspended'] },
    setup: markDoors,
    async solve(walk) {
      const desk = await walk.desk('dialpad', `${ELSEWHERE} again`)
      await desk.open(LOGIN_PATH)
      await desk.see('Sign in')
      await signInToEntra(desk, LEAVER.address)
      await desk.see('This account is suspended')
    },
    async check(walk) {
      const refused = await refusedSince(walk)
      return finding(`Refused since: ${refused.join(', ') || 'nothing'}.`, refused.includes('Single sign-on with SAML'))
    },
    hints: [
      'The same address as before.',
      'Whoever signs in at Entra is vouched for by every app that does not require assignment.',
      `Open ${LOGIN_PATH} of Dialpad in a private window and sign in as ${LEAVER.address}.`,
    ],
    wrong: [
      {
        mistake: 'The SAML app is thought to be the app that is provisioned.',
        sign: 'They are two enterprise apps with assignments of their own.',
      },
    ],
  },
]

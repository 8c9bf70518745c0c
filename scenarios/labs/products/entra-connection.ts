import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { at, type Bench } from '../bench.ts'
import {
  assign,
  changeUser,
  giveNewKey,
  groupId,
  join,
  restart,
  saveCredentials,
  start,
  stop,
  unassign,
} from '../entra-hands.ts'
import type { Lab } from '../lab.ts'

/** Between Entra and Dialpad: keys, addresses, whether cycles run. */

const TENANT_URL = 'https://dialpad.com/scim'
const QUARANTINE = {
  system: 'entra',
  path: '/admin/apps',
  label: 'Entra, Enterprise apps > Dialpad > Provisioning',
} as const

const REVOKED = {
  cause: 'The API key was revoked in Dialpad.',
  because: 'Dialpad lists the key as revoked; a revoked key is answered 401 from that moment.',
}
const EXPIRED = {
  cause: 'The API key has expired.',
  because: 'Dialpad shows when a key ends; a key whose time is over is answered 401.',
}
const MISTYPED = {
  cause: 'The token in Entra is not exactly the key.',
  because: 'The key is listed as valid in Dialpad, and yet Entra is answered 401: what it sends is something else.',
}
const DEMOTED = {
  cause: 'Whoever made the key is no Company Admin any more.',
  because: 'A key has the power of the person who made it; without that it is answered 403, not 401.',
}
const ADDRESS = {
  cause: 'The Tenant URL leads to another path.',
  because: 'An address without /scim at its end is answered with something that is no SCIM.',
}
const no = (cause: { readonly cause: string }, because: string) => ({ cause: cause.cause, because })

async function makeKey(bench: Bench, input: object): Promise<string> {
  return String(((await bench.control.dialpad.call('POST', '/api-keys', input)) as { secret: string }).secret)
}

/** A change of somebody, and the cycle that sends it: one that finds nothing to send asks the target nothing. */
async function letSomethingBeSent(bench: Bench): Promise<void> {
  await changeUser(bench, 'ben.castillo', { jobTitle: 'Support Manager' })
  await bench.cycle()
}

export const ENTRA_CONNECTION_LABS: readonly Lab[] = [
  {
    id: 'entra-key-revoked',
    title: 'The key that was tidied away',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-key-revoked',
    async breakIt(bench) {
      await bench.dialpad('revoke-key', { name: 'Microsoft Entra provisioning' })
      await letSomethingBeSent(bench)
    },
    symptom:
      'Since this morning provisioning says "quarantine". Nobody has touched Entra. A colleague says he has cleaned up old keys in Dialpad.',
    where: QUARANTINE,
    right: REVOKED,
    wrong: [
      no(ADDRESS, 'The Tenant URL is https://dialpad.com/scim, as it should be.'),
      no(DEMOTED, 'The owner, Marta, is still a Company Admin; the answer would be 403.'),
      no(EXPIRED, 'The key had no end; the list of keys says it was revoked.'),
    ],
    mend: 'Make a new key in Dialpad, paste it into Provisioning > Connectivity, test, save, and restart provisioning.',
    explanation:
      'A job whose credentials are refused goes into quarantine at once: it tries again less and less often. A new key alone does not end that; the restart does.',
    source: 'entra-provisioning 12.3, dialpad F1',
    hints: [
      'What does the quarantine say that Dialpad answered?',
      "Compare the answer with Dialpad's list of API keys.",
      'Dialpad, API Keys: add one. Entra, Connectivity: paste it, Test connection, Save. Then Restart provisioning.',
    ],
    solve: giveNewKey,
    working: 'ada.okafor',
  },
  {
    id: 'entra-key-expired',
    title: 'A key for one day',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-key-expired',
    async breakIt(bench) {
      const { now } = await bench.control.dialpad.clock()
      const expiresAt = new Date(Date.parse(now) + 3 * 3_600_000).toISOString()
      await saveCredentials(bench, TENANT_URL, await makeKey(bench, { name: 'Entra, for the test', expiresAt }))
      await bench.pass('PT4H')
      await letSomethingBeSent(bench)
    },
    symptom: 'Provisioning worked in the test, and stopped by itself a few hours later.',
    where: QUARANTINE,
    right: EXPIRED,
    wrong: [
      no(REVOKED, 'The list of keys does not say revoked.'),
      no(MISTYPED, 'It worked at first: the token is the right one.'),
      no(ADDRESS, 'It worked at first: the address is the right one.'),
    ],
    mend: 'Make a key without an end, or with a later one, paste it into Provisioning > Connectivity, save, and restart.',
    explanation:
      'Dialpad lets a key end at a date. Nobody is told when it does; the next cycle is answered 401, and the job is in quarantine.',
    source: 'entra-provisioning 12.3, dialpad F1',
    hints: [
      'What worked until when?',
      'Look at the dates of the keys in Dialpad.',
      'Dialpad, API Keys: add one that lasts. Entra, Connectivity: paste, save. Restart provisioning.',
    ],
    solve: giveNewKey,
    working: 'ada.okafor',
  },
  {
    id: 'entra-token-mistyped',
    title: 'Bearer of bad news',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-token-mistyped',
    async breakIt(bench) {
      await saveCredentials(bench, TENANT_URL, `Bearer ${CONNECTED_API_KEY}`)
      await letSomethingBeSent(bench)
    },
    symptom:
      'A script has saved the credentials anew, with the key that was valid all the time. Since then: quarantine, invalid credentials.',
    where: QUARANTINE,
    right: MISTYPED,
    wrong: [
      no(REVOKED, 'Dialpad lists the key, and not as revoked.'),
      no(EXPIRED, 'The key has no end.'),
      no(DEMOTED, 'The answer would be 403, and Marta is a Company Admin.'),
    ],
    mend: 'Paste the bare key, without the word Bearer, without blanks or line ends; test, save, restart.',
    explanation:
      'Entra writes the word Bearer itself. With one more in the token, Dialpad is sent "Bearer Bearer …" and knows no such key.',
    source: 'entra-provisioning 12.3, dialpad F3',
    hints: [
      'Is the key in Dialpad all right?',
      'Then what Entra sends is not the key.',
      'A key is shown once: make a new one and paste it bare into Connectivity.',
    ],
    async solve(bench) {
      await saveCredentials(bench, TENANT_URL, CONNECTED_API_KEY)
      await restart(bench)
    },
    working: 'ada.okafor',
  },
  {
    id: 'entra-key-owner-demoted',
    title: 'Power that left with a role',
    grade: 3,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'key-owner-demoted',
    async breakIt(bench) {
      await bench.dialpad('edit-person', { person: at('ada.okafor'), companyAdmin: true })
      await saveCredentials(bench, TENANT_URL, await makeKey(bench, { name: "Ada's key", owner: at('ada.okafor') }))
      await bench.cycle()
      await bench.dialpad('edit-person', { person: at('ada.okafor'), companyAdmin: false })
      await letSomethingBeSent(bench)
    },
    symptom:
      'The key is valid and was not touched, and still Dialpad refuses Entra. Ada, who set it up, has moved to another team.',
    where: QUARANTINE,
    right: DEMOTED,
    wrong: [
      no(REVOKED, 'The list of keys does not say so.'),
      no(MISTYPED, 'It worked for a while with this very token.'),
      no(EXPIRED, 'The key has no end.'),
    ],
    mend: 'Let a Company Admin who stays make a new key, and give that to Entra; or make Ada a Company Admin again and restart.',
    explanation:
      'A key does what its maker may do. When the maker loses the role, the key is still listed and is answered 403 for everything.',
    source: 'dialpad F2',
    hints: [
      'Which status does Dialpad answer?',
      'Whose key is it, and what may that person do today?',
      'Dialpad, API Keys, as Marta: add a key. Entra, Connectivity: paste it, save, restart. Revoke the old one.',
    ],
    async solve(bench) {
      await bench.dialpad('revoke-key', { name: "Ada's key" })
      await giveNewKey(bench)
    },
    working: 'ada.okafor',
  },
  {
    id: 'entra-tenant-url',
    title: 'One path too far',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-tenant-url-wrong',
    async breakIt(bench) {
      await saveCredentials(bench, `${TENANT_URL}/Users`, CONNECTED_API_KEY)
      await bench.cycle()
    },
    symptom: 'After somebody "completed" the connection, nothing arrives in Dialpad any more.',
    where: QUARANTINE,
    right: ADDRESS,
    wrong: [
      no(REVOKED, 'The key is listed and valid.'),
      no(MISTYPED, 'A wrong token is answered 401; the log speaks of something else.'),
      no(DEMOTED, 'That is answered 403.'),
    ],
    mend: 'Set the Tenant URL to https://dialpad.com/scim, give the key again, test, save, restart.',
    explanation: 'Entra appends /Users and /Groups itself. The address ends with /scim.',
    source: 'entra-provisioning 12.3, dialpad F4',
    hints: [
      'Read the Tenant URL aloud.',
      'What will Entra append to it?',
      'Entra, Connectivity: Tenant URL https://dialpad.com/scim, and the key; save, restart.',
    ],
    async solve(bench) {
      await saveCredentials(bench, TENANT_URL, CONNECTED_API_KEY)
      await restart(bench)
    },
    working: 'ada.okafor',
  },
  {
    id: 'entra-not-started',
    title: 'All set, nothing happens',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'provisioning-not-started',
    async breakIt(bench) {
      await bench.edit('entra', 'provisioningJobs', (job) => ({ ...job, state: 'Paused' }))
      await bench.edit('entra', 'provisioningRuns', ({ jobId, statistics }) => ({
        jobId,
        statistics: { ...(statistics as object), users: 0, groups: 0 },
        watermark: null,
        nextRunAt: null,
        cycle: null,
        quarantine: null,
        begun: 0,
        successiveFailures: 0,
      }))
      await join(bench, 'Dialpad Users', 'hana.suzuki')
    },
    symptom:
      'Test connection was fine, Hana was assigned yesterday, and Dialpad still does not know her. Provision on demand works.',
    where: QUARANTINE,
    right: {
      cause: 'Provisioning was never started.',
      because: 'The Overview says that the initial cycle has not run: saving the settings starts nothing.',
    },
    wrong: [
      no(REVOKED, 'The test of the connection passes.'),
      { cause: 'Hana is not in scope.', because: 'She is a member of the assigned group Dialpad Users.' },
      { cause: 'One has to wait for the next cycle.', because: 'No cycle is planned: there will be none.' },
    ],
    mend: 'Press Start provisioning on the Overview.',
    explanation: 'Provision on demand works in a job that is not started, which makes it look as if everything ran.',
    source: 'entra-provisioning 12.3, dialpad F18',
    hints: [
      'When did the last cycle run?',
      'Compare the state of the job on the Overview with what you expect.',
      'Entra, Dialpad, Provisioning: Start provisioning.',
    ],
    async solve(bench) {
      await start(bench)
      await bench.cycle()
    },
    working: 'hana.suzuki',
  },
  {
    id: 'entra-stopped',
    title: 'Stopped for the weekend',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'provisioning-stopped',
    async breakIt(bench) {
      await bench.cycle()
      await stop(bench)
      await join(bench, 'Dialpad Users', 'hana.suzuki')
      await bench.pass('P2D')
    },
    symptom: 'Everybody who joined before Friday has an account. Hana, who joined since, has none.',
    where: QUARANTINE,
    right: {
      cause: 'Somebody has stopped provisioning.',
      because: 'The job is paused after cycles that went well; the audit log names who did it.',
    },
    wrong: [
      no(REVOKED, 'Then the job would be in quarantine.'),
      { cause: 'Hana is not assigned.', because: 'She is a member of Dialpad Users, which is.' },
      { cause: 'Create is not ticked.', because: 'It is; cycles do not run at all.' },
    ],
    mend: 'Press Start provisioning: it goes on where it stopped.',
    explanation:
      'Stop keeps everything that is known of accounts. Starting again reads what has changed meanwhile, and only that.',
    source: 'entra-provisioning 12.2',
    hints: [
      'When did the last cycle run?',
      'Look at the state of the job.',
      'Entra, Dialpad, Provisioning: Start provisioning.',
    ],
    async solve(bench) {
      await start(bench)
      await bench.cycle()
    },
    working: 'hana.suzuki',
  },
  {
    id: 'entra-nobody-assigned',
    title: 'The group that went',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-nobody-assigned',
    async breakIt(bench) {
      await unassign(bench, await groupId(bench, 'Dialpad Users'))
      await bench.cycle()
    },
    symptom: 'Overnight all phones went silent: everybody is suspended in Dialpad. Provisioning is green.',
    where: QUARANTINE,
    right: {
      cause: 'The assignment of the group was removed.',
      because: 'Users and groups is empty, and the scope is "assigned only": everybody has left.',
    },
    wrong: [
      no(REVOKED, 'Then nothing would have been sent; suspensions were.'),
      { cause: 'Somebody has emptied the group.', because: 'Dialpad Users still has its members.' },
      {
        cause: 'The company has not paid Dialpad.',
        because: 'Then the company would be on hold, not its people suspended one by one.',
      },
    ],
    mend: 'Assign Dialpad Users again and wait for a cycle.',
    explanation:
      'Removing an assignment disables, it does not delete: assigned again, everybody gets the same account back. Deletion prevention would have asked first.',
    source: 'entra-provisioning 12.3, dialpad F19',
    hints: [
      'Who sent the suspensions?',
      'Who is assigned to the app now?',
      'Entra, Dialpad, Users and groups: add Dialpad Users.',
    ],
    async solve(bench) {
      await assign(bench, await groupId(bench, 'Dialpad Users'))
      await bench.cycle()
    },
    working: 'ada.okafor',
  },
  {
    id: 'entra-consent-blocked',
    title: 'Need admin approval',
    grade: 2,
    product: 'Entra',
    world: 'brightwave',
    fault: 'entra-consent-blocked',
    async breakIt(bench) {
      const [tenant] = await bench.records('entra', 'tenants')
      await bench.add('entra', 'consentSettings', { [String(tenant?.['id'])]: { userConsent: 'block' } })
    },
    symptom: 'Everybody who presses "with Microsoft" at Dialpad ends at a page that says approval is needed.',
    where: { system: 'dialpad', path: '/login', label: 'Dialpad, Log in' },
    right: {
      cause: 'The tenant does not let people consent, and no administrator has consented for them.',
      because: 'An app nobody has consented to is refused to everybody who may not consent.',
    },
    wrong: [
      { cause: 'Dialpad has no account for these people.', because: 'Then Dialpad would say so, after the sign-in.' },
      { cause: 'The people are not assigned.', because: 'The app does not require assignment, and is not even there.' },
      { cause: 'The passwords are wrong.', because: 'The page comes after the password.' },
    ],
    mend: 'Sign in with Microsoft at Dialpad as a Global Administrator (Marta) and accept on behalf of the organization.',
    explanation: 'One consent of an administrator serves everybody; it also brings Dialpad among the enterprise apps.',
    source: 'dialpad F20',
    hints: [
      'Which system shows the page?',
      'Who may consent in this tenant?',
      'Dialpad, Log in with Microsoft as Marta; tick the consent for the organization; Accept.',
    ],
    async solve(bench) {
      await bench.edit('entra', 'consentSettings', () => ({ userConsent: 'allow' }))
    },
  },
]

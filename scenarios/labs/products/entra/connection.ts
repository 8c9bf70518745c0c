import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { addressOf } from '#scenarios/walkthroughs/people.ts'
import type { Act } from '../../acts/act.ts'
import { dialpad, entra } from '../../acts/commands.ts'
import { giveKey } from '../../acts/keys.ts'
import { cycle, moment, pass } from '../../acts/time.ts'
import { ruledOut } from '../../causes.ts'
import { hasAccount } from '../../checks.ts'
import { fill, note, paste, press, wait } from '../../hands/steps.ts'
import { dialpadSettings, entraProvisioning } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { ENTRA_PROVISIONING } from '../../places.ts'
import { TENANT_URL } from '../tenant-url.ts'
import { ADDRESS, DEMOTED, EXPIRED, MISTYPED, REVOKED } from './key-causes.ts'

/** Between Entra and Dialpad: the key and the address. */

/** A change of somebody, and the cycle that sends it: one that finds nothing to send asks the target nothing. */
const somethingIsSent: readonly Act[] = [
  entra('edit-person', { person: addressOf('ben.castillo'), jobTitle: 'Support Manager' }),
  cycle,
]

/** A new key, and provisioning begun again: a quarantine ends with that. */
const NEW_KEY: readonly Act[] = [
  giveKey('entra', { name: 'Entra, new key' }),
  entra('restart-provisioning', {}),
  moment,
]

export const ENTRA_CONNECTION_LABS: readonly Lab[] = [
  {
    id: 'entra-key-revoked',
    title: 'The key that was tidied away',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-key-revoked',
    breakIt: [dialpad('revoke-key', { name: 'Microsoft Entra provisioning' }), ...somethingIsSent],
    symptom:
      'Since this morning provisioning says "quarantine". Nobody has touched Entra. A colleague says he has cleaned up old keys in Dialpad.',
    where: ENTRA_PROVISIONING,
    right: REVOKED,
    wrong: [
      ruledOut(ADDRESS, 'The Tenant URL is https://dialpad.com/scim, as it should be.'),
      ruledOut(DEMOTED, 'The owner, Marta, is still a Company Admin; the answer would be 403.'),
      ruledOut(EXPIRED, 'The key had no end; the list of keys says it was revoked.'),
    ],
    mend: 'Make a new key in Dialpad, paste it into Provisioning > Connectivity, test, save, and restart provisioning.',
    control: { fill: 'Secret token' },
    explanation:
      'A job whose credentials are refused goes into quarantine at once: it tries again less and less often. A new key alone does not end that; the restart does.',
    source: 'entra-provisioning 12.3, dialpad F1',
    hints: [
      'What does the quarantine say that Dialpad answered?',
      "Compare the answer with Dialpad's list of API keys.",
      'Dialpad, API Keys: add one. Entra, Connectivity: paste it, Test connection, Save. Then Restart provisioning.',
    ],
    solve: NEW_KEY,
    mendByHand: [
      ...dialpadSettings('API Keys'),
      press('Add key'),
      fill('Name', 'Entra, new key'),
      press('Save'),
      note('API key'),
      ...entraProvisioning('Connectivity'),
      paste('Secret Token'),
      press('Test connection'),
      press('Save'),
      ...entraProvisioning(),
      press('Restart provisioning'),
      ...wait('PT1S'),
    ],
    checks: [hasAccount('ada.okafor')],
  },
  {
    id: 'entra-key-expired',
    title: 'A key for one day',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-key-expired',
    breakIt: [giveKey('entra', { name: 'Entra, for the test', hours: 3 }), pass('PT4H'), ...somethingIsSent],
    symptom: 'Provisioning worked in the test, and stopped by itself a few hours later.',
    where: ENTRA_PROVISIONING,
    right: EXPIRED,
    wrong: [
      ruledOut(REVOKED, 'The list of keys does not say revoked.'),
      ruledOut(MISTYPED, 'It worked at first: the token is the right one.'),
      ruledOut(ADDRESS, 'It worked at first: the address is the right one.'),
    ],
    mend: 'Make a key without an end, or with a later one, paste it into Provisioning > Connectivity, save, and restart.',
    control: { fill: 'Secret token' },
    explanation:
      'Dialpad lets a key end at a date. Nobody is told when it does; the next cycle is answered 401, and the job is in quarantine.',
    source: 'entra-provisioning 12.3, dialpad F1',
    hints: [
      'What worked until when?',
      'Look at the dates of the keys in Dialpad.',
      'Dialpad, API Keys: add one that lasts. Entra, Connectivity: paste, save. Restart provisioning.',
    ],
    solve: NEW_KEY,
    checks: [hasAccount('ada.okafor')],
  },
  {
    id: 'entra-token-mistyped',
    title: 'Bearer of bad news',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-token-mistyped',
    breakIt: [entra('set-token', { token: `Bearer ${CONNECTED_API_KEY}`, test: false }), ...somethingIsSent],
    symptom:
      'A script has saved the credentials anew, with the key that was valid all the time. Since then: quarantine, invalid credentials.',
    where: ENTRA_PROVISIONING,
    right: MISTYPED,
    wrong: [
      ruledOut(REVOKED, 'Dialpad lists the key, and not as revoked.'),
      ruledOut(EXPIRED, 'The key has no end.'),
      ruledOut(DEMOTED, 'The answer would be 403, and Marta is a Company Admin.'),
    ],
    mend: 'Paste the bare key, without the word Bearer, without blanks or line ends; test, save, restart.',
    control: { fill: 'Secret token' },
    explanation:
      'Entra writes the word Bearer itself. With one more in the token, Dialpad is sent "Bearer Bearer …" and knows no such key.',
    source: 'entra-provisioning 12.3, dialpad F3',
    hints: [
      'Is the key in Dialpad all right?',
      'Then what Entra sends is not the key.',
      'A key is shown once: make a new one and paste it bare into Connectivity.',
    ],
    solve: [entra('set-token', { token: CONNECTED_API_KEY }), entra('restart-provisioning', {}), moment],
    checks: [hasAccount('ada.okafor')],
  },
  {
    id: 'entra-key-owner-demoted',
    title: 'Power that left with a role',
    grade: 3,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'key-owner-demoted',
    breakIt: [
      dialpad('edit-person', { person: addressOf('ada.okafor'), companyAdmin: true }),
      giveKey('entra', { name: "Ada's key", owner: addressOf('ada.okafor') }),
      cycle,
      dialpad('edit-person', { person: addressOf('ada.okafor'), companyAdmin: false }),
      ...somethingIsSent,
    ],
    symptom:
      'The key is valid and was not touched, and still Dialpad refuses Entra. Ada, who set it up, has moved to another team.',
    where: ENTRA_PROVISIONING,
    right: DEMOTED,
    wrong: [
      ruledOut(REVOKED, 'The list of keys does not say so.'),
      ruledOut(MISTYPED, 'It worked for a while with this very token.'),
      ruledOut(EXPIRED, 'The key has no end.'),
    ],
    mend: 'Let a Company Admin who stays make a new key, and give that to Entra; or make Ada a Company Admin again and restart.',
    control: { press: 'Add key' },
    explanation:
      'A key does what its maker may do. When the maker loses the role, the key is still listed and is answered 403 for everything.',
    source: 'dialpad F2',
    hints: [
      'Which status does Dialpad answer?',
      'Whose key is it, and what may that person do today?',
      'Dialpad, API Keys, as Marta: add a key. Entra, Connectivity: paste it, save, restart. Revoke the old one.',
    ],
    solve: [dialpad('revoke-key', { name: "Ada's key" }), ...NEW_KEY],
    checks: [hasAccount('ada.okafor')],
  },
  {
    id: 'entra-tenant-url',
    title: 'One path too far',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-tenant-url-wrong',
    breakIt: [entra('set-token', { tenantUrl: `${TENANT_URL}/Users`, test: false }), cycle],
    symptom: 'After somebody "completed" the connection, nothing arrives in Dialpad any more.',
    where: ENTRA_PROVISIONING,
    right: ADDRESS,
    wrong: [
      ruledOut(REVOKED, 'The key is listed and valid.'),
      ruledOut(MISTYPED, 'A wrong token is answered 401; the log speaks of something else.'),
      ruledOut(DEMOTED, 'That is answered 403.'),
    ],
    mend: 'Set the Tenant URL to https://dialpad.com/scim, give the key again, test, save, restart.',
    control: { fill: 'Tenant URL' },
    explanation: 'Entra appends /Users and /Groups itself. The address ends with /scim.',
    source: 'entra-provisioning 12.3, dialpad F4',
    hints: [
      'Read the Tenant URL aloud.',
      'What will Entra append to it?',
      'Entra, Connectivity: Tenant URL https://dialpad.com/scim, and the key; save, restart.',
    ],
    solve: [
      entra('set-token', { tenantUrl: TENANT_URL, token: CONNECTED_API_KEY }),
      entra('restart-provisioning', {}),
      moment,
    ],
    checks: [hasAccount('ada.okafor')],
  },
]

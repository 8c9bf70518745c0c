import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { dialpad, okta, send } from '../../acts/commands.ts'
import { giveKey } from '../../acts/keys.ts'
import { hasAccount, titleArrived } from '../../checks.ts'
import { press, turnTo } from '../../hands/steps.ts'
import type { Lab } from '../../lab.ts'
import { OKTA_ASSIGNMENTS, OKTA_TASKS } from '../../places.ts'
import { promotion } from './assigning.ts'
import { TOKEN } from './suspects.ts'

/** Between the org and Dialpad. */

export const OKTA_CONNECTION_LABS: readonly Lab[] = [
  {
    id: 'okta-integration-off',
    title: 'Unplugged',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-integration-off',
    breakIt: [okta('disconnect', {})],
    symptom: 'Nothing has reached Dialpad since Tuesday: no new people, no changes, no leavers.',
    where: OKTA_ASSIGNMENTS,
    right: {
      cause: 'The API integration was switched off.',
      because: 'Integration shows the box unticked; the settings of To App are kept.',
    },
    wrong: [
      TOKEN,
      { cause: 'The app is deactivated.', because: 'It is active: people sign in with it.' },
      { cause: "Dialpad's SCIM service is down.", because: 'Then there would be tasks.' },
    ],
    mend: 'Provisioning > Integration > Edit: tick Enable API integration, test, save.',
    control: { press: 'Edit' },
    explanation: 'What is queued while it is off is forgotten; who changed meanwhile needs Force Sync.',
    source: 'okta 1.6',
    hints: [
      'Is anything attempted?',
      'Look at Integration.',
      'Integration, Edit: Enable API integration, Test API Credentials, Save.',
    ],
    solve: [okta('connect', { token: CONNECTED_API_KEY })],
    checks: [hasAccount('ben.castillo')],
  },
  {
    id: 'okta-app-deactivated',
    title: 'The tile that went',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-app-deactivated',
    breakIt: [okta('set-app-status', { status: 'INACTIVE' })],
    symptom: "Dialpad has disappeared from everybody's dashboard.",
    where: { system: 'okta', path: '/', label: 'Okta, dashboard' },
    right: { cause: 'The app was deactivated.', because: 'The list of applications shows it under Inactive.' },
    wrong: [
      { cause: 'Everybody was unassigned.', because: 'The assignments are still there.' },
      { cause: 'The tile is hidden.', because: 'It would still be active, and changes would be sent.' },
      TOKEN,
    ],
    mend: 'Activate the app.',
    control: { press: 'Inactive' },
    explanation: 'An app that is not active keeps its settings and its assignments.',
    source: 'okta 1.2',
    hints: [
      'Look at the list of applications.',
      'Which status has Dialpad?',
      'Applications, Inactive, Dialpad: Activate.',
    ],
    solve: [okta('set-app-status', { status: 'ACTIVE' })],
    mendByHand: [
      turnTo('okta'),
      press('Applications', 'Main'),
      press('Inactive 1'),
      press('Dialpad', 'Applications'),
      press('Inactive'),
      press('Activate'),
      press('Activate Dialpad'),
    ],
    checks: [hasAccount('ben.castillo')],
  },
  {
    id: 'okta-key-revoked',
    title: 'Tasks, tasks, tasks',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-key-revoked',
    breakIt: [dialpad('revoke-key', { name: 'Okta provisioning' }), ...promotion],
    symptom: 'The dashboard shows a task: the credentials used to connect to the API were invalid.',
    where: OKTA_TASKS,
    right: { cause: 'The token was revoked in Dialpad.', because: "Dialpad's list of keys says so." },
    wrong: [
      { cause: 'The token was pasted wrongly.', because: 'It worked until now.' },
      { cause: 'The Base URL is wrong.', because: 'It worked until now, and the answer was 401.' },
      { cause: 'Update User Attributes is off.', because: 'Then nothing would have been tried.' },
    ],
    mend: 'Make a new key in Dialpad; Integration > Edit: paste it, test, save; then retry the task.',
    control: { press: 'Edit' },
    explanation: 'Okta does not retry by itself but for 429: each change that failed waits as a task.',
    source: 'okta 8.2',
    hints: [
      'Which status did Dialpad answer?',
      "Look at Dialpad's keys.",
      'Dialpad, API Keys: add. Okta, Integration: paste, save. Tasks: Retry Selected.',
    ],
    solve: [giveKey('okta', { name: 'Okta, new key' }), okta('retry-tasks', {}), send],
    checks: [hasAccount('ben.castillo'), titleArrived('ben.castillo', 'Okta')],
  },
]

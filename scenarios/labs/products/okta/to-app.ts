import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { dialpad, okta, send } from '../../acts/commands.ts'
import { hasAccount, hasNoAccount, titleArrived } from '../../checks.ts'
import { press, tick, turnTo, wait } from '../../hands/steps.ts'
import { oktaApp } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { DIALPAD_PEOPLE, OKTA_ASSIGNMENTS } from '../../places.ts'
import { assignAnew, promotion } from './assigning.ts'
import { NOT_ASSIGNED, SEATS, TOKEN } from './suspects.ts'

/** Provisioning > To App: what the app may do. */

const ELIF = addressOf('elif.demir')
const CHLOE = addressOf('chloe.nguyen')

export const OKTA_TO_APP_LABS: readonly Lab[] = [
  {
    id: 'okta-create-off',
    title: 'Assigned, and that is all',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-create-off',
    breakIt: [okta('set-to-app', { createUsers: false }), okta('assign-person', { person: ELIF }), send],
    symptom: 'Elif was assigned to Dialpad and has no account there. Her row says: Matching user not found.',
    where: OKTA_ASSIGNMENTS,
    right: {
      cause: 'Create Users is not enabled.',
      because: 'Okta looks for an account, finds none, and may not make one.',
    },
    wrong: [NOT_ASSIGNED, TOKEN, SEATS],
    mend: 'Provisioning > To App > Edit: enable Create Users, Save; then retry her task, or assign her again.',
    control: { press: 'Edit' },
    explanation:
      'After a good test of the API all boxes of To App are still empty. Who failed meanwhile is not tried again by itself.',
    source: 'okta 8.2',
    hints: [
      'Was anything sent?',
      'What may the app do? Look at To App.',
      'To App, Edit: Create Users, Enable, Save. Tasks: Retry Selected.',
    ],
    solve: [okta('set-to-app', { createUsers: true }), ...assignAnew(ELIF)],
    mendByHand: [
      ...oktaApp('Provisioning'),
      press('To App', 'Settings'),
      press('Edit'),
      tick('Enable', true, 'Create Users'),
      press('Save'),
      turnTo('okta', '/admin/tasks'),
      tick('Elif Demir'),
      press('Retry Selected'),
      ...wait('PT1M'),
    ],
    checks: [hasAccount('elif.demir')],
  },
  {
    id: 'okta-assigned-before',
    title: 'The red mark',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-assigned-before-enabling',
    breakIt: [
      okta('disconnect', {}),
      okta('assign-person', { person: ELIF }),
      okta('connect', { token: CONNECTED_API_KEY }),
    ],
    symptom: 'Everything is enabled. New people get accounts; Elif, assigned last week, has a red mark.',
    where: OKTA_ASSIGNMENTS,
    right: {
      cause: 'She was assigned before provisioning was enabled.',
      because: 'Enabling does not look back at who is assigned already.',
    },
    wrong: [NOT_ASSIGNED, TOKEN, { cause: 'Create Users is not enabled.', because: 'It is, now.' }],
    mend: 'Press Provision User on Assignments.',
    control: { press: 'Provision User' },
    explanation: 'Events cause requests in Okta, not states: enabling a feature is no event of Elif.',
    source: 'okta 8.1 (5), 8.2',
    hints: [
      'Point at the mark.',
      'Since when is she assigned, since when is the feature on?',
      'Assignments: Provision User.',
    ],
    solve: [okta('provision-user', {}), send],
    mendByHand: [...oktaApp('Assignments'), press('Provision User'), press('OK'), ...wait('PT1M')],
    checks: [hasAccount('elif.demir')],
  },
  {
    id: 'okta-update-off',
    title: 'A title from last year',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-update-off',
    breakIt: [okta('set-to-app', { updateAttributes: false }), ...promotion],
    symptom: "Ben's new title is in Okta and does not reach Dialpad.",
    where: DIALPAD_PEOPLE,
    right: { cause: 'Update User Attributes is not enabled.', because: 'A change of the profile then sends nothing.' },
    wrong: [NOT_ASSIGNED, TOKEN, { cause: 'The title is not mapped.', because: 'It is, on create and update.' }],
    mend: 'To App: enable Update User Attributes, then Force Sync for what was missed.',
    control: { press: 'Edit' },
    explanation: 'What changed while the feature was off is not sent later by itself.',
    source: 'okta 8.2',
    hints: ['Was anything sent?', 'Look at To App.', 'To App, Edit: Update User Attributes, Save. Then Force Sync.'],
    solve: [okta('set-to-app', { updateAttributes: true }), okta('force-sync', {}), send],
    checks: [hasAccount('ben.castillo'), titleArrived('ben.castillo', 'Okta')],
  },
  {
    id: 'okta-create-only-mapping',
    title: 'Once and never again',
    grade: 3,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-mapped-on-create-only',
    breakIt: [okta('set-mapping', { attribute: 'title', expression: 'user.title', on: 'create' }), send, ...promotion],
    symptom: 'Departments change in Dialpad when they change in Okta. Titles do not.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'The mapping of title applies on create only.',
      because: 'Other attributes flow; this one row says Create.',
    },
    wrong: [
      { cause: 'Update User Attributes is off.', because: 'It is on: other attributes flow.' },
      TOKEN,
      { cause: 'Dialpad has no field for a title.', because: 'It has: it was filled at the start.' },
    ],
    mend: 'To App, mappings: title, Apply on Create and update; then Force Sync.',
    control: { press: 'Edit Title' },
    explanation: 'Each mapped attribute says for itself when it is written.',
    source: 'okta 8.2',
    hints: [
      'Which attributes flow, which do not?',
      'Look at the column Apply on.',
      'To App, title, Edit: Create and update, Save.',
    ],
    solve: [
      okta('set-mapping', { attribute: 'title', expression: 'user.title', on: 'create-and-update' }),
      okta('force-sync', {}),
      send,
    ],
    checks: [hasAccount('ben.castillo'), titleArrived('ben.castillo', 'Okta')],
  },
  {
    id: 'okta-deactivate-off',
    title: 'Gone, and still ringing',
    grade: 1,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-deactivate-off',
    breakIt: [okta('set-to-app', { deactivateUsers: false }), okta('deactivate-person', { person: CHLOE }), send],
    symptom: 'Chloe was deactivated in Okta on her last day. Her phone still rings.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'Deactivate Users is not enabled.',
      because: 'Okta opens a task for a person to do by hand, and sends nothing.',
    },
    wrong: [
      TOKEN,
      { cause: 'She is only suspended in Okta.', because: 'She is deactivated.' },
      { cause: 'Dialpad suspends at night.', because: 'It does at once what it is asked.' },
    ],
    mend: 'To App: enable Deactivate Users for the next one. Suspend Chloe in Dialpad by hand, and close the task.',
    control: { press: 'Edit' },
    explanation: 'The leaver of yesterday stays: enabling a feature does not look back.',
    source: 'okta 8.2',
    hints: [
      'Look at the tasks.',
      'What may the app do? Look at To App.',
      'To App: Deactivate Users. Dialpad, Users: suspend Chloe.',
    ],
    solve: [
      okta('set-to-app', { deactivateUsers: true }),
      dialpad('suspend-person', { person: CHLOE }),
      okta('complete-tasks', {}),
    ],
    checks: [hasNoAccount('chloe.nguyen')],
  },
]

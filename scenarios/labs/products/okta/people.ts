import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { okta, send } from '../../acts/commands.ts'
import { hasAccount, hasNoAccount } from '../../checks.ts'
import { enter, fill, press, turnTo, wait } from '../../hands/steps.ts'
import type { Lab } from '../../lab.ts'
import { DIALPAD_PEOPLE, OKTA_ASSIGNMENTS, OKTA_TASKS } from '../../places.ts'
import { assignAnew } from './assigning.ts'
import { NOT_ASSIGNED, SEATS, TOKEN } from './suspects.ts'

/** The app's settings as they show on people. */

const ELIF = addressOf('elif.demir')
const BEN = addressOf('ben.castillo')
const GEORGE = addressOf('george.mensah')
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

export const OKTA_PEOPLE_LABS: readonly Lab[] = [
  {
    id: 'okta-suspended-leaver',
    title: 'Suspended is not suspended',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-suspended-leaver',
    breakIt: [okta('suspend-person', { person: GEORGE }), send],
    symptom: 'We suspended George when he left. He cannot sign in to Okta, and still takes calls.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'Suspending in Okta sends nothing to apps.',
      because: 'Only deactivating, or taking the app away, does.',
    },
    wrong: [TOKEN, { cause: 'Deactivate Users is off.', because: 'It is on.' }, NOT_ASSIGNED],
    mend: 'Unsuspend and then deactivate him (or unassign him from Dialpad).',
    control: { press: 'More Actions' },
    explanation: 'A suspension is a pause of the sign-in. For leavers there is Deactivate.',
    source: 'okta 8.1 (4), 8.2',
    hints: [
      'Which state has he in Okta?',
      'What does that state send?',
      'People, George Mensah, More Actions: Deactivate.',
    ],
    solve: [okta('unsuspend-person', { person: GEORGE }), okta('deactivate-person', { person: GEORGE }), send],
    mendByHand: [
      turnTo('okta'),
      press('People', 'Main'),
      fill('Search people', 'George Mensah'),
      enter,
      press('George Mensah', 'People'),
      press('More Actions'),
      press('Unsuspend'),
      press('Unsuspend George Mensah'),
      press('More Actions'),
      press('Deactivate'),
      press('Deactivate George Mensah'),
      ...wait('PT1M'),
    ],
    checks: [hasNoAccount('george.mensah')],
  },
  {
    id: 'okta-user-name-prefix',
    title: 'Half an address',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-user-name-not-an-address',
    breakIt: [
      okta('edit-sign-on', { userNameFormat: 'okta-username-prefix' }),
      okta('assign-person', { person: ELIF }),
      send,
    ],
    symptom: 'New people fail: Dialpad answers 400. People from before are fine.',
    where: OKTA_TASKS,
    right: {
      cause: 'The application username is only the part before the @.',
      because: 'Dialpad wants an e-mail address as userName.',
    },
    wrong: [TOKEN, SEATS, { cause: "The domain is not the company's.", because: 'No domain is sent.' }],
    mend: 'Sign On: Application username format Email, Save, Update Now; then retry.',
    control: { press: 'Edit' },
    explanation: 'The format is applied when somebody is assigned; Update Now applies it to who is assigned already.',
    source: 'okta 8.2, dialpad F12',
    hints: [
      'Read the task.',
      "Compare Elif's user name with Ada's on Assignments.",
      'Sign On, Edit: Email, Save. Unassign Elif and assign her again.',
    ],
    solve: [okta('edit-sign-on', { userNameFormat: 'email' }), ...assignAnew(ELIF)],
    checks: [hasAccount('elif.demir')],
  },
  {
    id: 'okta-licence-misspelt',
    title: 'A hyphen too many',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-licence-misspelt',
    breakIt: [
      okta('add-attribute', { owner: 'Dialpad', name: 'licenseType', namespace: ENTERPRISE }),
      okta('set-mapping', { attribute: 'licenseType', expression: '"dialpad-talk"', applyNow: false }),
      okta('assign-person', { person: ELIF }),
      send,
    ],
    symptom: 'Since the license is given by Okta, new people fail with 400.',
    where: OKTA_TASKS,
    right: {
      cause: 'The value of licenseType is misspelt.',
      because: 'Dialpad knows dialpad_talk, with an underscore.',
    },
    wrong: [
      TOKEN,
      SEATS,
      { cause: 'The attribute has no namespace.', because: 'Then it would not be sent, and nothing would fail.' },
    ],
    mend: 'Correct the value to dialpad_talk, and assign Elif again (or retry her task).',
    control: { press: 'Edit licenseType' },
    explanation: 'An enumerated list in the Profile Editor makes the mistake impossible.',
    source: 'okta 8.2, dialpad F9',
    hints: [
      'Read the task.',
      "Compare the value with Dialpad's list.",
      'To App, licenseType, Edit: "dialpad_talk", Save. Tasks: Retry Selected.',
    ],
    solve: [okta('set-mapping', { attribute: 'licenseType', expression: '"dialpad_talk"' }), ...assignAnew(ELIF)],
    checks: [hasAccount('elif.demir')],
  },
  {
    id: 'okta-no-namespace',
    title: 'Said into the void',
    grade: 3,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-attribute-without-namespace',
    breakIt: [
      okta('add-attribute', { owner: 'Dialpad', name: 'officeName' }),
      okta('set-mapping', { attribute: 'officeName', expression: '"London"', applyNow: false }),
      okta('assign-person', { person: ELIF }),
      send,
    ],
    symptom: 'Okta says everybody is to be in London. Elif was created in Denver, and nothing failed.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'The custom attribute has no external namespace.',
      because: 'Okta does not send what it has no place for, and says nothing.',
    },
    wrong: [
      { cause: 'Dialpad has no office London.', because: 'It has.' },
      { cause: 'Dialpad reads another attribute.', because: 'It would read officeName too; it was never sent.' },
      TOKEN,
    ],
    mend: 'Add the attribute again with the namespace of the enterprise extension, and map it.',
    control: { press: '+ Add Attribute' },
    explanation: 'An external namespace cannot be changed later in the real console: the attribute is made anew.',
    source: 'okta 8.1 (9), 8.2',
    hints: [
      'Look at the request that created Elif.',
      'Which attributes of the profile have a namespace?',
      `Profile Editor, Dialpad User: officeName with ${ENTERPRISE}.`,
    ],
    solve: [
      okta('remove-attribute', { owner: 'Dialpad', name: 'officeName' }),
      okta('add-attribute', { owner: 'Dialpad', name: 'officeName', namespace: ENTERPRISE }),
      okta('set-mapping', { attribute: 'officeName', expression: '"London"' }),
      send,
    ],
    checks: [hasAccount('elif.demir')],
  },
  {
    id: 'okta-individual-override',
    title: 'The exception',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-individual-overrides-group',
    breakIt: [
      okta('edit-group-assignment', { group: 'Dialpad Users', values: { title: 'Telephony user' } }),
      okta('edit-assignment', { person: BEN, scope: 'USER', values: { title: 'Support Lead' } }),
      send,
    ],
    symptom: 'The group sets the same title for everybody in Dialpad. Ben keeps another.',
    where: OKTA_ASSIGNMENTS,
    right: { cause: 'Ben is assigned individually.', because: 'A value set for the person wins over the group.' },
    wrong: [NOT_ASSIGNED, { cause: 'Ben is not in the group.', because: 'He is.' }, TOKEN],
    mend: 'Assignments: reset Ben to the group (Convert Assignments).',
    control: { press: 'Convert Assignments' },
    explanation: '"Administrator (overrides group)" means what it says, and for ever.',
    source: 'okta 8.1 (10), 8.2',
    hints: [
      'Look at the column Type.',
      'Individual, or Group?',
      'Assignments, Ben, Edit: clear the value; or Convert Assignments.',
    ],
    solve: [okta('edit-assignment', { person: BEN, scope: 'GROUP' }), send],
    checks: [hasAccount('ben.castillo')],
  },
]

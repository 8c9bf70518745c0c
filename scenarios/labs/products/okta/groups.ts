import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { dialpad, okta, send } from '../../acts/commands.ts'
import { groupIsAssigned, groupIsPushed, hasAccount, importIsOver } from '../../checks.ts'
import { press, pressIn, wait } from '../../hands/steps.ts'
import { oktaApp } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { OKTA_IMPORT, OKTA_PUSH_GROUPS } from '../../places.ts'
import { TOKEN } from './suspects.ts'

/** Groups that are pushed, and imports. */

export const OKTA_GROUP_LABS: readonly Lab[] = [
  {
    id: 'okta-pushed-group-deleted',
    title: 'Pushing nothing',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-pushed-group-deleted',
    breakIt: [okta('push-group', { group: 'Sales' }), send, dialpad('delete-group', { group: 'Sales' })],
    symptom: 'The group Sales is gone from Dialpad; Okta says it is pushed.',
    where: OKTA_PUSH_GROUPS,
    right: {
      cause: 'The group was deleted in Dialpad.',
      because: "Okta still has the id of a group that Dialpad does not know; Dialpad's change log names who did it.",
    },
    wrong: [
      TOKEN,
      { cause: 'The push is off.', because: 'It is active.' },
      { cause: 'Sales has no members.', because: 'A group without members is there all the same.' },
    ],
    mend: 'Unlink the pushed group and push it again.',
    control: { press: 'Active' },
    explanation: 'Okta notices only with the next change of the group, and then cannot repair it by itself.',
    source: 'okta 8.2',
    hints: [
      'Is the group in Dialpad?',
      'Who deleted it?',
      'Push Groups, Sales: Unlink pushed group. Then push Sales by name.',
    ],
    solve: [okta('unlink-group', { group: 'Sales' }), send, okta('push-group', { group: 'Sales' }), send],
    checks: [groupIsPushed('Sales')],
  },
  {
    id: 'okta-pushed-group-renamed',
    title: 'Two names for one group',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-pushed-group-renamed',
    breakIt: [
      okta('push-group', { group: 'Sales' }),
      send,
      okta('edit-group', { group: 'Sales', name: 'Field Sales' }),
      send,
    ],
    symptom: 'Sales is called Field Sales in Okta since Monday. Push Groups says Active, and Dialpad still says Sales.',
    where: OKTA_PUSH_GROUPS,
    right: {
      cause: 'Dialpad ignores new names of groups.',
      because: 'The new name was sent and answered 200; the group in the answer has its old name.',
    },
    wrong: [
      TOKEN,
      { cause: 'The push is switched off.', because: 'It is active, and members of the group are in step.' },
      { cause: 'The group is assigned and pushed at once.', because: 'Sales assigns nobody.' },
    ],
    mend: 'Give the group its old name back in Okta; or unlink it, deleting it in Dialpad, and push it again under the new name.',
    control: { press: 'Active' },
    explanation: 'A group of Dialpad keeps the name it was made with. Decide on names before the first push.',
    source: 'okta 8.2, dialpad F16',
    hints: [
      'Was the new name sent, and what was answered?',
      'Compare the name in Okta with that in Dialpad.',
      'Push Groups, Field Sales: Unlink pushed group, and delete it in Dialpad. Then push Field Sales by name.',
    ],
    solve: [okta('edit-group', { group: 'Field Sales', name: 'Sales' }), okta('push-now', { group: 'Sales' }), send],
    checks: [groupIsPushed('Sales', 'Field Sales')],
  },
  {
    id: 'okta-assigned-and-pushed',
    title: 'One group, two jobs',
    grade: 3,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-group-assigned-and-pushed',
    breakIt: [okta('push-group', { group: 'Dialpad Users' }), send],
    symptom: 'Members of Dialpad Users come and go in the group at Dialpad, although nobody changes anything.',
    where: OKTA_PUSH_GROUPS,
    right: {
      cause: 'The same group assigns people and is pushed.',
      because: 'The push may run before the accounts are there, and the other way round.',
    },
    wrong: [
      TOKEN,
      { cause: 'Two administrators work at once.', because: 'The System Log names nobody.' },
      { cause: 'The group was renamed.', because: 'It has the same name in both systems.' },
    ],
    mend: 'Use one group to assign and another to push: deactivate or unlink this push.',
    control: { press: 'Active' },
    explanation: 'Okta advises separate groups, for the two do not wait for each other.',
    source: 'okta 8.1 (12), 8.2',
    hints: [
      'Look at Assignments > Groups and at Push Groups.',
      'Which name is on both?',
      'Push Groups, Dialpad Users: Deactivate group push.',
    ],
    solve: [okta('set-group-push', { group: 'Dialpad Users', active: false }), send],
    mendByHand: [
      ...oktaApp('Push Groups'),
      pressIn('Dialpad Users', 'Active'),
      pressIn('Dialpad Users', 'Deactivate group push'),
    ],
    checks: [groupIsAssigned('Dialpad Users'), hasAccount('ada.okafor')],
  },
  {
    id: 'okta-import-held-back',
    title: 'The import that would not',
    grade: 2,
    product: 'Okta',
    world: 'connected-okta',
    fault: 'okta-import-held-back',
    breakIt: [
      dialpad('delete-person', { person: addressOf('ben.castillo') }),
      dialpad('delete-person', { person: addressOf('tomas.berg') }),
      okta('import-now', {}),
    ],
    symptom: 'A colleague tidied up in Dialpad. Since then no import from Dialpad ends; Okta wants a decision.',
    where: OKTA_IMPORT,
    right: {
      cause: 'More people are gone in Dialpad than the import safeguard allows.',
      because: 'The import stopped before anybody lost the app, and waits for an administrator.',
    },
    wrong: [
      TOKEN,
      { cause: 'Imports are switched off.', because: 'The newest one ran, and stopped.' },
      { cause: 'The people cannot be matched.', because: 'They are matched already: it is about who is missing.' },
    ],
    mend: 'Look at who would lose the app. They are really gone in Dialpad: press Resume Import.',
    control: { press: 'Resume Import' },
    explanation:
      'The safeguard counts who would be unassigned, in percent. It protects from an emptied target, and stops a real tidy-up too.',
    source: 'okta 8.2',
    hints: [
      'What does the tab Import say?',
      'Who is assigned in Okta and deleted in Dialpad?',
      'Import: Resume Import, if they are to go.',
    ],
    solve: [okta('resume-import', {}), send],
    mendByHand: [...oktaApp('Import'), press('Resume Import'), ...wait('PT1M')],
    checks: [importIsOver, hasAccount('ada.okafor')],
  },
]

import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { dialpad, entra } from '../../acts/commands.ts'
import { cycle } from '../../acts/time.ts'
import { hasAccount } from '../../checks.ts'
import { enter, fill, press, turnTo, wait } from '../../hands/steps.ts'
import { dialpadSettings, entraProvisioning } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { DIALPAD_GROUPS, DIALPAD_PEOPLE } from '../../places.ts'
import { KEY, STOPPED, UNASSIGNED } from './suspects.ts'

/** Where what Entra believes of Dialpad and what Dialpad has differ. */

export const ENTRA_TARGET_LABS: readonly Lab[] = [
  {
    id: 'entra-deleted-in-dialpad',
    title: 'Deleted where it was not meant to be',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-account-deleted-in-dialpad',
    breakIt: [cycle, dialpad('delete-person', { person: addressOf('ben.castillo') }), cycle],
    symptom: 'Ben vanished from Dialpad. He is assigned, enabled, and cycles are green.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'His account was deleted in Dialpad by hand.',
      because: 'Cycles look only at what changes in Entra; the change log of Dialpad names who did it.',
    },
    wrong: [UNASSIGNED, STOPPED, { cause: 'His sign-in is blocked.', because: 'It is not.' }],
    mend: 'Provision Ben on demand: he is looked for, not found, and created.',
    control: { fill: 'Select a user or group' },
    explanation:
      'The service believes what it has written. On demand, a change of the person, or a restart makes it look again.',
    source: 'entra-provisioning 12.2 (11), 12.3',
    hints: [
      'Who deleted him? Not Entra: look at the change log.',
      'When will Entra look at Ben again?',
      'Provisioning, Provision on demand: Ben Castillo.',
    ],
    solve: [entra('provision-on-demand', { principal: addressOf('ben.castillo') })],
    mendByHand: [
      ...entraProvisioning('Provision on demand'),
      fill('Select a user or group', 'Ben Castillo'),
      press('Search', 'Users and groups'),
      press('Ben Castillo', 'Users and groups'),
      press('Provision'),
    ],
    checks: [hasAccount('ben.castillo')],
  },
  {
    id: 'entra-suspended-in-dialpad',
    title: 'Suspended by a helping hand',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-account-suspended-in-dialpad',
    breakIt: [dialpad('suspend-person', { person: addressOf('chloe.nguyen') }), cycle],
    symptom: 'Chloe cannot log in to Dialpad. Entra says she is provisioned.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'She was suspended in Dialpad by hand.',
      because: 'Dialpad shows her as Suspended, and its change log names an administrator, not the key.',
    },
    wrong: [UNASSIGNED, { cause: 'Entra has suspended her.', because: 'No such request is in the log.' }, STOPPED],
    mend: 'Reactivate her in Dialpad, or provision her on demand.',
    control: { press: 'Reactivate' },
    explanation: 'What is changed in the app is not overwritten until the person changes in the directory.',
    source: 'entra-provisioning 12.2 (10)',
    hints: ['Which state has she in Dialpad?', 'Who did it?', 'Dialpad, Users, Suspended: Chloe Nguyen, Reactivate.'],
    solve: [dialpad('reactivate-person', { person: addressOf('chloe.nguyen') })],
    mendByHand: [
      ...dialpadSettings('Users'),
      fill('Search users', 'Chloe'),
      enter,
      press('Chloe Nguyen'),
      press('Reactivate'),
      press(`Reactivate Chloe Nguyen (${addressOf('chloe.nguyen')})`),
    ],
    checks: [hasAccount('chloe.nguyen')],
  },
  {
    id: 'entra-group-renamed',
    title: 'An old name that stays',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-group-renamed',
    breakIt: [entra('edit-group', { group: 'Dialpad Users', name: 'Phone Users' }), cycle],
    symptom:
      'The group is called Phone Users since last week. Dialpad still says Dialpad Users, although the log says success.',
    where: DIALPAD_GROUPS,
    right: {
      cause: 'Dialpad ignores new names of groups.',
      because: 'The request was sent and answered 200; its change log says the name was ignored.',
    },
    wrong: [STOPPED, KEY, { cause: 'Groups are not mapped.', because: 'Members of the group are in step.' }],
    mend: 'Give the group its old name back, and let a cycle run.',
    control: { fill: 'Group name' },
    explanation: 'The name of a group is fixed when it is made. A new name needs a new group.',
    source: 'dialpad F16, entra-provisioning 12.2 (31)',
    hints: [
      'Was the new name sent?',
      "What does Dialpad's change log say?",
      'Entra, Groups, Phone Users, Properties: Dialpad Users.',
    ],
    solve: [entra('edit-group', { group: 'Phone Users', name: 'Dialpad Users' }), cycle],
    mendByHand: [
      turnTo('entra'),
      press('Groups', 'Main'),
      press('Phone Users', 'All groups'),
      press('Properties', 'Pages of Phone Users'),
      fill('Group name', 'Dialpad Users'),
      press('Save'),
      ...wait('PT41M'),
    ],
    checks: [hasAccount('ada.okafor')],
  },
]

import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { dialpad, entra } from '../../acts/commands.ts'
import { cycle } from '../../acts/time.ts'
import { hasAccount, hasNoAccount, nothingFails, titleArrived } from '../../checks.ts'
import { press, tick, wait } from '../../hands/steps.ts'
import { entraProvisioning } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { DIALPAD_PEOPLE, ENTRA_PROVISIONING } from '../../places.ts'
import { KEY, STOPPED, UNASSIGNED } from './suspects.ts'

/** What the mapping of people does to everybody. */

const BEN = addressOf('ben.castillo')
const WORK_MAIL = 'emails[type eq "work"].value'
const PROMOTION = entra('edit-person', { person: BEN, jobTitle: 'Support Manager' })

export const ENTRA_MAPPING_LABS: readonly Lab[] = [
  {
    id: 'entra-create-unticked',
    title: 'Nobody new',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-create-unticked',
    breakIt: [
      entra('set-mapping-actions', { create: false }),
      entra('add-member', { group: 'Dialpad Users', member: addressOf('hana.suzuki') }),
      cycle,
    ],
    symptom: 'Changes of people arrive at once. New people never do: Hana has been in the group for days.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'Create is not ticked in the mapping.',
      because: 'Updates are sent and creations are not: only that action is missing.',
    },
    wrong: [
      STOPPED,
      UNASSIGNED,
      { cause: 'Dialpad has no license left.', because: 'Then there would be an attempt, and a failure in the log.' },
    ],
    mend: 'Tick Create under Target Object Actions, save, and let a cycle run.',
    control: { tick: 'Create' },
    explanation:
      'The three actions are switches of their own. Without Create, people in scope are skipped without a failure.',
    source: 'entra-provisioning 12.3',
    hints: [
      'Was anything sent for Hana?',
      'Look at what the mapping may do.',
      'Provisioning, Attribute mapping, users: tick Create, Save.',
    ],
    solve: [entra('set-mapping-actions', { create: true }), cycle],
    mendByHand: [
      ...entraProvisioning('Attribute Mapping'),
      press('Users', 'Attribute Mapping'),
      tick('Create'),
      press('Save', 'Commands'),
      press('Yes'),
      ...wait('PT41M'),
    ],
    checks: [hasAccount('hana.suzuki')],
  },
  {
    id: 'entra-update-unticked',
    title: 'Promoted in one place',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-update-unticked',
    breakIt: [entra('set-mapping-actions', { update: false }), PROMOTION, cycle],
    symptom: 'Ben was promoted. Entra shows the new title; Dialpad keeps the old one, and no error anywhere.',
    where: DIALPAD_PEOPLE,
    right: { cause: 'Update is not ticked in the mapping.', because: 'Differences are seen and not sent.' },
    wrong: [STOPPED, { cause: 'The title is not mapped.', because: 'jobTitle is mapped to title.' }, KEY],
    mend: 'Tick Update under Target Object Actions, save, and let a cycle run.',
    control: { tick: 'Update' },
    explanation: 'Saving the mapping looks at everybody anew, so what was missed is sent too.',
    source: 'entra-provisioning 5.1',
    hints: [
      'What does the log say about Ben?',
      'Is it the attribute, or the action?',
      'Provisioning, Attribute mapping, users: tick Update, Save.',
    ],
    solve: [entra('set-mapping-actions', { update: true }), cycle],
    checks: [hasAccount('ben.castillo'), titleArrived('ben.castillo', 'Entra')],
  },
  {
    id: 'entra-delete-unticked',
    title: 'Deleted for good, almost',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-delete-unticked',
    breakIt: [
      entra('set-mapping-actions', { delete: false }),
      entra('delete-person', { person: BEN }),
      cycle,
      entra('erase-person', { person: BEN }),
      cycle,
    ],
    symptom: 'Ben was deleted for good. His record is still in Dialpad, suspended, and holds his address.',
    where: DIALPAD_PEOPLE,
    right: { cause: 'Delete is not ticked in the mapping.', because: 'The suspension was sent, the deletion never.' },
    wrong: [STOPPED, KEY, { cause: 'Ben is still in the recycle bin.', because: 'He was deleted from there too.' }],
    mend: 'Tick Delete for the next one. The deletion of Ben has passed by: delete his record in Dialpad.',
    control: { tick: 'Delete' },
    explanation:
      'A hard delete is a change like others, read once. Whoever was missed while Delete was off stays until somebody deletes the record.',
    source: 'entra-provisioning 12.3',
    hints: [
      'Which requests about Ben were sent?',
      'Look at what the mapping may do.',
      'Attribute mapping: tick Delete, Save. Dialpad, Users, Suspended: delete Ben.',
    ],
    solve: [entra('set-mapping-actions', { delete: true }), cycle, dialpad('delete-person', { person: BEN })],
    checks: [hasNoAccount('ben.castillo')],
  },
  {
    id: 'entra-active-unmapped',
    title: 'Leavers who stay',
    grade: 3,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-active-unmapped',
    breakIt: [entra('remove-mapping', { attribute: 'active' }), entra('block-person', { person: BEN }), cycle],
    symptom: 'Ben left, his sign-in is blocked, and he still takes calls with Dialpad.',
    where: DIALPAD_PEOPLE,
    right: {
      cause: 'The mapping of active was removed.',
      because: 'A leaver is switched off by that attribute; nothing else does it.',
    },
    wrong: [
      STOPPED,
      { cause: 'Update is not ticked.', because: 'It is; titles arrive.' },
      { cause: 'Blocking a sign-in sends nothing.', because: 'It sends active = false, where active is mapped.' },
    ],
    mend: 'Restore the default mapping (or add the row active again), save, and let a cycle run.',
    control: { press: 'Restore default mappings' },
    explanation:
      'active is filled by Switch([IsSoftDeleted], …). Without the row the service has nothing to disable with.',
    source: 'entra-provisioning 12.3',
    hints: [
      'What was sent when Ben was blocked?',
      'Which attribute would have told Dialpad?',
      'Attribute mapping: Restore default mappings.',
    ],
    solve: [
      entra('set-mapping', {
        attribute: 'active',
        expression: 'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
      }),
      cycle,
    ],
    checks: [hasNoAccount('ben.castillo')],
  },
  {
    id: 'entra-user-name',
    title: 'What is your name?',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-user-name-not-an-address',
    breakIt: [entra('set-mapping', { attribute: 'userName', source: 'mailNickname' }), cycle],
    symptom: 'Since the mapping was "simplified", every person fails with 400.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'userName is filled from the nickname.',
      because: 'Dialpad knows people by an e-mail address; ada.okafor is none.',
    },
    wrong: [
      KEY,
      { cause: "The people's domain is not the company's.", because: 'No domain is sent at all.' },
      { cause: 'Dialpad has no license left.', because: 'Existing accounts fail too.' },
    ],
    mend: 'Map userName from userPrincipalName again, save, and let a cycle run.',
    control: { press: 'Edit userName' },
    explanation: 'userName is also what accounts are matched by: changed, nobody is found any more.',
    source: 'dialpad F12',
    hints: [
      'Read the answer of Dialpad in the log.',
      'What is sent as userName?',
      'Attribute mapping: edit userName, source userPrincipalName, Save.',
    ],
    solve: [entra('set-mapping', { attribute: 'userName', source: 'userPrincipalName' }), cycle],
    checks: [hasAccount('ada.okafor'), nothingFails],
  },
  {
    id: 'entra-match-by-mail',
    title: 'No mailbox, no account',
    grade: 3,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-match-value-missing',
    breakIt: [
      entra('set-mapping', { attribute: WORK_MAIL, matching: 2 }),
      entra('set-mapping', { attribute: 'userName', matching: false }),
      entra('edit-person', { person: addressOf('hana.suzuki'), mail: null }),
      entra('add-member', { group: 'Dialpad Users', member: addressOf('hana.suzuki') }),
      cycle,
    ],
    symptom: 'Hana, who has no mailbox yet, is skipped in every cycle. Everybody else is fine.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'Accounts are matched by mail, and Hana has none.',
      because: 'Without a value to match by, nobody can be looked for, and the person is skipped.',
    },
    wrong: [
      UNASSIGNED,
      { cause: 'Her sign-in is blocked.', because: 'It is not.' },
      { cause: 'A scoping filter leaves her out.', because: 'There is none.' },
    ],
    mend: 'Match by userName again, or give Hana a mail; then let a cycle run.',
    control: { press: 'Edit userName' },
    explanation: 'The matching attribute has to be there for everybody. The user principal name always is.',
    source: 'entra-provisioning 12.3',
    hints: [
      'What does the log say why she was skipped?',
      'Which attribute is matched by, and what does Hana have there?',
      'Users, Hana, Properties: fill in Mail; or Attribute mapping: match by userName.',
    ],
    solve: [
      entra('set-mapping', { attribute: 'userName', matching: 1 }),
      entra('set-mapping', { attribute: WORK_MAIL, matching: false }),
      cycle,
    ],
    checks: [hasAccount('hana.suzuki')],
  },
]

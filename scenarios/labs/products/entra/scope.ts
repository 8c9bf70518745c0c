import { COMPANY } from '#kit/world/cast.ts'
import { OTHER_TENANT } from '#kit/world/constants.ts'
import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { entra } from '../../acts/commands.ts'
import { switchTo } from '../../acts/outside.ts'
import { cycle } from '../../acts/time.ts'
import { hasAccount, nothingFails } from '../../checks.ts'
import { fill, press, wait } from '../../hands/steps.ts'
import { entraPerson, entraProvisioning } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { ENTRA_PROVISIONING } from '../../places.ts'
import { KEY, STOPPED, UNASSIGNED } from './suspects.ts'

/** Who is meant, and who the job sees. */

const onlyDepartment = (value: string) => ({
  title: 'Telephony',
  clauses: [{ attribute: 'department', operator: 'EQUALS' as const, value }],
})

/** Lucas Meyer, of another company. */
const GUEST = `lucas.meyer_${OTHER_TENANT.domain}#EXT#@${COMPANY.domain}`

export const ENTRA_SCOPE_LABS: readonly Lab[] = [
  {
    id: 'entra-filter-case',
    title: 'Sales is not sales',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-filter-case',
    breakIt: [entra('set-scope', { filters: [onlyDepartment('sales')] }), cycle],
    symptom: 'We wanted only Sales in Dialpad, set a scoping filter, and now even the salespeople are suspended.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'The filter asks for "sales"; the directory says "Sales".',
      because: 'EQUALS compares with case: nobody passes, so everybody has left scope.',
    },
    wrong: [
      UNASSIGNED,
      {
        cause: 'Saving a filter always suspends everybody.',
        because: 'It looks at everybody anew, and suspends those who do not pass.',
      },
      { cause: 'department is not mapped.', because: 'A filter reads the directory, not the mapping.' },
    ],
    mend: 'Correct the value of the filter to "Sales" (or take the filter away), save, and let a cycle run.',
    control: { press: 'Edit Telephony' },
    explanation: 'EQUALS is exact. Saving a filter on an app in use re-evaluates everybody: try it on demand first.',
    source: 'entra-provisioning 12.2 (16), 12.3',
    hints: [
      'Why does the log say somebody was skipped?',
      'Compare the filter with the department of George, letter by letter.',
      'Provisioning, Scoping filters: edit the clause to Sales, Save.',
    ],
    solve: [entra('set-scope', { filters: [onlyDepartment('Sales')] }), cycle],
    mendByHand: [
      ...entraProvisioning('Attribute Mapping'),
      press('Users', 'Attribute Mapping'),
      press('Telephony'),
      press('Edit Telephony'),
      fill('Attribute Value', 'Sales'),
      press('OK'),
      press('Save', 'Commands'),
      press('Yes'),
      ...wait('PT41M'),
    ],
    checks: [hasAccount('george.mensah')],
  },
  {
    id: 'entra-sign-in-blocked',
    title: 'Invited and locked out',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-sign-in-blocked',
    breakIt: [entra('add-member', { group: 'Dialpad Users', member: addressOf('victor.hale') }), cycle],
    symptom: 'Victor is in Dialpad Users since yesterday and gets no account. The log shows no failure.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: "Victor's sign-in is blocked.",
      because: 'Whoever is disabled before the first sync is never created: skipped, not failed.',
    },
    wrong: [
      UNASSIGNED,
      STOPPED,
      { cause: 'Dialpad has no license left in Denver.', because: 'Then there would be a failure.' },
    ],
    mend: 'Allow his sign-in, if he is to have an account, and let a cycle run; otherwise take him out of the group.',
    control: { press: 'Allow sign-in' },
    explanation:
      'IsActive False in the scoping step is the sign. Blocked people with an account are disabled; those without are left alone.',
    source: 'entra-provisioning 12.2 (23), 12.3',
    hints: [
      'Filter the log for skipped people.',
      "Look at Victor's page in Users.",
      'Users, Victor Hale: Allow sign-in.',
    ],
    solve: [entra('unblock-person', { person: addressOf('victor.hale') }), cycle],
    mendByHand: [...entraPerson('Victor Hale'), press('Allow sign-in'), ...wait('PT41M')],
    checks: [hasAccount('victor.hale')],
  },
  {
    id: 'entra-nested-group',
    title: 'A group in a group',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-nested-group',
    breakIt: [entra('add-member', { group: 'Dialpad Users', member: 'Support' }), cycle],
    symptom: 'All of Support was put into Dialpad Users. Elif and Dmitri, of Support, still have no account.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'Support is inside the assigned group, not assigned itself.',
      because: 'Only direct members of an assigned group are provisioned.',
    },
    wrong: [
      STOPPED,
      { cause: 'Support is too large.', because: 'It has five members.' },
      { cause: 'Support is no security group.', because: 'It is one.' },
    ],
    mend: 'Assign Support itself (or put its members into Dialpad Users) and let a cycle run.',
    control: { press: 'Add user/group' },
    explanation: 'Assignment does not cascade to nested groups. Such people are in no log: they are never looked at.',
    source: 'entra-provisioning 12.2 (17), dialpad F17',
    hints: [
      'Is Elif in the log at all?',
      'Who are the direct members of Dialpad Users?',
      'Dialpad, Users and groups: add the group Support.',
    ],
    solve: [entra('assign', { principal: 'Support' }), cycle],
    checks: [hasAccount('elif.demir')],
  },
  {
    id: 'entra-default-access',
    title: 'The role that does not count',
    grade: 3,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-default-access-excluded',
    breakIt: [
      switchTo('entra', 'default-access', 'excluded'),
      entra('assign', { principal: addressOf('hana.suzuki') }),
      cycle,
    ],
    symptom: 'Hana is assigned with Default Access, as everybody is, and is skipped: not effectively entitled.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'Default Access does not count for provisioning here.',
      because: 'The facts of the scoping step say that the required role is missing.',
    },
    wrong: [UNASSIGNED, STOPPED, { cause: 'A scoping filter leaves her out.', because: 'There is none.' }],
    mend: 'Let Default Access count again: kit home, Switches, default-access. (In the real product: since 2020 it does.)',
    control: { fill: 'Value of default-access' },
    explanation: 'Older tutorials say that the role is excluded. That is how it was; the switch brings it back.',
    source: 'entra-provisioning 12.1, dialpad F5',
    hints: [
      'Read the facts of the scoping step.',
      'Which role has she, and does it count?',
      'Kit home, Switches: default-access to counts.',
    ],
    solve: [
      switchTo('entra', 'default-access', 'counts'),
      entra('edit-person', { person: addressOf('hana.suzuki'), jobTitle: 'Senior Account Executive' }),
      cycle,
    ],
    checks: [hasAccount('hana.suzuki')],
  },
  {
    id: 'entra-guest-assigned',
    title: 'The guest',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-foreign-domain',
    breakIt: [entra('assign', { principal: GUEST }), cycle],
    symptom: 'Lucas, a guest of ours, is assigned to Dialpad and fails in every cycle.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: "His address is not of the company's domain.",
      because: 'Dialpad takes people of its own domains only, and says so.',
    },
    wrong: [
      KEY,
      { cause: 'Guests are never provisioned.', because: 'He was tried: Dialpad refused him.' },
      { cause: 'Dialpad has no license left.', because: 'The answer speaks of the domain.' },
    ],
    mend: 'Remove his assignment; a second domain is something for the support of Dialpad.',
    control: { tick: 'Select Lucas Meyer' },
    explanation:
      'A guest keeps the address of the home organization. What cannot be created is tried again with every retry.',
    source: 'dialpad F13',
    hints: [
      'Read the answer of Dialpad in the log.',
      'Compare his address with the domains of the company.',
      'Dialpad, Users and groups: select Lucas Meyer, Remove.',
    ],
    solve: [entra('unassign', { principal: GUEST }), cycle],
    checks: [nothingFails, hasAccount('ada.okafor')],
  },
]

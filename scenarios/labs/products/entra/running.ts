import { CONNECTED_API_KEY } from '#kit/world/constants.ts'
import { addressOf } from '#scenarios/walkthroughs/people.ts'
import { entra } from '../../acts/commands.ts'
import { cycle, pass } from '../../acts/time.ts'
import { ruledOut } from '../../causes.ts'
import { hasAccount } from '../../checks.ts'
import { press, wait } from '../../hands/steps.ts'
import { assignInEntra, entraProvisioning } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { ENTRA_PROVISIONING } from '../../places.ts'
import { TENANT_URL } from '../tenant-url.ts'
import { REVOKED } from './key-causes.ts'
import { KEY, STOPPED } from './suspects.ts'

/** Whether cycles run, and whether they run for somebody. */

const LEFT_BY_MISTAKE = ['ada.okafor', 'ben.castillo', 'chloe.nguyen'].map(addressOf)

export const ENTRA_RUNNING_LABS: readonly Lab[] = [
  {
    id: 'entra-not-started',
    title: 'All set, nothing happens',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'provisioning-not-started',
    breakIt: [
      entra('delete-configuration', {}),
      entra('configure-provisioning', { tenantUrl: TENANT_URL, token: CONNECTED_API_KEY }),
      entra('add-member', { group: 'Dialpad Users', member: addressOf('hana.suzuki') }),
    ],
    symptom:
      'Test connection was fine, Hana was assigned yesterday, and Dialpad still does not know her. Provision on demand works.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'Provisioning was never started.',
      because: 'The Overview says that the initial cycle has not run: saving the settings starts nothing.',
    },
    wrong: [
      ruledOut(REVOKED, 'The test of the connection passes.'),
      { cause: 'Hana is not in scope.', because: 'She is a member of the assigned group Dialpad Users.' },
      { cause: 'One has to wait for the next cycle.', because: 'No cycle is planned: there will be none.' },
    ],
    mend: 'Press Start provisioning on the Overview.',
    control: { press: 'Start provisioning' },
    explanation: 'Provision on demand works in a job that is not started, which makes it look as if everything ran.',
    source: 'entra-provisioning 12.3, dialpad F18',
    hints: [
      'When did the last cycle run?',
      'Compare the state of the job on the Overview with what you expect.',
      'Entra, Dialpad, Provisioning: Start provisioning.',
    ],
    solve: [entra('start-provisioning', {}), cycle],
    checks: [hasAccount('hana.suzuki')],
  },
  {
    id: 'entra-stopped',
    title: 'Stopped for the weekend',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'provisioning-stopped',
    breakIt: [
      cycle,
      entra('stop-provisioning', {}),
      entra('add-member', { group: 'Dialpad Users', member: addressOf('hana.suzuki') }),
      pass('P2D'),
    ],
    symptom: 'Everybody who joined before Friday has an account. Hana, who joined since, has none.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'Somebody has stopped provisioning.',
      because: 'The job is paused after cycles that went well; the audit log names who did it.',
    },
    wrong: [
      ruledOut(REVOKED, 'Then the job would be in quarantine.'),
      { cause: 'Hana is not assigned.', because: 'She is a member of Dialpad Users, which is.' },
      { cause: 'Create is not ticked.', because: 'It is; cycles do not run at all.' },
    ],
    mend: 'Press Start provisioning: it goes on where it stopped.',
    control: { press: 'Start provisioning' },
    explanation:
      'Stop keeps everything that is known of accounts. Starting again reads what has changed meanwhile, and only that.',
    source: 'entra-provisioning 12.2',
    hints: [
      'When did the last cycle run?',
      'Look at the state of the job.',
      'Entra, Dialpad, Provisioning: Start provisioning.',
    ],
    solve: [entra('start-provisioning', {}), cycle],
    mendByHand: [...entraProvisioning(), press('Start provisioning'), ...wait('PT41M')],
    checks: [hasAccount('hana.suzuki')],
  },
  {
    id: 'entra-nobody-assigned',
    title: 'The group that went',
    grade: 1,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-nobody-assigned',
    breakIt: [entra('unassign', { principal: 'Dialpad Users' }), cycle],
    symptom: 'Overnight all phones went silent: everybody is suspended in Dialpad. Provisioning is green.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'The assignment of the group was removed.',
      because: 'Users and groups is empty, and the scope is "assigned only": everybody has left.',
    },
    wrong: [
      ruledOut(REVOKED, 'Then nothing would have been sent; suspensions were.'),
      { cause: 'Somebody has emptied the group.', because: 'Dialpad Users still has its members.' },
      {
        cause: 'The company has not paid Dialpad.',
        because: 'Then the company would be on hold, not its people suspended one by one.',
      },
    ],
    mend: 'Assign Dialpad Users again and wait for a cycle.',
    control: { press: 'Add user/group' },
    explanation:
      'Removing an assignment disables, it does not delete: assigned again, everybody gets the same account back. Deletion prevention would have asked first.',
    source: 'entra-provisioning 12.3, dialpad F19',
    hints: [
      'Who sent the suspensions?',
      'Who is assigned to the app now?',
      'Entra, Dialpad, Users and groups: add Dialpad Users.',
    ],
    solve: [entra('assign', { principal: 'Dialpad Users' }), cycle],
    mendByHand: [...assignInEntra('Dialpad Users'), ...wait('PT41M')],
    checks: [hasAccount('ada.okafor')],
  },
  {
    id: 'entra-deletions-held',
    title: 'The guard says stop',
    grade: 2,
    product: 'Entra',
    world: 'connected-entra',
    fault: 'entra-deletions-held',
    breakIt: [
      entra('set-properties', { deletionThreshold: 2, notificationEmail: addressOf('marta.silva') }),
      entra('remove-member', { group: 'Dialpad Users', member: LEFT_BY_MISTAKE }),
      cycle,
    ],
    symptom:
      'Somebody took three people out of the group by mistake. Provisioning is in quarantine and asks what to do.',
    where: ENTRA_PROVISIONING,
    right: {
      cause: 'More people left than the deletion threshold allows.',
      because: 'The departures are held back until an administrator allows or rejects them.',
    },
    wrong: [
      { ...KEY, because: 'The quarantine speaks of deletions, not of credentials.' },
      STOPPED,
      { cause: 'Dialpad refuses to suspend people.', because: 'Nothing was sent to it.' },
    ],
    mend: 'Put the three back into Dialpad Users and let a cycle run; had they really left, Allow deletes.',
    control: { press: 'Restart provisioning' },
    explanation: 'The guard counts disables too. As long as they are held back everybody keeps their phone.',
    source: 'entra-provisioning 6.3, dialpad F19',
    hints: [
      'What does the Overview ask?',
      'Compare the group with who was in it.',
      'Groups, Dialpad Users, Members: add Ada, Ben and Chloe. Then Restart provisioning.',
    ],
    solve: [entra('add-member', { group: 'Dialpad Users', member: LEFT_BY_MISTAKE }), pass('P1D')],
    checks: [hasAccount('ada.okafor'), hasAccount('ben.castillo')],
  },
]

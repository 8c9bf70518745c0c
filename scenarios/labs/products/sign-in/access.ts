import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { GROUP, PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { entra } from '../../acts/commands.ts'
import { triesToLogIn } from '../../acts/sign-in.ts'
import { ruledOut } from '../../causes.ts'
import { mayBeUsed, maySignIn } from '../../checks.ts'
import { fill, press, tick, turnTo } from '../../hands/steps.ts'
import { assignInEntra, entraApp, entraPerson } from '../../hands/ways.ts'
import type { Lab } from '../../lab.ts'
import { DIALPAD_LOGIN } from '../../places.ts'
import { CONSENT, PASSWORD, UNASSIGNED } from './suspects.ts'

/** Who may use an enterprise app: switched on, assigned, consented to. */

const BACK = PEOPLE.supporter

const NO_ACCOUNT = {
  cause: 'Dialpad has no account for these people.',
  because: 'Then Dialpad would say so, after the sign-in.',
}
const OFF = {
  cause: 'The app is switched off in the tenant.',
  because: 'Then it would be AADSTS7000112.',
}

type Told = Omit<Lab, 'product' | 'where' | 'checks'>
const atDialpad = (told: Told): Lab => ({
  ...told,
  product: 'Entra',
  where: DIALPAD_LOGIN,
  checks: [mayBeUsed('Dialpad')],
})

export const ACCESS_LABS: readonly Lab[] = [
  atDialpad({
    id: 'app-off',
    title: 'One switch for all',
    grade: 1,
    world: 'connected-entra',
    fault: 'app-off',
    breakIt: [entra('edit-app', { enabled: false })],
    symptom: 'Since noon nobody gets into Dialpad with Microsoft. Provisioning runs, and everybody is still assigned.',
    right: {
      cause: 'Dialpad is switched off for sign-in in the tenant.',
      because: 'AADSTS7000112: no tokens are issued for the app, to anybody.',
    },
    wrong: [
      ruledOut(UNASSIGNED, 'They are; then it would be AADSTS50105.'),
      ruledOut(CONSENT, 'An administrator has, for everybody.'),
      ruledOut(PASSWORD, 'The page comes after the password.'),
    ],
    mend: 'Properties of the app: Enabled for users to sign-in, Yes, Save.',
    control: { press: 'Save' },
    explanation:
      'The switch stops sign-ins at once and leaves assignments and provisioning as they are. Whoever is signed in at Dialpad already stays in until their session there ends.',
    source: 'AADSTS7000112',
    hints: [
      'Does it strike one person, or everybody?',
      'Read the properties of the app.',
      'Dialpad, Properties: Enabled for users to sign-in, Yes, Save.',
    ],
    solve: [entra('edit-app', { enabled: true })],
    mendByHand: [...entraApp('Properties'), tick('Yes', true, 'Enabled for users to sign-in?'), press('Save')],
  }),
  atDialpad({
    id: 'nobody-assigned',
    title: 'By invitation only',
    grade: 1,
    world: 'brightwave',
    fault: 'nobody-assigned',
    breakIt: [entra('add-app', {}), entra('edit-app', { assignmentRequired: true })],
    symptom: 'Security asked for "only those who need it". Since then nobody gets into Dialpad with Microsoft.',
    right: {
      cause: 'The app requires assignment, and nobody is assigned.',
      because: 'AADSTS50105: whoever is not assigned, and in no assigned group, is refused after the password.',
    },
    wrong: [
      ruledOut(OFF, 'Enabled for users to sign-in says Yes.'),
      ruledOut(CONSENT, 'The consent of an administrator is there.'),
      ruledOut(NO_ACCOUNT, 'The refusal is a page of Entra; Dialpad has not been reached.'),
    ],
    mend: 'Users and groups of the app: assign the group of those who need it.',
    control: { press: 'Add user/group' },
    explanation:
      'Assign first, then require. Members of a group inside an assigned group do not count: assignment does not reach into nested groups.',
    source: 'AADSTS50105',
    hints: [
      'Which of the two systems refuses?',
      'Compare Assignment required with Users and groups.',
      'Dialpad, Users and groups: Add user/group.',
    ],
    solve: [entra('assign', { principal: GROUP })],
    mendByHand: [...assignInEntra(GROUP)],
  }),
  {
    ...atDialpad({
      id: 'blocked-person-tried',
      title: 'Back from leave',
      grade: 1,
      world: 'connected-entra',
      fault: 'blocked-person-tried',
      breakIt: [entra('block-person', { person: BACK.address }), triesToLogIn(BACK.address)],
      symptom: `${BACK.name} is back from a long leave, knows the password, and cannot log in anywhere.`,
      right: {
        cause: 'Sign-in of the account is blocked.',
        because: 'AADSTS50057, which is told only to somebody who knows the password.',
      },
      wrong: [
        ruledOut(PASSWORD, 'The sign-in logs say AADSTS50057, and not 50126.'),
        ruledOut(UNASSIGNED, 'The group is assigned, and nowhere else does it work either.'),
        {
          cause: 'The account is locked after too many attempts.',
          because: 'That is AADSTS50053, and passes by itself.',
        },
      ],
      mend: 'Their page in Users: Allow sign-in.',
      control: { press: 'Allow sign-in' },
      explanation:
        'Blocking an account stops every sign-in, and provisioning takes the account at Dialpad away with the next cycle. Allowing it again brings both back.',
      source: 'AADSTS50057',
      hints: [
        'Which number do the sign-in logs give?',
        'Look at the page of the person.',
        'Users, their page: Allow sign-in.',
      ],
      solve: [entra('unblock-person', { person: BACK.address })],
      mendByHand: [...entraPerson(BACK.name), press('Allow sign-in')],
    }),
    checks: [maySignIn('ben.castillo')],
  },
  atDialpad({
    id: 'consent-gone',
    title: 'Asked all over again',
    grade: 2,
    world: 'connected-entra',
    fault: 'consent-gone',
    breakIt: [entra('revoke-consent', {})],
    symptom:
      'Everybody who logs in to Dialpad with Microsoft is asked for permissions again, and calls the help desk: "is this a fraud?"',
    right: {
      cause: 'The consent of the organization was revoked.',
      because: 'Permissions of the app lists none. Without it each person is asked for themselves.',
    },
    wrong: [
      ruledOut(OFF, 'Then nobody would come as far as a question.'),
      ruledOut(UNASSIGNED, 'The group is assigned, and the app does not require it.'),
      {
        cause: 'The page that asks is a fraud.',
        because: 'Its address is that of the tenant, and it names the app and its publisher.',
      },
    ],
    mend: 'Sign in with Microsoft at Dialpad as a Global Administrator (Marta) and accept on behalf of the organization.',
    control: { press: 'Log in with Microsoft' },
    explanation:
      'Revoking a consent takes the permissions away, not the app, its assignments or its provisioning. Whoever teaches people to click such a page away, or to accept it, teaches them what a fraud needs.',
    source: 'dialpad F20',
    hints: [
      'What does the page ask for, and on whose behalf was it granted before?',
      'Look at Permissions of the app.',
      'Dialpad, Log in with Microsoft as Marta; tick the consent for the organization; Accept.',
    ],
    solve: [entra('consent', { person: PEOPLE.owner, forOrganization: true })],
    mendByHand: [
      turnTo('dialpad', '/login'),
      press('Log in with Microsoft'),
      fill('Email, phone, or Skype', PEOPLE.owner),
      press('Next'),
      fill('Password', TRAINING_PASSWORD),
      press('Sign in'),
      press('No'),
      tick('Consent on behalf of your organization'),
      press('Accept'),
    ],
  }),
]

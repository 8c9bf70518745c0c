import { TRAINING_PASSWORD } from '#kit/world/cast.ts'
import { PEOPLE } from '#scenarios/walkthroughs/people.ts'
import { entra } from '../../acts/commands.ts'
import { everybodyMaySignIn } from '../../checks.ts'
import { fill, press, tick, turnTo } from '../../hands/steps.ts'
import type { Lab } from '../../lab.ts'
import { DIALPAD_LOGIN } from '../../places.ts'

/** Who has accepted that an app may know who they are. */

export const CONSENT_LABS: readonly Lab[] = [
  {
    id: 'entra-consent-blocked',
    title: 'Need admin approval',
    grade: 2,
    product: 'Entra',
    world: 'brightwave',
    fault: 'entra-consent-blocked',
    breakIt: [entra('consent-settings', { users: 'block' })],
    symptom: 'Everybody who presses "with Microsoft" at Dialpad ends at a page that says approval is needed.',
    where: DIALPAD_LOGIN,
    right: {
      cause: 'The tenant does not let people consent, and no administrator has consented for them.',
      because: 'An app nobody has consented to is refused to everybody who may not consent.',
    },
    wrong: [
      { cause: 'Dialpad has no account for these people.', because: 'Then Dialpad would say so, after the sign-in.' },
      { cause: 'The people are not assigned.', because: 'The app does not require assignment, and is not even there.' },
      { cause: 'The passwords are wrong.', because: 'The page comes after the password.' },
    ],
    mend: 'Sign in with Microsoft at Dialpad as a Global Administrator (Marta) and accept on behalf of the organization.',
    control: { press: 'Log in with Microsoft' },
    explanation: 'One consent of an administrator serves everybody; it also brings Dialpad among the enterprise apps.',
    source: 'dialpad F20',
    hints: [
      'Which system shows the page?',
      'Who may consent in this tenant?',
      'Dialpad, Log in with Microsoft as Marta; tick the consent for the organization; Accept.',
    ],
    solve: [entra('add-app', {})],
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
    checks: [everybodyMaySignIn],
  },
]

import { entra } from '../../acts/commands.ts'
import { handsOut } from '../../acts/outside.ts'
import { ruledOut } from '../../causes.ts'
import { mayBeUsed } from '../../checks.ts'
import { press, turnTo } from '../../hands/steps.ts'
import type { Cause, Lab } from '../../lab.ts'
import { DIALPAD_LOGIN } from '../../places.ts'
import { CONSENT, PASSWORD } from './suspects.ts'

/** The identity provider itself is wrong, and whoever checks well says no. */

const CLOCK: Cause = {
  cause: 'The clock of the identity provider is wrong.',
  because: 'Dialpad finds the time in the token beyond the few minutes that clocks may differ.',
}
const KEY: Cause = {
  cause: 'The identity provider signs with a key it has not published.',
  because: 'The token names a key id that is not among the published keys.',
}
const DIALPAD_DOWN = { cause: 'Dialpad is down.', because: 'Its pages answer; a password of Dialpad works.' }

const ID_TOKEN = 'oidc.id-token'

type Told = Omit<Lab, 'product' | 'world' | 'where' | 'mend' | 'control' | 'solve' | 'mendByHand' | 'checks'>
const lab = (told: Told): Lab => ({
  ...told,
  product: 'Entra',
  world: 'connected-entra',
  where: DIALPAD_LOGIN,
  mend: 'It is for whoever runs the identity provider. (Here: kit home, Negatives, Disarm Entra.)',
  control: { press: 'Disarm Entra' },
  solve: [handsOut('entra', [])],
  mendByHand: [turnTo('kit', '/negatives'), press('Disarm Entra')],
  checks: [mayBeUsed('Dialpad')],
})

export const PROVIDER_LABS: readonly Lab[] = [
  lab({
    id: 'provider-clock-wrong',
    title: 'Ten minutes ahead',
    grade: 3,
    fault: 'provider-clock-wrong',
    breakIt: [handsOut('entra', [{ on: ID_TOKEN, effect: { flaw: 'clock-skew' } }])],
    symptom:
      'Everybody signs in at Entra without trouble, and Dialpad then refuses the sign-in. Nothing was changed at either.',
    right: CLOCK,
    wrong: [
      ruledOut(KEY, 'The key id is among those that are published.'),
      ruledOut(CONSENT, 'Entra has sent people back, and asks nothing.'),
      ruledOut(PASSWORD, 'Entra has accepted it.'),
    ],
    explanation:
      'A token says from when until when it counts, by the clock of who signed it. A careful application allows some minutes and no more: who allows hours accepts what was stolen yesterday.',
    source: 'OpenID Connect Core 3.1.3.7',
    hints: [
      'Open the sign-in in the timeline: which of the checks has failed?',
      'Compare the times in the token with the time it was received.',
      'Kit home, Negatives: Disarm Entra.',
    ],
  }),
  lab({
    id: 'provider-key-unknown',
    title: 'Signed, but by whom?',
    grade: 3,
    fault: 'provider-key-unknown',
    breakIt: [entra('roll-signing-key', {}), handsOut('entra', [{ on: ID_TOKEN, effect: { flaw: 'unknown-key' } }])],
    symptom:
      'Entra changed its signing keys last night, as it does every few weeks. Since then Dialpad refuses everybody who comes from there.',
    right: KEY,
    wrong: [
      ruledOut(CLOCK, 'The times in the token are right.'),
      DIALPAD_DOWN,
      {
        cause: 'Dialpad holds on to the keys of yesterday.',
        because: 'It has asked for the keys again: the new one is not among them.',
      },
    ],
    explanation:
      'Keys change without notice. An application asks for the published keys again when it meets one it does not know, once, and refuses what is still not among them. To accept it anyway would be to accept anybody.',
    source: 'OpenID Connect Core 10.1',
    hints: [
      'Open the sign-in in the timeline: with which key was the token signed?',
      'Compare its id with the keys that are published.',
      'Kit home, Negatives: Disarm Entra.',
    ],
  }),
]

import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a sign-in that does not count any more',
  reason: 'expired',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer(values).replace(' SessionIndex=', ' SessionNotOnOrAfter="2020-01-01T00:00:00Z"$&'), signer),
}

import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an assertion that is over',
  reason: 'expired',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer({ ...values, notOnOrAfter: new Date(Date.now() - 120_000).toISOString() }), signer),
}

import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an assertion that is not valid yet',
  reason: 'not-yet-valid',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer({ ...values, notBefore: new Date(Date.now() + 120_000).toISOString() }), signer),
}

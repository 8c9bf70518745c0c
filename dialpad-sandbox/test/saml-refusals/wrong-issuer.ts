import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an answer of another issuer: a slash too many',
  reason: 'issuer',
  forge: ({ values, signer }) => signAnswer(writeAnswer({ ...values, issuer: `${values.issuer}/` }), signer),
}

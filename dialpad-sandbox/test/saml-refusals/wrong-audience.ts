import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an assertion for another service',
  reason: 'audience',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer({ ...values, audience: 'https://other.example/metadata' }), signer),
}

import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an assertion for use elsewhere',
  reason: 'recipient',
  forge: ({ values, signer }) => signAnswer(writeAnswer({ ...values, recipient: 'https://other.example/acs' }), signer),
}

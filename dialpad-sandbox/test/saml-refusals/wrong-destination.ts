import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an answer that goes elsewhere',
  reason: 'destination',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer({ ...values, destination: 'https://other.example/acs' }), signer),
}

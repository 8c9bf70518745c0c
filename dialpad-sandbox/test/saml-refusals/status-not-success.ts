import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an answer that says it failed',
  reason: 'status',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer({ ...values, status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }), signer),
}

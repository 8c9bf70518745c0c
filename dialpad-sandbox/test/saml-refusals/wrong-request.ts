import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an answer to a request nobody made',
  reason: 'in-response-to',
  forge: ({ values, signer }) => signAnswer(writeAnswer({ ...values, inResponseTo: '_0123456789' }), signer),
}

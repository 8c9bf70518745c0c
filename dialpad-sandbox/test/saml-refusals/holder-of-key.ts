import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a subject confirmed by a key',
  reason: 'confirmation-method',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer({ ...values, method: 'urn:oasis:names:tc:SAML:2.0:cm:holder-of-key' }), signer),
}

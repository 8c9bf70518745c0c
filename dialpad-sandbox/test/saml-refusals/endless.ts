import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a confirmation without an end',
  reason: 'expired',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer(values).replace(/(<saml:SubjectConfirmationData[^>]*) NotOnOrAfter="[^"]*"/, '$1'), signer),
}

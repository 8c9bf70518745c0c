import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'another element within the name',
  reason: 'name-id',
  forge: ({ values, signer, victim }) =>
    signAnswer(writeAnswer({ ...values, nameId: `${victim}<b>.evil.example</b>` }), signer),
}

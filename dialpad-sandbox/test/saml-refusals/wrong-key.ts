import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a signature by a key nobody trusts, whose certificate comes with it',
  reason: 'signature',
  forge: ({ values, stranger, victim }) => signAnswer(writeAnswer({ ...values, nameId: victim }), stranger),
}

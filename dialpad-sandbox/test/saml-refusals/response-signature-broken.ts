import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a good assertion in an answer whose own signature does not hold',
  reason: 'signature',
  forge: ({ genuine, stranger }) => signAnswer(genuine, stranger, 'response'),
}

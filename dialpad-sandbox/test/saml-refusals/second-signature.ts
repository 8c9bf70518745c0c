import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'two signatures on one assertion',
  reason: 'wrapping',
  forge: ({ genuine, stranger }) => signAnswer(genuine, stranger),
}

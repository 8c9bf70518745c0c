import type { SamlAttack } from '../saml-attack.ts'
import { detach, editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a signed answer whose signature was taken out, about somebody else',
  reason: 'unsigned',
  forge: ({ genuine, victim, values }) =>
    editAnswer(genuine, ({ signature }) => detach(signature)).replaceAll(values.nameId, victim),
}

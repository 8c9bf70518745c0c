import type { SamlAttack } from '../saml-attack.ts'
import { editAnswer, first } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a signature with a second reference',
  reason: 'signature-form',
  forge: ({ genuine }) =>
    editAnswer(genuine, ({ signature }) => {
      const reference = first(signature, 'Reference')
      reference.parentNode?.appendChild(reference.cloneNode(true))
    }),
}

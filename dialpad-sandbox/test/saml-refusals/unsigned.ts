import type { SamlAttack } from '../saml-attack.ts'
import { writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an answer without a signature',
  reason: 'unsigned',
  forge: ({ values }) => writeAnswer(values),
}

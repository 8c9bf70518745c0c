import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

/** Guides say: sign the assertion. */
export const attack: SamlAttack = {
  name: 'an answer that is signed as a whole, and its assertion not',
  reason: 'unsigned',
  forge: ({ values, signer }) => signAnswer(writeAnswer(values), signer, 'response'),
}

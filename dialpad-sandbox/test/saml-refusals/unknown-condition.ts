import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

/** Then the assertion is not valid (SAML core §2.5.1). */
export const attack: SamlAttack = {
  name: 'a condition nobody understands',
  reason: 'condition',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer(values).replace('</saml:Conditions>', '<saml:Condition/>$&'), signer),
}

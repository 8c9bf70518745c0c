import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an assertion that says nothing of a sign-in',
  reason: 'statement',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer(values).replace(/<saml:AuthnStatement.*<\/saml:AuthnStatement>/, ''), signer),
}

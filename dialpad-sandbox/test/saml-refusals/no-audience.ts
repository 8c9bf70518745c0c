import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an assertion for everybody',
  reason: 'audience',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer(values).replace(/<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/, ''), signer),
}

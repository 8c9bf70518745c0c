import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'an assertion without an answer around it',
  reason: 'not-a-response',
  forge: ({ genuine }) =>
    /<saml:Assertion .*<\/saml:Assertion>/s
      .exec(genuine)?.[0]
      .replace('<saml:Assertion ', '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ') ?? '',
}

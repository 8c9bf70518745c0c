import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'an encrypted assertion',
  reason: 'encrypted',
  forge: ({ genuine }) =>
    genuine
      .replace('<saml:Assertion ', '<saml:EncryptedAssertion><saml:Assertion ')
      .replace('</saml:Assertion>', '$&</saml:EncryptedAssertion>'),
}

import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'an answer without an assertion',
  reason: 'no-assertion',
  forge: ({ genuine }) => genuine.replace(/<saml:Assertion .*<\/saml:Assertion>/s, ''),
}

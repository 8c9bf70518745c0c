import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a genuine assertion in the answer of another issuer',
  reason: 'issuer',
  forge: ({ genuine, values }) => genuine.replace(`>${values.issuer}<`, '>https://other.example<'),
}

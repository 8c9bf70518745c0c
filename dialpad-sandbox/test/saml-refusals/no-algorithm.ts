import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a signature that says none is needed',
  reason: 'algorithm',
  forge: ({ genuine }) => genuine.replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'none'),
}

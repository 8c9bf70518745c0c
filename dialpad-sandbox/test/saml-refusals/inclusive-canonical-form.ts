import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a canonical form that takes in what is around',
  reason: 'signature-form',
  forge: ({ genuine }) =>
    genuine.replaceAll('http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'),
}

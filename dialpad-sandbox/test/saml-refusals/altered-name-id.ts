import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a name identifier changed after signing',
  reason: 'signature',
  forge: ({ genuine, values, victim }) =>
    genuine.replace(`>${values.nameId}</saml:NameID>`, `>${victim}</saml:NameID>`),
}

import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a processing instruction within the name',
  reason: 'instruction',
  forge: ({ genuine, values }) =>
    genuine.replace(`>${values.nameId}</saml:NameID>`, `>${values.nameId}<?x?></saml:NameID>`),
}

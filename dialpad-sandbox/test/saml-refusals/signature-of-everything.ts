import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a signature over the whole document, by an empty reference',
  reason: 'signature-form',
  forge: ({ genuine, values }) => genuine.replace(`URI="#${values.assertionId}"`, 'URI=""'),
}

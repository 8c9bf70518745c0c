import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'an empty form',
  reason: 'missing',
  forge: () => '',
}

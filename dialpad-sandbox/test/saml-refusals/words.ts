import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'no XML',
  reason: 'unreadable',
  forge: () => 'Let me in.',
}

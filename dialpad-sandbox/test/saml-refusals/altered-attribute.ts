import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'an attribute changed after signing',
  reason: 'signature',
  forge: ({ genuine }) => genuine.replace('>Tomas<', '>Marta<'),
}

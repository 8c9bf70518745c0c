import type { SamlAttack } from '../saml-attack.ts'

/** XXE. */
export const attack: SamlAttack = {
  name: 'an entity that reads a file',
  reason: 'entity',
  forge: ({ genuine }) =>
    `<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>${genuine.replace('>Tomas<', '>&f;<')}`,
}

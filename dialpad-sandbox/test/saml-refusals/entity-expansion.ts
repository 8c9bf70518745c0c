import type { SamlAttack } from '../saml-attack.ts'

/** Billion laughs. */
export const attack: SamlAttack = {
  name: 'entities that grow',
  reason: 'entity',
  forge: ({ genuine }) =>
    `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>${genuine.replace('>Tomas<', '>&c;<')}`,
}

import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'an answer of SAML 1.1',
  reason: 'not-a-response',
  forge: ({ genuine }) => genuine.replace('Version="2.0"', 'Version="1.1"'),
}

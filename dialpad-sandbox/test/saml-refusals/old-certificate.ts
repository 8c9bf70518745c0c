import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a signature by the key before the rollover',
  reason: 'signature',
  forge: async ({ lab, genuine }) => {
    await lab.rollOver()
    return genuine
  },
}

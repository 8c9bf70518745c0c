import type { SamlAttack } from '../saml-attack.ts'
import { genuineAnswer } from '../saml-lab.ts'

/** One that the provider began: of those that were asked for, the request is over too. */
export const attack: SamlAttack = {
  name: 'a genuine answer for the second time',
  reason: 'replay',
  forge: async ({ lab }) => {
    const xml = genuineAnswer(lab)
    await lab.post(lab.served.browser(), xml)
    return xml
  },
}

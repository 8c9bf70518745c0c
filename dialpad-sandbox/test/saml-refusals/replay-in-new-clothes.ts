import type { SamlAttack } from '../saml-attack.ts'
import { genuineAnswer } from '../saml-lab.ts'

export const attack: SamlAttack = {
  name: 'a used assertion in another answer',
  reason: 'replay',
  forge: async ({ lab }) => {
    const xml = genuineAnswer(lab, { responseId: '_one' })
    await lab.post(lab.served.browser(), xml)
    return xml.replace('ID="_one"', 'ID="_two"')
  },
}

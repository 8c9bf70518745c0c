import type { SamlAttack } from '../saml-attack.ts'
import { editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'XSW3: a forged assertion before the signed one',
  reason: 'assertion-count',
  forge: ({ genuine, victim }) =>
    editAnswer(genuine, ({ response, assertion, copyAbout }) => {
      response.insertBefore(copyAbout(assertion, victim), assertion)
    }),
}

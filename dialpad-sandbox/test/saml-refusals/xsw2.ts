import type { SamlAttack } from '../saml-attack.ts'
import { detach, editAnswer } from '../saml-attack.ts'
import { signAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'XSW2: the signed answer beside its signature, in a forged one',
  reason: 'wrapping',
  forge: ({ genuine, signer, victim }) =>
    editAnswer(signAnswer(genuine, signer, 'response'), ({ document, response, signature, copyAbout }) => {
      const forged = copyAbout(response, victim)
      detach(signature)
      document.replaceChild(forged, response)
      forged.insertBefore(signature, forged.firstChild)
      forged.insertBefore(response, signature)
    }),
}

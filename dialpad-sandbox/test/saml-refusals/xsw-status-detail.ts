import type { SamlAttack } from '../saml-attack.ts'
import { editAnswer, first } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a forged assertion in the details of the status',
  reason: 'wrapping',
  forge: ({ genuine, victim }) =>
    editAnswer(genuine, ({ document, response, assertion, copyAbout }) => {
      const detail = document.createElementNS('urn:oasis:names:tc:SAML:2.0:protocol', 'samlp:StatusDetail')
      detail.appendChild(copyAbout(assertion, victim))
      first(response, 'Status').appendChild(detail)
    }),
}

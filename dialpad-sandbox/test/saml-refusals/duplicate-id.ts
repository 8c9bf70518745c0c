import type { SamlAttack } from '../saml-attack.ts'
import { editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a forged part under the ID that is signed',
  reason: 'duplicate-id',
  forge: ({ genuine, values }) =>
    editAnswer(genuine, ({ document, response, assertion }) => {
      const extensions = document.createElementNS('urn:oasis:names:tc:SAML:2.0:protocol', 'samlp:Extensions')
      extensions.setAttribute('Id', values.assertionId)
      response.insertBefore(extensions, assertion)
    }),
}

import type { SamlAttack } from '../saml-attack.ts'
import { editAnswer } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a forged assertion of no namespace, for readers who go by local names',
  reason: 'wrapping',
  forge: ({ genuine, victim }) =>
    editAnswer(genuine, ({ document, response, assertion }) => {
      const forged = document.createElement('Assertion')
      const subject = document.createElement('Subject')
      const name = document.createElement('NameID')
      name.textContent = victim
      subject.appendChild(name)
      forged.appendChild(subject)
      response.insertBefore(forged, assertion)
    }),
}

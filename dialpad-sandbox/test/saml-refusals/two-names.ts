import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'two name identifiers',
  reason: 'name-id',
  forge: ({ values, signer, victim }) => {
    const xml = writeAnswer(values)
    return signAnswer(xml.replace('<saml:SubjectConfirmation ', `<saml:NameID>${victim}</saml:NameID>$&`), signer)
  },
}

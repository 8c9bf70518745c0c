import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a wholly signed answer without a destination',
  reason: 'destination',
  forge: ({ values, signer }) => {
    const xml = writeAnswer(values).replace(/ Destination="[^"]*"/, '')
    return signAnswer(signAnswer(xml, signer), signer, 'response')
  },
}

import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'ACS and entity id swapped at the provider',
  reason: 'destination',
  forge: ({ values, signer }) => {
    const { audience, destination } = values
    return signAnswer(
      writeAnswer({ ...values, destination: audience, recipient: audience, audience: destination }),
      signer,
    )
  },
}

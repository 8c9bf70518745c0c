import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a digest made with SHA-1',
  reason: 'algorithm',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer(values), signer, 'assertion', { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }),
}

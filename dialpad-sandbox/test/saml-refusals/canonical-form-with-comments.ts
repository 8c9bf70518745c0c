import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a canonical form that counts comments',
  reason: 'signature-form',
  forge: ({ values, signer }) =>
    signAnswer(writeAnswer(values), signer, 'assertion', {
      transforms: [
        'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
        'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
      ],
    }),
}

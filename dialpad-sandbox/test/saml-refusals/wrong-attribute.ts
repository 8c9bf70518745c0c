import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'the attribute Email in another spelling',
  reason: 'attribute',
  forge: ({ values, signer }) =>
    signAnswer(
      writeAnswer({ ...values, attributes: { FirstName: 'Tomas', LastName: 'Berg', email: values.nameId } }),
      signer,
    ),
}

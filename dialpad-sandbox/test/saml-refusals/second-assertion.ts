import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a second assertion, signed too',
  reason: 'assertion-count',
  forge: ({ genuine, values, signer }) => {
    const other = signAnswer(writeAnswer({ ...values, assertionId: '_second' }), signer)
    const second = /<saml:Assertion .*<\/saml:Assertion>/s.exec(other)?.[0] ?? ''
    return genuine.replace('</samlp:Response>', `${second}$&`)
  },
}

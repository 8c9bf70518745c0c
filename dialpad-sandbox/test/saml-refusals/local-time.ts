import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'a time without its zone, which everybody reads in their own',
  reason: 'unreadable',
  forge: ({ values, signer }) => signAnswer(writeAnswer({ ...values, notOnOrAfter: '2099-01-01T00:00:00' }), signer),
}

import type { SamlAttack } from '../saml-attack.ts'
import { signAnswer, writeAnswer } from '../saml-provider.ts'

export const attack: SamlAttack = {
  name: 'an assertion for the same company under another provider',
  reason: 'audience',
  forge: ({ values, signer }) =>
    signAnswer(
      writeAnswer({ ...values, audience: 'https://dialpad.com/api/saml/metadata/google/brightwave.example' }),
      signer,
    ),
}

import { MESSAGE_LIMIT } from '#kit/saml/message-encoding.ts'
import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'an answer larger than any',
  reason: 'too-large',
  forge: ({ genuine }) => genuine.replace('<saml:Issuer>', `${' '.repeat(MESSAGE_LIMIT)}$&`),
}

import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a signature over less than it seems, by a transform',
  reason: 'signature-form',
  forge: ({ genuine }) =>
    genuine.replace(
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/TR/1999/REC-xpath-19991116',
    ),
}

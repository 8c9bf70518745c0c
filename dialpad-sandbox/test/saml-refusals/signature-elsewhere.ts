import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a signature that refers to another element than its own',
  reason: 'signature-form',
  forge: ({ genuine, values }) => genuine.replace(`URI="#${values.assertionId}"`, `URI="#${values.responseId}"`),
}

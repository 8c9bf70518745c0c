import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'elements within elements, to exhaust a stack',
  reason: 'unreadable',
  forge: ({ genuine }) => genuine.replace('<saml:Issuer>', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}$&`),
}

import type { SamlAttack } from '../saml-attack.ts'

/** What stands outside of the assertion is not signed. */
export const attack: SamlAttack = {
  name: 'an answer whose assertion was asked for, and which says it was not',
  reason: 'in-response-to',
  forge: ({ genuine }) => genuine.replace(/( Destination="[^"]*") InResponseTo="[^"]*"/, '$1'),
}

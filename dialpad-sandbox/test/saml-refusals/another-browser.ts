import type { SamlAttack } from '../saml-attack.ts'

/** Login CSRF: the victim would work in the attacker’s account. */
export const attack: SamlAttack = {
  name: 'an answer posted in a browser that did not ask',
  reason: 'in-response-to',
  postedIn: 'another browser',
  forge: ({ genuine }) => genuine,
}

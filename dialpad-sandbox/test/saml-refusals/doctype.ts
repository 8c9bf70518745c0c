import type { SamlAttack } from '../saml-attack.ts'

export const attack: SamlAttack = {
  name: 'a document type that fetches',
  reason: 'doctype',
  forge: ({ genuine }) => `<!DOCTYPE r SYSTEM "http://127.0.0.1:1/evil.dtd">${genuine}`,
}

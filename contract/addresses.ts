/**
 * The systems of the kit and where each listens unless told otherwise: the one fact every process must agree on before any of
 * them has said a word. Environment variables: `{NAME}_PORT`, `{NAME}_URL`.
 */
export const SYSTEM_ADDRESSES = [
  { name: 'kit', defaultPort: 4000 },
  { name: 'entra', defaultPort: 4100 },
  { name: 'okta', defaultPort: 4200 },
  { name: 'dialpad', defaultPort: 4300 },
] as const

export type SystemName = (typeof SYSTEM_ADDRESSES)[number]['name']

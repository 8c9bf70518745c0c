import { type Diagnoser, seeing } from './diagnoser.ts'
import { DIALPAD_DIAGNOSERS } from './diagnosers/dialpad.ts'
import { ENTRA_CONNECTION_DIAGNOSERS } from './diagnosers/entra-connection.ts'
import { ENTRA_MAPPING_DIAGNOSERS } from './diagnosers/entra-mapping.ts'
import { ENTRA_SCOPE_DIAGNOSERS } from './diagnosers/entra-scope.ts'
import { ENTRA_TARGET_DIAGNOSERS } from './diagnosers/entra-target.ts'
import { OKTA_CONNECTION_DIAGNOSERS } from './diagnosers/okta-connection.ts'
import { OKTA_GROUP_DIAGNOSERS } from './diagnosers/okta-groups.ts'
import { OKTA_PEOPLE_DIAGNOSERS } from './diagnosers/okta-people.ts'
import { SAML_DIAGNOSERS } from './diagnosers/saml.ts'
import { SERVER_DIAGNOSERS } from './diagnosers/server.ts'
import type { Finding } from './finding.ts'
import type { Picture } from './picture.ts'

/** What `explain` says of a world. */
export interface Explanation {
  /** In the order in which they are best mended; empty: nothing is known to be wrong. */
  readonly findings: readonly Finding[]
  /** Set when some records were not looked at: by system, the collections and how much of them. */
  readonly partly: readonly string[]
}

/** Everything that can be told. A connection comes first: behind one that is broken nothing else can be judged. */
export const DIAGNOSERS: readonly Diagnoser[] = [
  ...SERVER_DIAGNOSERS,
  ...ENTRA_CONNECTION_DIAGNOSERS,
  ...OKTA_CONNECTION_DIAGNOSERS,
  ...ENTRA_MAPPING_DIAGNOSERS,
  ...ENTRA_SCOPE_DIAGNOSERS,
  ...ENTRA_TARGET_DIAGNOSERS,
  ...OKTA_PEOPLE_DIAGNOSERS,
  ...OKTA_GROUP_DIAGNOSERS,
  ...DIALPAD_DIAGNOSERS,
  ...SAML_DIAGNOSERS,
]

/** Name the faults of a world, each with its evidence and the page to mend it on. Pure; silent on a healthy world. */
export function explain(picture: Picture): Explanation {
  const sight = seeing(picture)
  const findings = DIAGNOSERS.flatMap(({ fault, source, look }) => {
    const diagnosis = look(sight)
    return diagnosis === undefined ? [] : [{ fault, source, ...diagnosis }]
  })
  const partly = (['entra', 'okta', 'dialpad'] as const).flatMap((system) =>
    picture[system].partly.map((what) => `${system}: ${what}`),
  )
  return { findings, partly }
}

import type { Diagnoser } from './diagnoser.ts'
import { DIALPAD_DIAGNOSERS } from './diagnosers/dialpad.ts'
import { ENTRA_CONNECTION_DIAGNOSERS } from './diagnosers/entra-connection.ts'
import { ENTRA_MAPPING_DIAGNOSERS } from './diagnosers/entra-mapping.ts'
import { ENTRA_SCOPE_DIAGNOSERS } from './diagnosers/entra-scope.ts'
import { ENTRA_TARGET_DIAGNOSERS } from './diagnosers/entra-target.ts'
import { OKTA_CONNECTION_DIAGNOSERS } from './diagnosers/okta-connection.ts'
import { OKTA_GROUP_DIAGNOSERS } from './diagnosers/okta-groups.ts'
import { OKTA_OIDC_DIAGNOSERS } from './diagnosers/okta-oidc.ts'
import { OKTA_PEOPLE_DIAGNOSERS } from './diagnosers/okta-people.ts'
import { SAML_DIAGNOSERS } from './diagnosers/saml.ts'
import { SERVER_DIAGNOSERS } from './diagnosers/server.ts'
import { SIGN_IN_ACCESS_DIAGNOSERS } from './diagnosers/sign-in-access.ts'
import { SIGN_IN_PROVIDER_DIAGNOSERS } from './diagnosers/sign-in-provider.ts'
import { SIGN_IN_REGISTRATION_DIAGNOSERS } from './diagnosers/sign-in-registrations.ts'
import { ENTRA_SAML_DIAGNOSERS } from './diagnosers/sign-in-saml.ts'
import { UNEXPLAINED_DIAGNOSERS } from './diagnosers/unexplained.ts'
import type { Finding } from './finding.ts'
import type { Sight } from './sight.ts'

/** What `explain` says of a world. */
export interface Explanation {
  /** In the order in which they are best mended; empty: nothing is known to be wrong. */
  readonly findings: readonly Finding[]
  /** What is as it is meant to be, and may surprise somebody. */
  readonly news: readonly Finding[]
  /** Set when some records were not looked at: by system, the kind and how much of it. */
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
  ...SIGN_IN_PROVIDER_DIAGNOSERS,
  ...SIGN_IN_ACCESS_DIAGNOSERS,
  ...SIGN_IN_REGISTRATION_DIAGNOSERS,
  ...ENTRA_SAML_DIAGNOSERS,
  ...OKTA_OIDC_DIAGNOSERS,
]

/**
 * Name the faults of a world, each with its evidence and the page to mend it on. Pure; no finding on a healthy world. What fails and is
 * explained by nothing else is told too, so that no failure stays unnamed.
 */
export function explain(sight: Sight): Explanation {
  const told = look(DIAGNOSERS, sight)
  const findings = told.filter(({ isNews }) => isNews !== true)
  return {
    findings: findings.length === 0 ? look(UNEXPLAINED_DIAGNOSERS, sight) : findings,
    news: told.filter(({ isNews }) => isNews === true),
    partly: sight.partly,
  }
}

function look(diagnosers: readonly Diagnoser[], sight: Sight): readonly Finding[] {
  return diagnosers.flatMap((diagnoser) => {
    const diagnosis = diagnoser.look(sight)
    return diagnosis === undefined ? [] : [{ fault: diagnoser.fault, source: diagnoser.source, ...diagnosis }]
  })
}

import type { Lab } from './lab.ts'
import { DIALPAD_COMPANY_LABS } from './products/dialpad/company.ts'
import { DIALPAD_OFFICE_LABS } from './products/dialpad/offices.ts'
import { DIALPAD_SERVER_LABS } from './products/dialpad/server.ts'
import { ENTRA_CONNECTION_LABS } from './products/entra/connection.ts'
import { ENTRA_MAPPING_LABS } from './products/entra/mapping.ts'
import { ENTRA_RUNNING_LABS } from './products/entra/running.ts'
import { ENTRA_SCOPE_LABS } from './products/entra/scope.ts'
import { ENTRA_TARGET_LABS } from './products/entra/target.ts'
import { OKTA_CONNECTION_LABS } from './products/okta/connection.ts'
import { OKTA_GROUP_LABS } from './products/okta/groups.ts'
import { OKTA_PEOPLE_LABS } from './products/okta/people.ts'
import { OKTA_TO_APP_LABS } from './products/okta/to-app.ts'
import { ACCESS_LABS } from './products/sign-in/access.ts'
import { CONSENT_LABS } from './products/sign-in/consent.ts'
import { ENTRA_SAML_LABS } from './products/sign-in/entra-saml.ts'
import { OKTA_SIGN_IN_LABS } from './products/sign-in/okta-oidc.ts'
import { PROVIDER_LABS } from './products/sign-in/provider.ts'
import { REGISTRATION_LABS } from './products/sign-in/registrations.ts'
import { SAML_LABS } from './products/sign-in/saml.ts'

/** Every lab, by product; within a list in the order they are best tried. */
export const LABS: readonly Lab[] = [
  ...ENTRA_CONNECTION_LABS,
  ...ENTRA_RUNNING_LABS,
  ...ENTRA_SCOPE_LABS,
  ...ENTRA_MAPPING_LABS,
  ...ENTRA_TARGET_LABS,
  ...CONSENT_LABS,
  ...ACCESS_LABS,
  ...REGISTRATION_LABS,
  ...OKTA_TO_APP_LABS,
  ...OKTA_PEOPLE_LABS,
  ...OKTA_CONNECTION_LABS,
  ...OKTA_GROUP_LABS,
  ...DIALPAD_OFFICE_LABS,
  ...DIALPAD_COMPANY_LABS,
  ...DIALPAD_SERVER_LABS,
  ...SAML_LABS,
  ...ENTRA_SAML_LABS,
  ...PROVIDER_LABS,
  ...OKTA_SIGN_IN_LABS,
]

/** @returns the lab of that name, `undefined` when there is none. */
export function findLab(id: string): Lab | undefined {
  return LABS.find((each) => each.id === id)
}

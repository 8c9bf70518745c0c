import type { Walkthrough } from '../walkthrough.ts'
import { API_STEPS } from './api.ts'
import { ASSIGN_STEPS } from './assign.ts'
import { ATTRIBUTE_STEPS } from './attributes.ts'
import { CATALOG_STEPS } from './catalog.ts'
import { LEAVING_STEPS, RETURN_STEPS, UNASSIGN_STEPS } from './leaving.ts'
import { SSO_BEFORE_STEPS, SSO_SUSPENDED_STEPS, SSO_UNASSIGNED_STEPS } from './sso.ts'
import { SSO_SETUP_STEPS } from './sso-setup.ts'
import { STAYING_STEPS } from './staying.ts'
import { TO_APP_STEPS } from './to-app.ts'

export const OKTA_LIFECYCLE: Walkthrough = {
  id: 'okta-lifecycle',
  title: 'Okta provisions Dialpad: from the API token to a leaver deleted',
  world: 'brightwave',
  lead: "Dialpad's article on Okta SCIM, bullet by bullet and its table row by row; then what it is for: people change, are suspended, leave, come back and are deleted, and single sign-on before and after.",
  proven: true,
  steps: [
    ...CATALOG_STEPS,
    ...SSO_SETUP_STEPS,
    ...API_STEPS,
    ...TO_APP_STEPS,
    ...ASSIGN_STEPS,
    ...ATTRIBUTE_STEPS,
    ...SSO_BEFORE_STEPS,
    ...STAYING_STEPS,
    ...UNASSIGN_STEPS,
    ...SSO_UNASSIGNED_STEPS,
    ...RETURN_STEPS,
    ...SSO_SUSPENDED_STEPS,
    ...LEAVING_STEPS,
  ],
}

import type { Walkthrough } from '../walkthrough.ts'
import { CONSENT_STEPS } from './consent.ts'
import { SAML_STEPS } from './saml.ts'
import { TROUBLE_STEPS } from './trouble.ts'

export const SIGN_IN_WALKTHROUGH: Walkthrough = {
  id: 'sign-in',
  title: 'Signing in: consent, SAML, and what goes wrong later',
  world: 'brightwave',
  lead: 'Two ways into Dialpad with a work account: its own app, which comes with a consent, and SAML by the toolkit of the gallery. Then a certificate is renewed, an assignment required and a consent revoked, and each is met by somebody who only wanted to log in.',
  steps: [...CONSENT_STEPS, ...SAML_STEPS, ...TROUBLE_STEPS],
}

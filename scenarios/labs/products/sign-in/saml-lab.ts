import type { Act } from '../../acts/act.ts'
import { setUpSaml } from '../../acts/saml.ts'
import { samlAgrees } from '../../checks.ts'
import type { Cause, Lab } from '../../lab.ts'
import { DIALPAD_LOGIN } from '../../places.ts'

type Told = Omit<Lab, 'product' | 'world' | 'where' | 'breakIt' | 'solve' | 'checks'>

/** A lab about signing in with Okta: set up on both sides, but for one slip. */
export const samlLab = (told: Told, breakIt: readonly Act[]): Lab => ({
  ...told,
  product: 'Dialpad',
  world: 'connected-okta',
  where: DIALPAD_LOGIN,
  breakIt,
  solve: [setUpSaml()],
  checks: [samlAgrees],
})

export const ISSUER: Cause = {
  cause: "Dialpad expects another issuer than Okta's.",
  because: 'The two names differ.',
}
export const CERTIFICATE: Cause = {
  cause: 'Dialpad has another certificate than Okta signs with.',
  because: 'The signature cannot be checked.',
}
export const SWAPPED: Cause = {
  cause: 'ACS URL and entity id are swapped in Okta.',
  because: 'The assertion goes to the address of the metadata.',
}
export const ATTRIBUTE: Cause = {
  cause: 'The attribute Email is written otherwise.',
  because: 'Case counts in names of attributes.',
}

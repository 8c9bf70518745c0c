import { OIDC_FLAWS } from '#idp/protocols/oidc/flaws.ts'
import { SAML_FLAWS } from '#idp/protocols/saml/flaws.ts'
import type { SystemSpec } from '#kit/system/system.ts'
import { OKTA_API_APPS_LEDGER } from './api/apps/fidelity.ts'
import { OKTA_API_LEDGER } from './api/fidelity.ts'
import { API_OPERATIONS } from './api/route-table.ts'
import { OKTA_COLLECTIONS, type OktaShape } from './collections.ts'
import { OKTA_CONSOLE_LEDGER } from './console/fidelity.ts'
import { OKTA_LEDGER } from './fidelity.ts'
import { OKTA_OAUTH_LEDGER } from './oauth/fidelity.ts'
import { OKTA_PROVISIONING_LEDGER } from './provisioning/fidelity.ts'
import { OKTA_SAML_LEDGER } from './saml/fidelity.ts'
import { seedOktaWorld } from './world.ts'

/** The Okta org as a system: directory, sign-in, console, and the provisioning of its apps. */
export const OKTA_SPEC: SystemSpec<OktaShape> = {
  name: 'okta',
  collections: OKTA_COLLECTIONS,
  operations: API_OPERATIONS,
  flaws: { ...OIDC_FLAWS, ...SAML_FLAWS },
  ledger: [
    ...OKTA_LEDGER,
    ...OKTA_CONSOLE_LEDGER,
    ...OKTA_PROVISIONING_LEDGER,
    ...OKTA_API_LEDGER,
    ...OKTA_API_APPS_LEDGER,
    ...OKTA_SAML_LEDGER,
    ...OKTA_OAUTH_LEDGER,
  ],
  aliases: { 'dialpad.com': 'dialpad', 'www.dialpad.com': 'dialpad', 'dialpadbeta.com': 'dialpad' },
  seed: seedOktaWorld,
}

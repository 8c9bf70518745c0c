import { GALLERY_LEDGER } from '#idp/gallery/dialpad/fidelity.ts'
import { TENANT_OIDC_FLAWS } from '#idp/protocols/oidc/flaws.ts'
import { SAML_FLAWS } from '#idp/protocols/saml/flaws.ts'
import type { SystemSpec } from '#kit/system/system.ts'
import { ENTRA_ADMIN_LEDGER } from './admin/fidelity.ts'
import { ENTRA_REGISTRATIONS_LEDGER } from './admin/registrations/fidelity.ts'
import { ENTRA_AUDIT_LEDGER } from './audit/fidelity.ts'
import { ENTRA_COLLECTIONS, type EntraShape } from './collections.ts'
import { ENTRA_LEDGER } from './fidelity.ts'
import { ENTRA_GRAPH_LEDGER } from './graph/fidelity.ts'
import { ENTRA_MY_APPS_LEDGER } from './my-apps/fidelity.ts'
import { ENTRA_PROVISIONING_LEDGER } from './provisioning/fidelity.ts'
import { ENTRA_SAML_LEDGER } from './saml/fidelity.ts'
import { ENTRA_TOKENS_LEDGER } from './sign-in/tokens/fidelity.ts'
import { ENTRA_SIGN_IN_LEDGER } from './sign-in-logs/fidelity.ts'
import { seedEntraWorld } from './world.ts'

/** The directory, its sign-in and its provisioning service as a system. */
export const ENTRA_SPEC: SystemSpec<EntraShape> = {
  name: 'entra',
  collections: ENTRA_COLLECTIONS,
  operations: [],
  flaws: { ...TENANT_OIDC_FLAWS, ...SAML_FLAWS },
  ledger: [
    ...ENTRA_LEDGER,
    ...ENTRA_TOKENS_LEDGER,
    ...ENTRA_ADMIN_LEDGER,
    ...ENTRA_REGISTRATIONS_LEDGER,
    ...ENTRA_PROVISIONING_LEDGER,
    ...ENTRA_GRAPH_LEDGER,
    ...ENTRA_AUDIT_LEDGER,
    ...ENTRA_SIGN_IN_LEDGER,
    ...ENTRA_SAML_LEDGER,
    ...ENTRA_MY_APPS_LEDGER,
    ...GALLERY_LEDGER,
  ],
  aliases: { 'dialpad.com': 'dialpad', 'www.dialpad.com': 'dialpad', 'dialpadbeta.com': 'dialpad' },
  seed: seedEntraWorld,
}

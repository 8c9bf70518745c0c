import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import { idpMetadata } from '#idp/protocols/saml/metadata.ts'
import { REDIRECT_BINDING } from '#kit/saml/names.ts'
import type { EntraSystem } from '../collections.ts'
import { samlIssuerOf, ssoPath } from './addresses.ts'
import { certificateFor, shownCertificates } from './certificates.ts'
import { NAME_ID_URNS } from './claims.ts'

/** What a tenant says about itself to one app, with all its certificates: the active one first, so that a rollover can be prepared. */
export async function appMetadata(system: EntraSystem, app: ServicePrincipal): Promise<string> {
  await certificateFor(system, app)
  return idpMetadata({
    entityId: samlIssuerOf(app.tenantId),
    ssoUrl: system.origin + ssoPath(app.tenantId),
    logout: { url: system.origin + ssoPath(app.tenantId), bindings: [REDIRECT_BINDING] },
    nameIdFormats: [NAME_ID_URNS.emailAddress, NAME_ID_URNS.persistent, NAME_ID_URNS.unspecified],
    certificates: shownCertificates(system, app.id).map(({ certificate }) => certificate),
  })
}

import { idpMetadata } from '#idp/protocols/saml/metadata.ts'
import { certificatesOf } from '#idp/protocols/saml/signing-certificates.ts'
import { POST_BINDING, REDIRECT_BINDING } from '#kit/saml/names.ts'
import type { OktaApp } from '../apps/records.ts'
import type { OktaSystem } from '../collections.ts'
import { issuerOf, logoutPath, ssoPath } from './addresses.ts'
import { nameIdFormatsOf } from './assertion.ts'
import { certificateFor } from './certificates.ts'
import { activeLogoutOf } from './single-logout.ts'

/**
 * What this org says about itself to one app (reference sheet 5.1), with one certificate: the active one, or that of `kid`.
 * @returns `undefined` when the app has no certificate of that id.
 */
export async function appMetadata(system: OktaSystem, app: OktaApp, kid?: string): Promise<string | undefined> {
  const active = await certificateFor(system, app)
  const chosen = kid === undefined ? active : certificatesOf(system.store, app.id).find(({ id }) => id === kid)
  if (chosen === undefined) return undefined
  return idpMetadata({
    entityId: issuerOf(app),
    ssoUrl: system.origin + ssoPath(app),
    ...(activeLogoutOf(app) === undefined
      ? {}
      : { logout: { url: system.origin + logoutPath(app), bindings: [POST_BINDING, REDIRECT_BINDING] } }),
    nameIdFormats: nameIdFormatsOf(app),
    certificates: [chosen.certificate],
  })
}

import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { SamlCertificateRecord } from '#idp/protocols/saml/collections.ts'
import type { EntraSystem } from '../../../collections.ts'
import { metadataPath, samlIssuerOf, ssoPath, userAccessPath } from '../../../saml/addresses.ts'
import { certificateFor, shownCertificates, thumbprintOf } from '../../../saml/certificates.ts'
import { samlSettingsOf } from '../../../saml/commands.ts'
import type { SamlSettings } from '../../../saml/records.ts'

/** A certificate as pages show it. */
export interface CertificateView {
  readonly record: SamlCertificateRecord
  readonly thumbprint: string
  /** Virtual time has passed its end. */
  readonly isExpired: boolean
}

/** Everything "Set up Single Sign-On with SAML" shows. */
export interface SamlView {
  readonly app: ServicePrincipal
  readonly readOnly: string | undefined
  readonly settings: SamlSettings
  readonly active: CertificateView
  readonly certificates: readonly CertificateView[]
  readonly metadataUrl: string
  readonly loginUrl: string
  /** Where the app sends people who sign out. */
  readonly logoutUrl: string
  readonly identifier: string
  readonly userAccessUrl: string
}

/** @throws {DirectoryRefusal} `Request_ResourceNotFound` for an app without SAML. */
export async function samlViewOf(
  system: EntraSystem,
  app: ServicePrincipal,
  readOnly: string | undefined,
): Promise<SamlView> {
  const settings = samlSettingsOf(system.store, app.id)
  const now = system.clock.iso()
  const viewOf = (record: SamlCertificateRecord): CertificateView => ({
    record,
    thumbprint: thumbprintOf(record),
    isExpired: record.expiresAt <= now,
  })
  const active = viewOf(await certificateFor(system, app))
  return {
    app,
    readOnly,
    settings,
    active,
    certificates: shownCertificates(system, app.id).map(viewOf),
    metadataUrl: system.origin + metadataPath(app),
    loginUrl: system.origin + ssoPath(app.tenantId),
    logoutUrl: system.origin + ssoPath(app.tenantId),
    identifier: samlIssuerOf(app.tenantId),
    userAccessUrl: system.origin + userAccessPath(app),
  }
}

/** Why a sign-in cannot be tested yet; `undefined` when it can. */
export function whyNotReady({ identifiers, replyUrls }: SamlSettings): string | undefined {
  return identifiers.length > 0 && replyUrls.length > 0 ? undefined : 'Fill in Basic SAML Configuration first.'
}

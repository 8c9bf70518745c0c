import { certificateFingerprint } from '#idp/protocols/saml/answer-login.ts'
import type { SamlCertificateRecord } from '#idp/protocols/saml/collections.ts'
import { certificatesOf } from '#idp/protocols/saml/signing-certificates.ts'
import { certificatePem } from '#kit/x509/certificates.ts'
import type { OktaApp } from '../../../apps/records.ts'
import type { OktaSystem } from '../../../collections.ts'
import { issuerOf, logoutPath, metadataPath, ssoPath } from '../../../saml/addresses.ts'
import { certificateFor } from '../../../saml/certificates.ts'
import { activeLogoutOf } from '../../../saml/single-logout.ts'

/** What the pages tell about an app as an identity provider's counterpart. */
export interface SamlView {
  readonly metadataUrl: string
  readonly ssoUrl: string
  /** "Identity Provider Single Logout URL"; absent where Single Logout is not set up. */
  readonly logoutUrl?: string
  readonly issuer: string
  /** The active certificate with its BEGIN and END lines. */
  readonly pem: string
  readonly kid: string
  readonly fingerprint: string
  readonly certificates: readonly Pick<SamlCertificateRecord, 'id' | 'hash' | 'isActive' | 'createdAt' | 'expiresAt'>[]
}

/** Gather it; an app that came without a certificate gets its first one here. */
export async function samlViewOf(system: OktaSystem, app: OktaApp): Promise<SamlView> {
  const active = await certificateFor(system, app)
  return {
    metadataUrl: system.origin + metadataPath(app),
    ssoUrl: system.origin + ssoPath(app),
    ...(activeLogoutOf(app) === undefined ? {} : { logoutUrl: system.origin + logoutPath(app) }),
    issuer: issuerOf(app),
    pem: certificatePem(active.certificate),
    kid: active.id,
    fingerprint: certificateFingerprint(active.certificate),
    certificates: certificatesOf(system.store, app.id),
  }
}

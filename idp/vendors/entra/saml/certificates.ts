import { X509Certificate } from 'node:crypto'
import type { ServicePrincipal } from '#idp/core/directory/records.ts'
import type { SamlCertificateRecord } from '#idp/protocols/saml/collections.ts'
import {
  activeCertificateOf,
  certificatesOf,
  keepCertificate,
  openSigner,
  prepareCertificate,
} from '#idp/protocols/saml/signing-certificates.ts'
import { guidOf } from '#kit/ids.ts'
import type { EntraSystem } from '../collections.ts'

const YEARS = 3

/** Three years on, by the calendar, as the product makes them. Wall milliseconds. */
function threeYearsAfter(wallMs: number): number {
  const date = new Date(wallMs)
  return date.setUTCFullYear(date.getUTCFullYear() + YEARS)
}

/** Make the key pair and certificate of an app; takes a few hundred milliseconds, and is kept in the transaction of a command. */
export function prepareAppCertificate(
  system: Pick<EntraSystem, 'vault' | 'clock'>,
  { owner, id, activate }: { readonly owner: string; readonly id: string; readonly activate: boolean },
): Promise<SamlCertificateRecord> {
  const now = Date.now()
  return prepareCertificate(system, {
    id,
    owner,
    subject: [{ name: 'commonName', value: 'Microsoft Azure Federated SSO Certificate' }],
    hash: 'sha256',
    notBeforeMs: now,
    notAfterMs: threeYearsAfter(now),
    activate,
  })
}

/**
 * The certificate that signs for an app. It is made when SAML is chosen; a state that came from elsewhere without one gets it here.
 * Of several first needs at once one wins.
 */
export async function certificateFor(
  system: EntraSystem,
  { id: owner }: Pick<ServicePrincipal, 'id'>,
): Promise<SamlCertificateRecord> {
  const known = activeCertificateOf(system.store, owner)
  if (known !== undefined) return known
  const prepared = await prepareAppCertificate(system, { owner, id: guidOf(`entra/saml/${owner}`), activate: true })
  return system.store.transact((tx) => {
    const meanwhile = activeCertificateOf(tx, owner)
    if (meanwhile !== undefined) return meanwhile
    if (tx.get('servicePrincipals', owner) !== undefined) keepCertificate(tx, prepared)
    return prepared
  })
}

/** Whether this installation can sign with it: a state may come from elsewhere, sealed with a key that stayed there. */
export function isKeyReadable(system: Pick<EntraSystem, 'vault'>, record: SamlCertificateRecord): boolean {
  try {
    openSigner(system, record)
    return true
  } catch {
    return false
  }
}

/** SHA-1 of the certificate, upper-case hexadecimal: what pages show and Graph calls a thumbprint. */
export function thumbprintOf({ certificate }: Pick<SamlCertificateRecord, 'certificate'>): string {
  return new X509Certificate(Buffer.from(certificate, 'base64')).fingerprint.replaceAll(':', '')
}

/** The certificates of an app, the active one first, then the newest. */
export function shownCertificates(system: EntraSystem, owner: string): readonly SamlCertificateRecord[] {
  return certificatesOf(system.store, owner).toSorted(
    (one, other) => Number(other.isActive) - Number(one.isActive) || other.createdAt.localeCompare(one.createdAt),
  )
}

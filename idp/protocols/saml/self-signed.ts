import { blankCertificate, signCertificate } from '#kit/x509/certificates.ts'
import type { SigningHash } from './collections.ts'

/** One part of a distinguished name: `{ name: 'organizationName', value: 'Example' }`; names of RFC 4519, and `emailAddress`. */
export interface NamePart {
  readonly name:
    | 'countryName'
    | 'stateOrProvinceName'
    | 'localityName'
    | 'organizationName'
    | 'organizationalUnitName'
    | 'commonName'
    | 'emailAddress'
  readonly value: string
}

/**
 * A self-signed certificate (RFC 5280) over a key pair made elsewhere.
 * @returns base64 of its DER form.
 */
export function signOwnCertificate(input: {
  readonly privateKeyPem: string
  readonly publicKeyPem: string
  readonly subject: readonly NamePart[]
  readonly notBefore: Date
  readonly notAfter: Date
  readonly hash: SigningHash
}): string {
  const certificate = blankCertificate({ ...input, serialBytes: 8 })
  const name = input.subject.map(({ name: type, value }) => ({ name: type, value }))
  certificate.setSubject(name)
  certificate.setIssuer(name)
  return signCertificate(certificate, input.privateKeyPem, input.hash)
}

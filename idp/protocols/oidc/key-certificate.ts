import { createHash } from 'node:crypto'
import { blankCertificate, signCertificate } from '#kit/x509/certificates.ts'

/** Days a key's certificate says it is good for; nobody judges a published key by it, the list of published keys decides. */
const CERTIFICATE_DAYS = 5 * 365
const DAY_MS = 24 * 60 * 60 * 1000

export interface CertifiedKey {
  readonly publicKeyPem: string
  readonly privateKeyPem: string
}

/**
 * A self-signed certificate (RFC 5280) around a signing key, which is how relying parties that know no bare keys are told of it
 * (RFC 7517 §4.7, `x5c`). X.509 dates are wall time.
 *
 * @param name Common name of subject and issuer.
 * @returns base64 of its DER form.
 */
export function certifyKey({ publicKeyPem, privateKeyPem }: CertifiedKey, name: string, nowMs: number): string {
  const certificate = blankCertificate({
    publicKeyPem,
    serialBytes: 16,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + CERTIFICATE_DAYS * DAY_MS),
  })
  const attributes = [{ name: 'commonName', value: name }]
  certificate.setSubject(attributes)
  certificate.setIssuer(attributes)
  certificate.setExtensions([{ name: 'keyUsage', critical: true, digitalSignature: true }])
  return signCertificate(certificate, privateKeyPem, 'sha256')
}

/** SHA-1 of a certificate's DER form in base64url: `x5t` (RFC 7517 §4.8). */
export function thumbprintOf(certificate: string): string {
  return createHash('sha1').update(Buffer.from(certificate, 'base64')).digest('base64url')
}

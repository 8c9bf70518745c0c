import { createHash, randomBytes, sign } from 'node:crypto'
import forge from 'node-forge'

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
export function certifyKey(key: CertifiedKey, name: string, nowMs: number): string {
  const { asn1, pki } = forge
  const certificate = pki.createCertificate()
  certificate.publicKey = pki.publicKeyFromPem(key.publicKeyPem)
  // Positive, and not empty: the first bits are 01.
  const serial = randomBytes(16)
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0)
  certificate.serialNumber = serial.toString('hex')
  certificate.validity.notBefore = new Date(nowMs - DAY_MS)
  certificate.validity.notAfter = new Date(nowMs + CERTIFICATE_DAYS * DAY_MS)
  const attributes = [{ name: 'commonName', value: name }]
  certificate.setSubject(attributes)
  certificate.setIssuer(attributes)
  certificate.setExtensions([{ name: 'keyUsage', critical: true, digitalSignature: true }])
  certificate.siginfo.algorithmOid = pki.oids['sha256WithRSAEncryption'] ?? ''
  certificate.signatureOid = certificate.siginfo.algorithmOid
  const unsigned = unsignedPartOf(certificate)
  // The platform signs; the library's own arithmetic takes a hundred times as long.
  const signature = sign('sha256', Buffer.from(asn1.toDer(unsigned).getBytes(), 'binary'), key.privateKeyPem)
  certificate.tbsCertificate = unsigned
  certificate.signature = signature.toString('binary')
  return Buffer.from(asn1.toDer(pki.certificateToAsn1(certificate)).getBytes(), 'binary').toString('base64')
}

/** The part that is signed (RFC 5280 §4.1.1.1); the library has it, its types do not. */
function unsignedPartOf(certificate: forge.pki.Certificate): forge.asn1.Asn1 {
  const pki = forge.pki as unknown as { getTBSCertificate(of: forge.pki.Certificate): forge.asn1.Asn1 }
  return pki.getTBSCertificate(certificate)
}

/** SHA-1 of a certificate's DER form in base64url: `x5t` (RFC 7517 §4.8). */
export function thumbprintOf(certificate: string): string {
  return createHash('sha1').update(Buffer.from(certificate, 'base64')).digest('base64url')
}

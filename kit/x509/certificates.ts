import { randomBytes, sign } from 'node:crypto'
import forge from 'node-forge'

/** The two hashes certificates are signed with here. */
export type CertificateHash = 'sha256' | 'sha1'

const SIGNATURES = { sha256: 'sha256WithRSAEncryption', sha1: 'sha1WithRSAEncryption' } as const

/** A certificate (RFC 5280) to be filled in: its key, a random serial number of so many bytes, and from when to when it holds. */
export function blankCertificate(input: {
  readonly publicKeyPem: string
  readonly serialBytes: number
  readonly notBefore: Date
  readonly notAfter: Date
}): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(input.publicKeyPem)
  // Positive, and not empty: the first bits are 01.
  const serial = randomBytes(input.serialBytes)
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0)
  certificate.serialNumber = serial.toString('hex')
  certificate.validity.notBefore = input.notBefore
  certificate.validity.notAfter = input.notAfter
  return certificate
}

/**
 * Sign a certificate that has its names and extensions. The platform signs; the library's own arithmetic takes a hundred times as long.
 * @returns base64 of its DER form.
 */
export function signCertificate(
  certificate: forge.pki.Certificate,
  privateKeyPem: string,
  hash: CertificateHash,
): string {
  const { pki } = forge
  certificate.siginfo.algorithmOid = pki.oids[SIGNATURES[hash]] ?? ''
  certificate.signatureOid = certificate.siginfo.algorithmOid
  const unsigned = unsignedPartOf(certificate)
  certificate.tbsCertificate = unsigned
  certificate.signature = sign(hash, bytesOf(unsigned), privateKeyPem).toString('binary')
  return bytesOf(pki.certificateToAsn1(certificate)).toString('base64')
}

const bytesOf = (part: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(part).getBytes(), 'binary')

/** The part that is signed (RFC 5280 §4.1.1.1); the library has it, its types do not. */
function unsignedPartOf(certificate: forge.pki.Certificate): forge.asn1.Asn1 {
  const pki = forge.pki as unknown as { getTBSCertificate(of: forge.pki.Certificate): forge.asn1.Asn1 }
  return pki.getTBSCertificate(certificate)
}

/** With its BEGIN and END lines, as it is downloaded. `certificate`: base64 of the DER form. */
export function certificatePem(certificate: string): string {
  const lines = certificate.match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

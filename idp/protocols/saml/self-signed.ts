import { randomBytes } from 'node:crypto'
import forge from 'node-forge'
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
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(input.publicKeyPem)
  // Positive, and not empty: the first bits are 01.
  const serial = randomBytes(8)
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0)
  certificate.serialNumber = serial.toString('hex')
  certificate.validity.notBefore = input.notBefore
  certificate.validity.notAfter = input.notAfter
  const name = input.subject.map(({ name: type, value }) => ({ name: type, value }))
  certificate.setSubject(name)
  certificate.setIssuer(name)
  const digest = input.hash === 'sha256' ? forge.md.sha256.create() : forge.md.sha1.create()
  certificate.sign(forge.pki.privateKeyFromPem(input.privateKeyPem), digest)
  const der = forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes()
  return Buffer.from(der, 'binary').toString('base64')
}

import { X509Certificate } from 'node:crypto'
import { badValue } from '#idp/core/directory/refusal.ts'

/** Largest file looked at, bytes. */
const LARGEST = 64 * 1024

/** The public part of a key pair, as a registration keeps it. */
export interface ReadCertificate {
  /** PEM, one certificate. */
  readonly certificate: string
  /** SHA-1 of the DER form, upper-case hex. */
  readonly thumbprint: string
  /** ISO 8601 UTC; wall time, as the certificate says. */
  readonly startDateTime: string
  readonly endDateTime: string
  /** Common name, or the whole subject. */
  readonly subject: string
}

/**
 * Read a certificate file: PEM, DER, or the base64 of DER. A private key is refused by name and not looked at further.
 * @throws {DirectoryRefusal} `Request_BadRequest` on `certificate`.
 */
export function readCertificate(given: string | Uint8Array): ReadCertificate {
  const bytes = typeof given === 'string' ? Buffer.from(given, 'utf8') : Buffer.from(given)
  if (bytes.length === 0) throw badValue('certificate', 'Select a certificate file (.cer, .pem or .crt).')
  if (bytes.length > LARGEST) throw badValue('certificate', 'The file is larger than a certificate is.')
  const text = bytes.toString('latin1')
  if (/PRIVATE KEY/.test(text)) {
    throw badValue(
      'certificate',
      'The file holds a private key. Upload the public certificate alone, and treat the key as known to others.',
    )
  }
  const x509 = parse(bytes, text)
  if (x509 === undefined) throw badValue('certificate', 'The file is not an X.509 certificate (.cer, .pem or .crt).')
  const subject = /(?:^|\n)CN=([^\n]+)/.exec(x509.subject)?.[1] ?? x509.subject.replaceAll('\n', ', ')
  return {
    certificate: x509.toString(),
    thumbprint: x509.fingerprint.replaceAll(':', ''),
    startDateTime: new Date(x509.validFrom).toISOString(),
    endDateTime: new Date(x509.validTo).toISOString(),
    subject: subject.slice(0, 120),
  }
}

function parse(bytes: Buffer, text: string): X509Certificate | undefined {
  const isBase64 = /^[A-Za-z0-9+/=\s]+$/.test(text) && !text.includes('-')
  try {
    return new X509Certificate(isBase64 ? Buffer.from(text, 'base64') : bytes)
  } catch {
    return undefined
  }
}

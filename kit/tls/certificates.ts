import { generateKeyPair, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { promisify } from 'node:util'
import forge from 'node-forge'

/** A certificate and the private key of its subject, both PEM. */
export interface KeyedCertificate {
  readonly certificate: string
  readonly key: string
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Browsers take a certificate of a server for 398 days at most; one day is the one it is dated back. */
const SERVER_DAYS = 396
const AUTHORITY_DAYS = 10 * 365
const KEY_BITS = 2048

/**
 * What the authority may sign for, as an X.509 name constraint: this machine's loopback names, and names that no name server of the
 * internet knows (RFC 2606, RFC 6761). Whoever steals its key can imitate nothing else.
 */
const SIGNABLE_DOMAINS = ['localhost', 'test', 'example'] as const
const LOOPBACK_V4 = Buffer.from([127, 0, 0, 0, 255, 0, 0, 0])
const LOOPBACK_V6 = Buffer.concat([Buffer.from([...Array<number>(15).fill(0), 1]), Buffer.alloc(16, 0xff)])

/** Whether a certificate of the authority may name `host` (as `URL.hostname` spells it, without brackets). */
export function isSignable(host: string): boolean {
  if (isIP(host) !== 0) return host === '::1' || /^127\./.test(host)
  return SIGNABLE_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`))
}

/** A new authority: a self-signed CA (RFC 5280 §4.2.1.9) that may sign servers of {@link isSignable} names and no other authority. */
export async function makeAuthority(nowMs: number): Promise<KeyedCertificate> {
  const keys = await makeKeys()
  const certificate = blank(keys.publicKey, nowMs, AUTHORITY_DAYS)
  // Its own number in the name: somebody who has trusted several can tell them apart.
  const name = [
    { name: 'organizationName', value: 'Provisioning twin (training simulation)' },
    { name: 'commonName', value: `Provisioning twin local CA ${certificate.serialNumber.slice(0, 8)}` },
  ]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    { id: '2.5.29.30', critical: true, value: nameConstraints() },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create())
  return { certificate: pemOf(certificate), key: keys.privateKey }
}

/** A certificate for a server of `names` (host names and addresses), signed by `authority`, over a new key. */
export async function makeServerCertificate(
  authority: KeyedCertificate,
  names: readonly string[],
  nowMs: number,
): Promise<KeyedCertificate> {
  const issuer = forge.pki.certificateFromPem(authority.certificate)
  const keys = await makeKeys()
  const certificate = blank(keys.publicKey, nowMs, SERVER_DAYS)
  if (certificate.validity.notAfter > issuer.validity.notAfter) {
    certificate.validity.notAfter = issuer.validity.notAfter
  }
  certificate.setSubject([{ name: 'commonName', value: names[0] ?? 'localhost' }])
  certificate.setIssuer(issuer.subject.attributes)
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
    {
      name: 'subjectAltName',
      altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
    },
  ])
  certificate.sign(forge.pki.privateKeyFromPem(authority.key), forge.md.sha256.create())
  return { certificate: pemOf(certificate), key: keys.privateKey }
}

/** RSA, which every client there is can read. */
function makeKeys(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

/** With the line ends of every other text here. */
const pemOf = (certificate: forge.pki.Certificate): string =>
  forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n')

/** Valid from yesterday, for clocks that are late. */
function blank(publicKeyPem: string, nowMs: number, days: number): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKeyPem)
  // Positive, and not empty: the first bits are 01.
  const serial = randomBytes(16)
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0)
  certificate.serialNumber = serial.toString('hex')
  certificate.validity.notBefore = new Date(nowMs - DAY_MS)
  certificate.validity.notAfter = new Date(nowMs + days * DAY_MS)
  return certificate
}

/** `NameConstraints` of RFC 5280 §4.2.1.10, which the library has no words for. */
function nameConstraints(): forge.asn1.Asn1 {
  const { asn1 } = forge
  const subtree = (type: number, value: Buffer): forge.asn1.Asn1 =>
    asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [
      asn1.create(asn1.Class.CONTEXT_SPECIFIC, type, false, value.toString('binary')),
    ])
  const permitted = asn1.create(asn1.Class.CONTEXT_SPECIFIC, 0, true, [
    ...SIGNABLE_DOMAINS.map((domain) => subtree(2, Buffer.from(domain, 'ascii'))),
    subtree(7, LOOPBACK_V4),
    subtree(7, LOOPBACK_V6),
  ])
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [permitted])
}

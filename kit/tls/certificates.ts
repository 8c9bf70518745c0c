import { isIP } from 'node:net'
import forge from 'node-forge'
import { blankCertificate, certificatePem, signCertificate } from '../x509/certificates.ts'
import { makeRsaKeys, pemsOf } from '../x509/rsa-keys.ts'

/** A certificate and the private key of its subject, both PEM. */
export interface KeyedCertificate {
  readonly certificate: string
  readonly key: string
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Browsers take a certificate of a server for 398 days at most; one day is the one it is dated back. */
const SERVER_DAYS = 396
const AUTHORITY_DAYS = 10 * 365

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
  const { publicKeyPem, privateKeyPem } = pemsOf(await makeRsaKeys())
  const certificate = blank(publicKeyPem, nowMs, AUTHORITY_DAYS)
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
  return { certificate: certificatePem(signCertificate(certificate, privateKeyPem, 'sha256')), key: privateKeyPem }
}

/** A certificate for a server of `names` (host names and addresses), signed by `authority`, over a new key. */
export async function makeServerCertificate(
  authority: KeyedCertificate,
  names: readonly string[],
  nowMs: number,
): Promise<KeyedCertificate> {
  const issuer = forge.pki.certificateFromPem(authority.certificate)
  const { publicKeyPem, privateKeyPem } = pemsOf(await makeRsaKeys())
  const certificate = blank(publicKeyPem, nowMs, SERVER_DAYS)
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
  return { certificate: certificatePem(signCertificate(certificate, authority.key, 'sha256')), key: privateKeyPem }
}

/** Valid from yesterday, for clocks that are late. */
function blank(publicKeyPem: string, nowMs: number, days: number): forge.pki.Certificate {
  return blankCertificate({
    publicKeyPem,
    serialBytes: 16,
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + days * DAY_MS),
  })
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

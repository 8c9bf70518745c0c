import { generateKeyPairSync, randomBytes } from 'node:crypto'
import forge from 'node-forge'
import { SignedXml } from 'xml-crypto'

/**
 * An identity provider small enough to misbehave on purpose: it writes and signs answers with `xml-crypto` alone and shares no code with
 * what receives them.
 */

export interface SamlSigner {
  /** Base64 of DER. */
  readonly certificate: string
  readonly privateKeyPem: string
}

export function createSigner(options: { readonly notAfter?: Date } = {}): SamlSigner {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const certificate = forge.pki.createCertificate()
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString())
  certificate.serialNumber = `40${randomBytes(7).toString('hex')}`
  certificate.validity.notBefore = new Date(Date.now() - 86_400_000)
  certificate.validity.notAfter = options.notAfter ?? new Date(Date.now() + 3650 * 86_400_000)
  const name = [{ name: 'commonName', value: 'Test provider' }]
  certificate.setSubject(name)
  certificate.setIssuer(name)
  certificate.sign(forge.pki.privateKeyFromPem(privateKeyPem), forge.md.sha256.create())
  const der = forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes()
  return { certificate: Buffer.from(der, 'binary').toString('base64'), privateKeyPem }
}

/** What an answer says. Times as they are written. */
export interface AnswerValues {
  readonly responseId: string
  readonly assertionId: string
  readonly issuer: string
  readonly destination: string
  readonly recipient: string
  readonly audience: string
  readonly inResponseTo: string | undefined
  readonly nameId: string
  readonly issuedAt: string
  readonly notBefore: string
  readonly notOnOrAfter: string
  readonly status: string
  readonly method: string
  readonly attributes: Readonly<Record<string, string>>
}

export function genuineValues(
  over: Partial<AnswerValues> & Pick<AnswerValues, 'destination' | 'audience' | 'nameId'>,
): AnswerValues {
  const now = Date.now()
  const at = (offsetMs: number): string => new Date(now + offsetMs).toISOString()
  return {
    responseId: `_${randomBytes(12).toString('hex')}`,
    assertionId: `_${randomBytes(12).toString('hex')}`,
    issuer: ISSUER,
    recipient: over.destination,
    inResponseTo: undefined,
    issuedAt: at(0),
    notBefore: at(-300_000),
    notOnOrAfter: at(300_000),
    status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
    method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
    attributes: { FirstName: 'Tomas', LastName: 'Berg', Email: over.nameId },
    ...over,
  }
}

export const ISSUER = 'http://idp.example/exk1'

export function writeAnswer(values: AnswerValues): string {
  const asked = values.inResponseTo === undefined ? '' : ` InResponseTo="${values.inResponseTo}"`
  const attributes = Object.entries(values.attributes).map(
    ([name, value]) =>
      `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
  )
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${values.responseId}" Version="2.0" IssueInstant="${values.issuedAt}" Destination="${values.destination}"${asked}><saml:Issuer>${values.issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${values.status}"/></samlp:Status><saml:Assertion ID="${values.assertionId}" Version="2.0" IssueInstant="${values.issuedAt}"><saml:Issuer>${values.issuer}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${values.nameId}</saml:NameID><saml:SubjectConfirmation Method="${values.method}"><saml:SubjectConfirmationData${asked} NotOnOrAfter="${values.notOnOrAfter}" Recipient="${values.recipient}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${values.notBefore}" NotOnOrAfter="${values.notOnOrAfter}"><saml:AudienceRestriction><saml:Audience>${values.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${values.issuedAt}" SessionIndex="${values.responseId}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion></samlp:Response>`
}

const RESPONSE = "/*[local-name(.)='Response']"
const TARGETS = { response: RESPONSE, assertion: `${RESPONSE}/*[local-name(.)='Assertion']` } as const

const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'

export interface SignOptions {
  readonly signature?: string
  readonly digest?: string
  readonly transforms?: readonly string[]
}

/** Sign one part of an answer in its place, after the issuer. */
export function signAnswer(
  xml: string,
  signer: SamlSigner,
  part: keyof typeof TARGETS = 'assertion',
  options: SignOptions = {},
): string {
  const target = TARGETS[part]
  const signed = new SignedXml({
    privateKey: signer.privateKeyPem,
    publicCert: signer.certificate,
    signatureAlgorithm: options.signature ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: EXCLUSIVE,
  })
  signed.addReference({
    xpath: target,
    transforms: [...(options.transforms ?? [ENVELOPED, EXCLUSIVE])],
    digestAlgorithm: options.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  signed.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${target}/*[local-name(.)='Issuer']`, action: 'after' },
  })
  return signed.getSignedXml()
}

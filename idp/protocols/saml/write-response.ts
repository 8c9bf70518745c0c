import { escapeXml } from '#kit/saml/escape-xml.ts'
import { BEARER, SAML_ASSERTION, SAML_PROTOCOL, STATUS_SUCCESS } from '#kit/saml/names.ts'

/** A named value about the person. Several values: several elements; none: the attribute is left out. */
export interface SamlAttribute {
  readonly name: string
  /** `urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified` … */
  readonly nameFormat: string
  readonly values: readonly string[]
}

/** Everything an answer says (SAML profiles §4.1.4.2). Times in wall milliseconds. */
export interface ResponseValues {
  readonly responseId: string
  readonly assertionId: string
  readonly issuedAtMs: number
  readonly issuer: string
  /** `Format` of the issuers; absent: none is written. */
  readonly issuerFormat?: string
  /** Destination and Recipient. */
  readonly acsUrl: string
  /** Entity id of the application. */
  readonly audience: string
  /** Id of the request it answers; absent: the provider began. */
  readonly inResponseTo?: string
  readonly nameId: string
  readonly nameIdFormat: string
  readonly notBeforeMs: number
  readonly notOnOrAfterMs: number
  readonly authenticatedAtMs: number
  readonly sessionIndex: string
  readonly authnContext: string
  readonly attributes: readonly SamlAttribute[]
}

/** What every answer begins with. */
type ResponseHead = Pick<
  ResponseValues,
  'responseId' | 'issuedAtMs' | 'issuer' | 'issuerFormat' | 'acsUrl' | 'inResponseTo'
>

/** Everything an answer says that signs nobody in (SAML core §3.2.2). */
export interface ErrorResponseValues extends ResponseHead {
  /** Who is to blame, and what for. */
  readonly status: string
  readonly detail: string
}

/** An answer without an assertion as XML, not signed yet. Pure. */
export function writeErrorResponse(values: ErrorResponseValues): string {
  return [
    responseHead(values),
    `<saml2p:Status><saml2p:StatusCode Value="${escapeXml(values.status)}"><saml2p:StatusCode Value="${escapeXml(values.detail)}"/></saml2p:StatusCode></saml2p:Status>`,
    '</saml2p:Response>',
  ].join('')
}

function responseHead(values: ResponseHead): string {
  return [
    `<saml2p:Response xmlns:saml2p="${SAML_PROTOCOL}" xmlns:xs="${SCHEMA}" Destination="${escapeXml(values.acsUrl)}" ID="${escapeXml(values.responseId)}"${inResponseTo(values)} IssueInstant="${iso(values.issuedAtMs)}" Version="2.0">`,
    issuer(values, ` xmlns:saml2="${SAML_ASSERTION}"`),
  ].join('')
}

function inResponseTo({ inResponseTo: id }: ResponseHead): string {
  return id === undefined ? '' : ` InResponseTo="${escapeXml(id)}"`
}

function issuer({ issuer: name, issuerFormat }: ResponseHead, declaration: string): string {
  const format = issuerFormat === undefined ? '' : ` Format="${escapeXml(issuerFormat)}"`
  return `<saml2:Issuer${format}${declaration}>${escapeXml(name)}</saml2:Issuer>`
}

/** The answer as XML, not signed yet. Pure. */
export function writeResponse(values: ResponseValues): string {
  const issued = iso(values.issuedAtMs)
  const answers = inResponseTo(values)
  const until = iso(values.notOnOrAfterMs)
  return [
    responseHead(values),
    `<saml2p:Status><saml2p:StatusCode Value="${STATUS_SUCCESS}"/></saml2p:Status>`,
    `<saml2:Assertion xmlns:saml2="${SAML_ASSERTION}" xmlns:xs="${SCHEMA}" ID="${escapeXml(values.assertionId)}" IssueInstant="${issued}" Version="2.0">`,
    issuer(values, ''),
    '<saml2:Subject>',
    `<saml2:NameID Format="${escapeXml(values.nameIdFormat)}">${escapeXml(values.nameId)}</saml2:NameID>`,
    `<saml2:SubjectConfirmation Method="${BEARER}"><saml2:SubjectConfirmationData${answers} NotOnOrAfter="${until}" Recipient="${escapeXml(values.acsUrl)}"/></saml2:SubjectConfirmation>`,
    '</saml2:Subject>',
    `<saml2:Conditions NotBefore="${iso(values.notBeforeMs)}" NotOnOrAfter="${until}"><saml2:AudienceRestriction><saml2:Audience>${escapeXml(values.audience)}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>`,
    `<saml2:AuthnStatement AuthnInstant="${iso(values.authenticatedAtMs)}" SessionIndex="${escapeXml(values.sessionIndex)}"><saml2:AuthnContext><saml2:AuthnContextClassRef>${escapeXml(values.authnContext)}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`,
    attributeStatement(values.attributes),
    '</saml2:Assertion>',
    '</saml2p:Response>',
  ].join('')
}

const SCHEMA = 'http://www.w3.org/2001/XMLSchema'
const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance'

/** An empty statement is not allowed (SAML core §2.7.3). */
function attributeStatement(attributes: readonly SamlAttribute[]): string {
  const written = attributes.filter(({ values }) => values.length > 0).map(attribute)
  return written.length === 0 ? '' : `<saml2:AttributeStatement>${written.join('')}</saml2:AttributeStatement>`
}

function attribute({ name, nameFormat, values }: SamlAttribute): string {
  const each = values.map(
    (value) =>
      `<saml2:AttributeValue xmlns:xsi="${SCHEMA_INSTANCE}" xsi:type="xs:string">${escapeXml(value)}</saml2:AttributeValue>`,
  )
  return `<saml2:Attribute Name="${escapeXml(name)}" NameFormat="${escapeXml(nameFormat)}">${each.join('')}</saml2:Attribute>`
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

import { escapeXml } from '#kit/saml/escape-xml.ts'
import { SAML_ASSERTION, SAML_PROTOCOL } from '#kit/saml/names.ts'

/** Everything an answer to a sign-out says (SAML core §3.7.2). */
export interface LogoutResponseValues {
  readonly responseId: string
  /** Wall milliseconds. */
  readonly issuedAtMs: number
  readonly issuer: string
  /** `Format` of the issuer; absent: none is written. */
  readonly issuerFormat?: string
  readonly destination: string
  readonly inResponseTo: string
  readonly status: string
}

/** The answer as XML, not signed yet. Pure. */
export function writeLogoutResponse(values: LogoutResponseValues): string {
  const format = values.issuerFormat === undefined ? '' : ` Format="${escapeXml(values.issuerFormat)}"`
  return [
    `<saml2p:LogoutResponse xmlns:saml2p="${SAML_PROTOCOL}" Destination="${escapeXml(values.destination)}" ID="${escapeXml(values.responseId)}" InResponseTo="${escapeXml(values.inResponseTo)}" IssueInstant="${new Date(values.issuedAtMs).toISOString()}" Version="2.0">`,
    `<saml2:Issuer${format} xmlns:saml2="${SAML_ASSERTION}">${escapeXml(values.issuer)}</saml2:Issuer>`,
    `<saml2p:Status><saml2p:StatusCode Value="${escapeXml(values.status)}"/></saml2p:Status>`,
    '</saml2p:LogoutResponse>',
  ].join('')
}

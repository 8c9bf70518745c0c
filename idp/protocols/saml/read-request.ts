import { decodePosted, inflateRedirected } from '#kit/saml/message-encoding.ts'
import { SAML_ASSERTION, SAML_PROTOCOL } from '#kit/saml/names.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { attributeOf, isNamed, onlyChild, textOf, type XmlElement } from '#kit/saml/xml-tree.ts'

export type SamlBinding = 'redirect' | 'post'

/** What can be wrong with any request. */
export type RequestProblem = 'too-large' | 'unreadable' | 'doctype' | 'not-a-request' | 'version' | 'issuer'

/** What every request begins with (SAML core §3.2.1), and the rest of it. */
export interface ReadRequest {
  readonly ok: true
  readonly root: XmlElement
  readonly id: string
  readonly issuer: string
  readonly destination?: string
}

export interface RefusedRequest<P extends string> {
  readonly ok: false
  readonly problem: P
}

/** Longer than any identifier; what is longer is not echoed. */
const LONGEST_ID = 256

/** Read a request of this name as it came, by redirect (deflated) or by form. Its signature is not looked at. */
export function readRequest(
  binding: SamlBinding,
  message: string,
  name: 'AuthnRequest' | 'LogoutRequest',
): ReadRequest | RefusedRequest<RequestProblem> {
  const decoded = binding === 'redirect' ? inflateRedirected(message) : decodePosted(message)
  if (!decoded.ok) return refused(decoded.problem === 'too-large' ? 'too-large' : 'unreadable')
  const reading = readXml(decoded.xml)
  if (!reading.ok) {
    return refused(reading.problem === 'doctype' || reading.problem === 'entity' ? 'doctype' : 'unreadable')
  }
  const { root } = reading
  if (!isNamed(root, SAML_PROTOCOL, name)) return refused('not-a-request')
  if (attributeOf(root, 'Version') !== '2.0') return refused('version')
  const id = attributeOf(root, 'ID') ?? ''
  // An NCName, by which an answer can refer to it (SAML core §1.3.4).
  if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(id) || id.length > LONGEST_ID) return refused('not-a-request')
  const issuer = textOf(onlyChild(root, SAML_ASSERTION, 'Issuer'))
  if (issuer === undefined || issuer === '') return refused('issuer')
  const destination = attributeOf(root, 'Destination')
  return { ok: true, root, id, issuer, ...(destination === undefined ? {} : { destination }) }
}

function refused(problem: RequestProblem): RefusedRequest<RequestProblem> {
  return { ok: false, problem }
}

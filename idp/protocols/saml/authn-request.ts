import { decodePosted, inflateRedirected } from '#kit/saml/message-encoding.ts'
import { POST_BINDING, SAML_ASSERTION, SAML_PROTOCOL } from '#kit/saml/names.ts'
import { readXml } from '#kit/saml/read-xml.ts'
import { attributeOf, childrenNamed, isNamed, onlyChild, textOf } from '#kit/saml/xml-tree.ts'

/** What an application asks for (SAML core §3.4.1), as far as an answer depends on it. Plain values, so that it can wait for a sign-in. */
export interface AuthnRequest {
  readonly id: string
  readonly issuer: string
  readonly acsUrl?: string
  readonly destination?: string
  /** Sign in anew, whoever is signed in. */
  readonly forceAuthn: boolean
  /** Ask the person nothing. */
  readonly isPassive: boolean
  readonly nameIdFormat?: string
}

export type AuthnRequestProblem =
  | 'too-large'
  | 'unreadable'
  | 'doctype'
  | 'not-a-request'
  | 'version'
  | 'binding'
  | 'issuer'
  | 'acs'
  | 'destination'

export type AuthnRequestReading =
  | { readonly ok: true; readonly request: AuthnRequest }
  | { readonly ok: false; readonly problem: AuthnRequestProblem }

/** Longer than any identifier; what is longer is not echoed. */
const LONGEST_ID = 256

/**
 * Read a request as it came, by redirect (deflated) or by form. Signatures on it are not looked at: requests need none here, and what
 * they ask for is held against the registration.
 */
export function readAuthnRequest(binding: 'redirect' | 'post', message: string): AuthnRequestReading {
  const decoded = binding === 'redirect' ? inflateRedirected(message) : decodePosted(message)
  if (!decoded.ok) return refused(decoded.problem === 'too-large' ? 'too-large' : 'unreadable')
  const reading = readXml(decoded.xml)
  if (!reading.ok) {
    return refused(reading.problem === 'doctype' || reading.problem === 'entity' ? 'doctype' : 'unreadable')
  }
  const { root } = reading
  if (!isNamed(root, SAML_PROTOCOL, 'AuthnRequest')) return refused('not-a-request')
  if (attributeOf(root, 'Version') !== '2.0') return refused('version')
  const id = attributeOf(root, 'ID') ?? ''
  // An NCName, by which an answer can refer to it (SAML core §1.3.4).
  if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(id) || id.length > LONGEST_ID) return refused('not-a-request')
  const wanted = attributeOf(root, 'ProtocolBinding')
  if (wanted !== undefined && wanted !== POST_BINDING) return refused('binding')
  const issuer = textOf(onlyChild(root, SAML_ASSERTION, 'Issuer'))
  if (issuer === undefined || issuer === '') return refused('issuer')
  const acsUrl = attributeOf(root, 'AssertionConsumerServiceURL')
  const destination = attributeOf(root, 'Destination')
  const nameIdFormat = attributeOf(childrenNamed(root, SAML_PROTOCOL, 'NameIDPolicy')[0], 'Format')
  return {
    ok: true,
    request: {
      id,
      issuer,
      forceAuthn: isTrue(attributeOf(root, 'ForceAuthn')),
      isPassive: isTrue(attributeOf(root, 'IsPassive')),
      ...(acsUrl === undefined ? {} : { acsUrl }),
      ...(destination === undefined ? {} : { destination }),
      ...(nameIdFormat === undefined ? {} : { nameIdFormat }),
    },
  }
}

/** What is known about the application a request claims to come from. */
export interface RegisteredApplication {
  /** Its entity id; absent: requests may name any. */
  readonly entityId?: string
  /** Where answers go, and nowhere else. */
  readonly acsUrl: string
  /** This provider's own addresses for requests. */
  readonly ssoUrls: readonly string[]
}

/**
 * Hold a request against the registration: an answer signs somebody in, so it goes to the registered address, whatever a request says.
 * @returns `undefined` when nothing is wrong.
 */
export function judgeAuthnRequest(
  request: AuthnRequest,
  application: RegisteredApplication,
): Extract<AuthnRequestProblem, 'issuer' | 'acs' | 'destination'> | undefined {
  if (application.entityId !== undefined && request.issuer !== application.entityId) return 'issuer'
  if (request.acsUrl !== undefined && request.acsUrl !== application.acsUrl) return 'acs'
  if (request.destination !== undefined && !application.ssoUrls.includes(request.destination)) return 'destination'
  return undefined
}

function isTrue(value: string | undefined): boolean {
  return value === 'true' || value === '1'
}

function refused(problem: AuthnRequestProblem): AuthnRequestReading {
  return { ok: false, problem }
}

import { POST_BINDING, SAML_PROTOCOL } from '#kit/saml/names.ts'
import { attributeOf, childrenNamed } from '#kit/saml/xml-tree.ts'
import { type RefusedRequest, type RequestProblem, readRequest, type SamlBinding } from './read-request.ts'

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

export type AuthnRequestProblem = RequestProblem | 'binding' | 'acs' | 'destination'

export type AuthnRequestReading =
  | { readonly ok: true; readonly request: AuthnRequest }
  | RefusedRequest<AuthnRequestProblem>

/** Longest address or name, in characters (SAML core §8.3.6). */
const LONGEST_URI = 1024

/**
 * Read a request as it came, by redirect (deflated) or by form. Signatures on it are not looked at: requests need none here, and what
 * they ask for is held against the registration.
 */
export function readAuthnRequest(binding: SamlBinding, message: string): AuthnRequestReading {
  const reading = readRequest(binding, message, 'AuthnRequest')
  if (!reading.ok) return reading
  const { root, id, issuer, destination } = reading
  const wanted = attributeOf(root, 'ProtocolBinding')
  if (wanted !== undefined && wanted !== POST_BINDING) return { ok: false, problem: 'binding' }
  const acsUrl = attributeOf(root, 'AssertionConsumerServiceURL')
  const nameIdFormat = attributeOf(childrenNamed(root, SAML_PROTOCOL, 'NameIDPolicy')[0], 'Format')
  // What is kept of a request until its person has signed in has a size; the rest is held against the registration.
  if (nameIdFormat !== undefined && nameIdFormat.length > LONGEST_URI) return { ok: false, problem: 'not-a-request' }
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

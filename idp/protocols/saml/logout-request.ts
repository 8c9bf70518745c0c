import { SAML_ASSERTION } from '#kit/saml/names.ts'
import { attributeOf, onlyChild, textOf } from '#kit/saml/xml-tree.ts'
import { type RefusedRequest, type RequestProblem, readRequest, type SamlBinding } from './read-request.ts'

/** An application's wish that a session ends (SAML core §3.7.1). Plain values, so that it can wait. */
export interface LogoutRequest {
  readonly id: string
  readonly issuer: string
  readonly destination?: string
  /** The person, as an answer named them. */
  readonly nameId: string
  /** Wall milliseconds from which it is of no account any more. */
  readonly notOnOrAfterMs?: number
}

export type LogoutRequestProblem = RequestProblem | 'name-id' | 'destination' | 'expired'

export type LogoutRequestReading =
  | { readonly ok: true; readonly request: LogoutRequest }
  | RefusedRequest<LogoutRequestProblem>

/** Longest name of a person that is compared, in characters. */
const LONGEST_NAME_ID = 1024

/**
 * Read a request to sign out as it came, by redirect (deflated) or by form. Names people plainly: an encrypted name, or a base identifier,
 * is refused. Its signature is not looked at (`request-signature.ts`).
 */
export function readLogoutRequest(binding: SamlBinding, message: string): LogoutRequestReading {
  const reading = readRequest(binding, message, 'LogoutRequest')
  if (!reading.ok) return reading
  const { root, id, issuer, destination } = reading
  const nameId = textOf(onlyChild(root, SAML_ASSERTION, 'NameID')) ?? ''
  if (nameId === '' || nameId.length > LONGEST_NAME_ID) return { ok: false, problem: 'name-id' }
  const until = attributeOf(root, 'NotOnOrAfter')
  const notOnOrAfterMs = until === undefined ? undefined : Date.parse(until)
  if (Number.isNaN(notOnOrAfterMs)) return { ok: false, problem: 'unreadable' }
  return {
    ok: true,
    request: {
      id,
      issuer,
      nameId,
      ...(destination === undefined ? {} : { destination }),
      ...(notOnOrAfterMs === undefined ? {} : { notOnOrAfterMs }),
    },
  }
}

/**
 * Hold a request against the address it came to and the time it came at.
 *
 * @param logoutUrls This provider's own addresses for such requests.
 * @returns `undefined` when nothing is wrong.
 */
export function judgeLogoutRequest(
  request: LogoutRequest,
  logoutUrls: readonly string[],
  wallNowMs: number,
): Extract<LogoutRequestProblem, 'destination' | 'expired'> | undefined {
  if (request.destination !== undefined && !logoutUrls.includes(request.destination)) return 'destination'
  return request.notOnOrAfterMs !== undefined && wallNowMs >= request.notOnOrAfterMs ? 'expired' : undefined
}

import { sign } from 'node:crypto'
import { deflateForRedirect, encodePosted } from '#kit/saml/message-encoding.ts'
import type { System } from '#kit/system/system.ts'
import { type PostForm, type ResponsePolicy, randomId, signerOf } from './answer-login.ts'
import type { SamlShape } from './collections.ts'
import type { LogoutRequest } from './logout-request.ts'
import { SIGNATURE_ALGORITHMS, signMessage, withoutSignatures } from './sign-response.ts'
import { writeLogoutResponse } from './write-logout-response.ts'

/** What a vendor and its administrator have settled about answers to sign-outs of one application. */
export interface LogoutPolicy extends Pick<ResponsePolicy, 'owner' | 'issuer' | 'issuerFormat' | 'createId'> {
  /** The registered address: answers go there, and nowhere else. */
  readonly logoutUrl: string
}

/** What is answered to a sign-out. */
export interface LogoutAnswer {
  readonly request: Pick<LogoutRequest, 'id' | 'issuer'>
  /** As it came; sent back byte for byte. Absent or empty: none. */
  readonly relayState: string | undefined
  readonly status: string
  /** Wall milliseconds. */
  readonly nowMs: number
}

type AnsweringSystem = Pick<System<SamlShape>, 'store' | 'vault' | 'journal'>

/** Answer by a form (SAML bindings §3.5), the message signed as a whole, and journal it. @throws {NoActiveCertificate} */
export function answerLogoutByForm(system: AnsweringSystem, policy: LogoutPolicy, answer: LogoutAnswer): PostForm {
  const signer = signerOf(system, policy)
  const xml = signMessage(messageOf(policy, answer), signer)
  note(system, policy, answer, xml)
  const { relayState } = answer
  return {
    action: policy.logoutUrl,
    fields: { SAMLResponse: encodePosted(xml), ...(relayState ? { RelayState: relayState } : {}) },
  }
}

/**
 * Answer by a redirect (SAML bindings §3.4), the address signed, and journal it. @throws {NoActiveCertificate}
 *
 * @param address Where the browser is sent: the registered address, or the one on this machine behind it.
 */
export function answerLogoutByRedirect(
  system: AnsweringSystem,
  policy: LogoutPolicy,
  answer: LogoutAnswer,
  address: string,
): string {
  const signer = signerOf(system, policy)
  const xml = messageOf(policy, answer)
  note(system, policy, answer, xml)
  const { relayState } = answer
  const signed = [
    ['SAMLResponse', deflateForRedirect(xml)],
    ...(relayState ? [['RelayState', relayState]] : []),
    ['SigAlg', SIGNATURE_ALGORITHMS[signer.hash]],
  ]
    .map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  const signature = sign(signer.hash, Buffer.from(signed), signer.privateKey).toString('base64')
  return `${address}${address.includes('?') ? '&' : '?'}${signed}&Signature=${encodeURIComponent(signature)}`
}

function messageOf(policy: LogoutPolicy, { request, status, nowMs }: LogoutAnswer): string {
  const { issuer, issuerFormat, logoutUrl, createId = randomId } = policy
  return writeLogoutResponse({
    responseId: createId(),
    issuedAtMs: nowMs,
    issuer,
    ...(issuerFormat === undefined ? {} : { issuerFormat }),
    destination: logoutUrl,
    inResponseTo: request.id,
    status,
  })
}

function note(
  { journal }: Pick<AnsweringSystem, 'journal'>,
  { logoutUrl }: LogoutPolicy,
  { request, status }: LogoutAnswer,
  xml: string,
): void {
  journal.record({
    kind: 'saml',
    title: `SAML sign-out answer for ${request.issuer}: ${status.replace(/.*:/, '')}`,
    subject: request.issuer,
    response: { url: logoutUrl, body: withoutSignatures(xml), bodyLength: Buffer.byteLength(xml) },
  })
}

import { createHash, randomBytes } from 'node:crypto'
import { encodePosted } from '#kit/saml/message-encoding.ts'
import { STATUS_NO_PASSIVE, STATUS_RESPONDER } from '#kit/saml/names.ts'
import type { System } from '#kit/system/system.ts'
import type { AuthnRequest } from './authn-request.ts'
import type { SamlShape } from './collections.ts'
import { type SignedParts, signResponse, withoutSignatures } from './sign-response.ts'
import { activeCertificateOf, openSigner, type Signer } from './signing-certificates.ts'
import { type ResponseValues, writeErrorResponse, writeResponse } from './write-response.ts'

/** What a vendor and its administrator have settled for one application. */
export interface ResponsePolicy {
  /** Whose certificate signs. */
  readonly owner: string
  readonly issuer: string
  readonly issuerFormat?: string
  readonly acsUrl: string
  readonly audience: string
  /** Wall milliseconds before and after the answer within which it holds. */
  readonly validBeforeMs: number
  readonly validAfterMs: number
  readonly authnContext: string
  readonly signed: SignedParts
  /** Makes the ids of answers and assertions; they must be NCNames nobody can guess. Absent: `_` and 32 hexadecimal digits. */
  readonly createId?: () => string
}

/** Whom an answer speaks of. */
export interface AuthenticatedPerson extends Pick<ResponseValues, 'nameId' | 'nameIdFormat' | 'attributes'> {
  /** Wall milliseconds of the sign-in. */
  readonly authenticatedAtMs: number
}

/** A form the browser sends by itself (SAML bindings §3.5.4). */
export interface PostForm {
  /** The registered address; behind an alias the vendor puts the address on this machine. */
  readonly action: string
  /** `SAMLResponse`, and `RelayState` when there is one. */
  readonly fields: Readonly<Record<string, string>>
}

/** What an answer is made of, ready to be written. `request` absent: the provider began. */
export function responseValues(
  policy: ResponsePolicy,
  person: AuthenticatedPerson,
  request: Pick<AuthnRequest, 'id'> | undefined,
  wallNowMs: number,
): ResponseValues {
  const createId = policy.createId ?? randomId
  const responseId = createId()
  return {
    responseId,
    assertionId: createId(),
    issuedAtMs: wallNowMs,
    issuer: policy.issuer,
    ...(policy.issuerFormat === undefined ? {} : { issuerFormat: policy.issuerFormat }),
    acsUrl: policy.acsUrl,
    audience: policy.audience,
    ...(request === undefined ? {} : { inResponseTo: request.id }),
    nameId: person.nameId,
    nameIdFormat: person.nameIdFormat,
    notBeforeMs: wallNowMs - policy.validBeforeMs,
    notOnOrAfterMs: wallNowMs + policy.validAfterMs,
    authenticatedAtMs: person.authenticatedAtMs,
    sessionIndex: request?.id ?? responseId,
    authnContext: policy.authnContext,
    attributes: person.attributes,
  }
}

/** How an answer is made that is wrong on purpose. */
export interface WrongAnswer {
  /** Who signs in place of the owner. */
  readonly signer?: Signer
  /** What becomes of the message after it was signed. */
  readonly revise: (xml: string) => string
}

const RIGHT: WrongAnswer = { revise: (xml) => xml }

/** Raised when an application has no certificate to sign with. */
export class NoActiveCertificate extends Error {
  override readonly name = 'NoActiveCertificate'
}

/**
 * Answer: write, sign with the owner's active certificate, and journal the answer without its signatures. The page that carries the form
 * is a credential until it is used: call `withholdAnswer()` (`kit/http/record.ts`) before it is sent.
 *
 * @param relayState As it came; sent back byte for byte (SAML bindings §3.5.3). Absent or empty: none.
 * @param wrong What is wrong with it on purpose; absent: nothing.
 * @throws {NoActiveCertificate}
 */
export function answerLogin(
  system: Pick<System<SamlShape>, 'store' | 'vault' | 'journal'>,
  policy: ResponsePolicy,
  values: ResponseValues,
  relayState: string | undefined,
  wrong: WrongAnswer = RIGHT,
): PostForm {
  const { signer = signerOf(system, policy), revise } = wrong
  const xml = revise(signResponse(writeResponse(values), signer, policy.signed))
  const note = { title: `SAML answer for ${values.audience}`, subject: values.nameId }
  return sent(system, policy, xml, relayState, note)
}

/**
 * Answer that nobody can be signed in without being asked, to a request that forbids asking (SAML core §3.4.1, `IsPassive`). Holds no
 * assertion; the whole is signed.
 *
 * @throws {NoActiveCertificate}
 */
export function answerPassively(
  system: Pick<System<SamlShape>, 'store' | 'vault' | 'journal'>,
  policy: ResponsePolicy,
  request: Pick<AuthnRequest, 'id'>,
  relayState: string | undefined,
  wallNowMs: number,
): PostForm {
  const xml = writeErrorResponse({
    responseId: (policy.createId ?? randomId)(),
    issuedAtMs: wallNowMs,
    issuer: policy.issuer,
    ...(policy.issuerFormat === undefined ? {} : { issuerFormat: policy.issuerFormat }),
    acsUrl: policy.acsUrl,
    inResponseTo: request.id,
    status: STATUS_RESPONDER,
    detail: STATUS_NO_PASSIVE,
  })
  const signed = signResponse(xml, signerOf(system, policy), { assertion: false, response: true })
  return sent(system, policy, signed, relayState, { title: `SAML answer for ${policy.audience}: nobody is signed in` })
}

/** What signs for an owner. @throws {NoActiveCertificate} */
export function signerOf(
  system: Pick<System<SamlShape>, 'store' | 'vault'>,
  { owner }: Pick<ResponsePolicy, 'owner'>,
): Signer {
  const record = activeCertificateOf(system.store, owner)
  if (record === undefined) throw new NoActiveCertificate(`Nothing signs for ${owner}.`)
  return openSigner(system, record)
}

/** In the journal without signatures, and as a form. */
function sent(
  { journal }: Pick<System<SamlShape>, 'journal'>,
  { acsUrl }: ResponsePolicy,
  xml: string,
  relayState: string | undefined,
  note: { readonly title: string; readonly subject?: string },
): PostForm {
  journal.record({
    kind: 'saml',
    ...note,
    response: { url: acsUrl, body: withoutSignatures(xml), bodyLength: Buffer.byteLength(xml) },
  })
  return {
    action: acsUrl,
    fields: { SAMLResponse: encodePosted(xml), ...(relayState ? { RelayState: relayState } : {}) },
  }
}

/** SHA-256 of a certificate, in pairs: what two people compare by telephone. */
export function certificateFingerprint(certificate: string): string {
  const digest = createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('hex').toUpperCase()
  return (digest.match(/../g) ?? []).join(':')
}

/** An id nobody can guess: an NCName of 128 random bits. */
export function randomId(): string {
  return `_${randomBytes(16).toString('hex')}`
}

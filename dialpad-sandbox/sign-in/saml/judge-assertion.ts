import { BEARER } from '#kit/saml/names.ts'
import type { SamlProvider } from '../../records.ts'
import type { AnswerEnvelope } from './read-answer.ts'
import type { AssertionFacts, Confirmation } from './read-assertion.ts'
import { type Checked, passed, refused } from './refusal-reasons.ts'

/** How far the provider's clock may be off, either way. */
export const SKEW_MS = 60_000

/** What an answer is held against. */
export interface Expectations {
  readonly provider: SamlProvider
  /** Issuer of the settings, compared letter by letter. */
  readonly idpEntityId: string
  /** This service's own addresses: as the product has them, and as they are on this machine. */
  readonly acsUrls: readonly string[]
  readonly entityIds: readonly string[]
  /** Ids of the requests this browser has under way. */
  readonly askedIds: readonly string[]
  /** Wall time. */
  readonly nowMs: number
}

export interface AcceptedAssertion {
  readonly assertionId: string
  readonly nameId: string
  /** Absent: the provider began. */
  readonly requestId?: string
  /** Wall milliseconds until which the same assertion would be accepted again. */
  readonly usableUntilMs: number
}

/**
 * Judge what a verified assertion says (SAML profiles §4.1.4.3, core §2.5): that it is from the provider, for this service, at this
 * address, to this browser, now, about somebody who signed in. Pure.
 */
export function judgeAssertion(
  facts: AssertionFacts,
  envelope: AnswerEnvelope,
  expected: Expectations,
): Checked<AcceptedAssertion> {
  for (const issuer of [facts.issuer, envelope.issuer ?? facts.issuer]) {
    if (issuer !== expected.idpEntityId) {
      return refused('issuer', `The answer is from ${issuer || 'nobody'}; the settings say ${expected.idpEntityId}.`)
    }
  }
  const { destination } = envelope
  // A signed answer has to name where it goes (SAML bindings §3.5.5.2).
  if (destination === undefined ? envelope.isResponseSigned : !expected.acsUrls.includes(destination)) {
    return refused('destination', `The answer goes to ${destination ?? 'nowhere'}, not to ${expected.acsUrls[0]}.`)
  }
  const strange = facts.audiences.find((list) => !list.some((each) => expected.entityIds.includes(each)))
  if (strange !== undefined || facts.audiences.length === 0) {
    const named = strange?.join(', ') || 'nobody'
    return refused('audience', `The assertion is for ${named}, not for ${expected.entityIds[0]}.`)
  }
  if (facts.unknownConditions.length > 0) {
    return refused('condition', `The assertion sets conditions that are not understood: ${facts.unknownConditions}.`)
  }
  const confirmed = judgeConfirmations(facts.confirmations, envelope, expected)
  if (!confirmed.ok) return confirmed
  const { notBeforeMs, notOnOrAfterMs, sessionEndsMs } = facts
  const limits = judgeTimes({ notBeforeMs, notOnOrAfterMs }, expected.nowMs)
  if (!limits.ok) return limits
  if (facts.authnStatements === 0) return refused('statement', 'The assertion does not say that anybody signed in.')
  const session = judgeTimes({ notOnOrAfterMs: sessionEndsMs }, expected.nowMs)
  if (!session.ok) return session
  const attribute = judgeAttributes(facts, expected.provider)
  if (!attribute.ok) return attribute
  if (facts.id === '') return refused('unreadable', 'The assertion has no ID.')
  const { inResponseTo } = confirmed.value
  return passed({
    assertionId: facts.id,
    nameId: facts.nameId,
    ...(inResponseTo === undefined ? {} : { requestId: inResponseTo }),
    usableUntilMs: (confirmed.value.notOnOrAfterMs ?? expected.nowMs) + SKEW_MS,
  })
}

/** One confirmation that holds is enough; when none does, the first of the right method tells why. */
function judgeConfirmations(
  confirmations: readonly Confirmation[],
  envelope: AnswerEnvelope,
  expected: Expectations,
): Checked<Confirmation> {
  const bearers = confirmations.filter(({ method }) => method === BEARER)
  if (bearers.length === 0) {
    const methods = confirmations.map(({ method }) => method).join(', ')
    return refused('confirmation-method', `The subject is confirmed by ${methods || 'nothing'}, not as bearer.`)
  }
  const judged = bearers.map((each) => judgeConfirmation(each, envelope, expected))
  return judged.find(({ ok }) => ok) ?? judged[0] ?? refused('confirmation-method', 'Nothing confirms the subject.')
}

/** SAML profiles §4.1.4.2: a bearer is confirmed to a recipient, for a time, in answer to a request if there was one. */
function judgeConfirmation(
  confirmation: Confirmation,
  envelope: AnswerEnvelope,
  expected: Expectations,
): Checked<Confirmation> {
  const { recipient, inResponseTo, notBeforeMs, notOnOrAfterMs } = confirmation
  if (recipient === undefined || !expected.acsUrls.includes(recipient)) {
    return refused(
      'recipient',
      `The assertion is for use at ${recipient ?? 'no address'}, not at ${expected.acsUrls[0]}.`,
    )
  }
  if (inResponseTo !== envelope.inResponseTo) {
    return refused('in-response-to', 'The answer and its assertion name different requests.')
  }
  if (inResponseTo !== undefined && !expected.askedIds.includes(inResponseTo)) {
    return refused('in-response-to', 'The answer is to a request that this browser has not made, or that was answered.')
  }
  if (notOnOrAfterMs === undefined) return refused('expired', 'The confirmation has no end.')
  const times = judgeTimes({ notBeforeMs, notOnOrAfterMs }, expected.nowMs)
  return times.ok ? passed(confirmation) : times
}

function judgeTimes(
  limits: { readonly notBeforeMs?: number | undefined; readonly notOnOrAfterMs?: number | undefined },
  nowMs: number,
): Checked<true> {
  const { notBeforeMs, notOnOrAfterMs } = limits
  if (Number.isNaN(notBeforeMs) || Number.isNaN(notOnOrAfterMs)) {
    return refused('unreadable', 'A time of the assertion is none that SAML knows.')
  }
  if (notBeforeMs !== undefined && nowMs + SKEW_MS < notBeforeMs) {
    return refused('not-yet-valid', `Valid from ${iso(notBeforeMs)}; it is ${iso(nowMs)}.`)
  }
  if (notOnOrAfterMs !== undefined && nowMs - SKEW_MS >= notOnOrAfterMs) {
    return refused('expired', `Valid until ${iso(notOnOrAfterMs)}; it is ${iso(nowMs)}.`)
  }
  return passed(true)
}

/** `Email`, in this spelling; guides for other providers send `email`. The account is found by the name identifier all the same. */
function judgeAttributes({ attributes }: AssertionFacts, provider: SamlProvider): Checked<true> {
  const names = provider === 'custom' ? ['Email', 'email'] : ['Email']
  if (names.some((name) => attributes.get(name)?.some((value) => value !== ''))) return passed(true)
  const sent = [...attributes.keys()].join(', ')
  return refused('attribute', `The attribute Email is missing; sent were: ${sent || 'none'}.`)
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

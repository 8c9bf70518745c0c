import type { SignedParts } from './sign-response.ts'
import type { ResponseValues } from './write-response.ts'

/**
 * Answers that are wrong on purpose, for trying out who receives them: what can be wrong with the next answer that signs somebody in, by
 * the fault operation `saml.answer`. Everything before and after it is as ever.
 */
export const ANSWER_OPERATION = 'saml.answer'

const ANSWER_FLAWS = [
  'wrong-audience',
  'wrong-acs',
  'wrong-issuer',
  'wrong-in-response-to',
  'expired',
  'not-yet-valid',
  'clock-skew',
  'unsigned',
  'altered',
  'rolled-certificate',
  'replayed-assertion',
] as const
export type AnswerFlaw = (typeof ANSWER_FLAWS)[number]

/** What an identity provider can do wrong. */
export const SAML_FLAWS = { [ANSWER_OPERATION]: ANSWER_FLAWS } as const

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Beyond the few minutes of leeway that are usual. */
const SKEW_MS = 10 * MINUTE_MS

/** Stand for another application, provider and sign-in. Fixed, so that a test can name them. */
const OTHER_APPLICATION = 'https://another-application.example'
const OTHER_ISSUER = 'https://another-issuer.example'
const OTHER_REQUEST = '_request-of-another-sign-in'
const OTHER_PERSON = 'somebody.else@another-company.example'

/** An answer that says something wrong; signed like any other. Flaws of the signature and of delivery change nothing here. Pure. */
export function wrongValues(flaw: AnswerFlaw, values: ResponseValues): ResponseValues {
  switch (flaw) {
    case 'wrong-audience':
      return { ...values, audience: `${OTHER_APPLICATION}/metadata` }
    case 'wrong-acs':
      return { ...values, acsUrl: `${OTHER_APPLICATION}/acs` }
    case 'wrong-issuer':
      return { ...values, issuer: OTHER_ISSUER }
    case 'wrong-in-response-to':
      return { ...values, inResponseTo: OTHER_REQUEST }
    case 'expired':
      return shifted(values, -2 * HOUR_MS)
    case 'not-yet-valid':
      return shifted(values, 2 * HOUR_MS)
    case 'clock-skew':
      return shifted(values, SKEW_MS)
    case 'unsigned':
    case 'altered':
    case 'rolled-certificate':
    case 'replayed-assertion':
      return values
  }
}

/** Which parts carry a signature. */
export function wrongParts(flaw: AnswerFlaw, parts: SignedParts): SignedParts {
  return flaw === 'unsigned' ? { assertion: false, response: false } : parts
}

/** A signed answer as it goes out: changed after it was signed, so that the digest does not match any more, or as it is. Pure. */
export function wrongMessage(flaw: AnswerFlaw, xml: string): string {
  return flaw === 'altered' ? xml.replace(/(<saml2:NameID [^>]*>)[^<]*/, `$1${OTHER_PERSON}`) : xml
}

/** As a provider would date it whose clock is off by so many wall milliseconds. */
function shifted(values: ResponseValues, ms: number): ResponseValues {
  return {
    ...values,
    issuedAtMs: values.issuedAtMs + ms,
    notBeforeMs: values.notBeforeMs + ms,
    notOnOrAfterMs: values.notOnOrAfterMs + ms,
    authenticatedAtMs: values.authenticatedAtMs + ms,
  }
}

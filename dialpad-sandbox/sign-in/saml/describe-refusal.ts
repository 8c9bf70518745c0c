import type { SamlAccount } from './choose-account.ts'
import type { SamlReason } from './refusal-reasons.ts'

/** A refusal in words for people. */
export interface SamlProblem {
  readonly status: number
  readonly title: string
  readonly text: string
}

const AGAIN = 'Start again from your identity provider, or from Login with another provider.'
const TO_ADMIN = 'Ask your Company Admin to compare the SAML settings with those of the identity provider.'

/** Of an answer that is not accepted. It tells what to look at; what exactly was found is for the journal of the simulation. */
export function describeReason(reason: SamlReason): SamlProblem {
  switch (reason) {
    case 'missing':
    case 'unreadable':
    case 'too-large':
    case 'doctype':
    case 'entity':
    case 'comment':
    case 'instruction':
    case 'not-a-response':
      return problem(400, 'This is not a SAML answer', `Dialpad cannot read what was sent. ${AGAIN}`)
    case 'status':
      return problem(403, 'Your identity provider did not log you in', `It answered with an error. ${AGAIN}`)
    case 'encrypted':
      return problem(
        403,
        'SAML error: encrypted',
        `Dialpad takes assertions that are signed, not encrypted. ${TO_ADMIN}`,
      )
    case 'no-assertion':
    case 'assertion-count':
    case 'duplicate-id':
    case 'wrapping':
    case 'signature-form':
    case 'condition':
    case 'statement':
    case 'confirmation-method':
      return problem(403, 'SAML error: answer', `The answer does not have the form Dialpad accepts. ${AGAIN}`)
    case 'unsigned':
      return problem(403, 'SAML error: signature', `The assertion is not signed. ${TO_ADMIN}`)
    case 'algorithm':
      return problem(
        403,
        'SAML error: algorithm',
        `The signature is made with an algorithm Dialpad does not accept; use SHA-256. ${TO_ADMIN}`,
      )
    case 'signature':
      return problem(
        403,
        'SAML error: signature',
        `The signature does not match the certificate in the SAML settings. ${TO_ADMIN}`,
      )
    case 'certificate-expired':
      return problem(403, 'SAML error: certificate', `The certificate in the SAML settings has expired. ${TO_ADMIN}`)
    case 'issuer':
      return problem(
        403,
        'SAML error: issuer mismatch',
        `The answer is from another issuer than the IdP Entity ID in the SAML settings. ${TO_ADMIN}`,
      )
    case 'audience':
      return problem(403, 'SAML error: audience', `The answer is meant for another SP Entity ID. ${TO_ADMIN}`)
    case 'destination':
    case 'recipient':
      return problem(403, 'SAML error: destination', `The answer is meant for another SP SSO Url. ${TO_ADMIN}`)
    case 'in-response-to':
    case 'replay':
      return problem(
        403,
        'This login is over',
        `The answer belongs to no login that this browser has begun, or was used already. ${AGAIN}`,
      )
    case 'expired':
      return problem(
        403,
        'SAML error: expired',
        `The answer is not valid any more. If this happens again, a clock is wrong. ${AGAIN}`,
      )
    case 'not-yet-valid':
      return problem(403, 'SAML error: not yet valid', `The answer is not valid yet: a clock is wrong. ${TO_ADMIN}`)
    case 'name-id':
      return problem(403, 'SAML error: NameID', `The answer does not say who you are. ${TO_ADMIN}`)
    case 'attribute':
      return problem(
        403,
        'SAML error: attributes',
        `The attribute Email is missing; names are case-sensitive. ${TO_ADMIN}`,
      )
  }
}

/** Of somebody the provider has vouched for, and who is let in all the same not. */
export function describeAccount(
  kind: Exclude<SamlAccount['kind'], 'open'>,
  company: string,
  nameId: string,
): SamlProblem {
  switch (kind) {
    case 'no-account':
      return problem(
        403,
        'No Dialpad account for this email',
        `${company} has no Dialpad user with the email ${nameId}. Ask your Company Admin to add you, or to assign you to Dialpad in the directory that provisions it.`,
      )
    case 'suspended':
      return problem(
        403,
        'This account is suspended',
        `The Dialpad account of ${nameId} is suspended. Ask your Company Admin to reactivate it, or to assign you to Dialpad again in the directory.`,
      )
    case 'company-suspended':
      return problem(
        403,
        `${company} is suspended`,
        'Your account is not: the whole company is suspended for an unpaid bill, and nobody but its Company Admins can log in until it is paid.',
      )
  }
}

function problem(status: number, title: string, text: string): SamlProblem {
  return { status, title, text }
}

import type { AuthnRequestProblem } from '#idp/protocols/saml/authn-request.ts'
import type { AadstsCode } from '../sign-in/aadsts.ts'

/** Which number each flaw of a request has ("Microsoft Entra authentication & authorization error codes"). */
export const REQUEST_PROBLEMS: Readonly<Record<AuthnRequestProblem, AadstsCode>> = {
  'too-large': 75005,
  unreadable: 75005,
  doctype: 75005,
  'not-a-request': 75005,
  version: 75005,
  issuer: 75005,
  binding: 75003,
  acs: 50011,
  destination: 75008,
}

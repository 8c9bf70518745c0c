import type { Company, DialpadUser } from '../records.ts'
import { companyState } from './company-states.ts'
import { isSamlOnly } from './saml.ts'
import { isSignInAllowed } from './user-states.ts'

/** Who may come in, and who may stay (reference sheet 1.11, 2.2, 3.6). Pure. */

export type WayInVerdict = 'open' | 'suspended' | 'company-suspended' | 'saml-only'

/**
 * Judge somebody who has proved who they are in another way than by SAML: a password, Microsoft, an invitation.
 *
 * SAML, once it is forced, is forced on everybody, Company Admins included. A company suspended for its bill lets its Company Admins
 * in, who are the ones to pay it.
 */
export function judgeWayIn(user: DialpadUser, company: Company, nowMs: number): WayInVerdict {
  const verdict = judgeSamlWayIn(user, company, nowMs)
  return verdict === 'open' && isSamlOnly(company) ? 'saml-only' : verdict
}

/** Judge somebody whom the company's own identity provider has vouched for: the way that is open where the others are closed. */
export function judgeSamlWayIn(user: DialpadUser, company: Company, nowMs: number): Exclude<WayInVerdict, 'saml-only'> {
  if (!isSignInAllowed(user)) return 'suspended'
  return mayStay(user, company, nowMs) ? 'open' : 'company-suspended'
}

/** Whether somebody who is signed in may go on, asked on every request: the company may have been suspended meanwhile. */
export function mayStay(user: DialpadUser, company: Company, nowMs: number): boolean {
  return user.isCompanyAdmin || companyState(company, nowMs) !== 'suspended'
}

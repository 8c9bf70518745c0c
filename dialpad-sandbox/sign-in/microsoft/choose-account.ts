import type { Reader } from '#kit/store/store.ts'
import { judgeWayIn } from '../../domain/ways-in.ts'
import type { Company, DialpadShape, DialpadUser } from '../../records.ts'
import type { MicrosoftIdentity } from './relying-party.ts'

export type AccountChoice =
  /** Pinned to this identity before. */
  | { readonly kind: 'sign-in'; readonly user: DialpadUser }
  /** First sign-in with Microsoft: to be pinned. */
  | { readonly kind: 'claim'; readonly user: DialpadUser }
  | { readonly kind: 'suspended'; readonly user: DialpadUser }
  /** The company lets nobody in this way: it is suspended for its bill, or forces SAML. */
  | { readonly kind: 'company-suspended' | 'saml-only'; readonly user: DialpadUser; readonly company: Company }
  /** The organization has a Dialpad company, and nobody in it has this address. */
  | { readonly kind: 'no-account'; readonly company: Company }
  /** Somebody has this address, in a company that another Microsoft organization belongs to. */
  | { readonly kind: 'other-tenant'; readonly company: Company }
  /** Their company has no Microsoft organization yet; only its Company Admin can connect one. */
  | { readonly kind: 'not-connected'; readonly company: Company }
  /** No company belongs to this Microsoft organization. */
  | { readonly kind: 'no-company' }

/**
 * Decide whose account a Microsoft identity opens (reference sheet 1.11, 2.1). Pure.
 *
 * The tenant is pinned to the company, the person by the immutable ids; only the first sign-in goes by address. Outside of the pinned tenant the
 * user name alone counts, whose domain the tenant has proved to own; an `email` could be anything there.
 */
export function chooseAccount(reader: Reader<DialpadShape>, identity: MicrosoftIdentity, nowMs: number): AccountChoice {
  const company = reader.find('companies', 'tenant', identity.tenantId)[0]
  if (company === undefined) return chooseWithoutTenant(reader, identity, nowMs)

  const pinned = reader
    .find('users', 'microsoft', `${identity.tenantId}/${identity.objectId}`)
    .find((user) => user.companyId === company.id)
  if (pinned !== undefined) return judged('sign-in', pinned, company, nowMs)

  for (const address of [identity.userName, identity.email]) {
    const user = userWith(reader, address)
    if (user?.companyId === company.id) return judged('claim', user, company, nowMs)
  }
  const elsewhere = userWith(reader, identity.userName)
  const other = elsewhere === undefined ? undefined : reader.get('companies', elsewhere.companyId)
  return other === undefined ? { kind: 'no-account', company } : { kind: 'other-tenant', company: other }
}

function chooseWithoutTenant(reader: Reader<DialpadShape>, identity: MicrosoftIdentity, nowMs: number): AccountChoice {
  const user = userWith(reader, identity.userName)
  const company = user === undefined ? undefined : reader.get('companies', user.companyId)
  if (user === undefined || company === undefined) return { kind: 'no-company' }
  if (company.microsoftTenantId !== undefined) return { kind: 'other-tenant', company }
  return user.isCompanyAdmin ? judged('claim', user, company, nowMs) : { kind: 'not-connected', company }
}

function judged(kind: 'sign-in' | 'claim', user: DialpadUser, company: Company, nowMs: number): AccountChoice {
  const verdict = judgeWayIn(user, company, nowMs)
  switch (verdict) {
    case 'open':
      return { kind, user }
    case 'suspended':
      return { kind: 'suspended', user }
    case 'company-suspended':
    case 'saml-only':
      return { kind: verdict, user, company }
  }
}

function userWith(reader: Reader<DialpadShape>, address: string | undefined): DialpadUser | undefined {
  return address === undefined ? undefined : reader.find('users', 'email', address.toLowerCase())[0]
}

import type { Reader } from '#kit/store/store.ts'
import { judgeSamlWayIn } from '../../domain/ways-in.ts'
import type { Company, DialpadShape, DialpadUser } from '../../records.ts'

export type SamlAccount =
  | { readonly kind: 'open' | 'suspended' | 'company-suspended'; readonly user: DialpadUser }
  /** Nobody of the company has this address: nobody is made at a first sign-in (reference sheet 2.2). */
  | { readonly kind: 'no-account' }

/**
 * Decide whose account a name identifier opens: that of the company's person with this address, without regard to case. A provider
 * speaks for the company that trusts it and for no other, whatever address it names. Pure.
 */
export function chooseSamlAccount(
  reader: Reader<DialpadShape>,
  company: Company,
  nameId: string,
  nowMs: number,
): SamlAccount {
  const user = reader.find('users', 'email', nameId.toLowerCase()).find((each) => each.companyId === company.id)
  return user === undefined ? { kind: 'no-account' } : { kind: judgeSamlWayIn(user, company, nowMs), user }
}

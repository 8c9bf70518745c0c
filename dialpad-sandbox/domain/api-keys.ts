import type { ApiKey, Company, DialpadUser } from '../records.ts'
import { holdsSeat } from './user-states.ts'

/** What a company API key is good for at this moment (reference sheet 1.1, 1.12, 3.2). */

/**
 * Owner of keys in worlds without people: it stands for a company admin, where the company accepts any domain (worlds for
 * foreign test suites). No user record has this id.
 */
export const SERVICE_OWNER_ID = '5000000000000000'

export type KeyVerdict = 'valid' | 'revoked' | 'expired' | 'owner-not-admin'

/** A key acts with its creator's rights: a creator who was demoted, suspended or deleted takes it along. Virtual time. */
export function judgeKey(key: ApiKey, owner: DialpadUser | undefined, company: Company, nowMs: number): KeyVerdict {
  if (key.revokedAt !== undefined) return 'revoked'
  if (key.expiresAt !== undefined && nowMs >= Date.parse(key.expiresAt)) return 'expired'
  if (key.createdBy === SERVICE_OWNER_ID) return company.anyDomain ? 'valid' : 'owner-not-admin'
  return owner?.isCompanyAdmin === true && holdsSeat(owner.state) ? 'valid' : 'owner-not-admin'
}

import type { Company } from '../records.ts'

/**
 * What an unpaid bill makes of a company (reference sheet 3.6): on hold the same day, suspended 30 days later. The states of its
 * people are another matter and do not change.
 */

export const COMPANY_STATES = ['active', 'on-hold', 'suspended'] as const
export type CompanyState = (typeof COMPANY_STATES)[number]

/** Days from the failed payment to the suspension. */
export const HOLD_DAYS = 30

const HOLD_MS = HOLD_DAYS * 24 * 3_600_000

type Billed = Pick<Company, 'paymentFailedAt'>

/** Computed when read, in virtual time. */
export function companyState(company: Billed, nowMs: number): CompanyState {
  if (company.paymentFailedAt === undefined) return 'active'
  return nowMs < Date.parse(company.paymentFailedAt) + HOLD_MS ? 'on-hold' : 'suspended'
}

/** When the company is, or was, suspended for its bill; `undefined` while everything is paid. */
export function suspendedFrom({ paymentFailedAt }: Billed): string | undefined {
  return paymentFailedAt === undefined ? undefined : new Date(Date.parse(paymentFailedAt) + HOLD_MS).toISOString()
}

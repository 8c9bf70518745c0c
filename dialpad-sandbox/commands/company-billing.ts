import type { Actor } from '../domain/change-log.ts'
import { HOLD_DAYS } from '../domain/company-states.ts'
import type { Company } from '../records.ts'
import { companyOf } from './user-checks.ts'
import { act, type DialpadSystem } from './work.ts'

/**
 * A payment fails: the company is on hold from now on, and suspended in 30 days unless it is paid (reference sheet 3.6). One that is
 * on hold already stays so, from the first failure on.
 *
 * @throws {DialpadRefusal} `not-found`.
 */
export function failPayment(system: DialpadSystem, actor: Actor, companyId: string): Promise<Company> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    if (company.paymentFailedAt !== undefined) return company
    const after: Company = { ...company, paymentFailedAt: work.now }
    work.tx.put('companies', companyId, after)
    const note = `A payment failed: on hold, suspended in ${HOLD_DAYS} days unless it is paid`
    work.log(companyId, { action: 'company_on_hold', note, target: targetOf(after) })
    work.note(company.name, note, { type: 'company', id: companyId })
    return after
  })
}

/** The bill is paid: the company is active at once. Nothing happens to one that owes nothing. @throws {DialpadRefusal} `not-found`. */
export function payBill(system: DialpadSystem, actor: Actor, companyId: string): Promise<Company> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    if (company.paymentFailedAt === undefined) return company
    const { paymentFailedAt, ...after } = company
    work.tx.put('companies', companyId, after)
    const note = `The bill that was open since ${paymentFailedAt} is paid: active again`
    work.log(companyId, { action: 'company_reactivated', note, target: targetOf(after) })
    work.note(company.name, note, { type: 'company', id: companyId })
    return after
  })
}

function targetOf({ id, name }: Company) {
  return { type: 'company', id, name }
}

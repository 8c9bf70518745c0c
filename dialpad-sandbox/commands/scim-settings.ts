import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../domain/change-log.ts'
import type { Company } from '../records.ts'
import { officeOf } from './place-users.ts'
import { companyOf } from './user-checks.ts'
import { act, type DialpadSystem } from './work.ts'

/**
 * SCIM Configuration Settings (reference sheet 3.3): the Office Specification Field, what to do when no office matches, and what
 * to do when licences run out.
 *
 * @throws {DialpadRefusal} `not-found` when the chosen office is none of the company's.
 */
export function updateScimSettings(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  settings: Company['scim'],
): Promise<Company> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    if (settings.mismatch.kind === 'office') officeOf(work.tx, company, settings.mismatch.officeId)
    if (isDeepStrictEqual(company.scim, settings)) return company
    const after: Company = { ...company, scim: settings }
    work.tx.put('companies', companyId, after)
    work.log(companyId, {
      action: 'scim_settings_changed',
      note: `Office Specification Field ${settings.officeField}, no match: ${settings.mismatch.kind}, licenses exhausted: ${settings.exhaustion}`,
      target: { type: 'company', id: companyId, name: company.name },
    })
    work.note(company.name, 'SCIM Configuration Settings changed', {
      type: 'company',
      id: companyId,
      before: company.scim,
      after: settings,
    })
    return after
  })
}

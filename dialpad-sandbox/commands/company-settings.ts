import type { Actor } from '../domain/change-log.ts'
import { DialpadRefusal } from '../domain/refusal.ts'
import type { Company } from '../records.ts'
import { companyOf } from './user-checks.ts'
import { act, type DialpadSystem, type Work } from './work.ts'

const NAME_LENGTH = 64
const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/

/** @throws {DialpadRefusal} `invalid-value`. */
export function renameCompany(system: DialpadSystem, actor: Actor, companyId: string, text: string): Promise<Company> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    const name = text.trim()
    if (name === '' || name.length > NAME_LENGTH) {
      throw invalid('name', `Give the company a name of 1 to ${NAME_LENGTH} characters`)
    }
    return name === company.name ? company : save(work, company, { name }, `Renamed from ${company.name} to ${name}`)
  })
}

/**
 * Register a secondary domain. In the product its support does this on request (reference sheet 1.11); here the administrator asks
 * and it is done.
 *
 * @throws {DialpadRefusal} `invalid-value`; `duplicate-name` (409) for a domain of another company.
 */
export function addSecondaryDomain(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  text: string,
): Promise<Company> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    const domain = text.trim().toLowerCase()
    if (!DOMAIN.test(domain)) throw invalid('domain', 'Enter a domain such as brightwave.example')
    if (company.domains.includes(domain)) throw invalid('domain', `${domain} is a domain of the company already`)
    if (work.tx.count('companies', 'domain', domain) > 0) {
      throw new DialpadRefusal({
        code: 'duplicate-name',
        status: 409,
        field: 'domain',
        message: `${domain} belongs to another company`,
      })
    }
    return save(work, company, { domains: [...company.domains, domain] }, `Secondary domain ${domain} added by support`)
  })
}

/**
 * Take a secondary domain away. People who have an address of it keep it.
 *
 * @throws {DialpadRefusal} `invalid-value` for the primary domain, or one the company does not have.
 */
export function removeSecondaryDomain(
  system: DialpadSystem,
  actor: Actor,
  companyId: string,
  domain: string,
): Promise<Company> {
  return act(system, actor, (work) => {
    const company = companyOf(work.tx, companyId)
    const [primary = '', ...others] = company.domains
    if (!others.includes(domain)) throw invalid('domain', `${domain} is no secondary domain of the company`)
    const domains = [primary, ...others.filter((other) => other !== domain)]
    return save(work, company, { domains }, `Secondary domain ${domain} removed by support`)
  })
}

function save(work: Work, company: Company, change: Partial<Company>, note: string): Company {
  const after: Company = { ...company, ...change }
  work.tx.put('companies', company.id, after)
  work.log(company.id, {
    action: 'company_updated',
    note,
    target: { type: 'company', id: company.id, name: after.name },
  })
  work.note(after.name, note, { type: 'company', id: company.id })
  return after
}

function invalid(field: string, message: string): DialpadRefusal {
  return new DialpadRefusal({ code: 'invalid-value', status: 400, field, message })
}
